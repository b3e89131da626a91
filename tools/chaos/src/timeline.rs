//! What was wrong with which node at what time, and thus what its answers may be excused for.

use std::time::{Duration, Instant};

use parking_lot::Mutex;

/// After this time no healthy node waits for one that was under attack.
const AFTERMATH: Duration = Duration::from_millis(2_500);

/// What a fault does to the nodes that it affects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Harm {
    /// The process does not answer.
    Down,
    /// The node cannot reach the database.
    CutOff,
    /// Neither: the node must answer in any case.
    Nuisance,
}

/// What a node may be excused for.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Excuse {
    pub(super) down: bool,
    pub(super) cut_off: bool,
}

struct Interval {
    /// `None` for all nodes.
    node: Option<usize>,
    harms: Vec<Harm>,
    label: String,
    from: Instant,
    until: Option<Instant>,
}

pub(super) struct Timeline {
    /// How long a fault's effects are excused after it was healed.
    grace: Duration,
    intervals: Mutex<Vec<Interval>>,
}

/// An interval that has not ended yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Begun(usize);

impl Timeline {
    pub(super) fn new(grace: Duration) -> Self {
        Self {
            grace,
            intervals: Mutex::new(Vec::new()),
        }
    }

    /// Records a fault. Call this before it begins.
    pub(super) fn begin(&self, node: Option<usize>, harms: &[Harm], label: String) -> Begun {
        let mut intervals = self.intervals.lock();
        intervals.push(Interval {
            node,
            harms: harms.to_vec(),
            label,
            from: Instant::now(),
            until: None,
        });
        Begun(intervals.len() - 1)
    }

    /// Records that a fault is healed. Call this afterwards.
    pub(super) fn end(&self, begun: Begun) {
        if let Some(interval) = self.intervals.lock().get_mut(begun.0) {
            interval.until.get_or_insert_with(Instant::now);
        }
    }

    /// What a node may be excused for if it was sent a request and answered at these instants.
    pub(super) fn excuse(&self, node: usize, request: Instant, answered: Instant) -> Excuse {
        let intervals = self.intervals.lock();
        let mut excuse = Excuse::default();
        for interval in intervals.iter() {
            if interval.node.is_none_or(|affected| affected == node)
                && interval.overlaps(request, answered, self.grace)
            {
                excuse.down |= interval.harms.contains(&Harm::Down);
                excuse.cut_off |= interval.harms.contains(&Harm::CutOff);
            }
        }
        excuse
    }

    /// Whether nothing was wrong anywhere between two instants, nor within `AFTERMATH` before.
    pub(super) fn calm(&self, from: Instant, until: Instant) -> bool {
        let intervals = self.intervals.lock();
        !intervals
            .iter()
            .any(|interval| interval.overlaps(from, until, AFTERMATH))
    }

    /// The faults between two instants, in words.
    pub(super) fn active(&self, from: Instant, until: Instant) -> Vec<String> {
        let intervals = self.intervals.lock();
        let active = intervals
            .iter()
            .filter(|interval| interval.overlaps(from, until, self.grace));
        let label = |interval: &Interval| match interval.until {
            None => interval.label.clone(),
            Some(healed) => {
                let ago = until.saturating_duration_since(healed).as_secs_f64();
                format!("{}, healed {ago:.1} s ago", interval.label)
            }
        };
        active.map(label).collect()
    }

    /// All faults, with the seconds since `start` at which each began and was healed.
    pub(super) fn history(&self, start: Instant) -> Vec<(String, f64, Option<f64>)> {
        let second = |at: Instant| at.saturating_duration_since(start).as_secs_f64();
        let intervals = self.intervals.lock();
        let row = |one: &Interval| (one.label.clone(), second(one.from), one.until.map(second));
        intervals.iter().map(row).collect()
    }

    /// The current faults, in words.
    pub(super) fn current(&self) -> Vec<String> {
        let intervals = self.intervals.lock();
        let open = intervals.iter().filter(|interval| interval.until.is_none());
        open.map(|interval| interval.label.clone()).collect()
    }
}

impl Interval {
    fn overlaps(&self, from: Instant, until: Instant, grace: Duration) -> bool {
        self.from <= until && self.until.is_none_or(|healed| from <= healed + grace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRACE: Duration = Duration::from_secs(5);

    fn second(timeline: &Timeline, begun: Begun) -> impl Fn(u64) -> Instant {
        let start = timeline.intervals.lock()[begun.0].from;
        move |seconds| start + Duration::from_secs(seconds)
    }

    #[test]
    fn a_fault_excuses_its_node_until_the_grace_is_over() {
        let timeline = Timeline::new(GRACE);
        let cut = timeline.begin(Some(1), &[Harm::CutOff], "cut".to_owned());
        let at = second(&timeline, cut);
        timeline.intervals.lock()[cut.0].until = Some(at(10));
        let check = |node, request, answered, expect| {
            let excuse = timeline.excuse(node, at(request), at(answered));
            assert_eq!(
                excuse.cut_off, expect,
                "node {node}, {request} to {answered} s"
            );
            assert!(!excuse.down);
        };
        check(1, 0, 1, true);
        check(1, 9, 30, true);
        check(1, 14, 15, true);
        check(1, 16, 17, false);
        check(2, 0, 1, false);
        assert!(timeline.calm(at(13), at(17)));
        assert!(!timeline.calm(at(12), at(17)));
    }

    #[test]
    fn a_fault_lasts_until_it_is_healed() {
        let timeline = Timeline::new(GRACE);
        let stopped = timeline.begin(None, &[Harm::Down, Harm::CutOff], "stopped".to_owned());
        let at = second(&timeline, stopped);
        let both = Excuse {
            down: true,
            cut_off: true,
        };
        assert_eq!(timeline.excuse(2, at(1_000), at(1_001)), both);
        assert_eq!(timeline.current(), ["stopped"]);
        timeline.end(stopped);
        assert!(timeline.current().is_empty());
        assert_eq!(timeline.active(at(0), at(0)).len(), 1);
    }

    #[test]
    fn a_nuisance_excuses_nothing() {
        let timeline = Timeline::new(GRACE);
        let flushed = timeline.begin(None, &[Harm::Nuisance], "flushed".to_owned());
        let at = second(&timeline, flushed);
        assert_eq!(timeline.excuse(0, at(0), at(1)), Excuse::default());
        assert!(!timeline.calm(at(0), at(1)));
    }
}
