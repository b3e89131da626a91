//! Logging in and out.
//!
//! Whoever only looks at the form costs no row: without a session, the token by which it is known to come
//! from here is in a cookie of its own (the double submit of OWASP's *Cross-Site Request Forgery
//! Prevention*). A login that is refused is answered with the form.

mod tried;

use std::{net::IpAddr, time::Duration};

use app::{Flash, Visitor};
use axum::{
    Form, Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::from_fn,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use axum_extra::extract::CookieJar;
use leptos_cached::Fault;
use site::Admin;
use tower_sessions::{
    Session,
    cookie::{Cookie, SameSite},
};

pub(super) use self::tried::Logins;
use self::tried::Place;
use super::{
    App,
    admin::{Fields, refuse_other_sites},
    auth,
    client::Network,
    pages,
};
use crate::{
    config::Site,
    credentials::{CredentialsError, check_password, hash_token, random_secret, same_secret},
    store::Account,
};

pub(super) fn routes() -> Router<App> {
    let refuse = || from_fn(refuse_other_sites);
    let log_in = get(form).merge(post(log_in).layer(refuse()));
    Router::new()
        .route(&Admin::LOGIN.path(), log_in)
        .route("/admin/logout", post(log_out).layer(refuse()))
}

/// The name of a cookie of this site. Where there is TLS, browsers take it from this very host only,
/// and only if it is secure (the prefix `__Host-` of RFC 6265bis).
pub(super) fn cookie_name(site: &Site, name: &str) -> String {
    match site.has_tls() {
        true => format!("__Host-{name}"),
        false => name.to_owned(),
    }
}

/// A cookie that scripts cannot read and other sites cannot send along with a form.
fn cookie(site: &Site, name: String, value: String) -> Cookie<'static> {
    let cookie = Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .secure(site.has_tls())
        .same_site(SameSite::Lax);
    cookie.build()
}

/// How long a browser is known.
const KNOWN_FOR: time::Duration = time::Duration::days(365);

/// What a browser knows in which an account has logged in, until the account has a new password.
fn known_by(account: &Account) -> String {
    hash_token(&format!("known {}", account.password_hash))
}

/// The name of the cookie with that.
fn known_name(site: &Site) -> String {
    cookie_name(site, "hearth_known")
}

/// The token of a visitor's login form.
struct LoginToken {
    /// The session's, if there is one: that of a form which waits for the login.
    of_session: Option<String>,
    /// The one in the cookie.
    of_cookie: Option<String>,
    cookie: String,
}

impl LoginToken {
    async fn of(app: &App, session: &Session, jar: &CookieJar) -> Self {
        let cookie = cookie_name(&app.config.site, "hearth_login");
        let of_cookie = jar.get(&cookie).map(|cookie| cookie.value().to_owned());
        Self {
            of_session: auth::csrf_token(session).await,
            of_cookie: of_cookie.filter(|token| !token.is_empty()),
            cookie,
        }
    }

    fn is(&self, sent: &str) -> bool {
        [&self.of_session, &self.of_cookie]
            .into_iter()
            .flatten()
            .any(|token| same_secret(token, sent))
    }

    /// The token, and the jar with a cookie for it if it is new.
    fn issue(self, site: &Site, jar: CookieJar) -> (String, CookieJar) {
        if let Some(token) = self.of_session.or(self.of_cookie) {
            return (token, jar);
        }
        let token = random_secret();
        let cookie = cookie(site, self.cookie, token.clone());
        (token, jar.add(cookie))
    }
}

/// The login form. It leads on who is logged in already.
async fn form(
    State(app): State<App>,
    session: Session,
    jar: CookieJar,
    request: Request,
) -> Response {
    let account = match auth::account(&app, &session).await {
        Ok(account) => account.map(|account| account.name),
        Err(fault) => return fault.into_response(),
    };
    let token = LoginToken::of(&app, &session, &jar).await;
    show(&app, (token, jar), request, account, None).await
}

/// The form, with a message about the last attempt.
async fn show(
    app: &App,
    (token, jar): (LoginToken, CookieJar),
    request: Request,
    account: Option<String>,
    flash: Option<Flash>,
) -> Response {
    let (csrf_token, jar) = token.issue(&app.config.site, jar);
    let visitor = Visitor {
        account,
        csrf_token,
        flash,
        ..Visitor::default()
    };
    let page = pages::render(app, request, Some(Ok(visitor))).await;
    (jar, page).into_response()
}

/// Why a login is refused.
enum Refusal {
    Expired,
    Wrong,
    /// Too many wrong passwords; how long to wait.
    Slowed(Duration),
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::Expired | Self::Wrong => StatusCode::FORBIDDEN,
            Self::Slowed(_) => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Expired => "This form has expired. Please try again.".to_owned(),
            Self::Wrong => "The name or the password is wrong.".to_owned(),
            Self::Slowed(wait) => format!(
                "That was wrong too often. Please try again in {} seconds.",
                seconds(*wait)
            ),
        }
    }
}

/// Whole seconds, rounded up.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

async fn log_in(
    State(app): State<App>,
    Network(network): Network,
    session: Session,
    jar: CookieJar,
    Form(mut fields): Form<Fields>,
) -> Result<Response, Fault> {
    let mut field = |name: &str| fields.remove(name).unwrap_or_default();
    let (username, password, next) = (field("username"), field("password"), field("next"));
    // A space after a name that was pasted or completed is not part of it.
    let username = username.trim();
    let next = Admin::or_overview(&next);
    let token = LoginToken::of(&app, &session, &jar).await;
    let refusal = if token.is(&field("csrf_token")) {
        let site = &app.config.site;
        let known = jar.get(&known_name(site)).map(Cookie::value);
        match attempt(&app, (network, known), username, password).await? {
            Ok(account) => {
                auth::log_in(&session, &account).await?;
                let mut known = cookie(site, known_name(site), known_by(&account));
                known.set_max_age(KNOWN_FOR);
                return Ok((jar.add(known), Redirect::to(next)).into_response());
            }
            Err(refusal) => refusal,
        }
    } else {
        Refusal::Expired
    };
    let flash = Flash {
        message: refusal.message(),
        values: vec![("username".to_owned(), username.to_owned())],
        ..Flash::default()
    };
    let mut request = Request::default();
    *request.uri_mut() = Admin::log_in(next)
        .parse::<Uri>()
        .map_err(|_| Fault::NotFound)?;
    let mut response = show(&app, (token, jar), request, None, Some(flash)).await;
    if !response.status().is_server_error() {
        *response.status_mut() = refusal.status();
    }
    if let Refusal::Slowed(wait) = refusal {
        let wait = HeaderValue::from(seconds(wait));
        response.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    Ok(response)
}

/// Checks a password. An account that does not exist takes as long as a wrong password.
async fn attempt(
    app: &App,
    (network, known): (Option<IpAddr>, Option<&str>),
    username: &str,
    password: String,
) -> Result<Result<Account, Refusal>, Fault> {
    let find = || app.tiers.origin().account_by_name(username);
    let mut place = network.map(Place::Network);
    let mut found = None;
    if let Some(known) = known {
        let account = find().await?;
        if account
            .as_ref()
            .is_some_and(|it| same_secret(&known_by(it), known))
        {
            place = Some(Place::Known);
        }
        found = Some(account);
    }
    // Before anything else is looked up.
    if let Some(wait) = place.and_then(|place| app.logins.wait(username, place)) {
        return Ok(Err(Refusal::Slowed(wait)));
    }
    let account = match found {
        Some(account) => account,
        None => find().await?,
    };
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
    if let Some(account) = account.filter(|_| right) {
        return Ok(Ok(account));
    }
    if let Some(place) = place {
        app.logins.wrong(username, place);
    }
    Ok(Err(Refusal::Wrong))
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
