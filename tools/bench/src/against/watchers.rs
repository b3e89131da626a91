//! Those who watch a server while it is measured, as people do when something seems wrong.

use std::{
    path::Path,
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread,
    time::Duration,
};

use anyhow::Result;
use rustix::process::Signal;
use services::process::{Service, bound, pause};

use crate::{
    probe::{Probe, follow},
    stage::Node,
};

/// What a watched server logs.
pub(super) const LOG: &str = "info,cache::redis=debug";

/// What a reader of the figures must know.
pub(super) const NOTE: &str = "the working tree's servers were watched: by an open dashboard, by `hearth tail` without a \
                               filter, by debug lines of the Redis tier, and by a scrape of /metrics each second";

/// How often the metrics are read.
const SCRAPES: Duration = Duration::from_secs(1);

/// Who watches, until this is dropped.
pub(super) struct Watchers {
    _tail: Service,
    /// The scraper ends when this is dropped.
    _scraping: Sender<()>,
}

impl Watchers {
    /// Starts to watch a server with this program. The lines go to `log`.
    pub(super) fn start(program: &Path, node: &Node, log: &Path) -> Result<Self> {
        let mut tail = bound(program);
        tail.args(["tail", "--node", &node.url])
            .env("HEARTH_ADMIN_TOKEN", &node.token);
        let tail = Service::start(&mut tail, log, Signal::TERM)?;
        let (scraping, stopped) = channel::<()>();
        let metrics = format!("{}/metrics", node.url);
        let (dashboard, token) = (
            format!("{}/admin/dashboard/events", node.url),
            node.token.clone(),
        );
        // Its stream ends with the server.
        thread::spawn(move || drop(follow(&dashboard, &token)));
        thread::spawn(move || {
            let probe = Probe::new();
            while stopped.recv_timeout(SCRAPES) == Err(RecvTimeoutError::Timeout) {
                // The server may have been stopped.
                drop(probe.get(&metrics, &[]));
            }
        });
        // The stream has begun by then.
        pause(Duration::from_millis(300));
        Ok(Self {
            _tail: tail,
            _scraping: scraping,
        })
    }
}
