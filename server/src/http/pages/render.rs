//! Rendering a page: by Leptos, complete before the first byte.

use std::time::Duration;

use app::shell;
use axum::{
    body::to_bytes,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use leptos::config::LeptosOptions;
use leptos_axum::render_app_async_with_context;
use sha2::{Digest, Sha256};

use super::super::{portal::RequestPortal, problem::Problem};
use crate::store::Representation;

/// The largest page; a list of a hundred homes takes half a megabyte.
const PAGE_LIMIT: usize = 16 << 20;

/// A rendered page with all that a response says of it.
#[derive(Debug)]
pub(in crate::http) struct Page {
    pub(super) html: Representation,
    pub(super) status: StatusCode,
    pub(super) redirect: Option<HeaderValue>,
    pub(super) security_policy: HeaderValue,
    /// What the first answer that it was made of said of the tiers when it was rendered.
    pub(super) cache_status: Option<HeaderValue>,
    /// The key of that answer.
    pub(super) key: Option<String>,
    /// Whether it depends on who asks, or may not be kept.
    pub(super) private: bool,
    /// The age of the oldest answer in it that may be from before an edit.
    pub(super) cut_off: Option<Duration>,
}

impl Page {
    pub(super) fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }
}

/// Renders whatever page a request names.
pub(super) async fn render(
    portal: &RequestPortal,
    options: &LeptosOptions,
    request: Request,
) -> Result<Page, Problem> {
    let options = options.clone();
    let render = render_app_async_with_context(portal.context(), move || shell(options.clone()));
    let (parts, body) = render(request).await.into_response().into_parts();
    let html = to_bytes(body, PAGE_LIMIT).await.map_err(|error| {
        tracing::error!(%error, "a page was not rendered");
        Problem::Unavailable
    })?;
    let html = without_resources(html);
    let seen = portal.seen();
    Ok(Page {
        security_policy: security_policy(&html),
        html: Representation::new(html, true, None),
        status: parts.status,
        redirect: parts.headers.get(header::LOCATION).cloned(),
        cache_status: seen.cache_status,
        key: seen.key,
        private: seen.private,
        cut_off: seen.cut_off,
    })
}

/// A page without the scripts that Leptos appends to it: they hand over the answers that it was
/// made of to a browser that makes the whole page again. Ours wakes islands, which have none.
fn without_resources(mut html: Bytes) -> Bytes {
    const END: &[u8] = b"</html>";
    if let Some(end) = html.windows(END.len()).rposition(|bytes| bytes == END) {
        html.truncate(end + END.len());
    }
    html
}

/// Only this site's own code runs, and no page carries any in itself. (One that did would be
/// allowed by its hash, as a page that is shared cannot carry a nonce.)
fn security_policy(html: &[u8]) -> HeaderValue {
    let html = String::from_utf8_lossy(html);
    let mut hashes = String::new();
    for script in html.split("<script").skip(1) {
        let Some((attributes, rest)) = script.split_once('>') else {
            continue;
        };
        let content = rest.split("</script>").next().unwrap_or_default();
        // Linked data is no code: nothing runs it, and so nothing need allow it.
        let is_code = !attributes.contains("src=") && !attributes.contains("ld+json");
        if is_code && !content.is_empty() {
            let hash = BASE64_STANDARD.encode(Sha256::digest(content.as_bytes()));
            hashes += &format!(" 'sha256-{hash}'");
        }
    }
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{hashes}; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'self'"))
}
