//! Where both revisions run: in turn, on the same PostgreSQL and Redis, but in separate databases.

use std::path::Path;

use anyhow::Result;
use services::{Context, hearth::Store, postgres::Postgres, redis::Redis};

use super::{
    revision::Revision,
    watchers::{self, Watchers},
};
use crate::{
    cpu,
    sample::Sample,
    stage::{FirstPage, Node, seed},
    wrk::Wrk,
};

pub(super) struct Ground<'a> {
    pub(super) context: &'a Context,
    pub(super) wrk: Wrk,
    pub(super) postgres: Postgres,
    pub(super) redis: Redis,
}

/// A revision with its databases.
pub(super) struct Side<'a> {
    program: &'a Path,
    log: String,
    store: Store,
    /// The number of its Redis database.
    number: u8,
    watched: bool,
    /// How many homes an unfiltered list covers.
    pub(super) listed: u64,
}

impl Ground<'_> {
    /// Fills a separate database, identified by this number, with the homes that the revision seeds.
    ///
    /// `watched` says whether its servers are watched while they are measured.
    pub(super) fn side<'a>(
        &self,
        revision: &'a Revision,
        number: u8,
        rows: u64,
        watched: bool,
    ) -> Result<Side<'a>> {
        let database = format!("against_{number}");
        let console = self.postgres.console(&database);
        let step = format!("seeding {rows} homes by {revision}");
        let postgres = self.context.progress.step(step, |step| {
            let url = self
                .postgres
                .create_database(self.context, step, &database)?;
            seed(self.context, step, &revision.program, &url, rows, &console)?;
            Ok(url)
        })?;
        let mut side = Side {
            program: &revision.program,
            log: format!("against-{number}.log"),
            store: Store::Servers {
                postgres,
                redis: self.redis.database(number),
            },
            number,
            watched,
            listed: 0,
        };
        side.listed = FirstPage::ask(&self.start(&side, None)?.url)?.count;
        Ok(side)
    }

    /// Starts a server with nothing cached, neither in memory nor in Redis.
    pub(super) fn start(&self, side: &Side, memory_mb: Option<&str>) -> Result<Node> {
        self.redis.flush_database(side.number)?;
        let memory = memory_mb.map(|memory_mb| ("HEARTH_MEMORY_MB", memory_mb));
        let log = side.watched.then_some(("HEARTH_LOG", watchers::LOG));
        let variables: Vec<_> = memory.into_iter().chain(log).collect();
        Node::start(
            self.context,
            side.program,
            &side.store,
            &side.log,
            &variables,
        )
    }

    /// Those who watch a server of this side, until this is dropped.
    pub(super) fn watch(&self, side: &Side, node: &Node) -> Result<Option<Watchers>> {
        let watchers = side.watched.then(|| {
            let log = self.context.layout.logs().join("against-tail.log");
            Watchers::start(side.program, node, &log)
        });
        watchers.transpose()
    }

    /// The CPU seconds used so far by a server, and by PostgreSQL and Redis.
    pub(super) fn costs(&self, node: &Node) -> Costs {
        let behind = self.postgres.pid().into_iter().chain(self.redis.pid());
        Costs {
            own: cpu::of_one(node.pid).unwrap_or_default(),
            behind: cpu::of_trees(&behind.collect::<Vec<_>>()),
        }
    }
}

#[derive(Clone, Copy)]
pub(super) struct Costs {
    own: f64,
    behind: f64,
}

impl Costs {
    /// Charges a sample, per request, for the CPU time spent between `before` and `self`.
    pub(super) fn charge(self, before: Self, sample: &mut Sample) {
        sample.cpu = (self.own - before.own) * 1e6 / sample.requests;
        sample.behind = (self.behind - before.behind) * 1e6 / sample.requests;
    }
}
