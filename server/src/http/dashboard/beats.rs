//! Whether nodes give signs of life.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

use crate::store::Node;

/// A node that has not beaten for this long is silent; a beat takes a quarter of a second.
const SILENCE: Duration = Duration::from_secs(3);

/// The last beat of each node, and when it was first seen.
#[derive(Default)]
pub(crate) struct Beats(Mutex<HashMap<String, Seen>>);

struct Seen {
    beat: i64,
    since: Instant,
    /// Whether an earlier beat was seen.
    has_beaten: bool,
}

impl Beats {
    /// For each of the nodes that are listed now, whether it is alive; `None` if nobody can tell
    /// yet.
    pub(super) fn look(&self, nodes: &[Node]) -> Vec<Option<bool>> {
        let now = Instant::now();
        let mut seen = self.0.lock();
        seen.retain(|id, _| nodes.iter().any(|node| node.id == *id));
        let look = |node: &Node| {
            let new = || Seen {
                beat: node.beat,
                since: now,
                has_beaten: false,
            };
            let seen = seen.entry(node.id.clone()).or_insert_with(new);
            if seen.beat != node.beat {
                *seen = Seen {
                    has_beaten: true,
                    ..new()
                };
            }
            if now.duration_since(seen.since) > SILENCE {
                return Some(false);
            }
            seen.has_beaten.then_some(true)
        };
        nodes.iter().map(look).collect()
    }
}
