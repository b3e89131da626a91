//! Asks about homes and recipes, of which only the price matters.

use std::{borrow::Cow, ops::Range};

use ask::{Ask, CachePolicy};
use bytes::Bytes;
use cache::Body;

use super::{HOMES, RECIPES};

/// An ask.
#[derive(Debug, Clone)]
pub(crate) struct TestAsk {
    pub(crate) catalogue: &'static str,
    pub(crate) subject: Subject,
    key: String,
    url: String,
    policy: CachePolicy,
}

/// What an ask is about.
#[derive(Debug, Clone)]
pub(crate) enum Subject {
    Priced(Range<i64>),
    Count(Range<i64>),
    Object(i64),
}

/// All homes with a price in the range.
pub(crate) fn priced(range: Range<i64>) -> TestAsk {
    TestAsk::new(HOMES, Subject::Priced(range))
}

/// The number of homes with a price in the range. The answer shows none of them.
pub(crate) fn count(range: Range<i64>) -> TestAsk {
    TestAsk::new(HOMES, Subject::Count(range))
}

/// All recipes with a price in the range.
pub(crate) fn recipes_priced(range: Range<i64>) -> TestAsk {
    TestAsk::new(RECIPES, Subject::Priced(range))
}

/// One home, whether it exists or not.
pub(crate) fn home(id: i64) -> TestAsk {
    TestAsk::new(HOMES, Subject::Object(id))
}

impl TestAsk {
    fn new(catalogue: &'static str, subject: Subject) -> Self {
        let url = match &subject {
            Subject::Priced(range) => format!("{catalogue}:price={}-{}", range.start, range.end),
            Subject::Count(range) => {
                format!("{catalogue}:@count:price={}-{}", range.start, range.end)
            }
            Subject::Object(id) => format!("{catalogue}:@object:{id}"),
        };
        Self {
            catalogue,
            subject,
            key: format!("test:{url}"),
            url,
            policy: CachePolicy::standard(),
        }
    }

    /// The same ask with another cache policy.
    pub(crate) fn cached(self, policy: CachePolicy) -> Self {
        Self { policy, ..self }
    }

    /// The same ask under another key, as if keys had been shortened.
    pub(crate) fn under_key(self, key: &str) -> Self {
        Self {
            key: key.to_owned(),
            ..self
        }
    }
}

impl Ask for TestAsk {
    type Image = i64;

    fn url(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.url)
    }

    fn key(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.key)
    }

    fn policy(&self) -> CachePolicy {
        self.policy
    }

    fn catalogue(&self) -> &'static str {
        self.catalogue
    }

    fn holds_for(&self, price: &i64) -> bool {
        match &self.subject {
            Subject::Priced(range) | Subject::Count(range) => range.contains(price),
            Subject::Object(_) => false,
        }
    }
}

/// The answer: the rows' ids and prices; for a count, one row whose id is the count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rows(pub(crate) Vec<(i64, i64)>);

impl Rows {
    /// Each row claims to take this much memory.
    pub(crate) const ROW: usize = 1_000;
}

impl Body for Rows {
    fn encode(&self) -> Bytes {
        postcard::to_stdvec(&self.0)
            .expect("rows can be encoded")
            .into()
    }

    fn decode(bytes: Bytes) -> Option<Self> {
        postcard::from_bytes(&bytes).ok().map(Self)
    }

    fn is_same(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    fn weight(&self) -> usize {
        self.0.len() * Self::ROW
    }
}
