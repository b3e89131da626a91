//! A server as its own process.

use std::{
    fs::File,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command},
    sync::Arc,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use ureq::{Body, http::Response};

use crate::support::TOKEN;

pub(crate) const HEARTH: &str = env!("CARGO_BIN_EXE_hearth");

/// A server in a process of its own, on a new SQLite database.
pub(crate) struct Process {
    child: Child,
    url: String,
    folder: Arc<TempDir>,
    agent: ureq::Agent,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    pub(crate) fn start(log: &str) -> Self {
        Self::with(log, &[])
    }

    /// Starts with further variables.
    pub(crate) fn with(log: &str, variables: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let mut variables = variables.to_vec();
        variables.push(("HEARTH_LOG", log));
        let folder = Arc::new(tempfile::tempdir().unwrap());
        Self::by(Command::new(HEARTH), address, folder, &variables)
    }

    /// Starts it by a command that runs the server, at an address, on the database in a folder.
    pub(crate) fn by(
        mut command: Command,
        address: SocketAddr,
        folder: Arc<TempDir>,
        variables: &[(&str, &str)],
    ) -> Self {
        let database = folder.path().join("hearth.db");
        let log = folder.path().join("hearth.log");
        let log = File::options().create(true).append(true).open(log);
        let child = command
            .env("DATABASE_URL", format!("sqlite://{}", database.display()))
            .env("LEPTOS_SITE_ADDR", address.to_string())
            .env("HEARTH_ADMIN_TOKEN", TOKEN)
            .env("HEARTH_MEMORY_MB", "2")
            .env("HEARTH_LOG_FORMAT", "json")
            .env("HEARTH_DRAIN", "0s")
            .env_remove("REDIS_URL")
            .env_remove("OTEL_EXPORTER_OTLP_ENDPOINT")
            .envs(variables.iter().copied())
            .stdout(File::create(folder.path().join("out")).unwrap())
            .stderr(log.unwrap())
            .spawn()
            .unwrap();
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let process = Self {
            child,
            url: format!("http://{address}"),
            folder,
            agent: config.build().into(),
        };
        let deadline = Instant::now() + Duration::from_secs(60);
        while process
            .agent
            .get(format!("{}/readyz", process.url))
            .call()
            .is_err()
        {
            assert!(Instant::now() < deadline, "{}", process.log());
            #[allow(clippy::disallowed_methods, reason = "these tests have no runtime")]
            std::thread::sleep(Duration::from_millis(50));
        }
        process
    }

    /// Stops it as an operator does, and returns what it has logged.
    pub(crate) fn stop(mut self) -> String {
        self.signal(Signal::TERM);
        self.end();
        self.log()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits until it has ended, as it should.
    pub(crate) fn end(&mut self) {
        assert!(self.child.wait().unwrap().success(), "{}", self.log());
    }

    /// A response, whatever its status.
    pub(crate) fn get(&self, path: &str) -> Response<Body> {
        self.agent
            .get(format!("{}{path}", self.url))
            .call()
            .unwrap()
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("hearth.log")).unwrap()
    }

    /// The `Cache-Status` of an answer.
    pub(crate) fn status_of(&self, path: &str) -> String {
        self.status_with(path, &[])
    }

    /// The same, of a request with these headers.
    pub(crate) fn status_with(&self, path: &str, headers: &[(&str, &str)]) -> String {
        let mut request = self.agent.get(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.call().unwrap();
        let status = response.headers().get("cache-status");
        let status = status.map(|status| status.to_str().unwrap().to_owned());
        let _ = response.into_body().read_to_vec();
        status.unwrap_or_default()
    }

    /// What an editor gets at an address, as JSON.
    pub(crate) fn json(&self, path: &str) -> serde_json::Value {
        let request = self.agent.get(format!("{}{path}", self.url));
        let request = request.header("authorization", format!("Bearer {TOKEN}"));
        let response = request.header("accept", "application/json").call().unwrap();
        let body = response.into_body().read_to_string().unwrap();
        serde_json::from_str(&body).unwrap_or_else(|error| panic!("{path}: {error} in {body}"))
    }

    /// Runs a command against it, and returns what that has printed: its output, its errors.
    pub(crate) fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> (String, String) {
        let output = Command::new(HEARTH)
            .args(arguments)
            .envs(self.for_commands())
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        let [out, errors] = [output.stdout, output.stderr];
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(out), text(errors))
    }

    /// Where its log is, and nothing that anybody minds.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where it is.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The variables by which commands find it.
    pub(crate) fn for_commands(&self) -> [(&str, &str); 2] {
        let address = self.url.trim_start_matches("http://");
        [("LEPTOS_SITE_ADDR", address), ("HEARTH_ADMIN_TOKEN", TOKEN)]
    }

    /// Its resident memory, in MiB.
    pub(crate) fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .unwrap();
        let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        kib / 1024
    }

    pub(crate) fn edit(&self, id: u32, price: u32) {
        let path = format!("/api/properties/{id}/");
        self.patch(&path, &format!(r#"{{"price":"{price}.00"}}"#));
    }

    /// Edits a row by its fields as JSON.
    pub(crate) fn patch(&self, path: &str, fields: &str) {
        let response = self
            .agent
            .patch(format!("{}{path}", self.url))
            .header("authorization", format!("Bearer {TOKEN}"))
            .header("content-type", "application/json")
            .send(fields);
        assert_eq!(response.unwrap().status(), 200);
    }

    pub(crate) fn metrics(&self) -> String {
        let response = self.agent.get(format!("{}/metrics", self.url)).call();
        response.unwrap().into_body().read_to_string().unwrap()
    }
}

#[test]
fn a_probe_asks_whether_a_node_answers_and_follows_the_database() {
    let process = Process::start("info");
    assert_eq!(process.run(&["health"], &[]).0, "ok\n");
    assert_eq!(process.run(&["health", "--ready"], &[]).0, "ready\n");
    let nowhere = ["health", "--node", "http://127.0.0.1:9"];
    let (out, errors) = process.run(&nowhere, &[]);
    assert_eq!(out, "");
    assert!(errors.contains("no node answers at"), "{errors}");
}
