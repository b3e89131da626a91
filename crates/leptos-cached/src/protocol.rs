//! The protocol of server functions at canonical URLs.

use std::ops::Deref;

use ask::FromUrl;
use http::Method;
use server_fn::Protocol;

use crate::{Answered, Cached, Fault, Fetch, FromJson};

/// The protocol of a server function that takes one ask, a [`FromUrl`], and returns [`Answered`]: a
/// GET of the ask's canonical URL.
///
/// Leptos' own encodings put all arguments into the query of one fixed path and serialize every
/// answer anew. Here the path *and* the query carry the ask, so that it has no second address
/// besides that of the REST API; and the answer is the stored bytes.
#[derive(Debug)]
pub struct Canonical;

#[cfg(feature = "ssr")]
impl<F, T> Protocol<F, Cached<T>, Fetch, server_fn::axum::AxumServerFnBackend, Fault> for Canonical
where
    F: From<F::Target> + Deref<Target: FromUrl> + Send,
    T: FromJson,
{
    const METHOD: Method = Method::GET;

    async fn run_server<B, Answering>(
        request: http::Request<axum::body::Body>,
        body: B,
    ) -> Result<http::Response<axum::body::Body>, Fault>
    where
        B: Fn(F) -> Answering + Send,
        Answering: Future<Output = Answered<T>> + Send,
    {
        let started = std::time::Instant::now();
        // Drops the body, which is unused and could not be held across an await.
        let (request, _) = request.into_parts();
        let query = request.uri.query().unwrap_or_default();
        let ask = F::Target::from_url(request.uri.path(), query)?;
        let answer = body(F::from(ask)).await?;
        let answer = answer.answer();
        crate::encode(answer, crate::Answer::representation, &request.headers).await;
        Ok(crate::respond(answer, &request, started))
    }

    async fn run_client(_: &str, _: F) -> Answered<T> {
        // Never called: on the server, calling the function runs its body.
        Err(Fault::Unavailable)
    }
}

#[cfg(not(feature = "ssr"))]
impl<F, T, S> Protocol<F, Cached<T>, Fetch, S, Fault> for Canonical
where
    S: server_fn::server::Server<Fault>,
    F: From<F::Target> + Deref<Target: FromUrl> + Send,
    T: FromJson,
{
    const METHOD: Method = Method::GET;

    async fn run_server<B, Answering>(_: S::Request, _: B) -> Result<S::Response, Fault>
    where
        B: Fn(F) -> Answering + Send,
        Answering: Future<Output = Answered<T>> + Send,
    {
        // Never called: the browser is never a server.
        Err(Fault::Unavailable)
    }

    async fn run_client(_: &str, ask: F) -> Answered<T> {
        use ask::Ask;

        let url = ask.url().into_owned();
        let json = crate::fetch::send(crate::fetch::Call::get(&url)).await?;
        Cached::of_json(&json)
    }
}
