//! Migrations, from every earlier schema, with rows in it.

use hearth::store::Database;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection, migrate::Migrator};
use tempfile::TempDir;

use crate::support::{On, Server, new_postgres_database};

fn migrations(on: On) -> Migrator {
    match on {
        On::Sqlite => sqlx::migrate!("../migrations/sqlite"),
        On::Postgres => sqlx::migrate!("../migrations/postgres"),
    }
}

/// Rows as a database of that schema has them. Whoever writes a migration adds what it must alter.
fn rows(schema: i64, on: On) -> String {
    // Before 0006, baths were counted in halves.
    let (baths, many) = if schema < 6 {
        ("half_baths", 3)
    } else {
        ("quarter_baths", 6)
    };
    // Before 0005, SQLite stored any number in any column.
    let cents = if schema < 5 && on == On::Sqlite {
        "45000000.4"
    } else {
        "45000000"
    };
    let mut rows = format!(
        "INSERT INTO offices (id, name, phone, city) VALUES (1, 'Office', '1', 'San José');
         INSERT INTO agents (id, name, email, phone, office_id) VALUES (1, 'Anna', 'a@example.org', '2', 1);
         INSERT INTO locations (id, city, state, district, postal_code, latitude, longitude)
           VALUES (1, 'San José', 'CA', 'Old', '95101', 37.3, -121.9);
         INSERT INTO properties (id, title, description, property_type, price_cents, bedrooms, {baths}, area, year_built,
             address, latitude, longitude, location_id, agent_id, created_at, updated_at, view_count)
           VALUES (1, 'A château', 'With towers', 'house', {cents}, 3, {many}, 120, 1890, 'Main 1', 37.3, -121.9, 1, 1,
             1000, 1000, 17),
             (2, 'A hut', 'Without', 'condo', 100, 0, {many}, 12, 1990, 'Main 2', 37.3, -121.9, 1, 1, 2000, 2000, 0);
         INSERT INTO recipes (id, title, description, cuisine, diet_keys, ingredient_keys, difficulty, prep_time, servings,
             steps, created_at, updated_at)
           VALUES (1, 'Çilbir', 'Eggs', 'Türk Food', ',Vegetarian,', ',eggs,Crème fraîche,', 'easy', 20, 2, 'Boil', 1000,
             1000);
         INSERT INTO accounts (id, name, password_hash, role, created_at) VALUES (1, 'anna', 'hash', 'editor', 5);
         INSERT INTO tokens (id, name, hash, created_at) VALUES (1, 'ci', 'hash', 5);
         INSERT INTO sessions (id, record, expires_at) VALUES ('s', '{{}}', 9999999999999);"
    );
    if schema >= 7 {
        rows += "INSERT INTO requested (day, url, times) VALUES (20000, '/api/properties/', 5);
                 UPDATE jobs SET begun = 5 WHERE name = 'warm';";
    }
    rows
}

/// A database of an earlier schema, with rows, and the revision that it is at.
async fn earlier(schema: i64, on: On, folder: &TempDir) -> Option<(String, i64)> {
    let migrator = migrations(on);
    let rows = AssertSqlSafe(rows(schema, on));
    let counter = "SELECT revision FROM revision_counter";
    Some(match on {
        On::Sqlite => {
            let file = folder.path().join(format!("{schema}.db"));
            let url = format!("sqlite://{}?mode=rwc", file.display());
            let mut connection = SqliteConnection::connect(&url).await.unwrap();
            migrator.run_to(schema, &mut connection).await.unwrap();
            sqlx::raw_sql(rows).execute(&mut connection).await.unwrap();
            let revision = match schema {
                1 => 1,
                _ => sqlx::query_scalar(counter)
                    .fetch_one(&mut connection)
                    .await
                    .unwrap(),
            };
            connection.close().await.unwrap();
            (format!("sqlite://{}", file.display()), revision)
        }
        On::Postgres => {
            let url = new_postgres_database().await?;
            let mut connection = PgConnection::connect(&url).await.unwrap();
            migrator.run_to(schema, &mut connection).await.unwrap();
            sqlx::raw_sql(rows).execute(&mut connection).await.unwrap();
            let revision = match schema {
                1 => 1,
                _ => sqlx::query_scalar(counter)
                    .fetch_one(&mut connection)
                    .await
                    .unwrap(),
            };
            connection.close().await.unwrap();
            (url, revision)
        }
    })
}

/// Brings a database of an earlier schema up to date, as a node does that starts.
async fn check(schema: i64, newest: i64, on: On) -> Option<()> {
    let what = format!("from schema {schema} on {on:?}");
    let folder = TempDir::new().unwrap();
    let (url, before) = earlier(schema, on, &folder).await?;
    let server = Server::over(&url).await;
    let contents = server.store.contents(&|_| {}).await.unwrap();
    assert_eq!(contents.schema, newest, "{what}");

    // Every row has survived, with what each migration made of it.
    let rows = |table: &str| contents.tables[table].rows;
    for (table, expected) in [
        ("offices", 1),
        ("agents", 1),
        ("locations", 1),
        ("properties", 2),
        ("recipes", 1),
        ("accounts", 1),
        ("tokens", 1),
        ("sessions", 1),
    ] {
        assert_eq!(rows(table), expected, "{table} {what}");
    }
    for (table, row) in [
        (
            "properties",
            "id = 1 AND title = 'A château' AND price_cents = 45000000 AND quarter_baths = 6 AND view_count = 17",
        ),
        (
            "properties",
            "id = 2 AND quarter_baths = 6 AND city_key = 'san-jose' AND state_key = 'california'",
        ),
        (
            "recipes",
            "title_key = 'cilbir' AND cuisine = 'turk-food' AND diet_keys = ',vegetarian,'",
        ),
        (
            "recipes",
            "ingredient_keys = ',eggs,creme-fraiche,' AND steps = 'Boil'",
        ),
        // Before 0010 a recipe had one time, and no course, tags, amounts and nutrition.
        (
            "recipes",
            "course = 'main' AND tag_keys = ',' AND amounts = '' AND calories = 0 AND sodium = 0",
        ),
        (
            "recipes",
            "prep_time = 20 AND cook_time = 0 AND total_time = 20",
        ),
        ("jobs", if schema < 7 { "begun = 0" } else { "begun = 5" }),
    ] {
        let count = format!("SELECT count(*) FROM {table} WHERE {row}");
        assert_eq!(server.number(&count).await, 1, "{row} {what}");
    }
    if on == On::Sqlite {
        let whole = "SELECT count(*) FROM properties WHERE typeof(price_cents) = 'integer'";
        assert_eq!(server.number(whole).await, 2, "{what}");
    }
    // What was cached by a server of an earlier kind is not valid any more.
    let revision = server.number("SELECT revision FROM revision_counter").await;
    assert!(
        revision >= before && (schema >= 6 || revision > before),
        "{what}: {before}, {revision}"
    );
    let log = server.number("SELECT max(revision) FROM change_log").await;
    assert_eq!(log, revision, "{what}");

    let home = server.get("/api/properties/1/").await.json();
    assert_eq!(
        (&home["bathrooms"], &home["price"]),
        (&1.5.into(), &"450000.00".into()),
        "{what}"
    );
    for (question, expected) in [
        ("/api/properties/count/?city=san+jose&state=ca&baths=1.5", 2),
        ("/api/properties/?q=chateau+towers", 1),
        ("/api/recipes/?q=creme+fraiche&cuisine=turk+food", 1),
    ] {
        let answer = server.get(question).await;
        assert_eq!(answer.json()["count"], expected, "{question} {what}");
    }

    // The triggers log edits of all columns, and of what homes embed.
    let version = server
        .number("SELECT version FROM properties WHERE id = 1")
        .await;
    server
        .sql("UPDATE properties SET quarter_baths = 7 WHERE id = 1")
        .await;
    assert_eq!(
        server.number("SELECT revision FROM revision_counter").await,
        revision + 1,
        "{what}"
    );
    assert_eq!(
        server
            .number("SELECT version FROM properties WHERE id = 1")
            .await,
        version + 1,
        "{what}"
    );
    let logged = "SELECT count(*) FROM change_log WHERE id = 1 AND catalogue = 'properties' \
        AND CAST(before ->> 'quarter_baths' AS bigint) = 6 AND CAST(after ->> 'quarter_baths' AS bigint) = 7";
    assert_eq!(server.number(logged).await, 1, "{what}");
    server.sql("UPDATE agents SET name = 'Berta'").await;
    server.sql("UPDATE recipes SET title = 'Menemen'").await;
    server.caught_up().await;
    assert_eq!(
        server.get("/api/properties/1/").await.json()["bathrooms"],
        1.75,
        "{what}"
    );
    assert!(
        server
            .get("/api/properties/2/")
            .await
            .text()
            .contains("Berta"),
        "{what}"
    );
    assert!(
        server
            .get("/api/recipes/1/")
            .await
            .text()
            .contains("Menemen"),
        "{what}"
    );
    // What follows from other columns follows, and is in the log; words are found in new columns.
    server
        .sql("UPDATE recipes SET cook_time = 15, tag_keys = 'One Pan', calories = 420 WHERE id = 1")
        .await;
    let logged = "SELECT count(*) FROM change_log WHERE id = 1 AND catalogue = 'recipes' \
        AND CAST(before ->> 'total_time' AS bigint) = 20 AND CAST(after ->> 'total_time' AS bigint) = 35 \
        AND after ->> 'tag_keys' = ',one-pan,'";
    assert_eq!(server.number(logged).await, 1, "{what}");
    server.caught_up().await;
    for question in [
        "/api/recipes/?q=pan&max_total_time=35&max_prep_time=20",
        "/api/recipes/?tag=one+pan&course=main&without=garlic",
    ] {
        let answer = server.get(question).await;
        assert_eq!(answer.json()["count"], 1, "{question} {what}");
    }
    match server.store.database() {
        Database::Postgres(..) => {
            let escaped =
                "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'A'";
            assert_eq!(server.number(escaped).await, 0, "{what}");
        }
        Database::Sqlite(..) => {}
    }
    Some(())
}

async fn from_every_earlier_schema(on: On) {
    let versions = migrations(on);
    let versions: Vec<i64> = versions.iter().map(|migration| migration.version).collect();
    let newest = *versions.last().unwrap();
    assert!(newest >= 7, "{versions:?}");
    for schema in versions {
        if check(schema, newest, on).await.is_none() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_survive_from_every_earlier_schema_on_sqlite() {
    from_every_earlier_schema(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_survive_from_every_earlier_schema_on_postgres() {
    from_every_earlier_schema(On::Postgres).await;
}
