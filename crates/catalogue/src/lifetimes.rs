//! How long answers last where time alone makes them older.

use std::time::Duration;

/// How long answers about a catalogue's rows last. An edit that touches an answer ends it at once,
/// whatever stands here; this is about what no edit touches. Declared beside the catalogue and not
/// in it, so that the browser need not load the declaration to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetimes {
    /// The interval at which lists and their facets are loaded again, although nothing touched
    /// them. `None`: the one that the server is configured with.
    pub lists: Option<Duration>,
    /// The interval at which the ranking of the most viewed rows is computed again: views are not
    /// in the change log.
    pub ranking: Duration,
    /// The age from which a ranking is no longer served at all.
    pub ranking_lifetime: Duration,
}

impl Lifetimes {
    /// Lists as the server is configured; a ranking that is a minute old, or five at most.
    pub const USUAL: Self = Self {
        lists: None,
        ranking: Duration::from_secs(60),
        ranking_lifetime: Duration::from_secs(300),
    };
}
