//! Two releases on one database: an older binary starts on what a newer one has migrated.

use axum::http::Method;
use hearth::store::Store;
use serde_json::json;
use tempfile::TempDir;

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

/// A release's site: one script, which the build has compressed.
fn site(hash: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("pkg")).unwrap();
    for (name, content) in [
        ("hash.txt".to_owned(), format!("js: {hash}\n")),
        (format!("pkg/hearth.{hash}.js"), format!("script {hash}")),
        (format!("pkg/hearth.{hash}.js.br"), format!("brotli {hash}")),
    ] {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

on_both! {
    async fn a_page_of_one_release_finds_its_script_on_a_node_of_another(server: Server) {
        let (older, newer) = (site("0123456789abcdef"), site("fedcba9876543210"));
        let root = |site: &TempDir| format!("--site-root={}", site.path().display());
        let older = server.configured(&[&root(&older)]).await;
        let newer = server.configured(&[&root(&newer)]).await;
        let missing = older.get("/pkg/hearth.fedcba9876543210.js").await;
        assert_eq!(missing.status, 404);
        for node in [&older, &newer, &newer] {
            node.app.release_files().await;
        }
        for node in [&older, &newer] {
            for hash in ["0123456789abcdef", "fedcba9876543210"] {
                let path = format!("/pkg/hearth.{hash}.js");
                let plain = node.get(&path).await;
                assert_eq!((plain.status.as_u16(), plain.text()), (200, format!("script {hash}")));
                assert_eq!(plain.header("content-type"), "text/javascript");
                assert!(plain.header("cache-control").contains("immutable"));
                let brotli = [("accept-encoding", "br")];
                let brotli = node.send(Method::GET, &path, &brotli, Vec::new()).await;
                assert_eq!(brotli.header("content-encoding"), "br");
                assert_eq!(brotli.text(), format!("brotli {hash}"));
            }
            let nobodys = node.get("/pkg/hearth.ffffffffffffffff.js").await;
            assert_eq!(nobodys.status, 404);
        }
        // What was released a season ago is dropped, except what still runs.
        server.sql("UPDATE released_files SET at = 0").await;
        newer.app.release_files().await;
        assert_eq!(server.number("SELECT count(*) FROM released_files").await, 2);
    }

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
