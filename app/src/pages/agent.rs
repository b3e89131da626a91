//! The page of an agent.

use catalogue::{
    Figure, Listing, Row,
    agents::{Agent, SCHEMA},
    normalizer::{Query, View},
    properties::{self, Property},
};
use leptos::prelude::*;
use leptos_cached::{Fault, resource};
use serde_json::{Value, json};
use site::{Computed, List, Object, links};

use crate::{
    Request,
    components::{
        Contacts, Data, Facts, Head, Initials, Load, Paragraphs, Printed, PropertyCard, failure,
        page, telephone,
    },
    functions::{computed, list, object},
    text,
};

/// How many homes are shown; the others are in the list.
const HOMES: usize = 8;

/// What is computed from the homes that an agent sells.
struct Figures {
    for_sale: Figure,
    price: Figure,
    days: Figure,
}

/// An agent: who they are, where they work, what they sell.
pub(crate) fn agent(request: Request, id: i64) -> impl IntoView {
    let schema = Agent::SCHEMA;
    let agent = resource(object::<Agent>(Object { schema, id }));
    let figure = |name: &'static str| {
        let ask = Computed::of(schema, id, name);
        resource(async move { computed(ask.ok_or(Fault::NotFound)?).await })
    };
    let for_sale = figure("homes-for-sale");
    let price = figure("average-price");
    let days = figure("days-on-the-market");
    let homes = resource(async move {
        let query = homes_of(id).ok_or(Fault::NotFound)?;
        list::<Property>(List { query }).await
    });
    Suspend::new(async move {
        let agent = match agent.await {
            Ok(agent) => agent,
            Err(fault) => return failure(&request, &fault),
        };
        match (for_sale.await, price.await, days.await, homes.await) {
            (Ok(for_sale), Ok(price), Ok(days), Ok(homes)) => {
                let figures = Figures {
                    for_sale: (*for_sale).clone(),
                    price: (*price).clone(),
                    days: (*days).clone(),
                };
                show(&request, &agent, &figures, &homes)
            }
            (Err(fault), ..)
            | (_, Err(fault), ..)
            | (_, _, Err(fault), _)
            | (_, _, _, Err(fault)) => failure(&request, &fault),
        }
    })
}

/// The query of the homes that an agent sells.
fn homes_of(id: i64) -> Option<Query> {
    let all = Query::all(&properties::SCHEMA);
    all.with("agent", &id.to_string()).ok()
}

fn show(request: &Request, agent: &Agent, figures: &Figures, homes: &Listing<Property>) -> AnyView {
    let office = &agent.office;
    let about = format!("{} of {} in {}", agent.name, office.name, office.city);
    let head = Head {
        title: format!("{}, estate agent in {}", agent.name, office.city),
        description: match text::excerpt(&agent.biography, 155) {
            text if text.is_empty() => about,
            text => text,
        },
        canonical: links::object(&SCHEMA, agent.id),
        hidden: false,
    };
    let chip = |parameter: &'static str, token: &str, label: String| {
        view! { <li><a class="chip" href=links::filtered(&SCHEMA, parameter, token)>{label}</a></li> }
    };
    let languages = agent.languages.iter();
    let languages = languages.map(|token| chip("language", token, text::name(token)));
    let languages = languages.collect_view();
    let specialties = agent.specialties.iter();
    let specialties = specialties.map(|token| chip("specialty", token, text::term(token)));
    let specialties = (!agent.specialties.is_empty()).then(|| {
        view! {
            <h3>"Specialties"</h3>
            <ul class="chips specialties">{specialties.collect_view()}</ul>
        }
    });
    let main = view! {
        <article class="wrap detail agent">
            <nav class="crumbs" aria-label="Breadcrumb">
                <ol>
                    <li><a href=links::all(&SCHEMA)>"Agents"</a></li>
                    <li><a href=links::filtered(&SCHEMA, "city", &office.city)>{office.city.clone()}</a></li>
                    <li aria-current="page">{agent.name.clone()}</li>
                </ol>
            </nav>
            <header class="detail-head">
                <div class="agent-head">
                    <Initials of=agent.name.clone() />
                    <div>
                        <h1>{agent.name.clone()}</h1>
                        <p class="lead">{format!("{}, {}", office.name, office.city)}</p>
                    </div>
                </div>
                // The script adds the buttons here: none of them would work without it.
                <div
                    class="actions"
                    data-row=links::object(&SCHEMA, agent.id)
                    data-name=agent.name.clone()
                ></div>
            </header>
            <Facts facts=facts(agent, figures) />
            <section class="prose" aria-labelledby="about">
                <h2 id="about">{format!("About {}", agent.name)}</h2>
                <Paragraphs text=agent.biography.clone() />
                {specialties} <h3>"Languages"</h3> <ul class="chips languages">{languages}</ul>
            </section>
            {contact(agent)}
            <Printed address=request.absolute(&links::object(&SCHEMA, agent.id)) />
            <Data of=data(request, agent) />
        </article>
        {for_sale(agent, homes)}
    };
    page(request, head, main)
}

/// The icon, the name and the value of each fact.
fn facts(agent: &Agent, figures: &Figures) -> Vec<(&'static str, &'static str, AnyView)> {
    let shown = |figure: &Figure| match &figure.value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    };
    let day = Some(agent.licensed_on.as_str()).filter(|day| !day.is_empty());
    let days = shown(&figures.days).map(|days| match &*days {
        "1" => "1 day".to_owned(),
        _ => format!("{days} days"),
    });
    let facts = [
        ("building-2", "Homes for sale", shown(&figures.for_sale)),
        (
            "signal",
            "Average price",
            shown(&figures.price).map(|price| text::dollars(&price)),
        ),
        ("clock", "Median time listed", days),
        (
            "calendar",
            "Licensed since",
            day.and_then(|day| day.get(..4)).map(str::to_owned),
        ),
    ];
    let known = facts
        .into_iter()
        .filter_map(|(icon, name, value)| Some((icon, name, value?.into_any())));
    known.collect()
}

/// How to reach the agent and the office.
fn contact(agent: &Agent) -> impl IntoView + use<> {
    let office = agent.office.clone();
    let taken = if agent.takes_clients {
        "Takes new clients"
    } else {
        "Takes no new clients at present"
    };
    let place = [&office.address, &office.city, &office.state];
    let place: Vec<&str> = place
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect();
    view! {
        <aside class="panel" aria-labelledby="contact">
            <h2 id="contact">"Get in touch"</h2>
            <p>{taken}</p>
            <Contacts email=agent.email.clone() phone=agent.phone.clone() />
            <p class="muted">
                <strong>{office.name.clone()}</strong>
                <br />
                {place.join(", ")}
                <br />
                <a href=format!("tel:{}", telephone(&office.phone))>{office.phone.clone()}</a>
            </p>
        </aside>
    }
}

/// The homes that the agent sells, if there are any.
fn for_sale(agent: &Agent, homes: &Listing<Property>) -> Option<impl IntoView + use<>> {
    if homes.results.is_empty() {
        return None;
    }
    let see = match homes.count {
        1 => "See it in the list".to_owned(),
        count => format!("See all {}", text::counted(count, "home", "homes")),
    };
    let all = links::list(&homes_of(agent.id)?, View::Grid);
    let cards = homes.results.iter().take(HOMES).map(|home| {
        view! { <li><PropertyCard home=home.clone() load=Load::Later /></li> }
    });
    Some(view! {
        <section class="wrap similar" aria-labelledby="homes">
            <div class="section-head">
                <h2 id="homes">{format!("Homes for sale by {}", agent.name)}</h2>
                <a href=all>{see}</a>
            </div>
            <ul class="cards row">{cards.collect_view()}</ul>
        </section>
    })
}

/// What the page shows, in schema.org's vocabulary.
fn data(request: &Request, agent: &Agent) -> Value {
    let office = &agent.office;
    let mut address = json!({
        "@type": "PostalAddress",
        "addressLocality": office.city,
        "addressCountry": "US",
    });
    for (name, part) in [
        ("streetAddress", &office.address),
        ("addressRegion", &office.state),
    ] {
        if !part.is_empty() {
            address[name] = part.as_str().into();
        }
    }
    let names = |tokens: &[String], name: fn(&str) -> String| -> Vec<String> {
        tokens.iter().map(|token| name(token)).collect()
    };
    // The vocabulary has a type for who sells homes, be it a person or a firm.
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "RealEstateAgent",
        "name": agent.name,
        "url": request.absolute(&links::object(&SCHEMA, agent.id)),
        "email": agent.email,
        "telephone": agent.phone,
        "address": address,
        "parentOrganization": {
            "@type": "RealEstateAgent",
            "name": office.name,
            "telephone": office.phone,
        },
    });
    if !agent.biography.is_empty() {
        data["description"] = agent.biography.as_str().into();
    }
    for (name, tokens) in [
        ("knowsLanguage", names(&agent.languages, text::name)),
        ("knowsAbout", names(&agent.specialties, text::term)),
    ] {
        if !tokens.is_empty() {
            data[name] = tokens.into();
        }
    }
    data
}
