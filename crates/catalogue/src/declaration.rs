//! The vocabulary that a catalogue is declared in.

use std::collections::BTreeSet;

use normalizer::{Query, Schema};

pub use computed::{Aggregate, Computed};
pub use key::{Key, Rule};

mod computed;
mod key;

/// A kind of thing that is listed, declared once.
#[derive(Debug)]
pub struct Catalogue {
    /// Its name, its version and the parameters that its requests take.
    pub schema: &'static Schema,
    /// One thing of this kind, for messages: "property".
    pub singular: &'static str,
    /// The fields that name a row to editors: texts of its own table.
    pub named: &'static [&'static str],
    /// Tables that a row embeds, each joined to the catalogue's own table or to an earlier join.
    pub joins: &'static [Join],
    /// The fields of a row that an answer shows, in the order of the JSON. Fields that share the
    /// part of their path before the dot must be adjacent.
    pub fields: &'static [Field],
    /// The columns whose values decide which edits touch an answer: those that predicates test, and
    /// those that decide a row's place in an order. All are in the catalogue's own table and in the
    /// change log.
    pub columns: &'static [Column],
    /// How each filter parameter tests a column.
    pub filters: &'static [Filter],
    /// The facets that the filter panel shows and a facets answer counts, in the panel's order.
    /// Each is about one column, and has all the filters that test it.
    pub facets: &'static [Facet],
    /// The orders that a list can have; at least one.
    pub sorts: &'static [Sort],
    /// The lists that are loaded ahead of requests, by `hearth warm`.
    pub warmed: &'static [Combinations],
    /// The columns that text search covers. The server makes the index of their words.
    pub searched: &'static [&'static str],
    /// The columns whose values follow from others, whoever writes a row. The server makes the
    /// triggers that see to it.
    pub keys: &'static [Key],
    /// What is computed for a row from the rows of other catalogues that refer to it.
    pub computed: &'static [Computed],
    /// The column, one of [`columns`](Self::columns), and the value that mark a row as withdrawn:
    /// it can still be requested, but an older answer must not show it once the change is known.
    pub withdrawn: Option<(&'static str, &'static str)>,
    /// The column, one of [`columns`](Self::columns), and the value that mark a row as a draft, which
    /// no reader sees.
    pub draft: Option<(&'static str, &'static str)>,
}

/// Lists with each combination of some filters.
#[derive(Debug)]
pub struct Combinations {
    /// The parameters, each with its values; an empty value leaves the parameter out.
    pub of: &'static [(&'static str, &'static [&'static str])],
    /// How many rows a page of these lists has; `None` for the default.
    pub page_size: Option<u8>,
}

impl Combinations {
    /// The combinations: pairs of a parameter and its value, without those that are left out.
    pub fn all(&self) -> Vec<Vec<(&'static str, &'static str)>> {
        self.of
            .iter()
            .fold(vec![Vec::new()], |all, (name, values)| {
                let with = |some: &Vec<_>, value: &'static str| {
                    let pair = (!value.is_empty()).then_some((*name, value));
                    some.iter().copied().chain(pair).collect()
                };
                let extended = all
                    .iter()
                    .flat_map(|some| values.iter().map(|value| with(some, value)));
                extended.collect()
            })
    }
}

/// An embedded table, which is another catalogue's: `JOIN table ON table.id = of.foreign_key`.
#[derive(Debug)]
pub struct Join {
    /// The table that is embedded.
    pub table: &'static str,
    /// The table that refers to it.
    pub of: &'static str,
    /// The referring column of `of`.
    pub foreign_key: &'static str,
}

impl Join {
    /// `table`, joined to `of` by the column of `of` that refers to it.
    pub const fn new(table: &'static str, of: &'static str, foreign_key: &'static str) -> Self {
        Self {
            table,
            of,
            foreign_key,
        }
    }
}

/// A column that decides which edits touch an answer, and the type of its values.
#[derive(Debug)]
pub struct Column {
    /// Its name in the catalogue's own table.
    pub name: &'static str,
    /// The type of its values.
    pub storage: Storage,
    /// The columns whose sum the database generates for it; none if its values are written.
    pub sum_of: &'static [&'static str],
}

impl Column {
    /// A column with that name.
    pub const fn new(name: &'static str, storage: Storage) -> Self {
        Self {
            name,
            storage,
            sum_of: &[],
        }
    }

    /// The same column, which the database generates as the sum of others.
    pub const fn sum_of(mut self, columns: &'static [&'static str]) -> Self {
        self.sum_of = columns;
        self
    }
}

/// The type of a column's values, on every database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// A 64-bit integer.
    Integer,
    /// Text that is compared bytewise.
    Text,
    /// Several tokens in one text, each between commas: `,vegan,gluten-free,`.
    Terms,
}

/// One value of the JSON of a row.
#[derive(Debug)]
pub struct Field {
    /// Its path in the JSON: `price`, or `location.city` for a nested object.
    pub path: &'static str,
    /// The table that it comes from; `None` for the catalogue's own.
    pub table: Option<&'static str>,
    /// The column that it comes from.
    pub column: &'static str,
    /// How the stored value is written.
    pub encoding: Encoding,
    /// What an editor may set it to; `None` where it cannot be edited.
    pub edit: Option<Edit>,
}

impl Field {
    /// A field of the catalogue's own table.
    pub const fn new(path: &'static str, column: &'static str, encoding: Encoding) -> Self {
        Self {
            path,
            table: None,
            column,
            encoding,
            edit: None,
        }
    }

    /// A field of an embedded table.
    pub const fn joined(
        path: &'static str,
        table: &'static str,
        column: &'static str,
        encoding: Encoding,
    ) -> Self {
        Self {
            path,
            table: Some(table),
            column,
            encoding,
            edit: None,
        }
    }

    /// The table of the embedded row that the field belongs to: also that of a reference to it.
    pub fn embedded_table(&self) -> Option<&'static str> {
        match self.edit {
            Some(Edit::Reference(table)) => Some(table),
            _ => self.table,
        }
    }

    /// The same field, open to editors.
    pub const fn editable(mut self, edit: Edit) -> Self {
        self.edit = Some(edit);
        self
    }
}

/// How a stored value is written in JSON, and read from an editor's input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// An integer.
    Integer,
    /// A floating-point number.
    Float,
    /// A text.
    Text,
    /// Integer cents, written as a decimal text: `"450000.00"`.
    Money,
    /// Integer quarters, written as a number: 10 is `2.5`.
    Quarters,
    /// Milliseconds since 1970, written as an RFC 3339 text in UTC.
    Timestamp,
    /// Tokens between commas, written as an array of texts.
    Terms,
    /// Lines of text, written as an array of texts.
    Lines,
    /// `yes` or `no`, written as a boolean.
    Flag,
}

/// What an editor may set a field to.
#[derive(Debug, Clone, Copy)]
pub enum Edit {
    /// A text that is not empty and has at most this many characters.
    Text {
        /// The maximum number of characters.
        most: usize,
    },
    /// One of these.
    Choice(&'static [&'static str]),
    /// A number within these inclusive bounds, in the displayed unit, not the stored one.
    Number {
        /// The least value.
        least: i64,
        /// The greatest value.
        greatest: i64,
    },
    /// Tokens, separated by commas.
    Terms,
    /// Lines, none of them empty.
    Lines {
        /// The least number of lines.
        least: usize,
        /// The greatest number of lines.
        most: usize,
        /// The maximum number of characters of a line.
        longest: usize,
    },
    /// Some of these, separated by commas.
    Set(&'static [&'static str]),
    /// One token.
    Token,
    /// Yes or no.
    Flag,
    /// A day, stored as `2026-11-29`.
    Date,
    /// Degrees north or east, at most this many either way.
    Degrees(i32),
    /// The id of a row of this table.
    Reference(&'static str),
}

impl Edit {
    /// A number from `least` to `greatest`, inclusive.
    pub const fn number(least: i64, greatest: i64) -> Self {
        Self::Number { least, greatest }
    }
}

/// How a parameter tests a column.
#[derive(Debug)]
pub struct Filter {
    /// The parameter's canonical name.
    pub parameter: &'static str,
    /// Its label on the filter panel.
    pub label: &'static str,
    /// The column that it tests.
    pub column: &'static str,
    /// How it tests the column.
    pub test: Test,
    /// What its value means, with `{}` for the value: `Up to {} min`, `Without {}`.
    pub said: Option<&'static str>,
}

impl Filter {
    /// The filter of a parameter, with its label, the column that it tests, and how.
    pub const fn new(
        parameter: &'static str,
        label: &'static str,
        column: &'static str,
        test: Test,
    ) -> Self {
        Self {
            parameter,
            label,
            column,
            test,
            said: None,
        }
    }

    /// The same filter, whose value is shown in these words, with `{}` for the value.
    pub const fn said(mut self, words: &'static str) -> Self {
        self.said = Some(words);
        self
    }
}

/// How a parameter's value is compared with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// The column equals one of the set's elements.
    OneOf,
    /// The column, a [`Storage::Terms`], holds all of the set's elements.
    AllOf,
    /// The column, a [`Storage::Terms`], holds none of the set's elements.
    NoneOf,
    /// The column, a [`Storage::Integer`], is the number: the id of another catalogue's row.
    Is,
    /// The column is at least the number times `unit`.
    AtLeast {
        /// How many stored units make one unit of the parameter: 100 for cents.
        unit: i64,
    },
    /// The column is at most the number times `unit`.
    AtMost {
        /// How many stored units make one unit of the parameter.
        unit: i64,
    },
}

/// A column of the filter panel, with its options and how many rows each would leave.
#[derive(Debug)]
pub struct Facet {
    /// Its name in an answer: its parameter's, or that of the quantity that its parameters bound.
    pub name: &'static str,
    /// Its label on the filter panel.
    pub label: &'static str,
    /// The column that it is about.
    pub column: &'static str,
    /// Its options.
    pub offers: Offers,
    /// Where the names are that its tokens stand for, as people spell them.
    pub spelled: Option<Spelled>,
}

/// The column of an embedded table that spells a token: a city's name for its key.
#[derive(Debug, Clone, Copy)]
pub struct Spelled {
    /// The column of the catalogue's own table that refers to the embedded row.
    pub by: &'static str,
    /// The embedded table.
    pub table: &'static str,
    /// Its column with the name.
    pub name: &'static str,
}

impl Facet {
    /// The same facet, whose tokens are spelled by the column `name` of `table`, to whose rows the
    /// column `by` refers.
    pub const fn spelled(
        mut self,
        by: &'static str,
        table: &'static str,
        name: &'static str,
    ) -> Self {
        self.spelled = Some(Spelled { by, table, name });
        self
    }

    /// A facet with this name and label, and with these options for the column's values.
    pub const fn new(
        name: &'static str,
        label: &'static str,
        column: &'static str,
        offers: Offers,
    ) -> Self {
        Self {
            name,
            label,
            column,
            offers,
            spelled: None,
        }
    }
}

/// The options of a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offers {
    /// A few fixed texts, all of them.
    Choices(&'static [&'static str]),
    /// The most common tokens, at most this many, and those that are chosen.
    Commonest(usize),
    /// A few fixed bounds.
    Bounds(&'static [&'static str]),
    /// Any number, on a scale whose marks are quantiles.
    Scale {
        /// Marks are multiples of this, in the parameter's unit.
        step: i64,
    },
}

/// An order of a list. Every order ends in the row's id, in the same direction, so that it is
/// total and one index serves it.
#[derive(Debug)]
pub struct Sort {
    /// The choice of the `sort` parameter.
    pub choice: &'static str,
    /// Its label on the page.
    pub label: &'static str,
    /// The column that orders the list.
    pub column: &'static str,
    /// The column that an editor changes to move a row in this order: `column`, unless the database
    /// makes that from another one.
    pub moved_by: &'static str,
    /// Whether the greatest value comes first.
    pub descending: bool,
}

/// A counter that changes without an entry in the change log.
const UNLOGGED: &str = "view_count";

/// The counter on a row of the edits of rows that it embeds.
const EMBEDDED: &str = "parts_version";

impl Sort {
    /// The order of a choice, with its label and the column whose least value comes first.
    pub const fn ascending(
        choice: &'static str,
        label: &'static str,
        column: &'static str,
    ) -> Self {
        Self {
            choice,
            label,
            column,
            moved_by: column,
            descending: false,
        }
    }

    /// The same order, whose column the database makes from this one.
    pub const fn moved_by(mut self, column: &'static str) -> Self {
        self.moved_by = column;
        self
    }

    /// The order of a choice, with its label and the column whose greatest value comes first.
    pub const fn descending(
        choice: &'static str,
        label: &'static str,
        column: &'static str,
    ) -> Self {
        Self {
            descending: true,
            ..Self::ascending(choice, label, column)
        }
    }
}

impl Catalogue {
    /// The columns whose changes are history, which is never pruned: prices, and whether readers see the
    /// row.
    pub fn history_columns(&self) -> BTreeSet<&'static str> {
        let money = self
            .fields
            .iter()
            .filter(|it| it.encoding == Encoding::Money);
        let money = money.map(|field| field.column);
        let status = [self.draft, self.withdrawn].into_iter().flatten();
        money.chain(status.map(|(column, _)| column)).collect()
    }

    /// Its name in paths, keys and the change log; also the name of its table.
    pub fn name(&self) -> &'static str {
        self.schema.catalogue
    }

    /// The fields in which a change of some columns shows, by their paths; the columns themselves if
    /// it shows in none, such as the counter of edits of embedded rows.
    pub fn fields_of<'c>(&self, columns: impl Iterator<Item = &'c str>) -> Box<[Box<str>]> {
        // Every edit changes these.
        let columns = columns.filter(|column| !["", "version", "updated_at"].contains(column));
        let (mut fields, mut others) = (Vec::new(), Vec::new());
        for column in columns {
            let shown = self.fields.iter().filter(|field| field.table.is_none());
            let before = fields.len();
            fields.extend(
                shown
                    .filter(|field| field.column == column)
                    .map(|field| Box::from(field.path)),
            );
            if fields.len() == before {
                others.push(Box::from(column));
            }
        }
        if fields.is_empty() { others } else { fields }.into()
    }

    /// The order that the query requests, or the first one if it does not name a known one.
    pub fn sort(&self, query: &Query) -> &'static Sort {
        let choice = query.choice("sort").unwrap_or_default();
        let sorts = self.sorts;
        sorts
            .iter()
            .find(|sort| sort.choice == choice)
            .unwrap_or(&sorts[0])
    }

    /// The filters of a facet: one, or one for each end of a range, or one for what must be in it
    /// and one for what must not.
    pub fn filters_of(&self, facet: &Facet) -> impl Iterator<Item = &'static Filter> + use<> {
        let column = facet.column;
        self.filters
            .iter()
            .filter(move |filter| filter.column == column)
    }

    /// The columns of a row whose edit may move it in an order, given by their indexes in
    /// [`columns`](Self::columns); `None` if the log does not have them, so that any edit may.
    pub fn moving(&self, sort: &Sort) -> Option<Box<[usize]>> {
        match sort.moved_by {
            UNLOGGED => Some(Box::default()),
            column => self.places(&[column]),
        }
    }

    /// For each facet its column and the columns of a row whose edit may have it counted for another
    /// choice, or spelled otherwise, all given as in [`moving`](Self::moving).
    pub fn counting(&self) -> Vec<(usize, Option<Box<[usize]>>)> {
        let counting = |facet: &Facet| {
            let column = self.position(facet.column)?;
            let decisive = match facet.spelled {
                Some(spelled) => self.places(&[facet.column, spelled.by, EMBEDDED]),
                None => Some(Box::from([column])),
            };
            Some((column, decisive))
        };
        self.facets.iter().filter_map(counting).collect()
    }

    /// The indexes of columns in [`columns`](Self::columns); `None` if one is not there.
    pub fn places(&self, columns: &[&str]) -> Option<Box<[usize]>> {
        columns.iter().map(|column| self.position(column)).collect()
    }

    /// The declaration of a column that decides which edits touch an answer.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The columns whose values follow from others, from other rows or from the edits themselves: no
    /// editor sets them.
    pub fn following(&self) -> impl Iterator<Item = &'static str> {
        let keys = self.keys.iter();
        let keys = keys.filter(|key| key.source() != Some(key.column));
        let sums = self.columns.iter();
        let sums = sums.filter(|column| !column.sum_of.is_empty());
        ["id", "version", "updated_at", EMBEDDED]
            .into_iter()
            .chain(keys.map(|key| key.column))
            .chain(sums.map(|sum| sum.name))
    }

    /// The index of a column in an [`Image`](crate::Image).
    pub(crate) fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known.name == column)
    }
}

/// The version of a schema in this build: with the feature `next-version`, that of a next release.
pub(crate) const fn version(released: u32) -> u32 {
    if cfg!(feature = "next-version") {
        released + 1
    } else {
        released
    }
}
