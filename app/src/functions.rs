//! The server functions: every query of pages and islands, and every edit. One per file.
//!
//! Each takes one ask of [`site`] and is answered by GET at the ask's canonical URL, which is the
//! REST API's; an edit is the REST API's method on its row. So a page, an island and a third-party
//! script that request the same thing share one ask and one cached answer.
//!
//! While a page is rendered, a function runs its body: it queries the tiers in process. How they
//! are reached is up to the server, which puts [`Answers`] and [`Edits`] into the context.

mod computed;
mod count;
mod create;
mod delete;
mod edit_many;
mod facets;
mod history;
mod list;
mod object;
mod similar;
mod trending;
mod undo;
mod update;

use catalogue::normalizer::Schema;
use site::Edited;

pub use computed::{ComputedFn, computed};
pub use count::{CountFn, Counted, count};
pub use create::{Create, CreateFn, create};
pub use delete::{Delete, DeleteFn, delete};
pub use edit_many::{EditMany, EditManyFn, ManySaved, edit_many};
pub use facets::{FacetsFn, facets};
pub use history::{HistoryFn, history};
pub use list::{ListFn, list};
pub use object::{ObjectFn, object};
pub use similar::{SimilarFn, similar};
pub use trending::{TrendingFn, trending};
pub use undo::{Undo, UndoFn, undo};
pub use update::{Saved, Update, UpdateFn, update};

#[cfg(feature = "ssr")]
pub use server::{Answers, Edits, HEARTH_BASE_VERSION, HEARTH_REVISION, HEARTH_UNDO, Pending};

#[cfg(feature = "ssr")]
use server::{
    answer, base_of, condition_of, edits, idempotency_key_of, json_of, row_of, rows_of, say_undo,
};

/// What has to be true of a row's version for an edit to be made.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    /// The version is one of these; any version if `None`.
    pub only: Option<Versions>,
    /// The version is none of these.
    pub never: Option<Versions>,
}

/// Versions of a row.
#[derive(Debug, Clone)]
pub enum Versions {
    /// All of them.
    Any,
    /// These.
    These(Vec<i64>),
}

impl Condition {
    /// The version is this one.
    pub fn version(version: i64) -> Self {
        Self {
            only: Some(Versions::These(vec![version])),
            never: None,
        }
    }

    /// Whether the edit may be made to a row at this version.
    pub fn holds(&self, version: i64) -> bool {
        let among = |versions: &Versions| match versions {
            Versions::Any => true,
            Versions::These(these) => these.contains(&version),
        };
        self.only.as_ref().is_none_or(among) && !self.never.as_ref().is_some_and(among)
    }

    /// The value of `If-Match`, for a condition on one version.
    fn if_match(&self) -> Option<String> {
        match &self.only {
            Some(Versions::These(versions)) => Some(format!("\"{}\"", versions.first()?)),
            _ => None,
        }
    }
}

/// The URL at which a row is edited: that of the ask for the row.
fn url_of(schema: &'static Schema, id: i64) -> String {
    Edited::Row { schema, id }.path()
}

#[cfg(feature = "ssr")]
mod server {
    use std::{pin::Pin, sync::Arc};

    use catalogue::normalizer::{Rejection, Schema};
    use http::{HeaderMap, HeaderName, request::Parts};
    use leptos::prelude::use_context;
    use leptos_cached::{Answer, Answered, Cached, Fault, FromJson};
    use site::{AnyAsk, Edited};

    use super::{Condition, Create, Delete, EditMany, ManySaved, Saved, Undo, Update, Versions};

    /// A pending result.
    pub type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send>>;

    /// The revision of an edit, or the one at which an answer is current.
    pub const HEARTH_REVISION: HeaderName = HeaderName::from_static("hearth-revision");

    /// The address that undoes an edit.
    pub const HEARTH_UNDO: HeaderName = HeaderName::from_static("hearth-undo");

    /// The version of the row that an editor read: what others have edited since then stays.
    pub const HEARTH_BASE_VERSION: HeaderName = HeaderName::from_static("hearth-base-version");

    /// The tiers, as one request's functions see them.
    pub trait Answers: Send + Sync + 'static {
        /// Answers an ask.
        fn answer(&self, ask: AnyAsk) -> Pending<Answer>;
    }

    /// The database, as one editor's functions see it.
    pub trait Edits: Send + Sync + 'static {
        /// Creates a row, and returns once no node serves answers from before that.
        fn create(&self, create: Create) -> Pending<Saved>;

        /// Sets fields of a row, with the same guarantee.
        fn update(&self, update: Update) -> Pending<Saved>;

        /// Sets fields of many rows, with the same guarantee.
        fn edit_many(&self, edit: EditMany) -> Pending<ManySaved>;

        /// Undoes an edit, with the same guarantee.
        fn undo(&self, undo: Undo) -> Pending<ManySaved>;

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
        match Edited::parse(request.uri.path()) {
            Some(Edited::Row { schema, id }) => Ok((schema, id)),
            _ => Err(Fault::NotFound),
        }
    }

    /// Says how an edit can be undone, if it has changed anything.
    pub(super) fn say_undo(headers: &mut HeaderMap, undo: Option<u64>) {
        let address = undo.map(|revision| Edited::Undo { revision }.path());
        if let Some(Ok(address)) = address.map(|address| address.parse()) {
            headers.insert(HEARTH_UNDO, address);
        }
    }

    /// The catalogue whose rows an edit is for.
    pub(super) fn rows_of(request: &Parts) -> Result<&'static Schema, Fault> {
        match Edited::parse(request.uri.path()) {
            Some(Edited::Rows(schema)) => Ok(schema),
            _ => Err(Fault::NotFound),
        }
    }

    /// The body of an edit, which whoever makes it parses.
    pub(super) fn json_of(body: &[u8]) -> Result<String, Fault> {
        let json = String::from_utf8(body.to_vec());
        json.map_err(|_| Fault::Body("expected UTF-8".to_owned()))
    }

    /// The key by which a request is known when it is sent again: the value of `Idempotency-Key`, in
    /// quotes or not (draft-ietf-httpapi-idempotency-key-header).
    pub(super) fn idempotency_key_of(request: &Parts) -> Result<Option<String>, Fault> {
        const NAME: &str = "Idempotency-Key";
        let mut values = request.headers.get_all(NAME).iter();
        let Some(value) = values.next() else {
            return Ok(None);
        };
        let text = value.to_str().unwrap_or_default().trim();
        let bare = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        let key = bare.unwrap_or(text);
        let is_plain = key
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'"');
        if values.next().is_some() || !is_plain || !(1..=255).contains(&key.len()) {
            let expected = "one key of 1 to 255 visible ASCII characters";
            return Err(Rejection::of(NAME, text, expected).into());
        }
        Ok(Some(key.to_owned()))
    }

    /// The version of the row that the editor read, if the edit is to be merged with those since.
    pub(super) fn base_of(request: &Parts) -> Result<Option<i64>, Fault> {
        let Some(value) = request.headers.get(HEARTH_BASE_VERSION) else {
            return Ok(None);
        };
        let text = value.to_str().unwrap_or_default();
        let expected = "the version of the row that was read, as a whole number";
        let version = text
            .parse()
            .map_err(|_| Rejection::of("Hearth-Base-Version", text, expected))?;
        Ok(Some(version))
    }

    /// The condition of an edit: `If-Match` and `If-None-Match` (RFC 9110, section 13.1).
    ///
    /// # Errors
    /// If one of them is not a list of entity tags.
    pub(super) fn condition_of(request: &Parts) -> Result<Condition, Fault> {
        Ok(Condition {
            only: versions(&request.headers, "If-Match", false)?,
            never: versions(&request.headers, "If-None-Match", true)?,
        })
    }

    /// The versions in a condition: of each entity tag, the part before the dash. A tag without a
    /// version matches none; nor does a weak one, unless the comparison allows that.
    fn versions(
        headers: &HeaderMap,
        name: &'static str,
        allows_weak: bool,
    ) -> Result<Option<Versions>, Fault> {
        let mut values = headers.get_all(name).iter().peekable();
        if values.peek().is_none() {
            return Ok(None);
        }
        // Several lines are one list (RFC 9110, section 5.3).
        let lines: Vec<&str> = values.map(|it| it.to_str().unwrap_or_default()).collect();
        let list = lines.join(",");
        if list.trim() == "*" {
            return Ok(Some(Versions::Any));
        }
        let expected = "entity tags in quotes, separated by commas, or *";
        let malformed = || Rejection::of(name, &list, expected);
        let tags = entity_tags(&list).filter(|tags| !tags.is_empty());
        let tags = tags.ok_or_else(malformed)?;
        let comparable = tags
            .into_iter()
            .filter(|(_, is_weak)| allows_weak || !is_weak);
        let versions = comparable.filter_map(|(tag, _)| tag.split('-').next()?.parse().ok());
        Ok(Some(Versions::These(versions.collect())))
    }

    /// The entity tags in a list (RFC 9110, section 8.8.3), without quotes, each with whether it is
    /// weak; `None` if it is not such a list.
    fn entity_tags(list: &str) -> Option<Vec<(&str, bool)>> {
        let mut tags = Vec::new();
        let mut rest = list;
        loop {
            // Elements of a list may be empty (section 5.6.1).
            rest = rest.trim_start_matches([' ', '\t', ',']);
            if rest.is_empty() {
                return Some(tags);
            }
            let strong = rest.strip_prefix("W/").unwrap_or(rest);
            let is_weak = strong.len() < rest.len();
            let (tag, after) = strong.strip_prefix('"')?.split_once('"')?;
            tags.push((tag, is_weak));
            rest = after.trim_start_matches([' ', '\t']);
            if !rest.is_empty() && !rest.starts_with(',') {
                return None;
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use http::{HeaderValue, header};

        use super::*;

        #[test]
        fn conditions_compare_the_version() {
            let check = |name: HeaderName, value, holds_for_7, holds_for_8| {
                let headers = HeaderMap::from_iter([(name, HeaderValue::from_static(value))]);
                let mut request = http::Request::new(()).into_parts().0;
                request.headers = headers;
                let condition = condition_of(&request).unwrap();
                let holds = [7, 8].map(|version| condition.holds(version));
                assert_eq!(holds, [holds_for_7, holds_for_8], "{value}");
            };
            check(header::IF_MATCH, "\"7-abc-br\"", true, false);
            check(header::IF_MATCH, "\"6-a\", \"7-abc\"", true, false);
            check(header::IF_MATCH, ",\"6,a\" ,\"7-abc\",", true, false);
            check(header::IF_MATCH, "W/\"7-abc\"", false, false);
            check(header::IF_MATCH, " * ", true, true);
            check(header::IF_MATCH, "\"abc\"", false, false);
            check(header::IF_NONE_MATCH, "*", false, false);
            check(header::IF_NONE_MATCH, "\"7-abc\"", false, true);
            check(
                header::IF_NONE_MATCH,
                "\"6-a\", W/\"7-abc-br\"",
                false,
                true,
            );
            check(header::IF_NONE_MATCH, "\"abc\"", true, true);
            check(header::ACCEPT, "*/*", true, true);
        }

        #[test]
        fn a_condition_that_cannot_be_read_is_said() {
            for wrong in ["", ",", "7", "\"7", "\"7\" \"8\"", "w/\"7\"", "*, \"7\""] {
                let headers = HeaderMap::from_iter([(header::IF_MATCH, wrong.parse().unwrap())]);
                let read = versions(&headers, "If-Match", false);
                assert!(matches!(read, Err(Fault::Parameters(_))), "{wrong}");
            }
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
