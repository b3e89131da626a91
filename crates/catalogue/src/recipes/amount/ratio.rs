//! Exact fractions, and how cooks write them.

use std::cmp::Ordering;

/// A positive fraction in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    over: u64,
    under: u64,
}

/// Fractions that are one character.
const CHARACTERS: [(char, u64, u64); 15] = [
    ('⅛', 1, 8),
    ('⅙', 1, 6),
    ('⅕', 1, 5),
    ('¼', 1, 4),
    ('⅓', 1, 3),
    ('⅜', 3, 8),
    ('⅖', 2, 5),
    ('½', 1, 2),
    ('⅗', 3, 5),
    ('⅝', 5, 8),
    ('⅔', 2, 3),
    ('¾', 3, 4),
    ('⅘', 4, 5),
    ('⅚', 5, 6),
    ('⅞', 7, 8),
];

impl Ratio {
    /// Once.
    pub const ONE: Self = Self { over: 1, under: 1 };

    /// `over` divided by `under`; `None` if one of them is zero.
    pub fn new(over: u64, under: u64) -> Option<Self> {
        let divisor = greatest_divisor(over, under);
        (over > 0 && under > 0).then(|| Self {
            over: over / divisor,
            under: under / divisor,
        })
    }

    /// As a decimal number, for sums in which the last digits do not count.
    pub fn value(self) -> f64 {
        self.over as f64 / self.under as f64
    }

    /// The product; `None` if it is too large.
    pub(super) fn times(self, by: Self) -> Option<Self> {
        // Divided crosswise first, so that the product is in lowest terms and as small as can be.
        let (a, b) = (
            greatest_divisor(self.over, by.under),
            greatest_divisor(by.over, self.under),
        );
        Some(Self {
            over: (self.over / a).checked_mul(by.over / b)?,
            under: (self.under / b).checked_mul(by.under / a)?,
        })
    }

    pub(super) fn is_more_than_one(self) -> bool {
        self.over > self.under
    }

    /// The nearest multiple of a fraction, and at least the fraction; halves go up.
    pub(super) fn nearest(self, step: Self) -> Self {
        let inverse = Self {
            over: step.under,
            under: step.over,
        };
        let Some(steps) = self.times(inverse) else {
            return self;
        };
        let whole =
            (u128::from(steps.over) * 2 + u128::from(steps.under)) / (u128::from(steps.under) * 2);
        let whole = u64::try_from(whole.max(1)).ok();
        let rounded = whole.and_then(|whole| {
            Self {
                over: whole,
                under: 1,
            }
            .times(step)
        });
        rounded.unwrap_or(self)
    }

    /// Whole and part: the part is less than one, `None` if there is none.
    pub(super) fn parts(self) -> (u64, Option<Self>) {
        (
            self.over / self.under,
            Self::new(self.over % self.under, self.under),
        )
    }

    /// The sum of a whole number and a part that is less than one.
    pub(super) fn mixed(whole: u64, part: Option<Self>) -> Option<Self> {
        let Some(part) = part else {
            return Self::new(whole, 1);
        };
        Self::new(
            whole.checked_mul(part.under)?.checked_add(part.over)?,
            part.under,
        )
    }

    /// How far apart two fractions are, for comparing distances.
    pub(super) fn distance(self, other: Self) -> (u128, u128) {
        let (a, b) = self.crossed(other);
        (
            a.abs_diff(b),
            u128::from(self.under) * u128::from(other.under),
        )
    }

    /// As cooks write it: `1½`; metric, or where no character has the fraction, `1.25`, and only
    /// if that is not exact, `3/7`.
    pub(super) fn written(self, is_metric: bool) -> String {
        let (whole, part) = self.parts();
        let Some(part) = part else {
            return whole.to_string();
        };
        let character = CHARACTERS
            .iter()
            .find(|(_, over, under)| (part.over, part.under) == (*over, *under));
        let before = if whole > 0 {
            whole.to_string()
        } else {
            String::new()
        };
        match (character, 1_000 % part.under) {
            (Some((character, ..)), _) if !is_metric => format!("{before}{character}"),
            (_, 0) => {
                let decimals = format!("{:03}", part.over * (1_000 / part.under));
                format!("{whole}.{}", decimals.trim_end_matches('0'))
            }
            (Some((character, ..)), _) => format!("{before}{character}"),
            (None, _) if whole > 0 => format!("{whole} {}/{}", part.over, part.under),
            (None, _) => format!("{}/{}", part.over, part.under),
        }
    }

    fn crossed(self, other: Self) -> (u128, u128) {
        (
            u128::from(self.over) * u128::from(other.under),
            u128::from(other.over) * u128::from(self.under),
        )
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = self.crossed(*other);
        a.cmp(&b)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A quantity at the beginning of a text, and what follows it: `400`, `0.5`, `1/2`, `1 1/2`, `1½`.
pub(super) fn read(text: &str) -> Option<(Ratio, &str)> {
    if let Some((part, rest)) = character(text) {
        return Some((part, rest));
    }
    let (first, rest) = digits(text)?;
    if let Some((under, rest)) = rest.strip_prefix(['/', '⁄']).and_then(digits) {
        return Some((Ratio::new(first, under)?, rest));
    }
    if let Some((decimals, after)) = rest.strip_prefix('.').and_then(digits) {
        let length = rest.len() - after.len() - 1;
        let scale = 10_u64.checked_pow(u32::try_from(length).ok().filter(|it| *it <= 3)?)?;
        return Some((
            Ratio::new(first.checked_mul(scale)? + decimals, scale)?,
            after,
        ));
    }
    let spaced = rest
        .strip_prefix([' ', '\u{A0}', '\u{2009}'])
        .unwrap_or(rest);
    let slashed = || {
        let (over, after) = digits(spaced)?;
        let (under, after) = after.strip_prefix(['/', '⁄']).and_then(digits)?;
        Some((
            Ratio::new(over, under).filter(|part| over < under && *part < Ratio::ONE)?,
            after,
        ))
    };
    let part = character(spaced).or_else(|| (spaced.len() < rest.len()).then(slashed)?);
    match part {
        Some((part, after)) => Some((Ratio::mixed(first, Some(part))?, after)),
        None => Some((Ratio::new(first, 1)?, rest)),
    }
}

fn character(text: &str) -> Option<(Ratio, &str)> {
    let mut rest = text.chars();
    let first = rest.next()?;
    let (_, over, under) = CHARACTERS
        .iter()
        .find(|(character, ..)| *character == first)?;
    Some((Ratio::new(*over, *under)?, rest.as_str()))
}

/// At most six digits: more are no quantity.
fn digits(text: &str) -> Option<(u64, &str)> {
    let end = text
        .bytes()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok().filter(|_| end <= 6)?, rest))
}

fn greatest_divisor(a: u64, b: u64) -> u64 {
    if b == 0 {
        a.max(1)
    } else {
        greatest_divisor(b, a % b)
    }
}
