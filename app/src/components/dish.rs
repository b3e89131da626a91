//! The picture of a recipe.

use std::{collections::HashMap, sync::LazyLock};

use leptos::prelude::*;

/// The symbol of `assets/ingredients.svg` that stands for each ingredient.
static SYMBOLS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let names = include_str!("../../../assets/ingredients.json");
    serde_json::from_str(names).unwrap_or_else(|error| {
        leptos::logging::error!("cannot read the names of the ingredients: {error}");
        HashMap::new()
    })
});

/// The symbols of what is in nearly every dish, and so says least about one.
const STAPLES: [&str; 9] = [
    "salt", "oil", "sugar", "garlic", "onion", "butter", "herb", "sauce", "bowl",
];

/// Where symbols lie, as the x and y of their center and their size: the first three on the plate,
/// the others around it on the table.
const PLACES: [(i32, i32, i32); 7] = [
    (300, 164, 124),
    (252, 238, 92),
    (350, 240, 92),
    (88, 108, 78),
    (514, 298, 78),
    (92, 306, 70),
    (510, 100, 70),
];

/// A laid table with the ingredients on a plate. The id determines cloth, plate and how things lie.
#[component]
pub(crate) fn Dish(
    /// The recipe's id.
    id: i64,
    /// Its title, which says what it is mostly made of.
    title: String,
    /// The ingredients, as tokens.
    ingredients: Vec<String>,
) -> impl IntoView {
    let things = things(id, &title, &ingredients).into_iter().map(|thing| {
        let Thing {
            symbol,
            x,
            y,
            size,
            turn,
        } = thing;
        view! {
            <use_
                href=format!("/ingredients.svg#{symbol}")
                x=x - size / 2
                y=y - size / 2
                width=size
                height=size
                transform=format!("rotate({turn} {x} {y})")
            />
        }
    });
    view! {
        <div class=format!("picture dish cloth-{}", cloth(id))>
            <svg viewBox="0 0 600 400" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
                <circle class="shade" cx="306" cy="212" r="158" />
                <circle class="ware" cx="300" cy="200" r="158" />
                <circle class="well" cx="300" cy="200" r="122" />
                {things.collect_view()}
            </svg>
        </div>
    }
}

/// The same picture as an SVG file of its own, 1200 by 630, in the colors of the light theme: for
/// other sites, which show it beside a link.
pub fn dish_file(id: i64, title: &str, ingredients: &[String]) -> String {
    let sprite = include_str!("../../../assets/ingredients.svg");
    let (cloth, ware) = CLOTHS.get(cloth(id)).copied().unwrap_or(CLOTHS[0]);
    let mut file = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\" viewBox=\"0 42.5 600 315\">\
         <rect y=\"0\" width=\"600\" height=\"400\" fill=\"{cloth}\"/>\
         <circle cx=\"306\" cy=\"206\" r=\"148\" fill=\"#000\" fill-opacity=\".1\"/>\
         <circle cx=\"300\" cy=\"200\" r=\"148\" fill=\"{ware}\"/>\
         <circle cx=\"300\" cy=\"200\" r=\"122\" fill=\"none\" stroke=\"#000\" stroke-opacity=\".07\" stroke-width=\"3\"/>"
    );
    for Thing {
        symbol,
        x,
        y,
        size,
        turn,
    } in things(id, title, ingredients)
    {
        let start = sprite.find(&format!("<symbol id=\"{symbol}\""));
        let drawing = start.and_then(|start| {
            let end = sprite[start..].find("</symbol>")?;
            Some(&sprite[start..start + end + "</symbol>".len()])
        });
        let (left, top) = (x - size / 2, y - size / 2);
        file += drawing.unwrap_or_default();
        file += &format!(
            "<use href=\"#{symbol}\" x=\"{left}\" y=\"{top}\" width=\"{size}\" height=\"{size}\" \
             transform=\"rotate({turn} {x} {y})\"/>"
        );
    }
    file + "</svg>"
}

/// The cloths and what stands on them, as in `style/pictures.css`.
const CLOTHS: [(&str, &str); 6] = [
    ("#f1ddd3", "#fdfbf6"),
    ("#dfe8d3", "#fdfbf6"),
    ("#d4e4e6", "#fdfbf6"),
    ("#f4e3c6", "#e9f1ee"),
    ("#dcdfea", "#fdfbf6"),
    ("#33544b", "#f6efe2"),
];

/// A symbol on the table: its center, its size, and its rotation in degrees.
struct Thing {
    symbol: &'static str,
    x: i32,
    y: i32,
    size: i32,
    turn: i32,
}

/// Random bits of a dish, always the same.
fn dice(id: i64) -> u64 {
    id.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20
}

/// Which of the cloths a dish lies on.
fn cloth(id: i64) -> usize {
    usize::try_from(dice(id) % 6).unwrap_or_default()
}

fn things(id: i64, title: &str, ingredients: &[String]) -> Vec<Thing> {
    let symbols = symbols(title, ingredients).into_iter().zip(PLACES);
    let things = symbols.enumerate().map(|(place, (symbol, (x, y, size)))| {
        // Two bits for each: a rotation between -18 and 18 degrees.
        let turn = i32::try_from(dice(id) >> (2 * place) & 3).unwrap_or_default() * 12 - 18;
        Thing {
            symbol,
            x,
            y,
            size,
            turn,
        }
    });
    things.collect()
}

/// The symbols of a dish, each once: first what its title mentions, in the title's order, and the
/// staples last.
fn symbols(title: &str, ingredients: &[String]) -> Vec<&'static str> {
    let title = title.to_lowercase();
    let mut symbols: Vec<(usize, bool, &str)> = Vec::with_capacity(ingredients.len());
    for name in ingredients {
        let symbol = SYMBOLS.get(name).map_or("herb", String::as_str);
        // Titles use the singular: a bean stew has beans.
        let word = name.replace('-', " ");
        let mentioned = title.find(word.trim_end_matches('s'));
        let rank = mentioned.unwrap_or(usize::MAX);
        match symbols.iter_mut().find(|(_, _, known)| *known == symbol) {
            Some((known, ..)) => *known = rank.min(*known),
            None => {
                let staple = STAPLES.contains(&symbol) || name.ends_with("oil");
                symbols.push((rank, staple, symbol));
            }
        }
    }
    symbols.sort_by_key(|(rank, staple, _)| (*rank, *staple));
    symbols.truncate(PLACES.len());
    symbols.into_iter().map(|(_, _, symbol)| symbol).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ingredient_has_a_symbol_in_the_sprite() {
        let sprite = include_str!("../../../assets/ingredients.svg");
        assert!(SYMBOLS.len() > 50);
        for symbol in SYMBOLS.values().map(String::as_str).chain(STAPLES) {
            assert!(sprite.contains(&format!("id=\"{symbol}\"")), "{symbol}");
        }
    }

    #[test]
    fn a_file_has_the_colors_of_the_style() {
        let style = include_str!("../../../style/pictures.css");
        for (place, (cloth, ware)) in CLOTHS.iter().enumerate() {
            let rule = style
                .lines()
                .find(|line| line.starts_with(&format!(".cloth-{place} ")));
            assert!(rule.expect("a rule").contains(cloth));
            assert!(style.contains(&format!("--ware: {ware}")));
        }
    }

    #[test]
    fn distinctive_ingredients_come_first_and_none_twice() {
        let names = ["garlic", "beef", "salt", "olive-oil", "carrots", "beef"];
        let names = names.map(str::to_owned);
        let plain = symbols("Stew", &names);
        assert_eq!(plain[..2], ["beef", "carrot"]);
        assert_eq!(plain.iter().filter(|symbol| **symbol == "beef").count(), 1);
        let named = symbols("Carrot and garlic stew", &names);
        assert_eq!(named[..3], ["carrot", "garlic", "beef"]);
    }
}
