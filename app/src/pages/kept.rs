//! The homes that a reader has picked.

mod compare;
mod saved;

use catalogue::properties::Property;
use http::StatusCode;
use leptos::prelude::*;

pub(crate) use self::{compare::compare, saved::saved};
use crate::{
    components::{Head, failure, page},
    kept::{Kept, Refused},
    listed,
    portal::Failure,
    reply,
    request::Request,
};

/// The homes that the address names, without those that there are not, or the page that says why
/// there are none.
async fn picked(kept: Kept, request: &Request) -> Result<(Vec<i64>, Vec<Property>), AnyView> {
    let ids = kept
        .read(&request.search)
        .map_err(|refused| meaningless(kept, request, &refused))?;
    let mut homes = Vec::with_capacity(ids.len());
    for id in &ids {
        match listed::object::<Property>(Some(*id)).await {
            Ok(home) => homes.push(home),
            Err(Failure::NotFound) => {}
            Err(other) => return Err(failure(request, other)),
        }
    }
    if homes.is_empty() && !ids.is_empty() {
        reply::failed(Failure::NotFound);
    }
    Ok((ids, homes))
}

/// The numbers cannot be meant.
fn meaningless(kept: Kept, request: &Request, refused: &Refused) -> AnyView {
    reply::status(StatusCode::BAD_REQUEST);
    let main = view! {
        <div class="wrap notice-page">
            <h1>"Those homes cannot be shown"</h1>
            <p class="lead">
                <strong>{refused.parameter}</strong>
                {format!(" cannot be “{}”: expected {}.", refused.value, refused.expected)}
            </p>
            <ul class="ways">
                <li><a class="button" href="/properties">"See all homes"</a></li>
            </ul>
        </div>
    };
    page(request, head(kept, "Not understood", &[]), main)
}

/// What the head says of such a page. Search engines have the homes themselves.
fn head(kept: Kept, title: &str, ids: &[i64]) -> Head {
    Head {
        title: title.to_owned(),
        description: match kept {
            Kept::Compare => "Homes side by side: price, rooms, area, age and place.",
            Kept::Saved => "Homes that somebody keeps, at the prices that stand now.",
        }
        .to_owned(),
        canonical: kept.address(ids),
        hidden: true,
    }
}
