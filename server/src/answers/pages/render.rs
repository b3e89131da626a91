//! Renders a page with Leptos, completely before its first byte is sent.

use std::{cell::RefCell, rc::Rc, sync::Arc, time::Duration};

use app::{Visitor, functions::Answers, shell};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use bytes::Bytes;
use cache::{Entry, Stamp};
use leptos::prelude::provide_context;
use leptos_axum::render_app_async_with_context;
use leptos_cached::{Fault, Representation};
use lol_html::{
    RewriteStrSettings, doc_comments, element, end_tag, errors::RewritingError, rewrite_str,
};
use site::AnyAsk;
use tokio::time::timeout;

use super::{
    Pages,
    parts::{ForPage, Summary},
};
use crate::store::tally;

/// The maximum size of a page; a list of a hundred homes takes half a megabyte.
const PAGE_LIMIT: usize = 16 << 20;

/// How long a page may take. A resource whose load panics would keep its page waiting forever.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long a page waits for the change log of an answer that another node has loaded.
const CATCH_UP: Duration = Duration::from_millis(500);

/// A rendered page with everything that its response says about it.
#[derive(Debug)]
pub struct Rendered {
    pub(crate) html: Representation,
    pub(crate) status: StatusCode,
    pub(crate) redirect: Option<HeaderValue>,
    /// The `Cache-Status` of its list, or otherwise of its main answer, when it was rendered.
    pub(crate) cache_status: Option<HeaderValue>,
    /// The key of that answer.
    pub(crate) key: Option<String>,
    /// How many statements were run for it.
    pub(crate) queries: u32,
    /// Whether it depends on the visitor, or may not be stored.
    pub(crate) private: bool,
    /// The age of the oldest answer in it that may be from before an edit.
    pub(crate) cut_off: Option<Duration>,
}

impl Rendered {
    pub(crate) fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }
}

/// How often a page is rendered from answers that the tiers have, before all of them are loaded in
/// one snapshot.
const ROUNDS: usize = 3;

/// A page, and what it is composed of.
pub(super) struct Composed {
    pub(super) page: Rendered,
    pub(super) parts: Vec<Arc<Entry<AnyAsk, Representation>>>,
    /// A moment at which all parts are right, or a stamp that no log contains if there are none, or
    /// if they may be from before an edit.
    pub(super) stamp: Stamp,
}

impl Pages {
    /// Renders the page that a request asks for. Only an admin page has a visitor.
    pub(crate) async fn render(
        &self,
        request: Request,
        visitor: Option<Result<Visitor, Fault>>,
    ) -> Result<Rendered, Fault> {
        let composed = self.compose(request, visitor, false).await?;
        // Leptos renders in tasks of its own.
        tally::add(composed.page.queries);
        Ok(composed.page)
    }

    /// Renders a page of one moment: its parts are answers that the tiers have, so an edit may fall
    /// between two of them; then it is rendered again. A refresh of a page that has fallen due uses answers that are
    /// not due.
    pub(super) async fn compose(
        &self,
        request: Request,
        visitor: Option<Result<Visitor, Fault>>,
        refresh: bool,
    ) -> Result<Composed, Fault> {
        let (head, _) = request.into_parts();
        let log = self.tiers.log();
        let mut round = 0;
        loop {
            let search = head.uri.query().unwrap_or_default();
            let request = app::Request::new(head.uri.path(), search, &self.origin);
            let answers = if round < ROUNDS {
                ForPage::new(Arc::clone(&self.tiers), request, refresh)
            } else {
                ForPage::of_one_snapshot(Arc::clone(&self.tiers), request).await?
            };
            let again = Request::from_parts(head.clone(), Body::empty());
            let page = self.render_once(&answers, again, visitor.clone()).await?;
            let parts = answers.parts();
            let is_any = page.status.is_server_error() || page.cut_off.is_some();
            if is_any || parts.is_empty() {
                let stamp = Stamp::NOWHERE;
                return Ok(Composed { page, parts, stamp });
            }
            let moment = || log.moment(parts.iter().map(|entry| &**entry));
            let mut found = moment();
            let mut follows = true;
            if found.is_none() {
                // A part may be of a revision that this node has yet to follow.
                let newest = parts.iter().map(|entry| entry.stamp.revision).max();
                follows = log.reach(newest.unwrap_or_default(), CATCH_UP).await;
                found = moment();
            }
            if let Some(stamp) = found {
                return Ok(Composed { page, parts, stamp });
            }
            round = if follows {
                round + 1
            } else {
                ROUNDS.max(round + 1)
            };
            if round > ROUNDS {
                tracing::error!(
                    path = head.uri.path(),
                    "a snapshot has answers of two moments"
                );
                return Err(Fault::Unavailable);
            }
        }
    }

    /// Renders a page from these answers.
    async fn render_once(
        &self,
        answers: &ForPage,
        request: Request,
        visitor: Option<Result<Visitor, Fault>>,
    ) -> Result<Rendered, Fault> {
        let is_private = visitor.is_some();
        let built = Arc::clone(&self.built);
        let fragments = Arc::clone(&self.fragments);
        let page = answers.request().clone();
        let path = request.uri().path().to_owned();
        let for_functions = answers.clone();
        let context = move || {
            let answers: Arc<dyn Answers> = Arc::new(for_functions.clone());
            provide_context(answers);
            let fragments: Arc<dyn app::Fragments> = fragments.clone();
            provide_context(fragments);
            provide_context(page.clone());
            if let Some(visitor) = &visitor {
                provide_context(visitor.clone());
            }
        };
        let renders = render_app_async_with_context(context, move || shell(&built));
        let whole = async {
            let (parts, body) = renders(request).await.into_response().into_parts();
            (parts, to_bytes(body, PAGE_LIMIT).await)
        };
        let late = |_| {
            tracing::error!(path, "timed out rendering a page");
            Fault::Unavailable
        };
        let (parts, html) = timeout(PATIENCE, whole).await.map_err(late)?;
        let html = html.map_err(|error| {
            tracing::error!(%error, "cannot render a page");
            Fault::Unavailable
        })?;
        let html = without_resources(html);
        let html = without_marks(&String::from_utf8_lossy(&html)).map_err(|error| {
            tracing::error!(%error, "cannot render a page");
            Fault::Unavailable
        })?;
        let Summary {
            cache_status,
            key,
            queries,
            private,
            cut_off,
        } = answers.summary();
        Ok(Rendered {
            html: Representation::new(html.into(), true, None),
            status: parts.status,
            redirect: parts.headers.get(header::LOCATION).cloned(),
            cache_status,
            key,
            queries,
            private: private || is_private,
            cut_off,
        })
    }
}

/// Removes the scripts that Leptos appends to a page. They pass the page's answers to a browser
/// that renders the whole page again; ours only hydrates islands, which have no such answers.
fn without_resources(mut html: Bytes) -> Bytes {
    const END: &[u8] = b"</html>";
    if let Some(end) = html.windows(END.len()).rposition(|bytes| bytes == END) {
        html.truncate(end + END.len());
    }
    html
}

/// Removes the marks that Leptos leaves where a view is empty or ends: `<!>`, which is not HTML.
/// Only islands are hydrated, so only they need the marks, written as the comments that they stand
/// for; an island's children (`leptos-children`) are not hydrated.
fn without_marks(html: &str) -> Result<String, RewritingError> {
    let hydrated = Rc::new(RefCell::new(vec![false]));
    let (entered, left) = (Rc::clone(&hydrated), Rc::clone(&hydrated));
    let boundary = element!("leptos-island, leptos-children", move |element| {
        let is_island = element.tag_name() == "leptos-island";
        entered.borrow_mut().push(is_island);
        let left = Rc::clone(&left);
        element.on_end_tag(end_tag!(move |_| {
            left.borrow_mut().pop();
            Ok(())
        }))
    });
    let comments = doc_comments!(move |comment| {
        match hydrated.borrow().last() {
            Some(true) => {
                let text = comment.text();
                comment.set_text(&text)?;
            }
            _ => comment.remove(),
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(boundary)
        .append_document_content_handler(comments);
    rewrite_str(html, settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_where_something_is_hydrated() {
        let check = |html, expect: &str| assert_eq!(without_marks(html).unwrap(), expect);
        check("<p>a<!>b</p><!---->", "<p>ab</p>");
        check("<p title=\"<!>\">a</p>", "<p title=\"<!>\">a</p>");
        check("<script>\"<!>\"</script>", "<script>\"<!>\"</script>");
        check(
            "<leptos-island>a<!><leptos-children>b<!></leptos-children><!></leptos-island>c<!>",
            "<leptos-island>a<!----><leptos-children>b</leptos-children><!----></leptos-island>c",
        );
    }
}
