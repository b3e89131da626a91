//! Recipes: what a request may filter and sort by, what a row shows, what an editor may set.

pub mod amount;

use std::time::Duration;

use normalizer::{Parameter, Schema};
use serde::{Deserialize, Serialize};

use crate::Lifetimes;
use crate::declaration::{
    Catalogue, Column, Combinations, Edit,
    Encoding::{Integer, Lines, Terms, Text, Timestamp},
    Facet, Field, Filter, Key, Offers, Sort, Storage, Test, version,
};

/// The difficulties that a recipe can have.
pub const DIFFICULTIES: &[&str] = &["easy", "medium", "hard"];

/// What a recipe can be in a meal.
pub const COURSES: &[&str] = &[
    "main",
    "starter",
    "soup",
    "salad",
    "side",
    "breakfast",
    "dessert",
];

/// Grams or kilocalories of a serving.
const PER_SERVING: Edit = Edit::number(0, 10_000);

/// The parameters that requests for recipes take.
pub static SCHEMA: Schema = Schema {
    catalogue: "recipes",
    version: version(3),
    parameters: &[
        Parameter::tokens("cuisine"),
        Parameter::tokens("diet"),
        Parameter::tokens("ingredients"),
        Parameter::tokens("without"),
        Parameter::tokens("tag"),
        Parameter::choices("course", COURSES),
        Parameter::choices("difficulty", DIFFICULTIES),
        Parameter::integer("max_prep_time", 0, 100_000),
        Parameter::integer("max_total_time", 0, 100_000),
        Parameter::choice("sort", &["-created_at", "total_time", "prep_time", "title"])
            .default("-created_at"),
    ],
    ranges: &[],
}
.checked();

/// Recipes hardly change: their lists stand for a day, beside a ranking that is five minutes old at
/// most.
pub const LIFETIMES: Lifetimes = Lifetimes {
    lists: Some(Duration::from_hours(24)),
    ..Lifetimes::USUAL
};

/// The declaration of recipes.
pub static RECIPES: Catalogue = Catalogue {
    schema: &SCHEMA,
    singular: "recipe",
    named: &["title"],
    joins: &[],
    fields: &[
        Field::new("id", "id", Integer),
        Field::new("title", "title", Text).editable(Edit::Text { most: 200 }),
        Field::new("description", "description", Text).editable(Edit::Text { most: 20_000 }),
        Field::new("cuisine", "cuisine", Text).editable(Edit::Token),
        Field::new("course", "course", Text).editable(Edit::Choice(COURSES)),
        Field::new("diets", "diet_keys", Terms).editable(Edit::Terms),
        Field::new("tags", "tag_keys", Terms).editable(Edit::Terms),
        Field::new("ingredients", "ingredient_keys", Terms).editable(Edit::Terms),
        Field::new("amounts", "amounts", Lines).editable(Edit::Lines {
            least: 0,
            most: 60,
            longest: 200,
        }),
        Field::new("difficulty", "difficulty", Text).editable(Edit::Choice(DIFFICULTIES)),
        Field::new("prep_time", "prep_time", Integer).editable(Edit::number(0, 100_000)),
        Field::new("cook_time", "cook_time", Integer).editable(Edit::number(0, 100_000)),
        Field::new("total_time", "total_time", Integer),
        Field::new("servings", "servings", Integer).editable(Edit::number(1, 1_000)),
        Field::new("nutrition.calories", "calories", Integer).editable(PER_SERVING),
        Field::new("nutrition.protein", "protein", Integer).editable(PER_SERVING),
        Field::new("nutrition.fat", "fat", Integer).editable(PER_SERVING),
        Field::new("nutrition.saturated_fat", "saturated_fat", Integer).editable(PER_SERVING),
        Field::new("nutrition.carbohydrate", "carbohydrate", Integer).editable(PER_SERVING),
        Field::new("nutrition.fiber", "fiber", Integer).editable(PER_SERVING),
        Field::new("nutrition.sugar", "sugar", Integer).editable(PER_SERVING),
        Field::new("nutrition.sodium", "sodium", Integer).editable(Edit::number(0, 100_000)),
        Field::new("steps", "steps", Lines).editable(Edit::Lines {
            least: 1,
            most: 60,
            longest: 1_000,
        }),
        Field::new("view_count", "view_count", Integer),
        Field::new("version", "version", Integer),
        Field::new("created_at", "created_at", Timestamp),
        Field::new("updated_at", "updated_at", Timestamp),
    ],
    columns: &[
        Column::new("cuisine", Storage::Text),
        Column::new("course", Storage::Text),
        Column::new("diet_keys", Storage::Terms),
        Column::new("tag_keys", Storage::Terms),
        Column::new("ingredient_keys", Storage::Terms),
        Column::new("difficulty", Storage::Text),
        Column::new("prep_time", Storage::Integer),
        Column::new("total_time", Storage::Integer).sum_of(&["prep_time", "cook_time"]),
        Column::new("created_at", Storage::Integer),
        Column::new("title", Storage::Text),
    ],
    filters: &[
        Filter::new("cuisine", "Cuisine", "cuisine", Test::OneOf),
        Filter::new("diet", "Diet", "diet_keys", Test::AllOf),
        Filter::new("ingredients", "Ingredients", "ingredient_keys", Test::AllOf).said("With {}"),
        Filter::new("without", "Without", "ingredient_keys", Test::NoneOf).said("Without {}"),
        Filter::new("course", "Course", "course", Test::OneOf),
        Filter::new("tag", "Tag", "tag_keys", Test::AllOf),
        Filter::new("difficulty", "Difficulty", "difficulty", Test::OneOf),
        Filter::new(
            "max_total_time",
            "Minutes at most",
            "total_time",
            Test::AtMost { unit: 1 },
        )
        .said("Up to {} min"),
        Filter::new(
            "max_prep_time",
            "Minutes of work at most",
            "prep_time",
            Test::AtMost { unit: 1 },
        )
        .said("Up to {} min of work"),
    ],
    facets: &[
        Facet::new(
            "max_total_time",
            "Time",
            "total_time",
            Offers::Bounds(&["15", "30", "45", "60", "90"]),
        ),
        Facet::new("course", "Course", "course", Offers::Choices(COURSES)),
        Facet::new(
            "difficulty",
            "Difficulty",
            "difficulty",
            Offers::Choices(DIFFICULTIES),
        ),
        Facet::new("diet", "Diet", "diet_keys", Offers::Commonest(8)),
        Facet::new(
            "ingredients",
            "Ingredients",
            "ingredient_keys",
            Offers::Commonest(10),
        ),
        Facet::new("cuisine", "Cuisine", "cuisine", Offers::Commonest(13)),
        Facet::new("tag", "Tags", "tag_keys", Offers::Commonest(8)),
        Facet::new(
            "max_prep_time",
            "Work",
            "prep_time",
            Offers::Bounds(&["10", "15", "20", "30"]),
        ),
    ],
    sorts: &[
        Sort::descending("-created_at", "Newest first", "created_at"),
        Sort::ascending("total_time", "Quickest first", "total_time"),
        Sort::ascending("prep_time", "Least work first", "prep_time"),
        Sort::ascending("title", "Title", "title_key").moved_by("title"),
    ],
    warmed: &[Combinations {
        of: &[
            (
                "cuisine",
                &["italian", "thai", "mexican", "chinese", "indian"],
            ),
            ("diet", &["vegan", "keto", "gluten-free", "paleo", ""]),
        ],
        page_size: Some(100),
    }],
    searched: &[
        "title",
        "description",
        "ingredient_keys",
        "cuisine",
        "tag_keys",
    ],
    keys: &[
        Key::token("cuisine"),
        Key::terms("diet_keys"),
        Key::terms("tag_keys"),
        Key::terms("ingredient_keys"),
        Key::folded("title_key", "title"),
    ],
    computed: &[],
    withdrawn: None,
    draft: None,
};

/// A recipe, as the API shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Its id.
    pub id: i64,
    /// The name of the dish.
    pub title: String,
    /// A paragraph about it.
    pub description: String,
    /// Its cuisine, as a token.
    pub cuisine: String,
    /// One of [`COURSES`].
    pub course: String,
    /// The diets that it suits, as tokens.
    pub diets: Vec<String>,
    /// What else people look for, as tokens: `weeknight`, `one-pan`.
    pub tags: Vec<String>,
    /// Its ingredients, as tokens.
    pub ingredients: Vec<String>,
    /// The ingredients with their amounts, one line each; see [`amount::Amount`]. Empty if nobody
    /// has written them down.
    pub amounts: Vec<String>,
    /// One of [`DIFFICULTIES`].
    pub difficulty: String,
    /// Minutes of work.
    pub prep_time: i64,
    /// Minutes on the stove or in the oven.
    pub cook_time: i64,
    /// Minutes from start to table: the other two together.
    pub total_time: i64,
    /// How many people it serves.
    pub servings: i64,
    /// What a serving has in it.
    pub nutrition: Nutrition,
    /// The steps, one or two sentences each.
    pub steps: Vec<String>,
    /// How often it was viewed.
    pub view_count: i64,
    /// Increases by one with each edit of the row.
    pub version: i64,
    /// When it was added, RFC 3339.
    pub created_at: String,
    /// When it was last edited, RFC 3339.
    pub updated_at: String,
}

/// What one serving has in it. All are zero where nobody has computed them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nutrition {
    /// Kilocalories.
    pub calories: i64,
    /// Grams of protein.
    pub protein: i64,
    /// Grams of fat.
    pub fat: i64,
    /// Grams of saturated fat.
    pub saturated_fat: i64,
    /// Grams of carbohydrate, with sugar and fiber.
    pub carbohydrate: i64,
    /// Grams of fiber.
    pub fiber: i64,
    /// Grams of sugar.
    pub sugar: i64,
    /// Milligrams of sodium.
    pub sodium: i64,
}

impl Nutrition {
    /// Whether it is known: no dish has no energy.
    pub fn is_known(&self) -> bool {
        self.calories > 0
    }
}
