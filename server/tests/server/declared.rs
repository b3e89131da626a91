//! Requests of any catalogue, drawn from its declaration and its rows, so that what every catalogue
//! must do is tested of every catalogue.

use std::{cmp::Ordering, collections::BTreeSet};

use catalogue::{
    Catalogue, Encoding, Filter, Image, Rule, Sort, Storage, Test, Value,
    normalizer::{Kind, Query, fold, normalize, token},
    properties::Property,
};
use rand::{Rng, seq::IndexedRandom};
use serde_json::{Value as Json, json};

use crate::support::Server;

/// A row of a catalogue.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) id: i64,
    /// As the API shows it.
    pub(crate) row: Json,
    /// The columns that predicates test, made from that.
    pub(crate) image: Image,
    cells: Vec<Value>,
}

/// All rows of a catalogue, those included that a list leaves out by default.
pub(crate) async fn rows(server: &Server, catalogue: &'static Catalogue) -> Vec<Shown> {
    let path = format!("/api/{}/?page_size=100{}", catalogue.name(), any(catalogue));
    let rows = listed(server, path).await;
    let shown = |row: Json| {
        let columns = catalogue.columns.iter();
        let cells: Vec<Value> = columns
            .map(|column| cell(catalogue, column.name, &row))
            .collect();
        Shown {
            id: row["id"].as_i64().unwrap(),
            image: Image::new(cells.clone()),
            cells,
            row,
        }
    };
    rows.into_iter().map(shown).collect()
}

/// The rows of a list, from this page on.
pub(crate) async fn listed(server: &Server, path: String) -> Vec<Json> {
    let mut rows = Vec::new();
    let mut next = json!(path);
    while let Some(path) = next.as_str() {
        let mut page = server.get(path).await.json();
        rows.append(
            page["results"]
                .as_array_mut()
                .unwrap_or_else(|| panic!("{path}")),
        );
        next = page["next"].take();
    }
    rows
}

/// All homes.
pub(crate) async fn every_home(server: &Server) -> Vec<Property> {
    let rows = rows(server, &catalogue::properties::PROPERTIES)
        .await
        .into_iter();
    rows.map(|shown| serde_json::from_value(shown.row).unwrap())
        .collect()
}

/// What a request must say to get rows that are left out by default: `&status=any`.
pub(crate) fn any(catalogue: &Catalogue) -> String {
    let parameters = catalogue.schema.parameters.iter();
    let any = parameters.filter_map(|parameter| match parameter.kind {
        Kind::Choices { any: Some(any), .. } => Some(format!("&{}={any}", parameter.name)),
        _ => None,
    });
    any.collect()
}

/// A column of a row, from what the API shows of it.
fn cell(catalogue: &Catalogue, column: &str, row: &Json) -> Value {
    let own = catalogue
        .fields
        .iter()
        .filter(|field| field.table.is_none());
    if let Some(field) = own.clone().find(|field| field.column == column) {
        return stored(field.encoding, field.of(row));
    }
    if let Some(spelled) = spelled(catalogue, column, row) {
        let (text, synonyms_of) = spelled;
        let parameter = synonyms_of.and_then(|name| catalogue.schema.parameter(name));
        return Value::Text(parameter.map_or_else(|| token(text), |it| it.token(text)));
    }
    let mut joins = catalogue.joins.iter();
    let join = joins.find(|join| join.of == catalogue.name() && join.foreign_key == column);
    let id = |join: &catalogue::Join| {
        let mut fields = catalogue.fields.iter();
        fields.find(|field| field.table == Some(join.table) && field.column == "id")
    };
    match join.and_then(id) {
        Some(field) => stored(field.encoding, field.of(row)),
        None => Value::Null,
    }
}

/// The text of an embedded row whose token a column has, and the parameter whose synonyms apply.
fn spelled<'r>(
    catalogue: &Catalogue,
    column: &str,
    row: &'r Json,
) -> Option<(&'r str, Option<&'static str>)> {
    let keys =
        |join: &'static catalogue::Join| catalogue::edited_by_name(join.table).unwrap().keys.iter();
    let mut keys = catalogue
        .joins
        .iter()
        .flat_map(|join| keys(join).map(move |key| (join, key)));
    let (join, key) = keys.find(|(_, key)| key.column == column)?;
    let Rule::Token { of, synonyms_of } = key.rule else {
        return None;
    };
    let mut fields = catalogue.fields.iter();
    let field = fields.find(|field| field.table == Some(join.table) && field.column == of)?;
    Some((field.of(row).as_str()?, synonyms_of))
}

/// What is stored for a value that the API shows.
fn stored(encoding: Encoding, shown: &Json) -> Value {
    match encoding {
        Encoding::Integer => Value::Integer(shown.as_i64().unwrap()),
        Encoding::Money => {
            Value::Integer(shown.as_str().unwrap().replace('.', "").parse().unwrap())
        }
        Encoding::Quarters => Value::Integer((shown.as_f64().unwrap() * 4.0) as i64),
        Encoding::Terms => {
            let terms = shown.as_array().unwrap().iter();
            let all = terms.fold(",".to_owned(), |all, term| {
                all + term.as_str().unwrap() + ","
            });
            Value::Text(all)
        }
        Encoding::Flag => Value::Text(if shown == true { "yes" } else { "no" }.to_owned()),
        // A time as the API writes it is in order too.
        Encoding::Text | Encoding::Timestamp => Value::Text(shown.as_str().unwrap().to_owned()),
        Encoding::Float | Encoding::Lines => Value::Null,
    }
}

impl Shown {
    /// A column of it.
    pub(crate) fn cell(&self, catalogue: &Catalogue, column: &str) -> &Value {
        let place = catalogue
            .columns
            .iter()
            .position(|known| known.name == column);
        &self.cells[place.unwrap()]
    }

    /// The terms that a column of it holds.
    pub(crate) fn terms(&self, catalogue: &Catalogue, column: &str) -> Vec<&str> {
        match self.cell(catalogue, column) {
            Value::Text(text) => text.split(',').filter(|term| !term.is_empty()).collect(),
            _ => Vec::new(),
        }
    }

    /// The words that a text search finds it by.
    pub(crate) fn words(&self, catalogue: &Catalogue) -> BTreeSet<String> {
        let own = catalogue
            .fields
            .iter()
            .filter(|field| field.table.is_none());
        let texts = catalogue.searched.iter().map(|column| {
            let field = own.clone().find(|field| field.column == *column);
            match field.map(|field| stored(field.encoding, field.of(&self.row))) {
                Some(Value::Text(text)) => text,
                _ => match self.cell(catalogue, column) {
                    Value::Text(text) => text.clone(),
                    other => panic!("{column} is {other:?}"),
                },
            }
        });
        let text = texts.collect::<Vec<_>>().join(" ");
        let folded = fold(text.as_str().into());
        let words = folded.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

/// The order of two rows in a list.
pub(crate) fn order(catalogue: &Catalogue, sort: &Sort, one: &Shown, other: &Shown) -> Ordering {
    let key = |shown: &Shown| {
        let rules = catalogue
            .keys
            .iter()
            .filter(|key| key.column == sort.column);
        let folded = rules.map(|key| key.rule).find_map(|rule| match rule {
            Rule::Folded { of } => Some(of),
            _ => None,
        });
        match cell(catalogue, folded.unwrap_or(sort.column), &shown.row) {
            Value::Text(text) if folded.is_some() => Value::Text(fold(text.as_str().into()).into()),
            other => other,
        }
    };
    let by_key = match (key(one), key(other)) {
        (Value::Integer(one), Value::Integer(other)) => one.cmp(&other),
        (Value::Text(one), Value::Text(other)) => one.cmp(&other),
        pair => panic!("{} orders {pair:?}", sort.choice),
    };
    let ascending = by_key.then(one.id.cmp(&other.id));
    if sort.descending {
        ascending.reverse()
    } else {
        ascending
    }
}

/// Random filters, in the words of people: half of the time such as one row meets, otherwise from
/// any rows. Bounds are values that rows have, as disagreements would show there.
pub(crate) fn filters(
    catalogue: &'static Catalogue,
    rows: &[Shown],
    random: &mut impl Rng,
) -> (String, Query) {
    loop {
        let one = random
            .random_bool(0.5)
            .then(|| rows.choose(random).unwrap());
        let mut parts = Vec::new();
        for filter in catalogue.filters {
            if random.random_bool(0.3) {
                let value = value(catalogue, filter, one, rows, random);
                parts.extend(value.map(|value| format!("{}={value}", filter.parameter)));
            }
        }
        let raw = parts.join("&").replace(' ', "+");
        // The least may be above the most.
        if let Ok(query) = normalize(catalogue.schema, &raw) {
            return (raw, query);
        }
    }
}

/// One filter with one value, as readers begin.
pub(crate) fn one_filter(
    catalogue: &Catalogue,
    filter: &Filter,
    rows: &[Shown],
    random: &mut impl Rng,
) -> Option<String> {
    let values = value(catalogue, filter, None, rows, random)?;
    let value = values.split(',').next()?.replace(' ', "+");
    Some(format!("{}={value}", filter.parameter))
}

/// A value of a filter.
fn value(
    catalogue: &Catalogue,
    filter: &Filter,
    one: Option<&Shown>,
    rows: &[Shown],
    random: &mut impl Rng,
) -> Option<String> {
    let column = filter.column;
    let some = |random: &mut _| one.unwrap_or_else(|| IndexedRandom::choose(rows, random).unwrap());
    let number = |random: &mut _| match some(random).cell(catalogue, column) {
        Value::Integer(number) => *number,
        other => panic!("{column} is {other:?}"),
    };
    let in_units = |number: i64, unit: i64| match number % unit {
        0 => (number / unit).to_string(),
        _ => (number as f64 / unit as f64).to_string(),
    };
    Some(match filter.test {
        Test::OneOf => {
            let also = rows.choose(random).unwrap();
            let spelled =
                [some(random), also].map(|shown| match spelled(catalogue, column, &shown.row) {
                    Some((text, _)) => text.to_owned(),
                    None => match shown.cell(catalogue, column) {
                        Value::Text(text) => text.clone(),
                        other => panic!("{column} is {other:?}"),
                    },
                });
            spelled.join(",")
        }
        Test::AllOf => {
            let terms = some(random).terms(catalogue, column);
            let count = random.random_range(1..=2);
            let terms: Vec<&str> = terms.choose_multiple(random, count).copied().collect();
            (!terms.is_empty()).then(|| terms.join(","))?
        }
        Test::NoneOf => {
            let met = one
                .map(|one| one.terms(catalogue, column))
                .unwrap_or_default();
            let terms = rows.choose(random).unwrap().terms(catalogue, column);
            let terms = terms.into_iter().filter(|term| !met.contains(term));
            let terms: Vec<&str> = terms.take(random.random_range(1..=3)).collect();
            (!terms.is_empty()).then(|| terms.join(","))?
        }
        Test::Is => number(random).to_string(),
        Test::AtLeast { unit } | Test::AtMost { unit } => in_units(number(random), unit),
    })
}

/// Whether a column holds several tokens, which no index of facets has.
pub(crate) fn is_of_terms(catalogue: &Catalogue, column: &str) -> bool {
    let column = catalogue.column(column);
    column.is_some_and(|column| column.storage == Storage::Terms)
}
