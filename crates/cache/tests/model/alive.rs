//! Proofs that the model does not keep the promise merely by doing nothing.

use crate::{
    model::Fleet,
    state::{Node, Row, State},
};

impl<const NODES: usize> State<NODES> {
    /// Memory has an answer that is valid for the watched caller.
    pub(crate) fn memory_is_valid(&self) -> bool {
        self.at_caller(|node, arrival| {
            let valid = |answer| self.is_valid(node, answer, arrival);
            node.memory.is_some_and(valid)
        })
    }

    /// Memory is empty, but the shared tier has an answer that is valid for the watched caller's
    /// flight.
    pub(crate) fn shared_tier_is_valid(&self) -> bool {
        self.at_caller(|node, _| {
            let now = (node.lease > 0).then_some(node.applied);
            let mut shared = self.shared.iter();
            let found = shared.any(|answer| self.is_valid(node, answer, now));
            node.memory.is_none() && node.flight.is_none() && found
        })
    }

    /// A flight has an answer that is valid for the watched caller, although it was read before the
    /// caller arrived.
    pub(crate) fn earlier_flight_is_valid(&self) -> bool {
        self.at_caller(|node, arrival| {
            node.flight
                .is_some_and(|flight| !flight.late && self.is_valid(node, flight.answer, arrival))
        })
    }

    /// The watched caller arrived at a node without a lease, and will be answered by a new load.
    pub(crate) fn cut_off_node_loads(&self) -> bool {
        self.at_caller(|node, arrival| {
            arrival.is_none() && node.flight.is_some_and(|flight| flight.late)
        })
    }

    /// An edit can be acknowledged before its deadline, because nodes with leases have reached it.
    pub(crate) fn reached_early(&self) -> bool {
        let leased = |node: &Node| node.is_listed() && node.lease > 0;
        let early = self.editors.iter().filter_map(|editor| editor.waiting());
        let mut early = early.filter(|waiting| waiting.deadline > 0);
        self.nodes.iter().all(leased) && early.any(|waiting| self.all_reached(waiting))
    }

    /// A node was struck off while an editor waits, and can register again.
    pub(crate) fn struck_off_while_awaited(&self) -> bool {
        let struck_off = |node: &Node| node.row == Row::StruckOff;
        self.nodes.iter().any(struck_off) && self.editors.iter().any(|e| e.waiting().is_some())
    }

    fn at_caller(&self, holds: impl FnOnce(&Node, Option<u8>) -> bool) -> bool {
        self.caller
            .is_some_and(|caller| holds(&self.nodes[caller.node], caller.arrival))
    }
}

/// Something that must happen in some history, with its name.
type Sign<const NODES: usize> = (&'static str, fn(&Fleet<NODES>, &State<NODES>) -> bool);

/// Everything that must happen in some history.
pub(crate) fn signs_of_life<const NODES: usize>() -> [Sign<NODES>; 6] {
    [
        (
            "an answer in memory is valid after an acknowledged edit",
            |_, state| state.memory_is_valid(),
        ),
        (
            "an answer in the shared tier is valid after an acknowledged edit",
            |_, state| state.shared_tier_is_valid(),
        ),
        (
            "an earlier flight's answer is valid after an acknowledged edit",
            |_, state| state.earlier_flight_is_valid(),
        ),
        (
            "a node without a lease loads after an acknowledged edit",
            |_, state| state.cut_off_node_loads(),
        ),
        (
            "an edit is acknowledged early, by nodes with leases",
            |_, state| state.reached_early(),
        ),
        ("a node is struck off while an editor waits", |_, state| {
            state.struck_off_while_awaited()
        }),
    ]
}
