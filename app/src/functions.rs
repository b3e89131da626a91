//! The server functions: everything that pages and islands ask, and every edit. One a file.
//!
//! Each takes one question of [`site`] and is answered by GET at the question's canonical URL,
//! which is the REST API's; an edit is the REST API's method on its row. So what a page, an island
//! or a stranger's script asks is one question with one stored answer.
//!
//! While a page is rendered a function is its body: it asks the tiers, in the process. How they are
//! reached is the server's business, which puts [`Answers`] and [`Edits`] into the context.

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

/// The URL that a row is edited at: it is that of the question for the row.
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

    /// A result that is on its way.
    pub type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send>>;

    /// The revision that an edit took, or that an answer is current at.
    pub const HEARTH_REVISION: HeaderName = HeaderName::from_static("hearth-revision");

    /// The tiers, as one request's functions see them.
    pub trait Answers: Send + Sync + 'static {
        /// Answers a question.
        fn answer(&self, ask: AnyAsk) -> Pending<Answer>;
    }

    /// The database, as one editor's functions see it.
    pub trait Edits: Send + Sync + 'static {
        /// Sets fields of a row, and returns when no node answers from before that any more.
        fn update(&self, update: Update) -> Pending<Saved>;

        /// Removes a row, likewise.
        fn delete(&self, delete: Delete) -> Pending<Saved>;
    }

    /// Asks the tiers of the request that is being answered.
    pub(super) async fn answer<T: FromJson>(ask: impl Into<AnyAsk>) -> Answered<T> {
        let answers = use_context::<Arc<dyn Answers>>().ok_or(Fault::Unavailable)?;
        answers.answer(ask.into()).await.map(Cached::new)
    }

    /// The editor's way to the database. Whoever has none may not edit.
    pub(super) fn edits() -> Result<Arc<dyn Edits>, Fault> {
        use_context().ok_or(Fault::Unauthorized)
    }

    /// The row that an edit's request names, by the URL that [`url_of`](super::url_of) gives.
    pub(super) fn row_of(request: &Parts) -> Result<(&'static Schema, i64), Fault> {
        match AnyAsk::parse(request.uri.path(), "")?.kind() {
            Kind::Object(object) => Ok((object.schema, object.id)),
            _ => Err(Fault::NotFound),
        }
    }

    /// The version that `If-Match` asks for: the part of the entity tag before the dash. `None` if
    /// any version will do.
    pub(super) fn expected_version(request: &Parts) -> Result<Option<i64>, Fault> {
        version_of(&request.headers).map_err(|()| Fault::Precondition(0))
    }

    /// An error if no version ever can be meant.
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
                |state, expect| assert_eq!(version_of(&headers(header::IF_MATCH, state)), expect);
            check("\"7-abc-br\"", Ok(Some(7)));
            check("*", Ok(None));
            check("\"abc\"", Err(()));
        }
    }
}

/// A server function of a question whose answer has rows of any catalogue in it.
///
/// The macro `#[server]` knows no generics. This writes what it would write for each of them, by
/// hand: the type of the arguments, the implementation of `ServerFn`, and the function, which is
/// its body on the server and a call in the browser.
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
