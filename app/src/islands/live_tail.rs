//! The tail of decisions, live.

use std::collections::VecDeque;

use leptos::{html::Div, prelude::*};
use site::Admin;

use super::live_stream::LiveStream;
use crate::line::Line;

/// How many lines are shown; older ones go.
const SHOWN: usize = 500;

/// The lines of a stream of decisions above those that the page already shows, its children. It can
/// be paused and cleared. Without JavaScript the page's own lines remain.
#[island]
pub fn LiveTail(
    /// The address of the stream.
    events: String,
    /// A list of the lines that the page came with, the newest first.
    children: Children,
) -> impl IntoView {
    let lines = RwSignal::new(VecDeque::<(u64, Line)>::new());
    let dropped = RwSignal::new(0_u64);
    let is_cleared = RwSignal::new(false);
    let list = NodeRef::<Div>::new();
    let stream = LiveStream::new(events, list);
    stream.on("decision", move |data| {
        let Ok(line) = serde_json::from_str(&data) else {
            return;
        };
        lines.update(|lines| {
            let number = lines.front().map_or(0, |(number, _)| number + 1);
            lines.push_front((number, line));
            lines.truncate(SHOWN);
        });
    });
    stream.on("dropped", move |data| {
        let count = data.parse::<u64>().unwrap_or_default();
        dropped.update(|dropped| *dropped += count);
    });
    let clear = move |_| {
        lines.update(VecDeque::clear);
        dropped.set(0);
        is_cleared.set(true);
    };
    let loss = move || match dropped.get() {
        0 => String::new(),
        count => format!("{count} more lines were too many to show"),
    };
    view! {
        <div class="tail">
            <div class="live-bar" hidden=move || stream.is_idle()>
                {stream.controls()}
                <button class="button quiet" r#type="button" on:click=clear>"Clear"</button>
                <p class="muted" role="status">{loss}</p>
            </div>
            <div
                class="lines"
                node_ref=list
                tabindex="0"
                role="region"
                aria-label="Decisions, the newest first"
            >
                <ol hidden=move || lines.with(VecDeque::is_empty)>
                    <For each=move || lines.get() key=|(number, _)| *number let:line>
                        <TailLine line=line.1 />
                    </For>
                </ol>
                <div hidden=move || is_cleared.get()>{children()}</div>
            </div>
        </div>
    }
}

/// One decision; its key leads to the inspector.
#[component]
pub(crate) fn TailLine(
    /// The decision.
    line: Line,
) -> impl IntoView {
    let address = Admin::inspect(&line.url);
    let (clock, reason, took) = (line.clock(), line.reason(), line.took());
    let Line {
        tier, verdict, key, ..
    } = line;
    let kind = verdict.clone();
    view! {
        <li class="line" data-verdict=kind>
            <span class="at">{clock}</span>
            <span class="tier">{tier}</span>
            <span class="verdict">{verdict}</span>
            <a class="key" href=address>{key}</a>
            <span class="why">{reason}</span>
            <span class="took">{took}</span>
        </li>
    }
}
