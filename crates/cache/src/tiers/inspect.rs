//! A look at what the tiers hold, for people: it changes nothing, and counts as no use.

use std::{sync::Arc, time::Duration};

use ask::Ask;

use super::{Cached, Tiers};
use crate::{
    Entry, Origin, Reason,
    shared::{Shared, Unavailable},
};

/// What a tier holds under a key.
pub struct Sight<O: Origin> {
    /// The answer, if there is one to this ask.
    pub entry: Option<Cached<O>>,
    /// Why it would not be given now; `None` if it would.
    pub reason: Option<Reason>,
    /// How long until it is refreshed; `None` if that is never due.
    pub due_in: Option<Duration>,
    /// How long the tier will give it, unless an edit touches it; `None` if there is no limit.
    pub time_left: Option<Duration>,
    /// Its size in this tier, in bytes.
    pub bytes: usize,
}

impl<O: Origin> Tiers<O> {
    /// What memory holds under an ask's key.
    pub fn see_memory(&self, ask: &O::Ask) -> Sight<O> {
        if !ask.policy().is_stored() {
            return self.sight(Err(Reason::Bypass), None, 0);
        }
        let seen = self.of_ask(ask, self.memory.peek(&*ask.key()));
        let bytes = seen.as_ref().map_or(0, |entry| entry.weight());
        self.sight(seen, None, bytes)
    }

    /// What the shared tier holds under an ask's key; `None` if there is no such tier.
    pub async fn see_shared(&self, ask: &O::Ask) -> Option<Sight<O>> {
        let shared = self.shared.as_deref()?;
        if !ask.policy().is_stored() {
            return Some(self.sight(Err(Reason::Bypass), None, 0));
        }
        let seen = self.look_in_shared(shared, ask).await;
        Some(seen.unwrap_or_else(|_| self.sight(Err(Reason::SharedAway), None, 0)))
    }

    async fn look_in_shared(
        &self,
        shared: &dyn Shared,
        ask: &O::Ask,
    ) -> Result<Sight<O>, Unavailable> {
        let key = ask.key();
        let Some(bytes) = shared.get(&key).await? else {
            let reason = self.fates.in_shared(&key, self.log.wall());
            return Ok(self.sight(Err(reason), None, 0));
        };
        let time_left = shared.time_left(&key).await?;
        let seen = Entry::decode(ask, &bytes, self.settings.revalidate).map(Arc::new);
        Ok(self.sight(seen, time_left, bytes.len()))
    }

    /// `held` is how long the tier itself will hold what was seen, if it says so.
    fn sight(
        &self,
        seen: Result<Cached<O>, Reason>,
        held: Option<Duration>,
        bytes: usize,
    ) -> Sight<O> {
        let now = self.log.wall();
        match seen {
            Ok(entry) => Sight {
                reason: self.validity_now(&entry, self.log.arrival()).err(),
                due_in: entry.times.due_in(now),
                time_left: held.into_iter().chain(entry.times.expires_in(now)).min(),
                entry: Some(entry),
                bytes,
            },
            Err(reason) => Sight {
                entry: None,
                reason: Some(reason),
                due_in: None,
                time_left: held,
                bytes,
            },
        }
    }
}
