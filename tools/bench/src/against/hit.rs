//! Cached answers, requested over many connections at the same time.

use std::time::Duration;

use anyhow::Result;

use super::ground::Ground;
use crate::{
    probe::{Probe, ask_all},
    sample::Sample,
    stage::Node,
    wrk::{CONNECTIONS, Load, Paths},
};

/// How long a server is loaded before it is measured, so that its connections, threads and buffers exist.
pub(super) const WARMING: Duration = Duration::from_secs(1);

pub(super) struct Hit {
    /// Requested in turn.
    pub(super) paths: Vec<String>,
    pub(super) memory_mb: Option<&'static str>,
    /// What `Cache-Status` must contain.
    pub(super) expect: &'static str,
}

impl Hit {
    /// Loads a server for this long. Also returns what is wrong with its answers, if anything.
    pub(super) fn measure(
        &self,
        ground: &Ground,
        node: &Node,
        length: Duration,
    ) -> Result<(Sample, Option<String>)> {
        ask_all(&node.url, &self.paths, &[])?;
        let load = |length| {
            ground.wrk.run(&Load {
                base: &node.url,
                headers: &[],
                paths: match &self.paths[..] {
                    [one] => Paths::One(one),
                    all => Paths::Each(all),
                },
                connections: CONNECTIONS,
                length,
            })
        };
        load(WARMING)?;
        let url = format!("{}{}", node.url, self.paths[0]);
        let said = Probe::new().get(&url, &[])?.cache_status;
        let wrong = (!said.contains(self.expect)).then(|| format!("answers with `{said}`"));
        let before = ground.costs(node);
        let mut sample = load(length)?;
        ground.costs(node).charge(before, &mut sample);
        Ok((sample, wrong))
    }
}
