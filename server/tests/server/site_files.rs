//! The site's files, by RFC 9110: the same answers from a folder as from an archive behind a program.

use std::{
    fs::{self, File},
    io::{Seek, SeekFrom, Write},
    os::unix::fs::symlink,
    path::Path,
    time::{Duration, SystemTime},
};

use axum::http::Method;
use tempfile::TempDir;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::support::{Answer, On, Server};

const SCRIPT: &[u8] = b"export const answer = 42;\n";
/// What the build wrote beside it. Nobody looks whether it is what it says.
const BROTLI: &[u8] = b"brotli of the script";
const GZIP: &[u8] = b"gzip of the script";
const PICTURE: &[u8] = b"a picture";
const HASHES: &[u8] = b"js: 0123456789abcdef\ncss: fedcba9876543210\n";

/// Of these, packaging leaves all but the smallest out of the archive.
const STYLE: &str = "style.css";
const STYLE_TEXT: &[u8] = b"body{}\n";
const STYLE_BROTLI: &[u8] = b"\x0b\x03\x80body{}\n\x03";
const STYLE_GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x4b\xca\x4f\xa9\xac\xae\xe5\x02\x00\xb2\x68\x82\x20\x07\x00\x00\x00";

const FILES: [(&str, &[u8]); 11] = [
    (STYLE, STYLE_TEXT),
    ("style.css.br", STYLE_BROTLI),
    ("style.css.gz", STYLE_GZIP),
    ("hash.txt", HASHES),
    ("favicon.ico", b"an icon"),
    ("empty.txt", b""),
    ("navigation/page.js", SCRIPT),
    ("navigation/page.js.br", BROTLI),
    ("navigation/page.js.gz", GZIP),
    ("pictures/loft.avif", PICTURE),
    ("a name.svg", b"<svg/>"),
];

const PATH: &str = "/navigation/page.js";

/// 2026-02-03 04:05:06 UTC.
const MODIFIED: Duration = Duration::from_secs(1_770_091_506);
const DATE: &str = "Tue, 03 Feb 2026 04:05:06 GMT";
const EARLIER: &str = "Tue, 03 Feb 2026 04:05:05 GMT";

/// The same site from both sources, and what else is in the folder around it.
struct Both {
    servers: [Server; 2],
    folder: TempDir,
}

impl Both {
    async fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let site = folder.path().join("site");
        for (name, bytes) in FILES {
            write(&site.join(name), bytes);
        }
        write(&folder.path().join("secret.txt"), b"secret");
        let program = folder.path().join("program");
        pack(&program);
        let server = Server::start(On::Sqlite).await.unwrap();
        let from = |root: &Path| format!("--site-root={}", root.display());
        let servers = [
            server.configured(&[&from(&site)]).await,
            server.configured(&[&from(&program)]).await,
        ];
        Self { servers, folder }
    }

    /// The answer, which does not depend on the source.
    async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let [folder, archive] = &self.servers;
        // Otherwise each would have an id of its own.
        let headers = &[headers, &[("x-request-id", "same")]].concat();
        let one = folder.send(method.clone(), path, headers, Vec::new()).await;
        let other = archive.send(method, path, headers, Vec::new()).await;
        assert_eq!(one.status, other.status, "{path} {headers:?}");
        assert_eq!(one.headers, other.headers, "{path} {headers:?}");
        assert_eq!(one.body, other.body, "{path} {headers:?}");
        one
    }

    async fn get(&self, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, PATH, headers).await
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + MODIFIED)
        .unwrap();
}

/// A program with the site behind it.
fn pack(program: &Path) {
    fs::write(program, b"\x7fELF and so on".repeat(1_000)).unwrap();
    let mut file = File::options()
        .read(true)
        .write(true)
        .open(program)
        .unwrap();
    file.seek(SeekFrom::End(0)).unwrap();
    let mut archive = ZipWriter::new(file);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::from_date_and_time(2026, 2, 3, 4, 5, 6).unwrap());
    let left_out = |name: &str| name == STYLE || name == "style.css.gz";
    for (name, bytes) in FILES.into_iter().filter(|(name, _)| !left_out(name)) {
        archive.start_file(name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

#[tokio::test]
async fn what_packaging_leaves_out_is_made_of_what_is_compressed() {
    let both = Both::start().await;
    for (headers, expect) in [
        (&[][..], STYLE_TEXT),
        (&[("accept-encoding", "gzip")], STYLE_GZIP),
        (&[("accept-encoding", "br")], STYLE_BROTLI),
    ] {
        let answer = both.send(Method::GET, "/style.css", headers).await;
        assert_eq!((answer.status.as_u16(), &*answer.body), (200, expect));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_sent_in_the_coding_that_the_client_prefers() {
    let both = Both::start().await;
    let mut tags = Vec::new();
    for (accepted, coding, body) in [
        ("", "", SCRIPT),
        ("gzip, deflate, br, zstd", "br", BROTLI),
        ("gzip", "gzip", GZIP),
        ("gzip;q=0.9, br;q=0.1", "gzip", GZIP),
        ("*", "br", BROTLI),
        ("*;q=0.1, br;q=0", "gzip", GZIP),
        ("identity, br;q=0.5", "", SCRIPT),
        ("zstd", "", SCRIPT),
        ("br;q=0, gzip;q=0", "", SCRIPT),
    ] {
        let answer = both.get(&[("accept-encoding", accepted)]).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-encoding"), coding, "{accepted}");
        assert_eq!(answer.body, body, "{accepted}");
        assert_eq!(answer.header("vary"), "accept-encoding", "{accepted}");
        assert_eq!(answer.header("content-type"), "text/javascript");
        assert_eq!(answer.header("content-length"), body.len().to_string());
        assert_eq!(answer.header("accept-ranges"), "bytes");
        assert_eq!(answer.header("last-modified"), DATE);
        assert_eq!(answer.header("cache-control"), "max-age=3600");
        tags.push((coding, answer.header("etag").to_owned()));

        let head = both
            .send(Method::HEAD, PATH, &[("accept-encoding", accepted)])
            .await;
        assert_eq!(
            (head.status, &head.headers),
            (answer.status, &answer.headers)
        );
        assert!(head.body.is_empty());
    }
    // Each coding has one strong tag of its own.
    tags.sort();
    tags.dedup();
    let mut distinct: Vec<&String> = tags.iter().map(|(_, tag)| tag).collect();
    distinct.dedup();
    assert_eq!((tags.len(), distinct.len()), (3, 3), "{tags:?}");
    assert!(distinct.iter().all(|tag| tag.starts_with('"')), "{tags:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn conditions_are_evaluated_in_order() {
    let both = Both::start().await;
    let etag = both.get(&[]).await.header("etag").to_owned();
    let etag = etag.as_str();
    let weak = &format!("W/{etag}");
    let list = &format!("\"x\", {etag}");
    let brotli = both.get(&[("accept-encoding", "br")]).await;
    let brotli = brotli.header("etag");
    let check = async |headers: &[(&str, &str)], expect: u16| {
        for method in [Method::GET, Method::HEAD] {
            let answer = both.send(method.clone(), PATH, headers).await;
            assert_eq!(answer.status, expect, "{method} {headers:?}");
            // Caches store all answers under what they vary by.
            assert_eq!(answer.header("vary"), "accept-encoding", "{headers:?}");
            if expect == 304 {
                assert!(answer.body.is_empty() && !answer.header("etag").is_empty());
                assert_eq!(answer.header("cache-control"), "max-age=3600");
                assert_eq!(answer.header("content-type"), "");
            }
        }
    };
    check(&[("if-none-match", etag)], 304).await;
    check(&[("if-none-match", weak)], 304).await;
    check(&[("if-none-match", list)], 304).await;
    check(&[("if-none-match", "*")], 304).await;
    check(&[("if-none-match", "\"x\"")], 200).await;
    check(&[("if-none-match", brotli)], 200).await;
    check(&[("if-none-match", brotli), ("accept-encoding", "br")], 304).await;
    check(&[("if-modified-since", DATE)], 304).await;
    check(&[("if-modified-since", EARLIER)], 200).await;
    check(&[("if-modified-since", "yesterday")], 200).await;
    // A tag says more than a date.
    check(
        &[("if-none-match", "\"x\""), ("if-modified-since", DATE)],
        200,
    )
    .await;
    check(&[("if-match", etag)], 200).await;
    check(&[("if-match", list)], 200).await;
    check(&[("if-match", "*")], 200).await;
    check(&[("if-match", weak)], 412).await;
    check(&[("if-match", "\"x\"")], 412).await;
    check(&[("if-match", brotli)], 412).await;
    check(&[("if-unmodified-since", DATE)], 200).await;
    check(&[("if-unmodified-since", EARLIER)], 412).await;
    check(&[("if-match", etag), ("if-unmodified-since", EARLIER)], 200).await;
    check(&[("if-match", "\"x\""), ("if-none-match", etag)], 412).await;
    check(&[("if-match", etag), ("if-none-match", etag)], 304).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_of_a_file_is_sent() {
    let both = Both::start().await;
    let whole = both.get(&[]).await;
    let etag = whole.header("etag");
    let all = SCRIPT.len();
    let check = async |headers: &[(&str, &str)], expect: Option<(&str, &[u8])>| {
        let answer = both.get(headers).await;
        let (status, range, body) = match expect {
            Some((range, body)) => (206, range, body),
            None => (200, "", SCRIPT),
        };
        assert_eq!(answer.status, status, "{headers:?}");
        assert_eq!(answer.header("content-range"), range, "{headers:?}");
        assert_eq!(answer.body, body, "{headers:?}");
        assert_eq!(answer.header("content-length"), body.len().to_string());
        assert_eq!(answer.header("content-type"), "text/javascript");
        assert_eq!(answer.header("etag"), etag);
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("cache-control"), "max-age=3600");
    };
    let range = |part: &str| format!("bytes {part}/{all}");
    let first = Some((&*range("0-5"), &SCRIPT[..6]));
    check(&[("range", "bytes=0-5")], first).await;
    let last = range(&format!("{}-{}", all - 3, all - 1));
    check(&[("range", "bytes=-3")], Some((&last, &SCRIPT[all - 3..]))).await;
    let from = range(&format!("7-{}", all - 1));
    check(&[("range", "bytes=7-")], Some((&from, &SCRIPT[7..]))).await;
    check(&[("range", "bytes=7-999999")], Some((&from, &SCRIPT[7..]))).await;
    let complete = range(&format!("0-{}", all - 1));
    check(&[("range", "bytes=-999999")], Some((&complete, SCRIPT))).await;

    for ignored in ["items=0-5", "bytes=0-1,4-5", "bytes=5-0", "bytes=x", "0-5"] {
        check(&[("range", ignored)], None).await;
    }
    let ranged = |condition| [("range", "bytes=0-5"), ("if-range", condition)];
    check(&ranged(etag), first).await;
    check(&ranged(DATE), first).await;
    for stale in [
        "\"x\"",
        &format!("W/{etag}"),
        EARLIER,
        "Wed, 04 Feb 2026 04:05:06 GMT",
    ] {
        check(&ranged(stale), None).await;
    }

    for beyond in [
        format!("bytes={all}-"),
        "bytes=99999-100000".into(),
        "bytes=-0".into(),
    ] {
        let answer = both.get(&[("range", &beyond)]).await;
        assert_eq!(answer.status, 416, "{beyond}");
        assert_eq!(answer.header("content-range"), format!("bytes */{all}"));
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("etag"), "");
        assert!(answer.body.is_empty());
        let stale = [("range", &*beyond), ("if-range", "\"x\"")];
        assert_eq!(both.get(&stale).await.status, 200, "{beyond}");
    }
    let empty = both.send(Method::GET, "/empty.txt", &[("range", "bytes=0-")]);
    let empty = empty.await;
    assert_eq!(
        (empty.status.as_u16(), empty.header("content-range")),
        (416, "bytes */0")
    );

    // A part of what is sent: here of the compressed bytes.
    let part = [("range", "bytes=0-5"), ("accept-encoding", "br")];
    let answer = both.get(&part).await;
    assert_eq!((answer.status.as_u16(), &*answer.body), (206, &BROTLI[..6]));
    assert_eq!(answer.header("content-encoding"), "br");
    // Only GET has parts, and a condition comes first.
    let head = both
        .send(Method::HEAD, PATH, &[("range", "bytes=0-5")])
        .await;
    assert_eq!(
        (head.status.as_u16(), head.header("content-length")),
        (200, &*all.to_string())
    );
    let known = [("range", "bytes=0-5"), ("if-none-match", etag)];
    assert_eq!(both.get(&known).await.status, 304);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_path_names_a_file_of_the_site_or_nothing() {
    let both = Both::start().await;
    let site = both.folder.path().join("site");
    symlink(both.folder.path().join("secret.txt"), site.join("link.txt")).unwrap();
    symlink(both.folder.path(), site.join("up")).unwrap();
    let secret = both.folder.path().join("secret.txt");
    for path in [
        "/link.txt",
        "/up/secret.txt",
        "/up/site/favicon.ico.br",
        "/../secret.txt",
        "/navigation/../../secret.txt",
        "/navigation/../favicon.ico",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        &format!("/{}", secret.display()),
        &format!("/%2F{}", secret.display()),
        "/favicon.ico%00",
        "/favicon.ico/",
        "/favicon.ico/x",
        "/navigation",
        "/navigation/",
        "/%ff",
        "/nothing.js",
        &format!("/{}.js", "long".repeat(200)),
    ] {
        for method in [Method::GET, Method::HEAD] {
            let answer = both
                .send(method, path, &[("accept-encoding", "identity")])
                .await;
            assert_eq!(answer.status, 404, "{path}");
            assert_eq!(
                answer.header("content-type"),
                "text/html; charset=utf-8",
                "{path}"
            );
        }
    }
    // What a file cannot do, the page says.
    assert_eq!(
        both.servers[1]
            .send(Method::POST, PATH, &[], Vec::new())
            .await
            .status,
        404
    );

    let check = async |path: &str, kind: &str, caching: &str, body: &[u8]| {
        let answer = both
            .send(Method::GET, path, &[("accept-encoding", "br")])
            .await;
        assert_eq!(
            (answer.status.as_u16(), &*answer.body),
            (200, body),
            "{path}"
        );
        assert_eq!(answer.header("content-type"), kind, "{path}");
        assert_eq!(answer.header("cache-control"), caching, "{path}");
        // There is nothing to choose from.
        assert_eq!(answer.header("vary"), "", "{path}");
    };
    let hour = "max-age=3600";
    check("/favicon.ico", "image/x-icon", hour, b"an icon").await;
    check("/a%20name.svg?v=1", "image/svg+xml", hour, b"<svg/>").await;
    check("/empty.txt", "text/plain", hour, b"").await;
    let forever = "max-age=31536000, immutable";
    let picture = format!("{}/loft.avif", app::pictures::FOLDER);
    check(&picture, "image/avif", forever, PICTURE).await;
    // Another build's set: this build's picture, for as long as it is not known whether it is the same.
    check("/pictures/0123/loft.avif", "image/avif", hour, PICTURE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_load_what_the_site_lists() {
    let both = Both::start().await;
    for server in &both.servers {
        let page = server.get("/recipes").await.text();
        assert!(page.contains("/pkg/hearth.0123456789abcdef.js"), "{page}");
        assert!(page.contains("/pkg/hearth.fedcba9876543210.css"), "{page}");
        // Not in the list.
        assert!(page.contains("/pkg/hearth.wasm"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_file_of_a_folder_is_seen() {
    let both = Both::start().await;
    let [server, _] = &both.servers;
    let before = both.get(&[("accept-encoding", "br")]).await;
    let path = both.folder.path().join("site/navigation/page.js");
    fs::write(&path, "export const answer = 43;\n").unwrap();
    // The compressed ones are of the file as it was.
    for accepted in ["br", "gzip", "identity"] {
        let condition = ("if-none-match", before.header("etag"));
        let headers = [("accept-encoding", accepted), condition];
        let after = server.send(Method::GET, PATH, &headers, Vec::new()).await;
        assert_eq!(
            (after.status.as_u16(), &*after.text()),
            (200, "export const answer = 43;\n")
        );
        assert_eq!(after.header("content-encoding"), "");
        assert_ne!(after.header("last-modified"), DATE);
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(server.get(PATH).await.status, 404);
}

#[tokio::test]
async fn a_damaged_archive_is_an_error_that_names_the_file() {
    let folder = TempDir::new().unwrap();
    let open = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let error = hearth::site_files::SiteFiles::open(Some(&path)).unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
        error.to_string()
    };
    let program = folder.path().join("whole");
    pack(&program);
    let mut bytes = fs::read(&program).unwrap();
    let place = bytes
        .windows(SCRIPT.len())
        .position(|part| part == SCRIPT)
        .unwrap();
    bytes[place] ^= 1;
    assert!(open("flipped", &bytes).contains("hecksum"));
    let error = open("plain", b"\x7fELF");
    assert!(
        error.contains("neither a folder nor a zip archive"),
        "{error}"
    );
    bytes.truncate(bytes.len() - 100);
    open("cut", &bytes);
}
