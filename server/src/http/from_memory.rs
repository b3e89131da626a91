//! Responses with what memory has cached, made without any route.

use axum::{
    http::{HeaderMap, Uri},
    response::Response,
};
use futures::{FutureExt, future::BoxFuture};

use super::App;

/// The response with an answer that memory has cached.
pub(super) enum FromMemory {
    /// It can be sent.
    Now(Response),
    /// It has to be encoded first, as nobody has asked for this coding of it yet.
    Soon(BoxFuture<'static, Response>),
}

impl FromMemory {
    /// The response that `respond` makes once the encoding, if there is one, is done.
    pub(super) fn after(
        encoding: Option<impl Future<Output = ()> + Send + 'static>,
        (app, uri, headers): (&App, &Uri, &HeaderMap),
        respond: impl FnOnce(&App, &Uri, &HeaderMap) -> Response + Send + 'static,
    ) -> Self {
        let Some(encoding) = encoding else {
            return Self::Now(respond(app, uri, headers));
        };
        let (app, uri, headers) = (app.clone(), uri.clone(), headers.clone());
        let soon = async move {
            encoding.await;
            respond(&app, &uri, &headers)
        };
        Self::Soon(soon.boxed())
    }
}
