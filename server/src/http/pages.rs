//! The pages: rendered by Leptos, complete before the first byte.

use std::sync::Arc;

use app::{App as Pages, portal::Portal, shell};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use leptos::prelude::provide_context;
use leptos_axum::{
    LeptosRoutes, generate_route_list, handle_server_fns_with_context,
    render_app_async_with_context,
};
use sha2::{Digest, Sha256};
use tower_sessions::Session;

use super::{
    App,
    policy::CachePolicy,
    portal::RequestPortal,
    problem::Problem,
    represent::{mark_cut_off, represent},
};
use crate::store::Representation;

/// The largest page; a list of a hundred homes takes half a megabyte.
const PAGE_LIMIT: usize = 16 << 20;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/api/fn/{*function}", get(function))
        .leptos_routes_with_handler(generate_route_list(Pages), page)
}

/// Renders whatever page the path names; also the answer to paths that name none.
pub(super) async fn page(State(app): State<App>, session: Session, request: Request) -> Response {
    let options = app.options.clone();
    let portal = RequestPortal::new(app, session);
    let mut asked = request.headers().clone();
    let context = {
        let portal: Arc<dyn Portal> = Arc::new(portal.clone());
        move || provide_context(Arc::clone(&portal))
    };
    let render = render_app_async_with_context(context, move || shell(options.clone()));
    let rendered = render(request).await.into_response();
    if portal.seen().cut_off.is_some() {
        asked = without_conditions(&asked);
    }
    let mut response = match finish(rendered, &asked).await {
        Ok(response) => response,
        Err(problem) => return problem.into_response(),
    };
    let seen = portal.seen();
    let success = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let policy = if success && !seen.private {
        CachePolicy::Remembered
    } else {
        CachePolicy::Never
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, policy.header());
    if policy == CachePolicy::Never {
        headers.remove(header::ETAG);
    }
    if let Some(status) = seen.cache_status {
        headers.insert("cache-status", status);
    }
    if let Some(age) = seen.cut_off {
        mark_cut_off(headers, age);
    }
    response
}

/// Gives a rendered page its entity tag, its coding and its content security policy.
async fn finish(rendered: Response, asked: &HeaderMap) -> Result<Response, Problem> {
    let (mut parts, body) = rendered.into_parts();
    if parts.status.is_redirection() {
        return Ok(Response::from_parts(parts, body));
    }
    let html = to_bytes(body, PAGE_LIMIT).await.map_err(|error| {
        tracing::error!(%error, "a page was not rendered");
        Problem::Unavailable
    })?;
    let policy = content_security_policy(&html);
    let representation = Representation::new(html, true, None);
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let conditional = if parts.status.is_success() {
        asked.clone()
    } else {
        without_conditions(asked)
    };
    let (made, body) = represent(&representation, kind, &conditional).into_parts();
    if made.status == StatusCode::NOT_MODIFIED {
        parts.status = made.status;
    }
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.extend(made.headers);
    for (name, value) in [
        ("content-security-policy", policy),
        (
            "x-content-type-options",
            HeaderValue::from_static("nosniff"),
        ),
        ("referrer-policy", HeaderValue::from_static("same-origin")),
    ] {
        parts.headers.insert(name, value);
    }
    Ok(Response::from_parts(parts, body))
}

fn without_conditions(asked: &HeaderMap) -> HeaderMap {
    let mut asked = asked.clone();
    asked.remove(header::IF_NONE_MATCH);
    asked
}

/// Only this site's own code runs: scripts in the page are allowed by their hashes, as a page
/// that is shared cannot carry a nonce.
fn content_security_policy(html: &[u8]) -> HeaderValue {
    let html = String::from_utf8_lossy(html);
    let mut hashes = String::new();
    for script in html.split("<script").skip(1) {
        let Some((attributes, rest)) = script.split_once('>') else {
            continue;
        };
        let content = rest.split("</script>").next().unwrap_or_default();
        if !attributes.contains("src=") && !content.is_empty() {
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

/// Answers a server function. Those of readers are GETs, whose question is in the URL.
async fn function(State(app): State<App>, session: Session, request: Request) -> Response {
    let portal = RequestPortal::new(app, session);
    let context = {
        let portal: Arc<dyn Portal> = Arc::new(portal.clone());
        move || provide_context(Arc::clone(&portal))
    };
    let mut response = handle_server_fns_with_context(context, request)
        .await
        .into_response();
    let seen = portal.seen();
    let remembered = response.status().is_success() && !seen.private;
    let policy = if remembered {
        CachePolicy::Remembered
    } else {
        CachePolicy::Never
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, policy.header());
    if let Some(status) = seen.cache_status {
        headers.insert("cache-status", status);
    }
    if let Some(age) = seen.cut_off {
        mark_cut_off(headers, age);
    }
    response.map(Body::new)
}
