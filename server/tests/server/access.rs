//! Request ids and the access log.

use serde_json::Value;

use crate::{on_both, process::Process};

on_both! {
    async fn every_response_has_the_request_s_id(server: Server) {
        let paths = ["/", "/properties", "/api/properties/7/", "/api/properties/7/", "/nowhere", "/healthz", "/api/properties/x/", "/admin/login"];
        let mut made = Vec::new();
        for path in paths {
            let id = server.get(path).await.header("x-request-id").to_owned();
            assert_eq!(id.len(), 16, "{path}: {id}");
            made.push(id);
            for (sent, is_taken) in [("from-a-proxy.42", true), ("two words", false)] {
                let headers = [("x-request-id", sent)];
                let answer = server.send(axum::http::Method::GET, path, &headers, Vec::new()).await;
                assert_eq!(answer.header("x-request-id") == sent, is_taken, "{path}");
            }
        }
        made.sort();
        made.dedup();
        assert_eq!(made.len(), paths.len());
    }
}

/// The access lines of a log.
fn lines(log: &str) -> Vec<Value> {
    let lines = log
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.filter(|line| line["target"] == "access").collect()
}

#[test]
fn a_request_has_one_line_where_the_filter_names_them() {
    let process = Process::start("info,access=info");
    for path in ["/api/properties/7/", "/properties/7", "/nowhere"] {
        process.status_with(path, &[("x-request-id", &path.replace('/', "."))]);
    }
    for _ in 0..300 {
        process.status_of("/api/properties/7/");
    }
    let log = process.stop();
    let lines = lines(&log);
    let line = |id: &str| {
        let mut own = lines.iter().filter(|line| line["fields"]["id"] == id);
        let line = own
            .next()
            .unwrap_or_else(|| panic!("no line of {id} in {log}"));
        assert!(own.next().is_none(), "two lines of {id}");
        &line["fields"]
    };
    let loaded = line(".api.properties.7.");
    assert_eq!(
        (&loaded["status"], &loaded["tier"]),
        (&200.into(), &"database".into())
    );
    assert!(loaded["micros"].as_u64().unwrap() > 0);
    assert_eq!(loaded["message"], "GET /api/properties/7/");
    assert_eq!(line(".nowhere")["status"], 404);
    // Answers from memory are sampled.
    let fields = lines.iter().map(|line| &line["fields"]);
    let hits = fields
        .filter(|line| line["tier"] == "memory" && line["message"] == "GET /api/properties/7/");
    let stand_for: u64 = hits.map(|line| line["stands_for"].as_u64().unwrap()).sum();
    assert_eq!(stand_for, 300);
}

#[test]
fn without_its_name_in_the_filter_there_is_no_line() {
    let process = Process::start("info");
    process.status_of("/properties/7");
    let log = process.stop();
    assert_eq!(lines(&log).len(), 0, "{log}");
}
