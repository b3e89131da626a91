//! Texts of all scripts through everything that handles them: edit, page, excerpt, linked data,
//! search and order.

use serde_json::json;

use crate::{linked_data, on_both};

/// A text, and a word by which it is found.
const TEXTS: [(&str, &str); 12] = [
    (
        "Donaudampfschifffahrtsgesellschaftskapitänskajütentürschlüssel",
        "donaudampfschiff",
    ),
    ("بيت جميل قرب البحر", "جميل"),
    ("בית ‏(Haifa)‎ יפה", "haifa"),
    ("Zürich, Café Ångström", "cafe angstrom"),
    ("Cafe\u{301} Zu\u{308}rich", "café"),
    ("Ｆｕｌｌ ｗｉｄｔｈ １２３", "full width 123"),
    ("½ bath, ⅓ acre, 3¼ stories", "acre"),
    ("House 🏡👩‍👩‍👧‍👦 for a family 🇺🇸", "family"),
    ("東京の静かな家", "東京の静かな家"),
    ("서울의 한옥", "한옥"),
    ("İstanbul'da ev", "istanbul"),
    ("“Quotes” & <tags> — dashes…", "tags"),
];

/// A text as HTML has it.
fn in_html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

on_both! {
    async fn texts_of_all_scripts_are_stored_found_and_shown(server: Server) {
        for (text, word) in TEXTS {
            let answer = server.patch("/api/properties/7/", json!({"title": text, "description": text})).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            let home = server.get("/api/properties/7/").await.json();
            assert_eq!((home["title"].as_str(), home["description"].as_str()), (Some(text), Some(text)));
            let page = server.get("/properties/7").await.text();
            assert!(page.contains(&in_html(text)), "{text}");
            let data = linked_data::data(&server, "/properties/7").await;
            assert_eq!((data["headline"].as_str(), data["description"].as_str()), (Some(text), Some(text)));
            let q: String = word.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let found = server.get(&format!("/api/properties/?q={q}&status=any&page_size=100")).await.json();
            let mut rows = found["results"].as_array().unwrap().iter();
            assert!(rows.any(|row| row["id"] == 7), "{word} in {text}");
            // As a token: what a row is called is what finds it.
            server.sql(&format!("UPDATE locations SET city = '{}' WHERE id = (SELECT location_id FROM properties WHERE id = 7)",
                text.replace('\'', "''"))).await;
            server.caught_up().await;
            let city: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
            // A comma separates the values of a set.
            let city = city.replace("%2C", "+");
            let list = server.get(&format!("/properties?city={city}&status=any")).await;
            assert_eq!(list.status, 200, "{text}");
            assert!(list.text().contains("id=\"row-7\""), "{text}");
        }
    }

    async fn an_excerpt_never_breaks_a_letter(server: Server) {
        for (letter, times) in [("👩‍👩‍👧‍👦", 300), ("e\u{301}", 400), ("한", 500), ("x", 9_000), ("नि", 400)] {
            let text = letter.repeat(times);
            server.patch("/api/properties/7/", json!({"description": text})).await;
            let page = server.get("/properties/7").await.text();
            let (_, meta) = page.split_once("name=\"description\" content=\"").unwrap();
            let excerpt = meta.split('"').next().unwrap();
            let whole = excerpt.strip_suffix('…').unwrap();
            assert_eq!(whole.replace(letter, ""), "", "{letter}");
            assert!(whole.len() >= letter.len() * 100, "{letter}: {}", whole.len());
        }
    }
}
