//! How each thing is measured.

use super::hit::Hit;
use crate::{
    paths::{self, GRAPHQL, LIST, PAGE, REDIS_KEYS},
    thing::Thing,
};

/// A server's work in every round.
pub(super) enum Work {
    Hit(Hit),
    /// Pages to request one after another, as many as there is time for.
    Cold(Vec<String>),
}

/// The largest number of list pages in one round.
const LISTS: u64 = 20_000;

/// A price that about half of all homes are below, so that the lists are about equally long.
const MIDDLE_PRICE: u64 = 400_000;

impl Work {
    /// The work for a thing on this many homes, `listed` of which are on lists.
    pub(super) fn of(thing: Thing, rows: u64, listed: u64) -> Self {
        let memory = |path: String| {
            Self::Hit(Hit {
                paths: vec![path],
                memory_mb: None,
                expect: "hearth-memory; hit",
            })
        };
        match thing {
            Thing::MemoryHit => memory(LIST.to_owned()),
            Thing::PageHit => memory(PAGE.to_owned()),
            Thing::ObjectHit => memory(format!("{LIST}42/")),
            Thing::GraphqlHit => memory(GRAPHQL.to_owned()),
            Thing::RedisHit => Self::Hit(Hit {
                paths: paths::pages(listed, REDIS_KEYS),
                memory_mb: Some("0"),
                expect: "hearth-redis; hit",
            }),
            Thing::PageCold => {
                let prices = MIDDLE_PRICE..MIDDLE_PRICE + LISTS;
                Self::Cold(
                    prices
                        .map(|most| format!("{PAGE}?max_price={most}"))
                        .collect(),
                )
            }
            Thing::PageColdHome => {
                Self::Cold((1..=rows).map(|id| format!("{PAGE}/{id}")).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cold_pages_differ() {
        for thing in [Thing::PageCold, Thing::PageColdHome] {
            let Work::Cold(mut paths) = Work::of(thing, 5_000, 3_750) else {
                panic!("{thing:?} is cold");
            };
            let all = paths.len();
            paths.sort_unstable();
            paths.dedup();
            assert_eq!(paths.len(), all, "{thing:?}");
        }
    }
}
