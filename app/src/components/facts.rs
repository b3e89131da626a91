//! Short facts about a row.

use leptos::prelude::*;

use super::Icon;

/// A grid of facts: the icon, the name and the value of each.
#[component]
pub(crate) fn Facts(facts: Vec<(&'static str, &'static str, AnyView)>) -> impl IntoView {
    let facts = facts.into_iter().map(|(icon, name, value)| {
        view! {
            <div>
                <dt>
                    <Icon name=icon />
                    {name}
                </dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! { <dl class="fact-grid">{facts.collect_view()}</dl> }
}
