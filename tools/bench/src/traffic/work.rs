//! What the servers did for the traffic, by their own metrics.

use std::ops::Sub;

use anyhow::Result;
use serde::Serialize;

use super::client::Server;
use crate::probe::Probe;

/// Counters of all servers together, or their growth.
#[derive(Serialize, Clone, Copy, Default, PartialEq, Debug)]
pub struct Work {
    /// Questions that reached the database.
    pub loads: f64,
    /// How long those took, in seconds.
    pub loading: f64,
    /// Statements that were run, without those that follow the change log.
    pub statements: f64,
    /// Pages that were rendered.
    pub renders: f64,
    /// Answers that were loaded again because of an edit, and were the same as before.
    pub in_vain: f64,
}

impl Work {
    /// What these servers have done so far.
    pub(super) fn of(servers: &[Server]) -> Result<Self> {
        let mut sum = Self::default();
        for server in servers {
            let answer = Probe::new().get(&format!("{}/metrics", server.url), &[])?;
            sum.add(&String::from_utf8_lossy(&answer.body));
        }
        Ok(sum)
    }

    fn add(&mut self, metrics: &str) {
        self.loads += total(metrics, "hearth_loads_total", "");
        // Of a page, this is the time that its rendering took.
        self.loading += total(metrics, "hearth_load_seconds_sum", "")
            - total(metrics, "hearth_load_seconds_sum", "catalogue=\"pages\"");
        self.statements += total(metrics, "hearth_queries_total", "");
        self.renders += total(metrics, "hearth_renders_total", "");
        self.in_vain += total(metrics, "hearth_reloads_total", "changed=\"false\"")
            - total(
                metrics,
                "hearth_reloads_total{catalogue=\"pages\"",
                "changed=\"false\"",
            );
    }
}

impl Sub for Work {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            loads: self.loads - before.loads,
            loading: self.loading - before.loading,
            statements: self.statements - before.statements,
            renders: self.renders - before.renders,
            in_vain: self.in_vain - before.in_vain,
        }
    }
}

/// The sum of a metric's values, of those lines whose labels include `label`.
fn total(metrics: &str, name: &str, label: &str) -> f64 {
    let values = metrics.lines().filter_map(|line| {
        let rest = line.strip_prefix(name)?;
        let (labels, value) = rest.rsplit_once(' ')?;
        let is_it = labels.is_empty() || labels.starts_with(['{', ',']);
        (is_it && labels.contains(label)).then(|| value.parse::<f64>().ok())?
    });
    values.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_added_up_by_their_names_and_labels() {
        let metrics = "# TYPE hearth_loads_total counter\n\
                       hearth_loads_total 7\n\
                       hearth_loads_totally 100\n\
                       hearth_reloads_total{catalogue=\"recipes\",kind=\"list\",changed=\"false\"} 2\n\
                       hearth_reloads_total{catalogue=\"recipes\",kind=\"list\",changed=\"true\"} 9\n\
                       hearth_load_seconds_sum{catalogue=\"recipes\",kind=\"list\"} 0.5\n\
                       hearth_load_seconds_sum{catalogue=\"pages\",kind=\"page\"} 4\n\
                       hearth_queries_total 30\n";
        let mut work = Work::default();
        work.add(metrics);
        work.add("hearth_loads_total 1\n");
        let expect = Work {
            loads: 8.0,
            loading: 0.5,
            statements: 30.0,
            renders: 0.0,
            in_vain: 2.0,
        };
        assert_eq!(work, expect);
        assert_eq!(
            (expect
                - Work {
                    loads: 3.0,
                    ..Work::default()
                })
            .loads,
            5.0
        );
    }
}
