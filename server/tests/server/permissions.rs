//! Who may do what: every route, with every method, by nobody, a viewer, an editor, an admin, and a program with a
//! token. `permissions.txt` has the outcomes; a new route is not in it, and fails the test.
//!
//! `HEARTH_UPDATE_DOCS=1 cargo test -p server permissions` writes the file; read what has changed in it.

use std::{fmt::Write as _, path::Path};

use axum::http::{Method, StatusCode};
use hearth::{credentials::hash_password, http::paths, store::Role};

use crate::{
    admin::{Browser, hidden},
    on_both,
    support::{PASSWORD, Server, TOKEN},
};

const METHODS: [Method; 6] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
];

/// Addresses that have no route of their own: pages, files, and what is nothing.
pub(crate) const OTHERS: [&str; 6] = [
    "/",
    "/properties",
    "/properties/7",
    "/recipes/7/cook",
    "/favicon.svg",
    "/nowhere",
];

/// Somebody who sends requests.
pub(crate) struct Sender {
    cookie: String,
    authorization: String,
    pub(crate) csrf_token: String,
}

impl Sender {
    fn nobody() -> Self {
        Self {
            cookie: String::new(),
            authorization: String::new(),
            csrf_token: String::new(),
        }
    }

    pub(crate) fn program() -> Self {
        Self {
            authorization: format!("Bearer {TOKEN}"),
            ..Self::nobody()
        }
    }

    pub(crate) async fn with(server: &Server, role: Role) -> Self {
        let name = role.to_string();
        let hash = hash_password(PASSWORD.to_owned()).await.unwrap();
        server
            .store
            .put_account(&name, &hash, role, 0)
            .await
            .unwrap();
        let mut browser = Browser::new(server);
        browser.log_in_as(&name, PASSWORD).await;
        let page = browser.get("/admin/recipes/new").await.text();
        Self {
            cookie: browser.cookie(),
            csrf_token: hidden(&page, "csrf_token"),
            ..Self::nobody()
        }
    }

    /// The headers that say who it is.
    pub(crate) fn headers(&self) -> Vec<(&str, &str)> {
        let mut headers = vec![
            ("cookie", &*self.cookie),
            ("authorization", &*self.authorization),
            ("x-csrf-token", &*self.csrf_token),
        ];
        headers.retain(|(_, value)| !value.is_empty());
        headers
    }

    /// The status, and for a redirect to the login a word.
    async fn outcome(&self, server: &Server, method: &Method, path: &str) -> String {
        // Whoever logs out is nobody.
        let token = if path == "/admin/logout" {
            ""
        } else {
            &self.csrf_token
        };
        let form = path.starts_with("/admin") && path != "/admin/graphql";
        let (kind, body) = if form {
            (
                "application/x-www-form-urlencoded",
                format!("csrf_token={token}&revision=999999"),
            )
        } else {
            ("application/json", String::new())
        };
        let mut headers = self.headers();
        headers.extend([("content-type", kind), ("accept", "text/html")]);
        let response = server
            .begin(method.clone(), path, &headers, body.into_bytes())
            .await;
        let status = response.status();
        assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{method} {path}");
        let location = response.headers().get("location");
        let location = location
            .and_then(|location| location.to_str().ok())
            .unwrap_or_default();
        match location.starts_with("/admin/login") && path != "/admin/logout" {
            true => "login".to_owned(),
            false => status.as_str().to_owned(),
        }
    }
}

/// The address of a route, with something in its variable parts.
pub(crate) fn with_ids(pattern: &str, id: &str) -> String {
    let mut parts = pattern.split('{');
    let mut path = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, rest) = part.split_once('}').unwrap();
        path.push_str(id);
        path.push_str(rest);
    }
    path
}

on_both! {
    async fn everybody_may_do_what_the_table_says(server: Server) {
        let senders = [
            Sender::nobody(),
            Sender::with(&server, Role::Viewer).await,
            Sender::with(&server, Role::Editor).await,
            Sender::with(&server, Role::Admin).await,
            Sender::program(),
        ];
        let mut found = String::from("# method path: nobody viewer editor admin token\n");
        let own = paths(server.app.clone());
        let all = own.iter().map(String::as_str).chain(OTHERS);
        for pattern in all {
            let path = with_ids(pattern, "999999");
            for method in METHODS {
                write!(found, "{method} {pattern}:").unwrap();
                for sender in &senders {
                    write!(found, " {}", sender.outcome(&server, &method, &path).await).unwrap();
                }
                found.push('\n');
            }
        }
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server/permissions.txt");
        if std::env::var_os("HEARTH_UPDATE_DOCS").is_some() {
            std::fs::write(&file, &found).unwrap();
        }
        let table = std::fs::read_to_string(&file).unwrap_or_default();
        let missing: Vec<&str> = found.lines().filter(|line| !table.lines().any(|known| known == *line)).collect();
        let gone: Vec<&str> = table.lines().filter(|line| !found.lines().any(|known| known == *line)).collect();
        assert!(missing.is_empty() && gone.is_empty(), "not in the table: {missing:#?}; in the table: {gone:#?}");
    }
}
