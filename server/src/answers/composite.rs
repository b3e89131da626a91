//! Answers that are composed of the tiers' answers: pages and GraphQL responses. They are cached in
//! tiers of their own, over the same log, and are touched by whatever touches one of their parts.

mod moment;
mod parts;

use std::{borrow::Cow, fmt::Debug};

use ask::{Ask, CachePolicy};
use axum::http::{HeaderValue, StatusCode};
use bytes::Bytes;
use cache::Body;
use catalogue::Image;
use leptos_cached::{Fault, Representation};
use site::AnyAsk;

pub(crate) use self::parts::Summary;
pub(super) use self::{
    moment::{Composed, compose, loaded},
    parts::Parts,
};
use crate::store::StoreError;

/// An ask for a composed answer, or for an answer that it is made of.
#[derive(Debug, Clone)]
pub enum CompositeAsk<W> {
    /// The whole answer.
    Whole(W),
    /// An answer in it.
    Part(AnyAsk),
}

/// What identifies a composed answer.
pub trait Whole: Clone + Debug + Send + Sync + 'static {
    /// Its kind in metrics and log lines, in the singular and in the plural.
    const KIND: (&'static str, &'static str);

    /// Its canonical address.
    fn address(&self) -> &str;

    /// The key that it is stored under.
    fn key(&self) -> &str;
}

/// A composed answer with everything that its response says about it.
#[derive(Debug)]
pub struct Rendered {
    pub(crate) content: Representation,
    pub(crate) media: Media,
    pub(crate) status: StatusCode,
    pub(crate) redirect: Option<HeaderValue>,
    /// Whether something in it could not be answered. Then it is not stored.
    pub(crate) has_errors: bool,
    /// What its parts say about caching, as of when it was rendered.
    pub(crate) summary: Summary,
}

/// What the content of a composed answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// A page.
    Html,
    /// A GraphQL response.
    Json,
}

/// The answer could not be composed, or only as one that says so. All waiting callers share this; it
/// is not stored.
#[derive(Debug, thiserror::Error)]
#[error("cannot compose the answer")]
pub struct Unavailable {
    /// The answer that says so.
    pub(crate) whole: Option<Box<Rendered>>,
    /// What is wrong without one.
    pub(crate) fault: Fault,
    /// Whether that is because the database cannot be reached.
    pub(super) is_unreachable: bool,
}

impl From<Fault> for Unavailable {
    fn from(fault: Fault) -> Self {
        Self {
            whole: None,
            fault,
            is_unreachable: false,
        }
    }
}

impl From<StoreError> for Unavailable {
    fn from(error: StoreError) -> Self {
        Self {
            is_unreachable: error.is_unreachable(),
            ..Fault::from(error).into()
        }
    }
}

impl From<Unavailable> for Fault {
    fn from(unavailable: Unavailable) -> Self {
        unavailable.fault
    }
}

impl Body for Rendered {
    // Composed answers are never shared between nodes.
    fn encode(&self) -> Bytes {
        Bytes::new()
    }

    fn decode(_: Bytes) -> Option<Self> {
        None
    }

    fn is_same(&self, other: &Self) -> bool {
        self.content.is_same(&other.content)
    }

    fn weight(&self) -> usize {
        self.content.weight_of_bytes() + size_of::<Self>()
    }
}

impl<W: Whole> Ask for CompositeAsk<W> {
    type Image = Image;

    fn url(&self) -> Cow<'_, str> {
        match self {
            Self::Whole(whole) => Cow::Borrowed(whole.address()),
            Self::Part(ask) => ask.url(),
        }
    }

    fn key(&self) -> Cow<'_, str> {
        match self {
            Self::Whole(whole) => Cow::Borrowed(whole.key()),
            Self::Part(ask) => ask.key(),
        }
    }

    // The whole itself is not about rows; its parts are.
    fn catalogue(&self) -> &'static str {
        match self {
            Self::Whole(_) => W::KIND.1,
            Self::Part(ask) => ask.catalogue(),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Whole(_) => W::KIND.0,
            Self::Part(ask) => ask.kind().slug(),
        }
    }

    // The whole has no interval itself: it falls due with the first of its parts.
    fn policy(&self) -> CachePolicy {
        match self {
            Self::Whole(_) => CachePolicy::on_change(),
            Self::Part(ask) => ask.policy(),
        }
    }

    fn is_touched_by(&self, before: Option<&Image>, after: Option<&Image>) -> bool {
        match self {
            Self::Whole(_) => false,
            Self::Part(ask) => ask.is_touched_by(before, after),
        }
    }

    fn is_withdrawn(&self, image: Option<&Image>) -> bool {
        match self {
            Self::Whole(_) => false,
            Self::Part(ask) => ask.is_withdrawn(image),
        }
    }
}
