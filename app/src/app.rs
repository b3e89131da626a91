//! Maps addresses to pages.

use catalogue::normalizer::{Rejection, Schema};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use site::{Admin, Page, Picked};

use crate::{
    Request,
    catalogue_view::CatalogueView,
    pages::{self, admin},
};

/// The page at the request's address. Every page is complete before its first byte is sent, because
/// its status depends on its content and its HTML is cached.
///
/// Leptos' router is not used: it would parse addresses a second time. Only the server renders
/// pages, and [`Page`] tells it which one.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let request = Request::current();
    if let Some(page) = Page::parse(&request.path, &request.search) {
        return match page {
            Page::Start => pages::start(request).into_any(),
            Page::List { schema, .. } => of_row(schema, request, ListPage),
            Page::Row { schema, id } => of_row(schema, request, RowPage(id)),
            Page::Cooking(cooking) => pages::recipe(request, cooking).into_any(),
            Page::Picked { picked, ids } => match picked {
                Picked::Compare => pages::compare(request, ids).into_any(),
                Picked::Saved(schema) => of_row(schema, request, SavedPage(ids)),
            },
        };
    }
    match Admin::parse(&request.path, &request.search) {
        Some(Admin::Overview) => admin::overview(&request),
        Some(Admin::History) => admin::history(&request),
        Some(Admin::Rows(_)) => admin::rows(&request),
        Some(Admin::New(schema)) => admin::new(&request, schema),
        Some(Admin::Row { schema, id }) => admin::editor(&request, schema, id),
        Some(Admin::Cache) => admin::cache(request),
        Some(Admin::Tail) => admin::tail(request),
        Some(Admin::Dashboard) => admin::dashboard(request),
        Some(Admin::Login { next }) => admin::login(request, next).into_any(),
        None => pages::not_found(request).into_any(),
    }
}

/// A page that exists for every catalogue.
trait OfRow {
    fn page<T: CatalogueView>(self, request: Request) -> AnyView;
}

/// The page of the catalogue with this schema.
fn of_row(schema: &Schema, request: Request, page: impl OfRow) -> AnyView {
    let other = request.clone();
    let page = catalogue::for_row!(schema, T => page.page::<T>(request));
    // Every schema belongs to a catalogue.
    page.unwrap_or_else(|| pages::not_found(other).into_any())
}

struct ListPage;

impl OfRow for ListPage {
    fn page<T: CatalogueView>(self, request: Request) -> AnyView {
        pages::list::<T>(request).into_any()
    }
}

struct RowPage(i64);

impl OfRow for RowPage {
    fn page<T: CatalogueView>(self, request: Request) -> AnyView {
        T::page(request, self.0)
    }
}

struct SavedPage(Result<Vec<i64>, Rejection>);

impl OfRow for SavedPage {
    fn page<T: CatalogueView>(self, request: Request) -> AnyView {
        pages::saved::<T>(request, self.0).into_any()
    }
}
