//! Pages as answers: what a page is asked by, what it is made of, and who renders it.

use std::sync::Arc;

use axum::{body::Body, extract::Request};
use bytes::Bytes;
use cache::{Beside, Loaded, Origin, Part, Stamp};
use catalogue::Image;
use leptos::config::LeptosOptions;

use super::{
    super::{Tiers, portal::RequestPortal},
    Address, Page, render,
};
use crate::store::Question;

/// A question that pages are about: for the page itself, or for an answer that it is made of.
#[derive(Debug, Clone)]
pub(in crate::http) enum PageQuestion {
    /// A whole page.
    Page(Arc<Address>),
    /// An answer on it.
    Part(Question),
}

/// Renders pages from the tiers' answers.
pub(in crate::http) struct Pages {
    tiers: Arc<Tiers>,
    options: LeptosOptions,
}

/// There is no page, or only one that says so. It is shared by all who wait for it, and not
/// remembered.
#[derive(Debug, thiserror::Error)]
#[error("the page cannot be made")]
pub(in crate::http) struct Unavailable(pub(super) Option<Box<Page>>);

impl PageQuestion {
    pub(in crate::http) fn page(address: &Address) -> Self {
        Self::Page(Arc::new(address.clone()))
    }
}

impl Pages {
    pub(in crate::http) fn new(tiers: Arc<Tiers>, options: LeptosOptions) -> Self {
        Self { tiers, options }
    }
}

impl cache::Question for PageQuestion {
    type Image = Image;

    fn key(&self) -> &str {
        match self {
            Self::Page(address) => address.key(),
            Self::Part(question) => question.key(),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Page(address) => address.as_str(),
            Self::Part(question) => question.text(),
        }
    }

    // A page as such is about no row: its parts are.
    fn catalogue(&self) -> &'static str {
        match self {
            Self::Page(_) => "pages",
            Self::Part(question) => cache::Question::catalogue(question),
        }
    }

    fn holds_for(&self, image: &Image) -> bool {
        match self {
            Self::Page(_) => false,
            Self::Part(question) => question.holds_for(image),
        }
    }

    fn is_withdrawn(&self, image: Option<&Image>) -> bool {
        match self {
            Self::Page(_) => false,
            Self::Part(question) => question.is_withdrawn(image),
        }
    }
}

impl cache::Body for Page {
    // Composed answers are never shared between nodes.
    fn encode(&self) -> Bytes {
        Bytes::new()
    }

    fn decode(_: Bytes) -> Option<Self> {
        None
    }

    fn weight(&self) -> usize {
        self.html.weight() + size_of::<Self>()
    }
}

impl Origin for Pages {
    type Question = PageQuestion;
    type Body = Page;
    type Error = Unavailable;

    async fn load(
        &self,
        question: &PageQuestion,
        _: Beside<'_, Self>,
    ) -> Result<Loaded<PageQuestion, Page>, Unavailable> {
        let log = self.tiers.log();
        let epoch = log.epoch();
        let portal = RequestPortal::for_readers(Arc::clone(&self.tiers));
        let mut request = Request::new(Body::empty());
        // An address that is no URI is no page either; the root says so.
        *request.uri_mut() = cache::Question::text(question).parse().unwrap_or_default();
        let page = match render(&portal, &self.options, request).await {
            Ok(page) if !page.status.is_server_error() => page,
            Ok(page) => return Err(Unavailable(Some(Box::new(page)))),
            Err(_) => return Err(Unavailable(None)),
        };
        let parts = portal.parts();
        // The oldest of its parts' stamps; none that any log holds if they cannot be compared.
        let stamp = parts
            .iter()
            .map(|entry| log.right_until(entry))
            .min_by_key(|stamp| stamp.revision)
            .filter(|_| log.epoch() == epoch && page.cut_off.is_none())
            .unwrap_or(Stamp {
                revision: 0,
                tag: 0,
            });
        let part = |entry: &Arc<cache::Entry<Question, _>>| Part {
            question: PageQuestion::Part(entry.question.clone()),
            shows: Arc::clone(&entry.shows),
        };
        Ok(Loaded {
            stamp,
            shows: Vec::new(),
            parts: parts.iter().map(part).collect(),
            body: page,
        })
    }

    fn is_unreachable(_: &Unavailable) -> bool {
        true
    }
}
