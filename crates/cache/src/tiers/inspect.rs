//! A look at what the tiers hold, for people: it changes nothing, and counts as no use.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use ask::Ask;

use quick_cache::Weighter;

use super::{Cached, Tiers, Weight};
use crate::{
    Change, Entry, Origin, Reason,
    shared::{Shared, State, Unavailable},
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

/// What the memory tier holds altogether.
#[derive(Debug, Clone, Default)]
pub struct Holdings {
    /// By catalogue and kind.
    pub kinds: Vec<HeldKind>,
    /// The biggest answers, the biggest first.
    pub biggest: Vec<HeldKey>,
}

/// The answers of one kind about one catalogue.
#[derive(Debug, Clone)]
pub struct HeldKind {
    /// The catalogue.
    pub catalogue: &'static str,
    /// The kind of the asks.
    pub kind: &'static str,
    /// How many there are.
    pub entries: usize,
    /// How much memory they take, in bytes.
    pub bytes: u64,
}

/// One answer.
#[derive(Debug, Clone)]
pub struct HeldKey {
    /// The key.
    pub key: String,
    /// The canonical URL of the ask.
    pub url: String,
    /// How much memory it takes, in bytes.
    pub bytes: u64,
}

impl<O: Origin> Tiers<O> {
    /// How many answers in memory some changes touch, and the URLs of the first of them. Like
    /// [`holdings`](Self::holdings), this looks at each entry.
    pub fn touched_by(
        &self,
        changes: &[Change<<O::Ask as Ask>::Image>],
        named: usize,
    ) -> (usize, Vec<String>) {
        let touched = self.memory.iter().map(|(_, entry)| entry);
        let touched =
            touched.filter(|entry| changes.iter().any(|change| entry.is_touched_by(change)));
        let touched: Vec<Cached<O>> = touched.collect();
        let urls = touched.iter().take(named);
        let urls = urls.map(|entry| entry.ask.url().into_owned());
        (touched.len(), urls.collect())
    }

    /// What memory holds altogether, with so many of the biggest answers. This looks at each entry,
    /// a millisecond for ten thousand of them.
    pub fn holdings(&self, biggest: usize) -> Holdings {
        let mut kinds: BTreeMap<_, (usize, u64)> = BTreeMap::new();
        let mut by_size = Vec::new();
        for (key, entry) in self.memory.iter() {
            let bytes = Weight.weight(&key, &entry);
            let kind = (entry.ask.catalogue(), entry.ask.kind());
            let held = kinds.entry(kind).or_default();
            held.0 += 1;
            held.1 += bytes;
            by_size.push((bytes, entry));
        }
        by_size.sort_unstable_by_key(|(bytes, _)| std::cmp::Reverse(*bytes));
        by_size.truncate(biggest);
        let of_kind = |((catalogue, kind), (entries, bytes))| HeldKind {
            catalogue,
            kind,
            entries,
            bytes,
        };
        let of_key = |(bytes, entry): (u64, Cached<O>)| HeldKey {
            key: entry.ask.key().into_owned(),
            url: entry.ask.url().into_owned(),
            bytes,
        };
        Holdings {
            kinds: kinds.into_iter().map(of_kind).collect(),
            biggest: by_size.into_iter().map(of_key).collect(),
        }
    }

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

    /// How the shared tier is doing; `None` if there is none, or if it does not say.
    ///
    /// # Errors
    /// If it does not respond, or refuses.
    pub async fn shared_state(&self) -> Result<Option<State>, Unavailable> {
        match &self.shared {
            Some(shared) => shared.state().await,
            None => Ok(None),
        }
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
