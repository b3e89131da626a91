//! The protocol of server functions that edit.

use std::ops::Deref;

use http::Method;
use server_fn::Protocol;

use crate::{Fault, Fetch};

/// An edit of the resource at a canonical URL, in REST style: a method on that URL, optionally with
/// a body, and optionally on the condition that nobody else has edited it (`If-Match`).
pub trait Edit: Sized + Send + 'static {
    /// `PATCH`, `DELETE`, …
    const METHOD: Method;

    /// The URL of the resource.
    fn url(&self) -> String;

    /// The JSON that is sent as the body, if any.
    fn body(&self) -> Option<String> {
        None
    }

    /// The version that is edited, as the value of `If-Match`, if any.
    fn if_match(&self) -> Option<String> {
        None
    }

    /// Reads the edit from a request.
    ///
    /// # Errors
    /// If the request is not such an edit, or its body or condition cannot be read.
    #[cfg(feature = "ssr")]
    fn from_request(request: &http::request::Parts, body: &[u8]) -> Result<Self, Fault>;
}

/// The protocol of a server function that takes one [`Edit`] and returns its response (on the
/// server, an `IntoResponse`).
#[derive(Debug)]
pub struct Editing;

/// The largest accepted body of an edit, in bytes.
#[cfg(feature = "ssr")]
pub const BODY_LIMIT: usize = 1 << 20;

#[cfg(feature = "ssr")]
impl<F, T> Protocol<F, T, Fetch, server_fn::axum::AxumServerFnBackend, Fault> for Editing
where
    F: From<F::Target> + Deref<Target: Edit> + Send,
    T: axum::response::IntoResponse + Send,
{
    const METHOD: Method = <F::Target as Edit>::METHOD;

    async fn run_server<B, Answering>(
        request: http::Request<axum::body::Body>,
        body: B,
    ) -> Result<http::Response<axum::body::Body>, Fault>
    where
        B: Fn(F) -> Answering + Send,
        Answering: Future<Output = Result<T, Fault>> + Send,
    {
        let (request, sent) = request.into_parts();
        let sent = axum::body::to_bytes(sent, BODY_LIMIT)
            .await
            // A client that disconnects while sending fails here too, but gets no response anyway.
            .map_err(|_| Fault::TooLarge)?;
        let edit = F::Target::from_request(&request, &sent)?;
        Ok(body(F::from(edit)).await?.into_response())
    }

    async fn run_client(_: &str, _: F) -> Result<T, Fault> {
        Err(Fault::Unavailable)
    }
}

#[cfg(not(feature = "ssr"))]
impl<F, T, S> Protocol<F, T, Fetch, S, Fault> for Editing
where
    S: server_fn::server::Server<Fault>,
    F: From<F::Target> + Deref<Target: Edit> + Send,
    T: crate::FromJson,
{
    const METHOD: Method = <F::Target as Edit>::METHOD;

    async fn run_server<B, Answering>(_: S::Request, _: B) -> Result<S::Response, Fault>
    where
        B: Fn(F) -> Answering + Send,
        Answering: Future<Output = Result<T, Fault>> + Send,
    {
        Err(Fault::Unavailable)
    }

    async fn run_client(_: &str, edit: F) -> Result<T, Fault> {
        let call = crate::fetch::Call {
            method: <F::Target as Edit>::METHOD,
            url: edit.url(),
            body: edit.body(),
            if_match: edit.if_match(),
        };
        let json = crate::fetch::send(call).await?;
        T::from_json(&json).map_err(|_| Fault::Unavailable)
    }
}
