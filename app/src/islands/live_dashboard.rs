//! The dashboard, live.

use leptos::{html::Div, prelude::*, wasm_bindgen::JsCast};
use web_sys::{Element, HtmlElement, Node};

use super::live_stream::LiveStream;

/// The sections of the dashboard, its children, which a stream replaces by newer ones. It can be
/// paused. Without JavaScript the page's own sections remain.
#[island]
pub fn LiveDashboard(
    /// The address of the stream.
    events: String,
    /// Sections with ids.
    children: Children,
) -> impl IntoView {
    let inside = NodeRef::<Div>::new();
    let stream = LiveStream::new(events, inside);
    stream.on("content", move |html| {
        if let Some(inside) = inside.get_untracked() {
            replace(&inside, &html);
        }
    });
    view! {
        <div class="live-bar" hidden=move || stream.is_idle()>
            {stream.controls()}
        </div>
        <div class="dashboard" node_ref=inside>
            {children()}
        </div>
    }
}

/// Replaces each section that has changed, except the one in which somebody is reading with the
/// keyboard.
fn replace(inside: &Element, html: &str) {
    let document = document();
    let Ok(new) = document.create_element("div") else {
        return;
    };
    new.set_inner_html(html);
    let focused = document.active_element();
    let has_focus = |section: &Element| {
        focused
            .as_ref()
            .is_some_and(|focused| section.contains(Some(focused.unchecked_ref::<Node>())))
    };
    let Ok(sections) = new.query_selector_all(":scope > section") else {
        return;
    };
    for place in 0..sections.length() {
        let section = sections.item(place).and_then(|node| node.dyn_into().ok());
        let Some(section) = section else { continue };
        let section: Element = section;
        let old = inside.query_selector(&format!("#{}", section.id()));
        let Ok(Some(old)) = old else { continue };
        if has_focus(&old) || old.inner_html() == section.inner_html() {
            continue;
        }
        let scrolled = scrolls(&old);
        if old.replace_with_with_node_1(&section).is_ok() {
            for (table, scrolled) in tables(&section).into_iter().zip(scrolled) {
                table.set_scroll_left(scrolled);
            }
        }
    }
}

/// How far the tables of a section are scrolled sideways.
fn scrolls(section: &Element) -> Vec<i32> {
    tables(section).iter().map(|it| it.scroll_left()).collect()
}

fn tables(section: &Element) -> Vec<HtmlElement> {
    let Ok(tables) = section.query_selector_all(".table") else {
        return Vec::new();
    };
    let all = (0..tables.length()).filter_map(|place| tables.item(place)?.dyn_into().ok());
    all.collect()
}
