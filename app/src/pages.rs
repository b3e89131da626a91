//! The pages, one a file.

pub(crate) mod admin;
mod home;
mod kept;
mod list;
mod not_found;
mod property;
mod recipe;

pub(crate) use home::home;
pub(crate) use kept::{compare, saved};
pub(crate) use list::list;
pub(crate) use not_found::not_found;
pub(crate) use property::property;
pub(crate) use recipe::recipe;
