//! Checks every answer, or its absence.

use std::time::Instant;

use super::{
    ask::{Ask, Shown},
    check::check,
    client::{Answer, NoAnswer},
    ledger::Ledger,
    record::{Count, Record, Request},
    timeline::Timeline,
    violation::Violation,
};

/// The state that all threads share.
pub(super) struct Checker {
    pub(super) ledger: Ledger,
    pub(super) timeline: Timeline,
    pub(super) record: Record,
}

/// One request under observation, with the edits acknowledged before it was sent.
pub(super) struct Observation<'a> {
    checker: &'a Checker,
    node: usize,
    what: String,
    acknowledged: Vec<u64>,
    from: Instant,
}

impl Checker {
    /// Call this before sending a request.
    pub(super) fn observe(&self, node: usize, what: String) -> Observation<'_> {
        Observation {
            checker: self,
            node,
            what,
            // Read before the request is sent: its answer must show these edits.
            acknowledged: self.ledger.acknowledged(),
            from: Instant::now(),
        }
    }
}

impl Observation<'_> {
    pub(super) fn acknowledged(&self) -> &[u64] {
        &self.acknowledged
    }

    pub(super) fn from(&self) -> Instant {
        self.from
    }

    /// Returns an answer that can be checked. Anything else is excused and counted, or is a violation.
    pub(super) fn answered(&self, called: Result<Answer, NoAnswer>) -> Option<Answer> {
        let until = Instant::now();
        let excuse = self.checker.timeline.excuse(self.node, self.from, until);
        let record = &self.checker.record;
        match called {
            Ok(answer) if answer.status < 400 => {
                record.answered(self.from, until, &answer.cache_status);
                if answer.is_marked() {
                    record.count(Count::Marked);
                    if !excuse.cut_off {
                        let found = "the database could be reached".to_owned();
                        self.violation(
                            Violation::MarkedWithoutReason,
                            until,
                            found,
                            &answer.cache_status,
                        );
                    }
                }
                Some(answer)
            }
            Ok(answer) if answer.status >= 500 => {
                if excuse.down {
                    record.count(Count::ErrorsDown);
                } else if excuse.cut_off {
                    record.count(Count::ErrorsCutOff);
                } else {
                    let found = format!("{} {}", answer.status, start(&answer.body));
                    self.violation(Violation::Error, until, found, &answer.cache_status);
                }
                None
            }
            Ok(answer) => {
                let found = format!("{} {}", answer.status, start(&answer.body));
                self.violation(Violation::Refused, until, found, &answer.cache_status);
                None
            }
            Err(NoAnswer(why)) => {
                if excuse.down {
                    record.count(Count::UnansweredDown);
                } else if excuse.cut_off {
                    record.count(Count::UnansweredCutOff);
                } else {
                    self.violation(Violation::Silence, until, why, "");
                }
                None
            }
        }
    }

    /// Checks the homes that an answer shows.
    pub(super) fn checked(&self, ask: Ask, answer: &Answer, shown: &[Shown]) {
        let (ledger, until) = (&self.checker.ledger, Instant::now());
        let begun = ledger.issued();
        for wrong in check(ledger, ask, &self.acknowledged, &begun, shown) {
            if !(answer.is_marked() && wrong.is_age()) {
                self.violation(
                    wrong.kind(),
                    until,
                    wrong.in_words(ledger),
                    &answer.cache_status,
                );
            }
        }
    }

    /// Checks that a page that has just arrived agrees with itself. A marked one need not.
    pub(super) fn agrees(&self, ask: Ask, answer: &Answer) {
        let found = ask
            .contradiction(&answer.body)
            .filter(|_| !answer.is_marked());
        if let Some(found) = found {
            self.violation(Violation::Torn, Instant::now(), found, &answer.cache_status);
        }
    }

    /// Records that an answer that has just arrived cannot be read.
    pub(super) fn unreadable(&self, why: String, answer: &Answer) {
        self.violation(
            Violation::Unreadable,
            Instant::now(),
            why,
            &answer.cache_status,
        );
    }

    pub(super) fn violation(&self, kind: Violation, until: Instant, found: String, status: &str) {
        let request = Request {
            node: Some(self.node),
            what: &self.what,
            from: self.from,
            until,
        };
        self.checker
            .record
            .violation(&self.checker.timeline, kind, &request, found, status);
    }
}

/// The first characters of a body.
fn start(body: &str) -> String {
    body.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::timeline::Harm;

    fn checker() -> Checker {
        let checker = Checker {
            ledger: Ledger::new([(7, "austin".to_owned())]),
            timeline: Timeline::new(Duration::from_secs(5)),
            record: Record::new(),
        };
        for edit in 1..=3 {
            assert_eq!(checker.ledger.issue(0), edit);
            checker.ledger.acknowledge(0, edit);
        }
        checker
    }

    fn answer(status: u16, cache_status: &str) -> Result<Answer, NoAnswer> {
        Ok(Answer {
            status,
            cache_status: cache_status.to_owned(),
            ..Answer::default()
        })
    }

    /// The violations that are recorded when node 0 shows an edit.
    fn violations(
        checker: &Checker,
        called: Result<Answer, NoAnswer>,
        edit: u64,
    ) -> Vec<Violation> {
        let observation = checker.observe(0, "home 7".to_owned());
        if let Some(answer) = observation.answered(called) {
            observation.checked(Ask::Object(0), &answer, &[Shown { home: 0, edit }]);
        }
        checker.record.state.lock().broken.keys().copied().collect()
    }

    const HIT: &str = "hearth-memory; hit";
    const MARKED: &str = "hearth-memory; hit; detail=cut-off";

    #[test]
    fn a_stale_answer_is_reported() {
        assert_eq!(violations(&checker(), answer(200, HIT), 3), []);
        assert_eq!(
            violations(&checker(), answer(200, HIT), 2),
            [Violation::Stale]
        );
    }

    #[test]
    fn a_marked_answer_is_excused_if_its_node_is_cut_off() {
        let cut_off = checker();
        cut_off
            .timeline
            .begin(Some(0), &[Harm::CutOff], "cut".to_owned());
        assert_eq!(violations(&cut_off, answer(200, MARKED), 2), []);
        assert_eq!(cut_off.record.state.lock().counts[&Count::Marked], 1);
        let another = checker();
        another
            .timeline
            .begin(Some(1), &[Harm::CutOff], "cut".to_owned());
        assert_eq!(
            violations(&another, answer(200, MARKED), 2),
            [Violation::MarkedWithoutReason]
        );
        // Being cut off does not excuse a stale answer that is not marked.
        assert_eq!(
            violations(&cut_off, answer(200, HIT), 2),
            [Violation::Stale]
        );
    }

    #[test]
    fn errors_are_excused_only_by_their_causes() {
        let error = || answer(503, "");
        let silence = || Err(NoAnswer("timeout".to_owned()));
        assert_eq!(violations(&checker(), error(), 0), [Violation::Error]);
        assert_eq!(violations(&checker(), silence(), 0), [Violation::Silence]);
        assert_eq!(
            violations(&checker(), answer(404, ""), 0),
            [Violation::Refused]
        );
        for (harm, expect) in [(Harm::Nuisance, 2), (Harm::CutOff, 0), (Harm::Down, 0)] {
            let checker = checker();
            checker.timeline.begin(Some(0), &[harm], "fault".to_owned());
            violations(&checker, error(), 0);
            assert_eq!(violations(&checker, silence(), 0).len(), expect, "{harm:?}");
        }
    }
}
