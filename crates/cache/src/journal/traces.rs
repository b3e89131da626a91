//! Spans for whoever traces requests: one for each decision of a tier, and one for each load.
//!
//! They are spans of `tracing` with a target of their own, so that a subscriber can choose them and
//! a log can leave them out. While nobody does, each costs a load of an atomic.
//!
//! A decision is known when it has been made, so its span is over when it begins; its field `took`
//! says for how many nanoseconds it lasted. Both kinds belong to the span that is current, which
//! flights take along: a load that several callers share is part of what the first of them did.

use std::time::Duration;

use ask::Ask;
use tracing::{Level, Span, debug_span, field::Empty, span_enabled};

use super::{Note, Tier, Verdict};
use crate::Reason;

/// The target of all these spans. They have the level DEBUG.
pub const TRACES: &str = "cache::traces";

/// Whether somebody traces.
pub fn is_traced() -> bool {
    span_enabled!(target: TRACES, Level::DEBUG)
}

/// Makes the span of a decision.
pub(super) fn decided<Q: Ask>(ask: &Q, note: &Note<'_>) {
    // Memory takes an answer in no time. Its note says how long the load took, which has a span.
    if !is_traced() || (note.tier, note.verdict) == (Tier::Memory, Verdict::Stored) {
        return;
    }
    let touched = note.reason.and_then(Reason::touched);
    macro_rules! span {
        ($name:literal) => {
            debug_span!(
                target: TRACES,
                $name,
                took = note.took.map(nanoseconds),
                cache.verdict = note.verdict.name(),
                cache.reason = note.reason.map(Reason::name),
                cache.key = &*ask.key(),
                cache.catalogue = ask.catalogue(),
                cache.kind = ask.kind(),
                cache.joined = note.joined.then_some(true),
                cache.cut_off = note.cut_off.then_some(true),
                touched.revision = touched.map(|by| by.revision),
                touched.catalogue = touched.map(|by| by.catalogue),
                touched.id = touched.and_then(|by| by.id),
                touched.fields = touched.map(|by| by.cause.fields.join(",")),
                touched.who = touched.and_then(|by| by.cause.who.as_deref()),
            )
        };
    }
    match note.tier {
        Tier::Memory => drop(span!("memory")),
        Tier::Shared => drop(span!("redis")),
    }
}

/// The span of a load, to be entered while it runs. Its field `over` is recorded when the load ends:
/// what a database's driver does after that for the connection holds the span too.
pub(crate) fn load_span<Q: Ask>(ask: &Q) -> Span {
    debug_span!(
        target: TRACES,
        "load",
        cache.key = &*ask.key(),
        cache.catalogue = ask.catalogue(),
        cache.kind = ask.kind(),
        cache.queries = Empty,
        error = Empty,
        over = Empty,
    )
}

fn nanoseconds(took: Duration) -> u64 {
    u64::try_from(took.as_nanos()).unwrap_or(u64::MAX)
}
