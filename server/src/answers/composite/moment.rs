//! Composes an answer of one moment (I5).

use std::{future::Future, sync::Arc, time::Duration};

use backon::BackoffBuilder;
use cache::{Entry, Loaded, Part, Stamp};
use leptos_cached::{Fault, Representation};
use site::AnyAsk;
use tokio::time::sleep;

use super::{CompositeAsk, Parts, Rendered, Unavailable};
use crate::answers::{Tiers, load::again};

/// How long a composed answer waits for the change log of a part that another node has loaded.
const CATCH_UP: Duration = Duration::from_millis(500);

/// How often it is composed of answers that the tiers have, before all of them are loaded in one
/// snapshot.
const ROUNDS: usize = 3;

/// A composed answer, and what it is composed of.
pub(in crate::answers) struct Composed {
    pub(in crate::answers) whole: Rendered,
    parts: Vec<Arc<Entry<AnyAsk, Representation>>>,
    /// Whether the database could not be reached for one of them.
    is_unreachable: bool,
    /// A moment at which all parts are right, or a stamp that no log contains if there are none, or
    /// if they may be from before an edit.
    stamp: Stamp,
}

/// A composed answer as the tiers take it; one with errors is not stored.
///
/// # Errors
/// If it could not be composed, or has errors.
pub(in crate::answers) fn loaded<W>(
    composed: Result<Composed, Unavailable>,
) -> Result<Loaded<CompositeAsk<W>, Rendered>, Unavailable> {
    let composed = composed?;
    if composed.whole.has_errors {
        return Err(Unavailable {
            is_unreachable: composed.is_unreachable,
            whole: Some(Box::new(composed.whole)),
            fault: Fault::Unavailable,
        });
    }
    Ok(composed.loaded())
}

impl Composed {
    fn loaded<W>(self) -> Loaded<CompositeAsk<W>, Rendered> {
        let part = |entry: &Entry<AnyAsk, Representation>| -> Part<CompositeAsk<W>> {
            entry.part(CompositeAsk::Part(entry.ask.clone()))
        };
        Loaded {
            stamp: self.stamp,
            shows: Vec::new(),
            parts: self.parts.iter().map(|entry| part(entry)).collect(),
            queries: self.whole.summary.queries,
            body: self.whole,
        }
    }
}

/// Composes the answer at `address` by `make`, which requests its parts. They are answers that the
/// tiers have, so an edit may fall between two of them; then it is made again. A refresh of an
/// answer that has fallen due uses parts that are not due. An answer with errors is of no moment.
///
/// # Errors
/// Those of `make`, and if no snapshot can be had. A snapshot whose connection ends is tried again.
pub(in crate::answers) async fn compose<F>(
    tiers: &Arc<Tiers>,
    address: &str,
    refresh: bool,
    make: impl Fn(Parts) -> F,
) -> Result<Composed, Unavailable>
where
    F: Future<Output = Result<Rendered, Fault>>,
{
    let log = tiers.log();
    let mut round = 0;
    let mut pauses = again().build();
    loop {
        let parts = if round < ROUNDS {
            Parts::new(Arc::clone(tiers), refresh)
        } else {
            Parts::of_one_snapshot(Arc::clone(tiers)).await?
        };
        let made = make(parts.clone()).await;
        if parts.has_lost_snapshot()
            && let Some(pause) = pauses.next()
        {
            sleep(pause).await;
            continue;
        }
        let is_unreachable = parts.is_unreachable();
        let whole = made.map_err(|fault| Unavailable {
            is_unreachable,
            ..fault.into()
        })?;
        let is_any = whole.has_errors || parts.is_cut_off();
        let parts = parts.entries();
        if is_any || parts.is_empty() {
            let stamp = Stamp::NOWHERE;
            return Ok(Composed {
                whole,
                parts,
                stamp,
                is_unreachable,
            });
        }
        let moment = || log.moment(parts.iter().map(|entry| &**entry));
        let mut found = moment();
        let mut follows = true;
        if found.is_none() {
            // A part may be of a revision that this node has yet to follow.
            let newest = parts.iter().map(|entry| entry.stamp.revision).max();
            follows = log.reach(newest.unwrap_or_default(), CATCH_UP).await;
            found = moment();
        }
        if let Some(stamp) = found {
            return Ok(Composed {
                whole,
                parts,
                stamp,
                is_unreachable,
            });
        }
        round = if follows {
            round + 1
        } else {
            ROUNDS.max(round + 1)
        };
        if round > ROUNDS {
            tracing::error!(address, "a snapshot has answers of two moments");
            return Err(Fault::Unavailable.into());
        }
    }
}
