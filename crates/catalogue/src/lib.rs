//! What Hearth lists: the declarations of its catalogues.
//!
//! A *catalogue* is a kind of thing that is listed. It is declared once, as data: the parameters
//! that a request may carry, the columns that they test, the fields that an answer shows and an
//! editor may change. Everything else follows from the declaration: the canonical query and the
//! key (through [`normalizer`]), the SQL filter and the order, the predicate that decides which
//! edits touch an answer, the JSON of a row, the checks on an edit, the filter panel.
//!
//! To add a catalogue, write one file beside [`properties`], add it to `catalogues!`, and add its table
//! to the migrations; `docs/catalogue.md` says what else there is to do.
//!
//! This crate depends on [`normalizer`] only and does no I/O, so that the browser can use it.

pub mod agents;
mod declaration;
mod edit;
mod facets;
mod json;
mod lifetimes;
mod locations;
mod logged;
mod offices;
mod predicate;
pub mod properties;
pub mod recipes;

pub use declaration::{
    Aggregate, Catalogue, Column, Combinations, Computed, Edit, Encoding, Facet, Field, Filter,
    Join, Key, Offers, Rule, Sort, Spelled, Storage, Test,
};
pub use edit::{Change, FieldError, flattened, image_row, parse_edit, parse_new, terms};
pub use facets::{Facets, Group, Offered, Pass, Scale, Tallied};
pub use json::{Figure, Listing, Price, Value, price, rfc3339, write_row, write_value};
pub use lifetimes::Lifetimes;
pub use logged::{Done, LoggedEdit, LoggedRow, SetField};
pub use normalizer;
pub use predicate::{Condition, Image, Predicate};

/// Lists the catalogues once, for code that needs the declarations and for code that needs the
/// schemas alone: a reference to a whole declaration would pull it into the browser's download.
macro_rules! catalogues {
    // The first token is a dollar, for the macros that this one makes.
    ($d:tt $($module:ident :: $declaration:ident of $row:ident),+) => {
        /// How many catalogues there are.
        const COUNT: usize = [$(stringify!($module)),+].len();

        /// Every catalogue of this build, in the order of the site's navigation.
        pub fn all() -> [&'static Catalogue; COUNT] {
            [$(&$module::$declaration),+]
        }

        /// The schemas of all catalogues, in the same order.
        pub fn schemas() -> [&'static normalizer::Schema; COUNT] {
            [$(&$module::SCHEMA),+]
        }

        /// How long answers about the rows of the catalogue with that name last.
        pub fn lifetimes(name: &str) -> Lifetimes {
            match name {
                $(_ if name == $module::SCHEMA.catalogue => $module::LIFETIMES,)+
                _ => Lifetimes::USUAL,
            }
        }

        $(impl Row for $module::$row {
            const SCHEMA: &'static normalizer::Schema = &$module::SCHEMA;

            fn catalogue() -> &'static Catalogue {
                &$module::$declaration
            }
        })+

        /// An expression in which a name stands for the row type of the catalogue with a schema;
        /// `None` if there is none: `for_row!(schema, T => show::<T>())`.
        #[macro_export]
        macro_rules! for_row {
            ($d schema:expr, $d row:ident => $d then:expr) => {{
                let name: &str = $d schema.catalogue;
                $(if name == $crate::$module::SCHEMA.catalogue {
                    type $d row = $crate::$module::$row;
                    Some($d then)
                } else)+ {
                    None
                }
            }};
        }

        /// An array of an expression for each catalogue, in which a name stands for its row type:
        /// `for_all_rows!(T => serve::<T>())`.
        #[macro_export]
        macro_rules! for_all_rows {
            ($d row:ident => $d then:expr) => {
                [$({
                    type $d row = $crate::$module::$row;
                    $d then
                }),+]
            };
        }
    };
}

/// A row of a catalogue, as it is read from JSON.
pub trait Row: serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static {
    /// The schema of its catalogue.
    const SCHEMA: &'static normalizer::Schema;

    /// Its catalogue.
    fn catalogue() -> &'static Catalogue;
}

catalogues!($ properties::PROPERTIES of Property, recipes::RECIPES of Recipe, agents::AGENTS of Agent);

/// The catalogue with that name, as used in paths, keys and the change log.
pub fn by_name(name: &str) -> Option<&'static Catalogue> {
    all().into_iter().find(|catalogue| catalogue.name() == name)
}

/// Every catalogue that editors edit: those of [`all`], and those whose rows readers see only where
/// others embed them.
pub fn edited() -> [&'static Catalogue; COUNT + 2] {
    let mut edited = [&offices::OFFICES; COUNT + 2];
    edited[..COUNT].copy_from_slice(&all());
    edited[COUNT] = &locations::LOCATIONS;
    edited[COUNT + 1] = &offices::OFFICES;
    edited
}

/// The catalogue with that name, of those that editors edit.
pub fn edited_by_name(name: &str) -> Option<&'static Catalogue> {
    edited()
        .into_iter()
        .find(|catalogue| catalogue.name() == name)
}

/// The schema of the catalogue with that name.
pub fn schema(name: &str) -> Option<&'static normalizer::Schema> {
    schemas()
        .into_iter()
        .find(|schema| schema.catalogue == name)
}
