//! What callers do: look in memory, join a flight, take its answer.
//!
//! In the code: `Tiers::answer`, `Tiers::answer_by_flight`, `Tiers::run_load`, `Tiers::load`,
//! `Tiers::refresh_if_due`, `Log::arrival` and `Log::verdict`.

use crate::{
    flaw::Flaw,
    model::Fleet,
    state::{Caller, Flight, Node, Revision, State},
};

/// A step of the watched caller, or of a flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallerStep {
    /// The watched caller arrives.
    Arrive,
    /// The caller takes the answer in memory.
    TakeFromMemory,
    /// The caller leaves without an answer.
    Leave,
    /// A flight finds a valid answer in memory.
    FindInMemory,
    /// A flight finds a valid answer in the shared tier.
    FindShared { answer: Revision },
    /// A flight reads the database, answer and stamp in one snapshot.
    Load,
    /// The flight's answer goes into memory and to the shared tier; the watched caller has not
    /// joined it, or the answer is not valid for it.
    Finish,
    /// The same, and the watched caller, which has joined it, takes the answer.
    FinishFor,
}

impl<const NODES: usize> State<NODES> {
    /// Offers the steps that can be taken at a node.
    pub(crate) fn caller_steps(
        &self,
        fleet: &Fleet<NODES>,
        index: usize,
        offer: &mut impl FnMut(CallerStep),
    ) {
        let node = &self.nodes[index];
        let here = self.caller.filter(|caller| caller.node == index);
        if let Some(caller) = here {
            offer(CallerStep::Leave);
            if self.finds(fleet, node, node.memory, caller.arrival) {
                offer(CallerStep::TakeFromMemory);
            }
        } else if self.caller.is_none() && self.acknowledged > 0 {
            // A caller that arrives before any acknowledged edit cannot get a stale answer.
            offer(CallerStep::Arrive);
        }
        if let Some(flight) = node.flight {
            offer(CallerStep::Finish);
            if here.is_some_and(|caller| self.takes(fleet, node, flight, caller)) {
                offer(CallerStep::FinishFor);
            }
        } else {
            offer(CallerStep::Load);
            let now = self.arrival(fleet, node);
            if self.finds(fleet, node, node.memory, now) {
                offer(CallerStep::FindInMemory);
            }
            for answer in self.shared.iter() {
                if self.finds(fleet, node, Some(answer), now) {
                    offer(CallerStep::FindShared { answer });
                }
            }
        }
    }

    /// Takes a step that [`caller_steps`](Self::caller_steps) offered.
    pub(crate) fn request(&mut self, fleet: &Fleet<NODES>, index: usize, step: CallerStep) {
        let late = self.caller.is_some_and(|caller| caller.node == index);
        let head = self.log.head;
        let arrival = self.arrival(fleet, &self.nodes[index]);
        let node = &mut self.nodes[index];
        let flight_with = |answer| Flight { late, answer };
        match step {
            CallerStep::Arrive => {
                self.caller = Some(Caller {
                    node: index,
                    must_see: self.acknowledged,
                    arrival,
                });
            }
            CallerStep::TakeFromMemory => {
                let answer = node.memory;
                self.answer(answer);
            }
            CallerStep::Leave => self.caller = None,
            CallerStep::FindInMemory => node.flight = node.memory.map(flight_with),
            CallerStep::FindShared { answer } => node.flight = Some(flight_with(answer)),
            CallerStep::Load => node.flight = Some(flight_with(head)),
            CallerStep::Finish | CallerStep::FinishFor => {
                let answer = node.flight.take().map(|flight| flight.answer);
                node.memory = answer.or(node.memory);
                self.shared.extend(answer);
                if step == CallerStep::FinishFor {
                    self.answer(answer);
                }
            }
        }
    }

    /// The arrival of a caller now: `Log::arrival`.
    fn arrival(&self, fleet: &Fleet<NODES>, node: &Node) -> Option<Revision> {
        (node.lease > 0 || fleet.has(Flaw::ValidWithoutLease)).then_some(node.applied)
    }

    /// The rule of validity: `Log::verdict`.
    pub(crate) fn is_valid(
        &self,
        node: &Node,
        answer: Revision,
        arrival: Option<Revision>,
    ) -> bool {
        arrival.is_some_and(|arrival| answer <= node.applied && !self.log.touched(answer, arrival))
    }

    /// Whether a tier has an answer and it is valid.
    fn finds(
        &self,
        fleet: &Fleet<NODES>,
        node: &Node,
        answer: Option<Revision>,
        arrival: Option<Revision>,
    ) -> bool {
        answer.is_some_and(|answer| {
            fleet.has(Flaw::ValidByKey) || self.is_valid(node, answer, arrival)
        })
    }

    /// Whether a caller that has joined a flight takes its answer.
    fn takes(&self, fleet: &Fleet<NODES>, node: &Node, flight: Flight, caller: Caller) -> bool {
        flight.late
            || fleet.has(Flaw::JoinedLoadsValid)
            || self.is_valid(node, flight.answer, caller.arrival)
    }

    /// Gives the watched caller an answer.
    fn answer(&mut self, answer: Option<Revision>) {
        if let (Some(caller), Some(answer)) = (self.caller.take(), answer) {
            self.stale |= answer < caller.must_see;
        }
    }
}
