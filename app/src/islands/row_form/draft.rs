//! What was typed into a form and not saved, in the browser's storage.

use leptos::prelude::window;
use serde_json::{Map, Value as Json, json};
use web_sys::Storage;

/// What begins the names of drafts.
const PREFIX: &str = "hearth:form:";

/// What was typed, and the version of the row that it is about.
pub(super) struct Draft {
    pub(super) version: i64,
    pub(super) fields: Vec<(String, String)>,
}

impl Draft {
    /// That of the form at a path, if there is one.
    pub(super) fn read(path: &str) -> Option<Self> {
        let text = storage()?.get_item(&name(path)).ok()??;
        let draft: Json = serde_json::from_str(&text).ok()?;
        let fields = draft["fields"].as_object()?.iter();
        let fields =
            fields.filter_map(|(path, value)| Some((path.clone(), value.as_str()?.to_owned())));
        Some(Self {
            version: draft["version"].as_i64()?,
            fields: fields.collect(),
        })
    }

    /// Stores that of the form at a path; nothing, if there is nothing to store. A browser that stores
    /// nothing loses only the draft.
    pub(super) fn write(path: &str, version: i64, fields: &Map<String, Json>) {
        if fields.is_empty() {
            return Self::forget(path);
        }
        let draft = json!({ "version": version, "fields": fields }).to_string();
        if let Some(storage) = storage() {
            let _ = storage.set_item(&name(path), &draft);
        }
    }

    /// Removes that of the form at a path.
    pub(super) fn forget(path: &str) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&name(path));
        }
    }
}

fn name(path: &str) -> String {
    PREFIX.to_owned() + path
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}

/// Where the outcome of an edit waits for the page to be loaded anew.
const SAVED: &str = "hearth:saved";

/// Notes for the page that is loaded next how many answers an edit touched, and some of them.
pub(super) fn note_saved(touched: usize, addresses: &[String]) {
    let note = json!({ "touched": touched, "addresses": addresses }).to_string();
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(SAVED, &note);
    }
}

/// Takes that note.
pub(super) fn take_saved() -> Option<(usize, Vec<String>)> {
    let storage = window().session_storage().ok()??;
    let note = storage.get_item(SAVED).ok()??;
    let _ = storage.remove_item(SAVED);
    let note: Json = serde_json::from_str(&note).ok()?;
    let addresses = note["addresses"].as_array()?.iter();
    let addresses = addresses.filter_map(|address| Some(address.as_str()?.to_owned()));
    let touched = usize::try_from(note["touched"].as_u64()?).ok()?;
    Some((touched, addresses.collect()))
}
