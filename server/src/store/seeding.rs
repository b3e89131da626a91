//! Fills the database with realistic rows.

use catalogue::{normalizer::token, properties::state_key};
use demo::{PropertyRow, RecipeRow, World};
use sea_query::InsertStatement;
use tracing::{instrument::WithSubscriber, subscriber::NoSubscriber};

use super::{
    Purpose, Store, StoreError, bulk::Dropped, database::Transaction, edit, keys,
    statement::insert, triggers::embedding,
};

/// Rows per statement. SQLite takes at most 32,766 parameters in one, PostgreSQL 65,535.
const ROWS: u64 = 500;

/// How many rows to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amounts {
    /// Homes.
    pub properties: u64,
    /// Recipes.
    pub recipes: u64,
}

/// How far seeding has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seeded {
    /// This many rows are written.
    Rows(u64),
    /// All rows are written, and some of their indexes.
    Indexes {
        /// How many indexes are written.
        done: usize,
        /// How many there will be.
        of: usize,
    },
}

impl Store {
    /// Replaces all rows of the catalogues with generated ones, in one transaction, and logs it as
    /// "everything changed". `progress` is told how far it has come.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses; then nothing was changed.
    pub async fn seed(
        &self,
        amounts: Amounts,
        seed: u64,
        progress: &(dyn Fn(Seeded) + Send + Sync),
    ) -> Result<(), StoreError> {
        // Indexing a million rows takes long; warnings about slow statements would not help.
        let silence = NoSubscriber::new();
        let filling = self.fill(amounts, seed, progress);
        filling.with_subscriber(silence).await
    }

    async fn fill(
        &self,
        amounts: Amounts,
        seed: u64,
        progress: &(dyn Fn(Seeded) + Send + Sync),
    ) -> Result<(), StoreError> {
        let mut transaction = self.database.begin(Purpose::Write).await?;
        edit::sign(&mut transaction, Some("seed")).await?;
        let dropped = begin_bulk(&mut transaction).await?;
        let world = demo::world(seed);
        insert_world(&mut transaction, &world).await?;
        let mut done = 0;
        for start in (0..amounts.properties).step_by(ROWS as usize) {
            let rows = start..amounts.properties.min(start + ROWS);
            done += rows.end - rows.start;
            let rows = rows.map(|index| demo::property(&world, seed, index));
            transaction
                .target()
                .execute(&insert_properties(&world, rows))
                .await?;
            progress(Seeded::Rows(done));
        }
        for start in (0..amounts.recipes).step_by(ROWS as usize) {
            let rows = start..amounts.recipes.min(start + ROWS);
            done += rows.end - rows.start;
            let rows = rows.map(|index| demo::recipe(seed, index));
            transaction.target().execute(&insert_recipes(rows)).await?;
            progress(Seeded::Rows(done));
        }
        end_bulk(&mut transaction, dropped, progress).await?;
        edit::take_revision(&mut transaction).await?;
        transaction.commit().await?;
        self.analyze().await
    }
}

/// Empties the tables, and drops what would slow a million rows down, inside the transaction.
async fn begin_bulk(transaction: &mut Transaction) -> Result<Dropped, StoreError> {
    let tables = embedding::in_order();
    let empty = match transaction {
        Transaction::Postgres(..) => format!(
            "SET LOCAL hearth.bulk = on; TRUNCATE {} RESTART IDENTITY",
            tables.join(", ")
        ),
        Transaction::Sqlite(_) => {
            let words = catalogue::edited().map(|catalogue| format!("{}_words", catalogue.name()));
            // Those that embed others come first.
            let rows = tables.iter().rev().map(|table| (*table).to_owned());
            let mut empty: String = rows
                .chain(words)
                .map(|table| format!("DELETE FROM {table}; "))
                .collect();
            empty += &format!(
                "DELETE FROM sqlite_sequence WHERE name IN ('{}')",
                tables.join("', '")
            );
            empty
        }
    };
    transaction.target().run_generated(empty).await?;
    Dropped::from(transaction).await
}

async fn end_bulk(
    transaction: &mut Transaction,
    dropped: Dropped,
    progress: &(dyn Fn(Seeded) + Send + Sync),
) -> Result<(), StoreError> {
    // PostgreSQL's triggers have logged the load; its sequences continue after the highest id.
    let end = match transaction {
        Transaction::Postgres(..) => {
            let continues = embedding::in_order().into_iter().map(|table| {
                format!(
                    "SELECT setval(pg_get_serial_sequence('{table}', 'id'), highest)
                     FROM (SELECT max(id) AS highest FROM {table}) AS ids WHERE highest IS NOT NULL; "
                )
            });
            continues.collect()
        }
        Transaction::Sqlite(_) => {
            let changed = catalogue::all().map(|catalogue| {
                format!(
                    "INSERT INTO change_log (revision, tag, catalogue, who, at)
                     SELECT revision, tag, '{}', who, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
                     FROM revision_counter; ",
                    catalogue.name()
                )
            });
            "UPDATE revision_counter SET revision = revision + 1, tag = random(); ".to_owned()
                + &changed.concat()
        }
    };
    transaction.target().run_generated(end).await?;
    if matches!(transaction, Transaction::Sqlite(_)) {
        // No trigger has made them.
        keys::renew(transaction).await?;
    }
    keys::index_texts(transaction).await?;
    let show = |done, of| progress(Seeded::Indexes { done, of });
    dropped.recreate(transaction, &show).await
}

/// Tokens as a column of terms holds them.
fn terms(terms: &[&str]) -> String {
    terms
        .iter()
        .fold(",".to_owned(), |all, term| all + term + ",")
}

async fn insert_world(transaction: &mut Transaction, world: &World) -> Result<(), StoreError> {
    let offices = world.offices.iter().map(|office| {
        [
            office.id.into(),
            office.name.as_str().into(),
            office.phone.as_str().into(),
            office.address.as_str().into(),
            office.city.as_str().into(),
            office.state.as_str().into(),
            office.latitude.into(),
            office.longitude.into(),
        ]
    });
    let columns = [
        "id",
        "name",
        "phone",
        "address",
        "city",
        "state",
        "latitude",
        "longitude",
    ];
    let offices = insert("offices", columns, offices);
    let agents = world.agents.iter().map(|agent| {
        [
            agent.id.into(),
            agent.name.as_str().into(),
            agent.email.as_str().into(),
            agent.phone.as_str().into(),
            agent.office_id.into(),
            agent.biography.as_str().into(),
            terms(&agent.languages).into(),
            terms(&agent.specialties).into(),
            agent.licensed_on.as_str().into(),
            if agent.takes_clients { "yes" } else { "no" }.into(),
            agent.created_at.into(),
            agent.created_at.into(),
            agent.view_count.into(),
        ]
    });
    let columns = [
        "id",
        "name",
        "email",
        "phone",
        "office_id",
        "biography",
        "language_keys",
        "specialty_keys",
        "licensed_on",
        "takes_clients",
        "created_at",
        "updated_at",
        "view_count",
    ];
    let agents = insert("agents", columns, agents);
    let columns = [
        "id",
        "city",
        "state",
        "district",
        "postal_code",
        "latitude",
        "longitude",
        "city_key",
        "state_key",
    ];
    let locations = world.locations.iter().map(|location| {
        [
            location.id.into(),
            location.city.as_str().into(),
            location.state.as_str().into(),
            location.district.as_str().into(),
            location.postal_code.as_str().into(),
            location.latitude.into(),
            location.longitude.into(),
            token(&location.city).into(),
            state_key(&location.state).into(),
        ]
    });
    let locations = insert("locations", columns, locations);
    for statement in [offices, agents, locations] {
        transaction.target().execute(&statement).await?;
    }
    Ok(())
}

fn insert_properties(world: &World, rows: impl Iterator<Item = PropertyRow>) -> InsertStatement {
    let columns = [
        "id",
        "title",
        "description",
        "property_type",
        "status",
        "price_cents",
        "bedrooms",
        "quarter_baths",
        "area",
        "year_built",
        "address",
        "latitude",
        "longitude",
        "location_id",
        "agent_id",
        "city_key",
        "state_key",
        "created_at",
        "updated_at",
        "view_count",
    ];
    let keys: std::collections::HashMap<i64, (String, String)> = world
        .locations
        .iter()
        .map(|l| (l.id, (token(&l.city), state_key(&l.state))))
        .collect();
    let rows = rows.map(|row| {
        let (city_key, state_key) = keys.get(&row.location_id).cloned().unwrap_or_default();
        [
            row.id.into(),
            row.title.into(),
            row.description.into(),
            row.property_type.into(),
            row.status.into(),
            row.price_cents.into(),
            row.bedrooms.into(),
            (row.half_baths * 2).into(),
            row.area.into(),
            row.year_built.into(),
            row.address.into(),
            row.latitude.into(),
            row.longitude.into(),
            row.location_id.into(),
            row.agent_id.into(),
            city_key.into(),
            state_key.into(),
            row.created_at.into(),
            row.created_at.into(),
            row.view_count.into(),
        ]
    });
    insert("properties", columns, rows)
}

fn insert_recipes(rows: impl Iterator<Item = RecipeRow>) -> InsertStatement {
    let columns = [
        "id",
        "title",
        "description",
        "cuisine",
        "course",
        "diet_keys",
        "tag_keys",
        "ingredient_keys",
        "amounts",
        "difficulty",
        "prep_time",
        "cook_time",
        "servings",
        "calories",
        "protein",
        "fat",
        "saturated_fat",
        "carbohydrate",
        "fiber",
        "sugar",
        "sodium",
        "steps",
        "created_at",
        "updated_at",
        "view_count",
    ];
    let rows = rows.map(|row| {
        [
            row.id.into(),
            row.title.into(),
            row.description.into(),
            row.cuisine.into(),
            row.course.into(),
            terms(&row.diets).into(),
            terms(&row.tags).into(),
            terms(&row.ingredients).into(),
            row.amounts.join("\n").into(),
            row.difficulty.into(),
            row.prep_time.into(),
            row.cook_time.into(),
            row.servings.into(),
            row.nutrition.calories.into(),
            row.nutrition.protein.into(),
            row.nutrition.fat.into(),
            row.nutrition.saturated_fat.into(),
            row.nutrition.carbohydrate.into(),
            row.nutrition.fiber.into(),
            row.nutrition.sugar.into(),
            row.nutrition.sodium.into(),
            row.steps.join("\n").into(),
            row.created_at.into(),
            row.created_at.into(),
            row.view_count.into(),
        ]
    });
    insert("recipes", columns, rows)
}
