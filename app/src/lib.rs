//! The pages: server functions, pages, components, islands.
//!
//! Two programs are made of this crate. The *server* (feature `ssr`) renders every page to HTML
//! that works as it is, by links and forms. The *browser* (feature `hydrate`) gets only the
//! [`islands`] and the client's side of the [`functions`] that they call: no page and no row type is
//! compiled for it.
//!
//! Pages and islands ask by server functions alone. A page reads them as resources, an island as
//! local resources.
//!
//! Readers' pages are remembered and shared. So nothing on them may depend on a session, on the
//! clock or on chance; only what stands below `/admin` may ask who is there.

// A page is one type, made of all its elements.
#![recursion_limit = "256"]
#![allow(
    unreachable_pub,
    reason = "the framework's macros make items public in private modules"
)]

pub mod functions;
pub mod islands;

#[cfg(feature = "ssr")]
mod app;
#[cfg(feature = "ssr")]
mod catalogue_view;
#[cfg(feature = "ssr")]
mod components;
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
// In the browser a button counts homes, and nothing else is written there.
#[cfg_attr(not(feature = "ssr"), expect(dead_code))]
mod text;
#[cfg(feature = "ssr")]
mod visitor;

#[cfg(feature = "ssr")]
pub use self::{
    app::App,
    request::Request,
    shell::shell,
    visitor::{Flash, Visitor},
};

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("choose one: `ssr` for the server or `hydrate` for the browser");
