//! Which spellings of a question were answered from one entry.
//!
//! Only spellings that are not canonical are noted, so a request for a canonical URL pays nothing.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use app::inspection::Spelling;
use axum::{http::Uri, response::Response};
use cache::Periods;
use leptos_cached::Answer;
use parking_lot::Mutex;
use quick_cache::sync::Cache;
use xxhash_rust::xxh3::xxh3_64;

use crate::metrics;

/// For how many keys spellings are noted; those that were asked for least recently are forgotten.
const KEYS: usize = 2_000;

/// How many spellings of one key are told apart.
const SPELLINGS: usize = 20;

/// The longest spelling that is noted, in bytes.
const LONGEST: usize = 500;

/// How many parameters are watched, and how many values of each are told apart.
const PARAMETERS: usize = 200;
const VALUES: usize = 1_000;

/// The spellings of the last keys.
pub(crate) struct Spellings {
    of_keys: Cache<String, Arc<Mutex<Vec<Noted>>>>,
    /// The values that parameters had in spellings that were not canonical.
    parameters: Mutex<Periods<HashMap<Box<str>, Values>>>,
}

/// The values of a parameter.
#[derive(Default, Clone)]
struct Values {
    /// Hashes of the values.
    different: HashSet<u64>,
    /// How often it was sent.
    times: u64,
}

/// A parameter, as clients send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) name: String,
    /// How many values it had, at most [`VALUES`] in a period.
    pub(crate) values: usize,
    /// How often it was sent.
    pub(crate) times: u64,
}

/// A spelling.
struct Noted {
    url: Box<str>,
    answers: u64,
    /// When the entry was loaded that it was answered from last.
    loaded_at: u64,
    /// How often it was answered from an entry for the first time, without a load for it: a cache
    /// under the URL as it was sent would have loaded then.
    saved: u64,
}

impl Default for Spellings {
    fn default() -> Self {
        Self {
            of_keys: Cache::new(KEYS),
            parameters: Mutex::default(),
        }
    }
}

impl Spellings {
    /// Notes the spelling of a request, if its response says that it is not the canonical one.
    pub(super) fn note_if_other(&self, uri: &Uri, response: &Response) {
        if let Some(answer) = response.extensions().get::<Answer>()
            && answer.entry().policy().is_stored()
        {
            let entry = answer.entry();
            let loaded = answer.trail().loaded_for_caller();
            self.note(uri, &entry.key(), entry.loaded_at(), loaded);
        }
    }

    /// Notes a spelling that was answered from the entry under `key`, loaded at `loaded_at`, in
    /// milliseconds since 1970; `loaded` says whether it was loaded for this request.
    pub(super) fn note(&self, uri: &Uri, key: &str, loaded_at: u64, loaded: bool) {
        self.note_parameters(uri.query().unwrap_or_default());
        let url = uri.path_and_query().map_or("", |sent| sent.as_str());
        if url.len() > LONGEST {
            return;
        }
        let noted = self
            .of_keys
            .get_or_insert_with(key, || Ok::<_, ()>(Arc::default()));
        let Ok(noted) = noted else {
            return;
        };
        let mut noted = noted.lock();
        let place = noted.iter().position(|one| *one.url == *url);
        let place = match place {
            Some(place) => place,
            None if noted.len() < SPELLINGS => {
                metrics::spelling();
                noted.push(Noted {
                    url: url.into(),
                    answers: 0,
                    loaded_at: 0,
                    saved: 0,
                });
                noted.len() - 1
            }
            None => return,
        };
        if let Some(one) = noted.get_mut(place) {
            one.answers += 1;
            if one.loaded_at != loaded_at {
                one.loaded_at = loaded_at;
                if !loaded {
                    one.saved += 1;
                    metrics::saved_load();
                }
            }
        }
    }

    fn note_parameters(&self, query: &str) {
        let mut parameters = self.parameters.lock();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let now = &mut parameters.now;
            let known = now.contains_key(name);
            if name.len() > LONGEST || !known && now.len() >= PARAMETERS {
                continue;
            }
            let values = match now.get_mut(name) {
                Some(values) => values,
                None => now.entry(name.into()).or_default(),
            };
            values.times += 1;
            if values.different.len() < VALUES {
                values.different.insert(xxh3_64(value.as_bytes()));
            }
        }
    }

    /// The parameters of spellings that were not canonical, in this period and the one before; the
    /// one with most values comes first.
    pub(crate) fn parameters(&self) -> Vec<Sent> {
        let parameters = self.parameters.lock();
        let mut merged = parameters.before.clone();
        for (name, values) in &parameters.now {
            let one = merged.entry(name.clone()).or_default();
            one.different.extend(&values.different);
            one.times += values.times;
        }
        drop(parameters);
        let sent = |(name, values): (Box<str>, Values)| Sent {
            name: name.into(),
            values: values.different.len(),
            times: values.times,
        };
        let mut sent: Vec<Sent> = merged.into_iter().map(sent).collect();
        sent.sort_unstable_by_key(|one| Reverse((one.values, one.times)));
        sent
    }

    /// How many questions were spelled in other ways than the canonical one.
    pub(crate) fn questions(&self) -> usize {
        self.of_keys.len()
    }

    /// Begins a new period.
    pub(crate) fn turn(&self) {
        self.parameters.lock().turn();
    }

    /// The spellings that share a key, the most frequent first, and how many loads that saved.
    pub(super) fn of(&self, key: &str) -> (Vec<Spelling>, u64) {
        let Some(noted) = self.of_keys.peek(key) else {
            return (Vec::new(), 0);
        };
        let noted = noted.lock();
        let saved = noted.iter().map(|one| one.saved).sum();
        let mut spellings: Vec<Spelling> = noted
            .iter()
            .map(|one| Spelling {
                url: one.url.to_string(),
                answers: one.answers,
            })
            .collect();
        spellings.sort_by_key(|spelling| Reverse(spelling.answers));
        (spellings, saved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_spelling_saves_one_load_of_each_entry() {
        let spellings = Spellings::default();
        let note = |url: &str, loaded_at, loaded| {
            spellings.note(&url.parse().unwrap(), "key", loaded_at, loaded);
        };
        // The first request loads; another spelling would have loaded again, but only once.
        note("/a?x=1&y=2", 10, true);
        note("/a?y=2&x=1", 10, false);
        note("/a?y=2&x=1", 10, false);
        assert_eq!(spellings.of("key").1, 1);
        // The entry was loaded again after an edit.
        note("/a?y=2&x=1", 20, false);
        note("/a?x=1&y=2", 20, false);
        let (shown, saved) = spellings.of("key");
        assert_eq!(saved, 3);
        assert_eq!((shown[0].url.as_str(), shown[0].answers), ("/a?y=2&x=1", 3));
        assert_eq!(spellings.of("other"), (Vec::new(), 0));
    }

    #[test]
    fn a_parameter_with_ever_new_values_is_found() {
        let spellings = Spellings::default();
        for n in 0..50 {
            let uri = format!("/a?rnd={n}&utm_source=x").parse().unwrap();
            spellings.note(&uri, "key", 1, false);
            if n == 20 {
                spellings.turn();
            }
        }
        let sent = |name: &str, values| Sent {
            name: name.to_owned(),
            values,
            times: 50,
        };
        assert_eq!(
            spellings.parameters(),
            [sent("rnd", 50), sent("utm_source", 1)]
        );
        spellings.turn();
        spellings.turn();
        assert_eq!(spellings.parameters(), []);
    }

    #[test]
    fn one_key_has_a_bounded_number_of_spellings() {
        let spellings = Spellings::default();
        for n in 0..100 {
            let uri = format!("/a?utm={n}").parse().unwrap();
            spellings.note(&uri, "key", 1, false);
        }
        assert_eq!(spellings.of("key").0.len(), SPELLINGS);
        assert_eq!(spellings.of("key").1, SPELLINGS as u64);
    }
}
