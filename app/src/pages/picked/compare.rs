//! A few homes side by side.

use std::cmp::Ordering;

use catalogue::properties::{Property, SCHEMA};
use leptos::prelude::*;
use site::{Picked, links};

use super::head;
use crate::{
    Request,
    components::{Icon, Load, Photo, dollars_per_area, page, price_per_area, sizes},
    pictures, text,
};

/// A comparison: one column per home, one row per fact.
pub(super) fn show(request: &Request, ids: &[i64], homes: Vec<Property>) -> AnyView {
    let count = text::counted(homes.len() as u64, "home", "homes");
    let main = if homes.is_empty() {
        nothing().into_any()
    } else {
        view! {
            <div class="wrap compare-page">
                <h1>{format!("{count} side by side")}</h1>
                <Table homes />
                <p class="muted">"Whoever has this page’s address sees the same comparison."</p>
            </div>
        }
        .into_any()
    };
    page(
        request,
        head::<Property>(Picked::Compare, "Compare homes", ids),
        main,
    )
}

fn nothing() -> impl IntoView {
    view! {
        <div class="wrap notice-page">
            <h1>"Nothing to compare yet"</h1>
            <p class="lead">
                "Open a home and press “Compare”, or select some of your saved homes. You can compare up to four."
            </p>
            <ul class="ways">
                <li><a class="button" href="/properties">"See all homes"</a></li>
                <li><a class="button quiet" href="/saved">"Saved homes"</a></li>
            </ul>
        </div>
    }
}

/// A fact of each home, and which homes have the best value.
struct Fact {
    name: &'static str,
    values: Vec<String>,
    best: Vec<bool>,
    /// The word for the best value.
    praise: &'static str,
}

fn facts(homes: &[Property]) -> Vec<Fact> {
    let fact = |name, value: fn(&Property) -> String| Fact {
        name,
        values: homes.iter().map(value).collect(),
        best: vec![false; homes.len()],
        praise: "",
    };
    let ranked = |name, value, praise, order: fn(&Property, &Property) -> Ordering| Fact {
        best: best(homes, order),
        praise,
        ..fact(name, value)
    };
    vec![
        ranked(
            "Price",
            |home| text::dollars(&home.price),
            "lowest",
            |a, b| price(a).cmp(&price(b)),
        ),
        ranked(
            "Price per m²",
            |home| price_per_area(home).unwrap_or_else(unknown),
            "lowest",
            |a, b| {
                let each = |home| dollars_per_area(home).unwrap_or(u64::MAX);
                each(a).cmp(&each(b))
            },
        ),
        ranked(
            "Living area",
            |home| text::area(home.area).unwrap_or_else(unknown),
            "largest",
            |a, b| b.area.cmp(&a.area),
        ),
        ranked(
            "Bedrooms",
            |home| home.bedrooms.to_string(),
            "most",
            |a, b| b.bedrooms.cmp(&a.bedrooms),
        ),
        ranked(
            "Bathrooms",
            |home| home.bathrooms.to_string(),
            "most",
            |a, b| b.bathrooms.total_cmp(&a.bathrooms),
        ),
        fact("Type", |home| text::label(&home.property_type)),
        ranked(
            "Built in",
            |home| match home.year_built {
                0 => unknown(),
                year => year.to_string(),
            },
            "newest",
            |a, b| b.year_built.cmp(&a.year_built),
        ),
        fact("District", |home| home.location.district.clone()),
        fact("City", |home| {
            format!("{}, {}", home.location.city, home.location.state)
        }),
        fact("Status", |home| text::label(&home.status)),
        fact("Listed on", |home| text::day(&home.created_at)),
        fact("Agent", |home| home.agent.name.clone()),
    ]
}

/// What stands for a fact that is not known.
fn unknown() -> String {
    "–".to_owned()
}

fn price(home: &Property) -> i64 {
    home.price.replace('.', "").parse().unwrap_or(i64::MAX)
}

/// Which homes come first in an order; none if all of them do.
fn best(homes: &[Property], order: fn(&Property, &Property) -> Ordering) -> Vec<bool> {
    let Some(first) = homes.iter().min_by(|a, b| order(a, b)) else {
        return Vec::new();
    };
    let best = homes.iter().map(|home| order(home, first).is_eq());
    let best: Vec<bool> = best.collect();
    if best.iter().all(|best| *best) {
        return vec![false; homes.len()];
    }
    best
}

#[component]
fn Table(homes: Vec<Property>) -> impl IntoView {
    let heads = homes.iter().map(|home| {
        let others: Vec<i64> = homes
            .iter()
            .map(|other| other.id)
            .filter(|id| *id != home.id)
            .collect();
        view! {
            <th scope="col">
                <div class="picture">
                    <Photo of=pictures::exterior(home) sizes=sizes::CARD load=Load::First />
                </div>
                <a id=format!("row-{}", home.id) href=links::object(&SCHEMA, home.id)>
                    {home.address.clone()}
                </a>
                <a
                    class="leave"
                    href=Picked::Compare.url(&others)
                    aria-label=format!("Remove {}", home.address)
                    data-uncompare=home.id
                >
                    <Icon name="x" />
                </a>
            </th>
        }
    });
    let rows = facts(&homes).into_iter().map(|fact| {
        let praise = fact.praise;
        let cells = fact
            .values
            .into_iter()
            .zip(fact.best)
            .map(move |(value, best)| {
                let praise = best.then(|| view! { <span class="praise">{praise}</span> });
                view! { <td class=best.then_some("best")>{value} " " {praise}</td> }
            });
        view! {
            <tr>
                <th scope="row">{fact.name}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <div class="sideways" tabindex="0" role="region" aria-label="Comparison">
            <table class="compare">
                <thead>
                    <tr>
                        <td></td>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
