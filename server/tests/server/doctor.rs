//! `hearth doctor` names what is wrong, and finds nothing where nothing is.

use std::{
    future::pending,
    io::{Read, Write},
    net::TcpListener,
    path::Path,
    process::Command,
    sync::Arc,
    thread,
};

use futures::future::join_all;
use hearth::serving::{Limits, serve_on};
use rcgen::{CertificateParams, DnType, KeyPair};
use rustls::{ServerConfig, ServerConnection, StreamOwned, crypto::ring, pki_types::PrivateKeyDer};
use serde_json::Value;
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};

use crate::{
    process::HEARTH,
    support::{On, Server, TOKEN, needed, redis},
};

/// A stack with nothing wrong: a node that listens, its database, Redis, a site.
struct Stack {
    server: Server,
    folder: TempDir,
    variables: Vec<(&'static str, String)>,
}

/// Variables with other values than those of a healthy stack.
type Variables<'a> = Vec<(&'a str, String)>;

/// What the doctor says.
struct Report {
    ok: bool,
    /// The name of a check and what it has found, with the remedy.
    findings: Vec<(String, String)>,
}

impl Stack {
    async fn healthy(on: On) -> Option<Self> {
        let server = Server::start(on).await?;
        let folder = TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("site")).unwrap();
        std::fs::write(folder.path().join("site/hash.txt"), "js: 1\n").unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve_on(
            listener,
            server.app.clone().into(),
            Limits::default(),
            pending(),
        ));
        let mut variables = vec![
            ("DATABASE_URL", server.url().to_owned()),
            ("LEPTOS_SITE_ADDR", address.to_string()),
            (
                "LEPTOS_SITE_ROOT",
                folder.path().join("site").display().to_string(),
            ),
            ("HEARTH_ADMIN_TOKEN", TOKEN.to_owned()),
            ("HEARTH_ORIGIN", format!("http://{address}")),
            ("PATH", std::env::var("PATH").unwrap()),
        ];
        if let Some((url, _)) = redis(13).await {
            variables.push(("REDIS_URL", url));
        }
        Some(Self {
            server,
            folder,
            variables,
        })
    }

    /// Asks the doctor, with other values of these variables, by a command line in which `{}` is
    /// the doctor's.
    async fn examined(&self, changed: &[(&str, String)], shell: &str) -> Report {
        let mut command = Command::new("sh");
        let line = shell.replace("{}", &format!("{HEARTH} doctor --json"));
        command
            .args(["-c", &line])
            .env_clear()
            .envs(self.variables.clone())
            .envs(changed.iter().cloned())
            .current_dir(self.folder.path());
        let output = tokio::task::spawn_blocking(move || command.output().unwrap());
        let output = output.await.unwrap();
        let report: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
        let checks = report["checks"].as_array().unwrap();
        let findings = checks.iter().flat_map(|check| {
            let name = check["check"].as_str().unwrap();
            let findings = check["findings"].as_array().unwrap().iter();
            findings.map(move |one| {
                let text = |field: &str| one[field].as_str().unwrap();
                (
                    name.to_owned(),
                    format!("{}; {}", text("what"), text("remedy")),
                )
            })
        });
        Report {
            ok: output.status.success(),
            findings: findings.collect(),
        }
    }

    /// Checks that the doctor names a fault, which stands in these variables, and no other check
    /// than those named has found anything.
    async fn names(&self, check: &str, what: &str, changed: &[(&str, String)]) {
        self.names_by(check, what, changed, "exec {}").await;
    }

    async fn names_by(&self, check: &str, what: &str, changed: &[(&str, String)], shell: &str) {
        let report = self.examined(changed, shell).await;
        let found = &report.findings;
        let is_named = found
            .iter()
            .any(|(name, text)| name == check && text.contains(what));
        assert!(is_named, "no {what:?} of {check} in {found:?}");
        let others: Vec<_> = found.iter().filter(|(name, _)| name != check).collect();
        assert!(others.is_empty(), "besides {check}: {others:?}");
    }

    /// Plants a fault in the database, checks that it is named, and takes it out again.
    async fn names_planted(&self, check: &str, what: &str, plant: &str, undo: &str) {
        self.server.sql(plant).await;
        self.names(check, what, &[]).await;
        self.server.sql(undo).await;
    }
}

/// A site with a certificate of its own, which ends in `days`. Returns its origin under `host`, and
/// writes the certificate to a file.
fn secure_site(folder: &Path, name: &str, host: &str, days: i64) -> (String, String) {
    let key = KeyPair::generate().unwrap();
    let mut parameters = CertificateParams::new([name.to_owned()]).unwrap();
    let now = OffsetDateTime::now_utc();
    parameters.not_before = now - Duration::days(100);
    parameters.not_after = now + Duration::days(days);
    // Otherwise all have one name, as if one had issued the others.
    let issuer = format!("{name} for {host} until {days}");
    parameters
        .distinguished_name
        .push(DnType::CommonName, issuer);
    let certificate = parameters.self_signed(&key).unwrap();
    let file = folder.join(format!("{name}-{host}-{days}.pem"));
    std::fs::write(&file, certificate.pem()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            // A client that does not trust us ends the handshake.
            if stream.read(&mut [0; 1_024]).is_ok() {
                let answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok\n";
                stream.write_all(answer).unwrap();
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    (format!("https://{host}:{port}"), file.display().to_string())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_healthy_stack_has_no_findings() {
    for on in [On::Sqlite, On::Postgres] {
        let Some(stack) = Stack::healthy(on).await else {
            continue;
        };
        let (origin, trusted) = secure_site(stack.folder.path(), "localhost", "localhost", 60);
        let secure = [("HEARTH_ORIGIN", origin), ("SSL_CERT_FILE", trusted)];
        for changed in [&[][..], &secure] {
            let report = stack.examined(changed, "exec {}").await;
            assert_eq!(report.findings, [], "{on:?}");
            assert!(report.ok);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_the_surroundings_are_named() {
    let Some(stack) = Stack::healthy(On::Sqlite).await else {
        return;
    };
    let folder = stack.folder.path();
    let file = |name: &str| folder.join(name).display().to_string();
    std::fs::write(folder.join("open.env"), "HEARTH_CDN_SECONDS=1\n").unwrap();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = nobody.local_addr().unwrap();
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    let other_site = format!("http://{}", elsewhere.local_addr().unwrap());
    thread::spawn(move || {
        for stream in elsewhere.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1_024]);
            let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\n\r\n");
        }
    });
    let (expired, trusts_expired) = secure_site(folder, "localhost", "localhost", -1);
    let (misnamed, trusts_misnamed) = secure_site(folder, "example.org", "localhost", 60);
    let (ending, trusts_ending) = secure_site(folder, "localhost", "localhost", 3);
    let (unknown, _) = secure_site(folder, "localhost", "localhost", 61);
    let faults: Vec<(&str, &str, Variables)> = vec![
        (
            "configuration",
            "is no variable; set HEARTH_MEMORY_MB",
            vec![("HEARTH_MEMROY_MB", "1".into())],
        ),
        (
            "configuration",
            "chmod o-rwx",
            vec![("HEARTH_ENV_FILE", file("open.env"))],
        ),
        (
            "configuration",
            "has only 5 characters",
            vec![("HEARTH_ADMIN_TOKEN", "short".into())],
        ),
        (
            "site",
            "there is no built site",
            vec![("LEPTOS_SITE_ROOT", file("nowhere"))],
        ),
        (
            "node",
            "no node answers",
            vec![("LEPTOS_SITE_ADDR", nobody.to_string())],
        ),
        (
            "origin",
            "has no address",
            vec![("HEARTH_ORIGIN", "http://nowhere.invalid".into())],
        ),
        (
            "origin",
            "cannot be reached",
            vec![("HEARTH_ORIGIN", format!("http://{nobody}"))],
        ),
        (
            "origin",
            "does not lead to a node",
            vec![("HEARTH_ORIGIN", other_site.clone())],
        ),
        (
            "origin",
            "does not speak TLS",
            vec![
                ("HEARTH_ORIGIN", other_site.replace("http", "https")),
                ("SSL_CERT_FILE", trusts_ending.clone()),
            ],
        ),
        (
            "origin",
            "certificate has expired",
            vec![
                ("HEARTH_ORIGIN", expired),
                ("SSL_CERT_FILE", trusts_expired),
            ],
        ),
        (
            "origin",
            "is for another name",
            vec![
                ("HEARTH_ORIGIN", misnamed),
                ("SSL_CERT_FILE", trusts_misnamed),
            ],
        ),
        (
            "origin",
            "does not trust",
            vec![
                ("HEARTH_ORIGIN", unknown),
                ("SSL_CERT_FILE", trusts_ending.clone()),
            ],
        ),
        (
            "origin",
            "the certificate ends in less than 14 days",
            vec![("HEARTH_ORIGIN", ending), ("SSL_CERT_FILE", trusts_ending)],
        ),
        (
            "database",
            "there is no database at",
            vec![("DATABASE_URL", format!("sqlite://{}", file("none.db")))],
        ),
        (
            "database",
            "DATABASE_URL",
            vec![(
                "DATABASE_URL",
                format!("postgres://ann:geheim@{nobody}/hearth"),
            )],
        ),
        (
            "redis",
            "start it, or mend the host",
            vec![("REDIS_URL", format!("redis://:geheim@{nobody}"))],
        ),
    ];
    join_all(
        faults
            .iter()
            .map(|(check, what, changed)| stack.names(check, what, changed)),
    )
    .await;
    stack
        .names_by("file limits", "LimitNOFILE", &[], "ulimit -n 512; exec {}")
        .await;
    if let Some(url) = needed("HEARTH_TEST_SMALL_REDIS_URL") {
        stack
            .names("redis", "allkeys-lru", &[("REDIS_URL", url)])
            .await;
    }
    if rustix::process::geteuid().is_root() {
        // A small disk of its own, which nobody else sees.
        let full = "unshare -m sh -c 'mount -t tmpfs -o size=64m none site && echo js: 1 > site/hash.txt && exec {}'";
        let there = [(
            "DATABASE_URL",
            format!("sqlite://{}", file("site/hearth.db")),
        )];
        let report = stack.examined(&there, full).await;
        let is_named =
            |(check, what): &(String, String)| check == "disk" && what.contains("are free at");
        assert!(
            report.findings.iter().any(is_named),
            "{:?}",
            report.findings
        );
        assert!(!report.ok);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_a_sqlite_file_are_named() {
    let stack = Stack::healthy(On::Sqlite).await.unwrap();
    let other = stack.server.another_node().await;
    stack
        .names("nodes", "2 servers have opened the same SQLite file", &[])
        .await;
    drop(other);
    stack.server.sql("DROP TRIGGER properties_updated").await;
    let report = stack.examined(&[], "exec {}").await;
    let text = "the trigger properties_updated on properties is missing";
    assert!(
        report.findings.iter().any(|(_, what)| what.contains(text)),
        "{:?}",
        report.findings
    );
    assert!(!report.ok);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_a_postgresql_are_named() {
    let Some(stack) = Stack::healthy(On::Postgres).await else {
        return;
    };
    let url = stack.server.url().to_owned();
    let (place, name) = url.rsplit_once('/').unwrap();
    let (_, host) = place.rsplit_once('@').unwrap();
    stack
        .names(
            "database",
            "createdb",
            &[("DATABASE_URL", format!("{url}_missing"))],
        )
        .await;
    let stranger = format!("postgres://stranger:geheim@{host}/{name}");
    stack
        .names(
            "database",
            "mend the name or the password",
            &[("DATABASE_URL", stranger)],
        )
        .await;

    let table = "ALTER TABLE properties";
    let always = format!("{table} ENABLE ALWAYS TRIGGER properties_updated");
    for (check, what, plant, undo) in [
        ("triggers", "does not always fire", format!("{table} DISABLE TRIGGER properties_updated"), always.clone()),
        ("triggers", "does not always fire", format!("{table} ENABLE TRIGGER properties_updated"), always),
        ("triggers", "agents_truncated on agents is missing",
            "ALTER TRIGGER agents_truncated ON agents RENAME TO other".to_owned(),
            "ALTER TRIGGER other ON agents RENAME TO agents_truncated".to_owned()),
        ("schema", "migrations have not run: 7",
            "UPDATE _sqlx_migrations SET version = -7 WHERE version = 7".to_owned(),
            "UPDATE _sqlx_migrations SET version = 7 WHERE version = -7".to_owned()),
        ("schema", "a newer version has run migrations: 999",
            "INSERT INTO _sqlx_migrations SELECT 999, 'of tomorrow', now(), true, '', 0".to_owned(),
            "DELETE FROM _sqlx_migrations WHERE version = 999".to_owned()),
        ("schema", "differ from those of this binary: 3",
            "UPDATE _sqlx_migrations SET checksum = checksum || '\\x00' WHERE version = 3".to_owned(),
            "UPDATE _sqlx_migrations SET checksum = substr(checksum, 1, length(checksum) - 1) WHERE version = 3".to_owned()),
        ("schema", "have begun but not ended: 2",
            "UPDATE _sqlx_migrations SET success = false WHERE version = 2".to_owned(),
            "UPDATE _sqlx_migrations SET success = true WHERE version = 2".to_owned()),
        ("nodes", "gives no sign of life",
            "INSERT INTO nodes (id, beat) VALUES ('a node that was killed', 5)".to_owned(),
            "DELETE FROM nodes WHERE beat = 5".to_owned()),
        ("connections", "accepts 3",
            format!("ALTER DATABASE \"{name}\" CONNECTION LIMIT 3"),
            format!("ALTER DATABASE \"{name}\" CONNECTION LIMIT -1")),
        ("clock", " s behind the database's",
            format!("CREATE SCHEMA fast; CREATE FUNCTION fast.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS \
                     $$ SELECT pg_catalog.clock_timestamp() + interval '3601 s' $$; \
                     ALTER DATABASE \"{name}\" SET search_path = fast, pg_catalog, public"),
            format!("ALTER DATABASE \"{name}\" RESET search_path")),
        ("database", "loses edits that were acknowledged",
            format!("ALTER DATABASE \"{name}\" SET synchronous_commit = off"),
            format!("ALTER DATABASE \"{name}\" RESET synchronous_commit")),
        ("change log", "has one tag in the log",
            "UPDATE revision_counter SET tag = tag # 1".to_owned(),
            "UPDATE revision_counter SET tag = tag # 1".to_owned()),
    ] {
        stack.names_planted(check, what, &plant, &undo).await;
    }
    // A revision that the log does not have is one that no node can reach.
    let counter = "UPDATE revision_counter SET revision = revision";
    stack.server.sql(&format!("{counter} + 1")).await;
    let found = stack.examined(&[], "exec {}").await.findings;
    for (check, text) in [
        ("change log", "before the counter's"),
        ("nodes", "behind 3"),
    ] {
        let is_named = found
            .iter()
            .any(|(name, what)| name == check && what.contains(text));
        assert!(is_named, "no {text:?} in {found:?}");
    }
    stack.server.sql(&format!("{counter} - 1")).await;
    // Every one has been undone.
    assert_eq!(stack.examined(&[], "exec {}").await.findings, []);
}
