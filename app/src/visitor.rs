//! The visitor. Only admin pages may know them, because readers' pages are shared.

use std::sync::Arc;

use leptos_cached::Fault;

use crate::{dashboard::Dashboard, desk::Desk, inspection::Report, line::Line};

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
    /// What the server has looked up for the page.
    pub insight: Option<Insight>,
}

/// What an editors' page shows: no answer of the tiers, so no server function has it.
#[derive(Debug, Clone)]
pub enum Insight {
    /// For the inspector.
    Report(Arc<Result<Report, Fault>>),
    /// For the tail.
    Tail(Arc<TailInsight>),
    /// For the dashboard.
    Dashboard(Arc<Dashboard>),
    /// For the pages on which rows are edited.
    Desk(Arc<Result<Desk, Fault>>),
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
    /// More about it: the rows that an edit left alone.
    pub details: Vec<String>,
    /// The last revision of the edit that can be undone.
    pub undo: Option<u64>,
    /// What is wrong with each field, by the field's name.
    pub errors: Vec<(String, String)>,
    /// The typed values, by the field's name, so that nothing is lost.
    pub values: Vec<(String, String)>,
    /// What the fields were when the form was opened, by the field's name, if that is known.
    pub bases: Option<Vec<(String, String)>>,
}

/// What others have set a field to while it was edited.
#[derive(Debug, Clone)]
pub(crate) struct Differs {
    /// The stored value.
    pub(crate) theirs: String,
    /// What it was when the form was opened, if that is known.
    pub(crate) base: Option<String>,
}
