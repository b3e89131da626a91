//! The normalizer in front of a cache that is not Hearth's: here a map. `docs/elsewhere.md` explains it.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    extract::{RawQuery, State},
    http::{StatusCode, header::LINK},
    response::{IntoResponse, Response},
    routing::get,
};
use normalizer::{Parameter, Query, Schema, normalize};
use parking_lot::Mutex;

// ANCHOR: schema
static RECIPES: Schema = Schema {
    catalogue: "recipes",
    version: 1,
    parameters: &[
        Parameter::tokens("cuisine"),
        Parameter::tokens("diet"),
        Parameter::integer("max_prep_time", 1, 10_000).alias(&["time"]),
        Parameter::choice("sort", &["newest", "quickest"]).default("newest"),
    ],
    ranges: &[],
}
.checked();
// ANCHOR_END: schema

/// Answers, by the question in its one canonical form.
#[derive(Clone, Default)]
pub struct Answers(Arc<Mutex<HashMap<Query, String>>>);

// ANCHOR: handler
async fn recipes(State(answers): State<Answers>, RawQuery(raw): RawQuery) -> Response {
    let query = match normalize(&RECIPES, raw.as_deref().unwrap_or_default()) {
        Ok(query) => query,
        // Names each invalid parameter, its value, and what would be valid.
        Err(rejection) => return (StatusCode::BAD_REQUEST, rejection.to_string()).into_response(),
    };
    let canonical = format!("<{}>; rel=\"canonical\"", query.url("/recipes"));
    // A search is answered, but not stored: nobody else is likely to make the same one.
    let body = if query.is_bypass() {
        load(&query)
    } else {
        let mut answers = answers.0.lock();
        let answer = answers.entry(query.clone());
        answer.or_insert_with(|| load(&query)).clone()
    };
    ([(LINK, canonical)], body).into_response()
}

/// Where a database would be queried. Values are typed, and have their defaults.
fn load(query: &Query) -> String {
    let diets: Vec<&str> = query.set("diet").collect();
    let sort = query.choice("sort").unwrap_or_default();
    let minutes = query.integer("max_prep_time");
    format!("{sort} {diets:?} {minutes:?}, page {}", query.page())
}
// ANCHOR_END: handler

impl Answers {
    /// How many answers there are.
    pub fn count(&self) -> usize {
        self.0.lock().len()
    }
}

/// The app: recipes at `/recipes`.
pub fn app(answers: Answers) -> Router {
    Router::new()
        .route("/recipes", get(recipes))
        .with_state(answers)
}
