//! Two releases on one database: an older binary starts on what a newer one has migrated.

use hearth::store::Store;
use serde_json::json;

use crate::{
    on_both,
    support::{On, Server},
};

/// Records a migration as a newer release leaves it behind.
async fn migrate(server: &Server, version: u32, description: &str) {
    let checksum = match server.on() {
        On::Sqlite => r"X'00'",
        On::Postgres => r"'\x00'",
    };
    server
        .sql(&format!(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES ({version}, '{description}', true, {checksum}, 0)"
        ))
        .await;
}

/// What opening the store says.
async fn refusal(server: &Server) -> Option<String> {
    let opened = Store::open(server.url()).await;
    opened.err().map(|error| error.to_string())
}

on_both! {
    async fn an_older_binary_works_on_an_expanded_schema(server: Server) {
        server.sql("ALTER TABLE properties ADD COLUMN tour_url text").await;
        migrate(&server, 9_998, "tours of homes").await;
        // Keys that it would make anew if they were its own: by another rule, or another release's.
        server.sql("UPDATE token_rule SET version = 'newer'").await;
        // Both the node that has been there all the time and one that starts now.
        let older = server.another_node().await;
        assert_eq!(server.number("SELECT count(*) FROM token_rule WHERE version = 'newer'").await, 1);
        for (node, price) in [(&server, "5.00"), (&older, "6.00")] {
            node.sql("UPDATE properties SET tour_url = coalesce(tour_url, '') || 'x' WHERE id = 8").await;
            let answer = node.patch("/api/properties/7/", json!({ "price": price })).await;
            assert_eq!(answer.json()["price"], *price, "{}", answer.text());
            for reader in [&server, &older] {
                reader.caught_up().await;
                let answer = reader.get("/api/properties/7/").await;
                assert_eq!(answer.json()["price"], *price, "{}", answer.text());
            }
        }
    }

    async fn an_older_binary_refuses_a_contracted_schema(server: Server) {
        // A name that only looks like it.
        migrate(&server, 9_998, "contracts of agents").await;
        assert_eq!(refusal(&server).await, None);
        migrate(&server, 9_999, "contract half baths").await;
        let refusal = refusal(&server).await.unwrap_or_default();
        for part in ["9999", "contract half baths", "use the newer binary, or restore a backup"] {
            assert!(refusal.contains(part), "{refusal}");
        }
    }
}
