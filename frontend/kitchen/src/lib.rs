//! The WebAssembly entry point of recipes' pages, beside the readers' one: other amounts in place,
//! and cook's mode by keys, with timers and a screen that stays on.
//!
//! A program of its own, because no other page needs it; and without the islands' framework, which
//! would be most of it. The page is the server's, and works without it: it changes texts and
//! attributes of what is there. `assets/navigation/programs.js` starts it when the first recipe
//! arrives, and it looks at every page that arrives from then on.

mod amounts;
mod page;
mod screen;
mod strip;
mod timers;

use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
use web_sys::{Element, Event, KeyboardEvent, MouseEvent};

#[wasm_bindgen(start)]
fn start() {
    let (Some(window), Some(document)) = (web_sys::window(), page::document()) else {
        return;
    };
    page::listen(&document, "hearth:arrive", |_| arrived());
    page::listen(&document, "visibilitychange", |_| {
        screen::keep_on();
    });
    page::listen(&document, "change", amounts::changed);
    page::listen(&document, "submit", amounts::submitted);
    page::listen(&document, "click", clicked);
    page::listen(&window, "keydown", |event| {
        pressed(event);
    });
    arrived();
}

/// Looks at the page that has arrived, or at its newer version.
fn arrived() {
    amounts::arrived();
    let steps = page::element("steps");
    if strip::is(steps.as_ref()) {
        // They may have been replaced by the newer version's.
        timers::draw();
        return;
    }
    timers::clear();
    screen::release();
    strip::enter(steps);
    screen::keep_on();
}

fn clicked(event: &Event) {
    let is_plain = event.dyn_ref::<MouseEvent>().is_some_and(|mouse| {
        let with_key = mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key();
        mouse.button() == 0 && !with_key
    });
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let Some(target) = target.filter(|_| is_plain) else {
        return;
    };
    timers::clicked(&target);
    // The navigation follows no link that is followed here.
    if amounts::clicked(&target).is_some() || strip::clicked(&target).is_some() {
        event.prevent_default();
    }
}

/// Keys are cook's mode's only.
fn pressed(event: &Event) -> Option<()> {
    let key: &KeyboardEvent = event.dyn_ref()?;
    let with_key = key.ctrl_key() || key.meta_key() || key.alt_key();
    let place = strip::place().filter(|_| !with_key && !event.default_prevented())?;
    match &*key.key() {
        "ArrowRight" => strip::go(place + 1)?,
        "ArrowLeft" => strip::go(place - 1)?,
        "Escape" => page::element("leave")?.click(),
        _ => return None,
    }
    event.prevent_default();
    Some(())
}
