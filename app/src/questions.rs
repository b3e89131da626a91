//! What islands ask of the server: by the canonical queries that every tier knows, so that what
//! means the same is one question.

use catalogue::normalizer::Query;
use leptos::{prelude::window, wasm_bindgen::JsCast};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// How many rows meet a query's filters, as the API says; `None` if it cannot.
pub(crate) async fn count(query: &Query) -> Option<u64> {
    let path = ["/api/", query.schema().catalogue, "/count/"].concat();
    let address = query.filters().url(&path);
    let answer = JsFuture::from(window().fetch_with_str(&address))
        .await
        .ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    let text = JsFuture::from(answer.text().ok()?)
        .await
        .ok()?
        .as_string()?;
    // `{"count":1204}` needs no parser of JSON in the browser.
    text.trim_matches(|c: char| !c.is_ascii_digit())
        .parse()
        .ok()
}
