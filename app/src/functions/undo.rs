//! The server function that undoes an edit.

use leptos::prelude::*;
use leptos_cached::{Edit, Editing, Fault, Fetch};
use site::Edited;

use super::ManySaved;
#[cfg(feature = "ssr")]
use super::edits;

/// An edit to undo.
#[derive(Debug, Clone, Copy)]
pub struct Undo {
    /// Its last revision.
    pub revision: u64,
}

/// Undoes an edit, of one row or of many, in one transaction, and returns once no node serves answers
/// from before that: POST `/api/edits/{revision}/undo/`. Rows that were edited in the same places since
/// are left alone and reported.
#[server(
    name = UndoFn,
    prefix = "/api",
    endpoint = "edits/{revision}/undo/",
    protocol = Editing,
    client = Fetch,
    input_derive = (Clone,)
)]
pub async fn undo(
    /// The edit.
    undo: Undo,
) -> Result<ManySaved, Fault> {
    edits()?.undo(undo).await
}

impl Edit for Undo {
    const METHOD: http::Method = http::Method::POST;

    fn url(&self) -> String {
        let revision = self.revision;
        Edited::Undo { revision }.path()
    }

    #[cfg(feature = "ssr")]
    fn from_request(request: &http::request::Parts, _: &[u8]) -> Result<Self, Fault> {
        match Edited::parse(request.uri.path()) {
            Some(Edited::Undo { revision }) => Ok(Self { revision }),
            _ => Err(Fault::NotFound),
        }
    }
}
