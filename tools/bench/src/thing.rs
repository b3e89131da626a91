//! What both revisions are measured doing.

use clap::ValueEnum;
use serde::Serialize;

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
}
