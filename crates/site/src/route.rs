//! The only parser of addresses.

use ask::{Ask, UrlError};

use crate::{Admin, AnyAsk, Fixed, Page};

/// An address of the site, parsed.
#[derive(Debug, Clone)]
pub enum Route {
    /// A page for readers.
    Page(Page),
    /// An admin page.
    Admin(Admin),
    /// An ask, answered as JSON.
    Ask(AnyAsk),
    /// A fixed address.
    Fixed(Fixed),
}

impl Route {
    /// Parses a path, with the raw query after its `?`, in any spelling.
    ///
    /// # Errors
    /// If there is nothing at that path, or if an ask's parameters are invalid. (A page whose
    /// parameters are invalid is a page that says so.)
    pub fn parse(path: &str, query: &str) -> Result<Self, UrlError> {
        // Asks first: they are requested most, and no page's path begins like theirs.
        if path.starts_with("/api/") && path != Fixed::Graphql.path() {
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

    /// Its canonical address, under which the tiers store the answer. `None` if no tier may store
    /// it.
    pub fn canonical(&self) -> Option<String> {
        match self {
            Self::Page(page) => page.canonical(),
            Self::Ask(ask) => ask.policy().is_stored().then(|| ask.url().into_owned()),
            Self::Admin(_) | Self::Fixed(_) => None,
        }
    }
}
