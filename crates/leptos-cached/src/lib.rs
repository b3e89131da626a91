//! Server functions and resources at canonical URLs, for any Leptos + Axum app whose pages are
//! rendered on the server: with islands, or without any WebAssembly.
//!
//! A question is a type that says its canonical URL, its key and its policy once: an
//! [`Ask`](ask::Ask). A server function that takes one and returns [`Answered`] is answered at that
//! URL, by GET, with the very bytes that the tiers have stored, with `ETag`, `Cache-Status` and
//! content codings, and whatever spelling of the question was sent. On the server it goes straight
//! to the tiers, and its value is parsed once for all who ask for it. In the browser it is one
//! `fetch` of the canonical URL.
//!
//! ```
//! # #[cfg(feature = "ssr")] mod app {
//! # use std::time::Duration;
//! # use leptos_cached::ask::{CachePolicy, QueryAsk, normalizer::{Parameter, Query, Schema}};
//! use leptos::prelude::*;
//! use leptos_cached::{Answered, Canonical, Fault, Fetch, cached};
//!
//! # static QUOTES: Schema = Schema {
//! #     catalogue: "quotes",
//! #     version: 1,
//! #     parameters: &[Parameter::tokens("tag")],
//! #     ranges: &[],
//! # };
//! /// The quotes with a tag.
//! #[derive(Clone, Debug)]
//! pub struct Quotes(Query);
//!
//! impl QueryAsk for Quotes {
//!     const PATH: &'static str = "/api/quotes";
//!     const SCHEMA: &'static Schema = &QUOTES;
//!     const CACHE: CachePolicy = CachePolicy::every(Duration::from_secs(60));
//! #   fn of(query: Query) -> Self { Self(query) }
//! #   fn query(&self) -> &Query { &self.0 }
//! }
//!
//! #[server(name = QuotesFn, protocol = Canonical, client = Fetch, input_derive = (Clone,))]
//! pub async fn quotes(ask: Quotes) -> Answered<Vec<String>> {
//!     cached(ask, load).await
//! }
//!
//! async fn load(ask: Quotes) -> Result<Vec<String>, Fault> {
//! # let _ = ask;
//!     Ok(vec!["…".to_owned()])
//! }
//! # }
//! ```
//!
//! | who | uses |
//! |---|---|
//! | a server function | [`Canonical`], [`Fetch`], [`Answered`], [`Fault`] |
//! | an edit | [`Editing`] |
//! | a page | `resource` |
//! | the router | `handle` |
//! | a server without tiers of its own | `Cache` |
//! | a server with tiers of its own | `Answer`, `Representation`, `respond` |
//!
//! Where Leptos' own ways had to be left, and why, stands with each of them.

mod cached;
mod edit;
mod fault;
mod fetch;
mod json;
mod protocol;

#[cfg(feature = "ssr")]
mod answer;
#[cfg(feature = "ssr")]
mod cache;
#[cfg(feature = "ssr")]
mod cache_control;
#[cfg(feature = "ssr")]
mod cache_status;
#[cfg(feature = "ssr")]
mod handle;
#[cfg(feature = "ssr")]
pub mod negotiate;
#[cfg(feature = "ssr")]
mod representation;
#[cfg(feature = "ssr")]
mod resource;
#[cfg(feature = "ssr")]
mod respond;

pub use ask;
pub use cached::{Answered, Cached};
pub use edit::{Edit, Editing};
pub use fault::{Fault, FieldFault};
pub use fetch::Fetch;
pub use json::{FromJson, Unreadable, number};
pub use protocol::Canonical;

#[cfg(feature = "ssr")]
pub use self::{
    answer::{Answer, CachedEntry},
    cache::{Cache, Options, cached},
    cache_control::{Downstream, cache_control, no_store},
    cache_status::{CACHE_STATUS, bypassed, cache_status},
    handle::{Served, handle, in_context, start},
    representation::{Coding, Encoded, Representation},
    resource::{PageResource, resource},
    respond::{
        SERVER_TIMING, mark_cut_off, metric, represent, respond, respond_to, timing,
        without_conditions,
    },
};
