//! Pages as composed answers: their asks, their parts and their rendering.

mod address;
mod fragments;
mod parts;
mod render;

use std::{borrow::Cow, sync::Arc};

use app::Built;
use ask::{Ask, CachePolicy};
use axum::{body::Body, extract::Request, http::Uri};
use bytes::Bytes;
use cache::{Beside, Loaded, Origin};
use catalogue::Image;
use site::AnyAsk;

pub use self::{address::Address, render::Rendered};
use self::{fragments::Fragments, render::Composed};
use super::Tiers;

/// An ask for a page, or for an answer that pages are made of.
#[derive(Debug, Clone)]
pub enum PageAsk {
    /// A whole page.
    Page(Address),
    /// An answer on it.
    Part(AnyAsk),
}

/// Renders pages from the tiers' answers.
pub struct Pages {
    tiers: Arc<Tiers>,
    fragments: Arc<Fragments>,
    built: Arc<Built>,
    /// The site's origin; empty if it is not configured.
    origin: String,
}

/// The page could not be rendered, or only as an error page. All waiting callers share this; it is
/// not stored.
#[derive(Debug, thiserror::Error)]
#[error("cannot render the page")]
pub struct Unavailable(pub(crate) Option<Box<Rendered>>);

impl PageAsk {
    pub(crate) fn page(address: &Address) -> Self {
        Self::Page(address.clone())
    }
}

impl Pages {
    /// Pages of these answers, on a site with this origin. The HTML of their fragments may take so many bytes of
    /// memory.
    pub(crate) fn new(
        tiers: Arc<Tiers>,
        built: Arc<Built>,
        origin: Option<String>,
        fragment_bytes: u64,
    ) -> Self {
        Self {
            tiers,
            fragments: Arc::new(Fragments::new(fragment_bytes)),
            built,
            origin: origin.unwrap_or_default(),
        }
    }
}

impl Ask for PageAsk {
    type Image = Image;

    fn url(&self) -> Cow<'_, str> {
        match self {
            Self::Page(address) => Cow::Borrowed(address.as_str()),
            Self::Part(ask) => ask.url(),
        }
    }

    fn key(&self) -> Cow<'_, str> {
        match self {
            Self::Page(address) => Cow::Borrowed(address.key()),
            Self::Part(ask) => ask.key(),
        }
    }

    // A page itself is not about rows; its parts are.
    fn catalogue(&self) -> &'static str {
        match self {
            Self::Page(_) => "pages",
            Self::Part(ask) => ask.catalogue(),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Page(_) => "page",
            Self::Part(ask) => ask.kind().slug(),
        }
    }

    // A page has no interval itself: it falls due with the first of its parts.
    fn policy(&self) -> CachePolicy {
        match self {
            Self::Page(_) => CachePolicy::on_change(),
            Self::Part(ask) => ask.policy(),
        }
    }

    fn is_touched_by(&self, before: Option<&Image>, after: Option<&Image>) -> bool {
        match self {
            Self::Page(_) => false,
            Self::Part(ask) => ask.is_touched_by(before, after),
        }
    }

    fn is_withdrawn(&self, image: Option<&Image>) -> bool {
        match self {
            Self::Page(_) => false,
            Self::Part(ask) => ask.is_withdrawn(image),
        }
    }
}

impl cache::Body for Rendered {
    // Composed answers are never shared between nodes.
    fn encode(&self) -> Bytes {
        Bytes::new()
    }

    fn decode(_: Bytes) -> Option<Self> {
        None
    }

    fn is_same(&self, other: &Self) -> bool {
        self.html.is_same(&other.html)
    }

    fn weight(&self) -> usize {
        self.html.weight() + size_of::<Self>()
    }
}

impl Origin for Pages {
    type Ask = PageAsk;
    type Body = Rendered;
    type Error = Unavailable;

    const COMPOSES: bool = true;

    async fn load(
        &self,
        ask: &PageAsk,
        beside: Beside<'_, Self>,
    ) -> Result<Loaded<PageAsk, Rendered>, Unavailable> {
        // An address that is not a URI is not that of a page either; the root is rendered instead.
        let uri: Uri = ask.url().parse().unwrap_or_default();
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = uri;
        let composed = match self.compose(request, None, beside.is_refresh()).await {
            Ok(composed) if !composed.page.status.is_server_error() => composed,
            Ok(composed) => return Err(Unavailable(Some(Box::new(composed.page)))),
            Err(_) => return Err(Unavailable(None)),
        };
        let Composed { page, parts, stamp } = composed;
        let parts = parts
            .iter()
            .map(|entry| entry.part(PageAsk::Part(entry.ask.clone())));
        Ok(Loaded {
            stamp,
            shows: Vec::new(),
            parts: parts.collect(),
            queries: page.queries,
            body: page,
        })
    }

    fn is_unreachable(_: &Unavailable) -> bool {
        true
    }
}
