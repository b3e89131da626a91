//! The pages.
//!
//! A reader's page is anybody's, so it is remembered as bytes, in the coding that was asked for,
//! under its canonical address; it is touched by whatever touches one of the answers that it was
//! made of. The admin's pages, searches, and pages that say what is wrong with a request are
//! rendered each time.

mod address;
mod remembered;
mod render;

use std::{sync::Arc, time::Instant};

use app::kept::Kept;
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use cache::{Answer, Failure};
use leptos_axum::{LeptosRoutes, generate_route_list};
use tower_sessions::Session;

pub(super) use self::{
    address::Address,
    remembered::{PageQuestion, Pages},
};
use self::{
    remembered::Unavailable,
    render::{Page, render},
};
use super::{
    App,
    api::{CACHE_STATUS, SERVER_TIMING, catch_up, metric},
    policy::CachePolicy,
    portal::RequestPortal,
    problem::Problem,
    represent::{mark_cut_off, represent},
    status,
};
use crate::config::Config;

/// The content security policy of a page.
const CONTENT_SECURITY_POLICY: HeaderName = HeaderName::from_static("content-security-policy");

/// The readers' pages.
pub(super) fn routes() -> Router<App> {
    let mut router = Router::new().route("/", get(page));
    for kept in Kept::ALL {
        router = router.route(kept.path(), get(page));
    }
    for catalogue in catalogue::all() {
        let list = format!("/{}", catalogue.name());
        router = router
            .route(&format!("{list}/{{id}}"), get(page))
            .route(&list, get(page));
    }
    router
}

/// The pages that ask who is there.
pub(super) fn private_routes() -> Router<App> {
    let pages = generate_route_list(app::App)
        .into_iter()
        .filter(|route| route.path().starts_with("/admin"));
    Router::new().leptos_routes_with_handler(pages.collect(), private_page)
}

/// A reader's page, if memory has one to believe: what is asked for most needs no route.
pub(super) fn at_hand(app: &App, uri: &Uri, asked: &HeaderMap) -> Option<Response> {
    let started = Instant::now();
    let address = Address::read(uri.path(), uri.query().unwrap_or_default())?;
    let revision = app.tiers.log().revision();
    let answer = app.pages.at_hand(address.key(), address.as_str())?;
    let mut response = respond(&answer, &app.config, asked);
    count_view(app, &address, &answer);
    finish(&mut response, started, revision, uri, &address);
    Some(response)
}

/// A reader's page; also the answer to paths that name none.
pub(super) async fn page(State(app): State<App>, request: Request) -> Response {
    let started = Instant::now();
    let uri = request.uri();
    let Some(address) = Address::read(uri.path(), uri.query().unwrap_or_default()) else {
        let portal = RequestPortal::for_readers(Arc::clone(&app.tiers), app.config.origin.clone());
        let asked = request.headers().clone();
        let page = render(&portal, &app.options, request).await;
        return page.map_or_else(IntoResponse::into_response, |page| {
            page.respond(&app.config, &asked)
        });
    };
    if let Err(problem) = catch_up(&app, request.headers()).await {
        return problem.into_response();
    }
    let asked = request.headers();
    // Read before the answer is looked for, which is then right up to here, or further.
    let revision = app.tiers.log().revision();
    let mut response = match app.pages.answer(&PageQuestion::page(&address)).await {
        Ok(answer) => {
            count_view(&app, &address, &answer);
            respond(&answer, &app.config, asked)
        }
        Err(failure) => instead(&failure, &app.config, asked),
    };
    finish(&mut response, started, revision, uri, &address);
    response
}

/// Says what all pages say: how long it took, how current they are at least, what address is meant.
fn finish(response: &mut Response, started: Instant, revision: u64, uri: &Uri, address: &Address) {
    let headers = response.headers_mut();
    // A script cannot read the headers of the document that it stands in, but for this one.
    let total = metric("total", started.elapsed());
    if let Ok(timing) = format!("{total}, revision;desc=\"{revision}\"").try_into() {
        headers.insert(SERVER_TIMING, timing);
    }
    if !address.is(uri)
        && let Ok(link) = format!("<{}>; rel=\"canonical\"", address.as_str()).parse()
    {
        headers.insert(header::LINK, link);
    }
}

/// Counts a look at a row that is there.
fn count_view(app: &App, address: &Address, answer: &Answer<Pages>) {
    if let Some((catalogue, id)) = address.row()
        && answer.entry.body.status.is_success()
    {
        app.tiers.origin().count_view(catalogue, id);
    }
}

fn respond(answer: &Answer<Pages>, config: &Config, asked: &HeaderMap) -> Response {
    let page = &answer.entry.body;
    let mut response = page.respond(config, asked);
    let headers = response.headers_mut();
    // A page says of itself what became of its list.
    if answer.trail.load.is_none()
        && let Some(key) = page.key()
    {
        let said = status::of_remembered(answer.trail, key, &page.html);
        headers.insert(CACHE_STATUS, said);
    }
    if answer.trail.cut_off {
        mark_cut_off(headers, answer.entry.age());
    }
    response
}

/// What is sent where there is no page: the one that says so, if it could be made.
fn instead(failure: &Failure<Unavailable>, config: &Config, asked: &HeaderMap) -> Response {
    match failure {
        Failure::Origin(unavailable) => match &unavailable.0 {
            Some(page) => page.respond(config, asked),
            None => Problem::Unavailable.into_response(),
        },
        Failure::Busy => Problem::Busy.into_response(),
        Failure::Late | Failure::Interrupted => Problem::Unavailable.into_response(),
    }
}

/// A page of the admin's, or any other that depends on who asks.
async fn private_page(State(app): State<App>, session: Session, request: Request) -> Response {
    let portal = RequestPortal::new(app.clone(), session);
    let asked = request.headers().clone();
    let page = render(&portal, &app.options, request).await;
    page.map_or_else(IntoResponse::into_response, |page| {
        page.respond(&app.config, &asked)
    })
}

impl Page {
    fn respond(&self, config: &Config, asked: &HeaderMap) -> Response {
        if let Some(location) = &self.redirect {
            return (self.status, [(header::LOCATION, location.clone())]).into_response();
        }
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        // Only what was found and is current can be confirmed.
        let confirms = self.status.is_success() && self.cut_off.is_none();
        let mut response = if confirms {
            represent(&self.html, kind, asked)
        } else {
            let mut asked = asked.clone();
            asked.remove(header::IF_NONE_MATCH);
            let mut response = represent(&self.html, kind, &asked);
            *response.status_mut() = self.status;
            response
        };
        let headers = response.headers_mut();
        let policy = if confirms && !self.private {
            config.remembered()
        } else {
            headers.remove(header::ETAG);
            CachePolicy::Never
        };
        headers.insert(header::CACHE_CONTROL, policy.header());
        headers.insert(CONTENT_SECURITY_POLICY, self.security_policy.clone());
        headers.insert(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        );
        headers.insert(
            header::REFERRER_POLICY,
            HeaderValue::from_static("same-origin"),
        );
        if let Some(status) = &self.cache_status {
            headers.insert("cache-status", status.clone());
        }
        if let Some(age) = self.cut_off {
            mark_cut_off(headers, age);
        }
        response
    }
}

impl Address {
    /// Whether a request was sent to this very address.
    fn is(&self, uri: &Uri) -> bool {
        uri.path_and_query()
            .is_some_and(|sent| sent.as_str() == self.as_str())
    }
}
