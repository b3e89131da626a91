//! What the answers say about themselves, counted.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    time::Duration,
};

use anyhow::{Result, ensure};
use hdrhistogram::Histogram;
use serde::Serialize;

use super::{address::Kind, client::Answer, draw::Request};

/// Where an answer came from, by its `Cache-Status`.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The memory of the node.
    Memory,
    /// Redis, or the shared tier of a node without Redis.
    Redis,
    /// A load that another request had started.
    Joined,
    /// A load of its own.
    Loaded,
    /// A cache, while the database could not be reached: it may be out of date.
    CutOff,
    /// There was no `Cache-Status`.
    Unknown,
}

impl Source {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Memory,
        Self::Redis,
        Self::Joined,
        Self::Loaded,
        Self::CutOff,
        Self::Unknown,
    ];

    /// Whether a tier had it, and knew that it was valid.
    pub fn is_hit(self) -> bool {
        matches!(self, Self::Memory | Self::Redis)
    }

    /// The source that a `Cache-Status` (RFC 9211) tells. Keys have neither blanks nor semicolons.
    fn of(cache_status: &str) -> Self {
        let memory = behind(cache_status, "hearth-memory");
        let redis = behind(cache_status, "hearth-redis");
        if memory.starts_with("; hit; detail=cut-off") {
            Self::CutOff
        } else if redis.starts_with("; hit") {
            Self::Redis
        } else if memory.starts_with("; hit") {
            Self::Memory
        } else if cache_status.contains("; collapsed") {
            Self::Joined
        } else if memory.starts_with("; fwd=") {
            Self::Loaded
        } else {
            Self::Unknown
        }
    }
}

/// Why memory did not have an answer.
fn reason(cache_status: &str) -> Option<&str> {
    let parameters = behind(cache_status, "hearth-memory").split("; ");
    parameters
        .into_iter()
        .find_map(|it| it.strip_prefix("detail="))
}

fn behind<'a>(cache_status: &'a str, cache: &str) -> &'a str {
    let found = cache_status.split_once(cache);
    found.map(|(_, rest)| rest).unwrap_or_default()
}

/// The answers of one second.
#[derive(Serialize, Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Second {
    /// Those that are fine.
    pub answers: u64,
    /// From memory.
    pub memory: u64,
    /// From Redis.
    pub redis: u64,
    /// Requests that failed.
    pub failed: u64,
}

/// How many failures are described.
const EXAMPLES: usize = 5;

/// Everything that was answered.
#[derive(Default, Debug)]
pub struct Tally {
    /// In microseconds.
    latencies: BTreeMap<(Kind, Source), Histogram<u64>>,
    /// From the start of the load.
    pub seconds: Vec<Second>,
    /// How many answers had each status.
    pub statuses: BTreeMap<u16, u64>,
    /// How many answers memory did not have, by reason.
    pub misses: BTreeMap<String, u64>,
    /// How many requests had no answer, or one with a status other than 200, 304 and 404.
    pub failed: u64,
    /// The first failures.
    pub failures: Vec<String>,
    /// The ranks that were requested.
    pub ranks: BTreeSet<usize>,
    /// When the last request ended, from the start of the load.
    pub ended: Duration,
}

impl Tally {
    /// Counts an answer that came so long after the start of the load. Returns whether it was a hit.
    pub(super) fn note(
        &mut self,
        request: &Request,
        answered: Result<Answer>,
        at: Duration,
    ) -> Result<bool> {
        self.ranks.insert(request.rank);
        self.ended = self.ended.max(at);
        let at = at.as_secs() as usize;
        if self.seconds.len() <= at {
            self.seconds.resize(at + 1, Second::default());
        }
        let second = &mut self.seconds[at];
        if let Ok(answer) = &answered {
            *self.statuses.entry(answer.status).or_default() += 1;
        }
        let fine = answered.and_then(|answer| {
            ensure!(is_fine(answer.status), "status {}", answer.status);
            Ok(answer)
        });
        let answer = match fine {
            Ok(answer) => answer,
            Err(error) => {
                second.failed += 1;
                self.failed += 1;
                if self.failures.len() < EXAMPLES {
                    self.failures.push(format!("{}: {error:#}", request.url));
                }
                return Ok(false);
            }
        };
        let source = Source::of(&answer.cache_status);
        second.answers += 1;
        second.memory += u64::from(source == Source::Memory);
        second.redis += u64::from(source == Source::Redis);
        if let Some(reason) = reason(&answer.cache_status).filter(|_| source != Source::Memory) {
            *self.misses.entry(reason.to_owned()).or_default() += 1;
        }
        record(
            self.latencies_of(request.address.kind, source)?,
            answer.took,
        );
        Ok(source.is_hit())
    }

    fn latencies_of(&mut self, kind: Kind, source: Source) -> Result<&mut Histogram<u64>> {
        Ok(match self.latencies.entry((kind, source)) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(histogram()?),
        })
    }

    /// Adds what another connection counted.
    pub(super) fn add(&mut self, other: Self) -> Result<()> {
        for ((kind, source), latencies) in other.latencies {
            self.latencies_of(kind, source)?.add(latencies)?;
        }
        if self.seconds.len() < other.seconds.len() {
            self.seconds.resize(other.seconds.len(), Second::default());
        }
        for (sum, second) in self.seconds.iter_mut().zip(other.seconds) {
            sum.answers += second.answers;
            sum.memory += second.memory;
            sum.redis += second.redis;
            sum.failed += second.failed;
        }
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        for (reason, count) in other.misses {
            *self.misses.entry(reason).or_default() += count;
        }
        self.failed += other.failed;
        self.failures.extend(other.failures);
        self.failures.truncate(EXAMPLES);
        self.ranks.extend(other.ranks);
        self.ended = self.ended.max(other.ended);
        Ok(())
    }

    /// How long the fine answers of these kinds and sources took, in microseconds. Its length is their number.
    pub fn latencies(&self, which: impl Fn(Kind, Source) -> bool) -> Result<Histogram<u64>> {
        let mut sum = histogram()?;
        for (&(kind, source), latencies) in &self.latencies {
            if which(kind, source) {
                sum.add(latencies)?;
            }
        }
        Ok(sum)
    }

    /// The kinds of the fine answers.
    pub fn kinds(&self) -> BTreeSet<Kind> {
        self.latencies.keys().map(|(kind, _)| *kind).collect()
    }

    /// The share of hits among the fine answers of the first so many seconds; `None` if there were none.
    pub fn hits(&self, seconds: usize) -> Option<f64> {
        let seconds = || self.seconds.iter().take(seconds);
        let answers: u64 = seconds().map(|it| it.answers).sum();
        let hits: u64 = seconds().map(|it| it.memory + it.redis).sum();
        (answers > 0).then(|| hits as f64 / answers as f64)
    }
}

fn is_fine(status: u16) -> bool {
    matches!(status, 200 | 304 | 404)
}

/// Of microseconds, up to ten minutes, with two significant digits.
pub(super) fn histogram() -> Result<Histogram<u64>> {
    Ok(Histogram::new_with_bounds(1, 600_000_000, 2)?)
}

pub(super) fn record(histogram: &mut Histogram<u64>, took: Duration) {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    histogram.saturating_record(micros);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traffic::{Addresses, Requests, Stock};

    #[test]
    fn sources_and_reasons_are_read_from_cache_status() {
        let check = |header: &str, source, expect: Option<&str>| {
            assert_eq!(
                (Source::of(header), reason(header)),
                (source, expect),
                "{header}"
            );
        };
        let key = "key=\"hearth:properties:v2:city=austin,dallas\"";
        check(&format!("hearth-memory; hit; {key}"), Source::Memory, None);
        check(
            &format!("hearth-memory; hit; detail=cut-off; {key}"),
            Source::CutOff,
            Some("cut-off"),
        );
        check(
            &format!("hearth-memory; hit; detail=refreshing; {key}"),
            Source::Memory,
            Some("refreshing"),
        );
        check(
            &format!(
                "hearth-redis; hit; {key}, hearth-memory; fwd=stale; stored; detail=touched; rev=812; {key}"
            ),
            Source::Redis,
            Some("touched"),
        );
        check(
            &format!(
                "hearth-redis; fwd=miss; stored; detail=cold; {key}, hearth-memory; fwd=miss; stored; detail=cold; {key}"
            ),
            Source::Loaded,
            Some("cold"),
        );
        check(
            &format!("hearth-memory; fwd=miss; stored; collapsed; detail=cold; {key}"),
            Source::Joined,
            Some("cold"),
        );
        check(
            &format!(
                "hearth-redis; fwd=miss; collapsed; detail=cold; {key}, hearth-memory; fwd=miss; stored; detail=absent; {key}"
            ),
            Source::Joined,
            Some("absent"),
        );
        check(
            "hearth-memory; fwd=bypass; detail=bypass",
            Source::Loaded,
            Some("bypass"),
        );
        check("", Source::Unknown, None);
    }

    #[test]
    fn answers_are_counted_by_second_and_failures_apart() {
        let addresses = Addresses::new(
            1,
            1,
            Stock {
                homes: 1,
                recipes: 1,
            },
        );
        let mut requests = Requests::new(&addresses, 1.0, 1, 0).unwrap();
        let request = requests.draw();
        let answer = |status, cache_status: &str| Answer {
            status,
            cache_status: cache_status.to_owned(),
            timing: String::new(),
            took: Duration::from_millis(3),
        };
        let mut tally = Tally::default();
        let mut other = Tally::default();
        let at = Duration::from_secs;
        let hit = "hearth-memory; hit; key=\"k\"";
        let cold = "hearth-memory; fwd=miss; stored; detail=cold; key=\"k\"";
        assert!(!tally.note(&request, Ok(answer(200, cold)), at(0)).unwrap());
        assert!(tally.note(&request, Ok(answer(404, hit)), at(2)).unwrap());
        assert!(!other.note(&request, Ok(answer(503, hit)), at(2)).unwrap());
        assert!(
            !other
                .note(&request, Err(anyhow::anyhow!("cut")), at(3))
                .unwrap()
        );
        tally.add(other).unwrap();
        let counts: Vec<_> = tally
            .seconds
            .iter()
            .map(|it| (it.answers, it.memory, it.failed))
            .collect();
        assert_eq!(counts, [(1, 0, 0), (0, 0, 0), (1, 1, 1), (0, 0, 1)]);
        assert_eq!((tally.hits(1), tally.hits(60)), (Some(0.0), Some(0.5)));
        assert_eq!((tally.failed, tally.failures.len()), (2, 2));
        assert_eq!(tally.misses["cold"], 1);
        let latencies = tally
            .latencies(|_, source| source == Source::Memory)
            .unwrap();
        assert_eq!((latencies.len(), latencies.max() / 100), (1, 30));
    }
}
