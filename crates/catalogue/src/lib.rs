//! What Hearth lists: the declarations of its catalogues.
//!
//! A *catalogue* is a kind of thing that is listed. It is declared once, as data: the parameters
//! that a request may carry, the columns that they test, the fields that an answer shows and an
//! editor may change. Everything else follows from the declaration: the canonical query and the
//! key (through [`normalizer`]), the SQL filter and the order, the predicate that decides which
//! edits touch an answer, the JSON of a row, the checks on an edit, the filter panel.
//!
//! To add a catalogue, write one file beside [`properties`], add it to [`all`], and add its table
//! to the migrations.
//!
//! This crate depends on [`normalizer`] only and does no I/O, so that the browser can use it.

mod declaration;
mod edit;
mod facets;
mod json;
mod predicate;
pub mod properties;
pub mod recipes;

pub use declaration::{
    Catalogue, Column, Edit, Facet, Field, Filter, Form, Join, Offers, Sort, Storage, Test,
};
pub use edit::{Change, FieldError, parse_edit};
pub use facets::{Facets, Group, Offered, Pass, Scale, Tallied};
pub use json::{Listing, Price, Value, price, rfc3339, write_row};
pub use normalizer;
pub use predicate::{Condition, Image, Predicate};

/// Every catalogue of this build, in the order of the site's navigation.
pub fn all() -> [&'static Catalogue; 2] {
    [&properties::PROPERTIES, &recipes::RECIPES]
}

/// The catalogue of that name, as it stands in paths, keys and the change log.
pub fn by_name(name: &str) -> Option<&'static Catalogue> {
    all().into_iter().find(|catalogue| catalogue.name() == name)
}
