//! The page that shows how a node has done.

mod edits;
mod figures;
mod fleet;
mod kinds;
mod table;

use leptos::{prelude::*, tachys::view::RenderHtml};
use leptos_cached::Fault;
use site::Admin;

use self::{
    edits::edits,
    figures::{charts, figures, times},
    fleet::{fleet, keys},
    kinds::kinds,
};
use super::{admin_page, editor_of, notice};
use crate::{
    Insight, Request,
    components::{Icon, failure},
    dashboard::{Advice, Dashboard},
    islands::LiveDashboard,
};

/// The dashboard; live where scripts run.
pub(crate) fn dashboard(request: Request) -> AnyView {
    let editor = match editor_of(&request) {
        Ok(editor) => editor,
        Err(answer) => return answer,
    };
    let Some(Insight::Dashboard(dashboard)) = &editor.insight else {
        return failure(&request, &Fault::Unavailable);
    };
    let parts = parts(dashboard);
    let main = view! {
        <div class="section-head">
            <h1>"Dashboard"</h1>
            <p class="muted">"How this node has done in the last hour, at most."</p>
        </div>
        <LiveDashboard events=Admin::DASHBOARD_EVENTS.to_owned()>{parts}</LiveDashboard>
    };
    admin_page(&request, &editor, "Dashboard", main)
}

/// The content of the page as HTML, for those who watch it.
pub fn content(dashboard: &Dashboard) -> String {
    Owner::new().with(|| parts(dashboard).to_html())
}

/// The sections, each with an id by which it is replaced.
fn parts(dashboard: &Dashboard) -> AnyView {
    view! {
        <section id="advice" aria-label="Advice">{advice(&dashboard.advice)}</section>
        <section id="figures" aria-label="Figures">{figures(dashboard)}</section>
        <section id="charts" aria-label="Charts">{charts(dashboard)}</section>
        <section id="times" aria-labelledby="times-head">
            <h2 id="times-head">"How long it took"</h2>
            {times(dashboard)}
        </section>
        <section id="kinds" aria-labelledby="kinds-head">
            <h2 id="kinds-head">"By kind of question"</h2>
            {kinds(&dashboard.kinds)}
        </section>
        <section id="edits" aria-labelledby="edits-head">
            <h2 id="edits-head">"What edits did"</h2>
            {edits(dashboard)}
        </section>
        <section id="keys" aria-labelledby="keys-head">
            <h2 id="keys-head">"Keys"</h2>
            {keys(dashboard)}
        </section>
        <section id="fleet" aria-labelledby="fleet-head">
            <h2 id="fleet-head">"Nodes and Redis"</h2>
            {fleet(dashboard)}
        </section>
    }
    .into_any()
}

fn advice(advice: &[Advice]) -> AnyView {
    if advice.is_empty() {
        return notice(true, "Nothing needs attention.").into_any();
    }
    let one = |advice: &Advice| {
        let class = if advice.urgent {
            "advice urgent"
        } else {
            "advice"
        };
        view! {
            <li class=class id=format!("advice-{}", advice.name)>
                <Icon name="circle-alert" />
                <div>
                    <strong>{with_code(&advice.title)}</strong>
                    <p>{with_code(&advice.text)}</p>
                </div>
            </li>
        }
    };
    view! { <ul class="advices">{advice.iter().map(one).collect_view()}</ul> }.into_any()
}

/// A text in which backquotes enclose code.
fn with_code(text: &str) -> impl IntoView + use<> {
    let parts = text.split('`').map(ToOwned::to_owned).enumerate();
    let parts = parts.map(|(place, part)| match place % 2 {
        0 => part.into_any(),
        _ => view! { <code>{part}</code> }.into_any(),
    });
    parts.collect_view()
}
