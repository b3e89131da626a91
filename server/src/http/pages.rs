//! The pages.
//!
//! A reader's page is the same for everybody, so it is cached as bytes, in the requested encoding,
//! under its canonical address; it is touched by whatever touches one of its parts. The admin's
//! pages, searches, and pages that say what is wrong with a request are rendered each time.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use app::{Flash, Insight, Visitor};
use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use cache::{Answer, Source};
use leptos_cached::{Fault, SERVER_TIMING, encode, encoding, metric};
use site::Page;
use tokio::time::timeout;
use tower_sessions::Session;

use super::{
    App,
    api::catch_up,
    auth,
    from_memory::FromMemory,
    rendered::{content, instead, respond},
    unavailable::unavailable,
};
use crate::{
    answers::pages::{Address, PageAsk, Pages},
    store::tally,
    warming::PURPOSE,
};

/// How long a page that nobody shares waits for its place.
const PATIENCE: Duration = Duration::from_secs(5);

/// A reader's page, if memory has a valid one, so that the most frequent requests need no route.
pub(super) fn cached(app: &App, page: Page, uri: &Uri, accepted: &HeaderMap) -> Option<FromMemory> {
    let started = Instant::now();
    let address = Address::of(page)?;
    let revision = app.tiers.log().revision();
    let answer = app.pages.cached(&PageAsk::page(&address))?;
    let encoding = encoding(&answer.entry, content, accepted);
    let respond = move |app: &App, uri: &Uri, accepted: &HeaderMap| {
        let mut response = respond(&answer, &app.downstream, accepted);
        count_view(app, accepted, &address, &answer);
        if finish(&mut response, started, revision, uri, &address) {
            note_spelling(app, uri, &answer);
        }
        answer
            .entry
            .metrics()
            .took(Source::Memory, started.elapsed());
        response
    };
    Some(FromMemory::after(encoding, (app, uri, accepted), respond))
}

/// A reader's page; also the answer to paths that name no page.
pub(super) async fn page(app: App, page: Option<Page>, request: Request) -> Response {
    let started = Instant::now();
    let uri = request.uri();
    let downstream = &app.downstream;
    let Some(address) = page.and_then(Address::of) else {
        return render(&app, request, None).await;
    };
    if let Err(fault) = catch_up(&app, request.headers()).await {
        return fault.into_response();
    }
    let accepted = request.headers();
    // Read before the answer, which is then right at least up to here.
    let revision = app.tiers.log().revision();
    let answered = app.pages.answer(&PageAsk::page(&address)).await;
    let mut response = match &answered {
        Ok(answer) => {
            count_view(&app, accepted, &address, answer);
            if answer.trail.loaded_for_caller() {
                tally::add(answer.entry.queries());
            }
            let source = answer.trail.source();
            encode(&answer.entry, content, accepted).await;
            answer.entry.metrics().took(source, started.elapsed());
            respond(answer, downstream, accepted)
        }
        Err(failure) => instead(failure, downstream, accepted),
    };
    let is_other = finish(&mut response, started, revision, uri, &address);
    if is_other && let Ok(answer) = &answered {
        note_spelling(&app, uri, answer);
    }
    response
}

/// Adds the headers that all pages have: the time taken, the revision up to which the page is
/// right, its canonical address. Returns whether the request used another spelling of that.
fn finish(
    response: &mut Response,
    started: Instant,
    revision: u64,
    uri: &Uri,
    address: &Address,
) -> bool {
    let headers = response.headers_mut();
    // A script cannot read any other header of its own document.
    let total = metric("total", started.elapsed());
    if let Ok(timing) = format!("{total}, revision;desc=\"{revision}\"").try_into() {
        headers.insert(SERVER_TIMING, timing);
    }
    let is_other = !address.is(uri);
    if is_other && let Ok(link) = format!("<{}>; rel=\"canonical\"", address.as_str()).parse() {
        headers.insert(header::LINK, link);
    }
    is_other
}

/// Counts a view of a row that exists, unless the request only warms.
fn count_view(app: &App, headers: &HeaderMap, address: &Address, answer: &Answer<Pages>) {
    if let Some((schema, id)) = address.row()
        && headers.get("sec-purpose").is_none_or(|it| it != PURPOSE)
        && let Some(catalogue) = catalogue::by_name(schema.catalogue)
        && answer.entry.body.status.is_success()
    {
        app.tiers.origin().count_view(catalogue, id);
    }
}

/// Notes in which spelling the page was asked for; it was not the canonical one.
fn note_spelling(app: &App, uri: &Uri, answer: &Answer<Pages>) {
    if let Some(key) = &answer.entry.body.summary.key {
        let loaded = answer.trail.loaded_for_caller();
        app.spellings
            .note(uri, key, answer.entry.loaded_at(), loaded);
    }
}

/// An admin page that shows what the server has looked up for it.
pub(super) async fn with_insight(
    app: &App,
    session: &Session,
    request: Request,
    insight: Option<Insight>,
) -> Response {
    let visitor = auth::visitor(app, session, request.uri().path()).await;
    let visitor = visitor.map(|visitor| Visitor { insight, ..visitor });
    render(app, request, Some(visitor)).await
}

/// Renders a page that nobody shares, once there is a place for it.
pub(super) async fn render(
    app: &App,
    request: Request,
    visitor: Option<Result<Visitor, Fault>>,
) -> Response {
    let accepted = request.headers().clone();
    let Ok(Ok(_place)) = timeout(PATIENCE, app.own_renders.acquire()).await else {
        return unavailable(&accepted, Fault::Busy);
    };
    match app.pages.origin().render(request, visitor).await {
        Ok(page) => {
            let page = Arc::new(page);
            encode(&page, |page| &page.content, &accepted).await;
            page.respond(&app.downstream, &accepted, None)
        }
        Err(fault) => unavailable(&accepted, fault),
    }
}

/// An admin form again, as it was filled in, for a request that is refused; with what its page shows.
pub(super) async fn refused_form(
    app: &App,
    session: &Session,
    flash: Flash,
    insight: Option<Insight>,
) -> Response {
    let mut request = Request::default();
    match flash.page.parse() {
        Ok(uri) => *request.uri_mut() = uri,
        Err(_) => return Fault::NotFound.into_response(),
    }
    let visitor = auth::visitor(app, session, "").await;
    // Only an account sees what was found.
    let visitor = visitor.map(|visitor| Visitor {
        flash: Some(flash),
        insight: insight.filter(|_| visitor.account.is_some()),
        ..visitor
    });
    let mut response = render(app, request, Some(visitor)).await;
    if !response.status().is_server_error() {
        *response.status_mut() = StatusCode::FORBIDDEN;
    }
    response
}

impl Address {
    /// Whether a request was sent to exactly this address.
    fn is(&self, uri: &Uri) -> bool {
        uri.path_and_query()
            .is_some_and(|sent| sent.as_str() == self.as_str())
    }
}
