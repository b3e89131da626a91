//! Hearth's addresses and asks, for both the browser and the server.
//!
//! Every address is parsed and printed here, and nowhere else: a [`Route`] is a [`Page`] for
//! readers, an [`Admin`] page, an ask ([`AnyAsk`]), or a [`Fixed`] address; edits are sent to an
//! [`Edited`] one. Each ask is a separate
//! type, one per file, that states its canonical URL, its key, what touches its answer and its
//! [`CachePolicy`](::ask::CachePolicy): [`List`], [`Count`], [`Facets`], [`Trending`], [`Similar`],
//! [`Object`], [`History`], [`Computed`].
//!
//! ```
//! use site::Route;
//!
//! let canonical = |path: &str, query: &str| Route::parse(path, query).unwrap().canonical();
//! let page = canonical("/properties", "City=Austin&page=1&utm_source=mail");
//! assert_eq!(page.as_deref(), Some("/properties?city=austin"));
//! let ask = canonical("/api/properties/count", "page=7&beds=2");
//! assert_eq!(ask.as_deref(), Some("/api/properties/count/?bedrooms=2"));
//! ```

mod admin;
mod any;
mod asks;
mod cooking;
mod edited;
mod fixed;
pub mod links;
mod page;
mod parameters;
mod picked;
mod route;
mod row_id;
mod servings;

pub use admin::Admin;
pub use any::{AnyAsk, Kind};
pub use asks::{
    Computed, Count, Decisive, Facets, History, List, Object, Similar, Touch, Trending,
};
pub use cooking::{Cooking, MOST_SERVINGS};
pub use edited::{Edited, EditorsQuery, drafts, status_set_by};
pub use fixed::Fixed;
pub use page::Page;
pub use parameters::is_known_parameter;
pub use picked::Picked;
pub use route::Route;
pub use servings::Servings;
