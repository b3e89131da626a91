//! The JSON API for editors: `PATCH` and `DELETE` of `/api/{catalogue}/{id}/`.

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing,
};
use catalogue::{Catalogue, parse_edit};
use tower_http::limit::RequestBodyLimitLayer;

use super::{
    App,
    api::{HEARTH_REVISION, JSON, SERVER_TIMING, row_id},
    auth::Editor,
    edits::{self, Acknowledged},
    negotiate,
    policy::CachePolicy,
    problem::Problem,
    represent::represent,
};
/// The largest body of an edit.
const BODY_LIMIT: usize = 1 << 20;

pub(super) fn routes() -> Router<App> {
    let mut router = Router::new();
    for catalogue in catalogue::all() {
        let patch = move |state, path, editor, headers, body| {
            patch(catalogue, state, path, editor, headers, body)
        };
        let delete =
            move |state, path, editor, headers| delete(catalogue, state, path, editor, headers);
        for slash in ["/", ""] {
            let path = format!("/api/{}/{{id}}{slash}", catalogue.name());
            router = router.route(&path, routing::patch(patch).delete(delete));
        }
    }
    router.layer(RequestBodyLimitLayer::new(BODY_LIMIT))
}

async fn patch(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    Path(id): Path<String>,
    editor: Editor,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let id = row_id(&id)?;
    let edit = serde_json::from_slice(&body)
        .map_err(|error| Problem::Body(format!("a JSON object of fields is expected: {error}")))?;
    let changes = parse_edit(catalogue, &edit).map_err(Problem::Fields)?;
    let expected = negotiate::expected_version(&headers).map_err(|()| Problem::Precondition(0))?;
    let edited = edits::update(&app, catalogue, id, &changes, expected, editor.name()).await?;
    let mut response = represent(&edited.edited.row, JSON, &headers);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, CachePolicy::Never.header());
    add_acknowledgement(headers, &edited);
    Ok(response)
}

async fn delete(
    catalogue: &'static Catalogue,
    State(app): State<App>,
    Path(id): Path<String>,
    editor: Editor,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = row_id(&id)?;
    let expected = negotiate::expected_version(&headers).map_err(|()| Problem::Precondition(0))?;
    let edited = edits::delete(&app, catalogue, id, expected, editor.name()).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    add_acknowledgement(response.headers_mut(), &edited);
    Ok(response)
}

fn add_acknowledgement(headers: &mut HeaderMap, edit: &Acknowledged) {
    headers.insert(HEARTH_REVISION, edit.edited.revision.into());
    if let Ok(timing) = edit.server_timing().parse() {
        headers.insert(SERVER_TIMING, timing);
    }
}
