//! The built site's files.

use ask::CachePolicy;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::config::{Env, LeptosOptions};
use leptos_cached::cache_control;
use site::Page;
use tower::ServiceExt;
use tower_http::services::ServeDir;

use super::{App, pages};
use crate::config::Config;

/// What Leptos needs to know about the built site. File names contain hashes if the build has put
/// their list beside the binary.
pub(super) fn options(config: &Config) -> LeptosOptions {
    let hashes = std::env::current_exe()
        .ok()
        .and_then(|exe| Some(exe.parent()?.join("hash.txt")));
    LeptosOptions::builder()
        .output_name("hearth")
        .site_root(config.site.root.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(config.site.address)
        .env(Env::PROD)
        .hash_files(hashes.is_some_and(|hashes| hashes.is_file()))
        .build()
}

/// A reader's page, or a file of the site, in an encoding that the build has prepared; otherwise
/// the page that says that there is neither.
pub(super) async fn page_or_file(State(app): State<App>, request: Request) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let uri = request.uri();
    if let Some(page) = Page::parse(uri.path(), uri.query().unwrap_or_default()) {
        if !is_read {
            let allowed = HeaderValue::from_static("GET,HEAD");
            return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, allowed)]).into_response();
        }
        return pages::page(app, Some(page), request).await;
    }
    if !is_read {
        return pages::page(app, None, request).await;
    }
    let path = request.uri().path();
    // A picture's address names the set that it belongs to. This build's set never changes; a
    // request for another build's set, from a page that is still open, gets the picture from this
    // one.
    let picture = path
        .strip_prefix("/pictures/")
        .and_then(|path| path.split_once('/'));
    let immutable = path.starts_with("/pkg/") || path.starts_with(app::pictures::FOLDER);
    let mut probe = Request::new(());
    *probe.method_mut() = request.method().clone();
    *probe.uri_mut() = match picture {
        Some((_, file)) => format!("/pictures/{file}").parse().unwrap_or_default(),
        None => request.uri().clone(),
    };
    *probe.headers_mut() = request.headers().clone();
    let folder = ServeDir::new(&app.config.site.root)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let Ok(served) = folder.oneshot(probe).await;
    let mut response = served.into_response();
    if response.status().is_client_error() {
        return pages::page(app, None, request).await;
    }
    let policy = if immutable {
        CachePolicy::immutable()
    } else {
        CachePolicy::hourly()
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, cache_control(policy));
    response
}
