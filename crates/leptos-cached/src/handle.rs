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

/// A server function that can be served by [`handle`]: its client and its faults are this crate's.
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

/// Answers a request by a server function. `provide` puts into its context what its body takes from
/// there; the request's own [`Parts`](http::request::Parts) are there already.
///
/// Leptos' own handler looks a function up by the literal path of the request, so a path with an id
/// in it is none; it redirects a browser that opens such an address to the page it came from; and
/// it answers every error with 500. So the router names the function here, and its protocol is
/// called for itself.
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

/// Runs a future in a context of its own, which a server function's body, called as a function,
/// needs as well as one that is served.
pub async fn in_context<T>(provide: impl FnOnce(), future: impl Future<Output = T>) -> T {
    let owner = Owner::new();
    let future = owner.with(|| {
        provide();
        ScopedFuture::new(future)
    });
    future.await
}

/// Readies Leptos to run futures on tokio, once; before anything is rendered or answered.
pub fn start() {
    // Who comes second finds it done.
    let _ = any_spawner::Executor::init_tokio();
}
