//! Two schemas like the real ones, so that the corpus reads like real requests.

use normalizer::{Parameter, Schema};

#[allow(dead_code)]
pub static PROPERTIES: Schema = Schema {
    catalogue: "properties",
    version: 1,
    parameters: &[
        Parameter::number("bathrooms", 0, 100)
            .default("0")
            .alias(&["baths"]),
        Parameter::integer("bedrooms", 0, 100)
            .default("0")
            .alias(&["beds"]),
        Parameter::tokens("city"),
        Parameter::money("max_price", 0, 1_000_000_000_000).alias(&["price_max"]),
        Parameter::money("min_price", 0, 1_000_000_000_000)
            .default("0")
            .alias(&["price_min"]),
        Parameter::choices(
            "property_type",
            &["apartment", "condo", "house", "land", "townhouse"],
        )
        .alias(&["type"]),
        Parameter::choice(
            "sort",
            &[
                "-created_at",
                "created_at",
                "price",
                "-price",
                "-view_count",
            ],
        )
        .default("-created_at"),
        Parameter::tokens("state").synonyms(&[("ca", "california"), ("tx", "texas")]),
        Parameter::choices("status", &["active", "pending", "sold"])
            .any("any")
            .default("active"),
    ],
    ranges: &[("min_price", "max_price")],
}
.checked();

#[allow(dead_code)]
pub static RECIPES: Schema = Schema {
    catalogue: "recipes",
    version: 1,
    parameters: &[
        Parameter::tokens("cuisine"),
        Parameter::tokens("diet"),
        Parameter::choices("difficulty", &["easy", "medium", "hard"]),
        Parameter::tokens("ingredients"),
        Parameter::tokens("without"),
        Parameter::tokens("tag"),
        Parameter::choices("course", &["main", "soup", "dessert"]),
        Parameter::integer("max_prep_time", 1, 10_000),
        Parameter::integer("max_total_time", 1, 10_000),
        Parameter::choice("sort", &["-created_at", "total_time", "prep_time", "title"])
            .default("-created_at"),
    ],
    ranges: &[],
}
.checked();
