//! Sends answers that memory has cached before anything is routed.
//!
//! A hit needs no route, session or layer, and most requests are hits. Routing would take longer
//! than answering.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    task::{Context, Poll},
};

use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, Version, header},
    response::Response,
    routing::future::RouteFuture,
};
use futures::{FutureExt, future::BoxFuture, future::Either};
use site::{Fixed, Route};
use tower::Service;
use tracing::Instrument;

use super::{
    App,
    api::{self, HEARTH_MIN_REVISION},
    graphql, pages,
    traced::Traced,
};
use crate::metrics::Requests;

/// The HTTP service: cached answers from memory, then the routes.
#[derive(Clone)]
pub struct Front {
    app: App,
    routes: Router,
    requests: Requests,
    /// Whether requests are traced. That never changes, so nobody else pays for it.
    is_traced: bool,
}

/// A response, now or from the routes.
type Answering = Either<Ready<Result<Response, Infallible>>, RouteFuture<Infallible>>;

impl Front {
    pub(super) fn new(app: App, routes: Router) -> Self {
        Self {
            app,
            routes,
            requests: Requests::new(),
            is_traced: cache::is_traced(),
        }
    }

    fn cached(&self, request: &Request) -> Option<Response> {
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

    fn answer(&mut self, request: Request) -> Answering {
        let is_prefetch = is_prefetch(request.headers());
        let cached = self.cached(&request);
        self.requests.count(is_prefetch, cached.is_some());
        match cached {
            Some(response) => Either::Left(ready(Ok(response))),
            None => Either::Right(self.routes.call(request)),
        }
    }

    /// Answers within a span. Hits are answered in the call, so that must be in it too.
    fn answer_traced(
        &mut self,
        request: Request,
    ) -> BoxFuture<'static, Result<Response, Infallible>> {
        let traced = Traced::new(&request);
        let answering = traced.span().in_scope(|| self.answer(request));
        let answering = answering.instrument(traced.span().clone());
        let answering = async move {
            let response = answering.await?;
            traced.answer(&response);
            Ok(response)
        };
        answering.boxed()
    }

    /// Answers, and asks the client to close the connection (RFC 9112, section 9.6). HTTP/2 has no
    /// such header: there the connection itself says so in the end.
    fn answer_and_close(
        &mut self,
        request: Request,
    ) -> BoxFuture<'static, Result<Response, Infallible>> {
        let asks = request.version() < Version::HTTP_2;
        let answering = self.answer_traced(request);
        let answering = async move {
            let mut response = answering.await?;
            if asks {
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

impl Service<Request> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Answering, BoxFuture<'static, Result<Response, Infallible>>>;

    // Routes are always ready.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if self.app.is_leaving() {
            return Either::Right(self.answer_and_close(request));
        }
        if self.is_traced {
            Either::Right(self.answer_traced(request))
        } else {
            Either::Left(self.answer(request))
        }
    }
}
