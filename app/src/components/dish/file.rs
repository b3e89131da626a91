//! The picture of a recipe as a file of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::{drawing, plan::picture};

/// The drawings; each is on a line of its own, as is each gradient.
pub(super) const SPRITE: &str = include_str!("../../../../assets/ingredients.svg");

/// The picture as an SVG file, 1200 by 630, in the colors of the light theme: for other sites, which
/// show it beside a link.
pub fn dish_file(id: i64, title: &str, cuisine: &str, ingredients: &[String]) -> String {
    let drawing = drawing(&picture(id, title, cuisine, ingredients), "");
    let lines = lines();
    let mut needed = BTreeSet::new();
    let mut open = references(&drawing);
    while let Some(name) = open.pop() {
        if let Some(line) = lines.get(name)
            && needed.insert(name)
        {
            open.extend(references(line));
        }
    }
    let defs: String = needed
        .iter()
        .filter_map(|name| lines.get(name))
        .copied()
        .collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\" \
         viewBox=\"-300 -157.5 600 315\"><defs>{defs}</defs>{drawing}</svg>"
    )
}

/// The sprite's drawings and gradients by their ids.
pub(super) fn lines() -> BTreeMap<&'static str, &'static str> {
    let id = |line: &'static str| Some(line.split_once(" id=\"")?.1.split_once('"')?.0);
    SPRITE
        .lines()
        .filter_map(|line| Some((id(line)?, line)))
        .collect()
}

/// The ids that a drawing refers to.
pub(super) fn references(drawing: &str) -> Vec<&str> {
    let after = |mark: &'static str, end: char| {
        let parts = drawing.split(mark).skip(1);
        parts.filter_map(move |part| Some(part.split_once(end)?.0))
    };
    after("href=\"#", '"').chain(after("url(#", ')')).collect()
}
