//! The strip of steps in cook's mode. The steps, the links between them and the way that it snaps
//! are the page's; swiping is the browser's.

use std::cell::RefCell;

use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollBehavior, ScrollToOptions};

use crate::page;

/// For how long the strip may be on its way to a step, in milliseconds.
const MOVING: f64 = 500.0;

thread_local! {
    static SHOWN: RefCell<Option<Strip>> = const { RefCell::new(None) };
}

struct Strip {
    steps: HtmlElement,
    /// The place of the step that it moves to, and until when.
    aim: Option<(i32, f64)>,
}

/// Whether this is the strip on the page, or neither is there.
pub(crate) fn is(steps: Option<&HtmlElement>) -> bool {
    SHOWN.with_borrow(|shown| shown.as_ref().map(|it| &it.steps) == steps)
}

/// The strip on the page, in cook's mode.
pub(crate) fn steps() -> Option<HtmlElement> {
    SHOWN.with_borrow(|shown| shown.as_ref().map(|it| it.steps.clone()))
}

/// Begins with the strip of a page, if it has one.
pub(crate) fn enter(steps: Option<HtmlElement>) {
    if let Some(steps) = &steps {
        // After a reload, browsers go to a place in the page, but not to one in a strip.
        return_to(steps);
    }
    SHOWN.set(steps.map(|steps| Strip { steps, aim: None }));
}

fn return_to(steps: &Element) -> Option<()> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let place = place_of(&hash)?;
    steps.children().item(place.try_into().ok()?)?;
    let options = ScrollToOptions::new();
    options.set_left(f64::from(place * steps.client_width()));
    options.set_behavior(ScrollBehavior::Instant);
    steps.scroll_to_with_scroll_to_options(&options);
    Some(())
}

/// The place of the step that a fragment names; the first one is at 0.
fn place_of(fragment: &str) -> Option<i32> {
    let number: i32 = fragment.strip_prefix("#step-")?.parse().ok()?;
    number.checked_sub(1)
}

/// The place of the step on screen, in cook's mode.
pub(crate) fn place() -> Option<i32> {
    SHOWN.with_borrow(|shown| {
        let Strip { steps, aim } = shown.as_ref()?;
        match aim {
            // Pressing a key twice goes two steps, even while the strip is still moving.
            Some((place, until)) if Date::now() < *until => Some(*place),
            _ => {
                let width = steps.client_width().max(1);
                Some((steps.scroll_left() + width / 2) / width)
            }
        }
    })
}

/// Moves the strip to a step; `None` if there is none at that place.
pub(crate) fn go(place: i32) -> Option<()> {
    let steps = steps()?;
    let step = steps.children().item(place.try_into().ok()?)?;
    steps.set_scroll_left(place * steps.client_width());
    SHOWN.with_borrow_mut(|shown| {
        if let Some(shown) = shown {
            shown.aim = Some((place, Date::now() + MOVING));
        }
    });
    page::replace_address(&format!("#{}", step.id()));
    let part = |selector| page::within(&step, selector).map_or(String::new(), |it| page::text(&it));
    page::say(&format!("{}. {}", part("h2"), part("p")));
    Some(())
}

/// Follows a link from step to step.
pub(crate) fn clicked(target: &Element) -> Option<()> {
    let link = target.closest("a[href^='#step-']").ok()??;
    let place = place_of(&link.get_attribute("href")?)?;
    go(place)?;
    // The focus goes on to the same link of that step, or to its only one.
    let step = steps()?.children().item(place.try_into().ok()?)?;
    let before = link.closest(".before").ok().flatten();
    let same = before.and_then(|_| page::within(&step, ".before"));
    let next = same.or_else(|| page::within(&step, ".after"));
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = next?
        .dyn_into::<HtmlElement>()
        .ok()?
        .focus_with_options(&options);
    Some(())
}
