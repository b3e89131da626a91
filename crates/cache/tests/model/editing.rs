//! What the editors do: commit, list the nodes, wait, strike off the silent ones, acknowledge.
//!
//! In the code: `Store::try_edit`, `Store::acknowledged`, `Store::behind`, `Store::strike_off`.

use crate::{
    flaw::Flaw,
    model::Fleet,
    state::{Editor, Row, State, Waiting},
};

/// A step of an editor's task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EditorStep {
    /// Lists the nodes before the commit, which only a flawed editor does.
    ListTooEarly,
    /// Commits an edit.
    Commit { touches: bool },
    /// Lists the nodes that are behind.
    List,
    /// Deletes the row of a node whose beat has not advanced.
    StrikeOff { node: usize },
    /// Acknowledges, because all nodes have reached the revision.
    AcknowledgeReached,
    /// Acknowledges, because all leases from before the commit have ended.
    AcknowledgeLate,
}

impl<const NODES: usize> State<NODES> {
    /// Offers the steps that an editor can take.
    pub(crate) fn editor_steps(
        &self,
        fleet: &Fleet<NODES>,
        editor: usize,
        offer: &mut impl FnMut(EditorStep),
    ) {
        match &self.editors[editor] {
            Editor::Idle if fleet.has(Flaw::ListsBeforeCommit) => offer(EditorStep::ListTooEarly),
            Editor::Idle | Editor::Prepared { .. } => {
                if self.log.head < fleet.window {
                    offer(EditorStep::Commit { touches: true });
                    if fleet.other_rows {
                        offer(EditorStep::Commit { touches: false });
                    }
                }
            }
            Editor::Waiting(waiting) => {
                offer(EditorStep::List);
                for node in 0..NODES {
                    if self.may_be_struck_off(fleet, waiting, node) {
                        offer(EditorStep::StrikeOff { node });
                    }
                }
                if self.all_reached(waiting) || fleet.has(Flaw::AcknowledgesImmediately) {
                    offer(EditorStep::AcknowledgeReached);
                }
                if waiting.deadline == 0 {
                    offer(EditorStep::AcknowledgeLate);
                }
            }
        }
    }

    /// Takes a step that [`editor_steps`](Self::editor_steps) offered.
    pub(crate) fn edit(&mut self, fleet: &Fleet<NODES>, editor: usize, step: EditorStep) {
        match (step, self.editors[editor].clone()) {
            (EditorStep::ListTooEarly, _) => {
                let awaited = self.each_node(|node| node.is_listed());
                self.editors[editor] = Editor::Prepared { awaited };
            }
            (EditorStep::Commit { touches }, before) => {
                self.log.commit(touches);
                self.editors[editor] = Editor::Waiting(Waiting {
                    revision: self.log.head,
                    deadline: fleet.lease,
                    awaited: match before {
                        Editor::Prepared { awaited } => awaited,
                        _ => [true; NODES],
                    },
                    silent: [None; NODES],
                    patience: 0,
                });
            }
            (EditorStep::List, Editor::Waiting(waiting)) => {
                let silent = self.each_node(|node| match node.row {
                    Row::Registered { reached, beat } if reached < waiting.revision => Some(beat),
                    _ => None,
                });
                self.editors[editor] = Editor::Waiting(Waiting {
                    silent,
                    patience: fleet.lease,
                    ..waiting
                });
            }
            (EditorStep::StrikeOff { node }, _) => {
                self.nodes[node].row = Row::StruckOff;
                if !fleet.has(Flaw::BeatsStartAgain) {
                    self.heard_of(node);
                } else if let Some(waiting) = self.editors[editor].waiting_mut() {
                    waiting.silent[node] = None;
                }
            }
            (_, Editor::Waiting(waiting)) => {
                if self.log.touched(waiting.revision - 1, waiting.revision) {
                    self.acknowledged = self.acknowledged.max(waiting.revision);
                }
                self.editors[editor] = Editor::Idle;
            }
            (_, Editor::Idle | Editor::Prepared { .. }) => {}
        }
    }

    /// Removes a node from the editors' lists of silent nodes.
    pub(crate) fn heard_of(&mut self, node: usize) {
        for waiting in self.editors.iter_mut().filter_map(Editor::waiting_mut) {
            waiting.silent[node] = None;
        }
    }

    /// Removes a node from all editors' lists: its name will not be used again.
    pub(crate) fn forget_name(&mut self, node: usize) {
        self.heard_of(node);
        for editor in &mut self.editors {
            if let Editor::Prepared { awaited } = editor {
                awaited[node] = false;
            }
        }
    }

    pub(crate) fn all_reached(&self, waiting: &Waiting<NODES>) -> bool {
        self.nodes
            .iter()
            .zip(waiting.awaited)
            .all(|(node, awaited)| match node.row {
                Row::Registered { reached, .. } => !awaited || reached >= waiting.revision,
                Row::Unregistered | Row::StruckOff => true,
            })
    }

    fn may_be_struck_off(
        &self,
        fleet: &Fleet<NODES>,
        waiting: &Waiting<NODES>,
        node: usize,
    ) -> bool {
        let Row::Registered { beat, .. } = self.nodes[node].row else {
            return false;
        };
        let (silent, waited) = (waiting.silent[node], waiting.patience == 0);
        match fleet.flaw {
            Some(Flaw::StrikesOffUnseen) => silent.is_some() && waited,
            Some(Flaw::SilenceSinceCommit) => silent == Some(beat) && waiting.deadline == 0,
            _ => silent == Some(beat) && waited,
        }
    }

    fn each_node<T>(&self, mut look: impl FnMut(&crate::state::Node) -> T) -> [T; NODES] {
        std::array::from_fn(|node| look(&self.nodes[node]))
    }
}
