//! The editors' pages, and what open forms ask.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use futures::StreamExt as _;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{
    admin::{Browser, hidden},
    on_both,
    support::{PASSWORD, Server, TOKEN},
};

/// A browser that is logged in.
async fn editor(server: &Server) -> Browser<'_> {
    let mut browser = Browser::new(server);
    browser.log_in(PASSWORD).await;
    browser
}

/// The parts of a page between two texts.
fn between<'p>(page: &'p str, begin: &str, end: &str) -> Vec<&'p str> {
    let parts = page.split(begin).skip(1);
    parts.map(|part| part.split(end).next().unwrap()).collect()
}

on_both! {
    async fn the_history_says_who_changed_what_also_by_sql(server: Server) {
        server.patch("/api/properties/7/", json!({"price": "123456", "status": "sold"})).await;
        server.sql("UPDATE properties SET address = 'By SQL' WHERE id = 7").await;
        server.patch("/api/recipes/3/", json!({"title": "Another dish"})).await;
        server.patch("/api/agents/5/", json!({"office.id": 2})).await;
        let office = server.patch("/api/offices/1/", json!({"name": "The First Office"})).await;
        assert_eq!(office.status, StatusCode::OK, "{}", office.text());
        server.caught_up().await;
        let mut browser = editor(&server).await;
        let page = browser.get("/admin/history?catalogue=properties&id=7").await.text();
        let edits = between(&page, "<article", "</article>");
        // The office's homes are no edits of their own.
        assert_eq!(edits.len(), 2, "{page}");
        assert!(edits[0].contains("in the database itself") && edits[0].contains("By SQL") && edits[0].contains("Address"));
        assert!(edits[1].contains("admin token") && edits[1].contains("123456.00") && edits[1].contains("sold"));
        let of = async |browser: &mut Browser<'_>, query: &str| {
            let page = browser.get(&format!("/admin/history?{query}")).await;
            assert_eq!(page.status, StatusCode::OK);
            between(&page.text(), "<article", "</article>").iter().map(|edit| (*edit).to_owned()).collect::<Vec<String>>()
        };
        assert_eq!(of(&mut browser, "catalogue=recipes&who=admin+token").await.len(), 1);
        assert_eq!(of(&mut browser, "catalogue=properties&id=7&who=-").await.len(), 1);
        assert_eq!(of(&mut browser, "catalogue=properties&to=2001-01-01").await.len(), 0);
        // References are named.
        let name = between(&browser.get("/admin/offices/2").await.text(), "<h1>", "</h1>")[0].to_owned();
        assert!(of(&mut browser, "catalogue=agents&id=5").await[0].contains(&name), "{name}");
        let whole = of(&mut browser, "").await;
        assert!(whole.len() >= 5 && whole[0].contains("The First Office"), "{}", whole[0]);
        // What cannot be understood is said.
        let odd = browser.get("/admin/history?catalogue=castles&from=soon").await.text();
        assert!(odd.contains("expected a day"), "{odd}");
    }

    async fn an_edit_is_undone_from_the_history(server: Server) {
        let price = server.get("/api/properties/7/").await.json()["price"].clone();
        server.patch("/api/properties/7/", json!({"price": "1"})).await;
        let mut browser = editor(&server).await;
        let page = browser.get("/admin/history?catalogue=properties&id=7").await.text();
        let (token, revision) = (hidden(&page, "csrf_token"), hidden(&page, "revision"));
        let form = [("csrf_token", token.as_str()), ("revision", revision.as_str())];
        browser.send(Method::POST, "/admin/history", &form).await;
        assert!(browser.get("/admin/history").await.text().contains("One row was put back."));
        assert_eq!(server.get("/api/properties/7/").await.json()["price"], price);
        let page = browser.get("/admin/history?catalogue=properties&id=7").await.text();
        assert!(page.contains(&format!("Undoes edit {revision}")) && page.contains("Undone"), "{page}");
    }

    async fn the_list_finds_orders_and_shows_what_is_wanted(server: Server) {
        let mut browser = editor(&server).await;
        server.patch("/api/properties/7/", json!({"status": "draft", "title": "The drafted one"})).await;
        let ids = async |browser: &mut Browser<'_>, query: &str| -> Vec<i64> {
            let page = browser.get(&format!("/admin/properties?{query}")).await;
            assert_eq!(page.status, StatusCode::OK, "{query}");
            let page = page.text();
            let rows = between(&page, "name=\"version.", "\"");
            rows.iter().map(|id| id.parse().unwrap()).collect()
        };
        assert_eq!(ids(&mut browser, "status=draft").await, [7]);
        assert_eq!(ids(&mut browser, "q=drafted").await, [7]);
        assert!(ids(&mut browser, "q=9").await.contains(&9));
        let by_price = ids(&mut browser, "order=-price&page_size=5").await;
        let dearest = server.number("SELECT id FROM properties ORDER BY price_cents DESC, id DESC LIMIT 1").await;
        assert_eq!((by_price[0], by_price.len()), (dearest, 5));
        let page = browser.get("/admin/properties?columns=address,agent.name&order=address").await.text();
        let head = between(&page, "<thead>", "</thead>")[0].to_owned();
        assert!(head.contains("Address") && head.contains("Agent name") && !head.contains("Bedrooms"), "{head}");
        assert_eq!(browser.get("/admin/properties?bedrooms=many").await.status, StatusCode::BAD_REQUEST);
        assert_eq!(browser.get("/admin/properties?order=password_hash").await.status, StatusCode::OK);
    }

    async fn a_table_is_saved_row_by_row(server: Server) {
        let mut browser = editor(&server).await;
        let page = browser.get("/admin/properties?order=id").await.text();
        let token = hidden(&page, "csrf_token");
        let version = hidden(&page, "version.7");
        // Somebody else edits another field of one row, and the same field of another.
        server.patch("/api/properties/7/", json!({"title": "Edited meanwhile"})).await;
        server.patch("/api/properties/8/", json!({"price": "8"})).await;
        let eight = hidden(&page, "set.8.price");
        let form = [
            ("csrf_token", token.as_str()), ("do", "rows"),
            ("version.7", version.as_str()), ("set.7.price", "$777,000"), ("set.7.status", "pending"),
            ("version.8", "1"), ("set.8.price", "888"),
            ("version.9", "1"), ("set.9.price", "free"),
            ("version.10", "1"), ("set.10.price", eight.as_str()),
        ];
        let sent = browser.send(Method::POST, "/admin/properties?order=id", &form).await;
        assert_eq!(sent.header("location"), "/admin/properties?order=id");
        let said = browser.get("/admin/properties?order=id").await.text();
        assert!(said.contains("2 were left alone"), "{said}");
        assert!(said.contains("No. 8") && said.contains("was edited in the meantime"), "{said}");
        assert!(said.contains("No. 9") && said.contains("price must be a number"), "{said}");
        let home = server.get("/api/properties/7/").await.json();
        assert_eq!((home["price"].as_str(), home["status"].as_str(), home["title"].as_str()),
            (Some("777000.00"), Some("pending"), Some("Edited meanwhile")));
        assert_eq!(server.get("/api/properties/8/").await.json()["price"], "8.00");
    }

    async fn the_overview_shows_what_has_to_be_done(server: Server) {
        server.patch("/api/properties/7/", json!({"status": "draft", "title": "The drafted one"})).await;
        server.sql("UPDATE recipes SET description = '', title = 'The dish without words' WHERE id = 3").await;
        let page = editor(&server).await.get("/admin").await.text();
        let drafts = between(&page, "id=\"drafts\"", "</section>")[0];
        assert!(drafts.contains("The drafted one"), "{drafts}");
        let incomplete = between(&page, "id=\"incomplete\"", "</section>")[0];
        assert!(incomplete.contains("The dish without words"), "{incomplete}");
        assert!(page.contains("in the last hour"));
    }

    async fn an_open_form_asks_what_it_would_touch(server: Server) {
        let list = "/api/properties/?max_price=400000&status=any";
        server.patch("/api/properties/7/", json!({"price": "300000", "status": "active"})).await;
        for path in [list, "/api/properties/7/", "/api/properties/8/"] {
            server.get(path).await;
        }
        let mut browser = editor(&server).await;
        let touched = async |browser: &mut Browser<'_>, form: &[(&str, &str)]| {
            browser.send(Method::POST, "/admin/properties/7/touches", form).await.json()
        };
        assert_eq!(touched(&mut browser, &[("price", "300000")]).await["touched"], 0);
        let few = touched(&mut browser, &[("title", "Another")]).await;
        let more = touched(&mut browser, &[("price", "500000")]).await;
        assert!(few["addresses"].to_string().contains("/api/properties/7/"), "{few}");
        assert!(more["addresses"].to_string().contains("max_price=400000"), "{more}");
        assert!(!few.to_string().contains("max_price=400000") && more["touched"].as_u64() > few["touched"].as_u64());
        let stranger = server.send(Method::POST, "/admin/properties/7/touches", &[], Vec::new()).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    }

    async fn an_open_form_hears_of_an_edit(server: Server) {
        let row = server.get("/api/properties/7/").await.json();
        let token = format!("Bearer {TOKEN}");
        let path = format!("/admin/properties/7/events?version={}", row["version"]);
        let events = server.begin(Method::GET, &path, &[("authorization", &token)], Vec::new()).await;
        assert_eq!(events.status(), StatusCode::OK);
        let mut events = events.into_body().into_data_stream();
        server.sql("UPDATE properties SET title = 'By SQL' WHERE id = 8").await;
        server.sql("UPDATE properties SET title = 'By SQL' WHERE id = 7").await;
        let mut heard = String::new();
        while !heard.contains("event: edited") {
            let piece = timeout(Duration::from_secs(20), events.next()).await.expect("an event").unwrap().unwrap();
            heard += std::str::from_utf8(&piece).unwrap();
        }
        let version = row["version"].as_i64().unwrap() + 1;
        assert!(heard.contains(&format!("data: {version}")), "{heard}");
        let now = server.edit(Method::GET, "/admin/properties/7", &[("accept", "application/json")], Value::Null).await.json();
        assert_eq!((now["fields"]["title"].as_str(), now["version"].as_i64()), (Some("By SQL"), Some(version)));
        assert_eq!(server.get("/admin/properties/7/events?version=1").await.status, StatusCode::UNAUTHORIZED);
    }

    async fn an_edit_brings_along_what_is_on_screen(server: Server) {
        server.patch("/api/properties/7/", json!({"price": "300000", "status": "active"})).await;
        let (cheap, dear) = ("/api/properties/?max_price=300000&min_price=290000&status=any", "/api/properties/?min_price=900000");
        let mut wanted = Vec::new();
        for path in [cheap, dear, "/properties/7", "/api/properties/7/"] {
            let answer = server.get(path).await;
            wanted.push(json!([path, answer.header("etag")]));
        }
        wanted.push(json!(["/admin", null]));
        let wanted = json!(wanted).to_string();
        let headers = [("hearth-refresh", wanted.as_str()), ("accept-encoding", "br")];
        let answer = server.edit(Method::PATCH, "/api/properties/7/", &headers, json!({"price": "290000"})).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let said = answer.json();
        assert_eq!(said["row"]["price"], "290000.00");
        assert_eq!(said["revision"].to_string(), answer.header("hearth-revision"));
        assert!(said["touched"]["count"].as_u64() >= Some(2), "{said}");
        let answers = said["answers"].as_array().unwrap();
        let urls: Vec<&str> = answers.iter().map(|answer| answer["url"].as_str().unwrap()).collect();
        assert_eq!(urls, [cheap, "/properties/7", "/api/properties/7/"]);
        // They are the answers that are given from now on.
        for answer in answers {
            let now = server.get(answer["url"].as_str().unwrap()).await;
            assert_eq!((answer["body"].as_str(), answer["etag"].as_str()), (Some(&*now.text()), Some(now.header("etag"))));
        }
        for wrong in ["x", "{}", "[[1]]"] {
            let answer = server.edit(Method::PATCH, "/api/properties/7/", &[("hearth-refresh", wrong)], json!({})).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
        }
        let refused = server.edit(Method::PATCH, "/api/properties/7/", &[("hearth-refresh", "[]")], json!({"price": "x"})).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    }
}
