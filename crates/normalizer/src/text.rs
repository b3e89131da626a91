//! Texts: decoding and encoding, Unicode, words. Everything else in this crate builds on it.

mod decode;
mod encode;
mod fold;
mod unicode;
mod words;

pub(crate) use decode::{clean, decode};
pub(crate) use encode::push as push_encoded;
pub use fold::fold;
pub use words::token;
pub(crate) use words::{is_ignored, is_joined, is_nothing, join_with_or, joined, name};
