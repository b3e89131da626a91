//! Saving a form by the API: one request, whose answer has the row as it is now.

use catalogue::Catalogue;
use serde_json::{Map, Value as Json};
use site::Edited;

use crate::islands::request;

/// What became of it.
pub(super) enum Saved {
    /// It is saved.
    Done {
        /// The row as it is now.
        row: Json,
        /// How many cached answers it touched.
        touched: usize,
        /// The first of them.
        addresses: Vec<String>,
    },
    /// Fields have invalid values: each with the requirement.
    Errors(Vec<(String, String)>),
    /// Others have edited the same fields: the row's version, and each field with their value and that
    /// with which both began.
    Differences(i64, Vec<(String, String, Option<String>)>),
    /// The session has ended.
    LoggedOut,
    /// Something else went wrong; what to do.
    Failed(String),
}

/// Saves fields of a row whose editor has read it at a version.
pub(super) async fn save(
    catalogue: &'static Catalogue,
    id: i64,
    version: i64,
    fields: &Map<String, Json>,
) -> Saved {
    let schema = catalogue.schema;
    let address = Edited::Row { schema, id }.path();
    let headers = [
        ("hearth-base-version", version.to_string()),
        ("hearth-refresh", "[]".to_owned()),
    ];
    let body = Json::Object(fields.clone()).to_string();
    let Some((status, answer)) = request::edit("PATCH", &address, &headers, &body).await else {
        return Saved::Failed(
            "The server cannot be reached. Your changes stay in this browser: save again later."
                .to_owned(),
        );
    };
    let text = |value: &Json| value.as_str().map(str::to_owned);
    let list = |name: &str| answer[name].as_array().cloned().unwrap_or_default();
    match status {
        200 if answer["row"].is_object() => {
            let addresses = answer["touched"]["addresses"].as_array();
            let addresses = addresses.map(|all| all.iter().filter_map(text).collect());
            let touched = answer["touched"]["count"].as_u64().unwrap_or_default();
            Saved::Done {
                row: answer["row"].clone(),
                touched: usize::try_from(touched).unwrap_or_default(),
                addresses: addresses.unwrap_or_default(),
            }
        }
        400 if !list("errors").is_empty() => {
            let errors = list("errors").into_iter();
            let errors = errors
                .filter_map(|error| Some((text(&error["field"])?, text(&error["expected"])?)));
            Saved::Errors(errors.collect())
        }
        401 => Saved::LoggedOut,
        409 if !list("differences").is_empty() => {
            let differences = list("differences").into_iter().filter_map(|it| {
                Some((text(&it["field"])?, text(&it["theirs"])?, text(&it["base"])))
            });
            let version = answer["version"].as_i64().unwrap_or_default();
            Saved::Differences(version, differences.collect())
        }
        404 => Saved::Failed(
            "This is not there any more: somebody has deleted it. The history can bring it back."
                .to_owned(),
        ),
        _ => {
            let detail = text(&answer["detail"]);
            Saved::Failed(match detail {
                Some(detail) => format!("Nothing was saved: {detail}."),
                None => "Nothing was saved. Please try again.".to_owned(),
            })
        }
    }
}
