//! Values between JSON, GraphQL and the parameters of lists.

use async_graphql::{
    Value,
    dynamic::{Scalar, TypeRef},
};
use catalogue::{
    Catalogue, Encoding, Test,
    normalizer::{Kind, Parameter, Query, Rejection, Schema, normalize},
};
use url::form_urlencoded;

use super::names::{camel, parameter};

/// An amount of money.
pub(super) const MONEY: &str = "Money";
/// A moment.
pub(super) const DATE_TIME: &str = "DateTime";

/// The scalars beside those that GraphQL has.
pub(super) fn scalars() -> [Scalar; 2] {
    let money = Scalar::new(MONEY)
        .description(
            "Dollars. An answer has a text with two decimals, such as \"450000.00\". An argument may \
             also be a number, or a text such as \"$450k\".",
        )
        .validator(|value| matches!(value, Value::String(_) | Value::Number(_)));
    let moment = Scalar::new(DATE_TIME)
        .description("A moment in UTC, by RFC 3339: \"2026-11-29T19:38:32.000Z\".")
        .specified_by_url("https://www.rfc-editor.org/rfc/rfc3339");
    [money, moment]
}

/// Whether a type is a scalar.
pub(super) fn is_scalar(name: &str) -> bool {
    matches!(
        name,
        "ID" | "Int" | "Float" | "String" | "Boolean" | MONEY | DATE_TIME
    )
}

/// What a field shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    /// The name of the scalar.
    pub(super) scalar: &'static str,
    /// Whether there are several.
    pub(super) is_list: bool,
}

impl Shown {
    /// The type of an argument or an input that takes it, or nothing.
    pub(super) fn taken(self) -> TypeRef {
        match self.is_list {
            true => TypeRef::named_nn_list(self.scalar),
            false => TypeRef::named(self.scalar),
        }
    }
}

/// What a field of a row shows.
pub(super) fn shown(path: &str, encoding: Encoding) -> Shown {
    let scalar = match encoding {
        Encoding::Integer if is_id(path) => "ID",
        Encoding::Integer => "Int",
        Encoding::Float | Encoding::Quarters => "Float",
        Encoding::Text | Encoding::Terms | Encoding::Lines => "String",
        Encoding::Money => MONEY,
        Encoding::Timestamp => DATE_TIME,
        Encoding::Flag => "Boolean",
    };
    Shown {
        scalar,
        is_list: matches!(encoding, Encoding::Terms | Encoding::Lines),
    }
}

fn is_id(path: &str) -> bool {
    path == "id" || path.ends_with(".id")
}

/// What an argument of a list takes.
pub(super) fn taken(catalogue: &Catalogue, parameter: &Parameter) -> Shown {
    let scalar = match parameter.kind {
        Kind::Tokens { .. } | Kind::Choices { .. } | Kind::Choice(_) | Kind::Text => "String",
        Kind::Number { .. } => "Float",
        Kind::Money { .. } => MONEY,
        Kind::Integer { .. } if is_reference(catalogue, parameter) => "ID",
        Kind::Integer { .. } => "Int",
        Kind::Flag => "Boolean",
    };
    Shown {
        scalar,
        is_list: parameter.kind.is_set(),
    }
}

/// Whether a parameter is the id of another catalogue's row.
fn is_reference(catalogue: &Catalogue, parameter: &Parameter) -> bool {
    let mut filters = catalogue.filters.iter();
    filters.any(|filter| filter.parameter == parameter.name && filter.test == Test::Is)
}

/// A JSON value as a GraphQL value of that scalar.
pub(super) fn output(scalar: &str, value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Number(id) if scalar == "ID" => Value::String(id.to_string()),
        other => Value::from_json(other.clone()).unwrap_or_default(),
    }
}

/// The text of an id, which may be written as a number or as a text; empty for anything else.
pub(super) fn id_text(id: &Value) -> String {
    match id {
        Value::Number(id) => id.to_string(),
        Value::String(id) => id.clone(),
        _ => String::new(),
    }
}

/// The query that a list's arguments mean, by the catalogue's own normalizer: the same as the REST
/// API's for the same values. Null and an empty list lift a restriction, as an empty value does there.
///
/// # Errors
/// As the normalizer.
pub(super) fn query_of<'a>(
    schema: &'static Schema,
    arguments: impl Iterator<Item = (&'a str, &'a Value)>,
) -> Result<Query, Rejection> {
    let mut raw = form_urlencoded::Serializer::new(String::new());
    for (name, value) in arguments {
        if let Some(parameter) = parameter(schema, name) {
            let values = match value {
                Value::List(values) => values,
                one => std::slice::from_ref(one),
            };
            for value in values.iter().filter_map(|value| text_of(parameter, value)) {
                raw.append_pair(parameter.name, &value);
            }
        }
    }
    normalize(schema, &raw.finish())
}

/// An argument's value as a request has it; `None` if it is not there.
fn text_of(parameter: &Parameter, value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        // A flag is set by having a value.
        Value::Boolean(set) if parameter.kind == Kind::Flag => set.then(|| "true".to_owned()),
        Value::Boolean(value) => Some(value.to_string()),
        Value::Enum(name) => Some(name.to_string()),
        _ => None,
    }
}

/// Appends the arguments that mean a query, each in the one form in which it is printed.
pub(super) fn print_query(catalogue: &Catalogue, query: &Query, out: &mut String) {
    let mut separator = "(";
    for (name, value) in query.pairs() {
        let Some(parameter) = query.schema().parameter(name) else {
            continue;
        };
        out.push_str(separator);
        separator = ",";
        out.push_str(&camel(name));
        out.push(':');
        let shown = taken(catalogue, parameter);
        if shown.is_list {
            let values = value
                .split(',')
                .map(|value| Value::String(value.to_owned()));
            out.push_str(&Value::List(values.collect()).to_string());
        } else {
            match shown.scalar {
                "Boolean" => out.push_str("true"),
                "Int" | "Float" | MONEY => out.push_str(value),
                _ => out.push_str(&Value::String(value.to_owned()).to_string()),
            }
        }
    }
    if separator == "," {
        out.push(')');
    }
}
