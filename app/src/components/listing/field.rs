//! The control of one filter.

use catalogue::{
    Filter, Test,
    normalizer::{Kind, Schema},
};
use leptos::prelude::*;

use super::Asked;
use crate::text;

/// A filter's control, by the kind of its parameter: a text for free words, boxes for a list of
/// choices, a choice of least numbers where they are small, else a number.
#[component]
pub(crate) fn Field(
    /// The filter.
    filter: &'static Filter,
    /// What the request asks.
    asked: Asked,
) -> impl IntoView {
    let schema = asked.query().schema();
    match schema
        .parameter(filter.parameter)
        .map(|parameter| parameter.kind)
    {
        Some(Kind::Choices { of, any }) => choices(filter, &asked, of, any).into_any(),
        Some(Kind::Number { min, max } | Kind::Integer { min, max, .. }) => match filter.test {
            Test::AtLeast { .. } if max <= 100 => at_least(filter, &asked).into_any(),
            _ => number(filter, &asked, min, max).into_any(),
        },
        _ => words(filter, &asked).into_any(),
    }
}

/// The message below a control, and what the control says to be described by it.
fn trouble(
    id: &str,
    asked: &Asked,
    parameter: &str,
) -> (Option<String>, Option<impl IntoView + use<>>) {
    let catalogue = catalogue::by_name(asked.query().schema().catalogue);
    let expected = catalogue.and_then(|catalogue| asked.expected(catalogue, parameter));
    let name = expected.as_ref().map(|_| format!("{id}-error"));
    let message = expected.map(|expected| {
        view! {
            <p class="field-error" id=format!("{id}-error")>
                {format!("Expected {expected}.")}
            </p>
        }
    });
    (name, message)
}

fn words(filter: &'static Filter, asked: &Asked) -> impl IntoView + use<> {
    let id = format!("filter-{}", filter.parameter);
    let (described, message) = trouble(&id, asked, filter.parameter);
    let invalid = described.is_some().then_some("true");
    let value = match asked {
        Asked::Understood(query) => query
            .set(filter.parameter)
            .map(text::name)
            .collect::<Vec<_>>()
            .join(", "),
        Asked::Refused { .. } => asked.text(filter.parameter),
    };
    view! {
        <div class="field">
            <label for=id.clone()>{filter.label}</label>
            <input
                r#type="text"
                id=id
                name=filter.parameter
                value=value
                placeholder="Any, or several with commas"
                autocomplete="off"
                aria-invalid=invalid
                aria-describedby=described
            />
            {message}
        </div>
    }
}

fn choices(
    filter: &'static Filter,
    asked: &Asked,
    of: &'static [&'static str],
    any: Option<&'static str>,
) -> impl IntoView + use<> {
    let id = format!("filter-{}", filter.parameter);
    let (described, message) = trouble(&id, asked, filter.parameter);
    let boxes = of.iter().copied().chain(any).map(|choice| {
        let id = format!("{id}-{choice}");
        view! {
            <li>
                <label class="box" for=id.clone()>
                    <input
                        r#type="checkbox"
                        id=id.clone()
                        name=filter.parameter
                        value=choice
                        checked=asked.holds(filter.parameter, choice)
                    />
                    <span>{if Some(choice) == any { format!("Any {}", filter.label.to_lowercase()) } else { text::label(choice) }}</span>
                </label>
            </li>
        }
    });
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend>{filter.label}</legend>
            <ul class="boxes">{boxes.collect_view()}</ul>
            {message}
        </fieldset>
    }
}

fn at_least(filter: &'static Filter, asked: &Asked) -> impl IntoView + use<> {
    let id = format!("filter-{}", filter.parameter);
    let (described, message) = trouble(&id, asked, filter.parameter);
    let invalid = described.is_some().then_some("true");
    let value = asked.text(filter.parameter);
    let usual = ["1", "2", "3", "4", "5"];
    // A number that is not on the list, from an address that was written by hand.
    let unusual = (!value.is_empty() && !usual.contains(&&*value)).then(|| value.clone());
    let options = usual
        .map(str::to_owned)
        .into_iter()
        .chain(unusual)
        .map(|option| {
            let selected = option == value;
            let shown = if option.parse::<f64>().is_ok() {
                format!("{option}+")
            } else {
                option.clone()
            };
            view! { <option value=option selected=selected>{shown}</option> }
        });
    view! {
        <div class="field half">
            <label for=id.clone()>{filter.label}</label>
            <select id=id name=filter.parameter aria-invalid=invalid aria-describedby=described>
                <option value="">"Any"</option>
                {options.collect_view()}
            </select>
            {message}
        </div>
    }
}

fn number(filter: &'static Filter, asked: &Asked, min: i64, max: i64) -> impl IntoView + use<> {
    let id = format!("filter-{}", filter.parameter);
    let (described, message) = trouble(&id, asked, filter.parameter);
    let invalid = described.is_some().then_some("true");
    // A field for numbers would throw away what is no number, and the reader could not mend it.
    let kind = if invalid.is_some() { "text" } else { "number" };
    let half = in_a_range(asked.query().schema(), filter.parameter);
    view! {
        <div class=if half { "field half" } else { "field" }>
            <label for=id.clone()>{filter.label}</label>
            <div class=if is_money(filter) { "money" } else { "plain" }>
                <input
                    r#type=kind
                    inputmode="decimal"
                    id=id
                    name=filter.parameter
                    value=asked.text(filter.parameter)
                    min=min.to_string()
                    max=max.to_string()
                    step="any"
                    placeholder="Any"
                    autocomplete="off"
                    aria-invalid=invalid
                    aria-describedby=described
                />
            </div>
            {message}
        </div>
    }
}

/// Whether the parameter is one end of a range, and stands beside the other end.
fn in_a_range(schema: &Schema, parameter: &str) -> bool {
    schema
        .ranges
        .iter()
        .any(|(low, high)| *low == parameter || *high == parameter)
}

/// Whether the stored unit is cents, so that the parameter is in dollars.
pub(super) fn is_money(filter: &Filter) -> bool {
    matches!(
        filter.test,
        Test::AtLeast { unit: 100 } | Test::AtMost { unit: 100 }
    )
}
