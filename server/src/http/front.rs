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
    Router, extract::Request, http::Method, response::Response, routing::future::RouteFuture,
};
use futures::future::Either;
use site::Route;
use tower::Service;

use super::{
    App,
    api::{self, HEARTH_MIN_REVISION},
    pages,
};

/// The HTTP service: cached answers from memory, then the routes.
#[derive(Clone)]
pub struct Front {
    app: App,
    routes: Router,
}

impl Front {
    pub(super) fn new(app: App, routes: Router) -> Self {
        Self { app, routes }
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
            Route::Admin(_) | Route::Fixed(_) => None,
        }
    }
}

impl Service<Request> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, RouteFuture<Infallible>>;

    // Routes are always ready.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match self.cached(&request) {
            Some(response) => Either::Left(ready(Ok(response))),
            None => Either::Right(self.routes.call(request)),
        }
    }
}
