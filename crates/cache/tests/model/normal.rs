//! The normal form of a state: states that differ only in what can no longer matter are one.
//!
//! - Revisions are counted from the oldest one that somebody still has to apply or to see. So the
//!   model's history is endless, though its numbers are small.
//! - `reached` is as much as the waiting editors make of it.
//! - An answer that no node can ever believe again is dropped, and so is an asker who must see
//!   nothing.
//! - The two editors are alike, and so are the two nodes: of the orders that are the same but for
//!   the names, the first one stands for all. (In a trace a node may therefore change its number.)

use crate::{
    flaw::Flaw,
    model::House,
    state::{Answers, Editor, Flight, Follower, Revision, Row, State},
};

impl<const NODES: usize> State<NODES> {
    /// The state that stands for all that are like this one.
    pub(crate) fn normal(mut self, house: &House<NODES>) -> Self {
        if self.stale {
            return self;
        }
        self.simplify_nodes(house);
        self.drop_unbelievable(house);
        self.count_from(self.oldest_that_matters(house));
        self.drop_contented_asker();
        self.in_order()
    }

    fn simplify_nodes(&mut self, house: &House<NODES>) {
        let editors = self.editors.clone();
        let awaited = || {
            editors
                .iter()
                .filter_map(|editor| Some(editor.waiting()?.revision))
        };
        for node in &mut self.nodes {
            if let Row::Listed { reached, .. } = &mut node.row {
                let known = awaited().filter(|revision| revision <= reached);
                *reached = known.max().unwrap_or_default();
            }
            if let Follower::Confirmed { since, head } = &mut node.follower {
                if *head <= node.applied {
                    *head = 0;
                }
                // The lease would end no later than the one that the node has.
                if house.lease <= *since + node.lease {
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

    /// The revision up to which an answer has to be untouched, to be believed at a node by any
    /// asker who is there or will come.
    fn least_arrival(&self, index: usize) -> Revision {
        let waiting = self.asker.filter(|asker| asker.node == index);
        let arrival = waiting.and_then(|asker| asker.arrival);
        let applied = self.nodes[index].applied;
        arrival.map_or(applied, |arrival| arrival.min(applied))
    }

    fn drop_unbelievable(&mut self, house: &House<NODES>) {
        if house.has(Flaw::BelievesByKey) {
            return;
        }
        let log = self.log;
        let arrivals: [Revision; NODES] = std::array::from_fn(|index| self.least_arrival(index));
        for (node, arrival) in self.nodes.iter_mut().zip(arrivals) {
            let dead = |answer: &Revision| log.touched(*answer, arrival);
            node.memory = node.memory.filter(|answer| !dead(answer));
            if !house.has(Flaw::BelievesJoinedLoads) {
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

    fn oldest_that_matters(&self, house: &House<NODES>) -> Revision {
        let applied = (0..NODES).map(|index| self.least_arrival(index));
        let flying = self
            .nodes
            .iter()
            .filter_map(|node| Some(node.flight?.answer));
        let awaited = self.awaited_revisions().map(|revision| revision - 1);
        let oldest = applied.chain(flying).chain(awaited).min();
        let oldest = oldest.unwrap_or_default();
        if house.has(Flaw::BelievesByKey) {
            let memory = self.nodes.iter().filter_map(|node| node.memory);
            return memory.chain(self.shared.iter()).fold(oldest, Revision::min);
        }
        oldest
    }

    /// Shifts all revisions. An answer from before `oldest` that is still believed is as good as
    /// one from then, as nothing touched it in between.
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
            if let Row::Listed { reached, .. } = &mut node.row {
                *reached = shift(*reached);
            }
            if let Follower::Confirmed { head, .. } = &mut node.follower {
                *head = shift(*head);
            }
        }
        for waiting in self.editors.iter_mut().filter_map(Editor::waiting_mut) {
            waiting.revision -= oldest;
        }
        if let Some(asker) = &mut self.asker {
            asker.must_see = shift(asker.must_see);
            asker.arrival = asker.arrival.map(shift);
        }
    }

    fn drop_contented_asker(&mut self) {
        self.asker = self.asker.filter(|asker| asker.must_see > 0);
        for (index, node) in self.nodes.iter_mut().enumerate() {
            if let Some(flight) = &mut node.flight {
                flight.late &= self.asker.is_some_and(|asker| asker.node == index);
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

    /// The same with the two nodes' numbers exchanged.
    fn mirrored(mut self) -> Self {
        self.nodes.reverse();
        for editor in &mut self.editors {
            match editor {
                Editor::Idle => {}
                Editor::Listed { awaited } => awaited.reverse(),
                Editor::Waiting(waiting) => {
                    waiting.awaited.reverse();
                    waiting.silent.reverse();
                }
            }
        }
        if let Some(asker) = &mut self.asker {
            asker.node = 1 - asker.node;
        }
        self.editors.sort();
        self
    }
}
