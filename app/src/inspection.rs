//! The inspector's findings: how a URL becomes its key, and what the tiers hold under it.
//!
//! The server fills these, a page and `hearth why` show them, and programs read them as JSON.

use std::fmt;

use catalogue::normalizer::{Rejection, Schema, explain};
use leptos_cached::{
    Fault,
    ask::{Ask, UrlError},
};
use serde::{Deserialize, Serialize};
use site::{AnyAsk, Kind, List, Object, Page, Route};

use crate::{
    line::Why,
    text::{bytes, counted, micros, span},
};

/// What a node found out about one URL, or about two.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    /// The last revision that the node has followed.
    pub revision: u64,
    /// Whether the node may use cached answers.
    pub lease: bool,
    /// The findings, in the order of the URLs.
    pub findings: Vec<Finding>,
}

/// What a node found out about one URL.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Finding {
    /// How it becomes its key.
    pub explained: Explained,
    /// What the tiers hold, the nearest first; empty if nothing is ever stored under it.
    pub tiers: Vec<Held>,
    /// The last time that memory did not have the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_miss: Option<LastMiss>,
    /// The spellings that were answered from the same entry, without the canonical one.
    pub spellings: Vec<Spelling>,
    /// How many loads this saved: a cache under the URL as it was sent would have made them.
    pub saved_loads: u64,
    /// What would touch the answer, each as a sentence.
    pub touched_by: Vec<String>,
    /// The statements of its load, if they were to be shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
}

/// How a URL becomes its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// The URL, as it was given.
    pub url: String,
    /// The catalogue whose rules apply; `None` if the address has no query of rules.
    pub catalogue: Option<String>,
    /// The query, as it was given.
    pub raw: String,
    /// What each rule did, in order.
    pub steps: Vec<Step>,
    /// What is wrong with its parameters.
    pub errors: Vec<Wrong>,
    /// The canonical URL of the answer; `None` if there are errors.
    pub canonical: Option<String>,
    /// The key; `None` if there are errors, or if the answer is never stored.
    pub key: Option<String>,
}

/// One thing that one rule did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The rule's number.
    pub number: u8,
    /// The rule's name.
    pub rule: String,
    /// The parameter.
    pub parameter: String,
    /// The text before.
    pub before: String,
    /// The text after; empty if the rule dropped it.
    pub after: String,
}

/// What is wrong with one parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The parameter.
    pub parameter: String,
    /// Its value.
    pub value: String,
    /// What it must be.
    pub expected: String,
}

/// What one tier holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Held {
    /// The tier: `pages`, `memory` or `redis`.
    pub tier: String,
    /// The answer; `None` if it holds none to this question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<HeldAnswer>,
    /// Why it would not give the answer now; `None` if it would.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// The end of a sentence that begins: the tier has no answer to give, because ….
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// An answer that a tier holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldAnswer {
    /// How long ago it was loaded, in milliseconds.
    pub age_millis: u64,
    /// How long until it is refreshed, in milliseconds; `None` if only an edit makes it due.
    pub due_in_millis: Option<u64>,
    /// How long it may still be given, in milliseconds; `None` if there is no limit.
    pub time_left_millis: Option<u64>,
    /// The revision that it was read at.
    pub revision: u64,
    /// Its size in the tier, in bytes.
    pub bytes: u64,
    /// The codings that are ready to be sent, with their sizes in bytes.
    pub codings: Vec<(String, u64)>,
    /// How long its load took, in microseconds.
    pub load_micros: u64,
    /// How many statements its load ran.
    pub queries: u32,
}

/// A time that memory did not have an answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LastMiss {
    /// How long ago, in milliseconds.
    pub ago_millis: u64,
    /// Why memory did not have it.
    pub why: Why,
    /// The end of a sentence that begins: the tier had no answer to give, because ….
    pub because: String,
    /// Why the shared tier did not have it either; `None` if it had it, or was not queried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<Why>,
    /// Where the answer came from: `redis`, or `none` if it was loaded.
    pub source: String,
    /// Whether the caller joined another one's load.
    pub joined: bool,
}

/// Another spelling of a canonical URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spelling {
    /// The URL, as it was sent.
    pub url: String,
    /// How often it was answered.
    pub answers: u64,
}

/// A statement of a load, with the database's plan for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its text.
    pub sql: String,
    /// How many rows it returned.
    pub rows: u64,
    /// How long it took, in microseconds.
    pub micros: u64,
    /// The plan, line by line.
    pub plan: Vec<String>,
}

impl Report {
    /// How far the node has come, to be read after its name.
    pub fn node(&self) -> String {
        let lease = match self.lease {
            true => "holds a lease",
            false => "holds no lease: it may not use cached answers now",
        };
        format!("has followed revision {}, and {lease}", self.revision)
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            parameter,
            value,
            expected,
        } = self;
        write!(f, "{parameter} is {value:?}: {expected}")
    }
}

impl Statement {
    /// How many rows it returned, and how long it took.
    pub fn cost(&self) -> String {
        let rows = counted(self.rows, "row", "rows");
        format!("{rows}, {}", micros(self.micros))
    }
}

impl Explained {
    /// The key, or why there is none.
    pub fn key_or_why(&self) -> &str {
        match (&self.key, &self.canonical) {
            (Some(key), _) => key,
            (None, Some(_)) => "none: searches and previews are never stored",
            (None, None) => "none: its parameters are invalid",
        }
    }

    /// Explains a URL or path, and returns what it asks for, unless its parameters are invalid.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if it is not the address of an answer.
    pub fn of(url: &str) -> Result<(Self, Option<AnyAsk>), Fault> {
        let (path, raw) = split(url);
        let ask = match Route::parse(path, raw) {
            Ok(Route::Ask(ask)) => Ok(ask),
            Ok(Route::Page(Page::List { query, .. })) => query.map(|query| List { query }.into()),
            Ok(Route::Page(page)) => {
                let (schema, id) = page.row().ok_or(Fault::NotFound)?;
                Ok(Object { schema, id }.into())
            }
            Err(UrlError::Parameters(rejection)) => Err(rejection),
            Ok(_) | Err(UrlError::NotFound) => return Err(Fault::NotFound),
        };
        let schema = schema_of(path, &ask);
        let steps = schema.map(|schema| explain(schema, raw).steps);
        let steps = steps.into_iter().flatten().map(|step| Step {
            number: step.rule.number(),
            rule: step.rule.name().to_owned(),
            parameter: step.parameter,
            before: step.before,
            after: step.after,
        });
        let (ask, errors) = match ask {
            Ok(ask) => (Some(ask), Vec::new()),
            Err(rejection) => (None, wrong(&rejection)),
        };
        let stored = ask.as_ref().filter(|ask| ask.policy().is_stored());
        let explained = Self {
            url: url.to_owned(),
            catalogue: schema.map(|schema| schema.catalogue.to_owned()),
            raw: raw.to_owned(),
            steps: steps.collect(),
            errors,
            canonical: ask.as_ref().map(|ask| ask.url().into_owned()),
            key: stored.map(|ask| ask.key().into_owned()),
        };
        Ok((explained, ask))
    }
}

impl Finding {
    /// How many spellings share the entry, and what that saved.
    pub fn collapsed(&self) -> String {
        if self.spellings.is_empty() {
            return "no other one has been used".to_owned();
        }
        let others = counted(self.spellings.len() as u64, "other one", "other ones");
        let loads = counted(self.saved_loads, "load", "loads");
        format!("{others}; one entry for all of them has saved {loads}")
    }
}

impl HeldAnswer {
    /// What is known about it: each fact with its label.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let or = |millis: Option<u64>, never: &str| {
            millis.map_or(never.to_owned(), |millis| span(millis / 1_000))
        };
        let codings = self.codings.iter();
        let codings: Vec<String> = codings
            .map(|(name, size)| format!("{name} {}", bytes(*size)))
            .collect();
        let queries = counted(self.queries.into(), "query", "queries");
        vec![
            ("Age", span(self.age_millis / 1_000)),
            (
                "Refreshed in",
                or(self.due_in_millis, "never, only loaded after an edit"),
            ),
            ("Time left", or(self.time_left_millis, "no limit")),
            ("Revision", self.revision.to_string()),
            ("Size", bytes(self.bytes)),
            ("Ready codings", codings.join(", ")),
            (
                "Last load",
                format!("{}, {queries}", micros(self.load_micros)),
            ),
        ]
    }
}

impl LastMiss {
    /// When it was, why, and where the answer came from, as two or three sentences.
    pub fn words(&self) -> String {
        let (ago, why) = (span(self.ago_millis / 1_000), self.why.words());
        let source = match &*self.source {
            "redis" => "The answer came from Redis.",
            _ if self.joined => "It joined another request's load.",
            _ => "The answer was loaded from the database.",
        };
        let shared = self.shared.as_ref();
        let shared = shared.map_or(String::new(), |why| {
            format!(" Redis did not have it: {}.", why.words())
        });
        format!("{ago} ago: {why}: {}. {source}{shared}", self.because)
    }
}

/// What stands between the parts of a key.
const JOINTS: [char; 3] = [':', '&', '?'];

/// The parts of a key, each with whether the other key has it too.
pub fn parted<'a>(key: &'a str, other: &str) -> Vec<(&'a str, bool)> {
    let others: Vec<&str> = other.split(JOINTS).collect();
    let has = |part: &str| others.contains(&part.trim_end_matches(JOINTS));
    let parts = key.split_inclusive(JOINTS);
    parts.map(|part| (part, has(part))).collect()
}

/// Path and raw query of a URL, with or without its origin.
pub fn split(url: &str) -> (&str, &str) {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| {
        &rest[rest.find('/').unwrap_or(rest.len())..]
    });
    let without_fragment = after_scheme.split('#').next().unwrap_or_default();
    without_fragment
        .split_once('?')
        .unwrap_or((without_fragment, ""))
}

/// The schema whose rules make the query canonical; `None` for an ask without such a query.
fn schema_of(path: &str, ask: &Result<AnyAsk, Rejection>) -> Option<&'static Schema> {
    match ask.as_ref().map(AnyAsk::kind) {
        Ok(Kind::List(_) | Kind::Count(_) | Kind::Facets(_)) => Some(ask.as_ref().ok()?.schema()),
        Ok(_) => None,
        Err(_) => path.split('/').find_map(catalogue::schema),
    }
}

fn wrong(rejection: &Rejection) -> Vec<Wrong> {
    let errors = rejection.errors().iter();
    let wrong = errors.map(|error| Wrong {
        parameter: error.parameter.to_string(),
        value: error.value.clone(),
        expected: error.expected.clone(),
    });
    wrong.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_question_have_one_key() {
        let (one, _) = Explained::of("/properties?city=%20AUSTIN&page=1&utm_source=x").unwrap();
        let (other, ask) = Explained::of("http://localhost/api/properties?city=austin#a").unwrap();
        assert_eq!(one.key, other.key);
        assert_eq!(one.canonical, ask.map(|ask| ask.url().into_owned()));
        assert!(!one.steps.is_empty());
        assert_eq!(one.catalogue.as_deref(), Some("properties"));
    }

    #[test]
    fn what_is_wrong_is_named_and_what_is_never_stored_has_no_key() {
        let (wrong, ask) = Explained::of("/properties?bedrooms=many").unwrap();
        assert!(ask.is_none() && wrong.key.is_none());
        assert_eq!(wrong.errors[0].parameter, "bedrooms");
        let (search, ask) = Explained::of("/properties?q=garden").unwrap();
        assert!(ask.is_some() && search.key.is_none() && search.canonical.is_some());
        assert!(Explained::of("/nowhere").is_err());
    }

    #[test]
    fn keys_part_at_their_parameters() {
        let parts = parted("v1:bedrooms=2&city=austin", "v1:bedrooms=2&city=boston");
        let expect = [("v1:", true), ("bedrooms=2&", true), ("city=austin", false)];
        assert_eq!(parts, expect);
        let parts = parted("v1?city=austin", "v1?bedrooms=2&city=austin");
        assert_eq!(parts, [("v1?", true), ("city=austin", true)]);
    }
}
