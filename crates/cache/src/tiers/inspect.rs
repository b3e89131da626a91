//! A look at what the tiers have, for people: it changes nothing, and counts as no use.

use std::{sync::Arc, time::Duration};

use ask::Ask;

use super::{Cached, Tiers};
use crate::{
    Entry, Origin, Reason,
    shared::{Shared, Unavailable},
};

/// What a tier has under a key.
pub struct Sight<O: Origin> {
    /// The answer, if there is one to this ask.
    pub entry: Option<Cached<O>>,
    /// Why it would not be given now; `None` if it would.
    pub reason: Option<Reason>,
    /// How long the tier will hold it, if it has a lifetime there.
    pub time_left: Option<Duration>,
    /// Its size in this tier, in bytes.
    pub bytes: usize,
}

impl<O: Origin> Tiers<O> {
    /// What memory has under an ask's key.
    pub fn see_memory(&self, ask: &O::Ask) -> Sight<O> {
        let key = ask.key();
        let entry = self.memory.peek(&*key);
        let (entry, reason) = match entry {
            None => (None, Some(self.fates.in_memory(&key))),
            Some(entry) if entry.ask.url() != ask.url() => (None, Some(Reason::Collision)),
            Some(entry) => {
                let reason = self.reason_against(&entry);
                (Some(entry), reason)
            }
        };
        Sight {
            bytes: entry.as_ref().map_or(0, |entry| entry.weight()),
            time_left: entry
                .as_ref()
                .and_then(|entry| entry.times.expires_in(self.log.wall())),
            entry,
            reason,
        }
    }

    /// What the shared tier has under an ask's key; `None` if there is no such tier.
    ///
    /// # Errors
    /// If it does not respond.
    pub async fn see_shared(&self, ask: &O::Ask) -> Option<Result<Sight<O>, Unavailable>> {
        let shared = self.shared.as_ref()?;
        Some(self.look_at_shared(&**shared, ask).await)
    }

    async fn look_at_shared(
        &self,
        shared: &dyn Shared,
        ask: &O::Ask,
    ) -> Result<Sight<O>, Unavailable> {
        let key = ask.key();
        let Some(bytes) = shared.get(&key).await? else {
            return Ok(Sight {
                entry: None,
                reason: Some(self.fates.in_shared(&key, self.log.wall())),
                time_left: None,
                bytes: 0,
            });
        };
        let time_left = shared.time_left(&key).await?;
        let decoded = Entry::decode(ask, &bytes, self.settings.revalidate).map(Arc::new);
        let (entry, reason) = match decoded {
            Ok(entry) => {
                let reason = self.reason_against(&entry);
                (Some(entry), reason)
            }
            Err(reason) => (None, Some(reason)),
        };
        Ok(Sight {
            entry,
            reason,
            time_left,
            bytes: bytes.len(),
        })
    }

    fn reason_against(&self, entry: &Cached<O>) -> Option<Reason> {
        self.validity_now(entry, self.log.arrival()).err()
    }

    /// Drops the answer to an ask from memory and from the shared tier. Nothing depends on that: it
    /// is for people who want to see the next load.
    ///
    /// # Errors
    /// If the shared tier does not respond; memory has dropped it all the same.
    pub async fn drop_answer(&self, ask: &O::Ask) -> Result<(), Unavailable> {
        let key = ask.key();
        if self.memory.remove(&*key).is_some() {
            self.fates.evicted(&key);
        }
        match &self.shared {
            Some(shared) => shared.remove(&key).await,
            None => Ok(()),
        }
    }
}
