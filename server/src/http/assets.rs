//! The built site's files.

use ask::CachePolicy;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos_cached::{Fault, cache_control};
use site::{Fixed, Page, Route};

use super::{App, files, pages};

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
    if let Some(address) = without_slash(uri) {
        return Redirect::permanent(&address).into_response();
    }
    let path = request.uri().path();
    // A picture's address names the set that it belongs to. This build's set never changes; a
    // request for another build's set, from a page that is still open, gets the picture from this
    // one.
    let picture = path
        .strip_prefix("/pictures/")
        .and_then(|path| path.split_once('/'));
    let immutable = path.starts_with("/pkg/") || path.starts_with(app::pictures::FOLDER);
    let file = match picture {
        Some((_, file)) => app.site_files.get(&format!("/pictures/{file}")).await,
        None => app.site_files.get(path).await,
    };
    let file = match file {
        Some(file) => Some(file),
        None => match app.releases.get(app.tiers.origin(), path).await {
            Ok(file) => file,
            Err(error) => return Fault::from(error).into_response(),
        },
    };
    let Some(file) = file else {
        return pages::page(app, None, request).await;
    };
    let mut response = files::respond(&file, request.method(), request.headers());
    if response.status().is_client_error() {
        return response;
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

/// The address of the page that is meant by one with slashes at its end.
fn without_slash(uri: &Uri) -> Option<String> {
    let path = uri.path();
    let bare = path.trim_end_matches('/');
    let query = uri.query().unwrap_or_default();
    let is_page = matches!(
        Route::parse(bare, query),
        Ok(Route::Page(_) | Route::Admin(_) | Route::Fixed(Fixed::Graphiql))
    );
    (bare.len() < path.len() && is_page).then(|| match uri.query() {
        Some(query) => format!("{bare}?{query}"),
        None => bare.to_owned(),
    })
}
