//! What the tiers hold and decide, in the words and types that the inspector and the tail show.

use std::{sync::Arc, time::Duration};

use app::{
    inspection::{Explained, Finding, Held, HeldAnswer, LastMiss, Statement},
    line::{EditCause, Line, Why},
};
use ask::Ask;
use cache::{Beside, Decision, Journal, MemoryStep, Origin, Reason, SharedStep, Sight, Trail};
use catalogue::{Catalogue, Condition, Predicate, Test};
use leptos_cached::{Fault, Representation};
use site::{AnyAsk, Decisive, History, Kind, Object, Page, Touch};
use tokio::{sync::Semaphore, time::timeout};

use super::{
    Tiers,
    composite::Rendered,
    pages::{Address, PageAsk, Pages},
};
use crate::{
    credentials::now_millis,
    store::{
        Purpose, Store, StoreError,
        stamp::stamp,
        tally::{Recorded, recording},
    },
};

/// How long the statements of one load may take, with their plans.
const PLANS_PATIENCE: Duration = Duration::from_secs(20);

/// Plans of one load are made at a time: PostgreSQL runs each statement twice for them.
static PLANS: Semaphore = Semaphore::const_new(1);

/// How many of the rows that an answer shows are named.
const NAMED: usize = 12;

/// A decision as a line of the tail.
pub(crate) fn line(decision: &Decision) -> Line {
    Line {
        at: decision.at,
        tier: decision.tier.name().to_owned(),
        verdict: decision.verdict.name().to_owned(),
        why: decision.reason.as_ref().map(why),
        cut_off: decision.cut_off,
        key: decision.key.to_string(),
        url: decision.url.to_string(),
        micros: decision.took.map(micros),
    }
}

fn why(reason: &Reason) -> Why {
    let edit = reason.touched().map(|touched| EditCause {
        revision: touched.revision,
        catalogue: touched.catalogue.to_owned(),
        id: touched.id,
        fields: touched
            .cause
            .fields
            .iter()
            .map(ToString::to_string)
            .collect(),
        who: touched.cause.who.as_ref().map(ToString::to_string),
    });
    Why {
        reason: reason.name().to_owned(),
        edit,
    }
}

/// What is asked at an address: an answer, and perhaps the page that shows it.
pub(crate) struct Inspected {
    pub(crate) explained: Explained,
    /// `None` if its parameters are invalid.
    pub(crate) ask: Option<AnyAsk>,
    /// The page, if the address is that of one that is cached.
    pub(crate) page: Option<PageAsk>,
}

impl Inspected {
    /// # Errors
    /// [`Fault::NotFound`] if it is not the address of an answer.
    pub(crate) fn of(url: &str) -> Result<Self, Fault> {
        let (explained, ask) = Explained::of(url)?;
        let (path, search) = app::inspection::split(url);
        let page = Page::parse(path, search).and_then(Address::of);
        Ok(Self {
            explained,
            ask,
            page: page.map(|address| PageAsk::page(&address)),
        })
    }

    /// What the tiers hold; spellings and statements are left empty.
    pub(crate) async fn look(self, tiers: &Tiers, pages: &cache::Tiers<Pages>) -> Finding {
        let mut held = Vec::new();
        let (mut last, mut touched_by) = (None, Vec::new());
        if let Some(page) = &self.page {
            held.push(of_page("pages", &pages.see_memory(page)));
        }
        if let Some(ask) = &self.ask {
            let memory = tiers.see_memory(ask);
            held.push(of_answer("memory", &memory));
            let shared = tiers.see_shared(ask).await;
            held.extend(shared.iter().map(|sight| of_answer("redis", sight)));
            last = last_miss(tiers.journal(), &ask.key());
            let seen = shared.and_then(|sight| sight.entry);
            let shown = memory.entry.or(seen);
            touched_by = touches(ask, shown.as_ref().map(|entry| &*entry.shows));
        }
        Finding {
            explained: self.explained,
            tiers: held,
            last_miss: last,
            spellings: Vec::new(),
            saved_loads: 0,
            touched_by,
            statements: Vec::new(),
        }
    }
}

fn of_page(tier: &str, sight: &Sight<Pages>) -> Held {
    held(tier, sight, |page: &Rendered| &page.content)
}

fn of_answer(tier: &str, sight: &Sight<Store>) -> Held {
    held(tier, sight, |body| body)
}

fn held<O: Origin>(
    tier: &str,
    sight: &Sight<O>,
    body: impl FnOnce(&O::Body) -> &Representation,
) -> Held {
    let answer = sight.entry.as_ref().map(|entry| HeldAnswer {
        age_millis: millis(entry.age()),
        due_in_millis: sight.due_in.map(millis),
        time_left_millis: sight.time_left.map(millis),
        revision: entry.stamp.revision,
        bytes: sight.bytes as u64,
        codings: codings(body(&entry.body)),
        load_micros: micros(entry.took()),
        queries: entry.queries(),
    });
    Held {
        tier: tier.to_owned(),
        answer,
        why: sight.reason.as_ref().map(why),
        because: sight
            .reason
            .as_ref()
            .map(|reason| reason.meaning().to_owned()),
    }
}

fn codings(body: &Representation) -> Vec<(String, u64)> {
    let ready = body.ready().into_iter();
    let named = ready.map(|(coding, bytes)| {
        let name = coding.name().unwrap_or("identity");
        (name.to_owned(), bytes as u64)
    });
    named.collect()
}

fn last_miss(journal: &Arc<Journal>, key: &str) -> Option<LastMiss> {
    let miss = journal.last_miss(key)?;
    let Trail { memory, shared, .. } = &miss.trail;
    let MemoryStep::Miss(reason) = memory else {
        return None;
    };
    let shared = match shared {
        Some(SharedStep::Miss { reason, .. } | SharedStep::Collapsed(reason)) => Some(why(reason)),
        Some(SharedStep::Hit) | None => None,
    };
    let now = u64::try_from(now_millis()).unwrap_or_default();
    Some(LastMiss {
        ago_millis: now.saturating_sub(miss.at),
        why: why(reason),
        because: reason.meaning().to_owned(),
        shared,
        source: miss.trail.source().name().to_owned(),
        joined: miss.trail.joined,
    })
}

/// What would touch an answer that shows these rows, as sentences.
fn touches(ask: &AnyAsk, shows: Option<&[i64]>) -> Vec<String> {
    let name = ask.catalogue();
    let mut sentences = Vec::new();
    match ask.touch() {
        Touch::Matching(predicate, Decisive::Any) => sentences.push(match &*conditions(predicate) {
            "" => format!("Any row of {name} is added, edited or removed."),
            conditions => format!(
                "A row of {name} is added, edited or removed that has, before the edit or after it: {conditions}."
            ),
        }),
        Touch::Matching(predicate, Decisive::Columns(columns)) => {
            sentences.push(match &*conditions(predicate) {
                "" => format!("A row of {name} is added or removed."),
                conditions => {
                    format!("A row of {name} comes to have, or no longer has: {conditions}.")
                }
            });
            let fields = fields(predicate.catalogue(), columns);
            if !fields.is_empty() {
                sentences.push(format!("Such a row is edited in its {fields}."));
            }
        }
        Touch::Counting(predicate, _) => sentences.push(match &*conditions(predicate) {
            "" => format!("A row of {name} is added, removed, or edited in what is counted."),
            conditions => format!(
                "A row of {name} is added, removed, or edited in what is counted, that has, before the edit or \
                 after it, at least all but one of: {conditions}."
            ),
        }),
        Touch::Shown => {}
    }
    match (ask.kind(), shows) {
        (Kind::Object(Object { id, .. }) | Kind::History(History { id, .. }), _) => {
            sentences.push(format!("An edit of row {id} of {name}, which it shows."));
        }
        (_, Some(shows)) if !shows.is_empty() => {
            let named: Vec<String> = shows.iter().take(NAMED).map(ToString::to_string).collect();
            let more = match shows.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            sentences.push(format!(
                "An edit of one of the rows of {name} that it shows: {}{more}.",
                named.join(", ")
            ));
        }
        _ => {}
    }
    sentences
}

/// The fields that show some columns, by their paths.
fn fields(catalogue: &Catalogue, columns: &[usize]) -> String {
    let columns = columns.iter().filter_map(|&at| catalogue.columns.get(at));
    catalogue
        .fields_of(columns.map(|column| column.name))
        .join(" or ")
}

/// Conditions by the parameters that ask for them: `city=austin,boston, min_price=200000`.
fn conditions(predicate: &Predicate) -> String {
    let catalogue = predicate.catalogue();
    let parameters = predicate.conditions().iter().filter_map(|condition| {
        let column = catalogue.columns.get(condition.column())?.name;
        let filters = catalogue.filters.iter();
        let mut of_column = filters.filter(|filter| filter.column == column);
        of_column.find_map(|filter| Some((filter.parameter, value(condition, filter.test)?)))
    });
    let pairs: Vec<String> = parameters
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join(", ")
}

/// The value of a parameter that sets a condition by this test; `None` if it cannot.
fn value(condition: &Condition, test: Test) -> Option<String> {
    let number = |bound: i64, unit: i64| match bound % unit {
        0 => (bound / unit).to_string(),
        _ => (bound as f64 / unit as f64).to_string(),
    };
    match (condition, test) {
        (Condition::OneOf { values, .. }, Test::OneOf) => Some(values.join(",")),
        (Condition::AllOf { terms, .. }, Test::AllOf)
        | (Condition::NoneOf { terms, .. }, Test::NoneOf) => {
            let terms: Vec<&str> = terms.iter().map(|term| term.trim_matches(',')).collect();
            Some(terms.join(","))
        }
        (Condition::AtLeast { bound, .. }, Test::Is) => Some(bound.to_string()),
        (Condition::AtLeast { bound, .. }, Test::AtLeast { unit })
        | (Condition::AtMost { bound, .. }, Test::AtMost { unit }) => Some(number(*bound, unit)),
        _ => None,
    }
}

impl Store {
    /// The statements of a load that finds nothing cached, with the database's plans for them. All
    /// of it is rolled back.
    ///
    /// # Errors
    /// [`Fault::Busy`] if somebody else is waiting for plans; or if the database does not answer.
    pub(crate) async fn plans(&self, ask: &AnyAsk) -> Result<Vec<Statement>, Fault> {
        let _place = PLANS.try_acquire().map_err(|_| Fault::Busy)?;
        let planned = timeout(PLANS_PATIENCE, self.plan_load(ask)).await;
        Ok(planned.map_err(|_| Fault::Unavailable)??)
    }

    async fn plan_load(&self, ask: &AnyAsk) -> Result<Vec<Statement>, StoreError> {
        let mut snapshot = self.database().begin(Purpose::Read).await?;
        let (loaded, recorded) = recording(async {
            let stamp = stamp(&mut snapshot).await?;
            self.load_in(&mut snapshot, stamp, ask, Beside::nothing())
                .await
        })
        .await;
        loaded?;
        let mut statements = Vec::with_capacity(recorded.len());
        for statement in recorded {
            let plan = snapshot.target().explain_again(&statement).await?;
            let Recorded {
                sql, rows, took, ..
            } = statement;
            statements.push(Statement {
                sql,
                rows,
                micros: micros(took),
                plan,
            });
        }
        Ok(statements)
    }
}

/// A time in whole microseconds.
pub(crate) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// A time in whole milliseconds.
pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_touch_an_answer_is_said_in_words() {
        let check = |url: &str, shows: Option<&[i64]>, expect: &[&str]| {
            let (_, ask) = Explained::of(url).unwrap();
            assert_eq!(touches(&ask.unwrap(), shows), expect, "{url}");
        };
        check(
            "/api/properties/?city=Austin&min_price=200000&bedrooms=2",
            Some(&[3, 5]),
            &[
                "A row of properties comes to have, or no longer has: city=austin, status=active, \
                 min_price=200000, bedrooms=2.",
                "Such a row is edited in its created_at.",
                "An edit of one of the rows of properties that it shows: 3, 5.",
            ],
        );
        check(
            "/api/properties/count/?status=any",
            None,
            &["A row of properties is added or removed."],
        );
        check(
            "/api/recipes/facets/?diet=vegan",
            None,
            &[
                "A row of recipes is added, removed, or edited in what is counted, that has, before the \
                 edit or after it, at least all but one of: diet=vegan.",
            ],
        );
        let row = "An edit of row 7 of properties, which it shows.";
        check("/properties/7", Some(&[7]), &[row]);
    }
}
