//! What the dashboard shows: how a node has done in the last hour.
//!
//! The server fills this in, a page shows it, and programs read it as JSON.

use std::sync::Arc;

use serde::Serialize;

use crate::text;

/// How a node is doing.
#[derive(Debug, Clone, Serialize)]
pub struct Dashboard {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// How many seconds the counts cover: an hour, or less after a start.
    pub seconds: u64,
    /// What needs attention, the most urgent first.
    pub advice: Vec<Advice>,
    /// Counts of everything.
    pub totals: Totals,
    /// How long requests and loads took.
    pub times: Times,
    /// What happened in each step of the time, the oldest first.
    pub points: Arc<[Point]>,
    /// Counts by catalogue and kind.
    pub kinds: Vec<Kind>,
    /// What was requested most.
    pub hottest: Vec<Hot>,
    /// The biggest answers in memory.
    pub biggest: Vec<Big>,
    /// This node.
    pub node: ThisNode,
    /// All nodes; `None` if the database could not be reached.
    pub nodes: Option<Vec<Node>>,
    /// The shared tier.
    pub shared: Shared,
    /// What one key for all spellings of a question saved.
    pub spellings: Spellings,
    /// What edits did to cached answers.
    pub edits: Edits,
}

/// Something that needs attention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// Its name, the same each time: `random-parameter`.
    pub name: &'static str,
    /// Whether something is broken, and not only wasted.
    pub urgent: bool,
    /// What is wrong, in a few words.
    pub title: String,
    /// What shows it, and what to do.
    pub text: String,
}

/// Counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Requests, without prefetches.
    pub requests: u64,
    /// Requests that browsers made in advance.
    pub prefetches: u64,
    /// Those that memory had the answer to.
    pub prefetches_from_memory: u64,
    /// Answers, those that pages are made of too.
    pub answers: u64,
    /// Answers that memory had.
    pub from_memory: u64,
    /// Answers that the shared tier had.
    pub from_shared: u64,
    /// Questions that reached the database.
    pub loads: u64,
    /// Statements that the database ran, without those that follow the change log.
    pub queries: u64,
    /// Requests that joined another request's load.
    pub joined: u64,
    /// Loads that waited for another node's load.
    pub fleet_waits: u64,
    /// Answers refreshed while they were served.
    pub refreshes: u64,
    /// Refreshes that began before they were due.
    pub early_refreshes: u64,
    /// Entries for which memory had no room.
    pub evictions: u64,
    /// Misses of memory because of that.
    pub missed_evicted: u64,
    /// Misses of memory because of age.
    pub missed_expired: u64,
    /// Answers that may be from before an edit, as the database was unreachable.
    pub cut_off: u64,
    /// Requests refused because too many were waiting.
    pub refused: u64,
    /// Requests that got no answer.
    pub unanswered: u64,
    /// Calls to the shared tier that failed.
    pub shared_failures: u64,
}

/// How long things took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Times {
    /// Requests that memory had the answer to.
    pub hits: Percentiles,
    /// Requests that it did not have the answer to.
    pub misses: Percentiles,
    /// Loads.
    pub loads: Percentiles,
}

/// How long one kind of thing took, in microseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Percentiles {
    /// How many there were.
    pub count: u64,
    /// What half of them do not exceed.
    pub p50: Option<u64>,
    /// What 95 % of them do not exceed.
    pub p95: Option<u64>,
    /// What 99 % of them do not exceed.
    pub p99: Option<u64>,
}

/// What happened in one step of the time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Point {
    /// Its end, in milliseconds since 1970.
    pub at: u64,
    /// Requests a second.
    pub requests: f64,
    /// Loads a second.
    pub loads: f64,
    /// Statements a second.
    pub queries: f64,
    /// The share of answers that memory had, from 0 to 1; `None` if there were no answers.
    pub from_memory: Option<f64>,
    /// The share of answers that either tier had.
    pub from_tiers: Option<f64>,
    /// What 95 % of the hits of memory did not exceed, in microseconds.
    pub hit: Option<u64>,
    /// What 95 % of the other requests did not exceed, in microseconds.
    pub miss: Option<u64>,
    /// What 95 % of the loads did not exceed, in microseconds.
    pub load: Option<u64>,
}

/// Counts of one kind of question about one catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kind {
    /// The catalogue, or `pages`.
    pub catalogue: String,
    /// The kind of question.
    pub kind: String,
    /// Answers.
    pub answers: u64,
    /// Answers that memory had.
    pub from_memory: u64,
    /// Answers that the shared tier had.
    pub from_shared: u64,
    /// How often memory had an answer, but an outdated or expired one.
    pub stale_in_memory: u64,
    /// How often the shared tier had an answer, but an outdated or expired one.
    pub stale_in_shared: u64,
    /// The most frequent reason for a miss of memory.
    pub reason: Option<&'static str>,
    /// The mean time of a hit, in microseconds.
    pub hit: Option<u64>,
    /// The mean time of a load, in microseconds.
    pub load: Option<u64>,
    /// How many of these memory holds.
    pub entries: usize,
    /// How much memory they take, in bytes.
    pub bytes: u64,
    /// How much time of loads the tiers saved, in milliseconds.
    pub saved: u64,
    /// What speaks against caching it, if anything does.
    pub advice: Option<String>,
}

/// A key that is requested often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hot {
    /// The key.
    pub key: String,
    /// Its canonical URL.
    pub url: String,
    /// How often it was requested, about.
    pub times: u64,
}

/// A big answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Big {
    /// The key.
    pub key: String,
    /// Its canonical URL.
    pub url: String,
    /// The memory that it takes, in bytes.
    pub bytes: u64,
}

/// This node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThisNode {
    /// The last revision that it has applied.
    pub revision: u64,
    /// Whether it may use cached answers.
    pub lease: bool,
    /// The memory that cached answers and pages take, in bytes.
    pub memory: u64,
    /// How much they may take, in bytes.
    pub memory_limit: u64,
}

/// A node of the fleet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// The first letters of its id.
    pub id: String,
    /// Whether it is the one that made this dashboard.
    pub is_this: bool,
    /// The last revision that it has applied.
    pub revision: u64,
    /// How many revisions it is behind the node that is furthest.
    pub behind: u64,
    /// Whether it has given a sign of life lately; `None` if nobody has looked for long enough.
    pub alive: Option<bool>,
    /// How long after a commit on this node it has reached that, in milliseconds: the mean. `None` if
    /// nothing was committed here.
    pub reached_in: Option<u64>,
    /// The longest.
    pub reached_in_at_most: Option<u64>,
}

/// The shared tier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// Whether it is Redis, or in this process.
    pub is_redis: bool,
    /// Whether it is known to be down.
    pub down: bool,
    /// What it says about itself; `None` if it says nothing.
    pub state: Option<SharedState>,
}

/// What Redis says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedState {
    /// The memory that it uses, in bytes.
    pub used: u64,
    /// How much it may use, in bytes; `None` if there is no limit.
    pub limit: Option<u64>,
    /// What it does when it is full.
    pub policy: String,
    /// How many entries it has evicted since it started.
    pub evicted: u64,
}

/// What one key for all spellings of a question saved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Spellings {
    /// How many of the last questions were spelled in other ways than the canonical one.
    pub questions: usize,
    /// How many other spellings were seen.
    pub spellings: u64,
    /// Loads that a cache would have made under the URLs as they were sent.
    pub saved_loads: u64,
}

/// What edits did to cached answers.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Edits {
    /// Answers loaded again because of an edit.
    pub reloads: u64,
    /// Those that were different then.
    pub changed: u64,
    /// What caused them, in the last half an hour or hour.
    pub causes: Vec<Cause>,
    /// How long after an edit was logged this node had followed it.
    pub followed: Bars,
    /// How long after an edit was logged its first effect was served, by the road of the edit.
    pub served: Vec<Bars>,
}

/// Edits that made the tiers load answers again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The catalogue of the rows.
    pub catalogue: String,
    /// What was changed; empty if rows were added or removed, or if there were too many.
    pub fields: Vec<String>,
    /// Whether so many rows were edited at once that each answer of the catalogue was outdated.
    pub many: bool,
    /// Who made them; `None` if nobody signed them.
    pub who: Option<String>,
    /// Rows that were changed.
    pub rows: u64,
    /// Answers loaded again.
    pub reloads: u64,
    /// Those that were the same as before.
    pub same: u64,
}

/// Durations, counted in a few steps.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Bars {
    /// What they are about.
    pub name: String,
    /// Each step's upper end in seconds (`None`: no end), and how many are in it.
    pub bars: Vec<(Option<f64>, u64)>,
}

impl Dashboard {
    /// The period that the counts cover: `the last hour`, `the last 12 min`.
    pub fn period(&self) -> String {
        match self.seconds {
            3_595.. => "the last hour".to_owned(),
            seconds => format!("the last {}", text::span(seconds)),
        }
    }
}

impl Cause {
    /// What was edited: `price, status of properties`, `many properties at once`.
    pub fn what(&self) -> String {
        match (&*self.fields, self.many) {
            (_, true) => format!("many {} at once", self.catalogue),
            ([], false) => format!("rows of {} added or removed", self.catalogue),
            (fields, false) => format!("{} of {}", fields.join(", "), self.catalogue),
        }
    }

    /// Who made the edits.
    pub fn who(&self) -> &str {
        self.who.as_deref().unwrap_or("an unsigned connection")
    }
}

impl Bars {
    /// How many durations there are.
    pub fn total(&self) -> u64 {
        self.bars.iter().map(|(_, count)| count).sum()
    }
}

/// A share in percent: `98.7 %`.
pub fn percent(part: u64, of: u64) -> Option<String> {
    (of > 0).then(|| text::percent(part as f64 / of as f64))
}
