//! Pages as composed answers: their asks, their parts and their rendering.

mod address;
mod fragments;
mod render;

use std::sync::Arc;

use app::Built;
use ask::Ask;
use axum::{body::Body, extract::Request, http::Uri};
use cache::{Beside, Loaded, Origin};

pub use self::address::Address;
pub(crate) use self::fragments::Fragments;
use super::{
    Tiers,
    composite::{CompositeAsk, Rendered, Unavailable, loaded},
};

/// An ask for a page, or for an answer that pages are made of.
pub type PageAsk = CompositeAsk<Address>;

/// Renders pages from the tiers' answers.
pub struct Pages {
    tiers: Arc<Tiers>,
    fragments: Arc<Fragments>,
    built: Arc<Built>,
    /// The site's origin; empty if it is not configured.
    origin: String,
}

impl PageAsk {
    pub(crate) fn page(address: &Address) -> Self {
        Self::Whole(address.clone())
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

    /// The HTML of parts of pages that is cached.
    pub(crate) fn fragments(&self) -> &Fragments {
        &self.fragments
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
        loaded(self.compose(request, None, beside.is_refresh()).await)
    }

    fn is_unreachable(error: &Unavailable) -> bool {
        error.is_unreachable
    }
}
