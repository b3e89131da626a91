//! The page that shows what the tiers decide.

use http::StatusCode;
use leptos::prelude::*;
use leptos_cached::Fault;
use site::Admin;

use super::{admin_page, editor_of, notice};
use crate::{
    Insight, Request, TailInsight,
    components::{Icon, failure},
    islands::{LiveTail, TailLine},
    reply, text,
};

/// The last decisions that were no hits, and from then on all of them, as they are made.
pub(crate) fn tail(request: Request) -> AnyView {
    let editor = match editor_of(&request) {
        Ok(editor) => editor,
        Err(answer) => return answer,
    };
    let Some(Insight::Tail(insight)) = &editor.insight else {
        return failure(&request, &Fault::Unavailable);
    };
    if insight.error.is_some() {
        reply::status(StatusCode::BAD_REQUEST);
    }
    let lines = insight.lines.iter().cloned();
    let lines = lines.map(|line| view! { <TailLine line /> }).collect_view();
    let empty = insight.lines.is_empty().then(|| {
        view! {
            <li class="line empty">
                "Nothing has been decided yet that passes this filter. Hits are shown only while somebody watches."
            </li>
        }
    });
    let events = match &*request.search {
        "" => Admin::TAIL_EVENTS.to_owned(),
        search => format!("{}?{search}", Admin::TAIL_EVENTS),
    };
    let shown = match &insight.error {
        Some(error) => notice(false, error).into_any(),
        None => view! {
            <LiveTail events>
                <ol>
                    {lines}
                    {empty}
                </ol>
            </LiveTail>
        }
        .into_any(),
    };
    let main = view! {
        <div class="section-head">
            <h1>"Tail"</h1>
            <p class="muted">
                "What the tiers of this node decide, one line a decision. The same in a terminal: "
                <code>"hearth tail"</code>
            </p>
        </div>
        {filter(insight)}
        {shown}
    };
    admin_page(&request, &editor, "Tail", main)
}

fn filter(insight: &TailInsight) -> impl IntoView + use<> {
    let selects = insight.choices.iter().map(|(name, options, chosen)| {
        let options = options.iter().map(|option| {
            let selected = chosen.as_deref() == Some(*option);
            view! { <option value=*option selected=selected>{*option}</option> }
        });
        view! {
            <div class="field">
                <label for=*name>{text::label(name)}</label>
                <select id=*name name=*name>
                    <option value="">"Any"</option>
                    {options.collect_view()}
                </select>
            </div>
        }
    });
    let key = insight.key.clone();
    view! {
        <form class="tail-filter" method="get" action=Admin::Tail.path()>
            {selects.collect_view()}
            <div class="field wide">
                <label for="key">"Key contains"</label>
                <input r#type="search" id="key" name="key" value=key spellcheck="false" autocapitalize="none" />
            </div>
            <button class="button quiet" r#type="submit">
                <Icon name="search" />
                "Filter"
            </button>
        </form>
    }
}
