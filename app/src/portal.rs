//! What the pages ask of the server.
//!
//! The pages know neither tiers nor databases: they ask a [`Portal`] that the server puts into
//! the context of each request. An answer comes as the bytes that the JSON API sends for the same
//! question, so that a page and the API share one remembered entry.

use std::{future::Future, pin::Pin, sync::Arc};

use bytes::Bytes;
use catalogue::{Catalogue, normalizer::Query};

/// An answer that is on its way.
pub type Asked<T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send>>;

/// The server, as one request's pages see it.
pub trait Portal: Send + Sync + 'static {
    /// A page of a list: the JSON of a [`Listing`](catalogue::Listing) of the query's catalogue.
    /// A page past the last one is [`Failure::NotFound`].
    fn list(&self, query: Query) -> Asked<Bytes>;

    /// How many rows the list of a query has, on whatever page: JSON with the member `count`.
    fn count(&self, query: Query) -> Asked<Bytes>;

    /// How many rows each further choice of the query's filters would leave, on whatever page: the
    /// JSON of [`Facets`](catalogue::Facets).
    fn facets(&self, query: Query) -> Asked<Bytes>;

    /// One row as JSON; [`Failure::NotFound`] where there is none.
    fn object(&self, catalogue: &'static Catalogue, id: i64) -> Asked<Bytes>;

    /// The prices that a row has had: the JSON of an array of [`Price`](catalogue::Price), the
    /// first one from the day on which it was listed.
    fn history(&self, catalogue: &'static Catalogue, id: i64) -> Asked<Bytes>;

    /// The rows of a query that are most like a row: the JSON of an array of rows.
    fn similar(&self, query: Query, to: Like) -> Asked<Bytes>;

    /// What this site is called, such as `https://example.org`; empty if nobody has said.
    fn origin(&self) -> String;

    /// Whether an answer given so far may be from before an edit, because the database cannot be
    /// reached: the page has to say so.
    fn is_cut_off(&self) -> bool;

    /// Who asks. Only pages below `/admin` may ask this, because readers' pages are shared.
    fn visitor(&self) -> Asked<Visitor>;
}

/// The row that others are compared to; it is none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Like {
    /// Its number.
    pub id: i64,
    /// Its price in cents: the nearest ones are the most alike.
    pub cents: i64,
}

/// The portal of the request that is being answered.
pub fn portal() -> Arc<dyn Portal> {
    leptos::prelude::expect_context::<Arc<dyn Portal>>()
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// There is no such row or page.
    NotFound,
    /// The database cannot be reached; the cause is in the server's log.
    Unavailable,
}

/// Who asks, and what the page before has left for this one.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// The account's name, where somebody is logged in.
    pub account: Option<String>,
    /// The token that each of this session's forms carries in a hidden field `csrf_token`.
    pub csrf_token: String,
    /// The outcome of the form that was just sent.
    pub flash: Option<Flash>,
}

/// The outcome of a form, shown once.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Flash {
    /// A sentence for the top of the page.
    pub message: String,
    /// Whether the form was accepted.
    pub accepted: bool,
    /// Whether the page shows what is stored beside what was typed, where they differ.
    pub compare: bool,
    /// What is wrong with a field, by the field's name.
    pub errors: Vec<(String, String)>,
    /// What was typed, by the field's name, so that nothing is lost.
    pub values: Vec<(String, String)>,
}
