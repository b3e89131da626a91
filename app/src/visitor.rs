//! The visitor. Only admin pages may know them, because readers' pages are shared.

/// The visitor, and what the previous page has left for this one. The server puts it into the
/// context of the admin pages.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// The account's name, if the visitor is logged in.
    pub account: Option<String>,
    /// The token that each of this session's forms carries in a hidden field `csrf_token`.
    pub csrf_token: String,
    /// The outcome of the form that was just sent.
    pub flash: Option<Flash>,
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
