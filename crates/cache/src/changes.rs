//! A change log for apps whose database has none: the app announces its changes.
//!
//! ```no_run
//! # use std::{sync::Arc, time::Duration};
//! # use cache::{Changes, Log, Pace, follow};
//! # async fn example() {
//! let changes = Arc::new(Changes::in_process());
//! let log = Arc::new(Log::default());
//! tokio::spawn(follow(Arc::clone(&changes), Arc::clone(&log), Pace(Duration::from_millis(250))));
//! // After an edit of the data that answers about quotes are made of:
//! changes.announce("quotes").await.ok();
//! log.wake();
//! # }
//! ```
//!
//! Nothing is logged automatically: an edit that is not announced is seen when an interval ends.
//! With Redis, all nodes follow one log. If Redis loses it, every node starts over, and answers
//! that were cached before are misses.

use std::collections::VecDeque;

use crate::{
    Change, Feed, Revision, Stamp,
    shared::{Redis, Unavailable},
};
use parking_lot::Mutex;

/// How many announcements are retained: a node that is further behind starts over.
const RETAINED: usize = 10_000;

/// Where changes are announced and followed.
pub struct Changes(Place);

enum Place {
    InProcess(Mutex<VecDeque<Announced>>),
    Redis {
        redis: Redis,
        /// The prefix of the log's keys.
        prefix: String,
    },
}

/// One announcement, as every place stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Announced {
    stamp: Stamp,
    /// Empty in a log's first announcement.
    catalogue: &'static str,
}

/// Appends an announcement under the next revision. KEYS: counter, list. ARGV: tag, catalogue, how
/// many are retained.
const APPEND: &str = "\
local revision = redis.call('INCR', KEYS[1]) \
redis.call('RPUSH', KEYS[2], revision .. ' ' .. ARGV[1] .. ' ' .. ARGV[2]) \
redis.call('LTRIM', KEYS[2], -ARGV[3], -1) \
return redis.call('LINDEX', KEYS[2], -1)";

/// The last announcement; an empty log gets its first.
const LAST: &str = "\
if redis.call('LLEN', KEYS[2]) == 0 then \
local revision = redis.call('INCR', KEYS[1]) \
redis.call('RPUSH', KEYS[2], revision .. ' ' .. ARGV[1] .. ' ') end \
return redis.call('LINDEX', KEYS[2], -1)";

impl Changes {
    /// A log for this process only.
    pub fn in_process() -> Self {
        let first = Announced {
            stamp: Stamp {
                revision: 1,
                tag: rand::random(),
            },
            catalogue: "",
        };
        Self(Place::InProcess(Mutex::new(VecDeque::from([first]))))
    }

    /// A log in Redis, which all nodes with the same prefix follow.
    pub fn in_redis(redis: Redis, prefix: &str) -> Self {
        let prefix = prefix.to_owned();
        Self(Place::Redis { redis, prefix })
    }

    /// Announces that rows of a catalogue have changed: answers that were loaded before are no
    /// longer valid on a node that has followed the log up to the returned revision.
    ///
    /// # Errors
    /// If Redis cannot be reached.
    pub async fn announce(&self, catalogue: &'static str) -> Result<u64, Unavailable> {
        let tag: u64 = rand::random();
        match &self.0 {
            Place::InProcess(log) => {
                let mut log = log.lock();
                let last = log.back().map_or(0, |last| last.stamp.revision);
                let revision = last + 1;
                let stamp = Stamp { revision, tag };
                log.push_back(Announced { stamp, catalogue });
                if log.len() > RETAINED {
                    log.pop_front();
                }
                Ok(revision)
            }
            Place::Redis { redis, prefix } => {
                let arguments = vec![tag.to_string(), catalogue.to_owned(), RETAINED.to_string()];
                let last = redis.script(APPEND, keys(prefix), arguments).await?;
                Ok(read(&last)?.stamp.revision)
            }
        }
    }

    async fn last(&self) -> Result<Option<Announced>, Unavailable> {
        match &self.0 {
            Place::InProcess(log) => Ok(log.lock().back().cloned()),
            Place::Redis { redis, prefix } => {
                let arguments = vec![rand::random::<u64>().to_string()];
                let last = redis.script(LAST, keys(prefix), arguments).await?;
                read(&last).map(Some)
            }
        }
    }

    async fn all(&self) -> Result<Vec<Announced>, Unavailable> {
        match &self.0 {
            Place::InProcess(log) => Ok(log.lock().iter().cloned().collect()),
            Place::Redis { redis, prefix } => {
                let [_, list] = keys(prefix);
                let all = redis.list(&list).await?;
                all.iter().map(|text| read(text)).collect()
            }
        }
    }
}

impl Feed for Changes {
    type Image = ();
    type Error = Unavailable;

    async fn head(&self) -> Result<Option<Stamp>, Unavailable> {
        Ok(self.last().await?.map(|last| last.stamp))
    }

    async fn revisions_from(
        &self,
        stamp: Stamp,
        limit: usize,
    ) -> Result<Vec<Revision<()>>, Unavailable> {
        let all = self.all().await?;
        let Some(at) = all.iter().position(|announced| announced.stamp == stamp) else {
            return Ok(Vec::new());
        };
        Ok(all[at..].iter().take(limit + 1).map(revision).collect())
    }

    async fn last_revisions(&self, limit: usize) -> Result<Vec<Revision<()>>, Unavailable> {
        let all = self.all().await?;
        let from = all.len().saturating_sub(limit.max(1));
        Ok(all[from..].iter().map(revision).collect())
    }
}

fn revision(announced: &Announced) -> Revision<()> {
    let catalogue = announced.catalogue;
    Revision {
        stamp: announced.stamp,
        at: None,
        changes: (!catalogue.is_empty())
            .then(|| Change::everything(catalogue))
            .into_iter()
            .collect(),
    }
}

/// The counter and the list. In a cluster they share a slot.
fn keys(prefix: &str) -> [String; 2] {
    [
        format!("{{{prefix}:changes}}:revision"),
        format!("{{{prefix}:changes}}"),
    ]
}

/// `revision tag catalogue`.
fn read(text: &str) -> Result<Announced, Unavailable> {
    let mut parts = text.splitn(3, ' ');
    let mut number = || parts.next()?.parse().ok();
    let stamp = number().zip(number());
    let (revision, tag) = stamp.ok_or_else(|| Unavailable(format!("{text:?} is not a change")))?;
    Ok(Announced {
        stamp: Stamp { revision, tag },
        catalogue: known(parts.next().unwrap_or_default()),
    })
}

/// Catalogue names are `&'static str`: a name that is read from Redis is leaked, once.
fn known(name: &str) -> &'static str {
    static NAMES: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let mut names = NAMES.lock();
    if let Some(known) = names.iter().find(|known| **known == name) {
        return known;
    }
    let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.push(name);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn announcements_are_consecutive_revisions() {
        let changes = Changes::in_process();
        let first = changes.head().await.unwrap().unwrap();
        assert_eq!(
            changes.announce("quotes").await.unwrap(),
            first.revision + 1
        );
        assert_eq!(changes.announce("words").await.unwrap(), first.revision + 2);
        let all = changes.revisions_from(first, 10).await.unwrap();
        let logged: Vec<_> = all.iter().map(|revision| &revision.changes[..]).collect();
        assert_eq!(
            logged,
            [
                &[][..],
                &[Change::everything("quotes")],
                &[Change::everything("words")]
            ]
        );
        let elsewhere = Stamp { tag: 0, ..first };
        assert!(
            changes
                .revisions_from(elsewhere, 10)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(changes.last_revisions(1).await.unwrap().len(), 1);
    }

    #[test]
    fn an_announcement_is_parsed_from_its_text() {
        let stamp = Stamp {
            revision: 7,
            tag: u64::MAX,
        };
        let read = |text| read(text).ok();
        let announced = |catalogue| Some(Announced { stamp, catalogue });
        assert_eq!(read("7 18446744073709551615 quotes"), announced("quotes"));
        assert_eq!(read("7 18446744073709551615 "), announced(""));
        assert_eq!(read("seven"), None);
    }
}
