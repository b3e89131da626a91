//! The screen, which stays on in cook's mode. Browsers end that when the page is hidden; some cannot
//! do it, or refuse to.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::{
    page::{self, Promise},
    strip,
};

// In web-sys these are unstable.
#[wasm_bindgen]
extern "C" {
    type Navigator;

    #[wasm_bindgen(method, getter, js_name = wakeLock)]
    fn wake_lock(this: &Navigator) -> Option<WakeLock>;

    type WakeLock;

    #[wasm_bindgen(method)]
    fn request(this: &WakeLock, what: &str) -> Promise;

    type Lock;

    #[wasm_bindgen(method)]
    fn release(this: &Lock) -> Promise;
}

thread_local! {
    static LOCK: RefCell<Option<Lock>> = const { RefCell::new(None) };
}

/// Keeps the screen on, if this is cook's mode and somebody sees it.
pub(crate) fn keep_on() -> Option<()> {
    let mine = strip::steps()?;
    if page::document()?.hidden() {
        return None;
    }
    let navigator: Navigator = web_sys::window()?.navigator().unchecked_into();
    let locked = navigator.wake_lock()?.request("screen");
    page::when(&locked, move |lock: JsValue| {
        let lock: Lock = lock.unchecked_into();
        // The page may have been left in the meantime.
        if !strip::is(Some(&mine)) {
            lock.release();
            return;
        }
        release();
        LOCK.set(Some(lock));
        if let Some(screen) = page::element("screen") {
            page::write(&screen, "Screen stays on");
        }
    });
    Some(())
}

/// Lets the screen turn off as usual.
pub(crate) fn release() {
    if let Some(lock) = LOCK.take() {
        lock.release();
    }
}
