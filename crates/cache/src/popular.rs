//! What is requested most, in bounded memory.
//!
//! Each answer of the memory tier's caller counts, hit or not. Above [`A_SECOND`] answers a second
//! only some are noted, with a weight that makes up for the others, so that a hit seldom pays.
//!
//! The counts are those of Anderson, Bevin, Lang, Liberty, Rhodes and Thaler, *A High-Performance
//! Algorithm for Identifying Frequent Items in Data Streams* (IMC 2017): when the table is full, the
//! median is subtracted from all, and what falls to zero is dropped.

use std::{
    cell::Cell,
    collections::HashMap,
    sync::atomic::{AtomicU32, Ordering},
};

use ask::Ask;
use parking_lot::Mutex;

use crate::{Periods, times::unix_millis};

/// How many keys are counted at a time.
const KEYS: usize = 2_000;

/// About how many answers are noted a second.
const A_SECOND: u64 = 10_000;

/// The time after which the weight is set anew, in milliseconds.
const PACE: u64 = 1_000;

thread_local! {
    /// How many answers of this thread are passed over before the next is noted.
    static PASSED_OVER: Cell<u32> = const { Cell::new(0) };
}

/// How often keys were requested.
#[derive(Debug)]
pub struct Popular {
    /// How many answers each noted one stands for.
    weight: AtomicU32,
    tables: Mutex<Tables>,
}

/// How often one key was requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requested {
    /// The key.
    pub key: Box<str>,
    /// The canonical URL of the ask.
    pub url: Box<str>,
    /// How often, at least.
    pub times: u64,
}

#[derive(Debug, Default)]
struct Tables {
    periods: Periods<Table>,
    /// When the weight was set, in milliseconds since 1970, and how many were noted since.
    since: u64,
    noted: u64,
}

#[derive(Debug, Default)]
struct Table(HashMap<Box<str>, Requested>);

impl Default for Popular {
    fn default() -> Self {
        Self {
            weight: AtomicU32::new(1),
            tables: Mutex::default(),
        }
    }
}

impl Popular {
    /// Notes an answer, or passes over it.
    pub(crate) fn note<Q: Ask>(&self, ask: &Q) {
        let weight = self.weight.load(Ordering::Relaxed);
        if weight > 1 {
            let left = PASSED_OVER.get();
            if left > 0 {
                PASSED_OVER.set(left - 1);
                return;
            }
            // By chance, so that it cannot keep step with the requests; on average one of `weight`.
            PASSED_OVER.set(rand::random_range(0..=2 * (weight - 1)));
        }
        self.add(&ask.key(), &ask.url(), weight, unix_millis());
    }

    fn add(&self, key: &str, url: &str, weight: u32, now: u64) {
        let mut tables = self.tables.lock();
        tables.periods.now.add(key, url, u64::from(weight));
        tables.noted += 1;
        let passed = now.saturating_sub(tables.since);
        if passed >= PACE || tables.noted >= A_SECOND {
            let answers = tables.noted * u64::from(weight);
            let a_second = answers * 1_000 / passed.max(1);
            let weight = u32::try_from(a_second.div_ceil(A_SECOND)).unwrap_or(u32::MAX);
            self.weight
                .store(weight.clamp(1, 10_000), Ordering::Relaxed);
            (tables.since, tables.noted) = (now, 0);
        }
    }

    /// The keys that were requested most, in this period and the one before; the first is the most
    /// popular.
    pub fn most(&self, count: usize) -> Vec<Requested> {
        let tables = self.tables.lock();
        let mut merged = Table(tables.periods.before.0.clone());
        for one in tables.periods.now.0.values() {
            merged.insert(&one.key, &one.url, one.times);
        }
        drop(tables);
        let mut most: Vec<Requested> = merged.0.into_values().collect();
        most.sort_unstable_by(|one, other| {
            let by_times = other.times.cmp(&one.times);
            by_times.then_with(|| one.key.cmp(&other.key))
        });
        most.truncate(count);
        most
    }

    /// What was requested in this period.
    pub fn now(&self) -> Vec<Requested> {
        self.tables.lock().periods.now.0.values().cloned().collect()
    }

    /// Begins a new period, and returns what was requested in the one that ends.
    pub fn turn(&self) -> Vec<Requested> {
        let mut tables = self.tables.lock();
        tables.periods.turn();
        tables.periods.before.0.values().cloned().collect()
    }
}

impl Table {
    fn add(&mut self, key: &str, url: &str, times: u64) {
        if self.0.len() >= KEYS && !self.0.contains_key(key) {
            self.make_room();
        }
        self.insert(key, url, times);
    }

    fn insert(&mut self, key: &str, url: &str, times: u64) {
        match self.0.get_mut(key) {
            Some(one) => one.times += times,
            None => {
                let one = Requested {
                    key: key.into(),
                    url: url.into(),
                    times,
                };
                self.0.insert(key.into(), one);
            }
        }
    }

    fn make_room(&mut self) {
        let mut times: Vec<u64> = self.0.values().map(|one| one.times).collect();
        let middle = times.len() / 2;
        let (_, median, _) = times.select_nth_unstable(middle);
        let median = *median;
        self.0.retain(|_, one| {
            one.times = one.times.saturating_sub(median);
            one.times > 0
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_keys_are_counted_exactly() {
        let popular = Popular::default();
        for n in 0..1_000_u64 {
            let key = format!("key {}", n % 7);
            popular.add(&key, "/", 1, n);
        }
        let most = popular.most(10);
        let times: Vec<u64> = most.iter().map(|one| one.times).collect();
        assert_eq!(times, [143, 143, 143, 143, 143, 143, 142]);
        assert_eq!(popular.turn().len(), 7);
        popular.add("key 6", "/", 1, 2_000);
        // The period before still counts, the one before that no longer.
        assert_eq!(popular.most(1)[0].times, 143);
        popular.turn();
        popular.turn();
        assert!(popular.most(1).is_empty());
    }

    #[test]
    fn popular_keys_stay_however_many_others_there_are() {
        let popular = Popular::default();
        let (rare, often) = (KEYS as u64 * 20, 2_000);
        for n in 0..rare {
            popular.add(&format!("rare {n}"), "/", 1, 0);
            if n % (rare / often) == 0 {
                popular.add("often", "/", 1, 0);
            }
        }
        let most = popular.most(1);
        assert_eq!(&*most[0].key, "often");
        // What was subtracted from it is at most the total divided by half the number of keys.
        let least = often - (rare + often) / (KEYS as u64 / 2);
        assert!(most[0].times >= least, "{} < {least}", most[0].times);
        assert!(popular.tables.lock().periods.now.0.len() <= KEYS);
    }

    #[test]
    fn the_weight_follows_the_traffic() {
        let popular = Popular::default();
        let weight = || popular.weight.load(Ordering::Relaxed);
        popular.add("a", "/", 1, 1_000_000);
        assert_eq!(weight(), 1);
        // Ten thousand within a tenth of a second.
        for n in 0..A_SECOND {
            popular.add("a", "/", 1, 1_000_000 + n / 100);
        }
        assert_eq!(weight(), 11);
        // It calms down.
        popular.add("a", "/", 11, 1_002_000);
        assert_eq!(weight(), 1);
    }
}
