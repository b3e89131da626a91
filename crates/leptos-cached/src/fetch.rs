//! The browser's side: one `fetch`.
//!
//! Leptos' own client also supports forms, streams and sockets, which the two protocols here never
//! use but every reader would download. Both call [`send`]; everything else in the traits is
//! refused.

use bytes::Bytes;
use futures::{Sink, Stream, sink, stream};
use http::Method;
use server_fn::{client::Client, request::ClientReq, response::ClientRes};

use crate::Fault;

/// The client of server functions at canonical URLs.
#[derive(Debug)]
pub struct Fetch;

/// A request or a response of [`Fetch`] that is never made.
#[derive(Debug)]
pub enum Never {}

impl Client<Fault> for Fetch {
    type Request = Never;
    type Response = Never;

    async fn send(request: Never) -> Result<Never, Fault> {
        match request {}
    }

    async fn open_websocket(
        _: &str,
    ) -> Result<
        (
            impl Stream<Item = Result<Bytes, Bytes>> + Send + 'static,
            impl Sink<Bytes> + Send + 'static,
        ),
        Fault,
    > {
        Err::<(stream::Empty<_>, sink::Drain<_>), _>(Fault::Unavailable)
    }

    fn spawn(_: impl Future<Output = ()> + Send + 'static) {}
}

impl ClientReq<Fault> for Never {
    type FormData = ();

    fn try_new_req_query(_: &str, _: &str, _: &str, _: &str, _: Method) -> Result<Self, Fault> {
        Err(Fault::Unavailable)
    }

    fn try_new_req_text(_: &str, _: &str, _: &str, _: String, _: Method) -> Result<Self, Fault> {
        Err(Fault::Unavailable)
    }

    fn try_new_req_bytes(_: &str, _: &str, _: &str, _: Bytes, _: Method) -> Result<Self, Fault> {
        Err(Fault::Unavailable)
    }

    fn try_new_req_form_data(_: &str, _: &str, _: &str, (): (), _: Method) -> Result<Self, Fault> {
        Err(Fault::Unavailable)
    }

    fn try_new_req_multipart(_: &str, _: &str, (): (), _: Method) -> Result<Self, Fault> {
        Err(Fault::Unavailable)
    }

    fn try_new_req_streaming(
        _: &str,
        _: &str,
        _: &str,
        _: impl Stream<Item = Bytes> + Send + 'static,
        _: Method,
    ) -> Result<Self, Fault> {
        Err(Fault::Unavailable)
    }
}

impl ClientRes<Fault> for Never {
    async fn try_into_string(self) -> Result<String, Fault> {
        match self {}
    }

    async fn try_into_bytes(self) -> Result<Bytes, Fault> {
        match self {}
    }

    fn try_into_stream(
        self,
    ) -> Result<impl Stream<Item = Result<Bytes, Bytes>> + Send + Sync + 'static, Fault> {
        // Never called, because `Never` has no values; but the stream needs a concrete type.
        Ok(stream::empty())
    }

    fn status(&self) -> u16 {
        match *self {}
    }

    fn status_text(&self) -> String {
        match *self {}
    }

    fn location(&self) -> String {
        match *self {}
    }

    fn has_redirect(&self) -> bool {
        match *self {}
    }
}

/// A request to send.
#[cfg(not(feature = "ssr"))]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) body: Option<String>,
    pub(crate) if_match: Option<String>,
}

#[cfg(not(feature = "ssr"))]
impl Call {
    /// A GET request.
    pub(crate) fn get(url: &str) -> Self {
        Self {
            method: Method::GET,
            url: url.to_owned(),
            body: None,
            if_match: None,
        }
    }
}

#[cfg(all(not(feature = "ssr"), not(target_family = "wasm")))]
pub(crate) async fn send(_: Call) -> Result<String, Fault> {
    Err(Fault::Unavailable)
}

#[cfg(all(not(feature = "ssr"), target_family = "wasm"))]
pub(crate) use browser::send;

#[cfg(all(not(feature = "ssr"), target_family = "wasm"))]
mod browser {
    use send_wrapper::SendWrapper;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{AbortController, AbortSignal, Headers, RequestInit, Response, window};

    use super::Call;
    use crate::Fault;

    /// Sends a request and returns the text of its response. Dropping the future aborts the
    /// request.
    pub(crate) fn send(call: Call) -> impl Future<Output = Result<String, Fault>> + Send {
        SendWrapper::new(async move {
            let controller = AbortController::new().map_err(|_| Fault::Unavailable)?;
            let signal = controller.signal();
            let _abort = AbortOnDrop(controller);
            let text = fetch(&call, &signal).await;
            text.unwrap_or(Err(Fault::Unavailable))
        })
    }

    async fn fetch(call: &Call, signal: &AbortSignal) -> Result<Result<String, Fault>, JsValue> {
        let init = RequestInit::new();
        init.set_method(call.method.as_str());
        init.set_signal(Some(signal));
        if let Some(body) = &call.body {
            init.set_body(&body.into());
        }
        if let Some(version) = &call.if_match {
            let headers = Headers::new()?;
            headers.set("if-match", version)?;
            init.set_headers(&headers);
        }
        let window = window().ok_or(JsValue::UNDEFINED)?;
        let response = JsFuture::from(window.fetch_with_str_and_init(&call.url, &init)).await?;
        let response: Response = response.dyn_into()?;
        if !response.ok() {
            return Ok(Err(Fault::of_status(response.status())));
        }
        let text = JsFuture::from(response.text()?).await?;
        Ok(text.as_string().ok_or(Fault::Unavailable))
    }

    struct AbortOnDrop(AbortController);

    impl Drop for AbortOnDrop {
        fn drop(&mut self) {
            self.0.abort();
        }
    }
}
