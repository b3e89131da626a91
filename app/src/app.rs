//! Maps addresses to pages.

use catalogue::{normalizer::Schema, properties::Property, recipes::Recipe};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use site::{Admin, Page};

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
            Page::List { schema, .. } => each_row(schema, ListPage(request)),
            Page::Row { schema, id } => each_row(schema, RowPage(request, id)),
            Page::Picked { picked, ids } => pages::picked(request, picked, ids).into_any(),
        };
    }
    match Admin::parse(&request.path, &request.search) {
        Some(Admin::Overview) => admin::overview(request).into_any(),
        Some(Admin::Cache) => admin::cache(request),
        Some(Admin::Tail) => admin::tail(request),
        Some(Admin::Dashboard) => admin::dashboard(request),
        Some(Admin::Login { next }) => admin::login(request, next).into_any(),
        Some(Admin::Rows(schema)) => each_row(schema, RowsPage(request)),
        Some(Admin::Row { schema, id }) => each_row(schema, EditorPage(request, id)),
        None => pages::not_found(request).into_any(),
    }
}

/// A page that exists for every catalogue.
trait OfRow {
    fn page<T: CatalogueView>(self) -> AnyView;
}

/// The page of the catalogue with this schema.
fn each_row(schema: &Schema, page: impl OfRow) -> AnyView {
    match schema.catalogue {
        "recipes" => page.page::<Recipe>(),
        _ => page.page::<Property>(),
    }
}

struct ListPage(Request);

impl OfRow for ListPage {
    fn page<T: CatalogueView>(self) -> AnyView {
        pages::list::<T>(self.0).into_any()
    }
}

struct RowPage(Request, i64);

impl OfRow for RowPage {
    fn page<T: CatalogueView>(self) -> AnyView {
        T::page(self.0, self.1)
    }
}

struct RowsPage(Request);

impl OfRow for RowsPage {
    fn page<T: CatalogueView>(self) -> AnyView {
        admin::rows::<T>(self.0).into_any()
    }
}

struct EditorPage(Request, i64);

impl OfRow for EditorPage {
    fn page<T: CatalogueView>(self) -> AnyView {
        admin::editor::<T>(self.0, self.1).into_any()
    }
}
