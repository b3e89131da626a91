//! What is awake around a form that asks.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use catalogue::normalizer::normalize;
use leptos::{ev::Event, prelude::*, task::spawn_local};
use web_sys::HtmlFormElement;

use super::form::{contents, form_of, leave, schema_of};
use crate::{questions::count, text::grouped};

/// How long the reader must have paused before the server is asked.
const PAUSE: Duration = Duration::from_millis(250);

/// Numbers the questions: an answer that was overtaken by another question is not shown.
static LATEST: AtomicU32 = AtomicU32::new(0);

/// Sends the GET form in it to its canonical address; as soon as a control changes, if the form says
/// so; and keeps the number on its button. What it needs to know stands in the form, so that no
/// data has to be handed over: reading JSON would take more code than all islands together.
#[island]
pub fn LiveForm(
    /// The form.
    children: Children,
) -> impl IntoView {
    view! {
        <div
            class="alive"
            on:submit=move |event| send(&event)
            on:change=move |event| {
                if form_of(&event).is_some_and(|form| follows_changes(&form)) {
                    // The results will say their count themselves.
                    LATEST.fetch_add(1, Ordering::Relaxed);
                    send(&event);
                }
            }
            on:input=move |event| {
                if let Some(form) = form_of(&event) {
                    recount(form);
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

/// Asks the server for the count of what a form holds, a pause after the last call, and writes it
/// on the form's button.
fn recount(form: HtmlFormElement) {
    let (Some(one), Some(many)) = (
        form.get_attribute("data-one"),
        form.get_attribute("data-many"),
    ) else {
        return;
    };
    let turn = LATEST.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
    let is_latest = move || LATEST.load(Ordering::Relaxed) == turn;
    let show = move |form: &HtmlFormElement, count| {
        let button = form.query_selector("[type=submit]").ok().flatten();
        if let Some(button) = button.filter(|_| is_latest()) {
            button.set_text_content(Some(&label(count, &one, &many)));
        }
    };
    set_timeout(
        move || {
            if !is_latest() {
                return;
            }
            let raw = contents(&form).unwrap_or_default();
            let query = schema_of(&form).and_then(|schema| normalize(schema, &raw).ok());
            let Some(query) = query else {
                show(&form, None);
                return;
            };
            spawn_local(async move { show(&form, count(&query).await) });
        },
        PAUSE,
    );
}

/// What the button says.
pub(super) fn label(count: Option<u64>, one: &str, many: &str) -> String {
    match count {
        None => format!("Show {many}"),
        Some(1) => format!("Show 1 {one}"),
        Some(count) => format!("Show {} {many}", grouped(count)),
    }
}
