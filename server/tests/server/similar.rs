//! A home's similar homes, compared with brute force, and its price history; edits that change them
//! touch them.

use catalogue::{
    Price,
    normalizer::token,
    properties::{Property, SCHEMA},
};
use serde_json::json;
use site::{AnyAsk, History, Similar};

use crate::{declared::every_home, on_both, support::Server};

fn cents(home: &Property) -> i64 {
    home.price.replace('.', "").parse().unwrap()
}

/// The ask for similar homes on the home's page.
fn similar_to(home: &Property) -> AnyAsk {
    Similar::to(home).unwrap().into()
}

fn history_of(id: i64) -> AnyAsk {
    History {
        schema: &SCHEMA,
        id,
    }
    .into()
}

async fn similar(server: &Server, home: &Property) -> Vec<i64> {
    let answer = server.tiers.answer(&similar_to(home)).await.ok().unwrap();
    let rows: Vec<Property> = serde_json::from_slice(answer.entry.body.content()).unwrap();
    let ids: Vec<i64> = rows.iter().map(|home| home.id).collect();
    assert_eq!(answer.entry.shows.to_vec(), ids);
    ids
}

/// An independent implementation of the page's words: homes of the same city and type, for sale, at
/// most a fifth cheaper or more expensive, without the home itself; the nearest prices first.
fn by_brute_force(homes: &[Property], home: &Property) -> Vec<i64> {
    let price = cents(home);
    let mut alike: Vec<&Property> = homes
        .iter()
        .filter(|other| {
            other.id != home.id
                && other.status == "active"
                && token(&other.location.city) == token(&home.location.city)
                && other.property_type == home.property_type
                && cents(other) * 5 >= price * 4
                && cents(other) * 5 <= price * 6
        })
        .collect();
    alike.sort_by_key(|other| (cents(other).abs_diff(price), other.id));
    alike.iter().take(4).map(|other| other.id).collect()
}

async fn home(server: &Server, id: i64) -> Property {
    let answer = server.get(&format!("/api/properties/{id}/")).await;
    serde_json::from_slice(&answer.body).unwrap()
}

async fn history(server: &Server, id: i64) -> Vec<String> {
    let answer = server.tiers.answer(&history_of(id)).await;
    let answer = answer.ok().unwrap();
    let prices: Vec<Price> = serde_json::from_slice(answer.entry.body.content()).unwrap();
    prices.into_iter().map(|price| price.price).collect()
}

on_both! {
    async fn similar_homes_equal_brute_force(server: Server) {
        let homes = every_home(&server).await;
        let mut found = 0;
        for home in &homes {
            let expect = by_brute_force(&homes, home);
            assert_eq!(similar(&server, home).await, expect, "of home {}", home.id);
            found += expect.len();
        }
        assert!(found > 100, "{found} similar homes of {}", homes.len());
    }

    async fn every_edit_that_changes_similar_homes_touches_the_answer(server: Server) {
        let homes = every_home(&server).await;
        // Homes that have several similar ones, of which the edits change the first.
        let chosen: Vec<&Property> = homes.iter().filter(|home| by_brute_force(&homes, home).len() > 1).take(8).collect();
        assert_eq!(chosen.len(), 8);
        let mut changed = 0;
        for home in chosen {
            let other = by_brute_force(&homes, home)[0];
            for edit in [
                json!({"price": format!("{}.07", cents(home) / 100)}),
                json!({"price": "1.00"}),
                json!({"price": format!("{}.00", cents(home) / 120)}),
                json!({"status": "sold"}),
                json!({"status": "active", "property_type": "house"}),
                json!({"property_type": home.property_type}),
                json!({"title": "Seen on every card"}),
            ] {
                let before = similar(&server, home).await;
                server.patch(&format!("/api/properties/{other}/"), edit.clone()).await;
                let now = every_home(&server).await;
                let expect = by_brute_force(&now, home);
                assert_eq!(similar(&server, home).await, expect, "of {} after {edit}", home.id);
                changed += usize::from(before != expect);
            }
        }
        assert!(changed > 8, "only {changed} edits changed the answer");
    }

    async fn edits_elsewhere_leave_similar_homes_alone(server: Server) {
        let homes = every_home(&server).await;
        let home = homes.iter().find(|home| by_brute_force(&homes, home).len() == 4).unwrap();
        let far = homes.iter().find(|far| far.location.city != home.location.city).unwrap();
        similar(&server, home).await;
        server.patch(&format!("/api/properties/{}/", far.id), json!({"price": "123456.00"})).await;
        let ask = similar_to(home);
        assert!(server.tiers.cached(&ask).is_some());
    }

    async fn a_history_is_every_price_that_a_home_has_had(server: Server) {
        let mut expect = vec![home(&server, 7).await.price];
        assert_eq!(history(&server, 7).await, expect);
        for price in ["500000.00", "480000.50", "480000.50", "520000.00"] {
            server.patch("/api/properties/7/", json!({"price": price})).await;
            if expect.last().is_none_or(|last| last != price) {
                expect.push(price.to_owned());
            }
            assert_eq!(history(&server, 7).await, expect);
        }
        // Edits from any source count, but not edits of anything else.
        server.patch("/api/properties/7/", json!({"title": "Another name"})).await;
        server.sql("UPDATE properties SET price_cents = 51000000 WHERE id = 7").await;
        server.sql("UPDATE agents SET name = 'Another' WHERE id = (SELECT agent_id FROM properties WHERE id = 7)").await;
        server.caught_up().await;
        expect.push("510000.00".to_owned());
        assert_eq!(history(&server, 7).await, expect);
        assert!(server.get("/properties/7").await.text().contains("$480,000.50"));
    }

    async fn a_home_that_is_inserted_again_has_a_new_history(server: Server) {
        server.patch("/api/properties/7/", json!({"price": "480000"})).await;
        server.sql("DELETE FROM properties WHERE id = 7").await;
        server.caught_up().await;
        let answer = server.tiers.answer(&history_of(7)).await.ok().unwrap();
        assert!(!answer.entry.body.found());
        server.sql(
            "INSERT INTO properties (id, title, description, property_type, price_cents, bedrooms, quarter_baths, area, \
             year_built, address, latitude, longitude, location_id, agent_id, created_at, updated_at) \
             VALUES (7, 'New', 'New.', 'house', 100, 1, 2, 50, 2000, '1 New St', 0, 0, 1, 1, 0, 0)",
        ).await;
        server.caught_up().await;
        assert_eq!(history(&server, 7).await, ["1.00"]);
    }
}
