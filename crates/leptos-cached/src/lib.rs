//! Server functions and resources at canonical URLs, for any Leptos + Axum app whose pages are
//! rendered on the server: with islands, or without any WebAssembly.
//!
//! An [`Ask`](ask::Ask) is a type that states its canonical URL, its key and its policy once. A
//! server function that takes one and returns [`Answered`] is served at that URL, by GET, as the
//! very bytes that the tiers store, with `ETag`, `Cache-Status` and content codings, whatever the
//! spelling of the request. On the server a call goes straight to the tiers, and the value is
//! parsed once for all callers. In the browser a call is one `fetch` of the canonical URL.
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
//! | for | use |
//! |---|---|
//! | a server function | [`Canonical`], [`Fetch`], [`Answered`], [`Fault`] |
//! | an edit | [`Editing`] |
//! | a page | `resource` |
//! | the router | `handle` |
//! | a server without its own tiers | `Cache` |
//! | a server with its own tiers | `Answer`, `Representation`, `respond` |
//!
//! Each item says where it departs from Leptos' own mechanisms, and why.

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
mod encoding;
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
pub use fault::{Difference, Fault, FieldFault};
pub use fetch::Fetch;
pub use json::{FromJson, Unreadable, number};
pub use protocol::Canonical;

#[cfg(feature = "ssr")]
pub use self::{
    answer::{Answer, CachedEntry},
    cache::{Cache, Options, cached},
    cache_control::{Downstream, cache_control, no_store},
    cache_status::{CACHE_STATUS, bypassed, refused},
    encoding::{encode, encoding},
    handle::{Served, handle, in_context, start},
    representation::{Coding, Encoded, Representation},
    resource::{PageResource, resource},
    respond::{
        SERVER_TIMING, mark_cut_off, metric, represent, respond, respond_to, revalidate, timing,
    },
};
#[cfg(feature = "ssr")]
pub use edit::BODY_LIMIT;
