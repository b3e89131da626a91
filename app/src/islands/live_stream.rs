//! A stream of server-sent events that an island shows while it is on the page.

use std::sync::Arc;

use leptos::{
    html::Div,
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
};
use send_wrapper::SendWrapper;
use web_sys::{EventSource, MessageEvent};

/// What a stream is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Connecting,
    Live,
    Paused,
    /// The server refused the stream, or has ended.
    Closed,
}

/// Handles the data of an event.
type Handle = Arc<dyn Fn(String) + Send + Sync>;

/// A stream that begins with its island, and that can be paused.
#[derive(Clone, Copy)]
pub(super) struct LiveStream {
    state: RwSignal<Option<State>>,
    address: StoredValue<String>,
    source: StoredValue<Option<SendWrapper<EventSource>>>,
    handles: StoredValue<Vec<(&'static str, Handle)>>,
    /// The element whose end is the stream's.
    inside: NodeRef<Div>,
}

impl LiveStream {
    /// The stream of an address. It begins once its island runs in a browser.
    pub(super) fn new(address: String, inside: NodeRef<Div>) -> Self {
        let stream = Self {
            state: RwSignal::new(None),
            address: StoredValue::new(address),
            source: StoredValue::new(None),
            handles: StoredValue::new(Vec::new()),
            inside,
        };
        // Effects run in the browser only.
        Effect::new(move |_| stream.follow());
        on_cleanup(move || stream.stop());
        stream
    }

    /// Handles the events of this name.
    pub(super) fn on(self, event: &'static str, handle: impl Fn(String) + Send + Sync + 'static) {
        self.handles
            .update_value(|handles| handles.push((event, Arc::new(handle))));
    }

    /// What it is doing, and a button to pause it and to continue.
    pub(super) fn controls(self) -> impl IntoView {
        let state = self.state;
        let toggle = move |_| match state.get_untracked() {
            Some(State::Paused | State::Closed) => self.follow(),
            _ => {
                self.stop();
                state.set(Some(State::Paused));
            }
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
        view! {
            <p class="live-state" class:live=move || state.get() == Some(State::Live) role="status">
                {word}
            </p>
            <button class="button quiet" r#type="button" on:click=toggle>{action}</button>
        }
    }

    /// Whether no script runs: then there is nothing to control.
    pub(super) fn is_idle(self) -> bool {
        self.state.get().is_none()
    }

    fn stop(self) {
        self.source.update_value(|source| {
            if let Some(open) = source.take() {
                open.close();
            }
        });
    }

    fn follow(self) {
        self.stop();
        self.state.set(Some(State::Connecting));
        let opened = self.open().map(SendWrapper::new);
        if opened.is_none() {
            self.state.set(Some(State::Closed));
        }
        self.source.set_value(opened);
    }

    /// Opens the stream; `None` if the browser cannot.
    fn open(self) -> Option<EventSource> {
        let source = EventSource::new(&self.address.get_value()).ok()?;
        self.listen(&source, "open", move |_, _| {
            self.state.set(Some(State::Live));
        });
        for (event, handle) in self.handles.get_value() {
            self.listen(&source, event, move |_, event| {
                if let Some(data) = event.data().as_string() {
                    handle(data);
                }
            });
        }
        self.listen(&source, "error", move |source, _| {
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
        self.listen(&source, "beat", |_, _| {});
        Some(source)
    }

    /// Handles an event for as long as the element is on the page.
    fn listen(
        self,
        source: &EventSource,
        event: &str,
        handle: impl Fn(&EventSource, &MessageEvent) + 'static,
    ) {
        let held = source.clone();
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let is_here = self.inside.try_get_untracked().flatten();
            if is_here.is_some_and(|element| element.is_connected()) {
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
}
