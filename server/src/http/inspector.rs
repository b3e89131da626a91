//! The inspector: what this node knows about an address, as a page and as JSON at the same address,
//! and what can be done with its entry.

use std::{collections::HashMap, sync::Arc};

use app::{Flash, Insight, inspection::Report};
use axum::{
    Form, Router,
    extract::{FromRequest, Query, Request, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use catalogue::normalizer::Rejection;
use clap::ValueEnum as _;
use leptos_cached::Fault;
use serde_json::json;
use site::Admin;
use tower_sessions::Session;

use super::{
    App,
    auth::{self, Editor, Viewer},
    json, pages,
};
use crate::{
    answers::{inspection::Inspected, of_load},
    cli::Action,
};

pub(super) fn routes() -> Router<App> {
    Router::new().route(&Admin::Cache.path(), get(inspect))
}

/// What somebody wants to know.
struct Wanted {
    /// One URL or two.
    urls: Vec<String>,
    /// Whether the statements of their loads are to be shown.
    with_statements: bool,
}

impl Wanted {
    fn read(pairs: Vec<(String, String)>) -> Self {
        let mut wanted = Self {
            urls: Vec::new(),
            with_statements: false,
        };
        for (name, value) in pairs {
            match &*name {
                "url" | "other" if !value.trim().is_empty() && wanted.urls.len() < 2 => {
                    wanted.urls.push(value.trim().to_owned());
                }
                "sql" => wanted.with_statements = value == "1",
                _ => {}
            }
        }
        wanted
    }

    async fn answer(&self, app: &App, viewer: &Viewer) -> Result<Report, Fault> {
        if self.with_statements && !viewer.is_admin {
            return Err(Fault::Forbidden);
        }
        let log = app.tiers.log();
        let mut findings = Vec::new();
        for url in &self.urls {
            let inspected = Inspected::of(url)?;
            let statements = match &inspected.ask {
                Some(ask) if self.with_statements => app.tiers.origin().plans(ask).await?,
                _ => Vec::new(),
            };
            let mut finding = inspected.look(&app.tiers, &app.pages).await;
            if let Some(key) = &finding.explained.key {
                (finding.spellings, finding.saved_loads) = app.spellings.of(key);
            }
            finding.statements = statements;
            findings.push(finding);
        }
        Ok(Report {
            revision: log.revision(),
            lease: log.has_lease(),
            findings,
        })
    }
}

async fn inspect(
    State(app): State<App>,
    session: Session,
    viewer: Option<Viewer>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Result<Response, Fault> {
    let wanted = Wanted::read(pairs);
    if json::is_preferred(request.headers()) {
        let viewer = viewer.ok_or(Fault::Unauthorized)?;
        if wanted.urls.is_empty() {
            return Err(Rejection::of("url", "", "an address of this site").into());
        }
        let report = wanted.answer(&app, &viewer).await?;
        return Ok(json::respond(report));
    }
    let insight = match viewer {
        Some(viewer) => {
            let report = wanted.answer(&app, &viewer).await;
            Some(Insight::Report(Arc::new(report)))
        }
        // The page leads to the login.
        None => None,
    };
    Ok(pages::with_insight(&app, &session, request, insight).await)
}

/// Drops, refreshes or warms one entry: `url` and `action` as a form.
pub(super) async fn act(
    State(app): State<App>,
    session: Session,
    request: Request,
) -> Result<Response, Fault> {
    let (mut parts, body) = request.into_parts();
    let as_json = json::is_preferred(&parts.headers);
    let request = Request::from_parts(parts.clone(), body);
    let Form(mut fields) = Form::<HashMap<String, String>>::from_request(request, &app)
        .await
        .map_err(|_| Fault::Body("expected a form with `url` and `action`".to_owned()))?;
    let mut field = |name: &str| fields.remove(name).unwrap_or_default();
    let (url, action, token) = (field("url"), field("action"), field("csrf_token"));
    let here = Admin::inspect(&url);
    match Editor::of_request(&mut parts, &app, &token).await {
        Ok(_) => {}
        Err(Fault::Unauthorized) if !as_json => {
            return Ok(Redirect::to(&Admin::log_in(&here)).into_response());
        }
        Err(fault) => return Err(fault),
    }
    let done = carry_out(&app, &url, &action).await;
    if as_json {
        return Ok(json::respond(json!({ "done": done? })));
    }
    let accepted = done.is_ok();
    let message = match done {
        Ok(message) => message.to_owned(),
        Err(Fault::Parameters(rejection)) => rejection.to_string(),
        Err(Fault::NotFound) => "This is not the address of an answer.".to_owned(),
        Err(_) => "That did not work, as the database or Redis did not respond. Please try again."
            .to_owned(),
    };
    let flash = Flash {
        page: Admin::Cache.path(),
        message,
        accepted,
        ..Flash::default()
    };
    auth::leave_flash(&session, flash).await?;
    Ok(Redirect::to(&here).into_response())
}

/// Does what was wished with the entry at a URL, and says what was done.
async fn carry_out(app: &App, url: &str, action: &str) -> Result<&'static str, Fault> {
    let action = Action::from_str(action, false).map_err(|_| {
        let names = Action::value_variants().iter().map(|one| one.name());
        let names: Vec<&str> = names.collect();
        Rejection::of("action", action, &format!("one of {}", names.join(", ")))
    })?;
    let Inspected { ask, page, .. } = Inspected::of(url)?;
    let ask = ask.ok_or_else(|| Rejection::of("url", url, "an address with valid parameters"))?;
    let drop = async || {
        if let Some(page) = &page {
            // Pages are in memory only.
            let _ = app.pages.drop_answer(page).await;
        }
        let dropped = app.tiers.drop_answer(&ask).await;
        dropped.map_err(|_| Fault::Unavailable)
    };
    let load = async || {
        let loaded = app.tiers.answer(&ask).await;
        loaded.map_err(|failure| of_load(&failure))?;
        if let Some(page) = &page {
            let loaded = app.pages.answer(page).await;
            loaded.map_err(|_| Fault::Unavailable)?;
        }
        Ok::<_, Fault>(())
    };
    Ok(match action {
        Action::Drop => {
            drop().await?;
            "Dropped. The next request loads it."
        }
        Action::Refresh => {
            drop().await?;
            load().await?;
            "Loaded again."
        }
        Action::Warm => {
            load().await?;
            "It is cached now."
        }
    })
}
