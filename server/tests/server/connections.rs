//! What a connection carries: requests in turn, pipelined requests, HTTP/2.

use std::future::pending;

use axum::{body::Bytes, http::Request};
use hearth::serving::{Limits, serve_on};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::support::{On, Server};

/// Lets the server listen on a free port, and connects to it.
async fn connect(server: &Server) -> TcpStream {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve_on(
        listener,
        server.app.clone().into(),
        Limits::default(),
        pending(),
    ));
    TcpStream::connect(address).await.unwrap()
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let server = Server::start(On::Sqlite).await.unwrap();
    let mut connection = connect(&server).await;
    // An answer from memory must not overtake one that has to be loaded.
    server.get("/api/properties/1/").await;
    let paths = [
        "/api/properties/?bedrooms=3",
        "/api/properties/1/",
        "/api/properties/x/",
    ];
    let requests: String = paths
        .iter()
        .map(|path| format!("GET {path} HTTP/1.1\r\nHost: hearth\r\n\r\n"))
        .collect();
    let last = "GET /healthz HTTP/1.1\r\nHost: hearth\r\nConnection: close\r\n\r\n";
    connection
        .write_all((requests + last).as_bytes())
        .await
        .unwrap();
    let mut answers = String::new();
    connection.read_to_string(&mut answers).await.unwrap();
    let statuses: Vec<&str> = answers
        .match_indices("HTTP/1.1 ")
        .map(|(at, begin)| &answers[at + begin.len()..][..3])
        .collect();
    assert_eq!(statuses, ["200", "200", "404", "200"]);
    let list = answers.find(r#"{"count":"#).unwrap();
    assert!(list < answers.find(r#"{"id":1,"#).unwrap());
}

#[tokio::test]
async fn http_2_needs_no_encryption() {
    let server = Server::start(On::Sqlite).await.unwrap();
    let expected = server.get("/api/properties/").await;
    let connection = connect(&server).await;
    let (client, connection) = h2::client::handshake(connection).await.unwrap();
    tokio::spawn(async { connection.await.unwrap() });
    let mut client = client.ready().await.unwrap();
    let mut send = |coding: &str| {
        let request = Request::get("http://hearth/api/properties/")
            .header("accept-encoding", coding)
            .body(())
            .unwrap();
        client.send_request(request, true).unwrap().0
    };
    // Both are in flight at the same time.
    let (plain, packed) = (send("identity"), send("br"));
    let packed = packed.await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "br");
    let plain = plain.await.unwrap();
    assert_eq!(plain.headers()["etag"], expected.header("etag"));
    let mut body = plain.into_body();
    let mut bytes = Vec::new();
    while let Some(part) = body.data().await {
        let part: Bytes = part.unwrap();
        body.flow_control().release_capacity(part.len()).unwrap();
        bytes.extend_from_slice(&part);
    }
    assert_eq!(bytes, expected.body);
}
