//! Backups: what was backed up is back, a damaged file is refused, and the lost future is not served.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use hearth::{
    drill,
    store::{Amounts, Backup, Contents, Product, Role, Store},
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tempfile::TempDir;

use crate::{
    on_both,
    support::{On, new_postgres_database},
};

const AMOUNTS: Amounts = Amounts {
    properties: 60,
    recipes: 12,
};

/// A database without a node, and a folder for backups.
struct Site {
    url: String,
    folder: TempDir,
}

impl Site {
    async fn new(on: On) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let url = match on {
            On::Sqlite => format!("sqlite://{}", folder.path().join("hearth.db").display()),
            On::Postgres => new_postgres_database().await?,
        };
        Some(Self { url, folder })
    }

    /// The same, with rows and a history.
    async fn filled(on: On) -> Option<Self> {
        let site = Self::new(on).await?;
        let store = site.open().await;
        store.seed(AMOUNTS, 1, &|_| {}).await.unwrap();
        store.rehearse_edit(7).await.unwrap();
        store
            .put_account("anna", "hash", Role::Editor, 1)
            .await
            .unwrap();
        store
            .sql("UPDATE recipes SET title = 'Crème brûlée' WHERE id = 3")
            .await;
        store
            .sql("INSERT INTO sessions (id, record, expires_at) VALUES ('s', '{}', 9999999999999)")
            .await;
        store
            .sql("INSERT INTO requested (day, url, times) VALUES (20000, '/api/properties/', 5)")
            .await;
        store
            .sql("INSERT INTO nodes (id, beat) VALUES ('gone', 12)")
            .await;
        store.close().await;
        Some(site)
    }

    async fn open(&self) -> Opened {
        Opened(Store::open(&self.url).await.unwrap())
    }

    async fn contents(&self) -> Contents {
        let store = self.open().await;
        let contents = store.contents(&|_| {}).await.unwrap();
        store.close().await;
        contents
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("backup")
    }

    async fn back_up(&self) -> Backup {
        Backup::make(&self.url, &self.file(), false, &|_| {})
            .await
            .unwrap()
    }
}

/// An open store that runs SQL.
struct Opened(Store);

impl std::ops::Deref for Opened {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.0
    }
}

impl Opened {
    async fn sql(&self, sql: &str) {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql));
        match self.database() {
            hearth::store::Database::Postgres(pool, ..) => drop(sql.execute(pool).await.unwrap()),
            hearth::store::Database::Sqlite(pool, ..) => drop(sql.execute(pool).await.unwrap()),
        }
    }

    async fn number(&self, sql: &str) -> i64 {
        let sql = sqlx::query_scalar(AssertSqlSafe(sql));
        match self.database() {
            hearth::store::Database::Postgres(pool, ..) => sql.fetch_one(pool).await.unwrap(),
            hearth::store::Database::Sqlite(pool, ..) => {
                unreachable!("only PostgreSQL's counter is examined: {pool:?}")
            }
        }
    }

    async fn close(&self) {
        self.database().close().await;
    }
}

fn assert_same(expected: &Contents, found: &Contents) {
    assert_eq!(expected.differences(found, false), Vec::<String>::new());
}

async fn what_was_backed_up_is_back(on: On) {
    let Some(site) = Site::filled(on).await else {
        return;
    };
    let before = site.contents().await;
    let backup = site.back_up().await;
    assert_eq!(backup.manifest.as_ref().unwrap().contents, before);
    // What is committed after it is lost.
    let store = site.open().await;
    for home in [7, 8, 9] {
        store.rehearse_edit(home).await.unwrap();
    }
    store.sql("DELETE FROM properties WHERE id = 10").await;
    store
        .put_account("boris", "hash", Role::Editor, 2)
        .await
        .unwrap();
    store.close().await;
    let lost = site.contents().await;
    assert!(!before.differences(&lost, false).is_empty());

    let backup = Backup::open(&backup.file, &|_| {}).await.unwrap();
    let refusal = backup
        .restore(&site.url, false, &|_| {})
        .await
        .unwrap_err()
        .to_string();
    assert!(
        refusal.contains("is not empty") && refusal.contains("--replace"),
        "{refusal}"
    );
    assert_same(&lost, &site.contents().await);

    if on == On::Sqlite {
        let readable = fs::Permissions::from_mode(0o644);
        fs::set_permissions(site.folder.path().join("hearth.db"), readable).unwrap();
    }
    let restored = backup.restore(&site.url, true, &|_| {}).await.unwrap();
    if on == On::Sqlite {
        let data = fs::metadata(site.folder.path().join("hearth.db")).unwrap();
        assert_eq!(
            data.permissions().mode() & 0o777,
            0o644,
            "for whoever serves it"
        );
    }
    assert!(restored.is_compared);
    assert!(restored.replaced.unwrap().contains("revision"));
    let after = site.contents().await;
    assert_same(&before, &after);
    assert_eq!(after.tables["sessions"].rows, 0, "sessions end");
    let store = site.open().await;
    assert_eq!(store.nodes().await.unwrap(), []);
    if on == On::Postgres {
        let taken = "SELECT count(taken_by) FROM revision_counter";
        assert_eq!(store.number(taken).await, 0);
        let schemas = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'hearth%'";
        assert_eq!(store.number(schemas).await, 0);
    }
    // The triggers work: the next edit is the next revision, with a tag of its own.
    let stamp = store.stamp().await.unwrap();
    store.rehearse_edit(8).await.unwrap();
    let next = store.stamp().await.unwrap();
    assert_eq!(next.revision, stamp.revision + 1);
    assert_ne!(next.tag, stamp.tag);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_backed_up_is_back_on_sqlite() {
    what_was_backed_up_is_back(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_backed_up_is_back_on_postgres() {
    what_was_backed_up_is_back(On::Postgres).await;
}

/// After the database was destroyed, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_restores_into_nothing() {
    for on in [On::Sqlite, On::Postgres] {
        let (Some(site), Some(elsewhere)) = (Site::filled(on).await, Site::new(on).await) else {
            return;
        };
        let before = site.contents().await;
        let backup = site.back_up().await;
        if on == On::Sqlite {
            for file in fs::read_dir(site.folder.path()).unwrap().flatten() {
                if !file.file_name().to_str().unwrap().starts_with("backup") {
                    fs::write(file.path(), b"").unwrap();
                }
            }
            backup.restore(&site.url, false, &|_| {}).await.unwrap();
            assert_same(&before, &site.contents().await);
        }
        let restored = backup
            .restore(&elsewhere.url, false, &|_| {})
            .await
            .unwrap();
        assert_eq!(restored.replaced, None);
        assert_same(&before, &elsewhere.contents().await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_not_overwritten() {
    let site = Site::filled(On::Sqlite).await.unwrap();
    site.back_up().await;
    let made = async |force| Backup::make(&site.url, &site.file(), force, &|_| {}).await;
    let refusal = made(false).await.unwrap_err().to_string();
    assert!(refusal.contains("--force"), "{refusal}");
    made(true).await.unwrap();
    let names: Vec<_> = fs::read_dir(site.folder.path())
        .unwrap()
        .flatten()
        .collect();
    let partial = |entry: &&fs::DirEntry| entry.path().to_string_lossy().contains("partial");
    assert_eq!(names.iter().filter(partial).count(), 0);
    let mode = fs::metadata(site.file()).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "it has hashes of passwords");
}

fn flip(file: &Path, at: usize) {
    let mut bytes = fs::read(file).unwrap();
    let at = at.min(bytes.len() - 1);
    bytes[at] ^= 0xff;
    fs::write(file, bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_backup_is_refused() {
    for on in [On::Sqlite, On::Postgres] {
        let Some(site) = Site::filled(on).await else {
            return;
        };
        let file = site.back_up().await.file;
        let intact = fs::read(&file).unwrap();
        let open = async || Backup::open(&file, &|_| {}).await;
        flip(&file, intact.len() / 2);
        let refusal = open().await.unwrap_err().to_string();
        assert!(refusal.contains("is damaged"), "{on:?}: {refusal}");
        fs::write(&file, "no backup at all").unwrap();
        assert!(
            open()
                .await
                .unwrap_err()
                .to_string()
                .contains("is no backup")
        );

        // Without the manifest, the database itself notices, and what is there stays.
        fs::remove_file(site.folder.path().join("backup.json")).unwrap();
        fs::write(&file, &intact[..intact.len() * 2 / 3]).unwrap();
        let before = site.contents().await;
        let refusal = match open().await {
            Err(error) => error.to_string(),
            Ok(backup) => {
                let restored = backup.restore(&site.url, true, &|_| {}).await;
                restored.unwrap_err().to_string()
            }
        };
        assert!(
            refusal.contains("damaged") || refusal.contains("pg_restore"),
            "{refusal}"
        );
        assert_same(&before, &site.contents().await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_differs_from_its_manifest_is_not_restored() {
    for on in [On::Sqlite, On::Postgres] {
        let Some(site) = Site::filled(on).await else {
            return;
        };
        let mut backup = site.back_up().await;
        let manifest = backup.manifest.as_mut().unwrap();
        manifest.contents.tables.get_mut("properties").unwrap().rows += 1;
        manifest.contents.tag = "0".repeat(16);
        site.open().await.rehearse_edit(5).await.unwrap();
        let before = site.contents().await;
        let refusal = backup
            .restore(&site.url, true, &|_| {})
            .await
            .unwrap_err()
            .to_string();
        for part in ["properties: 60 rows", "instead of 61 rows", "tag: "] {
            assert!(refusal.contains(part), "{on:?}: {refusal}");
        }
        assert_same(&before, &site.contents().await);
    }
}

on_both! {
    async fn a_database_that_a_node_serves_is_not_replaced(server: Server) {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("backup");
        // While it serves.
        let backup = Backup::make(server.url(), &file, false, &|_| {}).await.unwrap();
        server.sql("UPDATE properties SET price_cents = 4200 WHERE id = 7").await;
        let refusal = backup.restore(server.url(), true, &|_| {}).await.unwrap_err().to_string();
        let expected = match server.on() {
            On::Sqlite => "is in use",
            On::Postgres => "nodes are running",
        };
        assert!(refusal.contains(expected), "{refusal}");
        server.caught_up().await;
        assert_eq!(server.get("/api/properties/7/").await.json()["price"], "42.00");
    }
}

async fn a_drill_passes(on: On) {
    let Some(site) = Site::filled(on).await else {
        return;
    };
    let before = site.contents().await;
    let checks = drill::run(&site.url, None, &|_| {}).await.unwrap();
    let failed: Vec<_> = checks.iter().filter(|check| !check.passed).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let found = |what: &str| {
        let check = checks.iter().find(|check| check.what == what);
        &check
            .unwrap_or_else(|| panic!("{what} in {checks:#?}"))
            .found
    };
    assert!(found("the lost future is not served").contains("a miss (ahead), loaded"));
    assert!(
        found("the lost future is not served then either").contains("a miss (log-behind), loaded")
    );
    assert_eq!(found("an answer from before it is still served"), "a hit");
    assert!(found("properties is back").starts_with("60 rows"));
    // A file that was made before, and one that is not what its manifest says.
    let file = site.back_up().await.file;
    let checks = drill::run(&site.url, Some(&file), &|_| {}).await.unwrap();
    assert!(checks.iter().all(|check| check.passed), "{checks:#?}");
    let manifest = site.folder.path().join("backup.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("\"rows\": 60,", "\"rows\": 61,")).unwrap();
    let checks = drill::run(&site.url, Some(&file), &|_| {}).await.unwrap();
    assert!(checks.iter().any(|check| !check.passed), "{checks:#?}");
    assert_same(&before, &site.contents().await);
    if on == On::Postgres {
        let mut server = PgConnection::connect(&site.url).await.unwrap();
        let left = "SELECT count(*) FROM pg_database WHERE datname LIKE 'hearth_drill_%' AND datname LIKE $1";
        let left: i64 = sqlx::query_scalar(left)
            .bind("%")
            .fetch_one(&mut server)
            .await
            .unwrap();
        // Other tests' drills may run at the same time, but not three.
        assert!(left < 3, "{left}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drill_passes_on_sqlite() {
    a_drill_passes(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drill_passes_on_postgres() {
    a_drill_passes(On::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_one_database_is_not_restored_into_the_other() {
    let site = Site::filled(On::Sqlite).await.unwrap();
    let backup = site.back_up().await;
    assert_eq!(backup.product(), Product::Sqlite);
    let url = "postgres://nobody@127.0.0.1:9/none";
    let refusal = backup
        .restore(url, true, &|_| {})
        .await
        .unwrap_err()
        .to_string();
    assert!(refusal.contains("hearth copy"), "{refusal}");
}

/// A dump that was restored by hand names a transaction of another cluster.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_of_another_cluster_takes_no_revision_twice() {
    let Some(site) = Site::filled(On::Postgres).await else {
        return;
    };
    let store = site.open().await;
    let taken = "SELECT count(taken_by) FROM revision_counter";
    assert_eq!(
        store.number(taken).await,
        1,
        "by an edit of this cluster, which does no harm"
    );
    let foreign = "UPDATE revision_counter SET taken_by = (pg_current_xact_id()::text::bigint + 1000)::text::xid8";
    store.sql(foreign).await;
    // A node that starts.
    let node = site.open().await;
    assert_eq!(node.number(taken).await, 0);
    let before = node.stamp().await.unwrap();
    node.rehearse_edit(7).await.unwrap();
    assert_eq!(node.stamp().await.unwrap().revision, before.revision + 1);
    assert_eq!(node.number(taken).await, 1);
}

/// The commands themselves.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_commands_say_what_they_did() {
    let site = Site::filled(On::Sqlite).await.unwrap();
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_hearth"))
            .args(arguments)
            .env("DATABASE_URL", &site.url)
            .env_remove("REDIS_URL")
            .env_remove("OTEL_EXPORTER_OTLP_ENDPOINT")
            .output()
            .unwrap();
        let [out, errors] =
            [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.success(), out, errors)
    };
    let file = site.file();
    let file = file.to_str().unwrap();
    let (succeeded, out, errors) = run(&["backup", file]);
    assert!(succeeded && errors.is_empty(), "{out}{errors}");
    for part in [
        "revision",
        "60 rows of properties",
        "SHA-256",
        "SQLite backed up",
    ] {
        assert!(out.contains(part), "{part} in {out}");
    }
    let (succeeded, _, errors) = run(&["restore", file]);
    assert!(!succeeded && errors.contains("--replace"), "{errors}");
    let (succeeded, out, errors) = run(&["restore", "--replace", file]);
    assert!(
        succeeded && out.contains("SQLite restored"),
        "{out}{errors}"
    );
    let (succeeded, out, errors) = run(&["drill", file]);
    assert!(
        succeeded && out.contains("ok      the lost future is not served"),
        "{out}{errors}"
    );
    let (succeeded, _, errors) = run(&["drill", "/nonexistent/backup"]);
    assert!(
        !succeeded && errors.contains("/nonexistent/backup"),
        "{errors}"
    );
}
