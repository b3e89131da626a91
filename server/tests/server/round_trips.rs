//! What is read can be sent back: by the API and by the admin's forms, and nothing that was typed is
//! lost.

use axum::http::{Method, StatusCode};
use catalogue::{Edit, Encoding, Field};
use html5ever::{Attribute, parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::{
    admin::Browser,
    on_both,
    support::{Answer, PASSWORD, Server, TOKEN},
};

type Fields = Vec<(String, String)>;

/// The fields of the form with this action, as a browser would send them.
fn form(html: &str, action: &str) -> Fields {
    let document = parse_document(RcDom::default(), Default::default()).one(html);
    let mut fields = Vec::new();
    collect(&document.document, action, false, &mut fields);
    fields
}

fn collect(node: &Handle, action: &str, mut inside: bool, fields: &mut Fields) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attrs: &[Attribute] = &attrs.borrow();
        let attr = |name: &str| {
            let found = attrs.iter().find(|attr| &*attr.name.local == name);
            found.map(|attr| attr.value.to_string())
        };
        let name = &*name.local;
        inside |= name == "form" && attr("action").as_deref() == Some(action);
        // Of the buttons, a browser sends the one that is pressed.
        if let Some(field) = attr("name").filter(|_| inside && name != "button") {
            let value = match name {
                "textarea" => text(node).trim_start_matches('\n').replace('\n', "\r\n"),
                "select" => selected(node),
                _ => attr("value").unwrap_or_default(),
            };
            fields.push((field, value));
            return;
        }
    }
    for child in node.children.borrow().iter() {
        collect(child, action, inside, fields);
    }
}

fn text(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text).collect(),
    }
}

fn selected(select: &Handle) -> String {
    let options = select.children.borrow();
    let chosen = options.iter().find_map(|option| match &option.data {
        NodeData::Element { attrs, .. } => {
            let attrs = attrs.borrow();
            let is_selected = attrs.iter().any(|attr| &*attr.name.local == "selected");
            let value = attrs.iter().find(|attr| &*attr.name.local == "value")?;
            is_selected.then(|| value.value.to_string())
        }
        _ => None,
    });
    chosen.unwrap_or_default()
}

async fn post(browser: &mut Browser<'_>, path: &str, fields: &Fields) -> Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    browser.send(Method::POST, path, &fields).await
}

async fn patch(server: &Server, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    let token = format!("Bearer {TOKEN}");
    let mut all = vec![
        ("authorization", &*token),
        ("content-type", "application/json"),
    ];
    all.extend(headers);
    server
        .send(Method::PATCH, path, &all, body.to_string().into_bytes())
        .await
}

fn set(fields: &mut Fields, name: &str, value: &str) {
    let field = fields.iter_mut().find(|(field, _)| field == name).unwrap();
    field.1 = value.to_owned();
}

/// A value that a field accepts, in one of its spellings.
fn random_value(rng: &mut ChaCha8Rng, field: &Field, rule: Edit) -> Value {
    const TEXTS: [&str; 5] = [
        "Plain",
        "Zwei, drei",
        "e\u{301}clair ½",
        "日本語 👩‍🍳",
        "<b>\"&amp;'",
    ];
    let text = |rng: &mut ChaCha8Rng| *TEXTS.choose(rng).unwrap();
    let list = |rng: &mut ChaCha8Rng| -> Vec<&str> {
        (0..rng.random_range(0..4)).map(|_| text(rng)).collect()
    };
    match (rule, field.encoding) {
        (Edit::Choice(choices), _) => {
            // Nobody else sees a draft.
            let choices: Vec<&&str> = choices
                .iter()
                .filter(|choice| **choice != "draft")
                .collect();
            json!(choices.choose(rng))
        }
        (Edit::Token, _) => json!(text(rng).replace(',', "")),
        (Edit::Terms, _) => json!(list(rng)),
        (Edit::Lines { .. }, _) => json!([text(rng), text(rng)]),
        (Edit::Text { .. }, _) => json!(text(rng)),
        (Edit::Number { least, .. }, Encoding::Money) => {
            let dollars = rng.random_range(least..3_000_000);
            let spellings = [
                format!("{dollars}.50"),
                format!("${dollars}"),
                format!("{dollars}k"),
            ];
            json!(spellings.choose(rng))
        }
        (Edit::Number { .. }, Encoding::Quarters) => {
            json!(f64::from(rng.random_range(0..40)) / 4.0)
        }
        (Edit::Number { least, greatest }, _) => json!(rng.random_range(least..=greatest)),
        (Edit::Set(choices), _) => {
            let some = choices.iter().filter(|_| rng.random_bool(0.5));
            json!(some.collect::<Vec<_>>())
        }
        (Edit::Flag, _) => json!(rng.random_bool(0.5)),
        (Edit::Date, _) => json!(format!("20{:02}-02-28", rng.random_range(0..26))),
        (Edit::Degrees(most), _) => json!(f64::from(rng.random_range(-most..=most)) / 2.0),
        (Edit::Reference(_), _) => json!(rng.random_range(1..=3)),
    }
}

const ROWS: [(&str, &str); 3] = [("properties", "7"), ("recipes", "3"), ("agents", "5")];

on_both! {
    async fn a_row_can_be_patched_with_itself(server: Server) {
        server.sql("UPDATE properties SET property_type = 'Multi-Family' WHERE id = 7").await;
        server.caught_up().await;
        for (catalogue, id) in ROWS {
            let path = format!("/api/{catalogue}/{id}/");
            let before = server.get(&path).await;
            let Value::Object(row) = before.json() else { panic!("a row is an object") };
            for (name, value) in &row {
                let answer = patch(&server, &path, &[], &json!({ name: value })).await;
                assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.text());
            }
            let answer = patch(&server, &path, &[], &Value::Object(row)).await;
            assert_eq!((answer.status, answer.body), (StatusCode::OK, before.body.clone()));
            assert_eq!(server.get(&path).await.header("etag"), before.header("etag"));
        }
    }

    async fn a_random_edit_changes_what_it_names_alone(server: Server) {
        let mut rng = ChaCha8Rng::seed_from_u64(11);
        for round in 0..80 {
            let (catalogue, id) = ROWS[round % 3];
            let declared = catalogue::by_name(catalogue).unwrap();
            let path = format!("/api/{catalogue}/{id}/");
            let before = server.get(&path).await.json();
            let mut edit = serde_json::Map::new();
            for field in declared.fields {
                if let Some(rule) = field.edit.filter(|_| rng.random_bool(0.3)) {
                    edit.insert(field.path.to_owned(), random_value(&mut rng, field, rule));
                }
            }
            let answer = patch(&server, &path, &[], &Value::Object(edit.clone())).await;
            assert_eq!(answer.status, StatusCode::OK, "{edit:?}: {}", answer.text());
            let after = server.get(&path).await.json();
            for (name, value) in after.as_object().unwrap() {
                let is_edited = edit.keys().any(|edited| {
                    edited.split('.').next() == Some(name) || name == "total_time" && edited.ends_with("_time")
                });
                if !is_edited && !matches!(&**name, "version" | "updated_at") {
                    assert_eq!(value, &before[name], "{name} after {edit:?}");
                }
            }
            // What was written is what is read, and can be sent back.
            let again = patch(&server, &path, &[], &Value::Object(edit)).await;
            assert_eq!(again.json()["version"], after["version"]);
        }
    }

    async fn a_form_that_is_saved_unchanged_changes_nothing(server: Server) {
        server.sql("UPDATE recipes SET steps = 'Stir\nBake\nServe' WHERE id = 3").await;
        server.sql("UPDATE properties SET property_type = 'Multi-Family' WHERE id = 7").await;
        server.caught_up().await;
        let mut browser = Browser::new(&server);
        browser.log_in(PASSWORD).await;
        for (catalogue, id) in ROWS {
            let (path, api) = (format!("/admin/{catalogue}/{id}"), format!("/api/{catalogue}/{id}/"));
            let before = server.get(&api).await;
            let mut fields = form(&browser.get(&path).await.text(), &path);
            assert!(fields.len() > 7, "{fields:?}");
            post(&mut browser, &path, &fields).await;
            assert!(browser.get(&path).await.text().contains("Saved."));
            let after = server.get(&api).await;
            assert_eq!((after.text(), after.header("etag")), (before.text(), before.header("etag")));
            // One field is changed, and saved by pressing the button twice.
            let named = catalogue::by_name(catalogue).unwrap().named[0];
            set(&mut fields, named, "Another title");
            for _ in 0..2 {
                post(&mut browser, &path, &fields).await;
                assert!(browser.get(&path).await.text().contains("Saved."));
            }
            let (mut expected, edited) = (before.json(), server.get(&api).await.json());
            for name in [named, "version", "updated_at"] {
                assert_ne!(expected[name], edited[name], "{name}");
                expected[name] = edited[name].clone();
            }
            assert_eq!(edited, expected);
        }
    }

    async fn typed_values_belong_to_their_form(server: Server) {
        let mut browser = Browser::new(&server);
        browser.log_in(PASSWORD).await;
        let mut fields = form(&browser.get("/admin/properties/10").await.text(), "/admin/properties/10");
        set(&mut fields, "price", "a lot");
        set(&mut fields, "title", "Typed for home ten");
        post(&mut browser, "/admin/properties/10", &fields).await;
        assert!(!browser.get("/admin/properties/11").await.text().contains("Typed for home ten"));
        let page = browser.get("/admin/properties/10").await.text();
        assert!(page.contains("Typed for home ten") && page.contains("a lot"));
    }

    async fn a_form_survives_the_end_of_its_session(server: Server) {
        let path = "/admin/properties/10";
        let mut browser = Browser::new(&server);
        browser.log_in(PASSWORD).await;
        let mut fields = form(&browser.get(path).await.text(), path);
        set(&mut fields, "title", "Typed before the end");
        // A browser without the session sends the form, and logs in.
        let mut later = Browser::new(&server);
        let answer = post(&mut later, path, &fields).await;
        assert!(answer.header("location").starts_with("/admin/login"), "{}", answer.status);
        // A mistyped password does not cost the text.
        later.log_in("wrong").await;
        later.log_in(PASSWORD).await;
        let page = later.get(path).await.text();
        let again = form(&page, path);
        assert!(again.contains(&("title".to_owned(), "Typed before the end".to_owned())), "{page}");
        // One that has logged in again meanwhile gets the form back, not just a refusal.
        let answer = post(&mut later, path, &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(form(&answer.text(), path).contains(&("title".to_owned(), "Typed before the end".to_owned())));
        assert_ne!(server.get("/api/properties/10/").await.json()["title"], "Typed before the end");
        post(&mut later, path, &again).await;
        assert_eq!(server.get("/api/properties/10/").await.json()["title"], "Typed before the end");
    }

    async fn a_form_from_another_site_is_refused_and_not_shown(server: Server) {
        let path = "/admin/properties/10";
        for headers in [
            [("sec-fetch-site", "cross-site"), ("host", "homes.test")],
        ] {
            let answer = server.send(Method::POST, path, &headers, b"title=Chosen+elsewhere".to_vec()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            assert_eq!(answer.header("set-cookie"), "");
        }
        let own = [("origin", "http://homes.test"), ("host", "homes.test"), ("content-type", "application/x-www-form-urlencoded")];
        let answer = server.send(Method::POST, path, &own, b"title=Typed+here".to_vec()).await;
        assert!(answer.header("location").starts_with("/admin/login"));
    }

    async fn a_new_password_ends_the_account_s_sessions(server: Server) {
        let mut browser = Browser::new(&server);
        browser.log_in(PASSWORD).await;
        assert_eq!(browser.get("/admin").await.status, StatusCode::OK);
        let hash = hearth::credentials::hash_password("another".to_owned()).await.unwrap();
        server.store.put_account("admin", &hash, hearth::store::Role::Admin, 0).await.unwrap();
        assert!(browser.get("/admin").await.status.is_redirection());
    }

    async fn what_cannot_be_stored_is_refused_by_name(server: Server) {
        for (path, body, field) in [
            ("/api/recipes/3/", json!({"diets": [1]}), "diets"),
            ("/api/recipes/3/", json!({"ingredients": [{"name": "flour"}]}), "ingredients"),
            ("/api/properties/7/", json!({"title": "a\u{0}b"}), "title"),
            ("/api/properties/7/", json!({"title": "\u{200B}"}), "title"),
        ] {
            let before = server.get(path).await;
            let answer = patch(&server, path, &[], &body).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
            assert!(answer.text().contains(field), "{}", answer.text());
            assert_eq!(server.get(path).await.body, before.body);
        }
        let answer = patch(&server, "/api/recipes/3/", &[], &json!({"ingredients": ["salt, fine", "flour"]})).await;
        assert_eq!(answer.json()["ingredients"], json!(["salt-fine", "flour"]));
    }

    async fn conditions_are_checked_before_anything_is_done(server: Server) {
        let path = "/api/properties/7/";
        let current = server.get(path).await.header("etag").to_owned();
        let other = "\"0-0\"";
        let list = format!("{other}, {current}");
        for (name, value, expect) in [
            ("if-none-match", "*", StatusCode::PRECONDITION_FAILED),
            ("if-none-match", &current, StatusCode::PRECONDITION_FAILED),
            ("if-none-match", &list, StatusCode::PRECONDITION_FAILED),
            ("if-match", other, StatusCode::PRECONDITION_FAILED),
            ("if-match", &format!("W/{current}"), StatusCode::PRECONDITION_FAILED),
            ("if-match", "", StatusCode::BAD_REQUEST),
            ("if-match", "7", StatusCode::BAD_REQUEST),
            ("if-none-match", "\"7", StatusCode::BAD_REQUEST),
            ("if-match", &list, StatusCode::OK),
            ("if-none-match", other, StatusCode::OK),
        ] {
            let before = server.get(path).await.body;
            let price = if before.windows(6).any(|part| part == b"123456") { "654321.00" } else { "123456.00" };
            let answer = patch(&server, path, &[(name, value)], &json!({"price": price})).await;
            assert_eq!(answer.status, expect, "{name}: {value}");
            assert_eq!(server.get(path).await.body != before, expect == StatusCode::OK, "{name}: {value}");
        }
        let token = format!("Bearer {TOKEN}");
        // Two lines are one list.
        let current = server.get(path).await.header("etag").to_owned();
        let headers = [("authorization", &*token), ("if-match", other), ("if-match", &current)];
        let answer = server.send(Method::PATCH, path, &headers, b"{\"bedrooms\":3}".to_vec()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let headers = [("authorization", &*token), ("if-none-match", "*")];
        let answer = server.send(Method::DELETE, path, &headers, Vec::new()).await;
        assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(server.get(path).await.status, StatusCode::OK);
    }
}
