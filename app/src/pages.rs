//! The pages, one per file.

pub(crate) mod admin;
mod agent;
mod list;
mod not_found;
mod picked;
mod property;
mod recipe;
mod start;

pub use admin::dashboard_content;
pub(crate) use agent::agent;
pub(crate) use list::list;
pub(crate) use not_found::not_found;
pub(crate) use picked::{compare, saved};
pub(crate) use property::property;
pub(crate) use recipe::recipe;
pub(crate) use start::start;
