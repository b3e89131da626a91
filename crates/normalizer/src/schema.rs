//! The parameters that a catalogue's list accepts: the declaration that everything else follows.

mod check;
mod parameter;

pub use parameter::{Kind, Parameter, Synonyms};

/// The parameters of one catalogue, declared once as a `static`.
///
/// ```
/// use normalizer::{Parameter, Schema};
///
/// static HOMES: Schema = Schema {
///     catalogue: "homes",
///     version: 1,
///     parameters: &[
///         Parameter::tokens("city"),
///         Parameter::money("max_price", 0, 1_000_000_000_000),
///         Parameter::money("min_price", 0, 1_000_000_000_000).default("0"),
///         Parameter::choice("sort", &["-created_at", "price"]).default("-created_at"),
///     ],
///     ranges: &[("min_price", "max_price")],
/// }
/// .checked();
/// assert!(HOMES.parameter("page").is_some());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// The catalogue's name, part of every key.
    pub catalogue: &'static str,
    /// Part of every key; increase it when the meaning of a canonical query changes.
    pub version: u32,
    /// The catalogue's own parameters, `sort` included. [`COMMON`] is added to them.
    pub parameters: &'static [Parameter],
    /// Pairs (lower, upper) of number parameters that must not cross when both are given.
    pub ranges: &'static [(&'static str, &'static str)],
}

/// The parameters that belong to every schema: `page`, `page_size`, `preview`, `q` and `random`.
pub static COMMON: [Parameter; 5] = [
    Parameter::integer("page", 1, LARGEST_PAGE).default("1"),
    Parameter::integer("page_size", 1, 100)
        .clamped()
        .default("20")
        .alias(&["limit"]),
    Parameter::flag("preview"),
    Parameter::text("q").alias(&["search"]),
    Parameter::flag("random"),
];

/// The largest number that rule 5 allows: 15 digits.
pub(crate) const LARGEST_PAGE: i64 = 999_999_999_999_999;

impl Schema {
    /// Every parameter of this schema: its own, then [`COMMON`].
    pub fn all(&self) -> impl Iterator<Item = &'static Parameter> + use<> {
        self.parameters.iter().chain(&COMMON)
    }

    /// The parameter with this canonical name; aliases are not looked up.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.all().find(|parameter| same(parameter.name, name))
    }

    /// The parameter that this name or alias stands for.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Option<&'static Parameter> {
        self.all()
            .find(|parameter| same(parameter.name, name) || holds(parameter.aliases, name))
    }
}

/// Whether a list contains a word.
pub(crate) fn holds(list: &[&str], word: &str) -> bool {
    list.iter().any(|held| same(held, word))
}

/// `==` for short texts that mostly differ in length or first byte, where `memcmp` is not worth a
/// call.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().eq(b.bytes())
}
