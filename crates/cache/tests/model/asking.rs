//! What askers do: look into memory, join a flight, take what it brings.
//!
//! In the code: `Tiers::answer`, `Tiers::answer_by_flight`, `Tiers::fly`, `Tiers::load`,
//! `Tiers::refresh`, `Log::arrival` and `Log::verdict`.

use crate::{
    flaw::Flaw,
    model::House,
    state::{Asker, Flight, Node, Revision, State},
};

/// A step of the watched asker, or of a flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AskerStep {
    /// The watched asker comes.
    Arrive,
    /// He takes the answer in memory.
    TakeFromMemory,
    /// He goes away without an answer.
    Leave,
    /// A flight believes the answer in memory.
    FindInMemory,
    /// A flight believes an answer that the shared tier gives it.
    FindShared { answer: Revision },
    /// A flight reads the database, answer and stamp in one snapshot.
    Load,
    /// The flight's answer goes into memory and to the shared tier; the watched asker has not
    /// joined it, or does not believe it.
    Wait,
    /// The same, and the watched asker, who has joined it, takes the answer.
    WaitFor,
}

impl<const NODES: usize> State<NODES> {
    /// Offers the steps that can be taken at a node.
    pub(crate) fn asker_steps(
        &self,
        house: &House<NODES>,
        index: usize,
        offer: &mut impl FnMut(AskerStep),
    ) {
        let node = &self.nodes[index];
        let here = self.asker.filter(|asker| asker.node == index);
        if let Some(asker) = here {
            offer(AskerStep::Leave);
            if self.finds(house, node, node.memory, asker.arrival) {
                offer(AskerStep::TakeFromMemory);
            }
        } else if self.asker.is_none() && self.acknowledged > 0 {
            // Whoever must see nothing cannot be wronged.
            offer(AskerStep::Arrive);
        }
        if let Some(flight) = node.flight {
            offer(AskerStep::Wait);
            if here.is_some_and(|asker| self.takes(house, node, flight, asker)) {
                offer(AskerStep::WaitFor);
            }
        } else {
            offer(AskerStep::Load);
            let now = self.arrival(house, node);
            if self.finds(house, node, node.memory, now) {
                offer(AskerStep::FindInMemory);
            }
            for answer in self.shared.iter() {
                if self.finds(house, node, Some(answer), now) {
                    offer(AskerStep::FindShared { answer });
                }
            }
        }
    }

    /// Takes a step that [`asker_steps`](Self::asker_steps) offered.
    pub(crate) fn ask(&mut self, house: &House<NODES>, index: usize, step: AskerStep) {
        let late = self.asker.is_some_and(|asker| asker.node == index);
        let head = self.log.head;
        let arrival = self.arrival(house, &self.nodes[index]);
        let node = &mut self.nodes[index];
        let flight_with = |answer| Flight { late, answer };
        match step {
            AskerStep::Arrive => {
                self.asker = Some(Asker {
                    node: index,
                    must_see: self.acknowledged,
                    arrival,
                });
            }
            AskerStep::TakeFromMemory => {
                let answer = node.memory;
                self.answer(answer);
            }
            AskerStep::Leave => self.asker = None,
            AskerStep::FindInMemory => node.flight = node.memory.map(flight_with),
            AskerStep::FindShared { answer } => node.flight = Some(flight_with(answer)),
            AskerStep::Load => node.flight = Some(flight_with(head)),
            AskerStep::Wait | AskerStep::WaitFor => {
                let answer = node.flight.take().map(|flight| flight.answer);
                node.memory = answer.or(node.memory);
                self.shared.extend(answer);
                if step == AskerStep::WaitFor {
                    self.answer(answer);
                }
            }
        }
    }

    /// What an asker who comes now brings with him: `Log::arrival`.
    fn arrival(&self, house: &House<NODES>, node: &Node) -> Option<Revision> {
        (node.lease > 0 || house.has(Flaw::BelievesWithoutLease)).then_some(node.applied)
    }

    /// The rule of belief: `Log::verdict`.
    pub(crate) fn is_valid(
        &self,
        node: &Node,
        answer: Revision,
        arrival: Option<Revision>,
    ) -> bool {
        arrival.is_some_and(|arrival| answer <= node.applied && !self.log.touched(answer, arrival))
    }

    /// Whether an answer that a tier has is there and believed.
    fn finds(
        &self,
        house: &House<NODES>,
        node: &Node,
        answer: Option<Revision>,
        arrival: Option<Revision>,
    ) -> bool {
        answer.is_some_and(|answer| {
            house.has(Flaw::BelievesByKey) || self.is_valid(node, answer, arrival)
        })
    }

    /// Whether an asker who has joined a flight takes its answer.
    fn takes(&self, house: &House<NODES>, node: &Node, flight: Flight, asker: Asker) -> bool {
        flight.late
            || house.has(Flaw::BelievesJoinedLoads)
            || self.is_valid(node, flight.answer, asker.arrival)
    }

    /// The watched asker is given an answer.
    fn answer(&mut self, answer: Option<Revision>) {
        if let (Some(asker), Some(answer)) = (self.asker.take(), answer) {
            self.stale |= answer < asker.must_see;
        }
    }
}
