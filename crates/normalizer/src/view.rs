//! The presentational parameter `view`, which is not part of a query or its key.

use crate::text::{clean, decode};

/// How a list is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// As cards side by side.
    #[default]
    Grid,
    /// As rows.
    List,
}

impl View {
    /// The value of `view` in an address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            View::Grid => "grid",
            View::List => "list",
        }
    }
}

/// Reads `view` from a raw query string; anything but a plain `list` is a grid.
///
/// Both views show the same answer, so this never fails and never reaches a key.
///
/// ```
/// use normalizer::{View, view};
///
/// assert_eq!(view("city=austin&view=List"), View::List);
/// assert_eq!(view("view=mosaic"), View::Grid);
/// ```
#[must_use]
pub fn view(raw: &str) -> View {
    let mut view = View::Grid;
    for pair in raw.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if clean(decode(name), true) == "view" {
            match &*clean(decode(value), true) {
                "list" => view = View::List,
                // If both are given, in any order, the grid wins.
                "grid" => return View::Grid,
                _ => {}
            }
        }
    }
    view
}
