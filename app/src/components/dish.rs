//! The picture of a recipe: the dish on a laid table, seen from above.
//!
//! The drawings are in `assets/ingredients.svg`, made by `tools/pictures/dishes`; a picture is some
//! fifteen of them.

mod file;
mod food;
mod forms;
mod kinds;
mod layer;
mod plan;
mod scene;
mod serve;
mod special;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use layer::Layer;
use leptos::prelude::*;
use plan::{Picture, picture};

pub use file::dish_file;

/// The dish of a recipe.
#[component]
pub(crate) fn Dish(
    /// The recipe's id.
    id: i64,
    /// Its title, which says what kind of dish it is and what it is mostly made of.
    title: String,
    /// Its cuisine, as a token.
    cuisine: String,
    /// The ingredients, as tokens.
    ingredients: Vec<String>,
) -> impl IntoView {
    let drawing = drawing(
        &picture(id, &title, &cuisine, &ingredients),
        "/ingredients.svg",
    );
    view! {
        <div class="picture dish">
            <svg
                viewBox="-300 -200 600 400"
                preserveAspectRatio="xMidYMid slice"
                aria-hidden="true"
                inner_html=drawing
            ></svg>
        </div>
    }
}

/// What is inside of the `svg` element; the drawings are in the file `sprite`.
fn drawing(picture: &Picture, sprite: &str) -> String {
    let mut out = String::with_capacity(1500);
    let (x, y, size) = picture.place;
    for layer in &picture.table {
        draw(&mut out, sprite, layer);
    }
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<g transform=\"translate({x} {y})scale({})\">",
        Percent(size)
    );
    for layer in &picture.dish {
        draw(&mut out, sprite, layer);
    }
    let _ = write!(out, "</g><use href=\"{sprite}#light\"/>");
    out
}

fn draw(out: &mut String, sprite: &str, layer: &Layer) {
    let Layer {
        name,
        x,
        y,
        turn,
        size,
    } = layer;
    let _ = write!(out, "<use href=\"{sprite}#{name}\"");
    let start = out.len();
    out.push_str(" transform=\"");
    let bare = out.len();
    if (*x, *y) != (0, 0) {
        let _ = write!(out, "translate({x} {y})");
    }
    if *turn != 0 {
        let _ = write!(out, "rotate({turn})");
    }
    if *size != 100 {
        let _ = write!(out, "scale({})", Percent(*size));
    }
    if out.len() == bare {
        out.truncate(start);
    } else {
        out.push('"');
    }
    out.push_str("/>");
}

/// A percentage as a factor, without zeros that say nothing.
struct Percent(i32);

impl std::fmt::Display for Percent {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(out, "{whole}"),
            (0, part) => write!(out, ".{part:02}"),
            (whole, part) => write!(out, "{whole}.{part:02}"),
        }
    }
}
