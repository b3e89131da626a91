//! An agent in a list.

use catalogue::agents::{Agent, SCHEMA};
use leptos::prelude::*;
use site::links;

use crate::{
    components::{Initials, Labels},
    fragment::fragment,
    text,
};

/// An agent as a card, or as a row if the list's style says so.
#[component]
pub(crate) fn AgentCard(
    /// The agent.
    agent: Agent,
) -> impl IntoView {
    // What a card does not show may differ: views are counted all the time.
    let shown = Agent {
        view_count: 0,
        version: 0,
        updated_at: String::new(),
        ..agent
    };
    fragment("agent card", shown, card)
}

fn card(agent: &Agent) -> impl IntoView + use<> {
    let office = &agent.office;
    let specialties: Vec<String> = agent.specialties.iter().map(|it| text::term(it)).collect();
    let specialties = (!specialties.is_empty()).then(|| view! { <Labels of=specialties /> });
    // Everybody speaks English.
    let languages = agent.languages.iter().filter(|it| *it != "english");
    let languages: Vec<String> = languages.map(|it| text::name(it)).collect();
    let year = agent.licensed_on.get(..4);
    let more = [
        year.map(|year| format!("Licensed {year}")),
        (!languages.is_empty()).then(|| format!("Speaks {}", text::join_with_and(&languages))),
        (!agent.takes_clients).then(|| "No new clients".to_owned()),
    ];
    let more: Vec<String> = more.into_iter().flatten().collect();
    let more = (!more.is_empty()).then(|| view! { <Labels of=more /> });
    view! {
        <article class="card agent-card">
            <Initials of=agent.name.clone() />
            <div class="card-text">
                <h3 class="dish-title">
                    <a id=format!("row-{}", agent.id) href=links::object(&SCHEMA, agent.id)>
                        {agent.name.clone()}
                    </a>
                </h3>
                <p class="facts">{format!("{}, {}", office.name, office.city)}</p>
                <p class="excerpt">{text::excerpt(&agent.biography, 180)}</p>
                {specialties}
                {more}
            </div>
            // For the script, as on the card of a home.
            <div class="keep"></div>
        </article>
    }
}
