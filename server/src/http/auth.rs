//! Authentication: sessions for the admin's pages, bearer tokens for programs.

use app::{Flash, Visitor};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use leptos_cached::Fault;
use tower_sessions::{Expiry, Session};
use tracing::error;

use super::{App, json};
use crate::{
    credentials::{hash_token, now_millis, random_secret, same_secret},
    store::Account,
};

const ACCOUNT: &str = "account";
const CSRF_TOKEN: &str = "csrf_token";
const FLASH: &str = "flash";

/// How long a session lasts that is not used.
const IDLE: time::Duration = time::Duration::days(7);

/// How long the form of somebody whose session has ended waits for the login.
const UNTIL_LOGIN: time::Duration = time::Duration::hours(1);

/// How long a login lasts at most, however often it is used.
const LONGEST_LOGIN: i64 = 30 * 24 * 60 * 60 * 1_000;

/// A session's login.
#[derive(serde::Serialize, serde::Deserialize)]
struct Login {
    id: i64,
    /// The hash of the password's hash: a new password ends all sessions of the account.
    password: String,
    /// When it was, in milliseconds since 1970.
    at: i64,
}

impl Login {
    fn is_valid(&self, account: &Account) -> bool {
        same_secret(&self.password, &hash_token(&account.password_hash))
            && now_millis() - self.at < LONGEST_LOGIN
    }
}

/// A client that may change rows, authenticated by a bearer token, or by a session with its CSRF
/// token.
pub(super) struct Editor {
    name: String,
}

impl Editor {
    /// The name that edits are signed with.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The editor of a form that carries the session's CSRF token.
    pub(super) async fn of_form(app: &App, session: &Session, token: &str) -> Result<Self, Fault> {
        let account = account(app, session).await?.ok_or(Fault::Unauthorized)?;
        if !account.role.may_edit() || !is_csrf_token(session, token).await {
            return Err(Fault::Forbidden);
        }
        Ok(Self { name: account.name })
    }
}

/// Somebody who may look at what the server does: any account, or a program with a token.
pub(super) struct Viewer {
    /// Whether they may do everything.
    pub(super) is_admin: bool,
}

/// The holder of a bearer token.
enum Bearer {
    /// Of the token in the configuration, which may do everything.
    Admin,
    /// Of the stored token with this name.
    Named(String),
}

/// The bearer token that a request carries (RFC 6750, section 2.1).
fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let authorization = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = authorization.split_once(' ')?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    is_bearer.then(|| token.trim())
}

/// The holder of the bearer token that a request carries, if it carries one.
async fn bearer(parts: &Parts, app: &App) -> Result<Option<Bearer>, Fault> {
    let Some(token) = bearer_token(&parts.headers) else {
        return Ok(None);
    };
    let admin = app.config.admin.token.as_ref();
    if admin.is_some_and(|admin| same_secret(admin.expose(), token)) {
        return Ok(Some(Bearer::Admin));
    }
    let name = app.tiers.origin().token_name(&hash_token(token)).await?;
    let name = name.ok_or(Fault::Unauthorized)?;
    Ok(Some(Bearer::Named(name)))
}

impl FromRequestParts<App> for Viewer {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        if let Some(bearer) = bearer(parts, app).await? {
            let is_admin = matches!(bearer, Bearer::Admin);
            return Ok(Self { is_admin });
        }
        let session = Session::from_request_parts(parts, app)
            .await
            .map_err(|_| Fault::Unauthorized)?;
        let account = account(app, &session).await?.ok_or(Fault::Unauthorized)?;
        Ok(Self {
            is_admin: account.role.is_admin(),
        })
    }
}

impl OptionalFromRequestParts<App> for Viewer {
    type Rejection = Fault;

    /// Nobody is a person whose page leads to the login, or says that it cannot be shown. A program
    /// gets the fault, and so does whoever sends a wrong token.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Fault> {
        let found = <Self as FromRequestParts<App>>::from_request_parts(parts, app).await;
        let headers = &parts.headers;
        match found {
            Ok(viewer) => Ok(Some(viewer)),
            Err(fault) if json::is_preferred(headers) || bearer_token(headers).is_some() => {
                Err(fault)
            }
            Err(_) => Ok(None),
        }
    }
}

impl FromRequestParts<App> for Editor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let token = parts.headers.get("x-csrf-token");
        let token = token.and_then(|value| value.to_str().ok());
        let token = token.unwrap_or_default().to_owned();
        Self::of_request(parts, app, &token).await
    }
}

impl Editor {
    /// The editor of a request with a bearer token, or with a session whose CSRF token it carries.
    pub(super) async fn of_request(
        parts: &mut Parts,
        app: &App,
        token: &str,
    ) -> Result<Self, Fault> {
        match bearer(parts, app).await? {
            Some(Bearer::Admin) => {
                let name = "admin token".to_owned();
                return Ok(Self { name });
            }
            Some(Bearer::Named(name)) => return Ok(Self { name }),
            None => {}
        }
        let session = Session::from_request_parts(parts, app)
            .await
            .map_err(|_| Fault::Unauthorized)?;
        Self::of_form(app, &session, token).await
    }
}

/// When sessions end.
pub(super) fn expiry() -> Expiry {
    Expiry::OnInactivity(IDLE)
}

/// The account that is logged in.
pub(super) async fn account(app: &App, session: &Session) -> Result<Option<Account>, Fault> {
    let Some(login) = read::<Login>(session, ACCOUNT).await else {
        return Ok(None);
    };
    let account = app.tiers.origin().account_by_id(login.id).await?;
    Ok(account.filter(|account| login.is_valid(account)))
}

/// Logs an account in, under a new session id and with a new token.
pub(super) async fn log_in(session: &Session, account: &Account) -> Result<(), Fault> {
    session.cycle_id().await.map_err(unavailable)?;
    session.set_expiry(Some(expiry()));
    session
        .insert(CSRF_TOKEN, random_secret())
        .await
        .map_err(unavailable)?;
    let login = Login {
        id: account.id,
        password: hash_token(&account.password_hash),
        at: now_millis(),
    };
    session.insert(ACCOUNT, login).await.map_err(unavailable)
}

/// Logs out, and deletes the session.
pub(super) async fn log_out(session: &Session) -> Result<(), Fault> {
    session.flush().await.map_err(unavailable)
}

/// The session's CSRF token, if there is a session.
pub(super) async fn csrf_token(session: &Session) -> Option<String> {
    read(session, CSRF_TOKEN).await
}

/// Whether this is the session's CSRF token.
pub(super) async fn is_csrf_token(session: &Session, token: &str) -> bool {
    let expected = csrf_token(session).await;
    expected.is_some_and(|expected| same_secret(&expected, token))
}

/// Leaves a message for the next page.
pub(super) async fn leave_flash(session: &Session, flash: Flash) -> Result<(), Fault> {
    session.insert(FLASH, flash).await.map_err(unavailable)
}

/// Leaves a form, of somebody whose session has ended, for after the login.
pub(super) async fn leave_draft(session: &Session, flash: Flash) -> Result<(), Fault> {
    session.set_expiry(Some(Expiry::OnInactivity(UNTIL_LOGIN)));
    let token = session.insert(CSRF_TOKEN, random_secret()).await;
    token.map_err(unavailable)?;
    leave_flash(session, flash).await
}

/// The visitor of the admin page at `path`, with the flash that was left for it.
pub(super) async fn visitor(app: &App, session: &Session, path: &str) -> Result<Visitor, Fault> {
    // Typed values wait until somebody has logged in.
    let Some(account) = account(app, session).await? else {
        return Ok(Visitor::default());
    };
    let csrf_token = csrf_token(session).await.unwrap_or_default();
    let flash = read::<Flash>(session, FLASH).await;
    let flash = flash.filter(|flash| flash.page == path);
    if flash.is_some() {
        let taken = session.remove::<Flash>(FLASH).await;
        taken.map_err(unavailable)?;
    }
    Ok(Visitor {
        is_admin: account.role.is_admin(),
        account: Some(account.name),
        csrf_token,
        flash,
        insight: None,
    })
}

/// A value from the session; a session that cannot be read counts as empty.
async fn read<T: serde::de::DeserializeOwned>(session: &Session, name: &str) -> Option<T> {
    session.get(name).await.unwrap_or_else(|error| {
        error!(%error, "cannot read a session");
        None
    })
}

fn unavailable(error: tower_sessions::session::Error) -> Fault {
    error!(%error, "cannot store a session");
    Fault::Unavailable
}
