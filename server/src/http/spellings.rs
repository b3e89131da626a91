//! Which spellings of a question were answered from one entry.
//!
//! Only spellings that are not canonical are noted, so a request for a canonical URL pays nothing.

use std::sync::Arc;

use app::inspection::Spelling;
use axum::{http::Uri, response::Response};
use leptos_cached::Answer;
use parking_lot::Mutex;
use quick_cache::sync::Cache;

/// For how many keys spellings are noted; those that were asked for least recently are forgotten.
const KEYS: usize = 2_000;

/// How many spellings of one key are told apart.
const SPELLINGS: usize = 20;

/// The longest spelling that is noted, in bytes.
const LONGEST: usize = 500;

/// The spellings of the last keys.
pub(super) struct Spellings(Cache<String, Arc<Mutex<Vec<Noted>>>>);

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
        Self(Cache::new(KEYS))
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
        let url = uri.path_and_query().map_or("", |sent| sent.as_str());
        if url.len() > LONGEST {
            return;
        }
        let noted = self
            .0
            .get_or_insert_with(key, || Ok::<_, ()>(Arc::default()));
        let Ok(noted) = noted else {
            return;
        };
        let mut noted = noted.lock();
        let place = noted.iter().position(|one| *one.url == *url);
        let place = match place {
            Some(place) => place,
            None if noted.len() < SPELLINGS => {
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
                one.saved += u64::from(!loaded);
            }
        }
    }

    /// The spellings that share a key, the most frequent first, and how many loads that saved.
    pub(super) fn of(&self, key: &str) -> (Vec<Spelling>, u64) {
        let Some(noted) = self.0.peek(key) else {
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
        spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.answers));
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
