//! Which rows embed which others, by the declarations.

use std::collections::BTreeSet;

use catalogue::{Catalogue, Join, Rule};

/// That the rows of a catalogue embed those of a table.
#[derive(Debug)]
pub(super) struct Embedding {
    /// The catalogue.
    pub(super) catalogue: &'static Catalogue,
    /// The columns of the embedded table on which the catalogue's rows depend, without its id.
    pub(super) columns: Vec<&'static str>,
    /// The joins that lead to the table, the one on the catalogue's own table first.
    path: Vec<&'static Join>,
}

impl Embedding {
    /// The SQL condition on the catalogue's table that a row embeds the one with that id.
    pub(super) fn holds(&self, id: &str) -> String {
        let mut condition = String::new();
        for join in self.path.iter().rev() {
            condition = if condition.is_empty() {
                format!("{} = {id}", join.foreign_key)
            } else {
                format!(
                    "{} IN (SELECT id FROM {} WHERE {condition})",
                    join.foreign_key, join.table
                )
            };
        }
        condition
    }
}

/// Who embeds a table, in the order of the catalogues.
pub(super) fn of(table: &str) -> Vec<Embedding> {
    let embeddings = catalogue::all().into_iter().filter_map(|catalogue| {
        let path = path(catalogue, table)?;
        Some(Embedding {
            catalogue,
            columns: columns(catalogue, table),
            path,
        })
    });
    embeddings.collect()
}

/// The tables that are embedded somewhere, in the order of the declarations.
pub(super) fn embedded() -> Vec<&'static str> {
    let mut tables = Vec::new();
    for join in joins() {
        if !tables.contains(&join.table) {
            tables.push(join.table);
        }
    }
    tables
}

/// The tables of the catalogues, each after those that it refers to.
pub(in crate::store) fn in_order() -> Vec<&'static str> {
    let mut ordered = Vec::new();
    let mut rest: Vec<&str> = tables().into_iter().collect();
    while !rest.is_empty() {
        let waits = |table: &&str| {
            joins()
                .any(|join| join.of == *table && join.table != *table && rest.contains(&join.table))
        };
        let (waiting, ready): (Vec<_>, Vec<_>) = rest.iter().partition(|table| waits(table));
        if ready.is_empty() {
            // Tables that refer to each other have no order.
            ordered.extend(waiting);
            break;
        }
        ordered.extend(ready);
        rest = waiting;
    }
    ordered
}

/// What the rows of a catalogue copy from those that they embed: the columns, by their join.
pub(in crate::store) fn copied(
    catalogue: &'static Catalogue,
) -> Vec<(&'static Join, Vec<&'static str>)> {
    let own = catalogue.joins.iter();
    let own = own.filter(|join| join.of == catalogue.name());
    let copied = own.map(|join| {
        let columns = catalogue.keys.iter().filter_map(|key| {
            let is_from = matches!(key.rule, Rule::Copied { table } if table == join.table);
            is_from.then_some(key.column)
        });
        (join, columns.collect::<Vec<_>>())
    });
    copied.filter(|(_, columns)| !columns.is_empty()).collect()
}

/// The tables of the catalogues.
pub(super) fn tables() -> BTreeSet<&'static str> {
    catalogue::edited()
        .into_iter()
        .map(Catalogue::name)
        .collect()
}

fn joins() -> impl Iterator<Item = &'static Join> {
    catalogue::all()
        .into_iter()
        .flat_map(|catalogue| catalogue.joins)
}

fn path(catalogue: &'static Catalogue, table: &str) -> Option<Vec<&'static Join>> {
    let mut path = Vec::new();
    let mut wanted = table;
    while wanted != catalogue.name() {
        // A join is on the catalogue's own table or on an earlier one, so this comes to an end.
        let join = catalogue.joins.iter().find(|join| join.table == wanted)?;
        path.insert(0, join);
        wanted = join.of;
    }
    (!path.is_empty()).then_some(path)
}

/// What of the embedded table shows in the catalogue's rows, leads on to other tables, or is copied.
fn columns(catalogue: &'static Catalogue, table: &str) -> Vec<&'static str> {
    let shown = catalogue.fields.iter().filter_map(|field| {
        let is_of_table = field.table == Some(table) && field.column != "id";
        is_of_table.then_some(field.column)
    });
    let leading = catalogue
        .joins
        .iter()
        .filter_map(|join| (join.of == table).then_some(join.foreign_key));
    let copied = catalogue.keys.iter().filter_map(|key| {
        let is_copied = matches!(key.rule, Rule::Copied { table: from } if from == table);
        is_copied.then_some(key.column)
    });
    // A name that the table spells for a facet.
    let spelled = catalogue.facets.iter().filter_map(|facet| {
        let spelled = facet.spelled.filter(|spelled| spelled.table == table)?;
        Some(spelled.name)
    });
    let mut columns = Vec::new();
    for column in shown.chain(leading).chain(copied).chain(spelled) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    columns
}
