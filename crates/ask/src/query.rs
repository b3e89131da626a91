//! The usual kind of ask: one path, and a canonical query.

use std::{borrow::Cow, fmt::Debug};

use normalizer::{Query, Schema, normalize};

use crate::{Ask, CachePolicy, FromUrl, UrlError};

/// An ask that is a canonical query at one path. Everything that an [`Ask`] must state follows: its
/// URL, its key, and that it knows nothing about rows, so that it is touched when anything in its
/// catalogue may have changed.
///
/// ```
/// use std::time::Duration;
/// use ask::{Ask, CachePolicy, FromUrl, QueryAsk};
/// use normalizer::{Parameter, Query, Schema};
///
/// static QUOTES: Schema = Schema {
///     catalogue: "quotes",
///     version: 1,
///     parameters: &[Parameter::tokens("tag")],
///     ranges: &[],
/// }
/// .checked();
///
/// /// The quotes with a tag.
/// #[derive(Clone, Debug)]
/// struct Quotes(Query);
///
/// impl QueryAsk for Quotes {
///     const PATH: &'static str = "/api/quotes";
///     const SCHEMA: &'static Schema = &QUOTES;
///     const CACHE: CachePolicy = CachePolicy::every(Duration::from_secs(60));
///
///     fn of(query: Query) -> Self {
///         Self(query)
///     }
///     fn query(&self) -> &Query {
///         &self.0
///     }
/// }
///
/// for query in ["tag=love,hope", "tag[]=Hope&tag=LOVE&utm_source=mail"] {
///     let quotes = Quotes::from_url("/api/quotes/", query).unwrap();
///     assert_eq!(quotes.url(), "/api/quotes?tag=hope,love");
///     assert_eq!(quotes.key(), "hearth:quotes:v1:tag=hope,love");
/// }
/// ```
pub trait QueryAsk: Clone + Debug + Send + Sync + 'static {
    /// The path of its URL.
    const PATH: &'static str;
    /// The parameters that its query may have.
    const SCHEMA: &'static Schema;
    /// How the answer is cached. The answer to a search or a preview is not stored.
    const CACHE: CachePolicy;

    /// The ask for a query.
    fn of(query: Query) -> Self;

    /// Its query.
    fn query(&self) -> &Query;
}

impl<A: QueryAsk> Ask for A {
    type Image = ();

    fn url(&self) -> Cow<'_, str> {
        self.query().url(A::PATH).into()
    }

    fn key(&self) -> Cow<'_, str> {
        self.query().key().into()
    }

    fn catalogue(&self) -> &'static str {
        A::SCHEMA.catalogue
    }

    fn policy(&self) -> CachePolicy {
        A::CACHE.unless_bypass(self.query())
    }
}

impl<A: QueryAsk> FromUrl for A {
    fn from_url(path: &str, query: &str) -> Result<Self, UrlError> {
        // With and without a trailing slash.
        if path.trim_end_matches('/') != A::PATH.trim_end_matches('/') {
            return Err(UrlError::NotFound);
        }
        Ok(A::of(normalize(A::SCHEMA, query)?))
    }
}
