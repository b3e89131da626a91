//! Checking an editor's input, and turning it into columns.

use std::borrow::Cow;

use normalizer::{Decimal, token};
use serde_json::{Map, Value as Json};

use crate::declaration::{Catalogue, Edit, Encoding, Field};
use crate::json::{Value, write_value};

mod kinds;

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

/// Parses a partial edit: a JSON object of field names and new values. Numbers may be numbers or
/// text, and lists arrays or text, as a form sends them. A value that is equal to the one in
/// `stored`, the row as JSON, is always accepted and changes nothing: a client can send back
/// whatever it has read, even if the field cannot be edited.
///
/// A draft may lack values. An edit that publishes it is refused as long as any is missing.
///
/// # Errors
/// One for every other field that is unknown, not editable, or set to an invalid value.
pub fn parse_edit(
    catalogue: &Catalogue,
    edit: &Map<String, Json>,
    stored: &Json,
) -> Result<Vec<Change>, Vec<FieldError>> {
    let mut changes = Vec::with_capacity(edit.len());
    let mut errors = Vec::new();
    let was_draft = catalogue.is_draft(stored);
    let is_draft = catalogue.draft_mark().is_some_and(|(field, mark)| {
        let given = edit.get(field.path).and_then(Json::as_str);
        given.map_or(was_draft, |given| given.trim() == mark)
    });
    let named = edit
        .iter()
        .flat_map(|(name, given)| flat(catalogue, name, given));
    for (name, given) in named {
        let field = catalogue.fields.iter().find(|field| field.path == name);
        // Views are counted without a revision, so what was read of them may be old.
        let is_count = field.is_some_and(|field| field.column == "view_count");
        if is_count || is_stored(field, &name, given, stored) {
            continue;
        }
        let parsed = match field.and_then(|field| Some((field, field.edit?))) {
            None if field.is_some() => Err("cannot be edited".to_owned()),
            None => Err(format!("is not a field of a {}", catalogue.singular)),
            Some((field, rule)) => parse_for(field, rule, given, is_draft).map(|value| {
                // Another spelling of the stored value changes nothing either.
                if parse_value(field, rule, field.of(stored)).as_ref() != Ok(&value) {
                    changes.push(Change {
                        column: field.column,
                        value,
                    });
                }
            }),
        };
        if let Err(expected) = parsed {
            errors.push(FieldError {
                field: name.into_owned(),
                expected,
            });
        }
    }
    if was_draft && !is_draft {
        let is_named = |field: &Field| changes.iter().any(|change| change.column == field.column);
        let missing = catalogue.missing(stored);
        let missing = missing.filter(|(field, _)| !is_named(field));
        errors.extend(missing.map(|(field, rule)| FieldError::of(field, rule)));
    }
    if errors.is_empty() {
        Ok(changes)
    } else {
        Err(errors)
    }
}

/// Parses a new row, given as [`parse_edit`] takes an edit: a value for each column that an editor
/// may set. In a catalogue with drafts, a row is one unless it says otherwise.
///
/// # Errors
/// One for every field that is unknown, not editable, set to an invalid value, or missing; a draft
/// may lack all that are not references to other rows.
pub fn parse_new(
    catalogue: &Catalogue,
    row: &Map<String, Json>,
) -> Result<Vec<Change>, Vec<FieldError>> {
    let named: Vec<_> = row
        .iter()
        .flat_map(|(name, given)| flat(catalogue, name, given))
        .collect();
    let given_to = |field: &Field| {
        let mut named = named.iter();
        named.find(|(name, _)| *name == field.path)
    };
    let mark = catalogue.draft_mark();
    let is_draft = mark.is_some_and(|(field, mark)| {
        let given = given_to(field).map(|(_, given)| *given);
        given.is_none_or(|given| given.as_str().is_some_and(|given| given.trim() == mark))
    });
    let editable = |name: &str| {
        let mut fields = catalogue.fields.iter();
        fields.any(|field| field.path == name && field.edit.is_some())
    };
    let unknown = named.iter().filter(|(name, _)| !editable(name));
    let mut errors: Vec<FieldError> = unknown
        .map(|(name, _)| FieldError {
            field: name.clone().into_owned(),
            expected: format!("is not a field of a new {}", catalogue.singular),
        })
        .collect();
    let mut changes = Vec::new();
    for field in catalogue.fields {
        let Some(rule) = field.edit else { continue };
        let missing = Json::String(String::new());
        let parsed = match (given_to(field), mark) {
            (Some((_, given)), _) => parse_for(field, rule, given, is_draft),
            (None, Some((of, mark))) if of.path == field.path => Ok(Value::Text(mark.to_owned())),
            (None, _) => parse_for(field, rule, &missing, is_draft),
        };
        match parsed {
            Ok(value) => changes.push(Change {
                column: field.column,
                value,
            }),
            Err(expected) => errors.push(FieldError {
                field: field.path.to_owned(),
                expected,
            }),
        }
    }
    if errors.is_empty() {
        Ok(changes)
    } else {
        Err(errors)
    }
}

impl FieldError {
    /// That a field does not have a value which its rule allows.
    fn of(field: &Field, rule: Edit) -> Self {
        Self {
            field: field.path.to_owned(),
            expected: expectation(rule),
        }
    }
}

impl Catalogue {
    /// The field that tells whether a row is a draft, and the value that says so.
    fn draft_mark(&self) -> Option<(&'static Field, &'static str)> {
        let (column, mark) = self.draft?;
        let mut fields = self.fields.iter().filter(|field| field.table.is_none());
        Some((fields.find(|field| field.column == column)?, mark))
    }

    /// What editors call a row, given as JSON.
    pub fn title(&self, row: &Json) -> String {
        let parts = self.named.iter().filter_map(|name| row[*name].as_str());
        let parts: Vec<&str> = parts.filter(|part| !part.trim().is_empty()).collect();
        if parts.is_empty() {
            return "Untitled".to_owned();
        }
        parts.join(", ")
    }

    /// Whether a row, as JSON, is a draft.
    pub fn is_draft(&self, row: &Json) -> bool {
        let mark = self.draft_mark();
        mark.is_some_and(|(field, mark)| field.of(row).as_str() == Some(mark))
    }

    /// The fields of a row, as JSON, whose values are none that an editor may set, with their rules.
    pub fn missing(&self, row: &Json) -> impl Iterator<Item = (&'static Field, Edit)> {
        self.fields.iter().filter_map(|field| {
            let rule = field.edit?;
            let stored = field.of(row);
            let is_valid = parse_value(field, rule, stored).is_ok()
                || parse_value(field, rule, &Json::String(field.shown(stored))).is_ok();
            (!is_valid).then_some((field, rule))
        })
    }

    /// The fields that have to be given, each with what a draft stores while it is missing.
    pub fn required(&self) -> impl Iterator<Item = (&'static Field, Value)> {
        self.fields.iter().filter_map(|field| {
            let rule = field.edit?;
            let empty = kinds::empty(rule)?;
            let is_valid = parse_value(field, rule, &field.json(&empty)).is_ok();
            (!is_valid).then_some((field, empty))
        })
    }

    /// The fields that editors may set, by their paths, with what a form shows of them for a row, given
    /// as JSON.
    pub fn shown(&self, row: &Json) -> impl Iterator<Item = (&'static str, String)> {
        let fields = self.fields.iter().filter(|field| field.edit.is_some());
        fields.map(|field| (field.path, field.shown(field.of(row))))
    }
}

/// A field's value; in a draft, it may be left empty.
fn parse_for(field: &Field, rule: Edit, given: &Json, in_draft: bool) -> Result<Value, String> {
    let is_empty = match given {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        _ => false,
    };
    match parse_value(field, rule, given) {
        Err(_) if in_draft && is_empty => kinds::empty(rule).ok_or_else(|| expectation(rule)),
        parsed => parsed,
    }
}

/// The fields that a member of an edit names, with their values: several, if it is an object that
/// groups fields of the catalogue's own table, such as `nutrition`.
fn flat<'e>(
    catalogue: &Catalogue,
    name: &'e str,
    given: &'e Json,
) -> Vec<(Cow<'e, str>, &'e Json)> {
    let is_part = |field: &Field| {
        let rest = field.path.strip_prefix(name);
        field.edit.is_some() && rest.is_some_and(|rest| rest.starts_with('.'))
    };
    if !catalogue.fields.iter().any(is_part) {
        return vec![(Cow::Borrowed(name), given)];
    }
    let mut parts = Vec::new();
    take_apart(catalogue, Cow::Borrowed(name), given, &mut parts);
    parts
}

/// Adds the fields of a group, and those of the groups in it.
fn take_apart<'e>(
    catalogue: &Catalogue,
    name: Cow<'e, str>,
    given: &'e Json,
    parts: &mut Vec<(Cow<'e, str>, &'e Json)>,
) {
    let is_in = |field: &Field| {
        let rest = field.path.strip_prefix(&*name);
        rest.is_some_and(|rest| rest.starts_with('.'))
    };
    match given {
        Json::Object(group) if catalogue.fields.iter().any(is_in) => {
            for (part, given) in group {
                take_apart(catalogue, format!("{name}.{part}").into(), given, parts);
            }
        }
        _ => parts.push((name, given)),
    }
}

/// Whether a value is the stored one, as the API or a form shows it.
fn is_stored(field: Option<&Field>, name: &str, given: &Json, stored: &Json) -> bool {
    let Some(field) = field else {
        // An embedded row, such as `location`.
        return stored.get(name) == Some(given);
    };
    let stored = field.of(stored);
    let text = match given {
        _ if given == stored => return true,
        Json::String(text) => text.trim().replace("\r\n", "\n"),
        Json::Number(number) => number.to_string(),
        _ => return false,
    };
    !stored.is_null() && text == field.shown(stored).trim()
}

/// The row as it is in an image of the change log: `stored`, with the image's columns in place of its
/// own. What it embeds stays.
pub fn image_row(catalogue: &Catalogue, image: &Map<String, Json>, stored: &Json) -> Json {
    let mut row = stored.clone();
    let own = catalogue
        .fields
        .iter()
        .filter(|field| field.table.is_none());
    for field in own {
        let Some(logged) = image.get(field.column) else {
            continue;
        };
        let path = field.path.split('.');
        let place = path.fold(&mut row, |inner, name| &mut inner[name]);
        *place = field.logged(logged);
    }
    row
}

/// An edit, with a member for each field that it names: objects that group fields are taken apart.
pub fn flattened(catalogue: &Catalogue, edit: &Map<String, Json>) -> Map<String, Json> {
    edit.iter()
        .flat_map(|(name, given)| flat(catalogue, name, given))
        .map(|(name, given)| (name.into_owned(), given.clone()))
        .collect()
}

impl Field {
    /// A value of the field's column in the change log, as the JSON of a row has it.
    pub fn logged(&self, value: &Json) -> Json {
        let value = match value {
            Json::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => Value::Integer(whole),
                (None, Some(number)) => Value::Float(number),
                (None, None) => Value::Null,
            },
            Json::String(text) => Value::Text(text.clone()),
            _ => Value::Null,
        };
        self.json(&value)
    }

    /// A stored value as the JSON of a row has it.
    fn json(&self, value: &Value) -> Json {
        let mut json = Vec::new();
        write_value(self.encoding, value, &mut json);
        serde_json::from_slice(&json).unwrap_or_default()
    }

    /// The field's value in a row.
    pub fn of<'a>(&self, row: &'a Json) -> &'a Json {
        let path = self.path.split('.');
        path.fold(row, |inner, name| &inner[name])
    }

    /// A value of the field as text, as a form shows it: tokens separated by commas, lines one
    /// per line.
    pub fn shown(&self, value: &Json) -> String {
        match value {
            Json::Null => String::new(),
            Json::String(text) => text.clone(),
            Json::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.shown(item)).collect();
                let is_lines = self.encoding == Encoding::Lines;
                items.join(if is_lines { "\n" } else { ", " })
            }
            other => other.to_string(),
        }
    }
}

fn parse_value(field: &Field, rule: Edit, given: &Json) -> Result<Value, String> {
    let text = match given {
        // A form sends every line end as two characters.
        Json::String(text) => text.trim().replace("\r\n", "\n"),
        Json::Number(number) => number.to_string(),
        Json::Bool(is) if matches!(rule, Edit::Flag) => is.to_string(),
        Json::Array(items) if field.encoding == Encoding::Terms => joined(items, ',')?,
        Json::Array(items) if field.encoding == Encoding::Lines => joined(items, '\n')?,
        _ => return Err(expectation(rule)),
    };
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(is_control) {
        return Err("must not contain control characters".to_owned());
    }
    match rule {
        Edit::Text { most } if !is_visible(&text) || text.chars().count() > most => {
            Err(expectation(rule))
        }
        Edit::Text { .. } => Ok(Value::Text(text)),
        Edit::Choice(choices) if choices.contains(&text.as_str()) => Ok(Value::Text(text)),
        Edit::Choice(_) => Err(expectation(rule)),
        Edit::Number { least, greatest } => stored(&text, field.encoding)
            .filter(|n| {
                (least * unit(field.encoding)..=greatest * unit(field.encoding)).contains(n)
            })
            .map(Value::Integer)
            .ok_or_else(|| match field.encoding {
                Encoding::Money => format!("{} with at most two decimals", expectation(rule)),
                Encoding::Quarters => format!("{} in steps of 0.25", expectation(rule)),
                _ => format!("{}, whole", expectation(rule)),
            }),
        Edit::Terms => {
            let terms = terms(&text);
            let is_long = |term: &str| term.chars().count() > LONGEST_TERM;
            if terms.split(',').count() > MOST_TERMS + 2 || terms.split(',').any(is_long) {
                return Err(expectation(rule));
            }
            Ok(Value::Text(terms))
        }
        Edit::Lines {
            least,
            most,
            longest,
        } => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let lines: Vec<&str> = lines.collect();
            if !(least..=most).contains(&lines.len()) {
                return Err(expectation(rule));
            }
            for (at, line) in lines.iter().enumerate() {
                if !is_visible(line) || line.chars().count() > longest {
                    return Err(format!("{}, but line {} is not", expectation(rule), at + 1));
                }
            }
            Ok(Value::Text(lines.join("\n")))
        }
        Edit::Set(choices) => kinds::set(&text, choices).ok_or_else(|| expectation(rule)),
        Edit::Token => kinds::word(&text).ok_or_else(|| expectation(rule)),
        Edit::Flag => kinds::flag(&text).ok_or_else(|| expectation(rule)),
        Edit::Date => kinds::date(&text).ok_or_else(|| expectation(rule)),
        Edit::Degrees(most) => kinds::degrees(&text, most).ok_or_else(|| expectation(rule)),
        Edit::Reference(_) => kinds::id(&text).ok_or_else(|| expectation(rule)),
    }
}

/// As many as a filter takes at once.
const MOST_TERMS: usize = 50;

/// As long as a filter takes one.
const LONGEST_TERM: usize = 100;

/// Words separated by commas as a column of terms holds them: tokens between commas.
pub fn terms(text: &str) -> String {
    let terms = text.split(',').map(token).filter(|term| !term.is_empty());
    terms.fold(",".to_owned(), |terms, term| terms + &term + ",")
}

/// The texts of a list, separated as they are stored. Within an element the separator becomes a
/// space, so that one element stays one.
fn joined(items: &[Json], separator: char) -> Result<String, String> {
    let text = |(at, item): (usize, &Json)| match item {
        Json::String(text) => Ok(text.trim().replace("\r\n", "\n").replace(separator, " ")),
        _ => Err(format!(
            "must be a list of texts, but element {} is not a text",
            at + 1
        )),
    };
    let texts: Result<Vec<String>, String> = items.iter().enumerate().map(text).collect();
    Ok(texts?.join(&separator.to_string()))
}

/// Whether a text shows anything: a character that is neither white space nor ignored by default
/// (Unicode's `Default_Ignorable_Code_Point`), such as a zero-width space.
fn is_visible(text: &str) -> bool {
    const IGNORABLE: [(char, char); 20] = [
        ('\u{AD}', '\u{AD}'),
        ('\u{34F}', '\u{34F}'),
        ('\u{61C}', '\u{61C}'),
        ('\u{115F}', '\u{1160}'),
        ('\u{17B4}', '\u{17B5}'),
        ('\u{180B}', '\u{180F}'),
        ('\u{200B}', '\u{200F}'),
        ('\u{202A}', '\u{202E}'),
        ('\u{2060}', '\u{206F}'),
        // The empty pattern of Braille is not ignorable, but shows nothing either.
        ('\u{2800}', '\u{2800}'),
        ('\u{3164}', '\u{3164}'),
        ('\u{FE00}', '\u{FE0F}'),
        ('\u{FEFF}', '\u{FEFF}'),
        ('\u{FFA0}', '\u{FFA0}'),
        ('\u{FFF0}', '\u{FFF8}'),
        ('\u{1BCA0}', '\u{1BCA3}'),
        ('\u{1D173}', '\u{1D17A}'),
        ('\u{E0000}', '\u{E0FFF}'),
        ('\u{0}', '\u{1F}'),
        ('\u{7F}', '\u{9F}'),
    ];
    let is_ignorable = |c: char| {
        IGNORABLE
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&c))
    };
    text.chars().any(|c| !c.is_whitespace() && !is_ignorable(c))
}

/// How many stored units make one displayed unit.
fn unit(encoding: Encoding) -> i64 {
    match encoding {
        Encoding::Money => 100,
        Encoding::Quarters => 4,
        _ => 1,
    }
}

fn expectation(rule: Edit) -> String {
    match rule {
        Edit::Text { most } => format!("must be text of 1 to {most} characters"),
        Edit::Choice(choices) => format!("must be one of {}", choices.join(", ")),
        Edit::Number { least, greatest } => format!("must be a number from {least} to {greatest}"),
        Edit::Terms => format!(
            "must be at most {MOST_TERMS} words separated by commas, each of at most \
             {LONGEST_TERM} characters"
        ),
        Edit::Lines {
            least,
            most,
            longest,
        } => format!("must be {least} to {most} lines of 1 to {longest} characters"),
        Edit::Set(choices) => format!("must be some of {}", choices.join(", ")),
        Edit::Token => format!("must be a word or two, of at most {LONGEST_TERM} characters"),
        Edit::Flag => "must be true or false".to_owned(),
        Edit::Date => "must be a day, such as 2026-11-29".to_owned(),
        Edit::Degrees(most) => format!("must be a number of degrees from -{most} to {most}"),
        Edit::Reference(table) => format!("must be the id of a row of {table}"),
    }
}

/// A number in the stored unit, if it is whole there: `450000.5` dollars are 45000050 cents. Money
/// may be written as in a filter.
fn stored(text: &str, encoding: Encoding) -> Option<i64> {
    let number = match encoding {
        Encoding::Money => Decimal::parse_money(text)?,
        _ => Decimal::parse(text)?,
    };
    let (up, down) = (
        number.ceil_times(unit(encoding)),
        number.floor_times(unit(encoding)),
    );
    (up == down).then_some(up)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{properties::PROPERTIES, recipes::RECIPES};
    use serde_json::json;

    fn check(edit: Json, expect: Result<Vec<(&'static str, Value)>, &str>) {
        let Json::Object(map) = edit else {
            panic!("an edit is an object")
        };
        let stored = json!({
            "id": 7, "price": "450000.00", "bathrooms": 2.5, "property_type": "Multi-Family",
            "title": "One", "location": {"id": 3, "city": "Austin"},
        });
        let got = parse_edit(&PROPERTIES, &map, &stored);
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
            json!({"price": 460000}),
            Ok(vec![("price_cents", Value::Integer(46_000_000))]),
        );
        for price in ["460k", "$460,000", "460 000.00", "0.46m"] {
            check(
                json!({"price": price}),
                Ok(vec![("price_cents", Value::Integer(46_000_000))]),
            );
        }
        check(
            json!({"bathrooms": 1.75}),
            Ok(vec![("quarter_baths", Value::Integer(7))]),
        );
        check(
            json!({"bathrooms": 3.5}),
            Ok(vec![("quarter_baths", Value::Integer(14))]),
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
        check(json!({"id": 8}), Err("id"));
        check(json!({"colour": "red"}), Err("colour"));
    }

    #[test]
    fn what_is_required_is_what_no_rule_allows_to_be_empty() {
        let required = |catalogue: &'static Catalogue| -> Vec<_> {
            let required = catalogue.required();
            required.map(|(field, _)| field.path).collect()
        };
        assert_eq!(
            required(&PROPERTIES),
            [
                "title",
                "description",
                "property_type",
                "status",
                "area",
                "year_built",
                "address"
            ]
        );
        assert_eq!(
            required(&RECIPES),
            [
                "title",
                "description",
                "cuisine",
                "course",
                "difficulty",
                "servings",
                "steps"
            ]
        );
    }

    #[test]
    fn stored_values_can_be_sent_back() {
        for given in [
            json!({"id": 7, "title": "One", "bathrooms": 2.5, "price": "450000.00"}),
            json!({"price": "450000", "view_count": 3}),
            json!({"property_type": "Multi-Family", "location": {"id": 3, "city": "Austin"}}),
            json!({"id": "7", "bathrooms": "2.5", "title": " One\r\n", "location.city": "Austin"}),
        ] {
            check(given, Ok(vec![]));
        }
        check(
            json!({"location": {"id": 4, "city": "Austin"}}),
            Ok(vec![("location_id", Value::Integer(4))]),
        );
        check(
            json!({"location": {"id": 3, "city": "Boston"}}),
            Err("location.city"),
        );
        check(json!({"location.city": "Boston"}), Err("location.city"));
        check(json!({"property_type": "Duplex"}), Err("property_type"));
    }

    #[test]
    fn texts_are_visible_and_without_control_characters() {
        for title in [
            "\u{200B}",
            " \u{FEFF}\u{2060} ",
            "\u{3164}",
            "a\u{0}b",
            "a\u{1B}[1m",
        ] {
            check(json!({"title": title}), Err("title"));
        }
        check(
            json!({"title": "👩\u{200D}🍳"}),
            Ok(vec![("title", Value::Text("👩\u{200D}🍳".into()))]),
        );
    }

    /// Errors name the field and, of a list, the line.
    #[test]
    fn fields_of_recipes_are_checked() {
        let stored = json!({
            "nutrition": {"calories": 300, "protein": 8}, "amounts": [], "total_time": 30,
        });
        let check = |edit: Json, expect: Result<&[(&str, i64)], (&str, &str)>| {
            let edit = edit.as_object().expect("an edit is an object");
            match (parse_edit(&RECIPES, edit, &stored), expect) {
                (Ok(changes), Ok(expect)) => {
                    let changes: Vec<(&str, Value)> = changes
                        .into_iter()
                        .map(|it| (it.column, it.value))
                        .collect();
                    let expect: Vec<(&str, Value)> = expect
                        .iter()
                        .map(|(of, n)| (*of, Value::Integer(*n)))
                        .collect();
                    assert_eq!(changes, expect);
                }
                (Err(errors), Err((field, expected))) => {
                    assert_eq!(errors[0].field, field);
                    assert!(
                        errors[0].expected.contains(expected),
                        "{}",
                        errors[0].expected
                    );
                }
                (got, _) => panic!("{edit:?}: {got:?}"),
            }
        };
        check(
            json!({"nutrition": {"calories": 310, "protein": 8}}),
            Ok(&[("calories", 310)]),
        );
        check(
            json!({"nutrition.protein": "9", "cook_time": 15}),
            Ok(&[("cook_time", 15), ("protein", 9)]),
        );
        check(
            json!({"nutrition": {"calories": -1}}),
            Err(("nutrition.calories", "from 0 to 10000")),
        );
        check(
            json!({"nutrition": {"joy": 1}}),
            Err(("nutrition.joy", "is not a field of a recipe")),
        );
        check(
            json!({"nutrition": 3}),
            Err(("nutrition", "is not a field")),
        );
        check(
            json!({"total_time": 31}),
            Err(("total_time", "cannot be edited")),
        );
        check(
            json!({"course": "feast"}),
            Err(("course", "must be one of")),
        );
        let long = "x".repeat(201);
        check(
            json!({"amounts": ["1 egg", long]}),
            Err((
                "amounts",
                "0 to 60 lines of 1 to 200 characters, but line 2 is not",
            )),
        );
        check(
            json!({"amounts": vec!["1 egg"; 61]}),
            Err(("amounts", "0 to 60 lines")),
        );
        check(json!({"steps": []}), Err(("steps", "1 to 60 lines")));
        let many = vec!["a"; 51].join(",");
        check(json!({"tags": many}), Err(("tags", "at most 50 words")));
        check(
            json!({"tags": "x".repeat(101)}),
            Err(("tags", "100 characters")),
        );
    }

    #[test]
    fn an_element_of_a_list_stays_one() {
        let check = |edit: Json, expect: Result<&str, &str>| {
            let Json::Object(edit) = edit else {
                panic!("an edit is an object")
            };
            let stored = json!({"steps": ["Stir", "Bake"], "diets": ["vegan"]});
            match (parse_edit(&RECIPES, &edit, &stored), expect) {
                (Ok(changes), Ok(text)) => {
                    let texts: Vec<Value> = changes.into_iter().map(|it| it.value).collect();
                    assert_eq!(texts, [Value::Text(text.to_owned())]);
                }
                (Ok(changes), Err("")) => assert_eq!(changes, []),
                (Err(errors), Err(expected)) => assert_eq!(errors[0].expected, expected),
                (got, _) => panic!("{edit:?}: {got:?}"),
            }
        };
        check(
            json!({"diets": ["gluten, free", "Vegan"]}),
            Ok(",gluten-free,vegan,"),
        );
        check(
            json!({"diets": "gluten free, vegan"}),
            Ok(",gluten-free,vegan,"),
        );
        check(
            json!({"steps": ["Stir", "Bake\nlong"]}),
            Ok("Stir\nBake long"),
        );
        check(
            json!({"amounts": [" 1 egg ", "", "½ cup milk"]}),
            Ok("1 egg\n½ cup milk"),
        );
        check(json!({"tags": "One Pan, spicy"}), Ok(",one-pan,spicy,"));
        check(json!({"steps": ["Stir", "Bake"]}), Err(""));
        check(json!({"steps": "Stir\r\nBake"}), Err(""));
        check(
            json!({"diets": [1]}),
            Err("must be a list of texts, but element 1 is not a text"),
        );
        let nested = json!({"ingredients": ["salt", {"name": "flour"}]});
        check(
            nested,
            Err("must be a list of texts, but element 2 is not a text"),
        );
    }
}
