//! Sends answers that memory has cached before anything is routed.
//!
//! A hit needs no route, session or layer, and most requests are hits. Routing would take longer
//! than answering.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    net::IpAddr,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};

use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, Version, header},
    response::Response,
};
use futures::{FutureExt, future::BoxFuture, future::Either};
use site::{Fixed, Route};
use tower::Service;
use tracing::{Instrument, info_span};

use super::{
    App,
    access::{AccessLog, RequestId},
    api::{self, HEARTH_MIN_REVISION},
    client::Client,
    from_memory::FromMemory,
    graphql, pages,
    traced::Traced,
};
use crate::{answers::after_panic, metrics::Requests};

/// The HTTP service: cached answers from memory, then the routes.
#[derive(Clone)]
pub struct Front {
    app: App,
    routes: Router,
    requests: Requests,
    access: Arc<AccessLog>,
    /// Whether requests are traced. That never changes, so nobody else pays for it.
    is_traced: bool,
}

/// A response, now or from the routes.
pub type Answering =
    Either<Ready<Result<Response, Infallible>>, BoxFuture<'static, Result<Response, Infallible>>>;

impl Front {
    pub(super) fn new(app: App, routes: Router) -> Self {
        Self {
            app,
            routes,
            requests: Requests::new(),
            access: Arc::new(AccessLog::new()),
            is_traced: cache::is_traced(),
        }
    }

    /// The application behind it.
    pub(super) fn app(&self) -> &App {
        &self.app
    }

    /// Answers a request of a client with this address, if that is known.
    pub(super) fn answer(&self, request: Request, address: Option<IpAddr>) -> Answering {
        if self.is_traced || self.app.is_leaving() {
            Either::Right(self.answer_with_care(request, address))
        } else {
            self.answer_untraced(request, address)
        }
    }

    fn answer_untraced(&self, mut request: Request, address: Option<IpAddr>) -> Answering {
        let began = Instant::now();
        let id = RequestId::of(request.headers());
        let is_prefetch = is_prefetch(request.headers());
        // What the routes do is guarded by a layer of theirs.
        let cached = catch_unwind(AssertUnwindSafe(|| self.cached(&request)));
        let cached = cached.unwrap_or_else(|panic| Some(FromMemory::Now(after_panic(panic))));
        self.requests.count(is_prefetch, cached.is_some());
        let answering = match cached {
            Some(FromMemory::Now(mut response)) => {
                id.mark(&mut response);
                self.access.hit(&request, &id, began, &response);
                return Either::Left(ready(Ok(response)));
            }
            Some(FromMemory::Soon(answering)) => Some(answering),
            None => None,
        };
        let access = self.access.begin(&request, &id, began);
        let span = info_span!("request", id = id.as_str());
        let answering = answering.map_or_else(
            || {
                request.extensions_mut().insert(Client { address });
                Either::Left(self.routes.clone().call(request))
            },
            |answering| Either::Right(answering.map(Ok)),
        );
        let answering = async move {
            let mut response = answering.await?;
            id.mark(&mut response);
            if let Some(access) = access {
                access.end(&response);
            }
            Ok(response)
        };
        Either::Right(answering.instrument(span).boxed())
    }

    fn cached(&self, request: &Request) -> Option<FromMemory> {
        let (uri, headers) = (request.uri(), request.headers());
        // HEAD is a GET whose body the routes remove. A client that has seen an edit elsewhere, or
        // heard of one, may have to wait for it here.
        if request.method() != Method::GET || headers.contains_key(HEARTH_MIN_REVISION) {
            return None;
        }
        match Route::parse(uri.path(), uri.query().unwrap_or_default()).ok()? {
            Route::Ask(ask) => api::cached(&self.app, &ask, uri, headers),
            Route::Page(page) => pages::cached(&self.app, page, uri, headers),
            Route::Fixed(Fixed::Graphql) => graphql::cached(&self.app, uri, headers),
            Route::Admin(_) | Route::Fixed(_) => None,
        }
    }

    /// Answers within a span, if requests are traced. Hits are answered in the call, so that must be in
    /// it too. A node that is about to stop asks the client to close the connection (RFC 9112, section
    /// 9.6). HTTP/2 has no such header: there the connection itself says so in the end.
    fn answer_with_care(
        &self,
        request: Request,
        address: Option<IpAddr>,
    ) -> BoxFuture<'static, Result<Response, Infallible>> {
        let closes = self.app.is_leaving() && request.version() < Version::HTTP_2;
        let traced = Traced::new(&request);
        let answering = traced
            .span()
            .in_scope(|| self.answer_untraced(request, address));
        let answering = answering.instrument(traced.span().clone());
        let answering = async move {
            let mut response = answering.await?;
            traced.answer(&response);
            if closes {
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(header::CONNECTION, close);
            }
            Ok(response)
        };
        answering.boxed()
    }
}

/// Whether a browser makes this request in advance (Fetch Standard, `Sec-Purpose`).
fn is_prefetch(headers: &HeaderMap) -> bool {
    let purpose = headers.get("sec-purpose");
    purpose.is_some_and(|purpose| purpose.as_bytes().starts_with(b"prefetch"))
}

/// For requests that come by no connection.
impl Service<Request> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = Answering;

    // Routes are always ready.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        self.answer(request, None)
    }
}
