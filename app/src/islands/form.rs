//! What the forms share: reading their contents and going to their canonical address.

use catalogue::normalizer::{Schema, normalize, view};
use leptos::{prelude::document, wasm_bindgen::JsCast};
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, UrlSearchParams};

use site::links;

/// The form that an event happened in.
pub(super) fn form_of(event: &Event) -> Option<HtmlFormElement> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("form").ok()??.dyn_into().ok()
}

/// The schema of the catalogue that a form queries: its name is the path of the form's action.
pub(super) fn schema_of(form: &HtmlFormElement) -> Option<&'static Schema> {
    catalogue::schema(form.get_attribute("action")?.strip_prefix('/')?)
}

/// The form's contents, as a raw query string.
pub(super) fn contents(form: &HtmlFormElement) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    let pairs = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    pairs.to_string().as_string()
}

/// Goes to the list that the form requests, at its canonical address: equivalent forms then share
/// one address, one history entry and one cached page. Invalid input goes to the server as it is
/// and comes back with a message next to its field.
///
/// `None` if the browser does not cooperate; the form is then submitted the usual way.
pub(super) fn leave(form: &HtmlFormElement) -> Option<()> {
    // A form that was swapped out gets one last change event when its field loses the focus. It no
    // longer requests anything.
    if !form.is_connected() {
        return Some(());
    }
    let raw = contents(form)?;
    let schema = schema_of(form)?;
    let address = match normalize(schema, &raw) {
        Ok(query) => links::list(&query, view(&raw)),
        Err(_) => {
            let filled: Vec<&str> = raw.split('&').filter(|pair| !pair.ends_with('=')).collect();
            format!("/{}?{}", schema.catalogue, filled.join("&"))
        }
    };
    follow(form, &address)
}

/// Clicks a link, which the browser follows unless a script does. It is hidden, so that the
/// navigation can tell it from a link of the page and does not request the shown page again.
fn follow(form: &HtmlFormElement, address: &str) -> Option<()> {
    let link: HtmlElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_attribute("href", address).ok()?;
    link.set_hidden(true);
    form.append_child(&link).ok()?;
    link.click();
    link.remove();
    Some(())
}
