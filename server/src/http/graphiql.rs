//! GraphiQL for those who may log in: a document of its own, as its program is not ours.

use axum::{
    Router,
    extract::State,
    http::header,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use leptos_cached::{Fault, no_store};
use site::{Admin, Fixed};
use tower_sessions::Session;

use super::{App, auth, policy::CONTENT_SECURITY_POLICY};

pub(super) fn routes() -> Router<App> {
    Router::new().route(Fixed::Graphiql.path(), get(page))
}

async fn page(State(app): State<App>, session: Session) -> Result<Response, Fault> {
    let path = Fixed::Graphiql.path();
    let visitor = auth::visitor(&app, &session, path).await?;
    if visitor.account.is_none() {
        return Ok(Redirect::to(&Admin::log_in(path)).into_response());
    }
    let headers = [
        (header::CACHE_CONTROL, no_store()),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    ];
    Ok((headers, Html(document(&visitor.csrf_token))).into_response())
}

/// The document, with the token that lets the session make edits. The token is letters and digits.
fn document(token: &str) -> String {
    let overview = Admin::Overview.path();
    format!(
        r#"<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>GraphQL · Hearth</title>
    <link rel="stylesheet" href="/graphiql.css">
    <script type="module" src="/graphiql.js"></script>
  </head>
  <body>
    <nav class="back"><a href="{overview}">Back to the overview</a></nav>
    <main id="graphiql" data-csrf="{token}">
      <noscript>This page needs JavaScript. Queries can be sent to /api/graphql by any program.</noscript>
    </main>
  </body>
</html>
"#
    )
}
