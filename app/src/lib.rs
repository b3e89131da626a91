//! The pages: server functions, pages, components, islands.
//!
//! Two programs are built from this crate. The *server* (feature `ssr`) renders every page to HTML
//! that works without scripts, through links and forms. The *browser* (feature `hydrate`) gets only
//! the [`islands`] and the client side of the [`functions`] that they call: no page and no row type
//! is compiled for it.
//!
//! Editors' pages have islands of their own (feature `admin`), in a second program that readers never
//! load.
//!
//! Pages and islands get data only through server functions. A page reads them as resources, an
//! island as local resources.
//!
//! Readers' pages are cached and shared, so nothing on them may depend on a session, the clock or
//! randomness. Only pages below `/admin` may know who the visitor is.

// A page is one type, composed of all its elements.
#![recursion_limit = "256"]
#![allow(
    unreachable_pub,
    reason = "the framework's macros make items public in private modules"
)]

#[cfg(feature = "ssr")]
pub mod dashboard;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod functions;
#[cfg(feature = "ssr")]
pub mod inspection;
pub mod islands;
#[cfg(any(feature = "ssr", feature = "admin"))]
pub mod line;

#[cfg(feature = "ssr")]
mod app;
#[cfg(feature = "ssr")]
mod catalogue_view;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
mod fragment;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub mod pictures;
#[cfg(feature = "ssr")]
mod plan;
#[cfg(feature = "ssr")]
mod reply;
#[cfg(feature = "ssr")]
mod request;
#[cfg(feature = "ssr")]
mod shell;
// The browser formats only the count on a button; the rest is for the server.
#[cfg_attr(not(feature = "ssr"), expect(dead_code))]
mod text;
#[cfg(feature = "ssr")]
mod visitor;

#[cfg(feature = "ssr")]
pub use self::{
    app::App,
    components::dish_file,
    fragment::Fragments,
    pages::dashboard_content,
    request::Request,
    shell::{Built, shell},
    visitor::{Flash, Insight, TailInsight, Visitor},
};

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("choose one: `ssr` for the server or `hydrate` for the browser");
