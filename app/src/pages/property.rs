//! The page of a home.

mod data;
mod seller;

use catalogue::{
    Price, Row,
    normalizer::View,
    properties::{Property, SCHEMA},
};
use leptos::prelude::*;
use leptos_cached::{Fault, resource};
use site::{History, Object, Similar, links};

use self::{data::data, seller::Seller};
use crate::{
    Request,
    components::{
        Data, DistrictMap, Facts, Gallery, Head, Load, Paragraphs, Plan, Prices, Printed,
        PropertyCard, change, failure, pictured, price_per_area,
    },
    functions::{history, object, similar},
    pictures::{self, Picture},
    text,
};

/// A home: pictures, price, facts, description, plan, location, price history, seller and similar
/// homes.
pub(crate) fn property(request: Request, id: i64) -> impl IntoView {
    let schema = Property::SCHEMA;
    let home = resource(object::<Property>(Object { schema, id }));
    let prices = resource(history(History { schema, id }));
    // Similar homes depend on the home itself, but need not wait for its prices.
    let similar = resource(async move {
        let home = home.await?;
        similar(Similar::to(&home).ok_or(Fault::NotFound)?).await
    });
    Suspend::new(async move {
        match (home.await, prices.await, similar.await) {
            (Ok(home), Ok(prices), Ok(similar)) => show(&request, &home, &prices, &similar),
            // Somebody has given it values by SQL by which nothing can be found.
            (Ok(home), Ok(prices), Err(Fault::NotFound)) => show(&request, &home, &prices, &[]),
            (Err(fault), _, _) | (_, Err(fault), _) | (_, _, Err(fault)) => {
                failure(&request, &fault)
            }
        }
    })
}

fn show(request: &Request, home: &Property, prices: &[Price], similar: &[Property]) -> AnyView {
    let place = &home.location;
    let pictures = pictures::gallery(home);
    let cover = pictures::exterior(home).map(Picture::for_sharing);
    let head = Head {
        title: format!("{}, {}", home.address, place.city),
        description: text::excerpt(&home.description, 155),
        canonical: links::object(&SCHEMA, home.id),
        hidden: home.status == "withdrawn",
    };
    let badge = (home.status != "active").then(|| {
        view! { <p class=format!("badge {}", home.status)>{text::label(&home.status)}</p> }
    });
    let main = view! {
        <article class="wrap detail home">
            <nav class="crumbs" aria-label="Breadcrumb">
                <ol>
                    <li><a href="/properties">"Homes"</a></li>
                    <li><a href=links::filtered(&SCHEMA, "city", &place.city)>{place.city.clone()}</a></li>
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
                    {last_change(prices)}
                    <h1>{home.address.clone()}</h1>
                    <p class="lead">
                        {format!("{}, {}, {} {}", place.district, place.city, place.state, place.postal_code)}
                    </p>
                </div>
                // The script adds the buttons here: none of them would work without it.
                <div
                    class="actions"
                    data-row=links::object(&SCHEMA, home.id)
                    data-name=home.address.clone()
                ></div>
            </header>
            <Facts facts=facts(home) />
            <div class="detail-body">
                <section class="prose" aria-labelledby="about">
                    <h2 id="about">{home.title.clone()}</h2>
                    <Paragraphs text=home.description.clone() />
                </section>
                <Plan home=home.clone() />
                <DistrictMap home=home.clone() />
                <Prices prices=prices.to_vec() />
            </div>
            <Seller home=home.clone() />
            <Printed address=request.absolute(&links::object(&SCHEMA, home.id)) />
            <Data of=data(request, home, &pictures) />
        </article>
        {alike(home, similar)}
    };
    pictured(request, head, cover.unwrap_or_default(), main)
}

/// The last change of the price, if there was one.
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

/// The icon, the name and the value of each fact.
fn facts(home: &Property) -> Vec<(&'static str, &'static str, AnyView)> {
    let built = (home.year_built > 0).then(|| home.year_built.to_string());
    let facts = [
        ("bed", "Bedrooms", Some(home.bedrooms.to_string())),
        ("bath", "Bathrooms", Some(home.bathrooms.to_string())),
        ("ruler", "Living area", text::area(home.area)),
        ("building-2", "Type", Some(text::label(&home.property_type))),
        ("calendar", "Built in", built),
        ("signal", "Price per m²", price_per_area(home)),
    ];
    // What is not known is not said: areas and years may be stored as zero.
    let known = facts
        .into_iter()
        .filter_map(|(icon, name, value)| Some((icon, name, value?.into_any())));
    known.collect()
}

/// Homes that are similar to this one, if there are any.
fn alike(home: &Property, similar: &[Property]) -> Option<impl IntoView + use<>> {
    if similar.is_empty() {
        return None;
    }
    let all = links::list(Similar::to(home)?.among(), View::Grid);
    let cards = similar.iter().map(|home| {
        view! { <li><PropertyCard home=home.clone() load=Load::Later /></li> }
    });
    Some(view! {
        <section class="wrap similar" aria-labelledby="similar">
            <div class="section-head">
                <h2 id="similar">"Similar homes"</h2>
                <a href=all>{format!("All similar homes in {}", home.location.city)}</a>
            </div>
            <ul class="cards row">{cards.collect_view()}</ul>
        </section>
    })
}
