//! Requests at random, from pieces that mean something: whatever they are, no answer is a failure of the server, none
//! is missing, and nothing panics.
//!
//! `HEARTH_TEST_SEED` sets the beginning of the random numbers, `HEARTH_TEST_REQUESTS` how many requests there are.

use std::{
    collections::BTreeMap,
    env,
    fmt::{Debug, Write as _},
    str::FromStr,
};

use futures::future::join_all;
use hearth::{http::paths, store::Role};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{
    hostile::{LIMITS, LONG, listen, status},
    on_both,
    permissions::{OTHERS, Sender, with_ids},
};

/// To each of the two databases.
const REQUESTS: usize = 10_000;

/// Clients that send at the same time: few enough for nothing to be refused because of others.
const CLIENTS: usize = 2;

const METHODS: [&str; 16] = [
    "GET", "GET", "GET", "GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "PATCH", "DELETE",
    "OPTIONS", "TRACE", "FOO", "get",
];

const IDS: [&str; 12] = [
    "7",
    "7",
    "7",
    "999999",
    "0",
    "-7",
    "7.5",
    "99999999999999999999",
    "%37",
    "７",
    "x",
    "%00",
];

const PARAMETERS: [&str; 30] = [
    "city",
    "min_price",
    "max_price",
    "bedrooms",
    "page",
    "page_size",
    "sort",
    "status",
    "q",
    "ids",
    "to",
    "price",
    "property_type",
    "key",
    "at",
    "url",
    "query",
    "variables",
    "extensions",
    "servings",
    "next",
    "who",
    "day",
    "columns",
    "search",
    "tier",
    "cuisine",
    "diet",
    "ingredients",
    "view",
];

const VALUES: [&str; 28] = [
    "austin",
    "1",
    "0",
    "-1",
    "99999999999999999999",
    "%00",
    "%FF%FE",
    "%F0%9F%8F%A0",
    "",
    "1e308",
    "NaN",
    "'%20OR%201=1--",
    "%2e%2e%2f",
    "{",
    "[1,2]",
    "../../etc/passwd",
    "%u0041",
    "𝔸",
    "null",
    "true",
    "1,2,3",
    "{__typename}",
    "{properties{results{id}}}",
    "/properties?city=austin",
    "https://elsewhere.example/",
    "2024-02-30",
    "price",
    "-price",
];

const HEADERS: [(&str, &str); 36] = [
    ("If-None-Match", "*"),
    ("If-None-Match", "\"x\", W/\"y\""),
    ("If-None-Match", "\""),
    ("If-Match", "garbage"),
    ("If-Match", "\"1-2\""),
    ("If-Match", "*"),
    ("If-Modified-Since", "yesterday"),
    ("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ("If-Range", "\"x"),
    ("Range", "bytes=0-1"),
    ("Range", "bytes=-"),
    ("Range", "bytes=0-0,1-1,99999999999999999999-"),
    ("Accept", "text/html"),
    ("Accept", "application/json"),
    ("Accept", ";;q=,"),
    ("Accept-Encoding", "br;q=nan, *;q=0"),
    ("Accept-Encoding", "zstd"),
    ("Accept-Language", "x"),
    ("Hearth-Min-Revision", "1"),
    ("Hearth-Min-Revision", "x"),
    ("Hearth-Base-Version", "-5"),
    ("Hearth-Refresh", "/properties, /nowhere, \u{7f}"),
    ("Idempotency-Key", "a key"),
    ("Content-Type", "application/json"),
    ("Content-Type", "application/x-www-form-urlencoded"),
    ("Content-Type", "multipart/form-data; boundary="),
    ("Authorization", "Bearer nope"),
    ("Authorization", "Basic \u{e9}"),
    ("Sec-Fetch-Site", "same-origin"),
    ("Sec-Fetch-Site", "cross-site"),
    ("Sec-Purpose", "prefetch"),
    ("X-Forwarded-For", "1.2.3.4, x"),
    ("X-Request-Id", "a b\u{80}"),
    ("Last-Event-ID", "-1"),
    ("Expect", "100-continue"),
    ("Traceparent", "00-zz-1-1"),
];

const HOSTS: [&str; 5] = ["hearth", "hearth", "a b", "[::1]:80", "xn--"];

const BODIES: [&str; 18] = [
    "",
    "{}",
    "[]",
    "null",
    "{\"price\":\"1\"}",
    "{\"price\":1e999}",
    "{\"title\":\"\\u0000\"}",
    "{\"title\":\"\\ud800\"}",
    "{\"rows\":[{\"id\":1}],\"fields\":{\"price\":\"x\"}}",
    "{\"where\":\"city=%FF\",\"fields\":{}}",
    "{\"fields\":{\"price\":\"1\"},\"rows\":[{\"id\":-1,\"version\":99}]}",
    "{\"query\":\"{properties{results{id}}}\"}",
    "{\"query\":\"query($a:Int){property(id:$a){id}}\",\"variables\":{\"a\":\"x\"}}",
    "{\"query\":\"mutation{updateProperty(id:1,set:{price:\\\"1\\\"}){id}}\"}",
    "[{\"query\":\"{__typename}\"}]",
    "price=1&do=delete",
    "username=admin&password=%00",
    "%FF=%FE&&=&a=b=c",
];

/// What a request may be made of.
struct Pieces {
    paths: Vec<String>,
    /// A program, an editor and a viewer.
    senders: [Sender; 3],
}

impl Pieces {
    fn request(&self, random: &mut impl Rng) -> String {
        let method = METHODS.choose(random).unwrap();
        let mut path = with_ids(
            self.paths.choose(random).unwrap(),
            IDS.choose(random).unwrap(),
        );
        match random.random_range(0..20) {
            0 => path.push('/'),
            1 => path.push_str(
                ["//", "/..", "/%2e%2e", "/%00", ";a=b", "#x", "/x/y/z"]
                    .choose(random)
                    .unwrap(),
            ),
            2 => path = format!("http://elsewhere.example{path}"),
            3 => path = path.to_uppercase(),
            4 => path = path.replace('/', "//"),
            5 => path.insert_str(
                1,
                ["%", "%2", "\\", "\"", "<", "^", "`", "{", "~", "é"]
                    .choose(random)
                    .unwrap(),
            ),
            _ => {}
        }
        let parameters = (0..random.random_range(0..6)).map(|_| {
            let [name, value] =
                [PARAMETERS.choose(random), VALUES.choose(random)].map(Option::unwrap);
            let value = if random.random_bool(0.03) {
                "a".repeat(2_000)
            } else {
                (*value).to_owned()
            };
            format!("{name}={value}")
        });
        let parameters: Vec<String> = parameters.collect();
        if !parameters.is_empty() || random.random_bool(0.05) {
            write!(path, "?{}", parameters.join("&")).unwrap();
        }
        let mut body = (*BODIES.choose(random).unwrap()).to_owned();
        let sender = self
            .senders
            .choose(random)
            .filter(|_| random.random_bool(0.5));
        if let Some(sender) = sender.filter(|_| body.contains('=')) {
            write!(body, "&csrf_token={}", sender.csrf_token).unwrap();
        }
        if ["GET", "HEAD"].contains(method) && random.random_bool(0.9) {
            body.clear();
        }
        let mut text = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n",
            HOSTS.choose(random).unwrap()
        );
        for _ in 0..random.random_range(0..5) {
            let (name, value) = HEADERS.choose(random).unwrap();
            write!(text, "{name}: {value}\r\n").unwrap();
        }
        for (name, value) in sender.iter().flat_map(|sender| sender.headers()) {
            write!(text, "{name}: {value}\r\n").unwrap();
        }
        write!(
            text,
            "Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        text
    }
}

fn variable<T: FromStr<Err: Debug>>(name: &str, otherwise: T) -> T {
    env::var(name).map_or(otherwise, |value| value.parse().unwrap())
}

on_both! {
    async fn no_request_at_random_makes_the_server_fail(server: Server) {
        let address = listen(&server, LIMITS).await;
        let paths = paths(server.app.clone()).into_iter().chain(OTHERS.map(ToOwned::to_owned));
        let pieces = Pieces {
            // A session must outlast the run.
            paths: paths.filter(|path| path != "/admin/logout").collect(),
            senders: [
                Sender::program(),
                Sender::with(&server, Role::Editor).await,
                Sender::with(&server, Role::Viewer).await,
            ],
        };
        let seed = variable("HEARTH_TEST_SEED", 4242);
        let requests: usize = variable("HEARTH_TEST_REQUESTS", REQUESTS);
        println!("HEARTH_TEST_SEED={seed} HEARTH_TEST_REQUESTS={requests}");
        let clients = (0..CLIENTS).map(|client| {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            random.set_stream(u64::try_from(client).unwrap());
            let pieces = &pieces;
            async move {
                let mut statuses = BTreeMap::<String, usize>::new();
                for _ in 0..requests / CLIENTS {
                    let request = pieces.request(&mut random);
                    let mut connection = TcpStream::connect(address).await.unwrap();
                    // The server may have refused it before it is sent.
                    let _ = connection.write_all(request.as_bytes()).await;
                    let mut answer = vec![0; 4096];
                    // The beginning is enough: some answers are streams.
                    let read = timeout(LONG, connection.read(&mut answer)).await;
                    let read = read.unwrap_or_else(|_| panic!("no answer: {request}"));
                    let read = read.unwrap_or_else(|error| panic!("{error}: {request}"));
                    let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
                    let status = status(&answer);
                    // Beside the other tests the machine is busy.
                    let is_refused = status == "503" && answer.contains("; detail=refused");
                    let is_answered = is_refused || status < "500" && status != "none";
                    assert!(is_answered, "{status}: {request}\n\n{answer}");
                    *statuses.entry(status.to_owned()).or_default() += 1;
                }
                statuses
            }
        });
        let mut all = BTreeMap::<String, usize>::new();
        for (status, count) in join_all(clients).await.into_iter().flatten() {
            *all.entry(status).or_default() += count;
        }
        println!("{all:?}");
        // They are not all refused at the door.
        for status in ["200", "400", "404"] {
            assert!(all[status] > requests / 100, "{all:?}");
        }
        assert!(all.get("503").is_none_or(|refused| *refused < requests / 100), "{all:?}");
        assert_eq!(server.get("/properties").await.status, 200);
    }
}
