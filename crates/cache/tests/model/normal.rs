//! The normal form of a state: states that differ only in what can no longer matter are merged.
//!
//! - Revisions are counted from the oldest one that must still be applied or seen. So the model's
//!   history is endless, although its numbers are small.
//! - `reached` is reduced to what the waiting editors can tell from it.
//! - An answer that can never be valid again on any node is dropped, and so is a caller that any
//!   answer satisfies.
//! - The two editors are interchangeable, and so are the two nodes: of states that differ only in
//!   their order, the first one stands for all. (In a trace, a node's index may therefore change.)

use crate::{
    flaw::Flaw,
    model::Fleet,
    state::{Answers, Editor, Flight, Follower, Revision, Row, State},
};

impl<const NODES: usize> State<NODES> {
    /// The state that stands for all equivalent ones.
    pub(crate) fn normal(mut self, fleet: &Fleet<NODES>) -> Self {
        if self.stale {
            return self;
        }
        self.simplify_nodes(fleet);
        self.drop_invalid(fleet);
        self.count_from(self.oldest_that_matters(fleet));
        self.drop_satisfied_caller();
        self.in_order()
    }

    fn simplify_nodes(&mut self, fleet: &Fleet<NODES>) {
        let editors = self.editors.clone();
        let awaited = || {
            editors
                .iter()
                .filter_map(|editor| Some(editor.waiting()?.revision))
        };
        for node in &mut self.nodes {
            if let Row::Registered { reached, .. } = &mut node.row {
                let known = awaited().filter(|revision| revision <= reached);
                *reached = known.max().unwrap_or_default();
            }
            if let Follower::Confirmed { since, head } = &mut node.follower {
                if *head <= node.applied {
                    *head = 0;
                }
                // The new lease would not outlast the node's current one.
                if fleet.lease <= *since + node.lease {
                    node.follower = Follower::Idle;
                }
            }
        }
        for waiting in self.editors.iter_mut().filter_map(Editor::waiting_mut) {
            if waiting.silent.iter().all(Option::is_none) {
                waiting.patience = 0;
            }
        }
    }

    /// The revision up to which an answer must be untouched, to be valid at a node for any caller
    /// that is there or will arrive.
    fn least_arrival(&self, index: usize) -> Revision {
        let waiting = self.caller.filter(|caller| caller.node == index);
        let arrival = waiting.and_then(|caller| caller.arrival);
        let applied = self.nodes[index].applied;
        arrival.map_or(applied, |arrival| arrival.min(applied))
    }

    fn drop_invalid(&mut self, fleet: &Fleet<NODES>) {
        if fleet.has(Flaw::ValidByKey) {
            return;
        }
        let log = self.log;
        let arrivals: [Revision; NODES] = std::array::from_fn(|index| self.least_arrival(index));
        for (node, arrival) in self.nodes.iter_mut().zip(arrivals) {
            let dead = |answer: &Revision| log.touched(*answer, arrival);
            node.memory = node.memory.filter(|answer| !dead(answer));
            if !fleet.has(Flaw::JoinedLoadsValid) {
                let dead = |flight: &Flight| !flight.late && dead(&flight.answer);
                node.flight = node.flight.filter(|flight| !dead(flight));
            }
        }
        let least = arrivals.into_iter().min().unwrap_or_default();
        let answers = self.shared.iter();
        self.shared = answers
            .filter(|answer| !log.touched(*answer, least))
            .collect();
    }

    fn oldest_that_matters(&self, fleet: &Fleet<NODES>) -> Revision {
        let applied = (0..NODES).map(|index| self.least_arrival(index));
        let in_flight = self
            .nodes
            .iter()
            .filter_map(|node| Some(node.flight?.answer));
        let awaited = self.awaited_revisions().map(|revision| revision - 1);
        let oldest = applied.chain(in_flight).chain(awaited).min();
        let oldest = oldest.unwrap_or_default();
        if fleet.has(Flaw::ValidByKey) {
            let memory = self.nodes.iter().filter_map(|node| node.memory);
            return memory.chain(self.shared.iter()).fold(oldest, Revision::min);
        }
        oldest
    }

    /// Shifts all revisions. An answer from before `oldest` that can still be valid is equivalent
    /// to one from then, because nothing touched it in between.
    fn count_from(&mut self, oldest: Revision) {
        let shift = |revision: Revision| revision.saturating_sub(oldest);
        self.log.head -= oldest;
        self.log.touching = (self.log.touching >> oldest) & !1;
        self.acknowledged = shift(self.acknowledged);
        self.shared = self.shared.iter().map(shift).collect::<Answers>();
        for node in &mut self.nodes {
            node.applied -= oldest;
            node.memory = node.memory.map(shift);
            if let Some(flight) = &mut node.flight {
                flight.answer = shift(flight.answer);
            }
            if let Row::Registered { reached, .. } = &mut node.row {
                *reached = shift(*reached);
            }
            if let Follower::Confirmed { head, .. } = &mut node.follower {
                *head = shift(*head);
            }
        }
        for waiting in self.editors.iter_mut().filter_map(Editor::waiting_mut) {
            waiting.revision -= oldest;
        }
        if let Some(caller) = &mut self.caller {
            caller.must_see = shift(caller.must_see);
            caller.arrival = caller.arrival.map(shift);
        }
    }

    fn drop_satisfied_caller(&mut self) {
        self.caller = self.caller.filter(|caller| caller.must_see > 0);
        for (index, node) in self.nodes.iter_mut().enumerate() {
            if let Some(flight) = &mut node.flight {
                flight.late &= self.caller.is_some_and(|caller| caller.node == index);
            }
        }
    }

    fn in_order(mut self) -> Self {
        self.editors.sort();
        match self.nodes.as_slice() {
            [one, other] if one > other => self.mirrored(),
            [one, other] if one == other => self.clone().mirrored().min(self),
            _ => self,
        }
    }

    /// The same state with the two nodes swapped.
    fn mirrored(mut self) -> Self {
        self.nodes.reverse();
        for editor in &mut self.editors {
            match editor {
                Editor::Idle => {}
                Editor::Prepared { awaited } => awaited.reverse(),
                Editor::Waiting(waiting) => {
                    waiting.awaited.reverse();
                    waiting.silent.reverse();
                }
            }
        }
        if let Some(caller) = &mut self.caller {
            caller.node = 1 - caller.node;
        }
        self.editors.sort();
        self
    }
}
