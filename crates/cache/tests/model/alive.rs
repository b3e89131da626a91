//! Proofs that the model does not keep the promise by standing still.

use crate::{
    model::House,
    state::{Node, Row, State},
};

impl<const NODES: usize> State<NODES> {
    /// Memory has what the watched asker may believe.
    pub(crate) fn memory_is_believed(&self) -> bool {
        self.at_asker(|node, arrival| {
            let believed = |answer| self.is_valid(node, answer, arrival);
            node.memory.is_some_and(believed)
        })
    }

    /// Memory has nothing, but the shared tier has what the watched asker's flight may believe.
    pub(crate) fn shared_tier_is_believed(&self) -> bool {
        self.at_asker(|node, _| {
            let now = (node.lease > 0).then_some(node.applied);
            let mut shared = self.shared.iter();
            let found = shared.any(|answer| self.is_valid(node, answer, now));
            node.memory.is_none() && node.flight.is_none() && found
        })
    }

    /// A flight has what the watched asker may believe, though it read it before he came.
    pub(crate) fn earlier_flight_is_believed(&self) -> bool {
        self.at_asker(|node, arrival| {
            node.flight
                .is_some_and(|flight| !flight.late && self.is_valid(node, flight.answer, arrival))
        })
    }

    /// The watched asker came to a node without a lease, and will be answered by a new load.
    pub(crate) fn cut_off_node_loads(&self) -> bool {
        self.at_asker(|node, arrival| {
            arrival.is_none() && node.flight.is_some_and(|flight| flight.late)
        })
    }

    /// An edit can be acknowledged before its deadline, as nodes with leases have reached it.
    pub(crate) fn reached_early(&self) -> bool {
        let leased = |node: &Node| node.is_listed() && node.lease > 0;
        let early = self.editors.iter().filter_map(|editor| editor.waiting());
        let mut early = early.filter(|waiting| waiting.deadline > 0);
        self.nodes.iter().all(leased) && early.any(|waiting| self.all_reached(waiting))
    }

    /// A node was struck off while another editor waits, and is there to come back.
    pub(crate) fn struck_off_while_awaited(&self) -> bool {
        let struck_off = |node: &Node| node.row == Row::StruckOff;
        self.nodes.iter().any(struck_off) && self.editors.iter().any(|e| e.waiting().is_some())
    }

    fn at_asker(&self, holds: impl FnOnce(&Node, Option<u8>) -> bool) -> bool {
        self.asker
            .is_some_and(|asker| holds(&self.nodes[asker.node], asker.arrival))
    }
}

/// Something that must be seen to happen, and its name.
type Sign<const NODES: usize> = (&'static str, fn(&House<NODES>, &State<NODES>) -> bool);

/// What must be seen to happen.
pub(crate) fn signs_of_life<const NODES: usize>() -> [Sign<NODES>; 6] {
    [
        (
            "memory is believed after an acknowledged edit",
            |_, state| state.memory_is_believed(),
        ),
        (
            "the shared tier is believed after an acknowledged edit",
            |_, state| state.shared_tier_is_believed(),
        ),
        (
            "an earlier flight is believed after an acknowledged edit",
            |_, state| state.earlier_flight_is_believed(),
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
