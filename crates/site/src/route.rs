//! The one parser of addresses.

use ask::{Ask, UrlError};

use crate::{Admin, AnyAsk, Fixed, Page};

/// What stands at an address of the site.
#[derive(Debug, Clone)]
pub enum Route {
    /// A page for readers.
    Page(Page),
    /// A page of the admin's.
    Admin(Admin),
    /// A question, answered as JSON.
    Ask(AnyAsk),
    /// An address that stands for itself.
    Fixed(Fixed),
}

impl Route {
    /// What stands at a path, with what stands behind its `?`, in whatever spelling.
    ///
    /// # Errors
    /// If there is nothing at that path, or if a question's parameters are invalid. (A page whose
    /// parameters are invalid is a page that says so.)
    pub fn parse(path: &str, query: &str) -> Result<Self, UrlError> {
        // Questions first: they are asked most, and no page's path begins like theirs.
        if path.starts_with("/api/") {
            return AnyAsk::parse(path, query).map(Self::Ask);
        }
        if let Some(page) = Page::parse(path, query) {
            return Ok(Self::Page(page));
        }
        if let Some(admin) = Admin::parse(path, query) {
            return Ok(Self::Admin(admin));
        }
        Fixed::parse(path)
            .map(Self::Fixed)
            .ok_or(UrlError::NotFound)
    }

    /// Its canonical address, under which the tiers store what stands there. `None` for what no
    /// tier may store.
    pub fn canonical(&self) -> Option<String> {
        match self {
            Self::Page(page) => page.canonical(),
            Self::Ask(ask) => ask.policy().is_stored().then(|| ask.url().into_owned()),
            Self::Admin(_) | Self::Fixed(_) => None,
        }
    }
}
