//! The tiers in an Axum app, in front of a database that logs its changes. `docs/elsewhere.md` explains it.

mod database;

use std::{borrow::Cow, convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, put},
};
use bytes::Bytes;
use cache::{
    Beside, Loaded, Log, Origin, Pace, Settings, Tiers,
    ask::{Ask, CachePolicy},
    follow,
    shared::InProcess,
};

use database::CATALOGUE;
pub use database::{Book, Database};

// ANCHOR: ask
/// The titles on a shelf.
#[derive(Clone, Debug)]
pub struct Shelf(String);

impl Ask for Shelf {
    /// What a change says of a row, so that an ask can tell whether it is about it.
    type Image = Book;

    fn url(&self) -> Cow<'_, str> {
        format!("/shelves/{}", self.0).into()
    }
    fn key(&self) -> Cow<'_, str> {
        format!("shelf:{}", self.0).into()
    }
    fn catalogue(&self) -> &'static str {
        CATALOGUE
    }
    fn policy(&self) -> CachePolicy {
        CachePolicy::on_change()
    }
    fn holds_for(&self, book: &Book) -> bool {
        book.shelf == self.0
    }
}
// ANCHOR_END: ask

// ANCHOR: origin
impl Origin for Database {
    type Ask = Shelf;
    // An answer; the shared tier stores it as it is.
    type Body = Bytes;
    type Error = Infallible;

    async fn load(
        &self,
        shelf: &Shelf,
        _: Beside<'_, Self>,
    ) -> Result<Loaded<Shelf, Bytes>, Infallible> {
        let (stamp, books) = self.read(&shelf.0);
        let titles: Vec<_> = books.iter().map(|(_, book)| &*book.title).collect();
        Ok(Loaded {
            stamp,
            shows: books.iter().map(|(id, _)| *id).collect(),
            parts: Vec::new(),
            queries: 1,
            body: titles.join("\n").into(),
        })
    }
}
// ANCHOR_END: origin

// ANCHOR: start
/// Starts the tiers, and serves shelves from them.
pub async fn app(database: Arc<Database>) -> Router {
    let log = Arc::new(Log::default());
    let pace = Pace(Duration::from_millis(100));
    tokio::spawn(follow(Arc::clone(&database), Arc::clone(&log), pace));
    // Until the log is followed, there is no lease, and every answer is loaded.
    log.reach(1, Duration::from_secs(1)).await;
    let shared = Arc::new(InProcess::new(16 << 20));
    let tiers = Tiers::new(database, log, Some(shared), Settings::default());
    Router::new()
        .route("/shelves/{shelf}", get(titles))
        .route("/books/{id}/{shelf}", put(move_book))
        .with_state(Arc::new(tiers))
}

type App = State<Arc<Tiers<Database>>>;

async fn titles(
    State(tiers): App,
    Path(shelf): Path<String>,
) -> Result<([(&'static str, String); 1], Bytes), StatusCode> {
    let answer = tiers.answer(&Shelf(shelf)).await;
    let answer = answer.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let source = answer.trail.source().name();
    Ok(([("source", source.to_owned())], answer.entry.body.clone()))
}

async fn move_book(State(tiers): App, Path((id, shelf)): Path<(i64, String)>) -> StatusCode {
    let Some(revision) = tiers.origin().put_on_shelf(id, &shelf) else {
        return StatusCode::NOT_FOUND;
    };
    // Acknowledged once this node has seen the change: no answer from before it is served any more.
    if tiers.log().reach(revision, Duration::from_secs(2)).await {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::ACCEPTED
    }
}
// ANCHOR_END: start
