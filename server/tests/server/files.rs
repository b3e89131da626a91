//! Files that people have: a county's sales, a published recipe. Whatever is unusual in them is stored
//! as it is, found, and shown without a false word.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::{on_both, support::Server};

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Stores the sales as a script would, and returns their ids.
async fn load_sales(server: &Server) -> Vec<HashMap<String, String>> {
    let mut file = csv::Reader::from_reader(include_str!("files/sales.csv").as_bytes());
    let sales: Vec<HashMap<String, String>> = file.deserialize().map(Result::unwrap).collect();
    for (place, sale) in sales.iter().enumerate() {
        let id = 9_000 + place;
        let text = |name: &str| quoted(&sale[name]);
        let cents = format!(
            "{:.0}",
            sale["PRICE"]
                .replace(['$', ','], "")
                .parse::<f64>()
                .unwrap()
                * 100.0
        );
        let quarters = sale["BATHS"].parse::<f64>().unwrap() * 4.0;
        server.sql(&format!(
            "INSERT INTO locations (id, city, state, district, postal_code, latitude, longitude)
             VALUES ({id}, {}, {}, 'Center', {}, 40.0, -90.0)", text("CITY"), text("STATE"), text("ZIP"))).await;
        server.sql(&format!(
            "INSERT INTO properties (id, title, description, property_type, status, price_cents, bedrooms, quarter_baths, area,
               year_built, address, latitude, longitude, location_id, agent_id, created_at, updated_at)
             VALUES ({id}, {street}, {street}, {}, lower({}), {cents}, {}, {quarters}, {}, {}, {street}, 40.0, -90.0, {id},
               (SELECT min(id) FROM agents), 0, 0)",
            text("KIND"), text("STATUS"), sale["BEDS"], sale["AREA"], sale["YEAR"], street = text("STREET"))).await;
    }
    server.caught_up().await;
    sales
}

on_both! {
    async fn sales_of_a_county_are_found_and_shown(server: Server) {
        let before = server.get("/api/properties/?city=san-jose&status=any").await.json()["count"].as_u64().unwrap();
        let sales = load_sales(&server).await;
        for (place, sale) in sales.iter().enumerate() {
            let id = 9_000 + place;
            let home = server.get(&format!("/api/properties/{id}/")).await.json();
            assert_eq!((&home["address"], &home["location"]["city"]), (&json!(sale["STREET"]), &json!(sale["CITY"])));
            let page = server.get(&format!("/properties/{id}")).await;
            assert_eq!(page.status, 200, "{sale:?}");
            let text = page.text();
            // What is zero in the file is not known.
            for (column, name) in [("AREA", "Living area"), ("YEAR", "Built in"), ("AREA", "Price per m²")] {
                assert_eq!(text.contains(name), sale[column] != "0", "{name} of {sale:?}");
            }
            assert!(!text.contains(" 0 m²") && !text.contains(">0 m²") && !text.contains("Studio · 0"), "{sale:?}");
        }
        // One place in capitals, with and without accents, by code and by name.
        let found = server.get("/api/properties/?city=san+jose&state=ca&status=any").await.json();
        assert_eq!(found["count"], before + 2);
        for (city, name) in [
            ("COEUR+D%E2%80%99ALENE", "coeur d'alene"),
            ("winston-salem", "winston-salem"),
            ("St.+Louis", "st. louis"),
        ] {
            // Other rows may spell the same place in small letters.
            let page = server.get(&format!("/properties?city={city}&status=any")).await.text();
            let page = page.replace("&#x27;", "'").to_lowercase();
            assert!(page.contains(&format!("<h1>homes of any status in {name}</h1>")), "{name}");
        }
        let lots = server.get("/api/properties/?max_bedrooms=0&max_bathrooms=0&max_price=85k").await.json();
        assert_eq!(lots["results"][0]["id"], 9_001);
    }

    async fn a_published_recipe_can_be_stored_and_shown(server: Server) {
        let file: Value = serde_json::from_str(include_str!("files/recipe.json")).unwrap();
        let sections = file["recipeInstructions"].as_array().unwrap().iter();
        let steps: Vec<&Value> = sections.flat_map(|section| section["itemListElement"].as_array().unwrap()).collect();
        let steps: Vec<&str> = steps.into_iter().map(|step| step["text"].as_str().unwrap()).collect();
        let edit = json!({
            "title": file["name"], "description": file["description"], "ingredients": file["recipeIngredient"],
            "amounts": file["recipeIngredient"], "diets": file["keywords"], "prep_time": 20, "cook_time": 75, "servings": 2, "steps": steps,
        });
        let answer = server.patch("/api/recipes/7/", edit).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let recipe = server.get("/api/recipes/7/").await.json();
        assert_eq!(recipe["title"], file["name"]);
        assert_eq!(recipe["steps"].as_array().unwrap().len(), 3);
        assert_eq!(recipe["steps"][0], "Heat the oven to 150 °C (300 °F). Warm the cream.");
        assert_eq!(recipe["diets"], json!(["gluten-free", "vegetarian"]));
        // A comma within an ingredient does not make two of it.
        assert_eq!(recipe["ingredients"].as_array().unwrap().len(), 4);
        assert_eq!((&recipe["amounts"], &recipe["total_time"]), (&file["recipeIngredient"], &json!(95)));
        let page = server.get("/recipes/7").await.text();
        assert!(page.contains("1 hour 35 minutes") && page.contains("&lt;b&gt;Rich&lt;/b&gt; &amp; simple"), "{page}");
        for q in ["creme%20brulee", "grand%20mere", "%C2%BD%20batch", "vegetarian"] {
            let found = server.get(&format!("/api/recipes/?q={q}")).await.json();
            let ids = found["results"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap());
            assert!(q == "vegetarian" || ids.collect::<Vec<_>>().contains(&7), "{q}");
        }
        // What the API gives can be sent back.
        let again = server.patch("/api/recipes/7/", recipe.clone()).await;
        assert_eq!(again.status, 200, "{}", again.text());
        assert_eq!(server.get("/api/recipes/7/").await.json()["version"], recipe["version"]);
    }
}
