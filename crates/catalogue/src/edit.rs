//! Checking an editor's input, and turning it into columns.

use normalizer::token;
use serde_json::{Map, Value as Json};

use crate::declaration::{Catalogue, Edit, Encoding, Field};
use crate::json::Value;

/// One column's new value, ready to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The column of the catalogue's own table.
    pub column: &'static str,
    /// Its new value, in the stored unit.
    pub value: Value,
}

/// Why a field cannot be set to the given value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field as the editor named it.
    pub field: String,
    /// The requirement, to be read after the field: "must be …".
    pub expected: String,
}

/// Parses a partial edit: a JSON object of field names and new values. Numbers may come as numbers
/// or as text, as a form sends them.
///
/// # Errors
/// One for every field that is unknown, not editable, or set to an invalid value.
pub fn parse_edit(
    catalogue: &Catalogue,
    edit: &Map<String, Json>,
) -> Result<Vec<Change>, Vec<FieldError>> {
    let mut changes = Vec::with_capacity(edit.len());
    let mut errors = Vec::new();
    for (name, given) in edit {
        let field = catalogue.fields.iter().find(|field| field.path == name);
        let parsed = match field.and_then(|field| Some((field, field.edit?))) {
            None if field.is_some() => Err("cannot be edited".to_owned()),
            None => Err(format!("is not a field of a {}", catalogue.singular)),
            Some((field, rule)) => parse_value(field, rule, given).map(|value| {
                changes.push(Change {
                    column: field.column,
                    value,
                })
            }),
        };
        if let Err(expected) = parsed {
            errors.push(FieldError {
                field: name.clone(),
                expected,
            });
        }
    }
    if errors.is_empty() {
        Ok(changes)
    } else {
        Err(errors)
    }
}

fn parse_value(field: &Field, rule: Edit, given: &Json) -> Result<Value, String> {
    let text = match given {
        // A form sends every line end as two characters.
        Json::String(text) => text.trim().replace("\r\n", "\n"),
        Json::Number(number) => number.to_string(),
        Json::Array(items) if field.encoding == Encoding::Terms => items
            .iter()
            .filter_map(Json::as_str)
            .collect::<Vec<_>>()
            .join(","),
        _ => return Err(expectation(rule)),
    };
    match rule {
        Edit::Text { most } if text.is_empty() || text.chars().count() > most => {
            Err(expectation(rule))
        }
        Edit::Text { .. } => Ok(Value::Text(text)),
        Edit::Choice(choices) if choices.contains(&text.as_str()) => Ok(Value::Text(text)),
        Edit::Choice(_) => Err(expectation(rule)),
        Edit::Number { least, greatest } => parse_scaled(&text, unit(field.encoding))
            .filter(|n| {
                (least * unit(field.encoding)..=greatest * unit(field.encoding)).contains(n)
            })
            .map(Value::Integer)
            .ok_or_else(|| match field.encoding {
                Encoding::Money => format!("{} with at most two decimals", expectation(rule)),
                Encoding::Halves => format!("{} in steps of 0.5", expectation(rule)),
                _ => format!("{}, whole", expectation(rule)),
            }),
        Edit::Terms => {
            let terms: String = text
                .split(',')
                .map(token)
                .filter(|t| !t.is_empty())
                .map(|t| t + ",")
                .collect();
            Ok(Value::Text(format!(",{terms}")))
        }
    }
}

/// How many stored units make one displayed unit.
fn unit(encoding: Encoding) -> i64 {
    match encoding {
        Encoding::Money => 100,
        Encoding::Halves => 2,
        _ => 1,
    }
}

fn expectation(rule: Edit) -> String {
    match rule {
        Edit::Text { most } => format!("must be text of 1 to {most} characters"),
        Edit::Choice(choices) => format!("must be one of {}", choices.join(", ")),
        Edit::Number { least, greatest } => format!("must be a number from {least} to {greatest}"),
        Edit::Terms => "must be words separated by commas".to_owned(),
    }
}

/// A decimal text times `unit`, if that is a whole number: `450000.5` times 100.
fn parse_scaled(text: &str, unit: i64) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty()
        || !digits(whole)
        || !digits(fraction)
        || whole.len() > 15
        || fraction.len() > 3
    {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let scale = 10_i64.pow(u32::try_from(fraction.len()).ok()?);
    let part = if fraction.is_empty() {
        0
    } else {
        fraction.parse::<i64>().ok()?
    };
    let scaled_part = part * unit;
    (scaled_part % scale == 0).then(|| whole * unit + scaled_part / scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::properties::PROPERTIES;
    use serde_json::json;

    fn check(edit: Json, expect: Result<Vec<(&'static str, Value)>, &str>) {
        let Json::Object(map) = edit else {
            panic!("an edit is an object")
        };
        let got = parse_edit(&PROPERTIES, &map);
        match expect {
            Ok(changes) => assert_eq!(
                got,
                Ok(changes
                    .into_iter()
                    .map(|(column, value)| Change { column, value })
                    .collect())
            ),
            Err(field) => assert_eq!(got.expect_err("refused")[0].field, field),
        }
    }

    #[test]
    fn edits_are_checked_field_by_field() {
        check(
            json!({"price": "450000.50"}),
            Ok(vec![("price_cents", Value::Integer(45_000_050))]),
        );
        check(
            json!({"price": 450000}),
            Ok(vec![("price_cents", Value::Integer(45_000_000))]),
        );
        check(
            json!({"bathrooms": 2.5}),
            Ok(vec![("half_baths", Value::Integer(5))]),
        );
        check(
            json!({"status": "sold"}),
            Ok(vec![("status", Value::Text("sold".into()))]),
        );
        check(
            json!({"title": " One\r\nTwo "}),
            Ok(vec![("title", Value::Text("One\nTwo".into()))]),
        );
        check(json!({"price": "450000.505"}), Err("price"));
        check(json!({"price": -1}), Err("price"));
        check(json!({"price": null}), Err("price"));
        check(json!({"price": "1e5"}), Err("price"));
        check(json!({"bathrooms": "2.3"}), Err("bathrooms"));
        check(json!({"status": "eaten"}), Err("status"));
        check(json!({"title": "  "}), Err("title"));
        check(json!({"id": 7}), Err("id"));
        check(json!({"colour": "red"}), Err("colour"));
    }
}
