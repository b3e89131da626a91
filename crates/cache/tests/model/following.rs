//! What a node does to follow the change log and to hold a lease.
//!
//! In the code: `follow`, `beat` and `publish` of the crate, `Store::register`, `Store::confirm`
//! and `Store::publish` of the server.

use crate::{
    flaw::Flaw,
    model::Fleet,
    state::{Editor, Follower, Node, Row, State},
};

/// How many beats are told apart, where they are counted at all.
const COUNTED_BEATS: u8 = 3;

/// A step of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NodeStep {
    /// Inserts its row.
    Register,
    /// The database executes its confirmation: the beat advances, and the head is read. The
    /// outcome of an earlier one is not waited for.
    Confirm,
    /// Applies one more revision.
    Apply,
    /// Grants itself a lease, having applied what was confirmed.
    Grant,
    /// Publishes what it has applied.
    Publish,
    /// Is killed, and starts again under a different name.
    Restart,
}

impl<const NODES: usize> State<NODES> {
    /// Offers the steps that a node can take.
    pub(crate) fn node_steps(
        &self,
        fleet: &Fleet<NODES>,
        index: usize,
        offer: &mut impl FnMut(NodeStep),
    ) {
        let node = &self.nodes[index];
        let may_register = match fleet.flaw {
            Some(Flaw::RegistersAfterLease) => node.lease > 0,
            Some(Flaw::LeaseWhileStruckOff) => node.row == Row::Unregistered,
            _ => true,
        };
        let listed = node.is_listed();
        let steps = [
            (NodeStep::Register, !listed && may_register),
            (NodeStep::Confirm, !counted_out(node.row)),
            (NodeStep::Apply, node.applied < self.log.head),
            (NodeStep::Grant, may_be_granted(fleet, node)),
            (NodeStep::Publish, self.has_news(node)),
            (NodeStep::Restart, true),
        ];
        for (step, _) in steps.into_iter().filter(|(_, possible)| *possible) {
            offer(step);
        }
    }

    /// Takes a step that [`node_steps`](Self::node_steps) offered.
    pub(crate) fn follow(&mut self, fleet: &Fleet<NODES>, index: usize, step: NodeStep) {
        match step {
            NodeStep::Register => {
                self.nodes[index].row = Row::Registered {
                    reached: 0,
                    beat: 0,
                };
            }
            NodeStep::Confirm => self.confirm(fleet, index),
            NodeStep::Apply => self.nodes[index].applied += 1,
            NodeStep::Grant => {
                let node = &mut self.nodes[index];
                if let Follower::Confirmed { since, .. } = node.follower {
                    node.lease = fleet.lease - since;
                }
                node.follower = Follower::Idle;
            }
            NodeStep::Publish => {
                let node = &mut self.nodes[index];
                if let Row::Registered { reached, .. } = &mut node.row {
                    *reached = node.applied;
                }
            }
            NodeStep::Restart => {
                self.nodes[index] = Node::started(self.log.head);
                self.forget_name(index);
                if self.caller.is_some_and(|caller| caller.node == index) {
                    self.caller = None;
                }
            }
        }
    }

    /// Lets one tick pass.
    pub(crate) fn tick(&mut self, fleet: &Fleet<NODES>) {
        for node in &mut self.nodes {
            if !fleet.has(Flaw::LeaseNeverEnds) {
                node.lease = node.lease.saturating_sub(1);
            }
            if !fleet.has(Flaw::LeaseFromReply)
                && let Follower::Confirmed { since, .. } = &mut node.follower
            {
                *since += 1;
            }
        }
        for waiting in self.editors.iter_mut().filter_map(Editor::waiting_mut) {
            waiting.deadline = waiting.deadline.saturating_sub(1);
            waiting.patience = waiting.patience.saturating_sub(1);
        }
    }

    fn confirm(&mut self, fleet: &Fleet<NODES>, index: usize) {
        let needs_no_row = match fleet.flaw {
            Some(Flaw::RegistersAfterLease) => true,
            Some(Flaw::LeaseWhileStruckOff) => self.nodes[index].row == Row::StruckOff,
            _ => false,
        };
        let head = self.log.head;
        let node = &mut self.nodes[index];
        let listed = match &mut node.row {
            Row::Registered { beat, .. } => {
                if fleet.has(Flaw::BeatsStartAgain) {
                    *beat += 1;
                }
                true
            }
            Row::Unregistered | Row::StruckOff => false,
        };
        node.follower = if listed || needs_no_row {
            Follower::Confirmed { since: 0, head }
        } else {
            Follower::Idle
        };
        let noted_immediately =
            !fleet.has(Flaw::BeatsStartAgain) && !fleet.has(Flaw::StrikesOffUnseen);
        if listed && noted_immediately {
            self.heard_of(index);
        }
    }

    /// Whether an editor waits for something that the node could publish.
    fn has_news(&self, node: &Node) -> bool {
        let Row::Registered { reached, .. } = node.row else {
            return false;
        };
        self.awaited_revisions()
            .any(|revision| reached < revision && revision <= node.applied)
    }

    /// The revisions that editors wait for.
    pub(crate) fn awaited_revisions(&self) -> impl Iterator<Item = u8> {
        self.editors
            .iter()
            .filter_map(|editor| Some(editor.waiting()?.revision))
    }
}

fn may_be_granted<const NODES: usize>(fleet: &Fleet<NODES>, node: &Node) -> bool {
    match node.follower {
        Follower::Confirmed { head, .. } => {
            head <= node.applied || fleet.has(Flaw::LeaseBeforeChanges)
        }
        Follower::Idle => false,
    }
}

fn counted_out(row: Row) -> bool {
    matches!(row, Row::Registered { beat, .. } if beat >= COUNTED_BEATS)
}
