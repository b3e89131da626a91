//! The seller of a home.

use catalogue::{
    agents,
    properties::{Agent, Property},
};
use leptos::prelude::*;
use site::links;

use crate::{
    components::{Contacts, Initials, telephone},
    fragment::fragment,
    text,
};

/// The agent, the office and the day of listing.
#[component]
pub(super) fn Seller(home: Property) -> impl IntoView {
    let shown = (home.agent, home.created_at);
    fragment("seller", shown, |(agent, listed_at)| {
        contact(agent, listed_at)
    })
}

fn contact(agent: &Agent, listed_at: &str) -> impl IntoView + use<> {
    view! {
        <aside class="panel" aria-labelledby="seller">
            <h2 id="seller">"Ask about this home"</h2>
            <p class="seller">
                <Initials of=agent.name.clone() />
                <span>
                    <strong>
                        <a href=links::object(&agents::SCHEMA, agent.id)>{agent.name.clone()}</a>
                    </strong>
                    <span class="muted">{format!("{}, {}", agent.office.name, agent.office.city)}</span>
                </span>
            </p>
            <Contacts email=agent.email.clone() phone=agent.phone.clone() />
            <p class="muted">
                "Office: "
                <a href=format!("tel:{}", telephone(&agent.office.phone))>{agent.office.phone.clone()}</a>
                <br />
                {format!("Listed on {}", text::day(listed_at))}
            </p>
        </aside>
    }
}
