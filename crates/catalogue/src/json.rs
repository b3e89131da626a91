//! The JSON of rows and lists.

use std::num::NonZero;

use serde::{Deserialize, Serialize};
use time::{
    OffsetDateTime,
    format_description::well_known::{Iso8601, iso8601},
};

use crate::declaration::{Catalogue, Encoding};

/// A stored value, as it comes from a database or goes into it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A 64-bit integer.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// A text.
    Text(String),
    /// No value.
    Null,
}

/// A page of a list, in the format of Django REST Framework's pagination.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listing<T> {
    /// How many rows match the filters, on all pages together.
    pub count: u64,
    /// The path and canonical query of the next page, if there is one.
    pub next: Option<String>,
    /// The path and canonical query of the previous page, if there is one.
    pub previous: Option<String>,
    /// This page's rows.
    pub results: Vec<T>,
}

/// Appends the JSON object of a row, whose stored values are given in the order of
/// [`Catalogue::fields`].
pub fn write_row(catalogue: &Catalogue, values: &[Value], out: &mut Vec<u8>) {
    let mut open: Vec<&str> = Vec::new();
    let mut first = true;
    out.push(b'{');
    for (field, value) in catalogue.fields.iter().zip(values) {
        let mut path: Vec<&str> = field.path.split('.').collect();
        let name = path.pop().unwrap_or_default();
        let shared = open.iter().zip(&path).take_while(|(a, b)| a == b).count();
        for _ in shared..open.len() {
            out.push(b'}');
            first = false;
        }
        open.truncate(shared);
        for part in &path[shared..] {
            separate(out, &mut first);
            write_text(part, out);
            out.extend_from_slice(b":{");
            open.push(part);
            first = true;
        }
        separate(out, &mut first);
        write_text(name, out);
        out.push(b':');
        write_value(field.encoding, value, out);
    }
    out.resize(out.len() + open.len() + 1, b'}');
}

fn separate(out: &mut Vec<u8>, first: &mut bool) {
    if !std::mem::take(first) {
        out.push(b',');
    }
}

/// Appends the JSON of a stored value.
pub fn write_value(encoding: Encoding, value: &Value, out: &mut Vec<u8>) {
    match (encoding, value) {
        (Encoding::Money, Value::Integer(cents)) => {
            out.extend_from_slice(format!("\"{}.{:02}\"", cents / 100, cents % 100).as_bytes());
        }
        (Encoding::Quarters, Value::Integer(quarters)) => {
            out.extend_from_slice((*quarters as f64 / 4.0).to_string().as_bytes());
        }
        (Encoding::Flag, Value::Text(text)) => {
            out.extend_from_slice(if text == "yes" { b"true" } else { b"false" });
        }
        (Encoding::Timestamp, Value::Integer(millis)) => write_text(&rfc3339(*millis), out),
        (Encoding::Terms, Value::Text(text)) => write_array(text.split(','), out),
        (Encoding::Lines, Value::Text(text)) => write_array(text.split('\n'), out),
        (_, Value::Integer(n)) => out.extend_from_slice(n.to_string().as_bytes()),
        (_, Value::Float(n)) if n.is_finite() => out.extend_from_slice(n.to_string().as_bytes()),
        (_, Value::Text(text)) => write_text(text, out),
        (_, Value::Float(_) | Value::Null) => out.extend_from_slice(b"null"),
    }
}

fn write_array<'a>(items: impl Iterator<Item = &'a str>, out: &mut Vec<u8>) {
    let mut first = true;
    out.push(b'[');
    for item in items.filter(|item| !item.is_empty()) {
        separate(out, &mut first);
        write_text(item, out);
    }
    out.push(b']');
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    // Writing a text into memory cannot fail.
    let _ = serde_json::to_writer(&mut *out, text);
}

/// A price that a row has or had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// When it took effect, RFC 3339.
    pub at: String,
    /// In dollars, with two decimals: `450000.00`.
    pub price: String,
}

/// A value that is computed for a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// From how many rows.
    pub rows: u64,
    /// The value, as the rows' own values are written; null if there are no rows.
    pub value: serde_json::Value,
}

/// A price in cents that took effect at `at`, in milliseconds since 1970.
pub fn price(at: i64, cents: i64) -> Price {
    Price {
        at: rfc3339(at),
        price: format!("{}.{:02}", cents / 100, cents % 100),
    }
}

/// RFC 3339 with three decimals, so that all instants have the same length and sort as text.
const RFC_3339: iso8601::EncodedConfig = iso8601::Config::DEFAULT
    .set_time_precision(iso8601::TimePrecision::Second {
        decimal_digits: NonZero::new(3),
    })
    .encode();

/// Milliseconds since 1970 as RFC 3339 in UTC; empty outside of the years from -9999 to 9999.
pub fn rfc3339(millis: i64) -> String {
    let instant = OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000);
    let text = instant.map(|instant| instant.format(&Iso8601::<RFC_3339>));
    text.ok().and_then(Result::ok).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_as_rfc_3339() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(rfc3339(951_782_400_123), "2000-02-29T00:00:00.123Z");
        assert_eq!(rfc3339(-1), "1969-12-31T23:59:59.999Z");
        assert_eq!(rfc3339(i64::MAX), "");
    }
}
