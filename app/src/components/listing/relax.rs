//! Alternatives to a query without results, each with its number of rows, best first.

use catalogue::{Catalogue, Facet, Facets, Filter, Offers, Tallied, Test, normalizer::Query};

use leptos_cached::Fault;
use site::Count;

use super::{
    chips::{cleared, of_facet, of_filter},
    scale::is_money,
};
use crate::{
    catalogue_view::words,
    functions::{self, Counted},
    text,
};

/// Why a query has no results, and its alternatives.
pub(crate) struct Relaxed {
    /// The filters that exclude everything: without any one of these there would be results. Empty
    /// if no single one is to blame.
    pub(crate) blocking: Vec<Blocking>,
    /// The alternatives; each has results.
    pub(crate) ways: Vec<Way>,
}

/// A filter without which something would match.
pub(crate) struct Blocking {
    /// Its chip.
    pub(crate) label: String,
    /// Why it leaves nothing, as a sentence.
    pub(crate) why: String,
}

/// An alternative query.
pub(crate) struct Way {
    /// What it changes, in words.
    pub(crate) label: String,
    /// The query.
    pub(crate) query: Query,
    /// How many rows it has.
    pub(crate) count: u64,
    /// How much it gives up; the lowest comes first.
    cost: u8,
}

/// The most alternatives that are shown, besides the query without filters.
const WAYS: usize = 5;

/// Finds the alternatives to a query without results.
pub(crate) async fn relaxed(
    catalogue: &'static Catalogue,
    query: &Query,
    facets: &Facets,
) -> Result<Relaxed, Fault> {
    let query = query.at_page(1);
    let mut found = Relaxed {
        blocking: Vec::new(),
        ways: Vec::new(),
    };
    let applied = catalogue.facets.iter().filter_map(|facet| {
        let words = of_facet(catalogue, facet, &query, facets);
        let offered = facets.of(facet.name)?;
        // Defaults can exclude everything too, though the reader did not choose them.
        let by_default = words.is_none() && offered.total > 0;
        let usual = by_default.then(|| format!("the default {}", facet.label.to_lowercase()));
        Some((facet, offered, words.is_none(), words.or(usual)?))
    });
    let applied: Vec<_> = applied.collect();
    for (facet, offered, is_usual, words) in &applied {
        found.alternatives(catalogue, facet, &query, facets);
        if offered.total == 0 {
            continue;
        }
        if !is_usual {
            let why = why(catalogue, facet, &query, words);
            let label = words.clone();
            found.blocking.push(Blocking { label, why });
        }
        let label = format!("Any {}", facet.label.to_lowercase());
        found.add(label, anything(catalogue, facet, &query), offered.total, 3);
    }
    for (cost, (label, wider)) in further(catalogue, &query, facets) {
        let count = count(&wider).await?;
        found.add(label, Some(wider), count, cost);
    }
    if query.is_set("q") {
        let without = query.without("q");
        let words = query.text("q").unwrap_or_default();
        let count = count(&without).await?;
        if count > 0 {
            found.blocking.push(Blocking {
                label: words.to_owned(),
                why: format!("Nothing here contains the words “{words}”."),
            });
        }
        found.add(format!("Without “{words}”"), Some(without), count, 3);
    }
    let all = cleared(catalogue, &query);
    if found.others(&all) < 2 {
        found.keep_one(catalogue, &query, facets).await?;
    }
    if found.others(&all) < 2 {
        let facets = functions::facets(site::Facets::of(&all)).await?.read()?;
        found.suggest(catalogue, &all, &facets);
    }
    let count = count(&all).await?;
    found
        .ways
        .sort_by_key(|way| (way.cost, std::cmp::Reverse(way.count)));
    found.ways.truncate(WAYS);
    found.add(
        format!("All {}", words(catalogue).many),
        Some(all),
        count,
        9,
    );
    Ok(found)
}

/// Why a facet's filters leave nothing of what the others leave.
fn why(catalogue: &Catalogue, facet: &Facet, query: &Query, words: &str) -> String {
    let bound = |is_bound: fn(&Test) -> bool| {
        let mut filters = catalogue.filters_of(facet);
        let filter = filters.find(|filter| {
            is_bound(&filter.test) && is_money(filter) && query.is_set(filter.parameter)
        })?;
        query.value(filter.parameter).map(text::dollars)
    };
    let low = bound(|test| matches!(test, Test::AtLeast { .. }));
    let high = bound(|test| matches!(test, Test::AtMost { .. }));
    match (low, high) {
        (Some(low), Some(high)) => format!("Nothing costs between {low} and {high} here."),
        (Some(low), None) => format!("Nothing costs {low} or more here."),
        (None, Some(high)) => format!("Nothing costs {high} or less here."),
        (None, None) => format!("Nothing matches “{words}” here."),
    }
}

/// How many rows a query's filters leave.
async fn count(query: &Query) -> Result<u64, Fault> {
    let Counted { count } = *functions::count(Count::of(query)).await?.read()?;
    Ok(count)
}

impl Relaxed {
    /// Adds an alternative, if it has results.
    fn add(&mut self, label: String, query: Option<Query>, count: u64, cost: u8) {
        let Some(query) = query.filter(|_| count > 0) else {
            return;
        };
        if self.ways.iter().all(|way| way.query != query) {
            self.ways.push(Way {
                label,
                query,
                count,
                cost,
            });
        }
    }

    /// Adds other values of the same facet.
    fn alternatives(
        &mut self,
        catalogue: &Catalogue,
        facet: &Facet,
        query: &Query,
        facets: &Facets,
    ) {
        let offered = facets.of(facet.name);
        let filter = catalogue.filters_of(facet).next();
        let (Some(offered), Some(filter)) = (offered, filter) else {
            return;
        };
        let parameter = filter.parameter;
        if !query.is_set(parameter) {
            return;
        }
        let options = offered.options.iter();
        // A bound of zero is none.
        let options = options.filter(|option| option.count > 0 && option.value != "0");
        let mut with_rows: Vec<&Tallied> = options.collect();
        match facet.offers {
            Offers::Bounds(_) => {
                // The nearest bound that leaves any rows.
                let nearest = match filter.test {
                    Test::AtLeast { .. } => with_rows.last(),
                    _ => with_rows.first(),
                };
                if let Some(option) = nearest {
                    self.instead(catalogue, facet, query, option, facets, 1);
                }
            }
            Offers::Choices(_) | Offers::Commonest(_) if filter.test == Test::OneOf => {
                with_rows.sort_by_key(|option| std::cmp::Reverse(option.count));
                if let Some(option) = with_rows.first() {
                    self.instead(catalogue, facet, query, option, facets, 2);
                }
            }
            _ => {}
        }
    }

    /// How many alternatives there are besides the query without filters.
    fn others(&self, all: &Query) -> usize {
        self.ways.iter().filter(|way| way.query != *all).count()
    }

    /// Adds the most common value of each facet, for searches that no row can match.
    fn suggest(&mut self, catalogue: &Catalogue, all: &Query, facets: &Facets) {
        for facet in catalogue.facets {
            let mut filters = catalogue.filters_of(facet);
            if !filters.any(|filter| filter.test == Test::OneOf) {
                continue;
            }
            let options = facets.of(facet.name).map(|offered| &offered.options);
            let most = options.and_then(|options| options.iter().max_by_key(|option| option.count));
            if let Some(option) = most {
                self.instead(catalogue, facet, all, option, facets, 5);
            }
        }
    }

    /// Adds another value of one facet.
    fn instead(
        &mut self,
        catalogue: &Catalogue,
        facet: &Facet,
        query: &Query,
        option: &Tallied,
        facets: &Facets,
        cost: u8,
    ) {
        let filter = catalogue.filters_of(facet).next();
        let instead = filter.and_then(|filter| query.with(filter.parameter, &option.value).ok());
        let Some(instead) = instead.filter(|instead| instead != query) else {
            return;
        };
        // Defaults have no chip.
        let words = of_facet(catalogue, facet, &instead, facets);
        let words = words.unwrap_or_else(|| text::spelled(facets, facet.name, &option.value));
        self.add(
            format!("{words} instead"),
            Some(instead),
            option.count,
            cost,
        );
    }

    /// Adds each filter alone, in case they only exclude everything together.
    async fn keep_one(
        &mut self,
        catalogue: &'static Catalogue,
        query: &Query,
        facets: &Facets,
    ) -> Result<(), Fault> {
        let none = cleared(catalogue, query);
        for filter in catalogue.filters {
            if !query.is_set(filter.parameter) {
                continue;
            }
            let value = query.value(filter.parameter).unwrap_or_default();
            let Ok(alone) = none.with(filter.parameter, value) else {
                continue;
            };
            let facet = catalogue
                .facets
                .iter()
                .find(|facet| facet.column == filter.column);
            let words = match facet {
                Some(facet) => of_facet(catalogue, facet, &alone, facets),
                None => of_filter(filter, &alone, facets)
                    .into_iter()
                    .next()
                    .map(|(label, ..)| label),
            };
            let count = count(&alone).await?;
            self.add(
                format!("Only {}", words.unwrap_or_default()),
                Some(alone),
                count,
                4,
            );
        }
        Ok(())
    }
}

/// The query without a facet's filters, defaults included.
fn anything(catalogue: &Catalogue, facet: &Facet, query: &Query) -> Option<Query> {
    let lift = |query: Query, filter: &Filter| {
        let without = query.without(filter.parameter);
        // Switching off the defaults selects the choice that means all.
        let held: Vec<String> = without.set(filter.parameter).map(str::to_owned).collect();
        held.iter()
            .fold(without, |query, one| query.toggled(filter.parameter, one))
    };
    let lifted = catalogue.filters_of(facet).fold(query.clone(), lift);
    (lifted != *query).then_some(lifted)
}

/// The query with the bounds of a scale moved outwards, by a fifth or to the nearest rows, each
/// with its cost.
fn further(catalogue: &Catalogue, query: &Query, facets: &Facets) -> Vec<(u8, (String, Query))> {
    let mut found = Vec::new();
    for facet in catalogue.facets {
        let Some(scale) = facets
            .of(facet.name)
            .and_then(|offered| offered.scale.as_ref())
        else {
            continue;
        };
        let [_, first, .., last, _] = scale.marks.as_slice() else {
            continue;
        };
        let by_a_fifth = moved(catalogue, facet, query, |filter| {
            let number = query.number(filter.parameter)?;
            Some(match filter.test {
                Test::AtLeast { .. } => number.floor_times(4) / 5,
                _ => number.ceil_times(6).saturating_add(4) / 5,
            })
        });
        let to_something = moved(catalogue, facet, query, |filter| {
            let number = query.number(filter.parameter)?;
            Some(match filter.test {
                Test::AtLeast { .. } => number.floor_times(1).min(*last),
                _ => number.ceil_times(1).max(*first),
            })
        });
        found.extend(by_a_fifth.map(|way| (0, way)));
        found.extend(to_something.map(|way| (1, way)));
    }
    found
}

/// The query with each bound of a facet moved, and its label.
fn moved(
    catalogue: &Catalogue,
    facet: &Facet,
    query: &Query,
    to: impl Fn(&Filter) -> Option<i64>,
) -> Option<(String, Query)> {
    let mut wider = query.clone();
    for filter in catalogue.filters_of(facet) {
        wider = wider.without(filter.parameter);
    }
    for filter in catalogue.filters_of(facet) {
        if query.is_set(filter.parameter) {
            // A bound that cannot move further cannot find more rows either.
            wider = wider
                .with(filter.parameter, &to(filter)?.to_string())
                .ok()?;
        }
    }
    let words = of_facet(catalogue, facet, &wider, &Facets::default())?;
    (wider != *query).then(|| (format!("{words} instead"), wider))
}
