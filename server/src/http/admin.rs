//! The admin's forms: edits of every kind. Each answers with a redirect to a page,
//! so that a reload sends nothing twice, and leaves a message for that page in the session.

use std::{collections::HashMap, sync::Arc};

use app::{
    Flash,
    functions::{
        Condition, Create, Delete, EditMany, Edits, ManySaved, Undo, Update, create, delete,
        edit_many, undo, update,
    },
};
use axum::{
    Form, Router,
    extract::{Path, Request, State},
    http::{HeaderMap, Uri},
    middleware::{Next, from_fn},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use catalogue::Catalogue;
use leptos::prelude::provide_context;
use leptos_cached::{Fault, in_context};
use serde_json::{Map, Value, json};
use site::{Admin, Edited};
use tower_sessions::Session;

use super::{App, auth, auth::Editor, desk, edits::EditsBy, inspector, pages};

/// What a form has sent.
pub(super) type Fields = HashMap<String, String>;

/// How many bytes of a refused form are stored in the session.
const LONGEST_FORM: usize = 100_000;

/// How many rows that were left alone a message names.
const NAMED: usize = 10;

pub(super) fn routes() -> Router<App> {
    let mut router = Router::new()
        .route(&Admin::Cache.path(), post(inspector::act))
        .route(&Admin::History.path(), post(undo_edit));
    for catalogue in catalogue::edited() {
        let edit = move |state, path, session, form| edit(catalogue, state, path, session, form);
        let add = move |state, session, form| add(catalogue, state, session, form);
        let edit_rows =
            move |state, session, uri, form| edit_rows(catalogue, state, session, uri, form);
        let rows = Admin::Rows(catalogue.schema).path();
        router = router
            .route(&rows, post(edit_rows))
            .route(&Admin::New(catalogue.schema).path(), post(add))
            .route(&format!("{rows}/{{id}}"), post(edit));
    }
    router.layer(from_fn(refuse_other_sites))
}

/// Refuses forms that another site has sent. Their token is wrong, but what such a site has filled
/// in must not even be shown as if the editor had typed it.
pub(super) async fn refuse_other_sites(request: Request, next: Next) -> Response {
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

/// A form that edits, from whom it comes, and the page that it leads back to.
struct Sent {
    app: App,
    session: Session,
    fields: Fields,
    /// The row that it edits, and the version that its editor saw.
    row: Option<(&'static Catalogue, i64, i64)>,
    /// What is done: the value of the button.
    action: String,
    flash: Flash,
}

impl Sent {
    fn new(app: App, session: Session, mut fields: Fields, page: String) -> Self {
        let action = fields.remove("do").unwrap_or_default();
        let flash = Flash {
            page,
            ..Flash::default()
        };
        Self {
            app,
            session,
            fields,
            row: None,
            action,
            flash,
        }
    }

    /// A message about a form of which nothing was saved. Nothing that was typed is lost when it is shown
    /// again.
    fn refused(&self, message: &str) -> Flash {
        let length: usize = self.fields.values().map(String::len).sum();
        let values = self.fields.iter().filter(|_| length <= LONGEST_FORM);
        let values = values.map(|(name, value)| (name.clone(), value.clone()));
        Flash {
            message: message.to_owned(),
            values: values.collect(),
            ..self.flash.clone()
        }
    }

    /// A message about what was done.
    fn accepted(&self, message: String, undo: Option<u64>) -> Flash {
        Flash {
            message,
            accepted: true,
            undo,
            ..self.flash.clone()
        }
    }

    /// The editor who has sent it, or the answer for everybody else.
    async fn editor(&self, token: &str) -> Result<Result<Editor, Response>, Fault> {
        match Editor::of_form(&self.app, &self.session, token).await {
            Ok(editor) => Ok(Ok(editor)),
            Err(Fault::Unauthorized) => {
                let flash = self
                    .refused("You were logged out. Your changes are still here: save them now.");
                let flash = self.with_own_values(flash).await?;
                let login = Admin::log_in(&flash.page);
                if self.app.forms_of_nobody.check().is_err() {
                    return Err(Fault::Busy);
                }
                auth::leave_draft(&self.session, flash).await?;
                Ok(Err(Redirect::to(&login).into_response()))
            }
            Err(Fault::Forbidden) => {
                let flash = self.refused(
                    "This form has expired, or your account may not edit. Nothing was saved: check \
                     the fields and save again.",
                );
                let flash = self.with_own_values(flash).await?;
                let insight = match flash.page.parse() {
                    Ok(uri) => desk::insight(&self.app, &uri).await,
                    Err(_) => None,
                };
                let form = pages::refused_form(&self.app, &self.session, flash, insight);
                Ok(Err(form.await))
            }
            Err(problem) => Err(problem),
        }
    }

    /// A message about a refused form, with what its editor has changed and nothing else: what others
    /// have set since the form was opened is shown as they have set it.
    async fn with_own_values(&self, mut flash: Flash) -> Result<Flash, Fault> {
        let Some((catalogue, id, version)) = self.row else {
            return Ok(flash);
        };
        let store = self.app.tiers.origin();
        let Some(base) = store.row_at(catalogue, id, version).await? else {
            return Ok(flash);
        };
        let bases = catalogue.shown(&base);
        let bases = bases.map(|(name, shown)| (name.to_owned(), shown));
        let bases: Vec<(String, String)> = bases.collect();
        flash.values.retain(|(name, typed)| {
            let base = bases.iter().find(|(known, _)| known == name);
            base.is_none_or(|(_, base)| typed.trim().replace("\r\n", "\n") != base.trim())
        });
        flash.bases = Some(bases);
        Ok(flash)
    }

    /// Leaves a message, and shows the page that it is for.
    async fn answer(&self, flash: Flash, address: &str) -> Result<Response, Fault> {
        auth::leave_flash(&self.session, flash).await?;
        Ok(Redirect::to(address).into_response())
    }

    /// The message about an edit that was refused; a fault that is nothing for the form otherwise.
    async fn fault(&self, fault: Fault) -> Result<Flash, Fault> {
        let flash = match fault {
            Fault::Fields(errors) => Flash {
                errors: errors
                    .into_iter()
                    .map(|error| (error.field, error.expected))
                    .collect(),
                ..self.refused("Nothing was saved. Please look at the marked fields.")
            },
            Fault::Differences(..) => self.refused(
                "Somebody else has edited the same in the meantime, so nothing was saved. Your \
                 changes are still here, beside theirs. Saving again overwrites theirs.",
            ),
            Fault::Precondition(_) => {
                self.refused("Somebody else has edited this in the meantime. Nothing was done.")
            }
            Fault::Conflict(how) => self.refused(&format!("Nothing was done: {how}.")),
            Fault::Body(how) => self.refused(&format!("Nothing was done: {how}.")),
            Fault::Parameters(rejection) => {
                self.refused(&format!("Nothing was done: {rejection}."))
            }
            Fault::KeyReused => self.refused(
                "This form was sent before with other values. Look at the list: it may be there.",
            ),
            other => return Err(other),
        };
        self.with_own_values(flash).await
    }
}

/// Makes an edit by its server function.
async fn made<T>(
    app: &App,
    editor: &Editor,
    function: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Fault> {
    let edits: Arc<dyn Edits> = Arc::new(EditsBy::new(app.clone(), editor, "form"));
    in_context(|| provide_context(edits), function).await
}

/// The fields of a form as an edit, with the status that its button says; without those of which the
/// editor takes what others have stored.
fn edited(catalogue: &'static Catalogue, action: &str, fields: &Fields) -> String {
    let taken = |name: &str| fields.contains_key(&format!("theirs.{name}"));
    let is_field = |name: &String| !name.starts_with("theirs.") && !taken(name);
    let mut edit: Map<String, Value> = fields
        .iter()
        .filter(|(name, _)| is_field(name))
        .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
        .collect();
    if let Some((field, value)) = site::status_set_by(action, catalogue) {
        edit.insert(field.to_owned(), Value::from(value));
    }
    Value::Object(edit).to_string()
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
    let version: Option<i64> = version.and_then(|version| version.parse().ok());
    let mut sent = Sent::new(app.clone(), session, fields, here.clone());
    sent.row = version.map(|version| (catalogue, id, version));
    let editor = match sent.editor(&token).await? {
        Ok(editor) => editor,
        Err(answer) => return Ok(answer),
    };
    if sent.action == "delete" {
        let condition = version.map(Condition::version).unwrap_or_default();
        let removal = delete(Delete {
            schema,
            id,
            condition,
        });
        let list = Admin::Rows(schema).path();
        return match made(&app, &editor, removal).await {
            Ok(saved) => {
                let flash = sent.accepted("Deleted.".to_owned(), saved.undo);
                let flash = Flash {
                    page: list.clone(),
                    ..flash
                };
                sent.answer(flash, &list).await
            }
            Err(fault) => sent.answer(sent.fault(fault).await?, &here).await,
        };
    }
    let change = update(Update {
        schema,
        id,
        fields: edited(catalogue, &sent.action, &sent.fields),
        condition: Condition::default(),
        base: version,
    });
    let flash = match made(&app, &editor, change).await {
        Ok(saved) => {
            let message = match &*sent.action {
                "publish" => "Published: readers see it now.",
                "withdraw" => "Withdrawn: readers no longer find it.",
                _ => "Saved.",
            };
            sent.accepted(message.to_owned(), saved.undo)
        }
        Err(fault) => sent.fault(fault).await?,
    };
    sent.answer(flash, &here).await
}

async fn add(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    session: Session,
    Form(mut fields): Form<Fields>,
) -> Result<Response, Fault> {
    let schema = catalogue.schema;
    let here = Admin::New(schema).path();
    let token = fields.remove("csrf_token").unwrap_or_default();
    let idempotency_key = fields.remove("idempotency_key");
    let sent = Sent::new(app.clone(), session, fields, here.clone());
    let editor = match sent.editor(&token).await? {
        Ok(editor) => editor,
        Err(answer) => return Ok(answer),
    };
    let row = create(Create {
        schema,
        fields: edited(catalogue, &sent.action, &sent.fields),
        idempotency_key,
    });
    match made(&app, &editor, row).await {
        Ok(saved) => {
            let address = saved.location.as_deref().and_then(Edited::parse);
            let page = match address {
                Some(Edited::Row { schema, id }) => Admin::Row { schema, id }.path(),
                _ => Admin::Rows(schema).path(),
            };
            let message = match (&*sent.action, catalogue.draft) {
                ("publish", _) | (_, None) => "Created: readers see it now.",
                (_, Some(_)) => "Saved as a draft, which only editors see.",
            };
            let flash = Flash {
                page: page.clone(),
                ..sent.accepted(message.to_owned(), saved.undo)
            };
            sent.answer(flash, &page).await
        }
        Err(fault) => sent.answer(sent.fault(fault).await?, &here).await,
    }
}

/// Edits rows of a list: those of the table, each with values of its own, or many in the same way.
async fn edit_rows(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    session: Session,
    uri: Uri,
    Form(mut fields): Form<Fields>,
) -> Result<Response, Fault> {
    let schema = catalogue.schema;
    let token = fields.remove("csrf_token").unwrap_or_default();
    let page = Admin::Rows(schema).path();
    // Back to the same rows.
    let address = uri
        .query()
        .map_or_else(|| page.clone(), |query| format!("{page}?{query}"));
    let sent = Sent::new(app.clone(), session, fields, page);
    let editor = match sent.editor(&token).await? {
        Ok(editor) => editor,
        Err(answer) => return Ok(answer),
    };
    let edit = match &*sent.action {
        "many" => many(&sent.fields),
        _ => Ok(each(&sent.fields)),
    };
    let flash = match edit {
        Ok(edit) => {
            let edit = EditMany {
                schema,
                edit: edit.to_string(),
            };
            match made(&app, &editor, edit_many(edit)).await {
                Ok(saved) => told(&sent, &saved, "changed"),
                Err(fault) => Flash {
                    values: Vec::new(),
                    ..sent.fault(fault).await?
                },
            }
        }
        Err(message) => Flash {
            message: message.to_owned(),
            ..sent.flash.clone()
        },
    };
    sent.answer(flash, &address).await
}

/// An edit of many rows in the same way, or why there is none.
fn many(fields: &Fields) -> Result<Value, &'static str> {
    let of = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let set = json!({ of("field"): of("value") });
    if of("scope") == "all" {
        let as_of: Option<u64> = of("as_of").parse().ok();
        return Ok(json!({ "fields": set, "where": of("where"), "as_of": as_of }));
    }
    let rows = fields.iter().filter_map(|(name, version)| {
        let id: i64 = name.strip_prefix("row.")?.parse().ok()?;
        let version: Option<i64> = version.parse().ok();
        Some(json!({ "id": id, "version": version }))
    });
    let rows: Vec<Value> = rows.collect();
    match rows.len() {
        0 => Err("Choose some rows first, or all that match."),
        _ => Ok(json!({ "fields": set, "rows": rows })),
    }
}

/// An edit of the rows of a table, each with values of its own.
fn each(fields: &Fields) -> Value {
    let rows = fields.iter().filter_map(|(name, version)| {
        let id = name.strip_prefix("version.")?;
        let prefix = format!("set.{id}.");
        let own = fields.iter().filter_map(|(name, value)| {
            let field = name.strip_prefix(&prefix)?;
            Some((field.to_owned(), Value::from(value.as_str())))
        });
        let own: Map<String, Value> = own.collect();
        let (id, version): (i64, Option<i64>) = (id.parse().ok()?, version.parse().ok());
        Some(json!({ "id": id, "version": version, "fields": own }))
    });
    json!({ "rows": rows.collect::<Vec<_>>() })
}

/// The message about an edit of many rows: how many were edited, and which were left alone.
fn told(sent: &Sent, saved: &ManySaved, done: &str) -> Flash {
    let said: Value = serde_json::from_str(&saved.json).unwrap_or_default();
    let edited = said["edited"].as_u64().unwrap_or_default();
    let refused = said["refused"].as_array().cloned().unwrap_or_default();
    let rows = |count: u64| match count {
        0 => "No rows were".to_owned(),
        1 => "One row was".to_owned(),
        more => format!("{more} rows were"),
    };
    let mut message = format!("{} {done}.", rows(edited));
    if !refused.is_empty() {
        let left = match refused.len() {
            1 => "One was left alone:".to_owned(),
            more => format!("{more} were left alone:"),
        };
        message += &format!(" {left}");
    }
    let details = refused.iter().take(NAMED).map(|row| {
        let of = |name: &str| row[name].as_str().unwrap_or_default();
        format!("No. {} {} {}", row["id"], of("title"), of("why"))
    });
    Flash {
        details: details.collect(),
        accepted: refused.is_empty(),
        undo: saved.undo,
        message,
        ..sent.flash.clone()
    }
}

async fn undo_edit(
    State(app): State<App>,
    session: Session,
    Form(mut fields): Form<Fields>,
) -> Result<Response, Fault> {
    let token = fields.remove("csrf_token").unwrap_or_default();
    let revision = fields.remove("revision").unwrap_or_default();
    let revision: u64 = revision.parse().map_err(|_| Fault::NotFound)?;
    let here = Admin::History.path();
    let sent = Sent::new(app.clone(), session, fields, here.clone());
    let editor = match sent.editor(&token).await? {
        Ok(editor) => editor,
        Err(answer) => return Ok(answer),
    };
    let flash = match made(&app, &editor, undo(Undo { revision })).await {
        Ok(saved) => told(&sent, &saved, "put back"),
        Err(fault) => sent.fault(fault).await?,
    };
    sent.answer(flash, &here).await
}
