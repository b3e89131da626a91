//! The server functions: every query of pages and islands, and every edit. One per file.
//!
//! Each takes one ask of [`site`] and is answered by GET at the ask's canonical URL, which is the
//! REST API's; an edit is the REST API's method on its row. So a page, an island and a third-party
//! script that request the same thing share one ask and one cached answer.
//!
//! While a page is rendered, a function runs its body: it queries the tiers in process. How they
//! are reached is up to the server, which puts [`Answers`] and [`Edits`] into the context.

mod count;
mod delete;
mod facets;
mod history;
mod list;
mod object;
mod similar;
mod trending;
mod update;

use catalogue::normalizer::Schema;
use leptos_cached::ask::Ask;
use site::Object;

pub use count::{CountFn, Counted, count};
pub use delete::{Delete, DeleteFn, delete};
pub use facets::{FacetsFn, facets};
pub use history::{HistoryFn, history};
pub use list::{ListFn, list};
pub use object::{ObjectFn, object};
pub use similar::{SimilarFn, similar};
pub use trending::{TrendingFn, trending};
pub use update::{Saved, Update, UpdateFn, update};

#[cfg(feature = "ssr")]
pub use server::{Answers, Edits, HEARTH_REVISION, Pending};

#[cfg(feature = "ssr")]
use server::{answer, edits, expected_version, row_of};

/// The URL at which a row is edited: that of the ask for the row.
fn url_of(schema: &'static Schema, id: i64) -> String {
    Object { schema, id }.url().into_owned()
}

#[cfg(feature = "ssr")]
mod server {
    use std::{pin::Pin, sync::Arc};

    use catalogue::normalizer::Schema;
    use http::{HeaderMap, HeaderName, header, request::Parts};
    use leptos::prelude::use_context;
    use leptos_cached::{Answer, Answered, Cached, Fault, FromJson};
    use site::{AnyAsk, Kind};

    use super::{Delete, Saved, Update};

    /// A pending result.
    pub type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send>>;

    /// The revision of an edit, or the one at which an answer is current.
    pub const HEARTH_REVISION: HeaderName = HeaderName::from_static("hearth-revision");

    /// The tiers, as one request's functions see them.
    pub trait Answers: Send + Sync + 'static {
        /// Answers an ask.
        fn answer(&self, ask: AnyAsk) -> Pending<Answer>;
    }

    /// The database, as one editor's functions see it.
    pub trait Edits: Send + Sync + 'static {
        /// Sets fields of a row, and returns once no node serves answers from before the edit.
        fn update(&self, update: Update) -> Pending<Saved>;

        /// Removes a row, with the same guarantee.
        fn delete(&self, delete: Delete) -> Pending<Saved>;
    }

    /// Queries the tiers on behalf of the current request.
    pub(super) async fn answer<T: FromJson>(ask: impl Into<AnyAsk>) -> Answered<T> {
        let answers = use_context::<Arc<dyn Answers>>().ok_or(Fault::Unavailable)?;
        answers.answer(ask.into()).await.map(Cached::new)
    }

    /// The editor's access to the database; `Unauthorized` if the request has none.
    pub(super) fn edits() -> Result<Arc<dyn Edits>, Fault> {
        use_context().ok_or(Fault::Unauthorized)
    }

    /// The row that an edit is for, parsed from the URL that [`url_of`](super::url_of) builds.
    pub(super) fn row_of(request: &Parts) -> Result<(&'static Schema, i64), Fault> {
        match AnyAsk::parse(request.uri.path(), "")?.kind() {
            Kind::Object(object) => Ok((object.schema, object.id)),
            _ => Err(Fault::NotFound),
        }
    }

    /// The version that `If-Match` requires: the part of the entity tag before the dash. `None` if
    /// any version will do.
    pub(super) fn expected_version(request: &Parts) -> Result<Option<i64>, Fault> {
        version_of(&request.headers).map_err(|()| Fault::Precondition(0))
    }

    /// An error if the header can never match a version.
    fn version_of(headers: &HeaderMap) -> Result<Option<i64>, ()> {
        let Some(value) = headers.get(header::IF_MATCH) else {
            return Ok(None);
        };
        let value = value.to_str().map_err(drop)?.trim();
        if value == "*" {
            return Ok(None);
        }
        let tag = value.strip_prefix("W/").unwrap_or(value).trim_matches('"');
        tag.split('-')
            .next()
            .unwrap_or_default()
            .parse()
            .map(Some)
            .map_err(drop)
    }

    #[cfg(test)]
    mod tests {
        use http::HeaderValue;

        use super::*;

        fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
            HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
        }

        #[test]
        fn if_match_compares_the_version() {
            let check =
                |value, expect| assert_eq!(version_of(&headers(header::IF_MATCH, value)), expect);
            check("\"7-abc-br\"", Ok(Some(7)));
            check("*", Ok(None));
            check("\"abc\"", Err(()));
        }
    }
}

/// A server function for an ask whose answer contains rows of any catalogue.
///
/// The macro `#[server]` does not support generics. This writes what it would generate: the type of
/// the arguments, the implementation of `ServerFn`, and the function, which runs its body on the
/// server and makes a call in the browser.
macro_rules! rows_function {
    (
        $(#[$doc:meta])*
        $function:ident<T>($ask:ty) -> $answer:ty,
        $arguments:ident at $path:literal
    ) => {
        /// The arguments of the server function of the same name.
        #[derive(Debug)]
        pub struct $arguments<T> {
            ask: $ask,
            rows: std::marker::PhantomData<fn() -> T>,
        }

        impl<T> From<$ask> for $arguments<T> {
            fn from(ask: $ask) -> Self {
                let rows = std::marker::PhantomData;
                Self { ask, rows }
            }
        }

        impl<T> std::ops::Deref for $arguments<T> {
            type Target = $ask;

            fn deref(&self) -> &$ask {
                &self.ask
            }
        }

        impl<T> server_fn::ServerFn for $arguments<T>
        where
            T: catalogue::Row,
            $answer: leptos_cached::FromJson,
        {
            const PATH: &'static str = $path;

            type Client = leptos_cached::Fetch;
            #[cfg(feature = "ssr")]
            type Server = server_fn::axum::AxumServerFnBackend;
            #[cfg(not(feature = "ssr"))]
            type Server = server_fn::mock::BrowserMockServer;
            type Protocol = leptos_cached::Canonical;
            type Output = leptos_cached::Cached<$answer>;
            type Error = leptos_cached::Fault;
            type InputStreamError = leptos_cached::Fault;
            type OutputStreamError = leptos_cached::Fault;

            async fn run_body(self) -> leptos_cached::Answered<$answer> {
                $function(self.ask).await
            }
        }

        $(#[$doc])*
        pub async fn $function<T>(ask: $ask) -> leptos_cached::Answered<$answer>
        where
            T: catalogue::Row,
            $answer: leptos_cached::FromJson,
        {
            #[cfg(feature = "ssr")]
            return super::answer(ask).await;
            #[cfg(not(feature = "ssr"))]
            server_fn::ServerFn::run_on_client($arguments::<T>::from(ask)).await
        }
    };
}
use rows_function;
