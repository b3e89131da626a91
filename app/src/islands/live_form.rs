//! The interactive wrapper around a query form.

use std::time::Duration;

use catalogue::normalizer::{Kind, normalize};
use futures::future::{AbortHandle, abortable};
use leptos::{ev::Event, prelude::*, wasm_bindgen::JsCast};
use send_wrapper::SendWrapper;
use site::Count;
use web_sys::{HtmlFormElement, HtmlInputElement};

use super::form::{contents, form_of, leave, schema_of};
use crate::{functions::count, text::grouped};

/// How long the reader must have paused before the server is queried.
const PAUSE: Duration = Duration::from_millis(250);

/// Submits the GET form in it to its canonical address, as soon as a control changes if the form
/// says so, and updates the count on its button. All that it needs is in the form, so that no data
/// must be passed to it: reading JSON would take more code than all islands together.
#[island]
pub fn LiveForm(
    /// The form.
    children: Children,
) -> impl IntoView {
    let counting = Counting::new();
    view! {
        <div
            class="alive"
            on:submit=move |event| send(&event)
            on:change=move |event| {
                untick_opposites(&event);
                if form_of(&event).is_some_and(|form| follows_changes(&form)) {
                    // The results will show their own count.
                    counting.stop();
                    send(&event);
                }
            }
            on:input=move |event| {
                if let Some(form) = form_of(&event) {
                    counting.recount(form);
                }
            }
        >
            {children()}
        </div>
    }
}

/// Unticks what a box that was just ticked excludes: the word for "any", or all others if it is that one.
fn untick_opposites(event: &Event) -> Option<()> {
    let ticked: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let parameter = schema_of(&ticked.form()?)?.parameter(&ticked.name())?;
    let Kind::Choices { any: Some(any), .. } = parameter.kind else {
        return None;
    };
    let boxes = ticked.closest("fieldset").ok()??;
    let boxes = boxes.query_selector_all("input:checked").ok()?;
    let is_any = |input: &HtmlInputElement| input.value() == any;
    for at in 0..boxes.length() {
        let other: HtmlInputElement = boxes.item(at)?.dyn_into().ok()?;
        if ticked.checked() && is_any(&other) != is_any(&ticked) {
            other.set_checked(false);
        }
    }
    Some(())
}

fn send(event: &Event) {
    if form_of(event).and_then(|form| leave(&form)).is_some() {
        event.prevent_default();
    }
}

/// Whether a form is submitted when a control changes: always, or only next to the results.
fn follows_changes(form: &HtmlFormElement) -> bool {
    match form.get_attribute("data-live").as_deref() {
        Some("always") => true,
        Some(_) => {
            let wide = window().match_media("(min-width: 900px)").ok().flatten();
            wide.is_some_and(|wide| wide.matches())
        }
        None => false,
    }
}

/// A form's query, and how many rows it leaves.
#[derive(Clone, Copy)]
struct Counting {
    /// The form's query when the reader last paused; `None` before that, and if it is invalid.
    ask: RwSignal<Option<Count>>,
    /// The form, once something has changed in it. Never set on the server, where a value that
    /// belongs to one thread must not be left to another.
    form: StoredValue<Option<SendWrapper<HtmlFormElement>>>,
    /// The timer of the reader's pause.
    pause: StoredValue<Option<TimeoutHandle>>,
    /// The request in flight.
    running: StoredValue<Option<AbortHandle>>,
}

/// What the button should show.
#[derive(Clone, Copy)]
enum Shown {
    /// This number of rows.
    Count(u64),
    /// The number is unknown.
    Unknown,
    /// What it already shows: a newer query has replaced this one.
    AsBefore,
}

impl Counting {
    fn new() -> Self {
        let counting = Self {
            ask: RwSignal::new(None),
            form: StoredValue::new(None),
            pause: StoredValue::new(None),
            running: StoredValue::new(None),
        };
        let counted = LocalResource::new(move || {
            let ask = counting.ask.get();
            async move {
                let Some(ask) = ask else {
                    return Shown::Unknown;
                };
                let (request, handle) = abortable(count(ask));
                counting.running.set_value(Some(handle));
                match request.await.map(|counted| counted?.read()) {
                    Ok(Ok(counted)) => Shown::Count(counted.count),
                    Ok(Err(_)) => Shown::Unknown,
                    Err(_) => Shown::AsBefore,
                }
            }
        });
        Effect::new(move || match counted.get() {
            Some(Shown::Count(count)) => counting.show(Some(count)),
            Some(Shown::Unknown) => counting.show(None),
            Some(Shown::AsBefore) | None => {}
        });
        counting
    }

    /// Requests the count for a form's contents, one pause after the last call.
    fn recount(self, form: HtmlFormElement) {
        self.stop();
        self.form.set_value(Some(SendWrapper::new(form.clone())));
        let ask = move || {
            let raw = contents(&form).unwrap_or_default();
            let query = schema_of(&form).and_then(|schema| normalize(schema, &raw).ok());
            self.ask.set(query.as_ref().map(Count::of));
        };
        self.pause
            .set_value(set_timeout_with_handle(ask, PAUSE).ok());
    }

    /// Cancels the pause and the request in flight, which is for an older query. (A resource does
    /// not start a load before the running one has ended.)
    fn stop(self) {
        if let Some(Some(pause)) = self.pause.try_update_value(Option::take) {
            pause.clear();
        }
        if let Some(Some(running)) = self.running.try_update_value(Option::take) {
            running.abort();
        }
    }

    /// Shows on the form's button how many rows there are.
    fn show(self, count: Option<u64>) {
        let Some(form) = self.form.get_value() else {
            return;
        };
        let words = ["data-one", "data-many"].map(|name| form.get_attribute(name));
        let button = form.query_selector("[type=submit]").ok().flatten();
        if let ([Some(one), Some(many)], Some(button)) = (words, button) {
            button.set_text_content(Some(&label(count, &one, &many)));
        }
    }
}

/// The button's label.
pub(super) fn label(count: Option<u64>, one: &str, many: &str) -> String {
    match count {
        None => format!("Show {many}"),
        Some(1) => format!("Show 1 {one}"),
        Some(count) => format!("Show {} {many}", grouped(count)),
    }
}
