//! The resources that a page reads.

use std::{convert::Infallible, sync::Arc};

use leptos::{
    prelude::OnceResource,
    server::codee::{Decoder, Encoder},
};

use crate::{Answered, Fault, FromJson};

/// A page's resource: the value of an answer. It starts to load immediately, so that several load
/// in parallel, and is read by `.await` in a `Suspend`.
pub type PageResource<T> = OnceResource<Result<Arc<T>, Fault>, NotSent>;

/// The resource of a server function's answer.
///
/// ```
/// # use leptos::prelude::*;
/// # use leptos_cached::{Answered, resource};
/// # async fn quotes() -> Answered<Vec<String>> { Err(leptos_cached::Fault::NotFound) }
/// #[component]
/// fn Quotes() -> impl IntoView {
///     let quotes = resource(quotes());
///     Suspend::new(async move {
///         let quotes = quotes.await.unwrap_or_default();
///         view! { <p>{quotes.join("; ")}</p> }
///     })
/// }
/// ```
pub fn resource<T: FromJson>(
    answer: impl Future<Output = Answered<T>> + Send + 'static,
) -> PageResource<T> {
    OnceResource::new_with_options(async move { answer.await?.read() }, false)
}

/// The codec of values that are not sent to the browser: only islands run there, and they fetch
/// what they need. So a page's types need no serialization traits, and the page carries no
/// serialized values.
#[derive(Debug)]
pub struct NotSent;

impl<T> Encoder<T> for NotSent {
    type Error = Infallible;
    type Encoded = String;

    fn encode(_: &T) -> Result<String, Infallible> {
        Ok(String::new())
    }
}

/// The error of decoding a value that was not sent.
#[derive(Debug)]
pub struct Nothing;

impl<T> Decoder<T> for NotSent {
    type Error = Nothing;
    type Encoded = str;

    fn decode(_: &str) -> Result<T, Nothing> {
        Err(Nothing)
    }
}
