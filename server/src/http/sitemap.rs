//! Files for search engines: `/robots.txt`, `/sitemap.xml` and its parts.
//!
//! | path | |
//! |---|---|
//! | `/sitemap.xml` | the index of the parts |
//! | `/sitemap/pages.xml` | the pages that are not about a row |
//! | `/sitemap/{catalogue}-{n}.xml` | the rows with ids from 50,000 (n - 1) + 1 to 50,000 n |
//!
//! A part is written while it is sent, some rows at a time, without holding a connection in
//! between. Its entity tag is the revision from before its first row, so it may be newer than its
//! tag, but never older.
//!
//! Addresses in a sitemap are absolute. If `HEARTH_ORIGIN` does not say what this site is called,
//! the request does, and then the answer must not be stored.

use std::{io, sync::Arc};

use ask::CachePolicy;
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use cache::Stamp;
use catalogue::{
    Catalogue,
    normalizer::{Query, View},
};
use futures::stream;
use leptos_cached::{Fault, cache_control, negotiate, no_store};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use site::{Fixed, links};

use super::App;
use crate::store::Store;

/// The maximum number of addresses in a part (<https://www.sitemaps.org/protocol.html>).
const PART: i64 = 50_000;

/// How many rows are read at a time.
const CHUNK: u64 = 2_000;

const XML: HeaderValue = HeaderValue::from_static("application/xml");

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(Fixed::Robots.path(), get(robots))
        .route(Fixed::Sitemap.path(), get(index))
        .route("/sitemap/{part}", get(part))
}

/// The origin of this site's addresses in an answer.
struct Origin {
    /// Such as `https://example.org`.
    text: String,
    /// Whether it is configured, so that the answer is the same for everybody.
    known: bool,
}

impl Origin {
    /// That of the configuration; otherwise that of the request. An absolute target, as HTTP/2 has it,
    /// counts more than `Host` (RFC 9112, section 3.2.2).
    fn of(app: &App, uri: &Uri, headers: &HeaderMap) -> Result<Self, Fault> {
        if let Some(origin) = &app.config.site.origin {
            return Ok(Self {
                text: origin.clone(),
                known: true,
            });
        }
        let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let authority = uri.authority().map(|authority| authority.as_str());
        let host = authority.or(value("host")).ok_or(Fault::NotFound)?;
        let scheme = match value("x-forwarded-proto") {
            Some("https") => "https",
            _ => "http",
        };
        Ok(Self {
            text: format!("{scheme}://{host}"),
            known: false,
        })
    }

    /// The headers of every answer; the tag only if everybody gets the same answer.
    fn headers(&self, stamp: Stamp) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let policy = if self.known {
            headers.insert(header::ETAG, tag(stamp));
            cache_control(CachePolicy::standard())
        } else {
            no_store()
        };
        headers.insert(header::CACHE_CONTROL, policy);
        headers
    }
}

fn tag(stamp: Stamp) -> HeaderValue {
    let tag = format!("\"{}-{:x}\"", stamp.revision, stamp.tag);
    HeaderValue::try_from(tag).unwrap_or(HeaderValue::from_static("\"\""))
}

async fn robots(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Result<Response, Fault> {
    let origin = Origin::of(&app, &uri, &headers)?;
    let text = format!(
        "User-agent: *\nDisallow: /admin\nDisallow: /api/\nSitemap: {}{}\n",
        origin.text,
        Fixed::Sitemap.path()
    );
    let policy = if origin.known {
        cache_control(CachePolicy::hourly())
    } else {
        no_store()
    };
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    Ok((
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, policy),
        ],
        text,
    )
        .into_response())
}

async fn index(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Result<Response, Fault> {
    let origin = Origin::of(&app, &uri, &headers)?;
    let store = app.tiers.origin();
    let stamp = store.stamp().await?;
    let fields = origin.headers(stamp);
    if let Some(unchanged) = unchanged(&fields, &headers) {
        return Ok(unchanged);
    }
    let mut parts = vec!["pages".to_owned()];
    for catalogue in catalogue::all() {
        let largest = store.largest_id(catalogue).await?;
        parts.extend((1..=parts_up_to(largest)).map(|n| format!("{}-{n}", catalogue.name())));
    }
    let mut document = Document::open("sitemapindex");
    for part in parts {
        document.add(
            "sitemap",
            &[("loc", &format!("{}/sitemap/{part}.xml", origin.text))],
        );
    }
    Ok((fields, [(header::CONTENT_TYPE, XML)], document.close()).into_response())
}

async fn part(
    State(app): State<App>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let origin = Origin::of(&app, &uri, &headers)?;
    let name = name.strip_suffix(".xml").ok_or(Fault::NotFound)?;
    let store = Arc::clone(app.tiers.origin());
    if name == "pages" {
        return Ok(pages(&origin, store.stamp().await?, &headers));
    }
    let (catalogue, number) = name.rsplit_once('-').ok_or(Fault::NotFound)?;
    let catalogue = catalogue::by_name(catalogue).ok_or(Fault::NotFound)?;
    let number = number.parse::<i64>().map_err(|_| Fault::NotFound)?;
    if !(1..=parts_up_to(store.largest_id(catalogue).await?)).contains(&number) {
        return Err(Fault::NotFound);
    }
    let fields = origin.headers(store.stamp().await?);
    if let Some(unchanged) = unchanged(&fields, &headers) {
        return Ok(unchanged);
    }
    let rows = Rows {
        store,
        catalogue,
        origin: origin.text,
        next: Some(PART * (number - 1) + 1),
        last: PART * number,
        document: Document::open("urlset"),
    };
    let body = stream::try_unfold(rows, Rows::chunk);
    Ok((
        fields,
        [(header::CONTENT_TYPE, XML)],
        Body::from_stream(body),
    )
        .into_response())
}

/// The pages that are not about a row: the front page, and the catalogues' lists.
fn pages(origin: &Origin, stamp: Stamp, headers: &HeaderMap) -> Response {
    let fields = origin.headers(stamp);
    if let Some(unchanged) = unchanged(&fields, headers) {
        return unchanged;
    }
    let mut document = Document::open("urlset");
    document.add("url", &[("loc", &format!("{}/", origin.text))]);
    for catalogue in catalogue::all() {
        let list = links::list(&Query::all(catalogue.schema), View::Grid);
        document.add("url", &[("loc", &format!("{}{list}", origin.text))]);
    }
    (fields, [(header::CONTENT_TYPE, XML)], document.close()).into_response()
}

/// The answer to a client that has this already, or requires something else.
fn unchanged(fields: &HeaderMap, request: &HeaderMap) -> Option<Response> {
    let status = negotiate::refusal(request, fields.get(header::ETAG)?, None)?;
    Some((status, fields.clone()).into_response())
}

/// How many parts the rows with ids up to this one need.
fn parts_up_to(largest: i64) -> i64 {
    (largest.max(0) + PART - 1) / PART
}

/// An XML document being written. Writing to memory cannot fail, so quick-xml's results are
/// ignored.
struct Document {
    xml: Writer<Vec<u8>>,
    root: &'static str,
}

impl Document {
    fn open(root: &'static str) -> Self {
        let mut xml = Writer::new(Vec::new());
        let _ = xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        let namespace = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
        let start = BytesStart::new(root).with_attributes([namespace]);
        let _ = xml.write_event(Event::Start(start));
        Self { xml, root }
    }

    /// Adds an element that contains elements with text.
    fn add(&mut self, name: &str, parts: &[(&str, &str)]) {
        let element = self.xml.create_element(name);
        let _ = element.write_inner_content(|inner| {
            for (name, text) in parts {
                let part = inner.create_element(*name);
                part.write_text_content(BytesText::new(text))?;
            }
            Ok(())
        });
    }

    /// The bytes written since the last call.
    fn take(&mut self) -> Vec<u8> {
        std::mem::take(self.xml.get_mut())
    }

    fn close(&mut self) -> Vec<u8> {
        let _ = self.xml.write_event(Event::End(BytesEnd::new(self.root)));
        self.take()
    }
}

/// A part being sent.
struct Rows {
    store: Arc<Store>,
    catalogue: &'static Catalogue,
    origin: String,
    /// The smallest id that is still to come; `None` after the end.
    next: Option<i64>,
    last: i64,
    document: Document,
}

impl Rows {
    async fn chunk(mut self) -> Result<Option<(Bytes, Self)>, io::Error> {
        let Some(next) = self.next else {
            return Ok(None);
        };
        let rows = self
            .store
            .sitemap_rows(self.catalogue, next..=self.last, CHUNK)
            .await
            .map_err(|error| {
                // The status has already been sent, so the connection is aborted.
                tracing::error!(%error, "cannot finish a sitemap");
                io::Error::other("the database is unreachable")
            })?;
        for (id, edited) in &rows {
            let path = links::object(self.catalogue.schema, *id);
            let at = catalogue::rfc3339(*edited);
            let loc = format!("{}{path}", self.origin);
            let day = at.get(..10).unwrap_or_default();
            self.document.add("url", &[("loc", &loc), ("lastmod", day)]);
        }
        let full = u64::try_from(rows.len()).unwrap_or_default() == CHUNK;
        self.next = rows.last().filter(|_| full).map(|(id, _)| id + 1);
        let xml = match self.next {
            Some(_) => self.document.take(),
            None => self.document.close(),
        };
        Ok(Some((xml.into(), self)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_split_at_fifty_thousand() {
        let check = |largest, expect| assert_eq!(parts_up_to(largest), expect, "{largest}");
        check(0, 0);
        check(1, 1);
        check(50_000, 1);
        check(50_001, 2);
        check(1_000_000, 20);
    }
}
