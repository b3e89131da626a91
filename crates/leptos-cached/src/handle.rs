//! Serving a server function.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::Request;
use leptos::{
    prelude::{Owner, provide_context},
    reactive::computed::ScopedFuture,
};
use server_fn::{Protocol, ServerFn, axum::AxumServerFnBackend};

use crate::{Fault, Fetch};

/// A server function that can be served by [`handle`]: its client and its error type are this
/// crate's.
pub trait Served:
    ServerFn<
        Client = Fetch,
        Server = AxumServerFnBackend,
        Error = Fault,
        InputStreamError = Fault,
        OutputStreamError = Fault,
    > + 'static
{
}

impl<F> Served for F where
    F: ServerFn<
            Client = Fetch,
            Server = AxumServerFnBackend,
            Error = Fault,
            InputStreamError = Fault,
            OutputStreamError = Fault,
        > + 'static
{
}

/// Answers a request with a server function. `provide` fills the context that the function's body
/// reads; the request's [`Parts`](http::request::Parts) are already there.
///
/// Leptos' own handler looks a function up by the literal path of the request, so it does not find
/// a path that contains an id; it redirects a browser that opens such an address to the page it
/// came from; and it answers every error with 500. Here the router names the function, and its
/// protocol is called directly.
pub async fn handle<F: Served>(request: Request<Body>, provide: impl FnOnce()) -> Response {
    let (parts, body) = request.into_parts();
    let request = Request::from_parts(parts.clone(), body);
    let provide = || {
        provide_context(parts);
        provide();
    };
    let answer = in_context(provide, F::Protocol::run_server(request, F::run_body));
    answer.await.unwrap_or_else(IntoResponse::into_response)
}

/// Runs a future in a new context, which `provide` fills. A server function's body needs one,
/// whether it is served or called as a function.
pub async fn in_context<T>(provide: impl FnOnce(), future: impl Future<Output = T>) -> T {
    let owner = Owner::new();
    let future = owner.with(|| {
        provide();
        ScopedFuture::new(future)
    });
    future.await
}

/// Makes Leptos run futures on tokio. Call it before anything is rendered or answered; later calls
/// have no effect.
pub fn start() {
    // Fails only if it was done before.
    let _ = any_spawner::Executor::init_tokio();
}
