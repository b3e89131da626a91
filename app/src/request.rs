//! What a page knows of the request that it answers.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};

use crate::portal::{Portal, portal};

/// The address that is being answered.
#[derive(Clone)]
pub(crate) struct Request {
    /// The path, as it was sent.
    pub(crate) path: String,
    /// What stands behind the `?`, as it was sent.
    pub(crate) search: String,
    portal: Arc<dyn Portal>,
}

impl Request {
    /// The request that is being answered.
    pub(crate) fn current() -> Self {
        let location = use_location();
        Self {
            path: location.pathname.get_untracked(),
            search: location
                .search
                .get_untracked()
                .trim_start_matches('?')
                .to_owned(),
            portal: portal(),
        }
    }

    /// Whether an answer that the page shows may be from before an edit.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.portal.is_cut_off()
    }

    /// Path and query.
    pub(crate) fn address(&self) -> String {
        let separator = if self.search.is_empty() { "" } else { "?" };
        [&self.path, separator, &self.search].concat()
    }
}

/// A part of the path that the route names.
pub(crate) fn segment(name: &str) -> String {
    use_params_map()
        .read_untracked()
        .get(name)
        .unwrap_or_default()
}

/// The row that the route's `:id` names: decimal digits without leading zeros, or none.
pub(crate) fn row_id() -> Option<i64> {
    let text = segment("id");
    let id = text.parse::<i64>().ok().filter(|id| *id > 0)?;
    (id.to_string() == text).then_some(id)
}
