//! What is measured on both revisions.

use clap::ValueEnum;
use serde::Serialize;

/// The names are the values of `--only`.
#[derive(ValueEnum, Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Thing {
    /// The list as JSON, from memory
    MemoryHit,
    /// The list's HTML page, from memory
    PageHit,
    /// One home as JSON, from memory
    ObjectHit,
    /// The list by GraphQL, with all that the JSON shows of a home, from memory
    GraphqlHit,
    /// A hundred lists as JSON, in turn, from Redis with the memory tier off
    RedisHit,
    /// List pages, each with a different filter, none of them cached
    PageCold,
    /// Pages of single homes, none of them cached
    PageColdHome,
}

impl Thing {
    /// The chosen things, each once and in the order of their definition; all if none was chosen.
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_the_command_line() {
        let names: Vec<String> = Thing::chosen(&[]).into_iter().map(Thing::name).collect();
        let expect = [
            "memory-hit",
            "page-hit",
            "object-hit",
            "graphql-hit",
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
    fn duplicates_are_measured_once() {
        let only = [Thing::PageCold, Thing::MemoryHit, Thing::PageCold];
        assert_eq!(Thing::chosen(&only), [Thing::MemoryHit, Thing::PageCold]);
    }
}
