//! What is in the larder: how each ingredient is measured, how much of it four people usually get,
//! and what is in it.
//!
//! `larder.txt` has a line for each: token; name; amounts for four as one of many ingredients, as
//! the main and as the vegetable; grams of a teaspoon; grams of a piece, a clove, a can; and per
//! 100 g kilocalories, grams of protein, fat, saturated fat, carbohydrate, fiber and sugar, and
//! milligrams of sodium. The values are rounded from those that tables of nutrients agree on.

use std::{collections::HashMap, sync::LazyLock};

use catalogue::recipes::amount::Amount;

/// An ingredient as it is bought, measured and eaten.
#[derive(Debug, Clone, Copy)]
pub(super) struct Food {
    /// Its name in a list of ingredients.
    pub(super) name: &'static str,
    /// Amounts for four, by [`Role`]; empty where it never has that role.
    usual: [&'static str; 3],
    /// Grams.
    teaspoon: f64,
    /// Grams.
    piece: f64,
    /// Per 100 g, in the order of [`super::amounts::nutrition`].
    pub(super) per_100_g: [f64; 8],
}

/// What an ingredient is in a dish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Base,
    Main,
    Green,
}

static LARDER: LazyLock<HashMap<&str, Food>> =
    LazyLock::new(|| LINES.lines().filter_map(read).collect());

pub(super) const LINES: &str = include_str!("larder.txt");

/// The ingredient with this token.
pub(super) fn food(token: &str) -> Option<&'static Food> {
    LARDER.get(token)
}

fn read(line: &'static str) -> Option<(&'static str, Food)> {
    let mut cells = line.split('|');
    let mut cell = || cells.next();
    let (token, name) = (cell()?, cell()?);
    let usual = [cell()?, cell()?, cell()?];
    let (teaspoon, piece) = (cell()?.parse().ok()?, cell()?.parse().ok()?);
    let mut values = cell()?.split(' ').map(str::parse::<f64>);
    let mut per_100_g = [0.0; 8];
    for value in &mut per_100_g {
        *value = values.next()?.ok()?;
    }
    let food = Food {
        name,
        usual,
        teaspoon,
        piece,
        per_100_g,
    };
    Some((token, food))
}

impl Food {
    /// How much of it four people get: the usual for its role, or that of another role.
    pub(super) fn usual(&self, role: Role) -> &'static str {
        let [base, main, green] = self.usual;
        let order = match role {
            Role::Base => [base, green, main],
            Role::Main => [main, green, base],
            Role::Green => [green, base, main],
        };
        order.into_iter().find(|it| !it.is_empty()).unwrap_or("1")
    }

    /// The grams of an amount.
    pub(super) fn grams(&self, amount: &Amount<'_>) -> f64 {
        let of_unit = match amount.unit() {
            Some("g") => 1.0,
            Some("kg") => 1_000.0,
            Some("ml") => self.teaspoon / 5.0,
            Some("l") => self.teaspoon * 200.0,
            Some("tsp") => self.teaspoon,
            Some("tbsp") => self.teaspoon * 3.0,
            Some("cup") => self.teaspoon * 48.0,
            _ => self.piece,
        };
        amount.quantity().map_or(0.0, |n| n.value() * of_unit)
    }
}
