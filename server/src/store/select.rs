//! The SQL of lists, counts and rows, which follows from a catalogue's declaration.

use catalogue::{
    Catalogue, Condition, Encoding, Filter, Predicate, Sort, Test, Value, normalizer::fold,
};
use sea_query::{
    Alias, Asterisk, Cond, Expr, ExprTrait, Func, FunctionCall, Order, Query, SelectStatement,
};

use super::{StoreError, database::Record};

/// `SELECT` of a catalogue's fields, in their order, with the tables that a row embeds.
pub(super) fn rows(catalogue: &'static Catalogue) -> SelectStatement {
    let mut select = Query::select();
    select.from(catalogue.name());
    embed(&mut select, catalogue);
    select
}

/// Adds a catalogue's fields to a `SELECT` from its table, and joins what a row embeds.
fn embed(select: &mut SelectStatement, catalogue: &'static Catalogue) {
    for field in catalogue.fields {
        select.column((field.table.unwrap_or(catalogue.name()), field.column));
    }
    for join in catalogue.joins {
        select.inner_join(
            join.table,
            Expr::col((join.table, "id")).equals((join.of, join.foreign_key)),
        );
    }
}

/// The condition that a row is no draft, which is true of all rows of some catalogues.
pub(super) fn is_published(catalogue: &'static Catalogue) -> Cond {
    let mark = catalogue.draft.into_iter();
    mark.fold(Cond::all(), |all, (column, draft)| {
        all.add(Expr::col((catalogue.name(), column)).ne(draft))
    })
}

/// A page of rows. The rows are chosen by their ids alone, from an index where there is one, and
/// only the chosen ones are joined with what they embed: a deep page costs little more than the
/// first one.
pub(super) fn page(
    catalogue: &'static Catalogue,
    condition: Cond,
    sort: &Sort,
    size: u64,
    offset: u64,
) -> SelectStatement {
    let mut chosen = Query::select();
    chosen
        .column((catalogue.name(), "id"))
        .from(catalogue.name())
        .cond_where(condition)
        .limit(size);
    if offset > 0 {
        chosen.offset(offset);
    }
    order(&mut chosen, catalogue, sort);
    let mut select = Query::select();
    select.from_subquery(chosen, "chosen").inner_join(
        catalogue.name(),
        Expr::col(("chosen", "id")).equals((catalogue.name(), "id")),
    );
    embed(&mut select, catalogue);
    order(&mut select, catalogue, sort);
    select
}

/// `SELECT count(*)` of a catalogue's rows.
pub(super) fn count(catalogue: &'static Catalogue) -> SelectStatement {
    let mut select = Query::select();
    select.expr(count_of_rows()).from(catalogue.name());
    select
}

/// `count(*)`
pub(super) fn count_of_rows() -> FunctionCall {
    Func::count(Expr::col(Asterisk))
}

/// What a condition is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Finding some rows, from any index that leads to them.
    Rows,
    /// Counting many rows, all from the index that has every column.
    Everything,
}

/// The SQL of a predicate.
pub(super) fn condition(predicate: &Predicate, dialect: Dialect, reading: Reading) -> Cond {
    let catalogue = predicate.catalogue();
    let mut all = Cond::all();
    // SQLite would rather take any index that leads to the rows and fetch each of them for its
    // other columns, or read the table. A plus hides a column from that choice, which leaves the
    // first column of the index that has them all; or, if all are about one other row, the column
    // that refers to it, as such rows are few.
    let lead = match (reading, dialect) {
        (Reading::Everything, Dialect::Sqlite) => {
            let lead = referring(predicate).or_else(|| leading(catalogue));
            Some(lead.unwrap_or_default())
        }
        _ => None,
    };
    let mut led = lead.is_none_or(str::is_empty);
    for condition in predicate.conditions() {
        let name = catalogue.columns[condition.column()].name;
        let column = || match lead {
            Some(lead) if lead != name => {
                Expr::cust(format!("+{}", indexed(catalogue, name, dialect)))
            }
            _ => Expr::col((catalogue.name(), name)),
        };
        match condition {
            Condition::OneOf { values, .. } => {
                let values = values.iter().filter(|value| storable(value));
                all = all.add(column().is_in(values.map(ToString::to_string)));
            }
            Condition::AllOf { terms, .. } => {
                for term in terms {
                    if !storable(term) {
                        all = all.add(Expr::val(1).eq(0));
                        continue;
                    }
                    let place = Func::cust(dialect.position())
                        .arg(column())
                        .arg(term.to_string());
                    all = all.add(Expr::expr(place).gt(0));
                }
            }
            Condition::NoneOf { terms, .. } => {
                // What no row can hold excludes none.
                for term in terms.iter().filter(|term| storable(term)) {
                    let place = Func::cust(dialect.position())
                        .arg(column())
                        .arg(term.to_string());
                    all = all.add(Expr::expr(place).eq(0));
                }
            }
            // A condition on the same column that allows a few values says more.
            Condition::Not { value, .. } => {
                let is_of_column = |other: &Condition| {
                    matches!(other, Condition::OneOf { .. }) && other.column() == condition.column()
                };
                if !predicate.conditions().iter().any(is_of_column) {
                    all = all.add(column().ne(*value));
                }
                continue;
            }
            Condition::AtLeast { bound, .. } => all = all.add(column().gte(*bound)),
            Condition::AtMost { bound, .. } => all = all.add(column().lte(*bound)),
        }
        led |= lead == Some(name);
    }
    if let Some(lead) = lead.filter(|_| !led) {
        // Always true: every text is at least the empty one.
        all = all.add(Expr::col((catalogue.name(), lead)).gte(""));
    }
    all
}

/// A column as the index of all facets has it. SQLite takes the value of a generated column from no
/// index, because that would count as a use of all columns of the row; it does take that of the
/// expression which the column stands for.
pub(super) fn indexed(catalogue: &Catalogue, name: &str, dialect: Dialect) -> String {
    let table = catalogue.name();
    let sum_of = catalogue.column(name).map(|column| column.sum_of);
    match (sum_of, dialect) {
        (Some(parts @ [_, ..]), Dialect::Sqlite) => {
            let parts: Vec<String> = parts.iter().map(|part| format!("{table}.{part}")).collect();
            format!("({})", parts.join(" + "))
        }
        _ => format!("{table}.{name}"),
    }
}

/// The first column of the index of all facets: the one whose filter has a default, so that it is
/// in almost every query.
fn leading(catalogue: &Catalogue) -> Option<&'static str> {
    let has_default = |filter: &&Filter| {
        let parameter = catalogue.schema.parameter(filter.parameter);
        filter.test == Test::OneOf && parameter.is_some_and(|parameter| parameter.default.is_some())
    };
    catalogue
        .filters
        .iter()
        .find(has_default)
        .map(|filter| filter.column)
}

/// The column by which a predicate's rows refer to one row of another catalogue, if they do.
fn referring(predicate: &Predicate) -> Option<&'static str> {
    let catalogue = predicate.catalogue();
    let mut conditions = predicate.conditions().iter();
    conditions.find_map(|condition| {
        let column = catalogue.columns[condition.column()].name;
        let mut filters = catalogue.filters.iter();
        filters
            .any(|filter| filter.column == column && filter.test == Test::Is)
            .then_some(column)
    })
}

/// Whether a row can hold this text: PostgreSQL accepts no NUL, not even in a parameter.
fn storable(text: &str) -> bool {
    !text.contains('\0')
}

/// Which database a statement is for, where the two differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// PostgreSQL.
    Postgres,
    /// SQLite.
    Sqlite,
}

impl Dialect {
    /// The function that finds a text in another one, bytewise.
    fn position(self) -> Alias {
        Alias::new(match self {
            Self::Postgres => "strpos",
            Self::Sqlite => "instr",
        })
    }
}

/// How many of its words a search looks at.
const WORDS: usize = 32;

/// PostgreSQL accepts no word over 2,046 bytes, not even in a query.
const LONGEST_WORD: usize = 500;

/// The condition of a text search: every word is in one of the searched columns, the last one
/// possibly as the beginning of a word. Words are letters and digits; everything else separates
/// them, so nothing that is typed is syntax to the database.
pub(super) fn search(catalogue: &'static Catalogue, text: &str, dialect: Dialect) -> Cond {
    let folded = fold(text.into());
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(WORDS)
        .collect();
    if words.is_empty() || words.iter().any(|word| word.len() > LONGEST_WORD) {
        return Cond::all().add(Expr::val(1).eq(0));
    }
    let name = catalogue.name();
    Cond::all().add(match dialect {
        Dialect::Postgres => {
            // The expression of the index `{name}_words`, whose parts are fixed at compile time.
            let columns = catalogue.searched.iter();
            let columns = columns.map(|column| format!("{name}.{column}"));
            let columns: Vec<String> = columns.collect();
            let wanted = format!("'{}':*", words.join("' & '"));
            Expr::cust_with_values(
                format!(
                    "hearth_words({}) @@ to_tsquery('simple', $1)",
                    columns.join(" || ' ' || ")
                ),
                [wanted],
            )
        }
        Dialect::Sqlite => {
            let wanted = format!("\"{}\" *", words.join("\" AND \""));
            Expr::cust_with_values(
                format!("{name}.id IN (SELECT rowid FROM {name}_words WHERE {name}_words MATCH ?)"),
                [wanted],
            )
        }
    })
}

/// Orders a list, ending in the id.
pub(super) fn order(select: &mut SelectStatement, catalogue: &'static Catalogue, sort: &Sort) {
    let direction = || {
        if sort.descending {
            Order::Desc
        } else {
            Order::Asc
        }
    };
    select
        .order_by((catalogue.name(), sort.column), direction())
        .order_by((catalogue.name(), "id"), direction());
}

/// The stored values of a row that was selected by [`rows`].
pub(super) fn values(catalogue: &Catalogue, record: &Record) -> Result<Vec<Value>, StoreError> {
    let fields = catalogue.fields.iter().enumerate();
    fields
        .map(|(place, field)| value(record, place, field.encoding))
        .collect()
}

/// One stored value.
pub(super) fn value(record: &Record, at: usize, encoding: Encoding) -> Result<Value, StoreError> {
    Ok(match encoding {
        Encoding::Integer | Encoding::Money | Encoding::Quarters | Encoding::Timestamp => {
            Value::Integer(record.get(at)?)
        }
        Encoding::Float => Value::Float(record.get(at)?),
        Encoding::Text | Encoding::Terms | Encoding::Lines | Encoding::Flag => {
            Value::Text(record.get(at)?)
        }
    })
}
