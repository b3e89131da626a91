//! A node that starts while its database cannot be reached.

use std::{
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use rustix::process::Signal;
use tempfile::TempDir;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::Instant,
};
use url::Url;

use crate::{
    process::{HEARTH, Process},
    support::{On, Server},
};

/// The way to a database: closed until it is opened.
struct Way {
    /// The database's address, by this way.
    url: String,
    port: u16,
    to: String,
}

impl Way {
    fn to(url: &str) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut by = Url::parse(url).unwrap();
        let to = format!("{}:{}", by.host_str().unwrap(), by.port().unwrap_or(5432));
        by.set_host(Some("127.0.0.1")).unwrap();
        by.set_port(Some(port)).unwrap();
        Self {
            url: by.to_string(),
            port,
            to,
        }
    }

    async fn open(&self) -> JoinHandle<()> {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.unwrap();
        let to = self.to.clone();
        tokio::spawn(async move {
            loop {
                let (mut from, _) = listener.accept().await.unwrap();
                let to = to.clone();
                tokio::spawn(async move {
                    let mut to = TcpStream::connect(to).await.unwrap();
                    let _ = copy_bidirectional(&mut from, &mut to).await;
                });
            }
        })
    }
}

fn start(way: &Way) -> Process {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let folder = Arc::new(TempDir::new().unwrap());
    let variables = [("DATABASE_URL", &*way.url), ("HEARTH_LOG", "info")];
    Process::by(Command::new(HEARTH), address, folder, &variables)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_without_its_database_is_alive_and_joins_when_it_is_back() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    let way = Way::to(server.url());
    let mut process = start(&way);
    let body = |path: &str| {
        let mut answer = process.get(path);
        let status = answer.status().as_u16();
        let retry = answer.headers().get("retry-after").cloned();
        (status, retry, answer.body_mut().read_to_string().unwrap())
    };
    assert_eq!(body("/healthz").0, 200);
    let (status, _, said) = body("/readyz");
    assert_eq!(
        (status, &*said),
        (503, "starting: the database cannot be reached\n")
    );
    for path in [
        "/",
        "/properties",
        "/api/properties/",
        "/admin",
        "/nowhere",
        "/sitemap.xml",
    ] {
        let (status, retry, _) = body(path);
        assert_eq!(
            (status, retry.unwrap()),
            (503, "2".parse().unwrap()),
            "{path}"
        );
    }
    // It has tried more than once, and said so once.
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(
        process.log().matches("cannot reach the database").count(),
        1,
        "{}",
        process.log()
    );
    let opened = way.open().await;
    let from = Instant::now();
    while process.get("/readyz").status() != 200 {
        assert!(
            from.elapsed() < Duration::from_secs(30),
            "{}",
            process.log()
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("ready {:?} after the database came back", from.elapsed());
    assert_eq!(process.get("/properties/7").status(), 200);
    assert!(process.log().contains("the database can be reached"));
    process.signal(Signal::TERM);
    process.end();
    opened.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_waits_can_be_stopped() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    let way = Way::to(server.url());
    let stop = |signal| {
        let mut process = start(&way);
        process.signal(signal);
        process.end();
    };
    stop(Signal::TERM);
    // A database that says nothing: the signal comes in the middle of an attempt.
    let _silent = TcpListener::bind(("127.0.0.1", way.port)).await.unwrap();
    for signal in [Signal::TERM, Signal::INT] {
        stop(signal);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn migrate_waits_for_the_database() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    let way = Way::to(server.url());
    let child = Command::new(HEARTH)
        .arg("migrate")
        .env("DATABASE_URL", &way.url)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let opened = way.open().await;
    let ended = tokio::task::spawn_blocking(|| child.wait_with_output().unwrap())
        .await
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{said}");
    assert_eq!(
        said.matches("cannot reach the database").count(),
        1,
        "{said}"
    );
    opened.abort();
}

/// What cannot pass by itself is said at once.
#[tokio::test]
async fn a_database_that_does_not_exist_ends_the_start() {
    let Some(server) = Server::start(On::Postgres).await else {
        return;
    };
    let mut url = Url::parse(server.url()).unwrap();
    url.set_path("/hearth_nowhere");
    let ended = Command::new(HEARTH)
        .env("DATABASE_URL", url.as_str())
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .output()
        .unwrap();
    assert!(!ended.status.success());
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(said.contains("hearth_nowhere"), "{said}");
}
