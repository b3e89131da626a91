//! What editors do besides setting fields of one row: they create rows and publish them, edit many at
//! once, edit the same row as others, and undo.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use hearth::store::Amounts;

use crate::{
    on_both,
    support::{Answer, On, Server, TOKEN},
};

/// A home with all that an editor has to say of it.
fn home(title: &str) -> Value {
    json!({
        "title": title, "description": "Two rooms under a zinc roof.", "property_type": "loft",
        "price": "333000", "bedrooms": 2, "bathrooms": 1.5, "area": 71, "year_built": 1931,
        "address": "9 Rue Zinc", "latitude": 30.27, "longitude": -97.74,
        "location": {"id": 1}, "agent.id": "1",
    })
}

/// Creates a row, which is expected to work.
async fn created(server: &Server, path: &str, row: Value) -> Value {
    let answer = server.edit(Method::POST, path, &[], row).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json()
}

/// Publishes or hides a home.
async fn set_status(server: &Server, id: i64, status: &str) {
    let answer = server
        .patch(
            &format!("/api/properties/{id}/"),
            json!({ "status": status }),
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

/// Everything that a reader can request and that could show the home with that title, on all roads, in
/// one text.
async fn all_roads(server: &Server, home: &Value) -> Vec<(String, String)> {
    let (id, city) = (&home["id"], home["location"]["city"].as_str().unwrap());
    let (city, agent) = (city.to_lowercase().replace(' ', "-"), &home["agent"]["id"]);
    let similar =
        format!("/api/properties/similar/?city={city}&price=333000&property_type=loft&to=2");
    let mut said = Vec::new();
    for path in [
        format!("/api/properties/?city={city}&property_type=loft&page_size=100"),
        format!("/api/properties/?status=any&city={city}&property_type=loft&page_size=100"),
        format!("/api/properties/?status=any&agent={agent}&page_size=100&sort=-created_at"),
        "/api/properties/?q=zinc&status=any".to_owned(),
        format!("/api/properties/count/?status=any&city={city}&property_type=loft"),
        format!("/api/properties/facets/?city={city}"),
        format!("/api/properties/facets/?status=any&city={city}"),
        "/api/properties/trending/".to_owned(),
        format!("/api/properties/{id}/"),
        format!("/api/properties/{id}/history/"),
        similar,
        format!("/api/agents/{agent}/computed/homes-for-sale/"),
        format!("/api/agents/{agent}/computed/average-price/"),
        format!("/api/agents/{agent}/computed/days-on-the-market/"),
        format!("/properties?city={city}&property_type=loft"),
        format!("/properties?status=any&city={city}&property_type=loft"),
        "/properties?q=zinc".to_owned(),
        format!("/properties/{id}"),
        format!("/saved?ids={id}"),
        format!("/compare?ids={id},2"),
        format!("/agents/{agent}"),
        "/".to_owned(),
        "/sitemap.xml".to_owned(),
        "/sitemap/properties-1.xml".to_owned(),
        "/api/properties/live/naive/?q=zinc".to_owned(),
        "/api/properties/live/optimized/?q=zinc".to_owned(),
        "/api/properties/cached/?q=zinc".to_owned(),
    ] {
        let headers = [("host", "homes.test")];
        let answer = server.send(Method::GET, &path, &headers, Vec::new()).await;
        said.push((path, format!("{} {}", answer.status, answer.text())));
    }
    for query in [
        format!("{{ property(id: {id}) {{ title }} }}"),
        format!("{{ node(id: \"properties:{id}\") {{ ... on Property {{ title }} }} }}"),
        format!(
            "{{ properties(status: [\"any\"], city: [\"{city}\"], propertyType: [\"loft\"], pageSize: 100) \
             {{ count nodes {{ title }} facets {{ count }} }} }}"
        ),
        "{ properties(q: \"zinc\") { count nodes { title } } }".to_owned(),
    ] {
        let headers = [("content-type", "application/json")];
        let body = json!({ "query": query }).to_string().into_bytes();
        let answer = server
            .send(Method::POST, "/api/graphql", &headers, body)
            .await;
        said.push((query, answer.text()));
    }
    said
}

on_both! {
    async fn a_new_home_is_a_draft_that_no_reader_sees_on_any_road(server: Server) {
        let title = "The zinc atelier";
        let row = created(&server, "/api/properties/", home(title)).await;
        assert_eq!((row["status"].as_str(), row["price"].as_str()), (Some("draft"), Some("333000.00")));
        let id = row["id"].as_i64().unwrap();
        // Cards say where a home is.
        let shows = |said: &str| said.contains(title) || said.contains("9 Rue Zinc");
        let seen = |roads: &[(String, String)]| -> Vec<String> {
            let seen = roads.iter().filter(|(_, said)| shows(said));
            seen.map(|(road, _)| road.clone()).collect()
        };
        let of_draft = all_roads(&server, &row).await;
        assert_eq!(seen(&of_draft), Vec::<String>::new());
        for path in [format!("/api/properties/{id}/"), format!("/properties/{id}"), format!("/api/properties/{id}/history/")] {
            assert_eq!(server.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(server.get("/api/properties/?status=draft").await.status, StatusCode::BAD_REQUEST);

        // Published, it is on all of them, in the next answer.
        set_status(&server, id, "active").await;
        let of_active = all_roads(&server, &row).await;
        for (road, said) in &of_active {
            let is_shown_on = ["/api/properties/?", "/properties", "/saved", "/compare", "{ p", "{ n"];
            if is_shown_on.iter().any(|begin| road.starts_with(begin)) {
                assert!(shows(said), "{road}: {said}");
            }
        }
        let changed = |road: &str| {
            let of = |roads: &[(String, String)]| {
                let mut said = roads.iter().filter(|(known, _)| known == road);
                said.next().map(|(_, said)| said.clone()).unwrap()
            };
            of(&of_draft) != of(&of_active)
        };
        let city = row["location"]["city"].as_str().unwrap().to_lowercase().replace(' ', "-");
        for road in [
            format!("/api/properties/count/?status=any&city={city}&property_type=loft"),
            format!("/api/properties/facets/?city={city}"),
            format!("/api/agents/{}/computed/homes-for-sale/", row["agent"]["id"]),
            "/sitemap/properties-1.xml".to_owned(),
        ] {
            assert!(changed(&road), "{road}");
        }

        // Hidden again, all of them say what they said before.
        set_status(&server, id, "draft").await;
        let hidden = all_roads(&server, &row).await;
        assert_eq!(seen(&hidden), Vec::<String>::new());
        for ((road, before), (_, after)) in of_draft.iter().zip(&hidden) {
            // Pages of several rows name the time of the newest edit of a row nowhere; these are the same bytes.
            if road.starts_with("/api/properties/count") || road.starts_with("/api/properties/facets") || road.starts_with("/properties?") {
                assert_eq!(before, after, "{road}");
            }
        }
    }

    async fn a_draft_written_by_sql_is_hidden_too(server: Server) {
        let count = server.get("/api/properties/?status=any").await.json()["count"].as_u64().unwrap();
        server.sql("UPDATE properties SET status = 'draft' WHERE id = 7").await;
        server.caught_up().await;
        assert_eq!(server.get("/api/properties/?status=any").await.json()["count"], count - 1);
        assert_eq!(server.get("/api/properties/7/").await.status, StatusCode::NOT_FOUND);
    }

    async fn a_draft_may_lack_what_a_published_home_must_have(server: Server) {
        let row = created(&server, "/api/properties/", json!({"title": "Half a home", "location.id": 1, "agent.id": 1})).await;
        let path = format!("/api/properties/{}/", row["id"]);
        let refused = server.patch(&path, json!({"status": "active"})).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        let fields: Vec<String> = refused.json()["errors"].as_array().unwrap().iter()
            .map(|error| error["field"].as_str().unwrap().to_owned()).collect();
        assert_eq!(fields, ["description", "property_type", "area", "year_built", "address"]);
        // Complete, it is published, and is as new as that.
        let mut whole = home("A whole home");
        whole["status"] = json!("active");
        let before = row["created_at"].as_str().unwrap().to_owned();
        let published = server.patch(&path, whole).await;
        assert_eq!(published.status, StatusCode::OK, "{}", published.text());
        assert!(published.json()["created_at"].as_str().unwrap() > before.as_str());
        // Its history begins with that.
        server.patch(&path, json!({"price": "300000"})).await;
        let history = server.get(&format!("{path}history/")).await.json();
        let prices: Vec<&str> = history.as_array().unwrap().iter().map(|point| point["price"].as_str().unwrap()).collect();
        assert_eq!(prices, ["333000.00", "300000.00"]);
    }

    async fn a_new_row_must_be_whole(server: Server) {
        let refused = |answer: Answer| -> Vec<String> {
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text());
            let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
            errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
        };
        let post = async |path: &str, row: Value| server.edit(Method::POST, path, &[], row).await;
        assert_eq!(refused(post("/api/properties/", json!({"title": "Nowhere"})).await), ["location.id", "agent.id"]);
        assert_eq!(refused(post("/api/properties/", json!({"location.id": 1, "agent.id": 999_999})).await), ["agent.id"]);
        let mut odd = home("Odd");
        odd["colour"] = json!("red");
        odd["price"] = json!("a lot");
        assert_eq!(refused(post("/api/properties/", odd).await), ["colour", "price"]);
        let mut active = home("Active");
        active["status"] = json!("active");
        active["area"] = json!(0);
        assert_eq!(refused(post("/api/properties/", active).await), ["area"]);
        assert_eq!(refused(post("/api/offices/", json!({"name": "No place"})).await),
            ["phone", "address", "city", "state", "latitude", "longitude"]);
        for (body, status) in [("[]", 400), ("{", 400), ("", 400)] {
            let token = format!("Bearer {TOKEN}");
            let sent = server.send(Method::POST, "/api/recipes/", &[("authorization", &token)], body.into()).await;
            assert_eq!(sent.status.as_u16(), status, "{body}");
        }
        // Nobody else may.
        let anonymous = server.send(Method::POST, "/api/properties/", &[], home("Mine").to_string().into_bytes()).await;
        assert_eq!(anonymous.status, StatusCode::UNAUTHORIZED);
    }

    async fn a_request_that_is_sent_twice_creates_one_row(server: Server) {
        let count = "SELECT count(*) FROM properties";
        let before = server.number(count).await;
        let key = [("idempotency-key", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"")];
        let post = async |row: Value| server.edit(Method::POST, "/api/properties/", &key, row).await;
        let all = futures::future::join_all((0..6).map(|_| post(home("Twice")))).await;
        let ids: Vec<Value> = all.iter().map(|answer| {
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
            assert_eq!(answer.header("location"), format!("/api/properties/{}/", answer.json()["id"]));
            answer.json()["id"].clone()
        }).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(server.number(count).await, before + 1);
        // The key belongs to that request.
        assert_eq!(post(home("Another")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let long = "x".repeat(256);
        for wrong in ["", "two words", &long] {
            let answer = server.edit(Method::POST, "/api/properties/", &[("idempotency-key", wrong)], home("Keyed")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
        }
        assert_eq!(server.number(count).await, before + 1);
    }

    async fn what_others_embed_is_edited_by_itself(server: Server) {
        let home = server.get("/api/properties/7/").await.json();
        let (office, location) = (&home["agent"]["office"]["id"], &home["location"]["id"]);
        let path = format!("/api/offices/{office}/");
        let edited = server.patch(&path, json!({"name": "Hearth & Daughters", "phone": "555"})).await;
        assert_eq!(edited.status, StatusCode::OK, "{}", edited.text());
        let moved = server.patch(&format!("/api/locations/{location}/"), json!({"city": "Neustadt an der Aisch"})).await;
        assert_eq!(moved.status, StatusCode::OK, "{}", moved.text());
        let home = server.get("/api/properties/7/").await.json();
        assert_eq!(home["agent"]["office"]["name"], "Hearth & Daughters");
        assert_eq!(home["location"]["city"], "Neustadt an der Aisch");
        let list = server.get("/api/properties/?city=neustadt-an-der-aisch&status=any&page_size=100").await.json();
        assert!(list["results"].as_array().unwrap().iter().any(|row| row["id"] == 7), "{list}");
        // Versions are theirs.
        let version = edited.json()["version"].as_i64().unwrap();
        let old = format!("\"{}\"", version - 1);
        let late = server.edit(Method::PATCH, &path, &[("if-match", &old)], json!({"phone": "556"})).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        // One that others refer to cannot be removed.
        let removed = server.edit(Method::DELETE, &path, &[], Value::Null).await;
        assert_eq!(removed.status, StatusCode::CONFLICT, "{}", removed.text());
        let new = created(&server, "/api/offices/", json!({
            "name": "New", "phone": "1", "address": "Main 1", "city": "Austin", "state": "Texas", "latitude": 0, "longitude": 0,
        })).await;
        let removed = server.edit(Method::DELETE, &format!("/api/offices/{}/", new["id"]), &[], Value::Null).await;
        assert_eq!(removed.status, StatusCode::NO_CONTENT);
        // Readers see them only where they are embedded.
        assert!(server.get("/api/offices/").await.status.is_client_error());
        assert!(server.get(&path).await.status.is_client_error());
    }

    async fn edits_of_different_fields_stand_side_by_side(server: Server) {
        let row = server.get("/api/properties/7/").await.json();
        let base = row["version"].to_string();
        let send = async |fields: Value| {
            server.edit(Method::PATCH, "/api/properties/7/", &[("hearth-base-version", &base)], fields).await
        };
        // Two forms, each with all fields, opened at the same time.
        let form = |name: &str, value: &str| {
            let mut fields = row.clone();
            fields[name] = json!(value);
            fields.as_object_mut().unwrap().retain(|name, _| !["version", "updated_at", "view_count"].contains(&name.as_str()));
            fields
        };
        assert_eq!(send(form("price", "123456")).await.status, StatusCode::OK);
        let second = send(form("title", "By the second")).await;
        assert_eq!(second.status, StatusCode::OK, "{}", second.text());
        let both = server.get("/api/properties/7/").await.json();
        assert_eq!((both["price"].as_str(), both["title"].as_str()), (Some("123456.00"), Some("By the second")));
        // On one field, nothing is lost silently: the three values are said.
        let third = send(form("title", "By the third")).await;
        assert_eq!(third.status, StatusCode::CONFLICT);
        assert_eq!(third.json()["differences"], json!([{
            "field": "title", "yours": "By the third", "theirs": "By the second", "base": row["title"],
        }]));
        assert_eq!(third.json()["version"], both["version"]);
        assert_eq!(server.get("/api/properties/7/").await.json(), both);
        // The same value is no conflict, and a form that is sent twice is none either. It changes nothing, so
        // there is nothing to undo: least of all what somebody else did last.
        let same = send(form("title", "By the second")).await;
        assert_eq!(same.status, StatusCode::OK);
        assert_eq!(same.headers.get("hearth-undo"), None);
        // An edit by SQL counts too.
        server.sql("UPDATE properties SET address = 'By SQL' WHERE id = 7").await;
        let fourth = send(form("address", "By a form")).await;
        assert_eq!(fourth.json()["differences"][0]["theirs"], "By SQL");
        // What the log does not know is not merged.
        let unknown = [("hearth-base-version", "-1")];
        let blind = server.edit(Method::PATCH, "/api/properties/7/", &unknown, json!({"title": "Blind"})).await;
        assert_eq!(blind.json()["differences"][0]["base"], Value::Null);
        let wrong = [("hearth-base-version", "new")];
        let wrong = server.edit(Method::PATCH, "/api/properties/7/", &wrong, json!({"title": "Blind"})).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    }

    async fn no_edit_of_a_race_is_lost_silently(server: Server) {
        for round in 0..3_u32 {
            let row = server.get("/api/properties/9/").await.json();
            let (version, etag) = (row["version"].to_string(), format!("\"{}\"", row["version"]));
            let headers: Vec<(&str, &str)> = match round {
                0 => vec![("if-match", &etag)],
                1 => vec![("hearth-base-version", &version)],
                _ => vec![("if-match", &etag), ("hearth-base-version", &version)],
            };
            let race = |name: String| {
                let (server, headers) = (&server, &headers);
                async move {
                    server.edit(Method::PATCH, "/api/properties/9/", headers, json!({"title": name})).await
                }
            };
            let (first, second) = tokio::join!(race(format!("Anna {round}")), race(format!("Ben {round}")));
            let won: Vec<bool> = [&first, &second].iter().map(|answer| answer.status == StatusCode::OK).collect();
            assert_eq!(won.iter().filter(|won| **won).count(), 1, "{} {}", first.status, second.status);
            let lost = if won[0] { &second } else { &first };
            assert!([StatusCode::CONFLICT, StatusCode::PRECONDITION_FAILED].contains(&lost.status));
            let winner = if won[0] { format!("Anna {round}") } else { format!("Ben {round}") };
            assert_eq!(server.get("/api/properties/9/").await.json()["title"], json!(winner));
        }
    }

    async fn a_bulk_edit_reports_the_rows_that_it_leaves_alone(server: Server) {
        server.patch("/api/properties/3/", json!({"title": "Edited since"})).await;
        server.patch("/api/properties/4/", json!({"status": "pending"})).await;
        let patch = async |body: Value| server.edit(Method::PATCH, "/api/properties/", &[], body).await;
        let done = patch(json!({"fields": {"status": "pending"}, "rows": [
            {"id": 2, "version": 1}, {"id": 3, "version": 1}, {"id": 4}, {"id": 4}, {"id": 9_999_999, "version": 1},
        ]})).await.json();
        assert_eq!((done["edited"].as_u64(), done["unchanged"].as_u64()), (Some(1), Some(1)), "{done}");
        assert_eq!(done["refused"], json!([
            {"id": 3, "title": "Edited since", "why": "was edited in the meantime"},
            {"id": 9_999_999, "title": "", "why": "is not there any more"},
        ]));
        // A whole filter, as it was when the editor saw it.
        let seen = server.number("SELECT revision FROM revision_counter").await;
        server.patch("/api/properties/5/", json!({"title": "Later", "status": "sold"})).await;
        server.patch("/api/properties/6/", json!({"status": "sold"})).await;
        let sold = server.number("SELECT count(*) FROM properties WHERE status = 'sold'").await;
        let done = patch(json!({"fields": {"status": "withdrawn"}, "where": "status=sold", "as_of": seen})).await.json();
        assert_eq!(done["edited"].as_i64(), Some(sold - 2), "{done}");
        assert_eq!(done["refused"].as_array().map(Vec::len), Some(2));
        for (body, status) in [
            (json!({"fields": {"price": "x"}, "rows": [{"id": 2}]}), 200),
            (json!({"fields": {"price": "1"}}), 400),
            (json!({"fields": {"price": "1"}, "rows": [], "where": ""}), 400),
            (json!({"fields": {"price": "1"}, "where": "bedrooms=many"}), 400),
            (json!({"rows": [{"id": 2}]}), 400),
            (json!([]), 400),
        ] {
            assert_eq!(patch(body.clone()).await.status.as_u16(), status, "{body}");
        }
        let many: Vec<Value> = (1..=10_001).map(|id| json!({"id": id})).collect();
        let refused = patch(json!({"fields": {"price": "1"}, "rows": many})).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.text().contains("at most 10000 rows"), "{}", refused.text());
    }

    async fn what_was_created_or_removed_can_be_undone(server: Server) {
        let answer = server.edit(Method::POST, "/api/recipes/", &[], json!({
            "title": "Toast", "description": "Bread.", "cuisine": "British Isles", "course": "breakfast", "diets": [], "tags": [],
            "ingredients": ["bread"], "difficulty": "easy", "prep_time": 5, "cook_time": 0, "servings": 1, "steps": ["Toast."],
            "nutrition": {"calories": 1, "protein": 1, "fat": 1, "saturated_fat": 1, "carbohydrate": 1, "fiber": 1, "sugar": 1, "sodium": 1},
        })).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let (id, revision) = (answer.json()["id"].clone(), answer.header("hearth-revision").to_owned());
        let path = format!("/api/recipes/{id}/");
        assert_eq!(server.get(&path).await.json()["cuisine"], "british-isles");
        let undo = async |revision: &str| {
            let answer = server.edit(Method::POST, &format!("/api/edits/{revision}/undo/"), &[], Value::Null).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            answer
        };
        undo(&revision).await;
        assert_eq!(server.get(&path).await.status, StatusCode::NOT_FOUND);

        let before = server.get("/api/recipes/7/").await.json();
        let removed = server.edit(Method::DELETE, "/api/recipes/7/", &[], Value::Null).await;
        assert_eq!(server.get("/api/recipes/7/").await.status, StatusCode::NOT_FOUND);
        undo(removed.header("hearth-revision")).await;
        let mut after = server.get("/api/recipes/7/").await.json();
        assert!(after["version"].as_i64() > before["version"].as_i64());
        for follows in ["version", "updated_at", "view_count"] {
            after[follows] = before[follows].clone();
        }
        assert_eq!(after, before);
        // An edit of an office is undone in the homes that show it.
        let home = server.get("/api/properties/7/").await.json();
        let office = &home["agent"]["office"];
        let renamed = server.patch(&format!("/api/offices/{}/", office["id"]), json!({"name": "Renamed"})).await;
        assert_eq!(server.get("/api/properties/7/").await.json()["agent"]["office"]["name"], "Renamed");
        undo(renamed.header("hearth-revision")).await;
        assert_eq!(server.get("/api/properties/7/").await.json()["agent"]["office"]["name"], office["name"]);
    }
}

async fn a_thousand_rows_are_edited_in_one_transaction_and_back(on: On) {
    let amounts = Amounts {
        properties: 1_500,
        recipes: 10,
    };
    let Some(server) = Server::with(on, amounts).await else {
        return;
    };
    let shown = async || {
        let mut said = Vec::new();
        for path in [
            "/properties",
            "/properties?sort=price&page=2",
            "/api/properties/facets/",
            "/api/properties/count/?max_price=400000",
        ] {
            said.push(server.get(path).await.text());
        }
        said
    };
    let before = shown().await;
    let prices = "SELECT CAST(sum(price_cents * (id % 1000)) AS bigint) FROM properties";
    let sum = server.number(prices).await;
    let revision = server.number("SELECT revision FROM revision_counter").await;
    let rows: Vec<Value> = (1..=1_000)
        .map(|id| json!({"id": id, "version": 1}))
        .collect();
    let answer = server
        .edit(
            Method::PATCH,
            "/api/properties/",
            &[],
            json!({"fields": {"price": "12345"}, "rows": rows}),
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let done = answer.json();
    assert_eq!(
        (
            done["edited"].as_u64(),
            done["refused"].as_array().map(Vec::len)
        ),
        (Some(1_000), Some(0)),
        "{done}"
    );
    let taken = server.number("SELECT revision FROM revision_counter").await - revision;
    assert_eq!(
        taken,
        if server.on() == On::Postgres {
            1
        } else {
            1_000
        }
    );
    assert_eq!(
        answer.header("hearth-revision"),
        (revision + taken).to_string()
    );
    assert_eq!(
        server
            .number("SELECT count(*) FROM properties WHERE price_cents = 1234500")
            .await,
        1_000
    );
    assert_ne!(shown().await, before);

    // A row that somebody has edited since stays as that editor left it.
    let undo = answer.header("hearth-undo").to_owned();
    server
        .patch("/api/properties/500/", json!({"price": "99"}))
        .await;
    let answer = server.edit(Method::POST, &undo, &[], Value::Null).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let undone = answer.json();
    assert_eq!(undone["edited"], 999, "{undone}");
    assert_eq!(
        (
            undone["refused"][0]["id"].as_i64(),
            undone["refused"][0]["why"].as_str()
        ),
        (Some(500), Some("was edited in the meantime"))
    );
    // What was undone can be undone: that is the edit again, and its undoing.
    let again = server
        .edit(
            Method::POST,
            &format!("/api/edits/{}/undo/", undone["revision"]),
            &[],
            Value::Null,
        )
        .await
        .json();
    assert_eq!(again["edited"], 999);
    let back = server
        .edit(
            Method::POST,
            &format!("/api/edits/{}/undo/", again["revision"]),
            &[],
            Value::Null,
        )
        .await
        .json();
    assert_eq!(back["edited"], 999);
    let price: i64 = server
        .number("SELECT price_cents FROM properties WHERE id = 500")
        .await;
    assert_eq!(price, 9_900);
    let old = server.number("SELECT CAST(before ->> 'price_cents' AS bigint) FROM change_log WHERE id = 500 AND catalogue = 'properties' ORDER BY seq LIMIT 1").await;
    server
        .patch(
            "/api/properties/500/",
            json!({"price": format!("{}.{:02}", old / 100, old % 100)}),
        )
        .await;
    assert_eq!(server.number(prices).await, sum);
    assert_eq!(shown().await, before);
    let nothing = server
        .edit(Method::POST, "/api/edits/999999999/undo/", &[], Value::Null)
        .await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_rows_on_sqlite() {
    a_thousand_rows_are_edited_in_one_transaction_and_back(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_rows_on_postgres() {
    a_thousand_rows_are_edited_in_one_transaction_and_back(On::Postgres).await;
}

/// What one node has acknowledged is in the next answer of the other: the list, the facets, the sitemap
/// and the home's own page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_node_shows_a_published_home_and_hides_it_again() {
    let Some(first) = Server::start(On::Postgres).await else {
        return;
    };
    let second = first.another_node().await;
    let row = created(&first, "/api/properties/", home("The zinc atelier")).await;
    let (id, city) = (
        row["id"].as_i64().unwrap(),
        row["location"]["city"].as_str().unwrap(),
    );
    let city = city.to_lowercase().replace(' ', "-");
    let paths = [
        format!("/api/properties/?city={city}&property_type=loft&page_size=100"),
        format!("/api/properties/facets/?city={city}"),
        format!("/properties?city={city}&property_type=loft"),
        "/sitemap/properties-1.xml".to_owned(),
        format!("/properties/{id}"),
    ];
    let shown = async || {
        let mut said = Vec::new();
        for path in &paths {
            let headers = [("host", "homes.test")];
            let answer = second.send(Method::GET, path, &headers, Vec::new()).await;
            said.push((answer.status, answer.text()));
        }
        said
    };
    let hidden = shown().await;
    assert_eq!(hidden[4].0, StatusCode::NOT_FOUND);
    for round in 0..5 {
        set_status(&first, id, "active").await;
        let published = shown().await;
        for ((path, before), now) in paths.iter().zip(&hidden).zip(&published) {
            assert_ne!(before, now, "{path} in round {round}");
        }
        assert_eq!(published[4].0, StatusCode::OK);
        set_status(&first, id, "draft").await;
        assert_eq!(shown().await, hidden, "round {round}");
    }
}
