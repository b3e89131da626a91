//! The controls of the filters; the facet determines the kind of control.

use catalogue::{Catalogue, Facet, Filter, Offered, Offers, Tallied, Test, normalizer::Kind};
use leptos::prelude::*;

use super::{
    FormState,
    scale::{is_money, scale},
};
use crate::text;

/// A facet's control, with the number of rows that each choice would leave.
#[component]
pub(crate) fn Field(
    /// The declaration that the facet is part of.
    catalogue: &'static Catalogue,
    /// The facet.
    facet: &'static Facet,
    /// What the form shows.
    state: FormState,
    /// The options.
    offered: Offered,
    /// How many rows the whole query has.
    count: u64,
) -> impl IntoView {
    let mut filters = catalogue.filters_of(facet);
    let first = filters.next()?;
    let control = Control {
        catalogue,
        filter: first,
        state,
    };
    Some(match facet.offers {
        Offers::Choices(_) => control.choices(facet, offered).into_any(),
        // There are no others that could be typed.
        Offers::Commonest(_) if control.is_of_few() => control.choices(facet, offered).into_any(),
        Offers::Commonest(_) => {
            let excluded = filters.next().map(|filter| Control {
                filter,
                ..control.clone()
            });
            control.tokens(facet, offered, count, excluded).into_any()
        }
        Offers::Bounds(bounds) => {
            let other = filters.next().map(|filter| {
                let control = Control {
                    filter,
                    ..control.clone()
                };
                control.at_most(bounds).into_any()
            });
            control.bounds(facet, offered, count, other).into_any()
        }
        Offers::Scale { .. } => {
            let ends = [Some(first), filters.next()].into_iter().flatten();
            let numbers = ends
                .map(|filter| {
                    Control {
                        filter,
                        ..control.clone()
                    }
                    .number()
                })
                .collect_view()
                .into_any();
            scale(facet, catalogue, &control.state, offered.scale, numbers).into_any()
        }
    })
}

/// The control of one filter.
#[derive(Clone)]
struct Control {
    catalogue: &'static Catalogue,
    filter: &'static Filter,
    state: FormState,
}

/// The message below a control, and the id by which the control refers to it.
struct Trouble {
    name: Option<String>,
    message: Option<AnyView>,
}

impl Control {
    fn id(&self) -> String {
        format!("filter-{}", self.filter.parameter)
    }

    /// Whether only a few fixed words are valid.
    fn is_of_few(&self) -> bool {
        let schema = self.state.query().schema();
        let parameter = schema.parameter(self.filter.parameter);
        parameter.is_some_and(|it| matches!(it.kind, Kind::Choices { .. }))
    }

    /// If the control cannot show the typed value again, the message does.
    fn trouble(&self, control_shows: bool) -> Trouble {
        let id = format!("{}-error", self.id());
        let parameter = self.filter.parameter;
        let expected = self.state.expected(self.catalogue, parameter);
        let typed = match control_shows {
            true => String::new(),
            false => format!("“{}” is not valid. ", self.state.text(parameter)),
        };
        Trouble {
            name: expected.as_ref().map(|_| id.clone()),
            message: expected.map(|expected| {
                let what = format!("{typed}Expected {expected}.");
                view! { <p class="field-error" id=id>{what}</p> }.into_any()
            }),
        }
    }

    /// Checkboxes, one for each of a few choices.
    fn choices(&self, facet: &Facet, offered: Offered) -> impl IntoView + use<> {
        let Trouble { name, message } = self.trouble(false);
        let parameter = self.filter.parameter;
        let kind = self.state.query().schema().parameter(parameter);
        let any = match kind.map(|parameter| parameter.kind) {
            Some(Kind::Choices { any, .. }) => any,
            _ => None,
        };
        let any = any.map(|any| {
            let label = format!("Any {}", facet.label.to_lowercase());
            let chosen = self.state.holds(parameter, any);
            let count = text::grouped(offered.total);
            let option = self.option(any, label, chosen, &count, offered.total == 0);
            view! { <li>{option}</li> }
        });
        let boxes = self.boxes(&offered.options, |option| text::label(&option.value));
        let boxes = boxes.into_iter().map(|option| view! { <li>{option}</li> });
        let boxes = boxes.collect_view();
        view! {
            <fieldset class="field" aria-describedby=name>
                <legend>{facet.label}</legend>
                <ul class="boxes">{boxes} {any}</ul>
                {message}
            </fieldset>
        }
    }

    /// A text field for any tokens, and checkboxes for the most common and the chosen ones. If rows
    /// can also be wanted without some of them, there is a second one of each.
    fn tokens(
        &self,
        facet: &Facet,
        offered: Offered,
        count: u64,
        excluded: Option<Self>,
    ) -> impl IntoView + use<> {
        let mut options = offered.options;
        // No row that is left has these.
        let left_out = excluded.iter().flat_map(Self::chosen).collect::<Vec<_>>();
        for value in left_out {
            if options.iter().all(|option| option.value != value) {
                let (count, label) = (0, None);
                options.push(Tallied {
                    value,
                    count,
                    label,
                });
            }
        }
        let label = match self.filter.test {
            Test::AllOf => |option: &Tallied| text::term(&option.value),
            _ => text::option,
        };
        let boxes = self.boxes(&options, label).into_iter().zip(&options);
        let boxes = boxes.map(|(option, tallied)| {
            let without = excluded.as_ref().map(|it| it.without(tallied, count));
            view! { <li>{option} {without}</li> }
        });
        let boxes = boxes.collect_view();
        let is_pair = excluded.is_some();
        let heads = is_pair.then(|| {
            view! {
                <p class="pair-heads" aria-hidden="true">
                    <span>"With"</span>
                    <span>"Without"</span>
                </p>
            }
        });
        view! {
            <div class="field">
                {self.typed(facet.label)} {heads}
                <ul class=if is_pair { "boxes pairs" } else { "boxes" } aria-label="The commonest">
                    {boxes}
                </ul>
                {excluded.map(|it| it.typed(it.filter.label))}
            </div>
        }
    }

    /// A text field for any tokens. Those that are chosen are shown as checkboxes; an invalid value
    /// is shown here again.
    fn typed(&self, label: &'static str) -> impl IntoView + use<> {
        let Trouble { name, message } = self.trouble(true);
        let id = self.id();
        let parameter = self.filter.parameter;
        let typed = self.state.error(parameter).map(|error| error.value.clone());
        view! {
            <label for=id.clone()>{label}</label>
            <input
                r#type="text"
                id=id
                name=parameter
                value=typed
                placeholder="Others, separated by commas"
                autocomplete="off"
                aria-invalid=name.is_some().then_some("true")
                aria-describedby=name
            />
            {message}
        }
    }

    /// The elements of the set that are chosen.
    fn chosen(&self) -> Vec<String> {
        let set = self.state.query().set(self.filter.parameter);
        set.map(str::to_owned).collect()
    }

    /// The checkbox that leaves an option out, of a list with so many rows.
    fn without(&self, option: &Tallied, count: u64) -> AnyView {
        let chosen = self.state.holds(self.filter.parameter, &option.value);
        let left = count.saturating_sub(option.count);
        let label = text::said(self.filter, &text::term(&option.value).to_lowercase());
        self.option(
            &option.value,
            label,
            chosen,
            &text::grouped(left),
            left == 0,
        )
    }

    /// A checkbox for each option.
    fn boxes(&self, options: &[Tallied], label: fn(&Tallied) -> String) -> Vec<AnyView> {
        let parameter = self.filter.parameter;
        let chosen = |option: &Tallied| self.state.holds(parameter, &option.value);
        // An alternative shows how many rows it adds; a further condition, how many it would leave.
        let adds = self.filter.test == Test::OneOf && options.iter().any(chosen);
        let one = |option: &Tallied| {
            let chosen = chosen(option);
            let sign = if adds && !chosen && option.count > 0 {
                "+"
            } else {
                ""
            };
            let count = format!("{sign}{}", text::grouped(option.count));
            let label = label(option);
            self.option(&option.value, label, chosen, &count, option.count == 0)
        };
        options.iter().map(one).collect()
    }

    fn option(
        &self,
        value: &str,
        label: String,
        chosen: bool,
        count: &str,
        leads_nowhere: bool,
    ) -> AnyView {
        // In the second column its place says what it is about.
        let unseen = self.filter.test == Test::NoneOf;
        view! {
            <label class="box">
                <input
                    r#type="checkbox"
                    id=format!("{}-{value}", self.id())
                    name=self.filter.parameter
                    value=value.to_owned()
                    checked=chosen
                    disabled=leads_nowhere && !chosen
                />
                <span class=unseen.then_some("unseen")>{label}</span>
                " "
                <small>{count.to_owned()}</small>
            </label>
        }
        .into_any()
    }

    /// One of a few bounds, or none.
    fn bounds(
        &self,
        facet: &Facet,
        offered: Offered,
        count: u64,
        other: Option<AnyView>,
    ) -> impl IntoView + use<> {
        let Trouble { name, message } = self.trouble(false);
        let chosen = match self.state.error(self.filter.parameter) {
            Some(_) => String::new(),
            None => self.state.text(self.filter.parameter),
        };
        // A bound of zero is none, under the other end of the range.
        let (none, mut options): (Vec<_>, Vec<_>) = offered
            .options
            .into_iter()
            .partition(|option| option.value == "0");
        if !chosen.is_empty() && options.iter().all(|option| option.value != chosen) {
            // From an address that was written by hand.
            options.push(Tallied {
                value: chosen.clone(),
                count,
                label: None,
            });
        }
        let any = Tallied {
            value: String::new(),
            count: none.first().map_or(offered.total, |none| none.count),
            label: None,
        };
        let least = matches!(self.filter.test, Test::AtLeast { .. });
        let id = self.id();
        let parameter = self.filter.parameter;
        // Numbers stand side by side, words below each other.
        let in_words = self.filter.said.is_some();
        let steps = [any].into_iter().chain(options).map(|option| {
            let Tallied { value, count, .. } = option;
            let is_chosen = value == chosen;
            let label = match (&*value, least) {
                ("", _) => "Any".to_owned(),
                (value, true) => format!("{value}+"),
                (value, false) => text::said(self.filter, value),
            };
            view! {
                <label class=in_words.then_some("box")>
                    <input
                        r#type="radio"
                        id=format!("{id}-{value}")
                        name=parameter
                        value=value
                        checked=is_chosen
                        disabled={count == 0 && !is_chosen}
                    />
                    <span>{label}</span>
                    " "
                    <small>{text::grouped(count)}</small>
                </label>
            }
        });
        view! {
            <fieldset class="field" aria-describedby=name>
                <legend>{facet.label}</legend>
                <div class=if in_words { "boxes" } else { "bounds" }>{steps.collect_view()}</div>
                {message}
                {other}
            </fieldset>
        }
    }

    /// The upper end of a range whose lower end is one of a few bounds.
    fn at_most(&self, bounds: &[&str]) -> impl IntoView + use<> {
        let Trouble { name, message } = self.trouble(false);
        let (id, parameter) = (self.id(), self.filter.parameter);
        let chosen = match self.state.error(parameter) {
            Some(_) => String::new(),
            None => self.state.text(parameter),
        };
        let mut values: Vec<String> = bounds.iter().map(|bound| (*bound).to_owned()).collect();
        if !chosen.is_empty() && !values.contains(&chosen) {
            values.push(chosen.clone());
        }
        let options = values.into_iter().map(|value| {
            let label = match (parameter, &*value) {
                ("max_bedrooms", "0") => "None (studios)".to_owned(),
                _ => value.clone(),
            };
            view! { <option value=value.clone() selected={value == chosen}>{label}</option> }
        });
        view! {
            <label for=id.clone()>{self.filter.label}</label>
            <select
                id=id
                name=parameter
                aria-invalid=name.is_some().then_some("true")
                aria-describedby=name
            >
                <option value="">"Any number"</option>
                {options.collect_view()}
            </select>
            {message}
        }
    }

    /// Any number.
    fn number(&self) -> impl IntoView + use<> {
        let Trouble { name, message } = self.trouble(true);
        let (id, parameter) = (self.id(), self.filter.parameter);
        let kind = self.state.query().schema().parameter(parameter);
        let (min, max) = match kind.map(|parameter| parameter.kind) {
            Some(Kind::Number { min, max } | Kind::Integer { min, max, .. }) => (min, max),
            _ => (0, i64::MAX),
        };
        // A number field would discard other input: `450k`, or what the reader is to correct.
        let is_number = name.is_none() && !is_money(self.filter);
        let kind = if is_number { "number" } else { "text" };
        view! {
            <div class="field half">
                <label for=id.clone()>{self.filter.label}</label>
                <div class=if is_money(self.filter) { "money" } else { "plain" }>
                    <input
                        r#type=kind
                        inputmode="decimal"
                        id=id
                        name=parameter
                        value=self.state.text(parameter)
                        min=is_number.then(|| min.to_string())
                        max=is_number.then(|| max.to_string())
                        step=is_number.then_some("any")
                        placeholder="Any"
                        autocomplete="off"
                        aria-invalid=name.is_some().then_some("true")
                        aria-describedby=name
                    />
                </div>
                {message}
            </div>
        }
    }
}
