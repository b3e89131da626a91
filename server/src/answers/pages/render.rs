//! Rendering a page: by Leptos, complete before the first byte.

use std::{sync::Arc, time::Duration};

use app::{Visitor, functions::Answers, shell};
use axum::{
    body::to_bytes,
    extract::Request,
    http::{HeaderValue, StatusCode, Uri, header},
    response::IntoResponse,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use cache::Entry;
use leptos::{config::LeptosOptions, prelude::provide_context};
use leptos_axum::render_app_async_with_context;
use leptos_cached::{Fault, Representation};
use sha2::{Digest, Sha256};
use site::AnyAsk;
use tokio::time::timeout;

use super::parts::{ForPage, Summary};
use crate::answers::Tiers;

/// The largest page; a list of a hundred homes takes half a megabyte.
const PAGE_LIMIT: usize = 16 << 20;

/// How long a page may take. A resource whose load panics would keep its page waiting for ever.
const PATIENCE: Duration = Duration::from_secs(15);

/// A rendered page with all that a response says of it.
#[derive(Debug)]
pub struct Rendered {
    pub(crate) html: Representation,
    pub(crate) status: StatusCode,
    pub(crate) redirect: Option<HeaderValue>,
    pub(crate) security_policy: HeaderValue,
    /// What its list, or else the answer that it is about, said of the tiers when it was rendered.
    pub(crate) cache_status: Option<HeaderValue>,
    /// The key of that answer.
    pub(crate) key: Option<String>,
    /// Whether it depends on who asks, or may not be stored.
    pub(crate) private: bool,
    /// The age of the oldest answer in it that may be from before an edit.
    pub(crate) cut_off: Option<Duration>,
}

impl Rendered {
    pub(crate) fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }
}

/// The rendering of one page.
pub(crate) struct Rendering {
    request: app::Request,
    answers: ForPage,
}

impl Rendering {
    /// Of the page at an address, on a site of this name. One that refreshes a page that has fallen
    /// due is made of answers that are not due.
    pub(crate) fn new(tiers: &Arc<Tiers>, uri: &Uri, origin: Option<&str>, refresh: bool) -> Self {
        let search = uri.query().unwrap_or_default();
        let request = app::Request::new(uri.path(), search, origin.unwrap_or_default());
        let answers = ForPage::new(Arc::clone(tiers), request.clone(), refresh);
        Self { request, answers }
    }

    /// The answers that the page was made of.
    pub(crate) fn parts(&self) -> Vec<Arc<Entry<AnyAsk, Representation>>> {
        self.answers.parts()
    }

    /// Renders the page, whatever it is. Only a page of the admin's knows its visitor.
    pub(crate) async fn run(
        &self,
        options: &LeptosOptions,
        request: Request,
        visitor: Option<Result<Visitor, Fault>>,
    ) -> Result<Rendered, Fault> {
        let is_private = visitor.is_some();
        let options = options.clone();
        let (page, answers) = (self.request.clone(), self.answers.clone());
        let context = move || {
            let answers: Arc<dyn Answers> = Arc::new(answers.clone());
            provide_context(answers);
            provide_context(page.clone());
            if let Some(visitor) = &visitor {
                provide_context(visitor.clone());
            }
        };
        let render = render_app_async_with_context(context, move || shell(options.clone()));
        let whole = async {
            let (parts, body) = render(request).await.into_response().into_parts();
            (parts, to_bytes(body, PAGE_LIMIT).await)
        };
        let late = |_| {
            tracing::error!(path = self.request.path, "a page took too long");
            Fault::Unavailable
        };
        let (parts, html) = timeout(PATIENCE, whole).await.map_err(late)?;
        let html = html.map_err(|error| {
            tracing::error!(%error, "a page was not rendered");
            Fault::Unavailable
        })?;
        let html = without_resources(html);
        let Summary {
            cache_status,
            key,
            private,
            cut_off,
        } = self.answers.summary();
        Ok(Rendered {
            security_policy: security_policy(&html),
            html: Representation::new(html, true, None),
            status: parts.status,
            redirect: parts.headers.get(header::LOCATION).cloned(),
            cache_status,
            key,
            private: private || is_private,
            cut_off,
        })
    }
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
