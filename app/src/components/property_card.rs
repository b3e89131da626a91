//! A home in a list.

use catalogue::properties::{Property, SCHEMA};
use leptos::prelude::*;
use site::links;

use crate::{
    components::{Load, Photo, sizes},
    fragment::fragment,
    pictures, text,
};

/// A home as a card, or as a row if the list's style says so: the elements are the same.
#[component]
pub(crate) fn PropertyCard(
    /// The home.
    home: Property,
    /// When its picture is loaded.
    load: Load,
) -> impl IntoView {
    // What a card does not show may differ: views are counted all the time.
    let shown = Property {
        view_count: 0,
        version: 0,
        updated_at: String::new(),
        ..home
    };
    fragment("home card", (shown, load), |(home, load)| card(home, *load))
}

fn card(home: &Property, load: Load) -> impl IntoView + use<> {
    let badge = (home.status != "active").then(|| {
        view! { <p class=format!("badge {}", home.status)>{text::label(&home.status)}</p> }
    });
    let per_area = price_per_area(home).map(|each| {
        view! { <span class="per-area">{format!(" · {each}")}</span> }
    });
    view! {
        <article class="card home">
            <div class="picture">
                <Photo of=pictures::exterior(home) sizes=sizes::CARD load />
            </div>
            {badge}
            <div class="card-text">
                <p class="price">{text::dollars(&home.price)}</p>
                <p class="facts">{facts(home)}</p>
                <h3>
                    <a id=format!("row-{}", home.id) href=links::object(&SCHEMA, home.id)>
                        {format!("{}, {}", home.address, home.location.city)}
                    </a>
                </h3>
                <p class="excerpt">{text::excerpt(&home.description, 180)}</p>
                <p class="muted">
                    {text::label(&home.property_type)} " · Listed " {text::day(&home.created_at)}
                    {per_area}
                </p>
            </div>
            // An empty element for the script: what it puts there does not count as a difference
            // between two versions of a page.
            <div class="keep"></div>
        </article>
    }
}

/// Rooms and area in a few characters: `3 bd · 2 ba · 124 m²`.
pub(crate) fn facts(home: &Property) -> String {
    let has_baths = home.bathrooms > 0.0;
    let beds = match home.bedrooms {
        // A lot has neither.
        0 if !has_baths => None,
        0 => Some("Studio".to_owned()),
        beds => Some(format!("{beds} bd")),
    };
    let baths = has_baths.then(|| format!("{} ba", home.bathrooms));
    let known = [beds, baths, text::area(home.area)].into_iter().flatten();
    known.collect::<Vec<_>>().join(" · ")
}

/// The price per square meter in whole dollars, if it can be computed.
pub(crate) fn dollars_per_area(home: &Property) -> Option<u64> {
    let whole = home.price.split('.').next()?.parse::<u64>().ok()?;
    whole.checked_div(u64::try_from(home.area).ok()?)
}

/// The price per square meter: `$3,629/m²`.
pub(crate) fn price_per_area(home: &Property) -> Option<String> {
    let each = dollars_per_area(home)?;
    Some(format!("${}/m²", text::grouped(each)))
}
