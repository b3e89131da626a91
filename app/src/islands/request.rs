//! Requests of editors' islands, whose answers say more than those of server functions.

use std::time::Duration;

use leptos::{
    prelude::{document, set_timeout_with_handle, window},
    wasm_bindgen::JsCast,
};
use serde_json::Value as Json;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, HtmlInputElement, RequestInit, Response, UrlSearchParams};

/// What is at an address, as JSON; `None` if nothing is, or the server cannot be reached.
pub(super) async fn get(address: &str) -> Option<Json> {
    let init = RequestInit::new();
    let (status, json) = send(address, &init, &[("accept", "application/json")]).await?;
    (status == 200).then_some(json)
}

/// The answer to a form.
pub(super) async fn post_form(address: &str, fields: &[(String, String)]) -> Option<Json> {
    let pairs = UrlSearchParams::new().ok()?;
    for (name, value) in fields {
        pairs.append(name, value);
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&pairs);
    let (status, json) = send(address, &init, &[("accept", "application/json")]).await?;
    (status == 200).then_some(json)
}

/// Sends an edit, and returns the status and the body of its answer; `None` if the server cannot be
/// reached.
pub(super) async fn edit(
    method: &str,
    address: &str,
    headers: &[(&str, String)],
    body: &str,
) -> Option<(u16, Json)> {
    let init = RequestInit::new();
    init.set_method(method);
    init.set_body(&body.into());
    let token = csrf_token().unwrap_or_default();
    let mut all = vec![
        ("x-csrf-token", &*token),
        ("content-type", "application/json"),
    ];
    all.extend(headers.iter().map(|(name, value)| (*name, &**value)));
    send(address, &init, &all).await
}

async fn send(address: &str, init: &RequestInit, headers: &[(&str, &str)]) -> Option<(u16, Json)> {
    let all = Headers::new().ok()?;
    for (name, value) in headers {
        all.set(name, value).ok()?;
    }
    init.set_headers(&all);
    let response = JsFuture::from(window().fetch_with_str_and_init(address, init));
    let response: Response = response.await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    let json = serde_json::from_str(&text.as_string()?).unwrap_or_default();
    Some((response.status(), json))
}

/// The token that the session's forms carry.
fn csrf_token() -> Option<String> {
    let input = document().query_selector("input[name=csrf_token]").ok()??;
    let input: HtmlInputElement = input.dyn_into().ok()?;
    Some(input.value())
}

/// Waits.
pub(super) async fn pause(duration: Duration) {
    let (sender, receiver) = futures::channel::oneshot::channel();
    let wake = move || {
        // Nobody waits any more.
        let _ = sender.send(());
    };
    if set_timeout_with_handle(wake, duration).is_ok() {
        let _ = receiver.await;
    }
}
