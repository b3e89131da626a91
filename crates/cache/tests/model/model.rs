//! The model as the checker sees it: states, steps and properties.

use stateright::{Model, Property};

use crate::{
    alive::signs_of_life,
    asking::CallerStep,
    editing::EditorStep,
    flaw::Flaw,
    following::NodeStep,
    state::{Revision, State, Ticks},
};

/// The promise.
pub(crate) const NO_STALE_ANSWER: &str = "no answer from before an acknowledged edit";

/// A fleet of nodes, and the bounds within which all of its histories are checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fleet<const NODES: usize> {
    /// The rule that is left out.
    pub(crate) flaw: Option<Flaw>,
    /// The number of ticks that a lease lasts and an editor waits.
    pub(crate) lease: Ticks,
    /// The number of revisions that anything may be behind the database.
    pub(crate) window: Revision,
    /// Whether rows that the ask is not about are edited too.
    pub(crate) other_rows: bool,
    /// Whether there are other nodes, of which only the effects on these are modeled.
    pub(crate) others: bool,
}

/// One step of the fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Time passes.
    Tick,
    /// An editor takes a step.
    Editor(usize, EditorStep),
    /// A node's follower takes a step, or the node is restarted.
    Node(usize, NodeStep),
    /// A caller or a flight takes a step at a node.
    Caller(usize, CallerStep),
    /// Another node stores in the shared tier what it has just read.
    ShareElsewhere,
}

impl<const NODES: usize> Fleet<NODES> {
    /// Whether a rule is left out.
    pub(crate) fn has(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }
}

impl<const NODES: usize> Model for Fleet<NODES> {
    type State = State<NODES>;
    type Action = Step;

    fn init_states(&self) -> Vec<Self::State> {
        vec![State::start()]
    }

    fn actions(&self, state: &Self::State, actions: &mut Vec<Step>) {
        if state.stale {
            return;
        }
        actions.push(Step::Tick);
        if self.others {
            actions.push(Step::ShareElsewhere);
        }
        for editor in 0..state.editors.len() {
            state.editor_steps(self, editor, &mut |step| {
                actions.push(Step::Editor(editor, step));
            });
        }
        for node in 0..NODES {
            state.node_steps(self, node, &mut |step| actions.push(Step::Node(node, step)));
            state.caller_steps(self, node, &mut |step| {
                actions.push(Step::Caller(node, step))
            });
        }
    }

    fn next_state(&self, last: &Self::State, step: Step) -> Option<Self::State> {
        let mut state = last.clone();
        match step {
            Step::Tick => state.tick(self),
            Step::Editor(editor, step) => state.edit(self, editor, step),
            Step::Node(node, step) => state.follow(self, node, step),
            Step::Caller(node, step) => state.request(self, node, step),
            Step::ShareElsewhere => state.shared.extend([state.log.head]),
        }
        Some(state.normal(self))
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let promise = Property::always(NO_STALE_ANSWER, |_, state: &State<NODES>| !state.stale);
        let alive = signs_of_life().map(|(name, seen)| Property::sometimes(name, seen));
        std::iter::once(promise).chain(alive).collect()
    }
}
