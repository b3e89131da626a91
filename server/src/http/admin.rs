//! The admin's forms: log in, log out, edit. Each answers with a redirect to a page, so that a
//! reload sends nothing twice, and leaves a message for that page in the session.

use std::{collections::HashMap, sync::Arc};

use app::{
    Flash,
    functions::{Condition, Edits, Update, update},
};
use axum::{
    Form, Router,
    extract::{Path, Request, State},
    http::HeaderMap,
    middleware::{Next, from_fn},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use catalogue::Catalogue;
use leptos::prelude::provide_context;
use leptos_cached::{Fault, in_context};
use site::Admin;
use tower_sessions::Session;

use super::{App, auth, auth::Editor, edits::EditsBy, inspector, pages};
use crate::credentials::{CredentialsError, check_password};

type Fields = HashMap<String, String>;

/// How many bytes of a refused form are stored in the session.
const LONGEST_FORM: usize = 100_000;

pub(super) fn routes() -> Router<App> {
    let mut router = Router::new()
        .route(&Admin::LOGIN.path(), post(log_in))
        .route(&Admin::Cache.path(), post(inspector::act))
        .route("/admin/logout", post(log_out));
    for catalogue in catalogue::all() {
        let edit = move |state, path, session, form| edit(catalogue, state, path, session, form);
        let rows = Admin::Rows(catalogue.schema).path();
        router = router.route(&format!("{rows}/{{id}}"), post(edit));
    }
    router.layer(from_fn(refuse_other_sites))
}

/// Refuses forms that another site has sent. Their token is wrong, but what such a site has filled
/// in must not even be shown as if the editor had typed it.
async fn refuse_other_sites(request: Request, next: Next) -> Response {
    if is_from_here(request.headers()) {
        next.run(request).await
    } else {
        Fault::Forbidden.into_response()
    }
}

fn is_from_here(headers: &HeaderMap) -> bool {
    // Browsers send it to sites with HTTPS. (`Origin` would have to be compared with an address that
    // a proxy in front of this server may not pass on.)
    let site = headers.get("sec-fetch-site");
    site.is_none_or(|site| site == "same-origin" || site == "none")
}

async fn log_in(
    State(app): State<App>,
    session: Session,
    Form(mut fields): Form<Fields>,
) -> Result<Response, Fault> {
    let mut field = |name: &str| fields.remove(name).unwrap_or_default();
    let (username, password, next) = (field("username"), field("password"), field("next"));
    // A space after a name that was pasted or completed is not part of it.
    let username = username.trim().to_owned();
    let back = Admin::or_overview(&next);
    let refused = async |message: &str| {
        let values = vec![("username".to_owned(), username.clone())];
        auth::leave_flash(
            &session,
            Flash {
                page: Admin::LOGIN.path(),
                message: message.to_owned(),
                values,
                ..Flash::default()
            },
        )
        .await?;
        Ok(Redirect::to(&Admin::log_in(back)).into_response())
    };
    if !auth::is_csrf_token(&session, &field("csrf_token")).await {
        return refused("This form has expired. Please try again.").await;
    }
    let account = app.tiers.origin().account_by_name(&username).await?;
    let hash = account
        .as_ref()
        .map(|account| account.password_hash.clone());
    let right = check_password(password, hash).await.map_err(|error| {
        if matches!(error, CredentialsError::Busy) {
            return Fault::Busy;
        }
        tracing::error!(%error, "cannot check a password");
        Fault::Unavailable
    })?;
    match account.filter(|_| right) {
        Some(account) => {
            auth::log_in(&session, &account).await?;
            Ok(Redirect::to(back).into_response())
        }
        None => refused("The name or the password is wrong.").await,
    }
}

async fn log_out(session: Session, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let token = fields
        .get("csrf_token")
        .map(String::as_str)
        .unwrap_or_default();
    if auth::is_csrf_token(&session, token).await {
        auth::log_out(&session).await?;
    }
    Ok(Redirect::to(&Admin::LOGIN.path()).into_response())
}

async fn edit(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    Path(id): Path<String>,
    session: Session,
    Form(mut fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id: i64 = id.parse().map_err(|_| Fault::NotFound)?;
    let schema = catalogue.schema;
    let here = Admin::Row { schema, id }.path();
    let token = fields.remove("csrf_token").unwrap_or_default();
    let version = fields.remove("version");
    let version = version.and_then(|version| version.parse().ok());
    let flash = Flash {
        page: here.clone(),
        ..Flash::default()
    };
    // Nothing that was typed is lost when the form is shown again.
    let length: usize = fields.values().map(String::len).sum();
    let refused = |message: &str| Flash {
        message: message.to_owned(),
        // The row may have changed since the form was opened.
        compare: true,
        values: fields
            .iter()
            .filter(|_| length <= LONGEST_FORM)
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        ..flash.clone()
    };
    let editor = match Editor::of_form(&app, &session, &token).await {
        Ok(editor) => editor,
        Err(Fault::Unauthorized) => {
            let flash = refused("You were logged out. Your changes are still here: save them now.");
            auth::leave_flash(&session, flash).await?;
            return Ok(Redirect::to(&Admin::log_in(&here)).into_response());
        }
        Err(Fault::Forbidden) => {
            let flash = refused(
                "This form has expired, or your account may not edit. Nothing was saved: check the \
                 fields and save again.",
            );
            return Ok(pages::refused_form(&app, &session, flash).await);
        }
        Err(problem) => return Err(problem),
    };
    let edit = Update {
        schema,
        id,
        // Text can always be serialized.
        fields: serde_json::to_string(&fields).unwrap_or_default(),
        condition: version.map(Condition::version).unwrap_or_default(),
    };
    let edits: Arc<dyn Edits> = Arc::new(EditsBy::new(app.clone(), &editor).repeatable());
    let flash = match in_context(|| provide_context(edits), update(edit)).await {
        Ok(_) => Flash {
            message: "Saved.".to_owned(),
            accepted: true,
            ..flash
        },
        Err(Fault::Fields(errors)) => Flash {
            errors: errors
                .into_iter()
                .map(|error| (error.field, error.expected))
                .collect(),
            ..refused("Nothing was saved. Please look at the marked fields.")
        },
        Err(Fault::Precondition(_)) => refused(
            "Somebody else has edited this in the meantime. Your changes are still here; where they \
             differ, the field shows the stored value. Saving again overwrites it.",
        ),
        Err(problem) => return Err(problem),
    };
    auth::leave_flash(&session, flash).await?;
    Ok(Redirect::to(&here).into_response())
}
