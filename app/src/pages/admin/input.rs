//! The control of one field.

use catalogue::{Catalogue, Edit, Encoding, Field};
use leptos::prelude::*;
use serde_json::Value as Json;

use crate::{desk::Choices, text, visitor::Differs};

/// How many letters of what others have set are shown.
const EXCERPT: usize = 200;

/// The names of a table's rows, if they are few enough to choose from.
pub(super) fn names_of<'c>(table: &str, choices: &'c Choices) -> Option<&'c [(i64, String)]> {
    let (_, names) = choices.iter().find(|(known, _)| *known == table)?;
    (!names.is_empty()).then_some(names)
}

/// The names of the rows to which a column refers.
pub(super) fn names_of_column<'c>(
    catalogue: &Catalogue,
    column: &str,
    choices: &'c Choices,
) -> Option<&'c [(i64, String)]> {
    let mut fields = catalogue.fields.iter();
    let field = fields.find(|field| field.table.is_none() && field.column == column)?;
    match field.edit? {
        Edit::Reference(table) => names_of(table, choices),
        _ => None,
    }
}

/// What a field is called at the head of a column.
pub(super) fn heading(field: &Field) -> String {
    match (field.path, field.edit) {
        ("id", _) => "No.".to_owned(),
        ("created_at", _) => "Created".to_owned(),
        ("updated_at", _) => "Edited".to_owned(),
        ("view_count", _) => "Views".to_owned(),
        // `agent.id` is the agent.
        (path, Some(Edit::Reference(_))) => text::label(path.trim_end_matches(".id")),
        (path, _) => match path.strip_prefix("location.") {
            Some(part) if part != "id" => text::label(part),
            _ => text::label(path),
        },
    }
}

/// A field of a row as people read it.
pub(super) fn shown(field: &Field, row: &Json, choices: &Choices) -> String {
    let value = field.shown(field.of(row));
    if value.is_empty() {
        return "–".to_owned();
    }
    match (field.encoding, field.edit) {
        (Encoding::Money, _) => text::dollars(&value),
        (Encoding::Timestamp, _) => text::day(&value),
        (Encoding::Flag, _) => yes_or_no(&value).to_owned(),
        (_, Some(Edit::Choice(_))) => text::label(&value),
        (_, Some(Edit::Reference(table))) => {
            let mut names = names_of(table, choices).unwrap_or_default().iter();
            let name = names.find(|(id, _)| id.to_string() == value);
            name.map_or(value, |(_, name)| name.clone())
        }
        _ => value,
    }
}

fn yes_or_no(flag: &str) -> &'static str {
    if flag == "true" { "Yes" } else { "No" }
}

/// The options of a field of few values; `None` for another one. A stored value that is no option stays
/// what it is until one is chosen.
fn options(
    rule: Edit,
    names: Option<&[(i64, String)]>,
    value: &str,
) -> Option<impl IntoView + use<>> {
    let options: Vec<(String, String)> = match (rule, names) {
        (Edit::Choice(choices), _) => {
            let choices = choices.iter();
            choices
                .map(|choice| ((*choice).to_owned(), text::label(choice)))
                .collect()
        }
        (Edit::Flag, _) => ["true", "false"]
            .map(|flag| (flag.to_owned(), yes_or_no(flag).to_owned()))
            .into(),
        (Edit::Reference(_), Some(names)) => {
            let names = names.iter();
            names
                .map(|(id, name)| (id.to_string(), name.clone()))
                .collect()
        }
        _ => return None,
    };
    let is_known = options.iter().any(|(option, _)| option == value);
    let other = (!is_known && !matches!(rule, Edit::Flag)).then(|| {
        let label = match (rule, value) {
            (_, "") | (Edit::Reference(_), "0") => "Choose one".to_owned(),
            (Edit::Reference(_), number) => format!("No. {number}"),
            (_, value) => text::label(value),
        };
        (value.to_owned(), label)
    });
    let options = other.into_iter().chain(options).map(|(option, label)| {
        let selected = option == value;
        view! { <option value=option selected=selected>{label}</option> }
    });
    Some(options.collect_view())
}

/// The control of a field in a table of many rows, which has no room for a label of its own.
pub(super) fn inline(
    field: &Field,
    rule: Edit,
    name: String,
    label: String,
    value: &str,
) -> AnyView {
    let Some(options) = options(rule, None, value) else {
        let is_money = field.encoding == Encoding::Money;
        let value = if is_money {
            text::dollars(value)
        } else {
            value.to_owned()
        };
        return view! {
            <input
                class="inline"
                r#type="text"
                inputmode="decimal"
                name=name
                aria-label=label
                value=value
                autocomplete="off"
                data-money=is_money.then_some("")
            />
        }
        .into_any();
    };
    view! {
        <select class="inline" name=name aria-label=label>
            {options}
        </select>
    }
    .into_any()
}

/// A field's control, chosen by the values that it allows.
#[component]
pub(super) fn FieldInput(
    /// The field.
    field: &'static Field,
    /// The values that it allows.
    rule: Edit,
    /// Its current value.
    value: String,
    /// What the rows are called to which it may refer.
    names: Option<Vec<(i64, String)>>,
    /// What is wrong with it.
    error: Option<String>,
    /// What others have set it to.
    differs: Option<Differs>,
    /// Whether it names its row, and takes a whole line.
    names_row: bool,
) -> impl IntoView {
    let id = format!("field-{}", field.path);
    let described = match (&error, &differs) {
        (Some(_), _) => Some(format!("{id}-error")),
        (None, Some(_)) => Some(format!("{id}-differs")),
        (None, None) => None,
    };
    let invalid = error.as_ref().map(|_| "true");
    let differs = differs.map(|differs| difference(field, &id, differs));
    let message = error.map(|error| {
        view! { <p class="field-error" id=format!("{id}-error")>{error}</p> }
    });
    // A long text gets several lines; a title stays on one.
    let is_long = matches!(rule, Edit::Text { most: 201.. } | Edit::Lines { .. });
    let is_money = field.encoding == Encoding::Money;
    let control = match (options(rule, names.as_deref(), &value), rule) {
        (Some(options), _) => view! {
            <select id=id.clone() name=field.path aria-invalid=invalid aria-describedby=described>
                {options}
            </select>
        }
        .into_any(),
        (None, Edit::Date | Edit::Degrees(_) | Edit::Reference(_)) => {
            let kind = if matches!(rule, Edit::Date) {
                "date"
            } else {
                "number"
            };
            let bounds = match rule {
                Edit::Degrees(most) => Some((format!("-{most}"), "any")),
                Edit::Reference(_) => Some(("1".to_owned(), "1")),
                _ => None,
            };
            let (least, step) = bounds.unzip();
            view! {
                <input
                    r#type=kind
                    id=id.clone()
                    name=field.path
                    value=value
                    min=least
                    step=step
                    aria-invalid=invalid
                    aria-describedby=described
                />
            }
            .into_any()
        }
        (None, Edit::Number { least, greatest }) => view! {
            <input
                // A number field would discard `450k`.
                r#type=if is_money { "text" } else { "number" }
                inputmode=is_money.then_some("decimal")
                id=id.clone()
                name=field.path
                value=value
                min=(!is_money).then(|| least.to_string())
                max=(!is_money).then(|| greatest.to_string())
                step=(!is_money).then(|| step(field.encoding))
                required
                aria-invalid=invalid
                aria-describedby=described
            />
        }
        .into_any(),
        (None, Edit::Text { most }) if is_long => view! {
            // A line break right after the tag is not part of the text.
            <textarea
                id=id.clone()
                name=field.path
                maxlength=most.to_string()
                rows="8"
                required
                aria-invalid=invalid
                aria-describedby=described
            >
                {format!("\n{value}")}
            </textarea>
        }
        .into_any(),
        (None, Edit::Lines { least, .. }) => view! {
            <textarea
                id=id.clone()
                name=field.path
                rows="8"
                required={least > 0}
                aria-invalid=invalid
                aria-describedby=described
            >
                {format!("\n{value}")}
            </textarea>
        }
        .into_any(),
        (None, _) => view! {
            <input
                r#type="text"
                id=id.clone()
                name=field.path
                value=value
                required=matches!(rule, Edit::Text { .. } | Edit::Token)
                aria-invalid=invalid
                aria-describedby=described
            />
        }
        .into_any(),
    };
    view! {
        <div class=if is_long || names_row { "field wide" } else { "field" }>
            <label for=id>{label(field, rule)}</label>
            {control}
            {message}
            {differs}
        </div>
    }
}

/// What others have set a field to, and a way to take it.
fn difference(field: &'static Field, id: &str, differs: Differs) -> impl IntoView + use<> {
    let said = |value: &str| briefly(value, EXCERPT);
    let base = differs
        .base
        .map(|base| format!("It was “{}”. ", said(&base)));
    view! {
        <div class="differs" id=format!("{id}-differs")>
            <p>{base} {format!("Stored now: {}", said(&differs.theirs))}</p>
            <label class="check">
                <input r#type="checkbox" name=format!("theirs.{}", field.path) value="1" />
                <span>"Take theirs"</span>
            </label>
        </div>
    }
}

/// The beginning of a value of at most so many letters.
pub(super) fn briefly(value: &str, most: usize) -> String {
    match value.trim() {
        "" => "nothing".to_owned(),
        value => text::excerpt(value, most),
    }
}

fn label(field: &Field, rule: Edit) -> String {
    let name = match rule {
        Edit::Reference(_) => heading(field),
        _ => text::label(field.path.rsplit('.').next().unwrap_or_default()),
    };
    match (field.encoding, rule) {
        (Encoding::Money, _) => format!("{name} in dollars"),
        (Encoding::Lines, _) => format!("{name}, one per line"),
        (_, Edit::Terms | Edit::Set(_)) => format!("{name}, separated by commas"),
        _ => name,
    }
}

fn step(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Quarters => "0.25",
        _ => "1",
    }
}
