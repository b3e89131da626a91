//! What is awake around a form that asks.

use std::time::Duration;

use catalogue::normalizer::normalize;
use futures::future::{AbortHandle, abortable};
use leptos::{ev::Event, prelude::*};
use send_wrapper::SendWrapper;
use site::Count;
use web_sys::HtmlFormElement;

use super::form::{contents, form_of, leave, schema_of};
use crate::{functions::count, text::grouped};

/// How long the reader must have paused before the server is asked.
const PAUSE: Duration = Duration::from_millis(250);

/// Sends the GET form in it to its canonical address; as soon as a control changes, if the form says
/// so; and keeps the number on its button. What it needs to know stands in the form, so that no
/// data has to be handed over: reading JSON would take more code than all islands together.
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
                if form_of(&event).is_some_and(|form| follows_changes(&form)) {
                    // The results will say their count themselves.
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

fn send(event: &Event) {
    if form_of(event).and_then(|form| leave(&form)).is_some() {
        event.prevent_default();
    }
}

/// Whether a form is sent when a control changes: always, or where it stands beside the results.
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

/// What a form asks, and how many rows that leaves.
#[derive(Clone, Copy)]
struct Counting {
    /// What the form asked when the reader last paused; nothing before that, and where it is
    /// invalid.
    ask: RwSignal<Option<Count>>,
    /// The form, once something was changed in it; on the server never, where nothing that belongs
    /// to one thread may be left to another.
    form: StoredValue<Option<SendWrapper<HtmlFormElement>>>,
    /// The pause that the reader makes.
    pause: StoredValue<Option<TimeoutHandle>>,
    /// The request that is on its way.
    running: StoredValue<Option<AbortHandle>>,
}

/// What the button shall show.
#[derive(Clone, Copy)]
enum Shown {
    /// So many rows.
    Count(u64),
    /// Nobody knows how many.
    Unknown,
    /// What it shows: another question has overtaken this one.
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

    /// Asks for the count of what a form holds, a pause after the last call.
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

    /// Waits for nothing any more: what is on its way answers an older question. (A resource does
    /// not begin a load before the one that runs has ended.)
    fn stop(self) {
        if let Some(Some(pause)) = self.pause.try_update_value(Option::take) {
            pause.clear();
        }
        if let Some(Some(running)) = self.running.try_update_value(Option::take) {
            running.abort();
        }
    }

    /// Writes on the form's button how many rows there are.
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

/// What the button says.
pub(super) fn label(count: Option<u64>, one: &str, many: &str) -> String {
    match count {
        None => format!("Show {many}"),
        Some(1) => format!("Show 1 {one}"),
        Some(count) => format!("Show {} {many}", grouped(count)),
    }
}
