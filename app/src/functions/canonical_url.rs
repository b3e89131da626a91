//! Arguments that are a canonical query already.

use http::Method;
use leptos::server_fn::{
    ContentType,
    codec::{Encoding, FromReq, IntoReq},
    error::FromServerFnError,
    request::{ClientReq, Req},
};

use super::{CountProperties, CountRecipes};

/// A GET whose query string *is* the canonical query of its only argument, not a field that holds
/// one: `/api/fn/properties/count?city=austin`. Two that mean the same are the same address.
/// (The browser's client adds an `&` at the end, always; it is no part of the canonical query.)
pub struct CanonicalUrl;

impl ContentType for CanonicalUrl {
    const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";
}

impl Encoding for CanonicalUrl {
    const METHOD: Method = Method::GET;
}

/// Implements the encoding for functions with one argument, `query`. The traits belong to
/// `server_fn`, so each needs an implementation of its own.
macro_rules! by_canonical_url {
    ($($function:ident),*) => {$(
        impl<R: ClientReq<E>, E: FromServerFnError> IntoReq<CanonicalUrl, R, E> for $function {
            fn into_req(self, path: &str, accepts: &str) -> Result<R, E> {
                R::try_new_get(path, CanonicalUrl::CONTENT_TYPE, accepts, &self.query)
            }
        }

        impl<R: Req<E> + Send + 'static, E: FromServerFnError> FromReq<CanonicalUrl, R, E> for $function {
            async fn from_req(request: R) -> Result<Self, E> {
                Ok(Self { query: request.as_query().unwrap_or_default().to_owned() })
            }
        }
    )*};
}

by_canonical_url!(CountProperties, CountRecipes);
