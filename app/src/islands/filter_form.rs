//! The filters of a list.

use std::time::Duration;

use leptos::{ev::Event, prelude::*, task::spawn_local};
use web_sys::HtmlFormElement;

use super::form::{contents, form_of, leave};
use crate::questions::{canonical, count};

/// How long the reader must have paused before the server is asked.
const PAUSE: Duration = Duration::from_millis(250);

/// A GET form whose button says how many rows its filters leave. Beside the results it is sent when
/// a control changes; as a sheet over them it waits for the button.
#[island]
pub fn FilterForm(
    /// The catalogue's name, which is also its path.
    catalogue: String,
    /// Whether it is sent as soon as a control changes, where the results stand beside it.
    live: bool,
    /// How many rows it asks for as it is, where that is known.
    count: Option<u64>,
    /// What one row is called.
    one: String,
    /// What several rows are called.
    many: String,
    /// The controls.
    children: Children,
) -> impl IntoView {
    let action = format!("/{catalogue}");
    let shown = RwSignal::new(count);
    let catalogue = StoredValue::new(catalogue);
    let latest = StoredValue::new(0_u32);
    let ask = counter(catalogue, shown, latest);
    let send = move |event: Event| {
        let gone = form_of(&event).and_then(|form| leave(&form, &catalogue.read_value()));
        if gone.is_some() {
            event.prevent_default();
        }
    };
    let label = move || match shown.get() {
        None => format!("Show {many}"),
        Some(1) => format!("Show 1 {one}"),
        Some(count) => format!("Show {} {many}", grouped(count)),
    };
    view! {
        <form
            class="filters"
            method="get"
            action=action
            on:submit=move |event| send(event.into())
            on:change=move |event| {
                if live && is_beside_results() {
                    // The results will say their count themselves.
                    latest.update_value(|turn| *turn = turn.wrapping_add(1));
                    send(event);
                }
            }
            on:input=move |event| {
                if let Some(form) = form_of(&event) {
                    ask(form);
                }
            }
        >
            {children()}
            <div class="filters-foot">
                <button id="show" class="button" r#type="submit">
                    {label}
                </button>
            </div>
        </form>
    }
}

/// Whether the form stands beside the results, where they follow it at once.
fn is_beside_results() -> bool {
    let wide = window().match_media("(min-width: 900px)").ok().flatten();
    wide.is_some_and(|wide| wide.matches())
}

/// Asks the server for the count of what a form holds, a pause after the last call. `latest` numbers
/// the questions: an answer that was overtaken by another question is not shown.
fn counter(
    catalogue: StoredValue<String>,
    shown: RwSignal<Option<u64>>,
    latest: StoredValue<u32>,
) -> impl Fn(HtmlFormElement) + Copy {
    move |form: HtmlFormElement| {
        let turn = latest.get_value().wrapping_add(1);
        latest.set_value(turn);
        set_timeout(
            move || {
                if latest.try_get_value() != Some(turn) {
                    return;
                }
                let raw = contents(&form).unwrap_or_default();
                let Ok(query) = canonical(&catalogue.read_value(), &raw) else {
                    shown.set(None);
                    return;
                };
                spawn_local(async move {
                    let answer = count(&query).await;
                    if latest.try_get_value() == Some(turn) {
                        shown.set(answer);
                    }
                });
            },
            PAUSE,
        );
    }
}

/// A number with its thousands set apart.
fn grouped(number: u64) -> String {
    match number / 1_000 {
        0 => number.to_string(),
        thousands => format!("{},{:03}", grouped(thousands), number % 1_000),
    }
}
