//! How a server function that is called on its own, not by a page, reaches the tiers.

use std::sync::Arc;

use app::functions::{Answers, Pending};
use site::AnyAsk;

use super::{Tiers, fault};
use crate::store::tally;

/// The tiers, for a function that is called on its own.
pub(crate) struct FromTiers(pub(crate) Arc<Tiers>);

impl Answers for FromTiers {
    fn answer(&self, ask: AnyAsk) -> Pending<leptos_cached::Answer> {
        let tiers = Arc::clone(&self.0);
        Box::pin(async move {
            let answer = tiers.answer(&ask).await;
            let answer = answer.map_err(|failure| fault::of_load(&failure))?;
            if answer.trail.loaded_for_caller() {
                tally::add(answer.entry.queries());
            }
            Ok(answer.into())
        })
    }
}
