//! Clients that are slow, silent, malformed or many: they cost little, and readers notice nothing.

use std::{future::pending, net::SocketAddr, time::Duration};

use futures::future::join_all;
use hearth::serving::{Limits, serve_on};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{Instant, timeout},
};

use crate::{
    admin::hidden,
    on_both,
    support::{On, PASSWORD, Server},
};

/// A time that no answer of these tests takes, even on a busy machine.
pub(crate) const LONG: Duration = Duration::from_secs(20);

pub(crate) const LIMITS: Limits = Limits {
    connections: 64,
    head: Duration::from_millis(400),
    unread: Duration::from_millis(400),
};

/// Requests with bodies, and their headers.
const BODIES: [(&str, &str, &str); 5] = [
    (
        "POST",
        "/api/properties/",
        "Authorization: Bearer a token of the tests\r\n",
    ),
    (
        "PATCH",
        "/api/properties/7/",
        "Authorization: Bearer a token of the tests\r\n",
    ),
    (
        "POST",
        "/admin/login",
        "Content-Type: application/x-www-form-urlencoded\r\n",
    ),
    (
        "POST",
        "/admin/properties/7",
        "Content-Type: application/x-www-form-urlencoded\r\n",
    ),
    ("POST", "/api/graphql", "Content-Type: application/json\r\n"),
];

/// Lets the server listen on a free port, within these limits.
pub(crate) async fn listen(server: &Server, limits: Limits) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve_on(
        listener,
        server.app.clone().into(),
        limits,
        pending(),
    ));
    address
}

/// What a client gets until the server closes the connection.
async fn say(address: SocketAddr, text: &[u8]) -> String {
    let mut connection = TcpStream::connect(address).await.unwrap();
    // The server may have closed it before it has read everything.
    let _ = connection.write_all(text).await;
    let mut answer = Vec::new();
    let read = timeout(LONG, connection.read_to_end(&mut answer)).await;
    let _ = read.expect("the server closes the connection");
    String::from_utf8_lossy(&answer).into_owned()
}

async fn read(address: SocketAddr, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: hearth\r\nConnection: close\r\n\r\n");
    say(address, request.as_bytes()).await
}

pub(crate) fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

#[tokio::test]
async fn heads_that_never_end_do() {
    let server = Server::start(On::Sqlite).await.unwrap();
    let address = listen(&server, LIMITS).await;
    // Nothing; the beginning of either version of HTTP; a request, and then nothing.
    for begin in [
        "",
        "P",
        "PRI * HTTP/2.0\r\n",
        "GET / HTTP/1.1\r\nHost: hearth\r\n",
    ] {
        assert!(say(address, begin.as_bytes()).await.is_empty(), "{begin:?}");
    }
    let answer = say(address, b"GET /healthz HTTP/1.1\r\nHost: hearth\r\n\r\n").await;
    assert_eq!(status(&answer), "200");
    // A byte now and then is no progress.
    let mut connection = TcpStream::connect(address).await.unwrap();
    let from = Instant::now();
    let head = b"GET / HTTP/1.1\r\nHost: hearth\r\nX-Slow: "
        .iter()
        .chain([b'x'].iter().cycle());
    for byte in head {
        if connection.write_all(&[*byte]).await.is_err() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(from.elapsed() < LONG, "the connection is still open");
    }
}

#[tokio::test]
async fn readers_are_served_beside_a_thousand_silent_clients() {
    let server = Server::start(On::Sqlite).await.unwrap();
    let limits = Limits {
        connections: 2_000,
        ..LIMITS
    };
    let address = listen(&server, limits).await;
    let slow = (0..1_000).map(|_| async move {
        let mut connection = TcpStream::connect(address).await.unwrap();
        connection
            .write_all(b"GET / HTTP/1.1\r\nX-Slow: ")
            .await
            .unwrap();
        connection
    });
    let slow = join_all(slow).await;
    let mut took = Vec::new();
    for _ in 0..200 {
        let from = Instant::now();
        assert_eq!(status(&read(address, "/properties").await), "200");
        took.push(from.elapsed());
    }
    took.sort();
    println!(
        "p99 of a reader beside {} silent clients: {:?}",
        slow.len(),
        took[197]
    );
    // They have been told to go.
    for mut connection in slow {
        let mut rest = Vec::new();
        let read = timeout(LONG, connection.read_to_end(&mut rest)).await;
        let _ = read.expect("the server closes the connection");
    }
}

#[tokio::test]
async fn too_many_connections_are_refused_and_later_taken() {
    let server = Server::start(On::Sqlite).await.unwrap();
    let limits = Limits {
        connections: 4,
        head: LONG,
        ..LIMITS
    };
    let address = listen(&server, limits).await;
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(TcpStream::connect(address).await.unwrap());
    }
    let mut refused = read(address, "/healthz").await;
    assert_eq!(status(&refused), "503");
    assert!(refused.contains("Retry-After: 2"), "{refused}");
    held.clear();
    let from = Instant::now();
    while status(&refused) == "503" {
        assert!(from.elapsed() < LONG, "there is room again");
        refused = read(address, "/healthz").await;
    }
    assert_eq!(status(&refused), "200");
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_left() {
    let server = Server::start(On::Sqlite).await.unwrap();
    let limits = Limits {
        connections: 1,
        ..LIMITS
    };
    let address = listen(&server, limits).await;
    let mut connection = TcpStream::connect(address).await.unwrap();
    let request = b"GET /properties HTTP/1.1\r\nHost: hearth\r\nAccept-Encoding: identity\r\n\r\n";
    // Pipelined, until nothing more fits into any buffer.
    while timeout(Duration::from_millis(200), connection.write_all(request))
        .await
        .is_ok_and(|it| it.is_ok())
    {}
    // Its place is free again.
    let from = Instant::now();
    while status(&read(address, "/healthz").await) != "200" {
        assert!(from.elapsed() < LONG, "the connection is still open");
    }
}

on_both! {
    async fn what_is_no_request_is_refused(server: Server) {
        let address = listen(&server, LIMITS).await;
        let large = "x".repeat(65 << 10);
        let many = (0..200).map(|number| format!("X-{number}: x\r\n")).collect::<String>();
        for (text, expect) in [
            (format!("GET / HTTP/1.1\r\nHost: hearth\r\nX-Large: {large}\r\n\r\n"), "431"),
            (format!("GET /{large} HTTP/1.1\r\nHost: hearth\r\n\r\n"), "431"),
            (format!("GET / HTTP/1.1\r\nHost: hearth\r\n{many}\r\n"), "431"),
            ("GET  / HTTP/1.1\r\n\r\n".to_owned(), "400"),
            ("\0\u{1}\u{2}\r\n\r\n".to_owned(), "400"),
            ("GET / HTTP/9.9\r\n\r\n".to_owned(), "400"),
            ("POST /api/properties/ HTTP/1.1\r\nHost: hearth\r\nContent-Length: x\r\n\r\n".to_owned(), "400"),
            ("POST /api/properties/ HTTP/1.1\r\nHost: hearth\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab".to_owned(), "400"),
            ("POST /api/properties/ HTTP/1.1\r\nHost: hearth\r\nTransfer-Encoding: sausage\r\n\r\n".to_owned(), "400"),
        ] {
            let answer = say(address, text.as_bytes()).await;
            assert_eq!(status(&answer), expect, "{:.60}: {answer:.80}", text);
        }
    }

    async fn a_large_body_is_refused_before_it_is_sent(server: Server) {
        let address = listen(&server, LIMITS).await;
        for (method, path, more) in BODIES {
            let head = format!("{method} {path} HTTP/1.1\r\nHost: hearth\r\n{more}Content-Length: 1073741824\r\nConnection: close\r\n\r\n");
            let answer = say(address, head.as_bytes()).await;
            assert_eq!(status(&answer), "413", "{method} {path}: {answer:.200}");
        }
    }

    async fn a_body_that_stops_is_the_client_s_fault(server: Server) {
        let address = listen(&server, LIMITS).await;
        let stopping = BODIES.map(|(method, path, more)| async move {
            let head = format!("{method} {path} HTTP/1.1\r\nHost: hearth\r\n{more}Content-Length: 100\r\n\r\n{{\"");
            let answer = say(address, head.as_bytes()).await;
            assert_eq!(status(&answer), "408", "{method} {path}: {answer:.300}");
        });
        join_all(stopping).await;
    }

    async fn wrong_passwords_are_slowed_and_the_right_one_gets_in(server: Server) {
        let address = listen(&server, Limits { head: LONG, ..LIMITS }).await;
        let post = |password: &str, token: &str, cookie: &str| {
            let body = format!("username=admin&password={}&csrf_token={token}", password.replace(' ', "+"));
            format!("POST /admin/login HTTP/1.1\r\nHost: hearth\r\nConnection: close\r\nCookie: hearth_login={token}{cookie}\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        };
        let page = read(address, "/admin/login").await;
        let token = hidden(&page, "csrf_token");
        let (mut wrong, mut slowed) = (0, 0);
        let mut wait = 0;
        for _ in 0..100 {
            let guesses = (0..10).map(|_| async { say(address, post("guess", &token, "").as_bytes()).await });
            for answer in join_all(guesses).await {
                match status(&answer) {
                    "403" => wrong += 1,
                    "429" => {
                        slowed += 1;
                        let after = answer.split("retry-after: ").nth(1).unwrap().split('\r').next().unwrap();
                        wait = after.parse().unwrap();
                    }
                    "503" => {}
                    status => panic!("{status}"),
                }
            }
        }
        assert!(wrong < 100 && slowed > 800, "{wrong} wrong, {slowed} slowed");
        assert!((1..=3).contains(&wait), "{wait} s");
        // Readers never notice; other accounts neither.
        assert_eq!(status(&read(address, "/properties").await), "200");
        tokio::time::sleep(Duration::from_secs(wait)).await;
        let answer = say(address, post(PASSWORD, &token, "").as_bytes()).await;
        assert!(answer.contains("location: /admin\r\n") && answer.contains("hearth_session="), "{answer:.300}");
        // Whoever goes on without a pause keeps others in the same network out, but not the editor's own browser.
        let (_, known) = answer.split_once("hearth_known=").unwrap();
        let known = known.split(';').next().unwrap();
        let flood = async {
            loop {
                say(address, post("guess", &token, "").as_bytes()).await;
            }
        };
        let editor = async {
            // Until the flood has begun to be slowed.
            while status(&say(address, post("guess", &token, "").as_bytes()).await) != "429" {}
            for _ in 0..3 {
                let cookie = format!("; hearth_known={known}");
                let answer = say(address, post(PASSWORD, &token, &cookie).as_bytes()).await;
                assert_eq!(status(&answer), "303", "{answer:.300}");
            }
            let made_up = format!("; hearth_known={}", known.replace(['0', '1', '2'], "3"));
            let answers = (0..20).map(|_| async {
                status(&say(address, post("guess", &token, &made_up).as_bytes()).await).to_owned()
            });
            let answers = join_all(answers).await;
            assert!(answers.iter().any(|status| status == "429"), "{answers:?}");
        };
        tokio::select! {
            () = flood => {}
            () = editor => {}
        }
    }
}
