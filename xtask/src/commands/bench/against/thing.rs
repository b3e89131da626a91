//! What both revisions are measured doing.

use clap::ValueEnum;
use serde::Serialize;

use super::{
    super::{
        field::{LIST, PAGE, REDIS_KEYS},
        paths,
    },
    hit::Hit,
};

/// The names are what `--only` takes.
#[derive(ValueEnum, Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Thing {
    /// The list as JSON, from memory
    MemoryHit,
    /// The list's page, from memory
    PageHit,
    /// One home as JSON, from memory
    ObjectHit,
    /// A hundred lists as JSON in turn, from Redis, with the memory tier off
    RedisHit,
    /// Pages of lists, each with another filter, nothing of them cached
    PageCold,
    /// Pages of homes, nothing of them cached
    PageColdHome,
}

/// How it is measured.
pub(super) enum Work {
    Hit(Hit),
    /// Pages to request one after the other, for as many as there is time for.
    Cold(Vec<String>),
}

/// Pages of lists there are no more of than this, in one round.
const LISTS: u64 = 20_000;

/// A price that about half of all homes are below, so that the lists are about equally long.
const MIDDLE_PRICE: u64 = 400_000;

impl Thing {
    /// Those that were chosen, each once and in their own order; all if none was.
    pub(super) fn chosen(only: &[Self]) -> Vec<Self> {
        let all = Self::value_variants().iter().copied();
        all.filter(|thing| only.is_empty() || only.contains(thing))
            .collect()
    }

    pub(super) fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    /// On so many homes, of which so many are on lists.
    pub(super) fn work(self, rows: u64, listed: u64) -> Work {
        let memory = |path: String| {
            Work::Hit(Hit {
                paths: vec![path],
                memory_mb: None,
                expect: "hearth-memory; hit",
            })
        };
        match self {
            Self::MemoryHit => memory(LIST.to_owned()),
            Self::PageHit => memory(PAGE.to_owned()),
            Self::ObjectHit => memory(format!("{LIST}42/")),
            Self::RedisHit => Work::Hit(Hit {
                paths: paths::pages(listed, REDIS_KEYS),
                memory_mb: Some("0"),
                expect: "hearth-redis; hit",
            }),
            Self::PageCold => {
                let prices = MIDDLE_PRICE..MIDDLE_PRICE + LISTS;
                Work::Cold(
                    prices
                        .map(|most| format!("{PAGE}?max_price={most}"))
                        .collect(),
                )
            }
            Self::PageColdHome => Work::Cold((1..=rows).map(|id| format!("{PAGE}/{id}")).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_command_line() {
        let names: Vec<String> = Thing::chosen(&[]).into_iter().map(Thing::name).collect();
        let expect = [
            "memory-hit",
            "page-hit",
            "object-hit",
            "redis-hit",
            "page-cold",
            "page-cold-home",
        ];
        assert_eq!(names, expect);
        for thing in Thing::chosen(&[]) {
            let written = serde_json::to_value(thing).unwrap();
            assert_eq!(written, serde_json::json!(thing.name()));
        }
    }

    #[test]
    fn what_is_chosen_twice_is_measured_once() {
        let only = [Thing::PageCold, Thing::MemoryHit, Thing::PageCold];
        assert_eq!(Thing::chosen(&only), [Thing::MemoryHit, Thing::PageCold]);
    }

    #[test]
    fn cold_pages_differ() {
        for thing in [Thing::PageCold, Thing::PageColdHome] {
            let Work::Cold(mut paths) = thing.work(5_000, 3_750) else {
                panic!("{thing:?} is cold");
            };
            let all = paths.len();
            paths.sort_unstable();
            paths.dedup();
            assert_eq!(paths.len(), all, "{thing:?}");
        }
    }
}
