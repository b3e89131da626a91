//! The visitor. Only admin pages may know them, because readers' pages are shared.

use std::sync::Arc;

use leptos_cached::Fault;

use crate::{dashboard::Dashboard, inspection::Report, line::Line};

/// The visitor, and what the previous page has left for this one. The server puts it into the
/// context of the admin pages.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// The account's name, if the visitor is logged in.
    pub account: Option<String>,
    /// Whether the account may do everything.
    pub is_admin: bool,
    /// The token that each of this session's forms carries in a hidden field `csrf_token`.
    pub csrf_token: String,
    /// The outcome of the form that was just sent.
    pub flash: Option<Flash>,
    /// What the server has looked up for a page about itself.
    pub insight: Option<Insight>,
}

/// What a page about the server itself shows: no answer of the tiers, so no server function has it.
#[derive(Debug, Clone)]
pub enum Insight {
    /// For the inspector.
    Report(Arc<Result<Report, Fault>>),
    /// For the tail.
    Tail(Arc<TailInsight>),
    /// For the dashboard.
    Dashboard(Arc<Dashboard>),
}

/// What the tail shows before anything new happens.
#[derive(Debug, Clone)]
pub struct TailInsight {
    /// The last decisions that pass the filter, the newest first.
    pub lines: Vec<Line>,
    /// What the filter can choose: each parameter, the names that it takes, and the chosen one.
    pub choices: Vec<(&'static str, Vec<&'static str>, Option<String>)>,
    /// What keys must contain.
    pub key: String,
    /// What is wrong with the filter in the address.
    pub error: Option<String>,
}

/// The outcome of a form, shown once.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Flash {
    /// A sentence for the top of the page.
    pub message: String,
    /// The path of the page that it belongs to.
    pub page: String,
    /// Whether the form was accepted.
    pub accepted: bool,
    /// Whether the page shows stored values next to typed ones where they differ.
    pub compare: bool,
    /// What is wrong with each field, by the field's name.
    pub errors: Vec<(String, String)>,
    /// The typed values, by the field's name, so that nothing is lost.
    pub values: Vec<(String, String)>,
}
