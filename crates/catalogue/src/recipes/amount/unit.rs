//! Units, when a cook changes from one to another, and how finely each is measured.

use super::ratio::Ratio;

/// A unit of an amount.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unit {
    one: &'static str,
    several: &'static str,
    /// How else it is written; without the final point of an abbreviation.
    also: &'static [&'static str],
    kind: Kind,
}

/// How a unit is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Grams or milliliters.
    Small,
    /// Kilograms or liters.
    Large,
    Teaspoon,
    Tablespoon,
    Cup,
    Ounce,
    Pound,
    /// Pieces of any kind.
    Piece,
}

const fn unit(
    kind: Kind,
    one: &'static str,
    several: &'static str,
    also: &'static [&'static str],
) -> Unit {
    Unit {
        one,
        several,
        also,
        kind,
    }
}

static UNITS: &[Unit] = &[
    unit(Kind::Small, "g", "g", &["gram", "grams", "gr"]),
    unit(
        Kind::Small,
        "ml",
        "ml",
        &["milliliter", "milliliters", "millilitre", "millilitres"],
    ),
    unit(
        Kind::Large,
        "kg",
        "kg",
        &["kilogram", "kilograms", "kilo", "kilos"],
    ),
    unit(
        Kind::Large,
        "l",
        "l",
        &["liter", "liters", "litre", "litres"],
    ),
    unit(
        Kind::Teaspoon,
        "tsp",
        "tsp",
        &["teaspoon", "teaspoons", "tsps"],
    ),
    unit(
        Kind::Tablespoon,
        "tbsp",
        "tbsp",
        &["tablespoon", "tablespoons", "tbsps", "tbs"],
    ),
    unit(Kind::Cup, "cup", "cups", &[]),
    unit(Kind::Ounce, "oz", "oz", &["ounce", "ounces"]),
    unit(Kind::Pound, "lb", "lb", &["lbs", "pound", "pounds"]),
    unit(Kind::Piece, "pint", "pints", &[]),
    unit(Kind::Piece, "quart", "quarts", &[]),
    unit(Kind::Piece, "pinch", "pinches", &[]),
    unit(Kind::Piece, "dash", "dashes", &[]),
    unit(Kind::Piece, "clove", "cloves", &[]),
    unit(Kind::Piece, "can", "cans", &[]),
    unit(Kind::Piece, "slice", "slices", &[]),
    unit(Kind::Piece, "piece", "pieces", &[]),
    unit(Kind::Piece, "stalk", "stalks", &[]),
    unit(Kind::Piece, "sprig", "sprigs", &[]),
    unit(Kind::Piece, "bunch", "bunches", &[]),
    unit(Kind::Piece, "handful", "handfuls", &[]),
    unit(Kind::Piece, "head", "heads", &[]),
    unit(Kind::Piece, "stick", "sticks", &[]),
    unit(Kind::Piece, "sheet", "sheets", &[]),
    unit(Kind::Piece, "fillet", "fillets", &[]),
    unit(Kind::Piece, "package", "packages", &["pkg"]),
    unit(Kind::Piece, "strip", "strips", &[]),
];

/// The unit at the beginning of a text, and what follows it.
pub(super) fn leading(text: &str) -> Option<(&'static Unit, &str)> {
    let end = text
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    // A capital letter alone decides between spoons.
    let unit = match word {
        "T" => UNITS.iter().find(|unit| unit.kind == Kind::Tablespoon),
        "t" => UNITS.iter().find(|unit| unit.kind == Kind::Teaspoon),
        _ => UNITS
            .iter()
            .find(|unit| is(unit.one) || is(unit.several) || unit.also.iter().any(|it| is(it))),
    }?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    // "can-sized" and "clove's" are other words.
    let ends = rest
        .chars()
        .next()
        .is_none_or(|c| c.is_whitespace() || c == ',');
    ends.then(|| (unit, rest.trim_start()))
}

/// A ratio of small whole numbers, none of them zero.
fn ratio(over: u64, under: u64) -> Ratio {
    Ratio::new(over, under).unwrap_or(Ratio::ONE)
}

fn of_kind(kind: Kind, metric: Option<&str>) -> Option<&'static Unit> {
    UNITS
        .iter()
        .find(|unit| unit.kind == kind && metric.is_none_or(|name| unit.one == name))
}

impl Unit {
    pub(super) fn is_metric(&self) -> bool {
        matches!(self.kind, Kind::Small | Kind::Large)
    }

    pub(super) fn name(&self, several: bool) -> &'static str {
        if several { self.several } else { self.one }
    }

    /// The unit that a cook would rather measure so much in, and by what the quantity is then
    /// multiplied; `None` if this unit is right.
    pub(super) fn better(&self, quantity: Ratio) -> Option<(Ratio, &'static Self)> {
        let whole = |n: Ratio| n.parts().1.is_none();
        let times = |over, under| quantity.times(ratio(over, under)).unwrap_or(quantity);
        let (over, under, kind) = match self.kind {
            Kind::Small if quantity >= ratio(1_000, 1) => (1, 1_000, Kind::Large),
            Kind::Large if quantity < Ratio::ONE => (1_000, 1, Kind::Small),
            // Twelve spoons are a quarter of a cup; three are one of the larger.
            Kind::Teaspoon if quantity >= ratio(12, 1) => (1, 48, Kind::Cup),
            Kind::Teaspoon if quantity >= ratio(6, 1) => (1, 3, Kind::Tablespoon),
            Kind::Teaspoon if quantity >= ratio(3, 1) && whole(times(2, 3)) => {
                (1, 3, Kind::Tablespoon)
            }
            Kind::Tablespoon if quantity >= ratio(12, 1) => (1, 16, Kind::Cup),
            Kind::Tablespoon if quantity >= ratio(4, 1) && whole(times(1, 4)) => (1, 16, Kind::Cup),
            Kind::Tablespoon if quantity < Ratio::ONE => (3, 1, Kind::Teaspoon),
            Kind::Cup if quantity < ratio(1, 16) => (48, 1, Kind::Teaspoon),
            Kind::Cup if quantity < ratio(1, 4) => (16, 1, Kind::Tablespoon),
            Kind::Ounce if quantity >= ratio(16, 1) => (1, 16, Kind::Pound),
            Kind::Pound if quantity < ratio(1, 2) => (16, 1, Kind::Ounce),
            _ => return None,
        };
        let metric = match self.one {
            "g" => Some("kg"),
            "kg" => Some("g"),
            "ml" => Some("l"),
            "l" => Some("ml"),
            _ => None,
        };
        Some((ratio(over, under), of_kind(kind, metric)?))
    }
}

/// The quantity as it can be measured.
pub(super) fn rounded(quantity: Ratio, unit: Option<&Unit>) -> Ratio {
    let below = |n| quantity < ratio(n, 1);
    let step = match unit.map_or(Kind::Piece, |unit| unit.kind) {
        Kind::Small if below(2) => ratio(1, 2),
        Kind::Small if below(25) => Ratio::ONE,
        Kind::Small if below(500) => ratio(5, 1),
        Kind::Small => ratio(10, 1),
        Kind::Large => ratio(1, 20),
        Kind::Teaspoon if below(1) => return nearest(quantity, &SPOONS),
        Kind::Teaspoon if below(3) => ratio(1, 4),
        Kind::Teaspoon | Kind::Tablespoon => ratio(1, 2),
        Kind::Ounce | Kind::Pound if below(4) => ratio(1, 4),
        Kind::Ounce | Kind::Pound if below(10) => ratio(1, 2),
        Kind::Cup | Kind::Piece if below(4) => return nearest(quantity, &PARTS),
        Kind::Cup | Kind::Piece if below(10) => ratio(1, 2),
        Kind::Cup | Kind::Ounce | Kind::Pound | Kind::Piece => Ratio::ONE,
    };
    quantity.nearest(step)
}

/// Parts of cups and pieces.
const PARTS: [(u64, u64); 7] = [(0, 1), (1, 4), (1, 3), (1, 2), (2, 3), (3, 4), (1, 1)];

/// The spoons that there are.
const SPOONS: [(u64, u64); 5] = [(1, 8), (1, 4), (1, 2), (3, 4), (1, 1)];

/// The nearest number with one of these parts; more than nothing.
fn nearest(quantity: Ratio, parts: &[(u64, u64)]) -> Ratio {
    let (whole, _) = quantity.parts();
    let candidates = parts.iter().filter_map(|part| match *part {
        (1, 1) => Ratio::new(whole + 1, 1),
        (over, under) => Ratio::mixed(whole, Ratio::new(over, under)),
    });
    let nearest = candidates.min_by(|a, b| {
        let ((a, under_a), (b, under_b)) = (quantity.distance(*a), quantity.distance(*b));
        (a * under_b).cmp(&(b * under_a))
    });
    nearest.unwrap_or(quantity)
}
