//! What the forms share: reading themselves and leaving for their canonical address.

use catalogue::normalizer::{Schema, normalize, view};
use leptos::{prelude::document, wasm_bindgen::JsCast};
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, UrlSearchParams};

use site::links;

/// The form that an event happened in.
pub(super) fn form_of(event: &Event) -> Option<HtmlFormElement> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("form").ok()??.dyn_into().ok()
}

/// The schema of the catalogue that a form asks: its name is the path that the form leads to.
pub(super) fn schema_of(form: &HtmlFormElement) -> Option<&'static Schema> {
    catalogue::schema(form.get_attribute("action")?.strip_prefix('/')?)
}

/// What the form holds, as a raw query string.
pub(super) fn contents(form: &HtmlFormElement) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    let pairs = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    pairs.to_string().as_string()
}

/// Goes to the list that the form asks for, by its canonical address: what means the same is then
/// one address, one history entry and one remembered page. What cannot be meant goes to the server as
/// it is and comes back with a message by its field.
///
/// `None` where the browser does not play along; the form is then sent the usual way.
pub(super) fn leave(form: &HtmlFormElement) -> Option<()> {
    // A form that was swapped out has a last change when its field loses the focus. It asks nothing any more.
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

/// Clicks a link, which the browser follows if nobody else does. It is hidden: that is how navigation
/// tells it from a link of the page, and does not ask again for what is shown already.
fn follow(form: &HtmlFormElement, address: &str) -> Option<()> {
    let link: HtmlElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_attribute("href", address).ok()?;
    link.set_hidden(true);
    form.append_child(&link).ok()?;
    link.click();
    link.remove();
    Some(())
}
