//! What pages say in schema.org's vocabulary, checked against its definitions (`schema_org.json`).

use std::{collections::HashMap, sync::LazyLock};

use axum::http::Method;
use serde::Deserialize;
use serde_json::Value;

use crate::{on_both, support::Server};

#[derive(Deserialize)]
struct Vocabulary {
    /// The types that each type is a kind of.
    types: HashMap<String, Vec<String>>,
    properties: HashMap<String, Property>,
    enumerations: HashMap<String, Vec<String>>,
    required: HashMap<String, Vec<String>>,
    /// What Google recommends besides.
    recommended: HashMap<String, Vec<String>>,
    /// What Google recommends and Hearth has not: a page that claimed it would lie.
    left_out: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Property {
    /// The types that may have it.
    of: Vec<String>,
    /// The types of its values.
    expects: Vec<String>,
}

static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| serde_json::from_str(include_str!("schema_org.json")).unwrap());

impl Vocabulary {
    fn is_kind_of(&self, kind: &str, of: &str) -> bool {
        let parents = self
            .types
            .get(kind)
            .unwrap_or_else(|| panic!("{kind} is no type"));
        kind == of || parents.iter().any(|parent| self.is_kind_of(parent, of))
    }

    fn check_thing(&self, at: &str, thing: &Value) {
        let kind = thing["@type"]
            .as_str()
            .unwrap_or_else(|| panic!("{at}: no type"));
        for required in self.required.get(kind).into_iter().flatten() {
            assert!(
                thing.get(required).is_some(),
                "{at}: {kind} without {required}"
            );
        }
        for (name, value) in thing.as_object().unwrap() {
            if name.starts_with('@') {
                continue;
            }
            let at = format!("{at}.{name}");
            let property = self
                .properties
                .get(name)
                .unwrap_or_else(|| panic!("{at}: no such property"));
            assert!(
                property.of.iter().any(|of| self.is_kind_of(kind, of)),
                "{at}: not of {kind}"
            );
            let values = match value {
                Value::Array(values) => values.as_slice(),
                value => std::slice::from_ref(value),
            };
            assert!(!values.is_empty(), "{at}: no values");
            for value in values {
                let fits = property
                    .expects
                    .iter()
                    .any(|expected| self.fits(expected, value));
                assert!(fits, "{at}: {value} is none of {:?}", property.expects);
                if value.is_object() {
                    self.check_thing(&at, value);
                }
            }
        }
    }

    fn fits(&self, expected: &str, value: &Value) -> bool {
        let text = value.as_str().unwrap_or_default();
        let digits = |from: usize, to: usize| {
            text.get(from..to)
                .is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        match expected {
            "Text" => !text.trim().is_empty(),
            "URL" => {
                text.starts_with("https://") || text.starts_with("http://") || text.starts_with('/')
            }
            "Number" => value.is_number(),
            "Integer" => value.is_i64(),
            "Date" => text.len() == 10 && digits(0, 4) && digits(5, 7) && digits(8, 10),
            "Energy" => text.strip_suffix(" calories").is_some_and(is_number),
            "Mass" => ["g", "mg"].iter().any(|unit| {
                text.strip_suffix(unit)
                    .is_some_and(|number| is_number(number.trim_end()))
            }),
            // ISO 8601, hours and minutes at most.
            "Duration" => text.strip_prefix("PT").is_some_and(|time| {
                !time.is_empty()
                    && time
                        .bytes()
                        .all(|byte| byte.is_ascii_digit() || b"HM".contains(&byte))
            }),
            _ if self.enumerations.contains_key(expected) => text
                .strip_prefix("https://schema.org/")
                .is_some_and(|member| {
                    self.enumerations[expected]
                        .iter()
                        .any(|known| known == member)
                }),
            _ => value["@type"].as_str().is_some_and(|kind| {
                self.types.contains_key(expected) && self.is_kind_of(kind, expected)
            }),
        }
    }
}

fn is_number(text: &str) -> bool {
    text.parse::<u32>().is_ok()
}

/// The linked data of a page.
pub(crate) async fn data(server: &Server, address: &str) -> Value {
    let page = server.get(address).await.text();
    let (_, script) = page
        .split_once("type=\"application/ld+json\"")
        .unwrap_or_else(|| panic!("{address}: {page}"));
    let (_, script) = script.split_once('>').unwrap();
    let script = script.split("</script>").next().unwrap();
    serde_json::from_str(script).unwrap_or_else(|error| panic!("{error} in {script}"))
}

on_both! {
    async fn every_page_speaks_the_vocabulary(server: Server) {
        for status in ["active", "pending", "sold"] {
            server.sql(&format!("UPDATE properties SET status = '{status}', quarter_baths = id % 13 WHERE id % 3 = {}",
                ["active", "pending", "sold"].iter().position(|it| *it == status).unwrap())).await;
        }
        for id in 1..=30 {
            for catalogue in catalogue::all() {
                let address = format!("/{}/{id}", catalogue.name());
                VOCABULARY.check_thing(&address, &data(&server, &address).await);
            }
        }
    }

    async fn recipes_have_all_that_search_engines_recommend(server: Server) {
        let list = |of: &HashMap<String, Vec<String>>, kind: &str| of.get(kind).cloned().unwrap_or_default();
        for id in 1..=40 {
            let data = data(&server, &format!("/recipes/{id}")).await;
            let recipe = server.get(&format!("/api/recipes/{id}/")).await.json();
            let steps = data["recipeInstructions"].as_array().unwrap();
            let things = std::iter::once((&data, "Recipe")).chain(steps.iter().map(|step| (step, "HowToStep")));
            for (thing, kind) in things {
                for name in list(&VOCABULARY.recommended, kind) {
                    assert!(!thing[&name].is_null(), "{kind} {id} without {name}");
                }
                for name in list(&VOCABULARY.left_out, kind) {
                    assert!(thing[&name].is_null(), "{kind} {id} with {name}");
                }
            }
            assert_eq!(data["recipeIngredient"], recipe["amounts"], "{id}");
            assert_eq!(data["recipeCategory"].as_str().unwrap().to_lowercase(), recipe["course"], "{id}");
            assert_eq!(data["nutrition"]["calories"], format!("{} calories", recipe["nutrition"]["calories"]), "{id}");
            let minutes = |name: &str| {
                let text = data[name].as_str().unwrap().trim_start_matches("PT");
                let (hours, rest) = text.split_once('H').unwrap_or(("0", text));
                hours.parse::<i64>().unwrap() * 60 + rest.trim_end_matches('M').parse::<i64>().unwrap_or(0)
            };
            assert_eq!(minutes("totalTime"), minutes("prepTime") + minutes("cookTime"), "{id}");
            assert_eq!(minutes("totalTime"), recipe["total_time"].as_i64().unwrap(), "{id}");
            // The anchors of the steps are on the page.
            let page = server.get(&format!("/recipes/{id}")).await.text();
            for step in steps {
                let (_, anchor) = step["url"].as_str().unwrap().split_once('#').unwrap();
                assert!(page.contains(&format!("id=\"{anchor}\"")), "{id}: {anchor}");
            }
            let is_vegan = recipe["diets"].as_array().unwrap().iter().any(|diet| diet == "vegan");
            let says_so = data["suitableForDiet"].to_string().contains("VeganDiet");
            assert_eq!(is_vegan, says_so, "{id}");
        }
        // Of a recipe of which nothing more is known, nothing is claimed.
        server.sql("UPDATE recipes SET amounts = '', cook_time = 0, calories = 0, tag_keys = ',', diet_keys = ',' WHERE id = 3").await;
        server.caught_up().await;
        let bare = data(&server, "/recipes/3").await;
        VOCABULARY.check_thing("bare", &bare);
        for name in ["prepTime", "cookTime", "nutrition", "keywords", "suitableForDiet"] {
            assert!(bare[name].is_null(), "{name}: {bare}");
        }
        assert!(!bare["recipeIngredient"].as_array().unwrap().is_empty(), "{bare}");
    }

    async fn bathrooms_are_counted_as_the_vocabulary_does(server: Server) {
        for (quarters, counts) in [(0, [0, 0, 0]), (2, [1, 0, 1]), (4, [1, 1, 0]), (7, [2, 1, 1]), (10, [3, 2, 1])] {
            server.sql(&format!("UPDATE properties SET quarter_baths = {quarters} WHERE id = 7")).await;
            server.caught_up().await;
            let home = &data(&server, "/properties/7").await["mainEntity"];
            let names = ["numberOfBathroomsTotal", "numberOfFullBathrooms", "numberOfPartialBathrooms"];
            assert_eq!(names.map(|name| home[name].as_i64().unwrap()), counts, "{quarters} quarters");
        }
    }

    async fn a_recipe_has_a_picture_that_other_sites_can_show(server: Server) {
        let page = server.get("/recipes/7").await.text();
        assert!(page.contains("property=\"og:image\" content=\"/recipes/7/picture.png\""), "{page}");
        let picture = server.get("/recipes/7/picture.png").await;
        assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, "image/png"));
        assert_eq!(picture.body[..8], *b"\x89PNG\r\n\x1a\n");
        let number = |at: usize| u32::from_be_bytes(picture.body[at..at + 4].try_into().unwrap());
        assert_eq!((number(16), number(20)), (1200, 630));
        // Not of one color: there is something on the plate.
        assert!(picture.body.len() > 10_000, "{} bytes", picture.body.len());
        let etag = picture.header("etag").to_owned();
        let again = server.send(Method::GET, "/recipes/7/picture.png", &[("if-none-match", &etag)], Vec::new()).await;
        assert_eq!(again.status, 304);
        for missing in ["/recipes/987654321/picture.png", "/recipes/x/picture.png"] {
            assert_eq!(server.get(missing).await.status, 404, "{missing}");
        }
    }
}
