//! A home.

mod data;
mod seller;

use catalogue::{
    Price,
    normalizer::{Query, View},
    properties::{PROPERTIES, Property},
};
use leptos::prelude::*;

use self::{data::data, seller::Seller};
use crate::{
    components::{
        Data, DistrictMap, Gallery, Head, Icon, Load, Plan, Prices, PropertyCard, change, failure,
        pictured, price_per_area,
    },
    links, listed, pictures,
    portal::{Failure, Like, portal},
    request::{Request, row_id},
    text,
};

/// What the page is made of.
struct Answers {
    home: Property,
    prices: Vec<Price>,
    similar: Vec<Property>,
}

/// A home: pictures, price, facts, what it is like, where it stands, who sells it, what it has
/// cost and what is like it.
pub(crate) fn property() -> impl IntoView {
    let request = Request::current();
    let id = row_id();
    Suspend::new(async move {
        match ask(id).await {
            Ok(answers) => show(&request, answers),
            Err(problem) => failure(&request, problem),
        }
    })
}

async fn ask(id: Option<i64>) -> Result<Answers, Failure> {
    let home = listed::object::<Property>(id).await?;
    let prices = portal().history(&PROPERTIES, home.id);
    let similar = portal().similar(
        like(&home),
        Like {
            id: home.id,
            cents: cents(&home),
        },
    );
    Ok(Answers {
        prices: listed::read(&prices.await?)?,
        similar: listed::read(&similar.await?)?,
        home,
    })
}

fn cents(home: &Property) -> i64 {
    home.price.replace('.', "").parse().unwrap_or_default()
}

/// The list of the homes that are like one: of its type, in its city, at most a fifth dearer or
/// cheaper.
fn like(home: &Property) -> Query {
    let cents = cents(home);
    let dollars = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
    // In whole cents, inwards.
    let (low, high) = ((cents * 4 + 4) / 5, cents.saturating_mul(6) / 5);
    [
        ("city", home.location.city.clone()),
        ("property_type", home.property_type.clone()),
        ("min_price", dollars(low)),
        ("max_price", dollars(high)),
    ]
    .iter()
    .fold(Query::all(PROPERTIES.schema), |query, (name, value)| {
        query.with(name, value).unwrap_or(query)
    })
}

fn show(request: &Request, answers: Answers) -> AnyView {
    let Answers {
        home,
        prices,
        similar,
    } = answers;
    let place = &home.location;
    let pictures = pictures::gallery(&home);
    let cover = pictures.first().copied();
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
        .filter(|text| !text.is_empty())
        .map(|text| view! { <p>{text.to_owned()}</p> })
        .collect_view();
    let main = view! {
        <article class="wrap detail home">
            <nav class="crumbs" aria-label="Breadcrumb">
                <ol>
                    <li><a href="/properties">"Homes"</a></li>
                    <li><a href=in_city(&place.city)>{place.city.clone()}</a></li>
                    <li aria-current="page">{home.address.clone()}</li>
                </ol>
            </nav>
            <div class="detail-picture">
                <Gallery pictures=pictures.clone() />
                {badge}
            </div>
            <header class="detail-head">
                <div>
                    <p class="price large">{text::dollars(&home.price)}</p>
                    {last_change(&prices)}
                    <h1>{home.address.clone()}</h1>
                    <p class="lead">
                        {format!("{}, {}, {} {}", place.district, place.city, place.state, place.postal_code)}
                    </p>
                </div>
                // The script puts the buttons here: without it none of them could do anything.
                <div class="actions" data-home=home.id data-name=home.address.clone()></div>
            </header>
            <Facts home=home.clone() />
            <div class="detail-body">
                <section class="prose" aria-labelledby="about">
                    <h2 id="about">{home.title.clone()}</h2>
                    {paragraphs}
                </section>
                <Plan home=home.clone() />
                <DistrictMap home=home.clone() />
                <Prices prices />
            </div>
            <Seller home=home.clone() />
            <Data of=data(request, &home, &pictures) />
        </article>
        <Similar home=home.clone() similar />
    };
    pictured(request, head, cover, main)
}

/// What became of the price the last time, where anything did.
fn last_change(prices: &[Price]) -> Option<impl IntoView + use<>> {
    let [.., before, after] = prices else {
        return None;
    };
    let text = format!("{} on {}", change(before, after), text::day(&after.at));
    let class = if text.starts_with('−') {
        "change cut"
    } else {
        "change"
    };
    Some(view! { <p class=class>{text}</p> })
}

/// The list of the homes in a city.
fn in_city(city: &str) -> String {
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

/// Homes that are like this one, where there are any.
#[component]
fn Similar(home: Property, similar: Vec<Property>) -> impl IntoView {
    (!similar.is_empty()).then(|| {
        let all = links::list(&like(&home), View::Grid);
        let cards = similar
            .into_iter()
            .map(|home| view! { <li><PropertyCard home load=Load::Later /></li> });
        view! {
            <section class="wrap similar" aria-labelledby="similar">
                <div class="section-head">
                    <h2 id="similar">"Similar homes"</h2>
                    <a href=all>{format!("All like this in {}", home.location.city)}</a>
                </div>
                <ul class="cards row">{cards.collect_view()}</ul>
            </section>
        }
    })
}
