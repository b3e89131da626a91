//! Amounts: a line of a list of ingredients, read and scaled as a cook would.
//!
//! A line begins with a quantity (`400`, `0.5`, `1/2`, `1 1/2`, `½`, `2-3`) and may go on with a
//! unit; the name of the ingredient follows, and after a comma what is done with it. A line without
//! a quantity (`salt, to taste`) is shown as it is.
//!
//! Quantities are exact fractions, and only their text is rounded, so scaling there and back gives
//! the same line. Pages scale in the browser, so this module is small and uses no other crate, and
//! cuts texts by functions that cannot panic: the message of such a panic would be a tenth of the
//! browser's program.

mod noun;
mod ratio;
mod unit;

#[cfg(test)]
mod tests;

use std::fmt::{self, Display, Formatter};

pub use ratio::Ratio;
use ratio::read;
use unit::Unit;

/// A line of a list of ingredients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount<'a> {
    /// The least and the greatest quantity, as written: the same, except in a range.
    quantity: Option<(Ratio, Ratio)>,
    /// What the quantity is multiplied by.
    factor: Ratio,
    /// The size of a package, between quantity and unit: `(14-ounce)`.
    size: &'a str,
    unit: Option<&'static Unit>,
    name: &'a str,
    note: Option<&'a str>,
}

/// The line for this many servings, given the one for `servings`. If nothing is to be scaled, it is
/// as it was written, except that fractions are one character.
pub fn scale(line: &str, servings: u32, wanted: u32) -> String {
    Amount::for_servings(line, servings, wanted).to_string()
}

/// The line of a measure and an ingredient, whose name follows the number if it is counted: `2` and
/// `lime` are `2 limes`, `400 g` and `ripe tomatoes` stay as they are.
pub fn line(measure: &str, name: &str) -> String {
    let amount = Amount::parse(measure);
    let is_counted = amount.unit.is_none() && amount.name.is_empty();
    let name = match amount.quantity.filter(|_| is_counted) {
        Some((_, most)) if most.is_more_than_one() => noun::plural(name),
        Some(_) => noun::singular(name),
        None => name.to_owned(),
    };
    format!("{measure} {name}")
}

impl<'a> Amount<'a> {
    /// Reads a line. Every line can be read: at worst all of it is a name.
    pub fn parse(line: &'a str) -> Self {
        let line = line.trim();
        let (quantity, rest) = quantity(line).map_or((None, line), |(q, rest)| (Some(q), rest));
        let (size, unit, rest) = match quantity {
            Some(_) => measure(rest),
            None => ("", None, rest),
        };
        let (name, note) = name_and_note(rest);
        Self {
            quantity,
            factor: Ratio::ONE,
            size,
            unit,
            name,
            note,
        }
    }

    /// Reads the line for `servings`, and scales it for this many.
    pub fn for_servings(line: &'a str, servings: u32, wanted: u32) -> Self {
        let amount = Self::parse(line);
        Ratio::new(wanted.into(), servings.into()).map_or(amount, |by| amount.times(by))
    }

    /// The same ingredient, this many times as much.
    #[must_use]
    pub fn times(self, by: Ratio) -> Self {
        let scaled = self.factor.times(by).filter(|factor| {
            let fits = |(least, most): (Ratio, Ratio)| {
                least.times(*factor).is_some() && most.times(*factor).is_some()
            };
            self.quantity.is_none_or(fits)
        });
        // A number that is too large for an exact fraction is for no kitchen.
        scaled.map_or(self, |factor| Self { factor, ..self })
    }

    /// How much: the greater one of a range, scaled but not rounded.
    pub fn quantity(&self) -> Option<Ratio> {
        let (_, most) = self.quantity?;
        Some(most.times(self.factor).unwrap_or(most))
    }

    /// The unit that the line is written in, in the singular.
    pub fn unit(&self) -> Option<&'static str> {
        self.unit.map(|unit| unit.name(false))
    }

    /// The quantity and its unit: `1½ cups`. Empty if the line has no quantity.
    pub fn measure(&self) -> String {
        self.written().0
    }

    /// The name of the ingredient: `heavy cream`, in the plural if there are several.
    pub fn name(&self) -> String {
        self.written().1
    }

    /// What is done with the ingredient: `finely chopped`.
    pub fn note(&self) -> Option<&'a str> {
        self.note
    }

    /// Measure and name.
    fn written(&self) -> (String, String) {
        let Some((least, most)) = self.quantity else {
            return (String::new(), self.name.to_owned());
        };
        let scaled = |n: Ratio| n.times(self.factor).unwrap_or(n);
        let (mut low, mut high) = (scaled(least), scaled(most));
        let mut unit = self.unit;
        let is_metric = |unit: Option<&Unit>| unit.is_some_and(|unit| unit.is_metric());
        if self.factor != Ratio::ONE {
            if let Some((by, better)) = unit.and_then(|unit| unit.better(high)) {
                low = low.times(by).unwrap_or(low);
                high = high.times(by).unwrap_or(high);
                unit = Some(better);
            }
            low = unit::rounded(low, unit);
            high = unit::rounded(high, unit);
        }
        let mut measure = low.written(is_metric(unit));
        if high != low {
            measure.push('–');
            measure.push_str(&high.written(is_metric(unit)));
        }
        let several = high.is_more_than_one();
        if !self.size.is_empty() {
            measure.push(' ');
            measure.push_str(self.size);
        }
        if let Some(unit) = unit {
            measure.push(' ');
            measure.push_str(unit.name(several));
            return (measure, self.name.to_owned());
        }
        let was_several = most.is_more_than_one();
        let name = match (was_several, several) {
            (false, true) => noun::plural(self.name),
            (true, false) => noun::singular(self.name),
            _ => self.name.to_owned(),
        };
        (measure, name)
    }
}

impl Display for Amount<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (measure, name) = self.written();
        f.write_str(&measure)?;
        if !measure.is_empty() && !name.is_empty() {
            f.write_str(" ")?;
        }
        f.write_str(&name)?;
        self.note.map_or(Ok(()), |note| write!(f, ", {note}"))
    }
}

/// The quantity at the beginning of a line, and what follows it.
fn quantity(line: &str) -> Option<((Ratio, Ratio), &str)> {
    let (least, rest) = read(line)?;
    let after = rest.trim_start();
    let range = after
        .strip_prefix(['-', '–', '—'])
        .or_else(|| after.strip_prefix("to "));
    if let Some((most, rest)) = range.and_then(|most| read(most.trim_start()))
        && most > least
        && ends(rest)
    {
        return Some(((least, most), rest.trim_start()));
    }
    ends(rest).then(|| ((least, least), rest.trim_start()))
}

/// Whether a quantity may end here: `1-inch piece` and `7% fat` begin with none.
fn ends(rest: &str) -> bool {
    let next = rest.chars().next();
    next.is_none_or(|next| next.is_whitespace() || next == '(')
        || unit::leading(rest).is_some_and(|(unit, _)| unit.is_metric())
}

/// The size of a package, the unit, and what follows them.
fn measure(rest: &str) -> (&str, Option<&'static Unit>, &str) {
    let is_sized = rest.starts_with('(');
    let size = rest.find(')').filter(|_| is_sized);
    if let Some((size, after)) = size.and_then(|end| rest.split_at_checked(end + 1))
        && let Some((unit, after)) = unit::leading(after.trim_start())
    {
        return (size, Some(unit), after);
    }
    unit::leading(rest).map_or(("", None, rest), |(unit, after)| ("", Some(unit), after))
}

/// The name, and after the first comma outside of brackets the note.
fn name_and_note(rest: &str) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    let comma = rest.char_indices().find(|(_, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *c == ',' && depth == 0
    });
    let cut = comma.and_then(|(at, _)| rest.split_at_checked(at));
    let (name, note) = cut.unwrap_or((rest, ""));
    let note = note.strip_prefix(',').unwrap_or(note).trim();
    (name.trim(), (!note.is_empty()).then_some(note))
}
