//! The triggers that the server derives when it starts.

use std::time::Duration;

use hearth::store::Store;
use sqlx::{Connection as _, Executor as _, PgConnection};

use crate::{
    on_both,
    support::{On, Server},
};

/// A number that changes whenever a trigger or its function is written.
async fn written(server: &Server) -> i64 {
    server
        .number(match server.on() {
            On::Sqlite => "SELECT schema_version FROM pragma_schema_version",
            On::Postgres => {
                "SELECT (SELECT sum(xmin::text::bigint + oid::bigint) FROM pg_trigger)::bigint
                   + (SELECT sum(xmin::text::bigint + oid::bigint) FROM pg_proc)::bigint
                   + (SELECT sum(oid::bigint) FROM pg_class)::bigint"
            }
        })
        .await
}

async fn revision(server: &Server) -> i64 {
    server.number("SELECT revision FROM revision_counter").await
}

/// How many triggers of that name there are.
async fn named(server: &Server, name: &str) -> i64 {
    let of = match server.on() {
        On::Sqlite => "sqlite_master WHERE type = 'trigger' AND name",
        On::Postgres => "pg_trigger WHERE tgname",
    };
    server
        .number(&format!("SELECT count(*) FROM {of} = '{name}'"))
        .await
}

async fn drop_trigger(server: &Server, name: &str, table: &str) {
    let on = match server.on() {
        On::Sqlite => String::new(),
        On::Postgres => format!(" ON {table}"),
    };
    server.sql(&format!("DROP TRIGGER {name}{on}")).await;
}

/// PostgreSQL's functions see what was committed last, even where the statement that calls them reads an older snapshot.
#[tokio::test]
async fn a_node_starts_while_another_one_drops_a_trigger() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    let mut other = PgConnection::connect(server.url()).await.unwrap();
    let dropping = "BEGIN; LOCK TABLE pg_trigger IN ACCESS EXCLUSIVE MODE; \
        DROP TRIGGER properties_updated ON properties";
    other.execute(dropping).await.unwrap();
    let waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'pg_trigger'::regclass \
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let commit = async {
        let mut waiting: i64 = 0;
        while waiting == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
            waiting = sqlx::query_scalar(waits)
                .fetch_one(&mut other)
                .await
                .unwrap();
        }
        other.execute("COMMIT").await.unwrap();
    };
    let (start, ()) = tokio::join!(Store::open(server.url()), commit);
    start.unwrap();
    assert_eq!(named(&server, "properties_updated").await, 1);
}

on_both! {
    async fn a_start_that_finds_them_right_writes_nothing(server: Server) {
        let before = (written(&server).await, revision(&server).await);
        server.another_node().await;
        assert_eq!((written(&server).await, revision(&server).await), before);
    }

    async fn what_is_missing_or_altered_is_derived_anew(server: Server) {
        let before = revision(&server).await;
        drop_trigger(&server, "recipes_deleted", "recipes").await;
        match server.on() {
            On::Sqlite => server.sql("DROP TRIGGER properties_updated; CREATE TRIGGER properties_updated AFTER UPDATE ON properties BEGIN SELECT 1; END; \
                DROP TABLE recipes_words").await,
            On::Postgres => server.sql("DROP TRIGGER properties_updated ON properties; \
                CREATE TRIGGER properties_updated AFTER UPDATE ON properties \
                FOR EACH ROW EXECUTE FUNCTION hearth_version(); \
                ALTER TABLE agents DISABLE TRIGGER agents_embedded; DROP INDEX recipes_words; \
                CREATE OR REPLACE FUNCTION hearth_recipes_keyed() RETURNS trigger LANGUAGE plpgsql AS \
                $$ BEGIN RETURN NEW; END $$").await,
        }
        // One that no server derives any more.
        drop_trigger(&server, "recipes_inserted", "recipes").await;
        match server.on() {
            On::Sqlite => server.sql("CREATE TRIGGER recipes_titled_insert AFTER INSERT ON recipes BEGIN SELECT 1; END").await,
            On::Postgres => server.sql("CREATE TRIGGER recipes_titled_insert AFTER INSERT ON recipes \
                FOR EACH ROW EXECUTE FUNCTION hearth_version()").await,
        }
        let node = server.another_node().await;
        assert_eq!(revision(&server).await, before, "what was derived is no edit");
        assert_eq!(named(&server, "recipes_titled_insert").await, 0);
        for (edit, touched) in [
            ("UPDATE properties SET price_cents = 100 WHERE id = 7", "catalogue = 'properties' AND id = 7"),
            ("DELETE FROM recipes WHERE id = 7", "catalogue = 'recipes' AND id = 7 AND after IS NULL"),
            ("UPDATE recipes SET cuisine = 'Two Words', title = 'Zwiebelsuppe' WHERE id = 8",
                "catalogue = 'recipes' AND id = 8 AND after ->> 'cuisine' = 'two-words'"),
            ("UPDATE agents SET name = 'Another' WHERE id = 1", "catalogue = 'properties' AND id IN \
                (SELECT id FROM properties WHERE agent_id = 1)"),
        ] {
            let from = revision(&server).await;
            server.sql(edit).await;
            let logged = format!("SELECT count(*) FROM change_log WHERE revision > {from} AND {touched}");
            assert!(server.number(&logged).await > 0, "{edit}");
        }
        node.caught_up().await;
        assert_eq!(node.get("/api/recipes/?q=zwiebelsuppe").await.json()["count"], 1);
    }

    async fn a_new_column_needs_no_trigger(server: Server) {
        server.sql("ALTER TABLE properties ADD COLUMN garages bigint NOT NULL DEFAULT 0").await;
        let node = server.another_node().await;
        let version = node.number("SELECT version FROM properties WHERE id = 7").await;
        node.sql("UPDATE properties SET garages = 2 WHERE id = 7").await;
        let logged = "SELECT count(*) FROM change_log WHERE catalogue = 'properties' AND id = 7 \
            AND CAST(before ->> 'garages' AS bigint) = 0 AND CAST(after ->> 'garages' AS bigint) = 2";
        assert_eq!(node.number(logged).await, 1);
        assert_eq!(node.number("SELECT version FROM properties WHERE id = 7").await, version + 1);
    }

    async fn every_catalogue_is_logged_keyed_and_found(server: Server) {
        for catalogue in catalogue::all() {
            let name = catalogue.name();
            let object = format!("/api/{name}/3/");
            let version = server.get(&object).await.json()["version"].as_i64().unwrap();
            let before = revision(&server).await;
            server.sql(&format!("UPDATE {name} SET view_count = view_count + 1 WHERE id = 3")).await;
            assert_eq!(revision(&server).await, before, "a view of {name} is no edit");
            server.sql(&format!("UPDATE {name} SET created_at = created_at + 1 WHERE id = 3")).await;
            server.caught_up().await;
            let row = server.get(&object).await.json();
            assert_eq!(row["version"], version + 1, "{name}");
            // What decides which answers an edit touches is in the log.
            for column in catalogue.columns {
                let column = column.name;
                let logged = format!("SELECT count(*) FROM change_log WHERE catalogue = '{name}' AND id = 3
                    AND revision > {before} AND CAST(after ->> '{column}' AS text) =
                      (SELECT CAST({column} AS text) FROM {name} WHERE id = 3)");
                assert_eq!(server.number(&logged).await, 1, "{name}.{column}");
            }
            // What is copied is what is embedded.
            for key in catalogue.keys {
                let catalogue::Rule::Copied { table } = key.rule else { continue };
                let join = catalogue.joins.iter().find(|join| join.table == table).unwrap();
                let (by, column) = (join.foreign_key, key.column);
                let differ = format!("SELECT count(*) FROM {name} JOIN {table} ON {table}.id = {name}.{by}
                    WHERE {name}.{column} <> {table}.{column} OR {name}.{column} = ''");
                assert_eq!(server.number(&differ).await, 0, "{name}.{}", key.column);
            }
            // The text search finds the row by what it is called.
            let called = row[catalogue.named[0]].as_str().unwrap();
            let query = catalogue::normalizer::Query::all(catalogue.schema).with("q", called).unwrap()
                .with("page_size", "100").unwrap();
            let query = query.with("status", "any").unwrap_or(query);
            let found = server.get(&query.url(&format!("/api/{name}/"))).await.json();
            assert!(found["results"].as_array().unwrap().iter().any(|it| it["id"] == 3), "{name}: {called}");
            for path in ["", "count/", "facets/", "trending/"] {
                assert_eq!(server.get(&format!("/api/{name}/{path}")).await.status, 200, "{name}/{path}");
            }
            for path in [format!("/{name}"), format!("/{name}/3")] {
                assert_eq!(server.get(&path).await.status, 200, "{path}");
            }
        }
    }

    async fn two_nodes_that_start_at_once_derive_them_once(server: Server) {
        for name in ["inserted", "updated", "deleted"] {
            drop_trigger(&server, &format!("properties_{name}"), "properties").await;
        }
        let (one, other) = tokio::join!(Store::open(server.url()), Store::open(server.url()));
        one.unwrap();
        other.unwrap();
        for name in ["inserted", "updated", "deleted"] {
            assert_eq!(named(&server, &format!("properties_{name}")).await, 1);
        }
    }

    async fn those_of_a_newer_release_stay(server: Server) {
        let checksum = match server.on() {
            On::Sqlite => r"X'00'",
            On::Postgres => r"'\x00'",
        };
        server.sql(&format!("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
            VALUES (9998, 'other triggers', true, {checksum}, 0)")).await;
        drop_trigger(&server, "recipes_deleted", "recipes").await;
        server.another_node().await;
        assert_eq!(named(&server, "recipes_deleted").await, 0);
    }

    async fn what_no_home_shows_of_an_embedded_row_touches_none(server: Server) {
        let before = revision(&server).await;
        server.sql("UPDATE agents SET name = name, email = email; UPDATE locations SET latitude = latitude + 0.001").await;
        let logged = |catalogue: &str| {
            format!("SELECT count(*) FROM change_log WHERE catalogue = '{catalogue}' AND revision > {before}")
        };
        assert_eq!(server.number(&logged("properties")).await, 0);
        assert_eq!(server.number(&logged("agents")).await, 0);
        assert!(server.number(&logged("locations")).await > 0);
        server.sql("UPDATE offices SET phone = '1' WHERE id = 1").await;
        let homes = server.number("SELECT count(*) FROM properties JOIN agents ON agents.id = agent_id \
            WHERE office_id = 1").await;
        assert!(homes > 0);
        assert_eq!(server.number(&logged("properties")).await, homes);
        assert_eq!(server.number(&logged("offices")).await, 1);
    }
}
