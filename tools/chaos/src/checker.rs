//! Judges every answer, or its absence.

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

/// What all threads share.
pub(super) struct Checker {
    pub(super) ledger: Ledger,
    pub(super) timeline: Timeline,
    pub(super) record: Record,
}

/// A question to a node, as it was before it was asked.
pub(super) struct Hearing<'a> {
    checker: &'a Checker,
    node: usize,
    what: String,
    acknowledged: Vec<u64>,
    from: Instant,
}

impl Checker {
    /// To be called before a question is asked.
    pub(super) fn hear(&self, node: usize, what: String) -> Hearing<'_> {
        Hearing {
            checker: self,
            node,
            what,
            // First what must be seen, then the question.
            acknowledged: self.ledger.acknowledged(),
            from: Instant::now(),
        }
    }
}

impl Hearing<'_> {
    pub(super) fn acknowledged(&self) -> &[u64] {
        &self.acknowledged
    }

    pub(super) fn from(&self) -> Instant {
        self.from
    }

    /// An answer that can be looked at. Anything else is excused, and counted, or a violation.
    pub(super) fn answered(&self, called: Result<Answer, NoAnswer>) -> Option<Answer> {
        let until = Instant::now();
        let excuse = self.checker.timeline.excuse(self.node, self.from, until);
        let record = &self.checker.record;
        match called {
            Ok(answer) if answer.status < 400 => {
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

    /// Checks what an answer shows.
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

/// The first words of a body.
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

    fn said(status: u16, cache_status: &str) -> Result<Answer, NoAnswer> {
        Ok(Answer {
            status,
            cache_status: cache_status.to_owned(),
            ..Answer::default()
        })
    }

    /// What is held against a cluster whose node 0 shows an edit.
    fn held(checker: &Checker, called: Result<Answer, NoAnswer>, edit: u64) -> Vec<Violation> {
        let hearing = checker.hear(0, "home 7".to_owned());
        if let Some(answer) = hearing.answered(called) {
            hearing.checked(Ask::Object(0), &answer, &[Shown { home: 0, edit }]);
        }
        checker.record.state.lock().broken.keys().copied().collect()
    }

    const HIT: &str = "hearth-memory; hit";
    const MARKED: &str = "hearth-memory; hit; detail=cut-off";

    #[test]
    fn a_stale_answer_is_reported() {
        assert_eq!(held(&checker(), said(200, HIT), 3), []);
        assert_eq!(held(&checker(), said(200, HIT), 2), [Violation::Stale]);
    }

    #[test]
    fn a_marked_answer_is_not_if_its_node_is_cut_off() {
        let cut_off = checker();
        cut_off
            .timeline
            .begin(Some(0), &[Harm::CutOff], "cut".to_owned());
        assert_eq!(held(&cut_off, said(200, MARKED), 2), []);
        assert_eq!(cut_off.record.state.lock().counts[&Count::Marked], 1);
        let another = checker();
        another
            .timeline
            .begin(Some(1), &[Harm::CutOff], "cut".to_owned());
        assert_eq!(
            held(&another, said(200, MARKED), 2),
            [Violation::MarkedWithoutReason]
        );
        // Being cut off is no excuse for saying nothing about it.
        assert_eq!(held(&cut_off, said(200, HIT), 2), [Violation::Stale]);
    }

    #[test]
    fn errors_are_excused_only_by_what_causes_them() {
        let error = || said(503, "");
        let silence = || Err(NoAnswer("timeout".to_owned()));
        assert_eq!(held(&checker(), error(), 0), [Violation::Error]);
        assert_eq!(held(&checker(), silence(), 0), [Violation::Silence]);
        assert_eq!(held(&checker(), said(404, ""), 0), [Violation::Refused]);
        for (harm, expect) in [(Harm::Nuisance, 2), (Harm::CutOff, 0), (Harm::Down, 0)] {
            let checker = checker();
            checker.timeline.begin(Some(0), &[harm], "fault".to_owned());
            held(&checker, error(), 0);
            assert_eq!(held(&checker, silence(), 0).len(), expect, "{harm:?}");
        }
    }
}
