//! The tail of decisions, live.

use std::collections::VecDeque;

use leptos::{
    html::Div,
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
};
use send_wrapper::SendWrapper;
use site::Admin;
use web_sys::{EventSource, MessageEvent};

use crate::line::Line;

/// How many lines are shown; older ones go.
const SHOWN: usize = 500;

/// What the stream is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Connecting,
    Live,
    Paused,
    /// The server refused the stream, or has ended.
    Closed,
}

/// The lines of a stream of decisions above those that the page already shows, its children. It can
/// be paused and cleared. Without JavaScript the page's own lines remain.
#[island]
pub fn LiveTail(
    /// The address of the stream.
    events: String,
    /// A list of the lines that the page came with, the newest first.
    children: Children,
) -> impl IntoView {
    let state = RwSignal::new(None);
    let lines = RwSignal::new(VecDeque::<(u64, Line)>::new());
    let dropped = RwSignal::new(0_u64);
    let is_cleared = RwSignal::new(false);
    let stream = StoredValue::new(None::<SendWrapper<EventSource>>);
    let list = NodeRef::<Div>::new();

    let stop = move || {
        stream.update_value(|stream| {
            if let Some(open) = stream.take() {
                open.close();
            }
        });
    };
    let follow = move || {
        stop();
        state.set(Some(State::Connecting));
        let tail = Tail {
            state,
            lines,
            dropped,
            list,
        };
        let opened = tail.open(&events).map(SendWrapper::new);
        if opened.is_none() {
            state.set(Some(State::Closed));
        }
        stream.set_value(opened);
    };
    // Effects run in the browser only.
    let begin = follow.clone();
    Effect::new(move |_| begin());
    on_cleanup(stop);

    let toggle = move |_| match state.get_untracked() {
        Some(State::Paused | State::Closed) => follow(),
        _ => {
            stop();
            state.set(Some(State::Paused));
        }
    };
    let clear = move |_| {
        lines.update(VecDeque::clear);
        dropped.set(0);
        is_cleared.set(true);
    };
    let word = move || match state.get() {
        None => "",
        Some(State::Connecting) => "Connecting …",
        Some(State::Live) => "Live",
        Some(State::Paused) => "Paused",
        Some(State::Closed) => {
            "The stream has ended. Too many may be watching, or the server was stopped."
        }
    };
    let action = move || match state.get() {
        Some(State::Paused | State::Closed) => "Continue",
        _ => "Pause",
    };
    let loss = move || match dropped.get() {
        0 => String::new(),
        count => format!("{count} more lines were too many to show"),
    };
    view! {
        <div class="tail">
            <div class="tail-bar" hidden=move || state.get().is_none()>
                <p class="tail-state" class:live=move || state.get() == Some(State::Live) role="status">
                    {word}
                </p>
                <p class="muted" role="status">{loss}</p>
                <button class="button quiet" r#type="button" on:click=toggle>{action}</button>
                <button class="button quiet" r#type="button" on:click=clear>"Clear"</button>
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

/// What the stream's events change.
#[derive(Clone, Copy)]
struct Tail {
    state: RwSignal<Option<State>>,
    lines: RwSignal<VecDeque<(u64, Line)>>,
    dropped: RwSignal<u64>,
    list: NodeRef<Div>,
}

impl Tail {
    /// Opens the stream; `None` if the browser cannot.
    fn open(self, address: &str) -> Option<EventSource> {
        let source = EventSource::new(address).ok()?;
        self.on(&source, "open", move |_, _| {
            self.state.set(Some(State::Live));
        });
        self.on(&source, "decision", move |_, event| {
            if let Some(line) = read(event) {
                self.add(line);
            }
        });
        self.on(&source, "dropped", move |_, event| {
            let count = event
                .data()
                .as_string()
                .and_then(|count| count.parse::<u64>().ok());
            self.dropped
                .update(|dropped| *dropped += count.unwrap_or_default());
        });
        self.on(&source, "error", move |source, _| {
            // The browser connects again by itself, unless the server has refused.
            let is_over = source.ready_state() == EventSource::CLOSED;
            let state = if is_over {
                State::Closed
            } else {
                State::Connecting
            };
            self.state.set(Some(state));
        });
        // Sent now and then, so that a stream of a page that is gone ends.
        self.on(&source, "beat", |_, _| {});
        Some(source)
    }

    /// Handles an event for as long as the list is on the page.
    fn on(
        self,
        source: &EventSource,
        event: &str,
        handle: impl Fn(&EventSource, &MessageEvent) + 'static,
    ) {
        let held = source.clone();
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let is_here = self.list.try_get_untracked().flatten();
            if is_here.is_some_and(|list| list.is_connected()) {
                handle(&held, &event);
            } else {
                held.close();
            }
        });
        let added =
            source.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        if added.is_ok() {
            // It belongs to the stream from now on.
            listener.forget();
        }
    }

    fn add(self, line: Line) {
        self.lines.update(|lines| {
            let number = lines.front().map_or(0, |(number, _)| number + 1);
            lines.push_front((number, line));
            lines.truncate(SHOWN);
        });
    }
}

fn read(event: &MessageEvent) -> Option<Line> {
    serde_json::from_str(&event.data().as_string()?).ok()
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
