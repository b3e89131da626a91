//! The document, as far as it is needed here.
//!
//! What is looked for may be missing, because the page may be of another build: then nothing happens.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{Document, Element, Event, EventTarget, HtmlElement};

#[wasm_bindgen]
extern "C" {
    /// A promise. Futures would be made of them by two kilobytes of code.
    pub(crate) type Promise;

    #[wasm_bindgen(method)]
    fn then(this: &Promise, done: &Function, refused: &Function) -> Promise;
}

pub(crate) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The element with this id.
pub(crate) fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The first element in another one that a selector finds.
pub(crate) fn within(element: &Element, selector: &str) -> Option<HtmlElement> {
    element.query_selector(selector).ok()??.dyn_into().ok()
}

/// The text of an element.
pub(crate) fn text(element: &Element) -> String {
    element.text_content().unwrap_or_default()
}

/// Gives an element a text. A text that it has stays as it is, with what a reader has selected of it.
pub(crate) fn write(element: &Element, text: &str) {
    if self::text(element) != text {
        element.set_text_content(Some(text));
    }
}

/// Gives an element an attribute, or removes it.
pub(crate) fn set(element: &Element, name: &str, value: Option<&str>) {
    // Names that are valid cannot be refused.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Handles an event for as long as the document is there. In the capture phase: the navigation,
/// which listens too, then sees whether it has been handled.
pub(crate) fn listen(to: &EventTarget, kind: &str, handle: fn(&Event)) {
    let listener = callback(move |event| handle(event.unchecked_ref()));
    let _ = to.add_event_listener_with_callback_and_bool(kind, &listener, true);
}

/// Calls back at an interval, until that is [cleared](clear_interval).
pub(crate) fn interval(milliseconds: i32, call: fn()) -> Option<i32> {
    let call = callback(move |_| call());
    let window = web_sys::window()?;
    let handle = window.set_interval_with_callback_and_timeout_and_arguments_0(&call, milliseconds);
    handle.ok()
}

pub(crate) fn clear_interval(handle: i32) {
    if let Some(window) = web_sys::window() {
        window.clear_interval_with_handle(handle);
    }
}

/// Calls back with what a promise brings; not if the browser refuses it.
pub(crate) fn when(promise: &Promise, call: impl Fn(JsValue) + 'static) {
    promise.then(&callback(call), &callback(|_| {}));
}

/// A function of the browser. All are of one type, because each one takes code.
fn callback(call: impl Fn(JsValue) + 'static) -> Function {
    let call = Closure::<dyn Fn(JsValue)>::new(call);
    call.into_js_value().unchecked_into()
}

/// Makes the address bar show another address of this page, in the same entry of the history.
pub(crate) fn replace_address(address: &str) {
    let replaced = || {
        let history = web_sys::window()?.history().ok()?;
        let state = history.state().ok()?;
        // A browser may refuse if there were too many: then it shows the next one.
        history
            .replace_state_with_url(&state, "", Some(address))
            .ok()
    };
    let _: Option<()> = replaced();
}

/// Says something to who cannot see what has changed in cook's mode.
pub(crate) fn say(text: &str) {
    if let Some(said) = element("said") {
        said.set_text_content(Some(text));
    }
}
