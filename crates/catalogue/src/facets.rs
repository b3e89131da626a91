//! Facets: how many rows each choice of the filter panel would leave.
//!
//! A facet's options are counted under all filters except its own, so that choosing one more of its
//! values adds exactly the number of rows that it shows. (Where several values must hold together,
//! as for diets, an option is counted together with the chosen ones: it shows how many rows would
//! remain.)
//!
//! A database runs [`Pass`]es: it groups the rows by the columns of some facets, under the filters
//! of all the others. The counts of each facet are computed here from the groups, in the same way
//! for every database. Facets with few values share a pass; a facet with many values has a separate
//! one, because the groups would multiply.

use std::{cmp::Reverse, collections::HashMap};

use normalizer::{Decimal, Query};
use serde::{Deserialize, Serialize};

use crate::{
    declaration::{Catalogue, Facet, Filter, Offers, Test},
    json::Value,
    predicate::Predicate,
};

/// The most bars that a scale has.
const BARS: u64 = 24;

/// The facets of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// How many rows match all filters.
    pub count: u64,
    /// Each facet, in the order of [`Catalogue::facets`].
    pub facets: Vec<Offered>,
}

/// The options of one facet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The facet's name.
    pub name: String,
    /// How many rows match the filters of all other facets.
    pub total: u64,
    /// The options; empty for a scale.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Tallied>,
    /// The scale, if the facet has one and there are rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
}

/// An option of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tallied {
    /// The value, as the parameter accepts it.
    pub value: String,
    /// How many rows match the value.
    pub count: u64,
    /// The value as the rows spell it, where that says more: `San José` for `san-jose`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// A scale of numbers whose marks are quantiles: about the same number of rows lies between any two
/// adjacent marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// The marks in the parameter's unit, ascending; at least two.
    pub marks: Vec<i64>,
    /// How many rows lie from each mark, inclusive, to the next, exclusive; one fewer than the
    /// marks.
    pub counts: Vec<u64>,
}

/// One grouped query over the rows.
#[derive(Debug, Clone)]
pub struct Pass {
    /// The facets that it counts.
    pub facets: Vec<&'static Facet>,
    /// The predicate that its rows must match: the filters of the other facets.
    pub predicate: Predicate,
}

/// A group of a pass: the values of its facets' columns (for a scale, divided by [`Pass::divisor`]
/// and rounded down), and how many rows have them.
pub type Group = (Vec<Value>, u64);

impl Facets {
    /// The options of the facet with this name.
    pub fn of(&self, name: &str) -> Option<&Offered> {
        self.facets.iter().find(|offered| offered.name == name)
    }

    /// A value of the facet with this name, as the rows spell it.
    pub fn label(&self, name: &str, value: &str) -> Option<&str> {
        let mut options = self.of(name)?.options.iter();
        options
            .find(|option| option.value == value)?
            .label
            .as_deref()
    }

    /// The passes that a query's facets need.
    pub fn passes(predicate: &Predicate) -> Vec<Pass> {
        let catalogue = predicate.catalogue();
        let (narrow, wide): (Vec<_>, Vec<_>) = catalogue
            .facets
            .iter()
            .partition(|facet| matches!(facet.offers, Offers::Choices(_) | Offers::Bounds(_)));
        let together = (!narrow.is_empty()).then_some(narrow);
        let alone = wide.into_iter().map(|facet| vec![facet]);
        let pass = |facets: Vec<&'static Facet>| Pass {
            predicate: predicate.except(&places(catalogue, &facets)),
            facets,
        };
        together.into_iter().chain(alone).map(pass).collect()
    }

    /// The facets of a query, computed from its [`passes`](Self::passes), each with its groups.
    pub fn tally(query: &Query, predicate: &Predicate, passes: &[(Pass, Vec<Group>)]) -> Self {
        let catalogue = predicate.catalogue();
        let mut counted = HashMap::new();
        for (pass, groups) in passes {
            let places = places(catalogue, &pass.facets);
            for (at, facet) in pass.facets.iter().enumerate() {
                // The pass does not apply the filters of its other facets, so they are applied
                // here.
                let others = groups.iter().filter_map(|(values, count)| {
                    let mut cells = places.iter().zip(values).enumerate();
                    let met = cells.all(|(cell, (place, value))| {
                        cell == at || predicate.allows(*place, value)
                    });
                    met.then(|| Some((values.get(at)?, *count)))?
                });
                let groups: Vec<(&Value, u64)> = others.collect();
                let facet = OneFacet {
                    facet,
                    query,
                    predicate,
                    place: places[at],
                };
                counted.insert(facet.facet.name, facet.tally(&groups));
            }
        }
        let facets = catalogue.facets.iter();
        let offered: Vec<(Offered, u64)> = facets
            .filter_map(|facet| counted.remove(facet.name))
            .collect();
        Self {
            // The same for every facet except a scale, whose groups are too coarse to tell.
            count: offered
                .iter()
                .map(|(_, met)| *met)
                .max()
                .unwrap_or_default(),
            facets: offered.into_iter().map(|(offered, _)| offered).collect(),
        }
    }
}

impl Pass {
    /// The number, in the stored unit, by which a scale's column is divided to form groups; `None`
    /// for any other facet.
    pub fn divisor(facet: &Facet, catalogue: &Catalogue) -> Option<i64> {
        match facet.offers {
            Offers::Scale { step } => Some(step.saturating_mul(unit(catalogue, facet)).max(1)),
            _ => None,
        }
    }
}

fn places(catalogue: &Catalogue, facets: &[&Facet]) -> Vec<usize> {
    let place = |facet: &&Facet| catalogue.position(facet.column).unwrap_or(usize::MAX);
    facets.iter().map(place).collect()
}

/// How many stored units make one unit of the parameter.
fn unit(catalogue: &Catalogue, facet: &Facet) -> i64 {
    let filter = catalogue.filters_of(facet).next();
    match filter.map(|filter| filter.test) {
        Some(Test::AtLeast { unit } | Test::AtMost { unit }) => unit,
        _ => 1,
    }
}

/// One facet of a query.
struct OneFacet<'a> {
    facet: &'static Facet,
    query: &'a Query,
    predicate: &'a Predicate,
    place: usize,
}

impl OneFacet<'_> {
    /// The options, and how many rows match the facet's own filters too.
    fn tally(&self, groups: &[(&Value, u64)]) -> (Offered, u64) {
        let mut offered = Offered {
            name: self.facet.name.to_owned(),
            total: groups.iter().map(|(_, count)| count).sum(),
            ..Offered::default()
        };
        if let Offers::Scale { step } = self.facet.offers {
            offered.scale = scale(groups, step);
            return (offered, 0);
        }
        let allowed = |value: &Value| self.predicate.allows(self.place, value);
        let met = groups.iter().filter(|(value, _)| allowed(value));
        let met = met.map(|(_, count)| count).sum();
        let filter = self.predicate.catalogue().filters_of(self.facet).next();
        offered.options = match (self.facet.offers, filter) {
            (Offers::Choices(choices), _) => {
                let counts = by_text(groups.iter().copied());
                let tallied = |choice: &&str| tallied(choice, &counts);
                choices.iter().map(tallied).collect()
            }
            (Offers::Bounds(bounds), Some(filter)) => {
                // Under the other end of the range, if that is set.
                let groups = groups.iter().filter(|(value, _)| {
                    let place = self.place;
                    self.predicate.allows_but_for(place, filter.test, value)
                });
                let groups: Vec<(&Value, u64)> = groups.copied().collect();
                let tallied = |bound: &&str| Tallied {
                    value: (*bound).to_owned(),
                    count: within(filter, bound, &groups),
                    label: None,
                };
                bounds.iter().map(tallied).collect()
            }
            (Offers::Commonest(most), Some(filter)) => {
                let counts = match filter.test {
                    Test::AllOf => {
                        by_term(groups.iter().copied().filter(|(value, _)| allowed(value)))
                    }
                    _ => by_text(groups.iter().copied()),
                };
                commonest(&counts, most, self.query, filter)
            }
            _ => Vec::new(),
        };
        (offered, met)
    }
}

fn tallied(value: &str, counts: &HashMap<&str, u64>) -> Tallied {
    Tallied {
        value: value.to_owned(),
        count: counts.get(value).copied().unwrap_or_default(),
        label: None,
    }
}

fn by_text<'a>(groups: impl Iterator<Item = (&'a Value, u64)>) -> HashMap<&'a str, u64> {
    let mut counts = HashMap::new();
    for (value, count) in groups {
        if let Value::Text(text) = value {
            *counts.entry(text.as_str()).or_default() += count;
        }
    }
    counts
}

/// How many rows have each term; a term that a row has twice counts once.
fn by_term<'a>(groups: impl Iterator<Item = (&'a Value, u64)>) -> HashMap<&'a str, u64> {
    let mut counts = HashMap::new();
    for (value, count) in groups {
        let Value::Text(text) = value else { continue };
        let mut terms: Vec<&str> = text.split(',').filter(|term| !term.is_empty()).collect();
        terms.sort_unstable();
        terms.dedup();
        for term in terms {
            *counts.entry(term).or_default() += count;
        }
    }
    counts
}

/// How many rows a bound would leave.
fn within(filter: &Filter, bound: &str, groups: &[(&Value, u64)]) -> u64 {
    let Some(bound) = Decimal::parse(bound) else {
        return 0;
    };
    let meets = |n: i64| match filter.test {
        Test::AtLeast { unit } => n >= bound.ceil_times(unit),
        Test::AtMost { unit } => n <= bound.floor_times(unit),
        Test::OneOf | Test::AllOf | Test::NoneOf | Test::Is => false,
    };
    let met = groups
        .iter()
        .filter(|(value, _)| matches!(value, Value::Integer(n) if meets(*n)));
    met.map(|(_, count)| count).sum()
}

/// The most common values, and the chosen ones, however rare.
fn commonest(
    counts: &HashMap<&str, u64>,
    most: usize,
    query: &Query,
    filter: &Filter,
) -> Vec<Tallied> {
    let mut ranked: Vec<(&str, u64)> = counts.iter().map(|(text, count)| (*text, *count)).collect();
    ranked.sort_unstable_by_key(|(text, count)| (Reverse(*count), *text));
    let chosen: Vec<&str> = query.set(filter.parameter).collect();
    let known = ranked
        .iter()
        .enumerate()
        .filter(|(rank, (text, _))| *rank < most || chosen.contains(text))
        .map(|(_, (text, _))| *text);
    let mut values: Vec<&str> = known.collect();
    let unknown = chosen.iter().filter(|text| !counts.contains_key(*text));
    values.extend(unknown);
    values.iter().map(|text| tallied(text, counts)).collect()
}

/// The scale of some numbers, given in units of `step`.
fn scale(groups: &[(&Value, u64)], step: i64) -> Option<Scale> {
    let number = |(value, count): &(&Value, u64)| match value {
        Value::Integer(n) => Some((*n, *count)),
        _ => None,
    };
    let mut steps: Vec<(i64, u64)> = groups.iter().filter_map(number).collect();
    steps.sort_unstable();
    let total: u64 = steps.iter().map(|(_, count)| count).sum();
    let (first, _) = steps.first()?;
    let (last, _) = steps.last()?;
    let mut marks = vec![*first];
    let mut counts = Vec::new();
    let (mut below, mut since) = (0, 0);
    for (at, count) in &steps {
        // Sets a mark where the share of rows below it has reached the next quantile.
        let reached = (below * BARS).checked_div(total).unwrap_or_default();
        if since > 0
            && reached
                > ((below - since) * BARS)
                    .checked_div(total)
                    .unwrap_or_default()
        {
            marks.push(*at);
            counts.push(since);
            since = 0;
        }
        below += count;
        since += count;
    }
    // The last bar includes the last step.
    marks.push(last + 1);
    counts.push(since);
    Some(Scale {
        marks: marks.iter().map(|mark| mark.saturating_mul(step)).collect(),
        counts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{properties::PROPERTIES, recipes::RECIPES};
    use normalizer::normalize;

    fn check_scale(steps: &[(i64, u64)], expect: Option<(&[i64], &[u64])>) {
        let steps: Vec<(Value, u64)> = steps
            .iter()
            .map(|(at, count)| (Value::Integer(*at), *count))
            .collect();
        let groups: Vec<(&Value, u64)> = steps.iter().map(|(at, count)| (at, *count)).collect();
        let got = scale(&groups, 1_000).map(|scale| (scale.marks, scale.counts));
        assert_eq!(
            got,
            expect.map(|(marks, counts)| (marks.to_vec(), counts.to_vec()))
        );
    }

    #[test]
    fn marks_of_a_scale_are_quantiles() {
        check_scale(&[], None);
        check_scale(&[(7, 3)], Some((&[7_000, 8_000], &[3])));
        check_scale(&[(9, 1), (2, 1)], Some((&[2_000, 9_000, 10_000], &[1, 1])));
        // Half of all rows at one price are one bar.
        check_scale(
            &[(1, 12), (2, 24), (3, 12)],
            Some((&[1_000, 2_000, 3_000, 4_000], &[12, 24, 12])),
        );
        let even: Vec<(i64, u64)> = (0..240).map(|at| (at, 1)).collect();
        let values: Vec<Value> = even.iter().map(|(at, _)| Value::Integer(*at)).collect();
        let groups: Vec<(&Value, u64)> = values.iter().map(|at| (at, 1)).collect();
        let scale = scale(&groups, 1).expect("there are rows");
        assert_eq!(scale.counts, [10; 24]);
        assert_eq!(scale.marks.first(), Some(&0));
        assert_eq!(scale.marks.last(), Some(&240));
    }

    #[test]
    fn chosen_values_are_options_however_rare() {
        let query = normalize(PROPERTIES.schema, "city=atlantis,ely").expect("valid");
        let mut counts: HashMap<&str, u64> = [("ely", 1), ("austin", 9), ("boston", 5)].into();
        counts.insert("chicago", 7);
        let options = commonest(&counts, 2, &query, &PROPERTIES.filters[0]);
        let options: Vec<(&str, u64)> =
            options.iter().map(|one| (&*one.value, one.count)).collect();
        assert_eq!(
            options,
            [("austin", 9), ("chicago", 7), ("ely", 1), ("atlantis", 0)]
        );
    }

    #[test]
    fn every_filter_belongs_to_one_facet_at_most() {
        for catalogue in crate::all() {
            let facets = |filter: &crate::Filter| {
                let facets = catalogue.facets.iter();
                facets.filter(|facet| facet.column == filter.column).count()
            };
            for filter in catalogue.filters {
                let what = (catalogue.name(), filter.parameter);
                assert!(facets(filter) <= 1, "{what:?}");
            }
        }
        // What readers set on the panel; a link sets the agent of homes.
        let filters = PROPERTIES.filters.iter().map(|it| (&PROPERTIES, it));
        let filters = filters.chain(RECIPES.filters.iter().map(|it| (&RECIPES, it)));
        for (catalogue, filter) in filters.filter(|(_, it)| it.test != Test::Is) {
            let mut facets = catalogue.facets.iter();
            let is_shown = facets.any(|facet| facet.column == filter.column);
            assert!(is_shown, "{}", filter.parameter);
        }
    }
}
