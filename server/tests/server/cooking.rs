//! Recipes for other numbers of people, and cook's mode.

use axum::http::StatusCode;
use catalogue::recipes::amount::{Amount, scale};
use serde_json::{Value, json};

use crate::{on_both, support::Answer};

fn is_hit(answer: &Answer) -> bool {
    answer
        .header("cache-status")
        .starts_with("hearth-memory; hit")
}

fn lines(recipe: &Value) -> Vec<&str> {
    let lines = recipe["amounts"].as_array().expect("amounts");
    lines.iter().filter_map(Value::as_str).collect()
}

on_both! {
    async fn spellings_of_one_number_of_people_share_one_page(server: Server) {
        for path in ["/recipes/7", "/recipes/7/cook"] {
            let first = server.get(&format!("{path}?servings=9")).await;
            let again = server.get(&format!("{path}?utm_source=x&Servings=%2009.0")).await;
            assert_eq!((first.status, &first.body), (StatusCode::OK, &again.body), "{path}");
            assert!(is_hit(&again), "{path}");
            assert_eq!(again.header("link"), format!("<{path}?servings=9>; rel=\"canonical\""));
            // For search engines, all of them are the recipe.
            assert!(first.text().contains("/recipes/7\" rel=\"canonical\"") || first.text().contains("rel=\"canonical\" href=\"/recipes/7\""), "{path}");
        }
    }

    async fn amounts_are_for_as_many_people_as_the_address_says(server: Server) {
        let recipe = server.get("/api/recipes/7/").await.json();
        let servings = u32::try_from(recipe["servings"].as_u64().unwrap()).unwrap();
        let lines = lines(&recipe);
        assert!(lines.len() > 3, "{lines:?}");
        for wanted in [1, servings * 2, 99] {
            for path in ["/recipes/7", "/recipes/7/cook"] {
                let page = server.get(&format!("{path}?servings={wanted}")).await.text();
                for line in &lines {
                    let scaled = scale(line, servings, wanted);
                    let measure = Amount::parse(&scaled).measure();
                    // Nobody measures the salt.
                    let is_shown = page.contains(&format!("<b class=\"measure\">{measure}</b>"));
                    assert!(measure.is_empty() || is_shown, "{scaled} on {path}");
                }
            }
        }
        // As it was written, its own number says nothing.
        let own = server.get("/recipes/7").await.text();
        assert!(!own.contains(&format!("servings={servings}\"")), "the recipe's own number in an address");
    }

    async fn an_invalid_number_of_people_is_a_400_that_names_it(server: Server) {
        for path in ["/recipes/7?servings=0", "/recipes/7?servings=100", "/recipes/7/cook?servings=many"] {
            let refused = server.get(path).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{path}");
            assert!(refused.text().contains("id=\"servings-error\""), "{path}");
            assert_eq!(refused.header("cache-control"), "no-store");
        }
        assert_eq!(server.get("/recipes/99999?servings=2").await.status, StatusCode::NOT_FOUND);
        assert_eq!(server.get("/recipes/99999/cook").await.status, StatusCode::NOT_FOUND);
    }

    async fn an_edit_of_a_recipe_is_seen_in_all_of_its_pages_and_no_others(server: Server) {
        let pages = ["/recipes/7", "/recipes/7?servings=9", "/recipes/7/cook", "/saved/recipes?ids=7,8"];
        for page in pages.iter().chain(&["/recipes/9/cook"]) {
            assert_eq!(server.get(page).await.status, StatusCode::OK, "{page}");
            assert!(is_hit(&server.get(page).await), "{page}");
        }
        server.patch("/api/recipes/7/", json!({"title": "Soup of the day"})).await;
        for page in pages {
            assert!(server.get(page).await.text().contains("Soup of the day"), "{page}");
        }
        assert!(is_hit(&server.get("/recipes/9/cook").await));
    }
}
