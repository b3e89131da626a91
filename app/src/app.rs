//! The route table.

use catalogue::{properties::Property, recipes::Recipe};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::pages::{self, admin};

/// All pages by their paths. Every one is complete before its first byte is sent, because its
/// status depends on what it shows and its HTML is remembered.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <FlatRoutes fallback=pages::not_found>
                <Route path=path!("/") view=pages::home ssr=SsrMode::Async />
                <Route path=path!("/properties") view={pages::list::<Property>} ssr=SsrMode::Async />
                <Route path=path!("/properties/:id") view=pages::property ssr=SsrMode::Async />
                <Route path=path!("/recipes") view={pages::list::<Recipe>} ssr=SsrMode::Async />
                <Route path=path!("/recipes/:id") view=pages::recipe ssr=SsrMode::Async />
                <Route path=path!("/saved") view=pages::saved ssr=SsrMode::Async />
                <Route path=path!("/compare") view=pages::compare ssr=SsrMode::Async />
                <Route path=path!("/admin") view=admin::overview ssr=SsrMode::Async />
                <Route path=path!("/admin/login") view=admin::login ssr=SsrMode::Async />
                <Route path=path!("/admin/properties") view={admin::rows::<Property>} ssr=SsrMode::Async />
                <Route path=path!("/admin/properties/:id") view={admin::editor::<Property>} ssr=SsrMode::Async />
                <Route path=path!("/admin/recipes") view={admin::rows::<Recipe>} ssr=SsrMode::Async />
                <Route path=path!("/admin/recipes/:id") view={admin::editor::<Recipe>} ssr=SsrMode::Async />
            </FlatRoutes>
        </Router>
    }
}
