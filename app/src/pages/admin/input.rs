//! The control of one field.

use catalogue::{Edit, Encoding, Field};
use leptos::prelude::*;

use crate::text;

/// A field's control, chosen by the values that it allows.
#[component]
pub(super) fn FieldInput(
    /// The field.
    field: &'static Field,
    /// The values that it allows.
    rule: Edit,
    /// Its current value.
    value: String,
    /// What is wrong with it.
    error: Option<String>,
) -> impl IntoView {
    let id = format!("field-{}", field.path);
    let described = error.as_ref().map(|_| format!("{id}-error"));
    let invalid = error.as_ref().map(|_| "true");
    let message = error.map(|error| {
        view! { <p class="field-error" id=format!("{id}-error")>{error}</p> }
    });
    // A long text gets several lines; a title stays on one.
    let is_long = matches!(rule, Edit::Text { most: 201.. } | Edit::Lines { .. });
    let is_money = field.encoding == Encoding::Money;
    let control = match rule {
        Edit::Choice(choices) => {
            // A stored value that is not a choice stays what it is until another one is chosen.
            let other = (!choices.contains(&&*value)).then(|| value.clone());
            let choices = choices.iter().map(|choice| (*choice).to_owned());
            let options = other.into_iter().chain(choices).map(|choice| {
                let (selected, label) = (choice == value, text::label(&choice));
                view! { <option value=choice selected=selected>{label}</option> }
            });
            let options: Vec<_> = options.collect();
            view! {
                <select id=id.clone() name=field.path aria-invalid=invalid aria-describedby=described>
                    {options}
                </select>
            }
            .into_any()
        }
        Edit::Flag => {
            let options = [("true", "Yes"), ("false", "No")].map(|(flag, label)| {
                view! { <option value=flag selected=flag == value>{label}</option> }
            });
            view! {
                <select id=id.clone() name=field.path aria-invalid=invalid aria-describedby=described>
                    {options.collect_view()}
                </select>
            }
            .into_any()
        }
        Edit::Date | Edit::Degrees(_) | Edit::Reference(_) => {
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
            // Where it leads to, if that has a page.
            let link = match rule {
                Edit::Reference(table) => catalogue::schema(table)
                    .zip(value.parse().ok())
                    .map(|(schema, id)| site::links::object(schema, id)),
                _ => None,
            };
            view! {
                <input
                    r#type=kind
                    id=id.clone()
                    name=field.path
                    value=value
                    min=least
                    step=step
                    required
                    aria-invalid=invalid
                    aria-describedby=described
                />
                {link.map(|link| view! { <a href=link>"See it"</a> })}
            }
            .into_any()
        }
        Edit::Number { least, greatest } => view! {
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
        Edit::Text { most } if is_long => view! {
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
        Edit::Lines { least, .. } => view! {
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
        Edit::Text { .. } | Edit::Terms | Edit::Set(_) => view! {
            <input
                r#type="text"
                id=id.clone()
                name=field.path
                value=value
                required=matches!(rule, Edit::Text { .. })
                aria-invalid=invalid
                aria-describedby=described
            />
        }
        .into_any(),
    };
    view! {
        <div class=if is_long { "field wide" } else { "field" }>
            <label for=id>{label(field, rule)}</label>
            {control}
            {message}
        </div>
    }
}

fn label(field: &Field, rule: Edit) -> String {
    let name = text::label(field.path);
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
