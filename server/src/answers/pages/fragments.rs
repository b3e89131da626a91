//! The HTML of fragments, cached under what they show.

use std::sync::Arc;

use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use crate::metrics;

/// How many fragments are expected to fit: a card takes about 1.5 kB, a filter panel ten times as much.
const TYPICAL_BYTES: u64 = 2_000;

/// A cache of fragments' HTML that takes a bounded amount of memory.
pub(crate) struct Fragments(Cache<Key, Arc<str>, Bytes>);

/// The name of a fragment, and a hash of the value that it shows. Two values with one hash would show one for the
/// other, so it is one for which nobody can make such values.
type Key = (&'static str, [u8; 32]);

/// Weighs fragments by their bytes.
#[derive(Clone)]
struct Bytes;

impl Weighter<Key, Arc<str>> for Bytes {
    fn weight(&self, _: &Key, html: &Arc<str>) -> u64 {
        (size_of::<Key>() + html.len()) as u64
    }
}

impl Fragments {
    /// A cache of this many bytes.
    pub(crate) fn new(bytes: u64) -> Self {
        let items = usize::try_from(bytes / TYPICAL_BYTES).unwrap_or(usize::MAX);
        Self(Cache::with_weighter(items, bytes, Bytes))
    }

    /// How many bytes of memory they take.
    pub(crate) fn bytes(&self) -> u64 {
        self.0.weight()
    }

    /// Brings their gauges up to date, for a reader of metrics.
    pub(crate) fn report(&self) {
        metrics::holds_fragments(self.bytes(), self.0.len());
    }
}

impl app::Fragments for Fragments {
    fn html(&self, name: &'static str, value: &[u8], render: &dyn Fn() -> String) -> Arc<str> {
        let key = (name, Sha256::digest(value).into());
        if let Some(html) = self.0.get(&key) {
            metrics::fragment(name, true);
            return html;
        }
        metrics::fragment(name, false);
        let html: Arc<str> = render().into();
        self.0.insert(key, Arc::clone(&html));
        html
    }
}
