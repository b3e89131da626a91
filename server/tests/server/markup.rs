//! Every page is HTML without errors, as browsers' own parsers count them.

use axum::http::Method;
use html5ever::{
    ParseOpts, parse_document, tendril::TendrilSink, tokenizer::TokenizerOpts,
    tree_builder::TreeBuilderOpts,
};
use markup5ever_rcdom::RcDom;
use site::{Admin, Page};

use crate::{
    admin::{Browser, hidden},
    on_both,
    support::PASSWORD,
};

/// Addresses of each kind of page, valid and invalid ones.
const READERS: [&str; 27] = [
    "/",
    "/properties",
    "/properties?view=list&page=2",
    "/properties?city=austin,boston&min_price=300000&bedrooms=2&sort=price",
    "/properties?q=garden",
    "/properties?q=%3C!%3E%22%26%3C/form%3E",
    "/properties?min_price=900000000",
    "/properties?city=atlantis",
    "/properties?page=999",
    "/properties?bedrooms=abc&min_price=9&max_price=1",
    "/properties/7",
    "/properties/987654321",
    "/recipes",
    "/recipes?diet=vegan&max_prep_time=30",
    "/recipes/3",
    "/saved",
    "/saved?ids=1,2,99999",
    "/saved/recipes",
    "/saved/recipes?ids=1,2,99999",
    "/recipes/7?servings=9",
    "/recipes/7?servings=none",
    "/recipes/7/cook",
    "/recipes/7/cook?servings=2",
    "/compare?ids=1,2,3",
    "/compare?ids=x",
    "/nowhere",
    "/admin/login?next=/admin/recipes",
];

const EDITORS: [&str; 21] = [
    "/admin",
    "/admin/cache",
    "/admin/cache?url=/properties%3Fcity=Austin%26page=1&other=/properties%3Fcity=boston",
    "/admin/cache?url=/properties%3Fbedrooms=many",
    "/admin/cache?url=/nowhere",
    "/admin/cache?url=/properties/7&sql=1",
    "/admin/tail",
    "/admin/dashboard",
    "/admin/tail?reason=cold&tier=memory",
    "/admin/tail?reason=none",
    "/admin/properties",
    "/admin/properties?page=2&sort=price",
    "/admin/properties?status=draft&order=-price&columns=price,address",
    "/admin/recipes",
    "/admin/offices",
    "/admin/properties/new",
    "/admin/locations/3",
    "/admin/history",
    "/admin/history?catalogue=properties&id=7&who=-&from=2026-01-01",
    "/admin/properties/7",
    "/admin/properties/987654321",
];

/// When a variant is added, the compiler points here: add its addresses above.
fn is_listed(path: &str) -> bool {
    let (path, search) = path.split_once('?').unwrap_or((path, ""));
    let reader = Page::parse(path, search).is_some_and(|page| match page {
        Page::Start | Page::List { .. } | Page::Row { .. } => true,
        Page::Cooking(_) | Page::Picked { .. } => true,
    });
    let editor = Admin::parse(path, search).is_some_and(|page| match page {
        Admin::Overview | Admin::Login { .. } | Admin::History => true,
        Admin::Rows(_) | Admin::New(_) | Admin::Row { .. } => true,
        Admin::Cache | Admin::Tail | Admin::Dashboard => true,
    });
    reader || editor || path == "/nowhere"
}

/// The parser's errors in a document.
fn errors(html: &str) -> Vec<String> {
    let options = ParseOpts {
        tokenizer: TokenizerOpts {
            exact_errors: true,
            ..TokenizerOpts::default()
        },
        tree_builder: TreeBuilderOpts {
            exact_errors: true,
            ..TreeBuilderOpts::default()
        },
    };
    let document = parse_document(RcDom::default(), options).one(html);
    document.errors.take().into_iter().map(Into::into).collect()
}

#[test]
fn a_planted_error_is_found() {
    let page =
        "<!DOCTYPE html><html lang=\"en\"><head><title>t</title></head><body>BODY</body></html>";
    assert_eq!(errors(page), [""; 0]);
    for planted in [
        "<!>",
        "<p><div></div></p>",
        "<a href=\"/\" href=\"/\">",
        "<table><p></p></table>",
        "&nosuch;",
    ] {
        assert!(
            !errors(&page.replace("BODY", planted)).is_empty(),
            "{planted}"
        );
    }
}

on_both! {
    async fn pages_are_valid(server: Server) {
        for path in READERS {
            assert!(is_listed(path), "{path}");
            assert_eq!(errors(&server.get(path).await.text()), [""; 0], "{path}");
        }
        let mut browser = Browser::new(&server);
        let refused = browser.log_in("wrong").await;
        assert_eq!(errors(&refused.text()), [""; 0], "a refused login");
        browser.log_in(PASSWORD).await;
        for path in EDITORS {
            assert!(is_listed(path), "{path}");
            assert_eq!(errors(&browser.get(path).await.text()), [""; 0], "{path}");
        }
        let editor = browser.get("/admin/properties/7").await.text();
        let invalid = [("csrf_token", &*hidden(&editor, "csrf_token")), ("price", "<!>\"a lot\""), ("version", "1")];
        let answer = browser.send(Method::POST, "/admin/properties/7", &invalid).await;
        let answer = browser.get(answer.header("location")).await;
        assert_eq!(errors(&answer.text()), [""; 0], "an invalid edit");
    }
}
