//! The admin's forms, as a browser without JavaScript sends them.

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode};

use crate::{
    on_both,
    support::{Answer, PASSWORD, Server},
};

/// All tests are one process, which checks few passwords at a time.
static LOGINS: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A browser that holds cookies.
pub(crate) struct Browser<'a> {
    server: &'a Server,
    cookies: BTreeMap<String, String>,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(server: &'a Server) -> Self {
        let cookies = BTreeMap::new();
        Self { server, cookies }
    }

    /// The cookies, as a request carries them.
    pub(crate) fn cookie(&self) -> String {
        let pairs = self.cookies.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
    ) -> Answer {
        let body: Vec<String> = form
            .iter()
            .map(|(name, value)| {
                format!(
                    "{name}={}",
                    value
                        .replace('%', "%25")
                        .replace('&', "%26")
                        .replace('+', "%2B")
                        .replace(' ', "+")
                )
            })
            .collect();
        let headers = [
            ("cookie", &*self.cookie()),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let answer = self
            .server
            .send(method, path, &headers, body.join("&").into_bytes())
            .await;
        for cookie in answer.headers.get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[]).await
    }

    pub(crate) async fn log_in(&mut self, password: &str) -> Answer {
        self.log_in_as("admin", password).await
    }

    pub(crate) async fn log_in_as(&mut self, account: &str, password: &str) -> Answer {
        let page = self.get("/admin/login?next=/admin/properties").await.text();
        let form = [
            ("username", account),
            ("password", password),
            ("next", "/admin/properties"),
            ("csrf_token", &hidden(&page, "csrf_token")),
        ];
        let _turn = LOGINS.lock().await;
        self.send(Method::POST, "/admin/login", &form).await
    }
}

/// The value of a hidden field.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let tag = page
        .split("<input")
        .find(|tag| tag.contains(&format!("name=\"{name}\"")))
        .unwrap_or_else(|| panic!("no field {name}"));
    tag.split("value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .to_owned()
}

/// The cookies of the form, of the session, and of the browser in which somebody has logged in; in small letters.
async fn cookies_of_a_login(server: &Server) -> [String; 3] {
    let form = server.get("/admin/login").await;
    let login = Browser::new(server).log_in(PASSWORD).await;
    let cookie = |answer: &Answer, name: &str| {
        let cookies = answer.headers.get_all("set-cookie").into_iter();
        let mut cookies = cookies.map(|cookie| cookie.to_str().unwrap().to_lowercase());
        cookies.find(|cookie| cookie.contains(name)).unwrap()
    };
    [
        cookie(&form, "hearth_login="),
        cookie(&login, "hearth_session="),
        cookie(&login, "hearth_known="),
    ]
}

on_both! {
    async fn the_session_of_a_site_with_tls_is_secure(server: Server) {
        let names = ["hearth_login=", "hearth_session=", "hearth_known="];
        for (name, plain) in names.iter().zip(cookies_of_a_login(&server).await) {
            assert!(plain.starts_with(name) && !plain.contains("secure"), "{plain}");
        }
        let server = server.called("https://homes.example").await;
        for (name, secure) in names.iter().zip(cookies_of_a_login(&server).await) {
            assert!(secure.starts_with(&format!("__host-{name}")), "{secure}");
            for attribute in ["secure", "httponly", "samesite=lax", "path=/"] {
                assert!(secure.split("; ").any(|found| found == attribute), "{attribute}: {secure}");
            }
        }
        let mut browser = Browser::new(&server);
        browser.log_in(PASSWORD).await;
        assert_eq!(browser.get("/admin").await.status, StatusCode::OK);
    }

    async fn who_only_looks_costs_no_session(server: Server) {
        let sessions = || server.number("SELECT count(*) FROM sessions");
        let mut browser = Browser::new(&server);
        for path in ["/admin", "/admin/login", "/admin/properties", "/admin/properties/7", "/admin/cache", "/admin/graphql"] {
            browser.get(path).await;
        }
        browser.log_in("wrong").await;
        assert_eq!(sessions().await, 0);
        browser.log_in(PASSWORD).await;
        assert_eq!(sessions().await, 1);
    }

    async fn forms_of_nobody_are_stored_within_bounds(server: Server) {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let send = || server.send(Method::POST, "/admin/properties/7", &headers, b"title=Typed".to_vec());
        let (mut stored, mut refused) = (0, 0);
        for _ in 0..200 {
            match send().await.status {
                StatusCode::SEE_OTHER => stored += 1,
                StatusCode::SERVICE_UNAVAILABLE => refused += 1,
                status => panic!("{status}"),
            }
        }
        assert!(refused > 100, "{stored} stored, {refused} refused");
        assert_eq!(server.number("SELECT count(*) FROM sessions").await, stored);
        // An hour later they are gone.
        let hour = "SELECT count(*) FROM sessions WHERE expires_at > ";
        let later = hearth::credentials::now_millis() + 61 * 60 * 1_000;
        assert_eq!(server.number(&format!("{hour}{later}")).await, 0);
    }

    async fn log_in_edit_and_see_it(server: Server) {
        let mut browser = Browser::new(&server);
        let refused = browser.get("/admin/properties").await;
        assert!(refused.status.is_redirection(), "{}", refused.status);
        assert!(refused.header("location").starts_with("/admin/login"));

        let wrong = browser.log_in("guess").await;
        assert_eq!(wrong.status, StatusCode::FORBIDDEN);
        let page = wrong.text();
        assert!(page.contains("The name or the password is wrong.") && page.contains("value=\"admin\""), "{page}");
        assert_eq!(hidden(&page, "next"), "/admin/properties");
        let right = browser.log_in(PASSWORD).await;
        assert_eq!((right.status, right.header("location")), (StatusCode::SEE_OTHER, "/admin/properties"));

        let list = browser.get("/admin/properties").await;
        assert_eq!((list.status, list.header("cache-control")), (StatusCode::OK, "no-store"));
        server.get("/api/properties/7/").await;
        let page = browser.get("/admin/properties/7").await.text();
        let (token, version) = (hidden(&page, "csrf_token"), hidden(&page, "version"));
        let edit = [("price", "234567.00"), ("csrf_token", token.as_str()), ("version", version.as_str())];
        let saved = browser.send(Method::POST, "/admin/properties/7", &edit).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        assert!(browser.get("/admin/properties/7").await.text().contains("Saved."));
        assert_eq!(server.get("/api/properties/7/").await.json()["price"], "234567.00");
        assert!(server.get("/properties/7").await.text().contains("234,567"));

        // Sent again, the same form is from before the edit: nothing is overwritten or lost.
        let late = [("title", "Late words"), ("price", "1.00"), ("csrf_token", token.as_str()), ("version", version.as_str())];
        browser.send(Method::POST, "/admin/properties/7", &late).await;
        let page = browser.get("/admin/properties/7").await.text();
        assert!(page.contains("in the meantime") && page.contains("Late words") && page.contains("Stored now: 234567.00"));
        assert_eq!(server.get("/api/properties/7/").await.json()["price"], "234567.00");
    }

    async fn forged_forms_change_nothing(server: Server) {
        let mut browser = Browser::new(&server);
        browser.log_in(PASSWORD).await;
        let forged = [("price", "1.00"), ("csrf_token", "forged")];
        let answer = browser.send(Method::POST, "/admin/properties/7", &forged).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_ne!(server.get("/api/properties/7/").await.json()["price"], "1.00");
    }

    async fn many_guesses_are_answered_or_told_to_wait(server: Server) {
        let mut browser = Browser::new(&server);
        let page = browser.get("/admin/login").await.text();
        let token = hidden(&page, "csrf_token");
        let form = format!("username=admin&password=guess&csrf_token={token}");
        let headers = [("cookie", &*browser.cookie()), ("content-type", "application/x-www-form-urlencoded")];
        let _turn = LOGINS.lock().await;
        let guesses = (0..300).map(|_| server.send(Method::POST, "/admin/login", &headers, form.clone().into_bytes()));
        let read = async {
            // A reader does not wait for the guesses.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            server.get("/properties/7").await
        };
        let (answers, read) = tokio::join!(futures::future::join_all(guesses), read);
        assert_eq!(read.status, StatusCode::OK);
        let (mut refused, mut busy) = (0, 0);
        for answer in &answers {
            match answer.status {
                StatusCode::FORBIDDEN => refused += 1,
                StatusCode::SERVICE_UNAVAILABLE => {
                    assert!(!answer.header("retry-after").is_empty());
                    busy += 1;
                }
                status => panic!("{status}"),
            }
        }
        assert!(refused > 0 && refused + busy == 300, "{refused} refused, {busy} busy");
    }
}
