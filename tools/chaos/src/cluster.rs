//! Three nodes on one PostgreSQL and one Redis, with a proxy in front of each connection.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use rustix::process::Signal;
use services::{
    Context,
    hearth::{Launch, Store},
    postgres::{Console, Postgres},
    process::{Service, pause},
    redis::Redis,
};

use super::{
    client::Addresses,
    fault::{How, Link, NODES},
    proxy::{Class, Mode, Protocol, Proxy},
};

const DATABASE: &str = "hearth";

/// How often a node that is to end is looked at.
const LOOK: Duration = Duration::from_millis(20);

pub(super) struct Cluster {
    // Dropped in this order.
    pub(super) nodes: Vec<Node>,
    pub(super) redis: Redis,
    pub(super) postgres: Postgres,
}

pub(super) struct Node {
    launch: Launch,
    /// `None` while it is not running.
    service: Option<Service>,
    to_postgres: Proxy,
    to_redis: Proxy,
}

impl Cluster {
    /// Starts everything, with these variables set for each node. The first node's first start fills
    /// the database.
    pub(super) fn start(
        context: &Context,
        binary: &Path,
        variables: &[(&'static str, String)],
    ) -> Result<Self> {
        let postgres = Postgres::start(context)?;
        let redis = Redis::start(context)?;
        context
            .progress
            .step("creating the nodes' database", |step| {
                postgres.create_database(context, step, DATABASE).map(drop)
            })?;
        let mut nodes: Vec<Node> = Vec::new();
        for id in 0..NODES {
            let to_postgres = Proxy::start(postgres.port, Protocol::Postgres)?;
            let to_redis = Proxy::start(redis.port, Protocol::Opaque)?;
            let store = Store::Servers {
                postgres: postgres.url_through(to_postgres.port, DATABASE),
                redis: format!("redis://127.0.0.1:{}/0", to_redis.port),
            };
            let log = format!("chaos-node-{id}.log");
            let mut launch = Launch::new(context, binary, &store, &log)?;
            for (variable, value) in variables {
                launch.set(variable, value.clone());
            }
            if let Some(first) = nodes.first() {
                launch.token.clone_from(&first.launch.token);
                launch.password.clone_from(&first.launch.password);
            }
            nodes.push(Node {
                launch,
                service: None,
                to_postgres,
                to_redis,
            });
        }
        let mut cluster = Self {
            nodes,
            redis,
            postgres,
        };
        context
            .progress
            .step("starting three nodes", |_| cluster.start_nodes())?;
        Ok(cluster)
    }

    /// Starts the nodes one after the other, and waits until each is ready.
    fn start_nodes(&mut self) -> Result<()> {
        for (id, node) in self.nodes.iter_mut().enumerate() {
            let service = node.launch.start()?;
            let ready = node.launch.wait(&service);
            ready.with_context(|| format!("start node {id}"))?;
            node.service = Some(service);
        }
        Ok(())
    }

    /// Stops all nodes and starts them with a variable set.
    pub(super) fn restart_with(&mut self, variable: &'static str, value: &str) -> Result<()> {
        for node in &mut self.nodes {
            node.stop(Signal::TERM);
            node.launch.set(variable, value.to_owned());
        }
        self.start_nodes()
    }

    pub(super) fn addresses(&self) -> Addresses {
        let first = self.nodes.first();
        Addresses {
            ports: self.nodes.iter().map(|node| node.launch.port).collect(),
            token: first
                .map(|node| node.launch.token.clone())
                .unwrap_or_default(),
            persistent: true,
        }
    }

    /// A console for edits that bypass the nodes.
    pub(super) fn console(&self) -> Console {
        self.postgres.console(DATABASE)
    }

    pub(super) fn all_ready(&self) -> bool {
        self.nodes.iter().all(Node::is_ready)
    }
}

impl Node {
    pub(super) fn start(&mut self) -> Result<()> {
        self.service = Some(self.launch.start()?);
        Ok(())
    }

    /// Ends the process.
    pub(super) fn stop(&mut self, signal: Signal) {
        if let Some(service) = self.service.take() {
            service.stop(signal);
        }
    }

    /// Tells the process to end, as a service manager does, and waits until it has. An error says
    /// what it did instead of ending well.
    pub(super) fn end(&mut self, limit: Duration) -> Result<(), String> {
        let Some(service) = self.service.take() else {
            return Err("it was not running".to_owned());
        };
        let told = service.signal(Signal::TERM);
        told.map_err(|error| error.to_string())?;
        let from = Instant::now();
        loop {
            match service.ended() {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(format!("it ended with {status}")),
                // Dropping it kills it.
                None if from.elapsed() > limit => {
                    return Err(format!("it still ran after {} s", limit.as_secs()));
                }
                None => pause(LOOK),
            }
        }
    }

    /// Starts another binary from the next start on.
    pub(super) fn replace(&mut self, binary: &Path) -> Result<()> {
        self.launch.replace(binary)
    }

    /// Halts or continues the process.
    pub(super) fn signal(&self, signal: Signal) -> Result<()> {
        self.service
            .as_ref()
            .map_or(Ok(()), |service| service.signal(signal))
    }

    pub(super) fn is_ready(&self) -> bool {
        self.service.is_some() && self.launch.is_ready()
    }

    /// How the process ended, if it did so by itself.
    pub(super) fn ended(&self) -> Option<String> {
        let status = self.service.as_ref()?.ended()?;
        Some(status.to_string())
    }

    /// Applies a fault to its connections; `None` heals them.
    pub(super) fn link(&self, link: Link, how: Option<How>) {
        let mode = match how {
            None => Mode::Pass,
            Some(How::Cut) => Mode::Cut,
            Some(How::Blackhole) => Mode::Blackhole,
            Some(How::Delay(delay)) => Mode::Delay(delay),
        };
        match link {
            Link::Feed => self.to_postgres.set(Class::Feed, mode),
            Link::Postgres => {
                self.to_postgres.set(Class::Feed, mode);
                self.to_postgres.set(Class::Other, mode);
            }
            Link::Redis => self.to_redis.set(Class::Other, mode),
        }
    }

    /// Whether its feed's connections can be told from its others.
    pub(super) fn names_its_feed(&self) -> bool {
        self.to_postgres.open(Class::Feed) > 0
    }
}
