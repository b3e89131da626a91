//! Addresses of pages.

use catalogue::normalizer::{Query, Schema, View};

/// The list of a query in a view. The view is not part of the query, so it comes after it.
pub fn list(query: &Query, view: View) -> String {
    in_view(query.url(&all(query.schema())), view)
}

/// The list of a catalogue's rows with this value; of all rows, if the parameter cannot have it.
pub fn filtered(schema: &'static Schema, parameter: &str, value: &str) -> String {
    let all = Query::all(schema);
    list(&all.with(parameter, value).unwrap_or(all), View::Grid)
}

/// An address with its view, unless that is the default.
pub fn in_view(address: String, view: View) -> String {
    match view {
        View::Grid => address,
        View::List if address.contains('?') => address + "&view=list",
        View::List => address + "?view=list",
    }
}

/// A row's picture as a file, for other sites.
pub fn picture(schema: &Schema, id: i64) -> String {
    format!("/{}/{id}/picture.png", schema.catalogue)
}

/// The list of a whole catalogue.
pub fn all(schema: &Schema) -> String {
    format!("/{}", schema.catalogue)
}

/// A row's page.
pub fn object(schema: &Schema, id: i64) -> String {
    format!("/{}/{id}", schema.catalogue)
}
