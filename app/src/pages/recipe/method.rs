//! The steps of a recipe.

use leptos::prelude::*;

use super::times::{Piece, pieces};
use crate::text;

/// The steps, numbered, with their times marked up.
#[component]
pub(super) fn Method(steps: Vec<String>) -> impl IntoView {
    let steps = steps.into_iter().enumerate().map(|(at, step)| {
        view! { <li id=anchor(at)>{marked(&step)}</li> }
    });
    view! { <ol class="method">{steps.collect_view()}</ol> }
}

/// The id of a step on the page; the first one is at 0.
pub(super) fn anchor(at: usize) -> String {
    format!("step-{}", at + 1)
}

/// A step's text with its times marked up, for programs that set a timer.
pub(super) fn marked(step: &str) -> AnyView {
    let pieces = pieces(step).into_iter().map(|piece| match piece {
        Piece::Words(words) => words.to_owned().into_any(),
        Piece::Time(words, seconds) => {
            view! { <time datetime=text::iso_duration(seconds)>{words.to_owned()}</time> }
                .into_any()
        }
    });
    view! { <p>{pieces.collect_view()}</p> }.into_any()
}
