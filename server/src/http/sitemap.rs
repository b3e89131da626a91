//! What search engines ask for: `/robots.txt`, `/sitemap.xml` and its parts.
//!
//! | path | |
//! |---|---|
//! | `/sitemap.xml` | the index of the parts |
//! | `/sitemap/pages.xml` | the pages that are no row |
//! | `/sitemap/{catalogue}-{n}.xml` | the rows with numbers from 50,000 (n - 1) + 1 to 50,000 n |
//!
//! A part is written while it is sent, some rows at a time, and holds no connection between them.
//! It carries the revision from before its first row as its entity tag, so that it may be newer
//! than its tag, but never older.
//!
//! Addresses in a sitemap are absolute. Where `HEARTH_ORIGIN` does not say what this site is
//! called, the request does, and then nobody may keep the answer.

use std::{io, sync::Arc};

use ask::CachePolicy;
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
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
use site::{Fixed, links};

use super::App;
use crate::store::Store;

/// The most addresses of a part (<https://www.sitemaps.org/protocol.html>).
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

/// What this site is called in an answer.
struct Origin {
    /// `https://example.org`, fit for XML.
    text: String,
    /// Whether it is configured, so that the answer is the same for everybody.
    known: bool,
}

impl Origin {
    fn of(app: &App, headers: &HeaderMap) -> Result<Self, Fault> {
        if let Some(origin) = &app.config.site.origin {
            return Ok(Self {
                text: escaped(origin),
                known: true,
            });
        }
        let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let host = value("host").ok_or(Fault::NotFound)?;
        let scheme = match value("x-forwarded-proto") {
            Some("https") => "https",
            _ => "http",
        };
        Ok(Self {
            text: escaped(&format!("{scheme}://{host}")),
            known: false,
        })
    }

    /// What every answer says of itself; the tag only where everybody gets the same.
    fn headers(&self, stamp: Stamp) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let policy = if self.known {
            headers.insert(header::ETAG, tag(stamp));
            cache_control(CachePolicy::standard())
        } else {
            headers.insert(header::VARY, HeaderValue::from_static("host"));
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

async fn robots(State(app): State<App>, headers: HeaderMap) -> Result<Response, Fault> {
    let origin = Origin::of(&app, &headers)?;
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

async fn index(State(app): State<App>, headers: HeaderMap) -> Result<Response, Fault> {
    let origin = Origin::of(&app, &headers)?;
    let store = app.tiers.origin();
    let stamp = store.stamp().await?;
    let said = origin.headers(stamp);
    if let Some(unchanged) = unchanged(&said, &headers) {
        return Ok(unchanged);
    }
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut add = |part: &str| {
        xml += &format!(
            "<sitemap><loc>{}/sitemap/{part}.xml</loc></sitemap>\n",
            origin.text
        );
    };
    add("pages");
    for catalogue in catalogue::all() {
        let largest = store.largest_id(catalogue).await?;
        for number in 1..=parts(largest) {
            add(&format!("{}-{number}", catalogue.name()));
        }
    }
    xml += "</sitemapindex>\n";
    Ok((said, [(header::CONTENT_TYPE, XML)], xml).into_response())
}

async fn part(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let origin = Origin::of(&app, &headers)?;
    let name = name.strip_suffix(".xml").ok_or(Fault::NotFound)?;
    let store = Arc::clone(app.tiers.origin());
    if name == "pages" {
        return Ok(pages(&origin, store.stamp().await?, &headers));
    }
    let (catalogue, number) = name.rsplit_once('-').ok_or(Fault::NotFound)?;
    let catalogue = catalogue::by_name(catalogue).ok_or(Fault::NotFound)?;
    let number = number.parse::<i64>().map_err(|_| Fault::NotFound)?;
    if !(1..=parts(store.largest_id(catalogue).await?)).contains(&number) {
        return Err(Fault::NotFound);
    }
    let said = origin.headers(store.stamp().await?);
    if let Some(unchanged) = unchanged(&said, &headers) {
        return Ok(unchanged);
    }
    let rows = Rows {
        store,
        catalogue,
        origin: origin.text,
        next: Some(PART * (number - 1) + 1),
        last: PART * number,
        begun: false,
    };
    let body = stream::try_unfold(rows, Rows::chunk);
    Ok((said, [(header::CONTENT_TYPE, XML)], Body::from_stream(body)).into_response())
}

/// The pages that are no row: the first one, and the catalogues' lists.
fn pages(origin: &Origin, stamp: Stamp, headers: &HeaderMap) -> Response {
    let said = origin.headers(stamp);
    if let Some(unchanged) = unchanged(&said, headers) {
        return unchanged;
    }
    let mut xml = OPENING.to_owned() + &entry(&origin.text, "/", None);
    for catalogue in catalogue::all() {
        let list = links::list(&Query::all(catalogue.schema), View::Grid);
        xml += &entry(&origin.text, &list, None);
    }
    xml += CLOSING;
    (said, [(header::CONTENT_TYPE, XML)], xml).into_response()
}

/// The answer to who has this already.
fn unchanged(said: &HeaderMap, asked: &HeaderMap) -> Option<Response> {
    let tag = said.get(header::ETAG)?;
    negotiate::has(asked, tag).then(|| (StatusCode::NOT_MODIFIED, said.clone()).into_response())
}

/// How many parts the rows with numbers up to this one have.
fn parts(largest: i64) -> i64 {
    (largest.max(0) + PART - 1) / PART
}

const OPENING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                       <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
const CLOSING: &str = "</urlset>\n";

fn entry(origin: &str, path: &str, edited: Option<&str>) -> String {
    let edited = edited.map_or(String::new(), |day| format!("<lastmod>{day}</lastmod>"));
    format!("<url><loc>{origin}{path}</loc>{edited}</url>\n")
}

/// A part on its way.
struct Rows {
    store: Arc<Store>,
    catalogue: &'static Catalogue,
    origin: String,
    /// The smallest number that is still to come; none after the end.
    next: Option<i64>,
    last: i64,
    begun: bool,
}

impl Rows {
    async fn chunk(mut self) -> Result<Option<(Bytes, Self)>, io::Error> {
        let Some(next) = self.next else {
            return Ok(None);
        };
        let rows = self
            .store
            .listed(self.catalogue, next..=self.last, CHUNK)
            .await
            .map_err(|error| {
                // The status is sent already; the connection breaks off.
                tracing::error!(%error, "a sitemap was not finished");
                io::Error::other("the database cannot be reached")
            })?;
        let mut xml = String::with_capacity(rows.len() * 100 + 200);
        if !std::mem::replace(&mut self.begun, true) {
            xml += OPENING;
        }
        for (id, edited) in &rows {
            let path = links::object(self.catalogue.schema, *id);
            let at = catalogue::rfc3339(*edited);
            xml += &entry(&self.origin, &path, at.get(..10));
        }
        let full = u64::try_from(rows.len()).unwrap_or_default() == CHUNK;
        self.next = rows.last().filter(|_| full).map(|(id, _)| id + 1);
        if self.next.is_none() {
            xml += CLOSING;
        }
        Ok(Some((xml.into(), self)))
    }
}

/// A text as the content of an XML element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_split_at_fifty_thousand() {
        let check = |largest, expect| assert_eq!(parts(largest), expect, "{largest}");
        check(0, 0);
        check(1, 1);
        check(50_000, 1);
        check(50_001, 2);
        check(1_000_000, 20);
    }
}
