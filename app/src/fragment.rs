//! Fragments: parts of a page whose HTML is made once for each value that they show.
//!
//! After an edit a page is rendered again, although most of what it shows is as before. A fragment is a pure function
//! of a value, so its HTML is cached under that value, and only those that show something else are rendered. It needs
//! no rule of validity of its own: the value comes from an answer, which is valid, of the same moment as the page's
//! others, and refreshed at its own interval.

use std::sync::Arc;

use leptos::{prelude::*, tachys::html::InertElement};
use serde::Serialize;

/// Where the HTML of fragments is cached. The server puts it into the context of a page.
pub trait Fragments: Send + Sync + 'static {
    /// The HTML of the fragment with this name for a value, which is given as JSON; `render` makes it if it is not
    /// cached.
    fn html(&self, name: &'static str, value: &[u8], render: &dyn Fn() -> String) -> Arc<str>;
}

/// A part of a page that shows this value and nothing else: `render` is a function, so that it cannot capture anything.
/// It makes one element.
///
/// The HTML is that of the same view without a cache, which a page has if nothing provides [`Fragments`].
pub(crate) fn fragment<T, V>(name: &'static str, value: T, render: fn(&T) -> V) -> AnyView
where
    T: Serialize,
    V: IntoView + 'static,
{
    let fragments = use_context::<Arc<dyn Fragments>>();
    let (Some(fragments), Ok(json)) = (fragments, serde_json::to_vec(&value)) else {
        return render(&value).into_any();
    };
    let html = fragments.html(name, &json, &|| render(&value).into_view().to_html());
    InertElement::new(html.to_string()).into_any()
}
