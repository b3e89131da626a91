//! The editors' pages: what they show is looked up for each visitor.

use std::sync::Arc;

use app::{
    Insight,
    desk::{
        Choices, Desk, Edits, HistoryAddress, Overview, RowToEdit, RowsAddress, RowsToEdit, Section,
    },
};
use axum::{
    Router,
    extract::{Request, State},
    http::Uri,
    response::Response,
    routing::get,
};
use cache::{Cause, Change};
use catalogue::{Catalogue, Edit, normalizer::Schema};
use leptos_cached::Fault;
use serde_json::Value;
use site::Admin;
use tower_sessions::Session;

use super::{App, auth::Viewer, dashboard, form, json, pages};
use crate::{
    credentials::random_secret,
    store::{PER_PAGE, RowsWanted, Wanted},
};

/// How many rows of a kind the overview shows.
const SHOWN: u64 = 5;

/// How many edits the overview and the form of a row show.
const LAST_EDITS: usize = 6;

pub(super) fn routes() -> Router<App> {
    let mut router = Router::new()
        .route(&Admin::Overview.path(), get(page))
        .route(&Admin::History.path(), get(page));
    for catalogue in catalogue::edited() {
        let rows = Admin::Rows(catalogue.schema).path();
        router = router
            .route(&Admin::New(catalogue.schema).path(), get(page))
            .route(&format!("{rows}/{{id}}"), get(page))
            .route(&rows, get(page));
    }
    router
}

/// An editors' page with what was found for it; without a viewer it leads to the login. A row is also
/// JSON.
async fn page(
    State(app): State<App>,
    session: Session,
    viewer: Option<Viewer>,
    request: Request,
) -> Result<Response, Fault> {
    if json::is_preferred(request.headers()) {
        viewer.ok_or(Fault::Unauthorized)?;
        let admin = Admin::parse(request.uri().path(), "");
        return match admin {
            Some(Admin::Row { schema, id }) => {
                let catalogue = declared(schema).ok_or(Fault::NotFound)?;
                form::row(&app, catalogue, id).await
            }
            _ => Err(Fault::NotFound),
        };
    }
    let insight = match viewer {
        Some(_) => insight(&app, request.uri()).await,
        None => None,
    };
    Ok(pages::with_insight(&app, &session, request, insight).await)
}

/// What the editors' page at an address shows; `None` if there is none.
pub(super) async fn insight(app: &App, uri: &Uri) -> Option<Insight> {
    let raw = uri.query().unwrap_or_default();
    let found = match Admin::parse(uri.path(), raw)? {
        Admin::Overview => see_overview(app).await.map(Desk::Overview),
        Admin::History => see_history(app, raw).await.map(Desk::History),
        Admin::Rows(schema) => see_rows(app, declared(schema)?, raw).await.map(Desk::Rows),
        Admin::New(schema) => see_new(app, declared(schema)?, raw).await.map(Desk::Row),
        Admin::Row { schema, id } => see_row(app, declared(schema)?, id).await.map(Desk::Row),
        _ => return None,
    };
    Some(Insight::Desk(Arc::new(found)))
}

fn declared(schema: &Schema) -> Option<&'static Catalogue> {
    catalogue::edited_by_name(schema.catalogue)
}

async fn see_overview(app: &App) -> Result<Overview, Fault> {
    let store = app.tiers.origin();
    let mut catalogues = Vec::new();
    for catalogue in catalogue::edited() {
        let is_public = catalogue::by_name(catalogue.name()).is_some();
        let viewed = match is_public {
            true => store.most_viewed(catalogue, SHOWN).await?,
            false => Vec::new(),
        };
        catalogues.push(Section {
            catalogue,
            count: store.row_count(catalogue).await?,
            drafts: store.drafts(catalogue, SHOWN).await?,
            incomplete: store.incomplete(catalogue, SHOWN).await?,
            viewed,
        });
    }
    let mut edits = store.logged_edits(&Wanted::default(), LAST_EDITS).await?;
    edits.retain(|edit| edit.who.is_some() || edit.shown.iter().any(|row| row.id.is_some()));
    let now = dashboard::collect(app).await;
    Ok(Overview {
        catalogues,
        edits,
        answers: now.totals.answers,
        from_memory: now.totals.from_memory,
        advice: now.advice.len(),
    })
}

async fn see_rows(
    app: &App,
    catalogue: &'static Catalogue,
    raw: &str,
) -> Result<RowsToEdit, Fault> {
    let (address, error) = match RowsAddress::read(catalogue, raw) {
        Ok(address) => (address, None),
        Err(rejection) => (RowsAddress::all(catalogue), Some(rejection.to_string())),
    };
    let listed = RowsWanted {
        catalogue,
        query: &address.wanted.query,
        drafts_only: address.wanted.drafts_only,
        order: address.order,
    };
    let found = app.tiers.origin().rows_to_edit(listed).await?;
    let choices = choices(app, catalogue).await?;
    Ok(RowsToEdit {
        address,
        error,
        count: found.count,
        rows: found.rows,
        revision: found.revision,
        choices,
    })
}

/// What the rows are called to which those of a catalogue refer.
async fn choices(app: &App, catalogue: &'static Catalogue) -> Result<Choices, Fault> {
    let mut choices = Choices::new();
    for field in catalogue.fields {
        let Some(Edit::Reference(table)) = field.edit else {
            continue;
        };
        if let Some(other) = catalogue::edited_by_name(table) {
            choices.push((table, app.tiers.origin().row_names(other).await?));
        }
    }
    Ok(choices)
}

async fn see_row(app: &App, catalogue: &'static Catalogue, id: i64) -> Result<RowToEdit, Fault> {
    let store = app.tiers.origin();
    let row = store.row_to_edit(catalogue, id).await?;
    let row = row.ok_or(Fault::NotFound)?;
    let wanted = Wanted::of_row(catalogue, id);
    let edits = store.logged_edits(&wanted, LAST_EDITS).await?;
    let image = store.row_image(catalogue, id).await?;
    // Nobody knows yet what the edit will be: no other touches more than the row's removal.
    let touches = image.map(|image| {
        let removed = [Change::Row {
            catalogue: catalogue.name(),
            id,
            before: Some(image),
            after: None,
            cause: Cause::default(),
        }];
        app.touched_by(&removed).0
    });
    Ok(RowToEdit {
        row,
        choices: choices(app, catalogue).await?,
        edits,
        touches,
        idempotency_key: None,
    })
}

/// The form of a new row: empty, or like another row.
async fn see_new(app: &App, catalogue: &'static Catalogue, raw: &str) -> Result<RowToEdit, Fault> {
    let like = raw.split('&').find_map(|pair| pair.strip_prefix("like="));
    let mut row = match like.and_then(|id| id.parse().ok()) {
        Some(id) => {
            let like = app.tiers.origin().row_to_edit(catalogue, id).await?;
            like.ok_or(Fault::NotFound)?
        }
        None => Value::Object(serde_json::Map::new()),
    };
    if let Some(mark) = catalogue.draft {
        row[mark.0] = Value::from(mark.1);
    }
    Ok(RowToEdit {
        row,
        choices: choices(app, catalogue).await?,
        edits: Vec::new(),
        touches: None,
        idempotency_key: Some(random_secret()),
    })
}

async fn see_history(app: &App, raw: &str) -> Result<Edits, Fault> {
    let address = HistoryAddress::read(raw);
    let (from, to) = address.times();
    let wanted = Wanted {
        catalogue: address
            .schema
            .and_then(|schema| catalogue::edited_by_name(schema.catalogue)),
        id: address.id,
        who: address.who.clone(),
        from,
        to,
        before: address.before,
    };
    let store = app.tiers.origin();
    let edits = store.logged_edits(&wanted, PER_PAGE).await?;
    Ok(Edits {
        address,
        has_more: edits.len() == PER_PAGE,
        edits,
        people: store.people().await?,
    })
}
