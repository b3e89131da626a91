//! Renders a page with Leptos, completely before its first byte is sent.

use std::{cell::RefCell, rc::Rc, sync::Arc, time::Duration};

use app::{
    Visitor,
    functions::{Answers, Pending},
    shell,
};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::header,
    response::IntoResponse,
};
use bytes::Bytes;
use leptos::prelude::provide_context;
use leptos_axum::render_app_async_with_context;
use leptos_cached::{Fault, Representation};
use lol_html::{
    RewriteStrSettings, doc_comments, element, end_tag, errors::RewritingError, rewrite_str,
};
use site::AnyAsk;
use tokio::time::timeout;

use super::Pages;
use crate::{
    answers::composite::{Composed, Media, Parts, Rendered, Unavailable, compose},
    store::tally,
};

/// The maximum size of a page; a list of a hundred homes takes half a megabyte.
const PAGE_LIMIT: usize = 16 << 20;

/// How long a page may take. A resource whose load panics would keep its page waiting forever.
const PATIENCE: Duration = Duration::from_secs(15);

/// The tiers, for the functions that one page calls.
struct ForPage {
    parts: Parts,
    request: app::Request,
}

impl Answers for ForPage {
    fn answer(&self, ask: AnyAsk) -> Pending<leptos_cached::Answer> {
        let (parts, request) = (self.parts.clone(), self.request.clone());
        Box::pin(async move {
            let answer = parts.find(&ask).await?;
            if answer.trail.cut_off {
                request.mark_cut_off();
            }
            Ok(answer.into())
        })
    }
}

impl Pages {
    /// Renders the page that a request asks for. Only an admin page has a visitor.
    pub(crate) async fn render(
        &self,
        request: Request,
        visitor: Option<Result<Visitor, Fault>>,
    ) -> Result<Rendered, Fault> {
        let page = self.compose(request, visitor, false).await?.whole;
        // Leptos renders in tasks of its own.
        tally::add(page.summary.queries);
        Ok(page)
    }

    /// Renders a page of one moment. A refresh of a page that has fallen due uses answers that are
    /// not due.
    pub(super) async fn compose(
        &self,
        request: Request,
        visitor: Option<Result<Visitor, Fault>>,
        refresh: bool,
    ) -> Result<Composed, Unavailable> {
        let (head, _) = request.into_parts();
        let address = head.uri.path().to_owned();
        let make = |parts| {
            let request = Request::from_parts(head.clone(), Body::empty());
            self.render_once(parts, request, visitor.clone())
        };
        compose(&self.tiers, &address, refresh, make).await
    }

    /// Renders a page from these answers.
    async fn render_once(
        &self,
        parts: Parts,
        request: Request,
        visitor: Option<Result<Visitor, Fault>>,
    ) -> Result<Rendered, Fault> {
        let is_private = visitor.is_some();
        let built = Arc::clone(&self.built);
        let fragments = Arc::clone(&self.fragments);
        let path = request.uri().path().to_owned();
        let search = request.uri().query().unwrap_or_default();
        let page = app::Request::new(&path, search, &self.origin);
        let answers: Arc<dyn Answers> = Arc::new(ForPage {
            parts: parts.clone(),
            request: page.clone(),
        });
        let context = move || {
            provide_context(Arc::clone(&answers));
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
        let (head, html) = timeout(PATIENCE, whole).await.map_err(late)?;
        let html = html.map_err(|error| {
            tracing::error!(%error, "cannot render a page");
            Fault::Unavailable
        })?;
        let html = without_resources(html);
        let html = without_marks(&String::from_utf8_lossy(&html)).map_err(|error| {
            tracing::error!(%error, "cannot render a page");
            Fault::Unavailable
        })?;
        let mut summary = parts.summary();
        summary.private |= is_private;
        Ok(Rendered {
            content: Representation::new(html.into(), true, None),
            media: Media::Html,
            status: head.status,
            redirect: head.headers.get(header::LOCATION).cloned(),
            has_errors: head.status.is_server_error(),
            summary,
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
