//! For how many people a recipe's amounts are shown.

use catalogue::recipes::amount::Amount;

use crate::{Cooking, MOST_SERVINGS};

/// For how many people amounts are shown, and for how many they were written. The server renders
/// pages with it, and the browser changes them with it, so both show the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Servings {
    written: u32,
    shown: u32,
}

impl Servings {
    /// Those of a recipe that was written for so many people, unless others are wanted.
    pub fn of(written: u32, wanted: Option<u32>) -> Self {
        let written = written.max(1);
        Self {
            written,
            shown: wanted.unwrap_or(written),
        }
    }

    /// For how many people the recipe was written.
    pub fn written(self) -> u32 {
        self.written
    }

    /// For how many people amounts are shown.
    pub fn shown(self) -> u32 {
        self.shown
    }

    /// Whether amounts are shown as they were written.
    pub fn is_as_written(self) -> bool {
        self.shown == self.written
    }

    /// The same recipe for others; `None` if amounts are not scaled for so many.
    pub fn with(self, shown: u32) -> Option<Self> {
        let is_possible = shown == self.written || (1..=MOST_SERVINGS).contains(&shown);
        is_possible.then_some(Self { shown, ..self })
    }

    /// For one person less.
    pub fn fewer(self) -> Option<Self> {
        self.with(self.shown.checked_sub(1)?.min(MOST_SERVINGS))
    }

    /// For one person more.
    pub fn more(self) -> Option<Self> {
        self.with(self.shown.checked_add(1)?)
    }

    /// The canonical address of the recipe with this id for so many people, or of its cook's mode.
    pub fn url(self, id: i64, by_steps: bool) -> String {
        let in_address = (!self.is_as_written()).then_some(self.shown);
        Cooking::url(id, in_address, by_steps)
    }

    /// An ingredient's amount, from its line as it was written.
    pub fn amount(self, line: &str) -> Amount<'_> {
        Amount::for_servings(line, self.written, self.shown)
    }

    /// What is announced when other amounts are shown.
    pub fn announcement(self) -> String {
        let servings = if self.shown == 1 {
            "serving"
        } else {
            "servings"
        };
        format!("Amounts for {} {servings}", self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recipes_own_number_is_not_in_its_address() {
        let own = Servings::of(4, None);
        assert_eq!(own.url(7, false), "/recipes/7");
        assert_eq!(own.url(7, true), "/recipes/7/cook");
        let more = own.more().expect("for five");
        assert_eq!(more.url(7, false), "/recipes/7?servings=5");
        assert_eq!(more.url(7, true), "/recipes/7/cook?servings=5");
        assert_eq!(more.fewer(), Some(own));
        assert_eq!(Servings::of(4, Some(4)), own);
    }

    #[test]
    fn amounts_are_scaled_within_bounds() {
        let own = Servings::of(4, None);
        assert_eq!(own.with(0), None);
        assert_eq!(own.with(MOST_SERVINGS + 1), None);
        assert_eq!(own.with(1).and_then(Servings::fewer), None);
        assert_eq!(own.with(MOST_SERVINGS).and_then(Servings::more), None);
        // A recipe for a banquet has its own number, and otherwise as many as every recipe.
        let banquet = Servings::of(250, None);
        assert_eq!(banquet.more(), None);
        assert_eq!(banquet.fewer(), banquet.with(MOST_SERVINGS));
        assert_eq!(banquet.with(250), Some(banquet));
    }

    #[test]
    fn amounts_are_scaled_as_cooks_write_them() {
        let servings = Servings::of(4, Some(6));
        assert_eq!(servings.amount("1 cup rice").measure(), "1½ cups");
        assert_eq!(servings.amount("salt, to taste").measure(), "");
        assert_eq!(servings.announcement(), "Amounts for 6 servings");
        assert_eq!(
            Servings::of(4, Some(1)).announcement(),
            "Amounts for 1 serving"
        );
    }
}
