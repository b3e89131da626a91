//! A home.

use catalogue::properties::{PROPERTIES, Property};
use leptos::prelude::*;

use crate::{
    components::{Head, House, Icon, failure, page, price_per_area},
    links, listed,
    request::{Request, row_id},
    text,
};

/// A home: picture, price, facts, what it is like, where it stands and who sells it.
pub(crate) fn property() -> impl IntoView {
    let request = Request::current();
    let id = row_id();
    Suspend::new(async move {
        match listed::object::<Property>(id).await {
            Ok(home) => show(&request, &home),
            Err(problem) => failure(&request, problem),
        }
    })
}

fn show(request: &Request, home: &Property) -> AnyView {
    let place = &home.location;
    let head = Head {
        title: format!("{}, {}", home.address, place.city),
        description: text::excerpt(&home.description, 155),
        canonical: links::object(&PROPERTIES, home.id),
        hidden: home.status == "withdrawn",
    };
    let badge = (home.status != "active").then(|| {
        view! { <p class=format!("badge {}", home.status)>{text::label(&home.status)}</p> }
    });
    let paragraphs = home
        .description
        .split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let paragraphs = paragraphs
        .map(|text| view! { <p>{text.to_owned()}</p> })
        .collect_view();
    let main = view! {
        <article class="wrap detail">
            <nav class="crumbs" aria-label="Breadcrumb">
                <ol>
                    <li><a href="/properties">"Homes"</a></li>
                    <li><a href=in_city(&place.city)>{place.city.clone()}</a></li>
                    <li aria-current="page">{home.address.clone()}</li>
                </ol>
            </nav>
            <div class="detail-picture">
                <House id=home.id kind=home.property_type.clone() />
                {badge}
            </div>
            <header class="detail-head">
                <p class="price large">{text::dollars(&home.price)}</p>
                <h1>{home.address.clone()}</h1>
                <p class="lead">
                    {format!("{}, {}, {} {}", place.district, place.city, place.state, place.postal_code)}
                </p>
            </header>
            <Facts home=home.clone() />
            <section class="prose" aria-labelledby="about">
                <h2 id="about">{home.title.clone()}</h2>
                {paragraphs}
            </section>
            <Seller home=home.clone() />
        </article>
    };
    page(request, head, main)
}

/// The list of the homes in a city.
fn in_city(city: &str) -> String {
    use catalogue::normalizer::{Query, View};
    let all = Query::all(PROPERTIES.schema);
    links::list(&all.with("city", city).unwrap_or(all), View::Grid)
}

/// What can be counted.
#[component]
fn Facts(home: Property) -> impl IntoView {
    let facts = [
        ("bed", "Bedrooms", home.bedrooms.to_string()),
        ("bath", "Bathrooms", home.bathrooms.to_string()),
        ("ruler", "Living area", format!("{} m²", home.area)),
        ("building-2", "Type", text::label(&home.property_type)),
        ("calendar", "Built in", home.year_built.to_string()),
        ("signal", "Price per m²", price_per_area(&home)),
    ];
    let facts = facts.map(|(icon, name, value)| {
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

/// Who sells it, and since when.
#[component]
fn Seller(home: Property) -> impl IntoView {
    let agent = home.agent;
    view! {
        <aside class="panel" aria-labelledby="seller">
            <h2 id="seller">"Ask about this home"</h2>
            <p class="seller">
                <span class="initials" aria-hidden="true">{initials(&agent.name)}</span>
                <span>
                    <strong>{agent.name.clone()}</strong>
                    <span class="muted">{format!("{}, {}", agent.office.name, agent.office.city)}</span>
                </span>
            </p>
            <ul class="contacts">
                <li>
                    <a class="button" href=format!("mailto:{}", agent.email)>
                        <Icon name="mail" />
                        "Write an e-mail"
                    </a>
                </li>
                <li>
                    <a class="button quiet" href=format!("tel:{}", telephone(&agent.phone))>
                        <Icon name="phone" />
                        {agent.phone.clone()}
                    </a>
                </li>
            </ul>
            <p class="muted">{format!("Listed on {}", text::day(&home.created_at))}</p>
        </aside>
    }
}

fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .collect()
}

fn telephone(shown: &str) -> String {
    shown
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect()
}
