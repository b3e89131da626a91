//! An answer from the tiers, independent of their types.

use std::{borrow::Cow, sync::Arc, time::Duration};

use ::cache::{Entry, Kind, Origin, Trail};
use ask::{Ask, CachePolicy};

use crate::Representation;

/// An answer from the tiers, with the path that it took through them. Cheap to clone.
#[derive(Clone)]
pub struct Answer {
    entry: Arc<dyn CachedEntry>,
    trail: Trail,
}

/// What a response needs from a cached entry, whatever the type of its ask.
pub trait CachedEntry: Send + Sync {
    /// The answer as bytes.
    fn representation(&self) -> &Representation;
    /// The key that the entry is stored under.
    fn key(&self) -> Cow<'_, str>;
    /// The canonical URL of its ask.
    fn url(&self) -> Cow<'_, str>;
    /// How the answer is cached.
    fn policy(&self) -> CachePolicy;
    /// How long ago the answer was loaded.
    fn age(&self) -> Duration;
    /// When the answer was loaded, in milliseconds since 1970.
    fn loaded_at(&self) -> u64;
    /// How many statements the database ran for it.
    fn queries(&self) -> u32;
    /// The metrics of its kind.
    fn metrics(&self) -> &Kind;
}

impl<A: Ask> CachedEntry for Entry<A, Representation> {
    fn representation(&self) -> &Representation {
        &self.body
    }

    fn key(&self) -> Cow<'_, str> {
        self.ask.key()
    }

    fn url(&self) -> Cow<'_, str> {
        self.ask.url()
    }

    fn policy(&self) -> CachePolicy {
        self.ask.policy()
    }

    fn age(&self) -> Duration {
        Entry::age(self)
    }

    fn loaded_at(&self) -> u64 {
        Entry::loaded_at(self)
    }

    fn queries(&self) -> u32 {
        Entry::queries(self)
    }

    fn metrics(&self) -> &Kind {
        Entry::metrics(self)
    }
}

impl<O: Origin<Body = Representation>> From<::cache::Answer<O>> for Answer {
    fn from(answer: ::cache::Answer<O>) -> Self {
        Self {
            entry: answer.entry,
            trail: answer.trail,
        }
    }
}

impl Answer {
    /// The answer as bytes.
    pub fn representation(&self) -> &Representation {
        self.entry.representation()
    }

    /// The cached entry.
    pub fn entry(&self) -> &dyn CachedEntry {
        &*self.entry
    }

    /// The path that the answer took through the tiers.
    pub fn trail(&self) -> &Trail {
        &self.trail
    }
}
