//! Composed answers (I5): a page made of two answers is of one moment.
//!
//! In the code: `Rendering::compose` and `Log::moment`. Validity is checked by the other model;
//! here any answer of the history may be a part, as a tier may have it, and the node may have
//! applied any part of the log. So what is checked is the rule alone: if it names a moment, both
//! parts hold at that moment. And it must name one for two answers of one snapshot, or the last
//! round could fail too.

use stateright::{Checker, Model, Property};

use crate::state::Revision;

/// Histories of up to this many revisions.
const LONGEST: Revision = 5;

/// A page that is being composed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    /// Whether a page takes any two answers, and the smaller of their stamps.
    pub(crate) takes_any_two: bool,
}

/// The history, what the node knows of it, and the page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct History {
    /// Which parts each revision touches, as bits.
    touches: Vec<u8>,
    /// The last revision that the node has applied.
    applied: Revision,
    /// The revisions that the parts were read at.
    parts: [Option<Revision>; 2],
    /// The moment of the page, once it is composed.
    moment: Option<Revision>,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// An edit that touches these parts.
    Commit(u8),
    /// The node applies a revision.
    Apply,
    /// A tier has a part that was read at a revision.
    Take(usize, Revision),
    /// Both parts are read in one snapshot.
    TakeBoth(Revision),
    /// The page is composed at this moment.
    Compose(Revision),
}

impl History {
    fn head(&self) -> Revision {
        Revision::try_from(self.touches.len()).unwrap_or(Revision::MAX)
    }

    /// Whether a part that was read at a revision is right at another one.
    fn is_right_at(&self, part: usize, read: Revision, moment: Revision) -> bool {
        let touched =
            |revision: Revision| self.touches[usize::from(revision) - 1] & (1 << part) != 0;
        read <= moment && !(read + 1..=moment).any(touched)
    }

    /// The rule: `Log::moment`.
    fn moment(&self) -> Option<Revision> {
        let [one, other] = self.parts;
        let (one, other) = (one?, other?);
        let newest = one.max(other);
        let is_known = one == other || newest <= self.applied;
        let are_right = [one, other].into_iter().enumerate();
        let mut are_right = are_right.map(|(part, read)| self.is_right_at(part, read, newest));
        (is_known && are_right.all(|is_right| is_right)).then_some(newest)
    }
}

impl Model for Page {
    type State = History;
    type Action = Step;

    fn init_states(&self) -> Vec<History> {
        vec![History {
            touches: Vec::new(),
            applied: 0,
            parts: [None; 2],
            moment: None,
        }]
    }

    fn actions(&self, state: &History, steps: &mut Vec<Step>) {
        if state.moment.is_some() {
            return;
        }
        if state.head() < LONGEST {
            steps.extend((0..4).map(Step::Commit));
        }
        if state.applied < state.head() {
            steps.push(Step::Apply);
        }
        for read in 0..=state.head() {
            steps.extend((0..2).map(|part| Step::Take(part, read)));
            steps.push(Step::TakeBoth(read));
        }
        let moment = match (self.takes_any_two, state.parts) {
            (true, [Some(one), Some(other)]) => Some(one.min(other)),
            (true, _) => None,
            (false, _) => state.moment(),
        };
        steps.extend(moment.map(Step::Compose));
    }

    fn next_state(&self, state: &History, step: Step) -> Option<History> {
        let mut next = state.clone();
        match step {
            Step::Commit(parts) => next.touches.push(parts),
            Step::Apply => next.applied += 1,
            Step::Take(part, read) => next.parts[part] = Some(read),
            Step::TakeBoth(read) => next.parts = [Some(read); 2],
            Step::Compose(moment) => next.moment = Some(moment),
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("a page is of one moment", |_, state: &History| {
                state.moment.is_none_or(|moment| {
                    let mut parts = state.parts.iter().enumerate();
                    parts.all(|(part, read)| {
                        read.is_some_and(|read| state.is_right_at(part, read, moment))
                    })
                })
            }),
            Property::always("one snapshot is one moment", |_, state: &History| {
                let [one, other] = state.parts;
                one.is_none() || one != other || state.moment() == one
            }),
        ]
    }
}

#[test]
fn a_page_is_of_one_moment() {
    let page = Page {
        takes_any_two: false,
    };
    let checker = page.checker().threads(2).spawn_bfs().join();
    println!("{} states", checker.unique_state_count());
    assert!(checker.is_done());
    checker.assert_properties();
}

#[test]
fn a_page_of_any_two_answers_is_found() {
    let page = Page {
        takes_any_two: true,
    };
    let checker = page.checker().spawn_bfs().join();
    checker.assert_any_discovery("a page is of one moment");
}
