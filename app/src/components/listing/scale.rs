//! A range of numbers: a drawing of where the rows lie, two thumbs, and the numbers themselves.
//!
//! The scale uses quantiles: each bar stands for about the same number of rows, so that each step
//! of a thumb excludes about as many, and a few palaces do not push all homes into one corner. Bars
//! of counts would all be equally high, so a bar's height shows how dense its rows are (as the
//! square root, because the densest prices are a hundred times as dense as the sparsest).
//!
//! The marks are those of the rows under all *other* filters, so they stay in place while a thumb
//! moves. Without scripts there are only the numbers.

use catalogue::{Catalogue, Facet, Filter, Scale, Test, normalizer::Decimal};
use leptos::prelude::*;

use super::FormState;
use crate::text;

/// The drawing's height in its own units.
const HEIGHT: f64 = 40.0;

/// The lowest bar: every bar has rows, so none may vanish.
const LOWEST: f64 = 3.0;

/// The control of a facet that is a scale, around the fields of its two numbers.
pub(super) fn scale(
    facet: &Facet,
    catalogue: &Catalogue,
    state: &FormState,
    scale: Option<Scale>,
    numbers: AnyView,
) -> impl IntoView + use<> {
    let ends = Ends::of(facet, catalogue);
    let drawn = scale.zip(ends).map(|(scale, ends)| {
        let marks = scale.marks.iter().map(ToString::to_string);
        let marks = marks.collect::<Vec<_>>().join(" ");
        view! {
            <div class="scale" data-marks=marks>
                {bars(&scale, &ends, state)}
                <div class="thumbs">
                    {thumb(&scale, ends.low, "Lowest", facet, state)}
                    {thumb(&scale, ends.high, "Highest", facet, state)}
                </div>
            </div>
        }
    });
    view! {
        <fieldset class="field range">
            <legend>{facet.label}</legend>
            {drawn}
            {numbers}
        </fieldset>
    }
}

/// The filters of both ends.
struct Ends {
    low: &'static Filter,
    high: &'static Filter,
}

impl Ends {
    fn of(facet: &Facet, catalogue: &Catalogue) -> Option<Self> {
        let is_low = |filter: &&Filter| matches!(filter.test, Test::AtLeast { .. });
        let (low, high): (Vec<_>, Vec<_>) = catalogue.filters_of(facet).partition(is_low);
        Some(Self {
            low: low.first()?,
            high: high.first()?,
        })
    }
}

/// A bound as a whole number, like the marks; `None` if it is unset or invalid.
fn bound(state: &FormState, filter: &Filter) -> Option<i64> {
    if state.error(filter.parameter).is_some() {
        return None;
    }
    let number = Decimal::parse(&state.text(filter.parameter))?;
    Some(match filter.test {
        Test::AtLeast { .. } => number.floor_times(1),
        _ => number.ceil_times(1),
    })
}

fn bars(scale: &Scale, ends: &Ends, state: &FormState) -> impl IntoView + use<> {
    let (low, high) = (bound(state, ends.low), bound(state, ends.high));
    let dense = |(marks, count): (&[i64], &u64)| {
        let width = (marks[1] - marks[0]).max(1);
        (*count as f64 / width as f64).sqrt()
    };
    let pairs = || scale.marks.windows(2).zip(&scale.counts);
    let densest = pairs().map(dense).fold(f64::MIN_POSITIVE, f64::max);
    let bars = pairs().enumerate().map(|(place, (marks, count))| {
        let height = (dense((marks, count)) / densest * HEIGHT)
            .max(LOWEST)
            .round();
        let chosen =
            low.is_none_or(|low| marks[1] > low) && high.is_none_or(|high| marks[0] < high);
        view! {
            <rect
                class=chosen.then_some("in")
                x={place * 10 + 1}
                y=HEIGHT - height
                width="8"
                height=height
            />
        }
    });
    let frame = format!("0 0 {} {HEIGHT}", scale.counts.len() * 10);
    view! {
        <svg class="bars" viewBox=frame preserveAspectRatio="none" aria-hidden="true">
            {bars.collect_view()}
        </svg>
    }
}

fn thumb(
    scale: &Scale,
    filter: &'static Filter,
    end: &str,
    facet: &Facet,
    state: &FormState,
) -> impl IntoView + use<> {
    let last = scale.counts.len();
    let bound = bound(state, filter);
    let is_low = matches!(filter.test, Test::AtLeast { .. });
    let below = |n: i64| scale.marks.iter().filter(|mark| **mark <= n).count();
    let place = match bound {
        None if is_low => 0,
        None => last,
        Some(low) if is_low => below(low).saturating_sub(1).min(last.saturating_sub(1)),
        Some(high) => below(high.saturating_sub(1)).clamp(1, last),
    };
    let said = match scale.marks.get(place) {
        _ if bound.is_none() => "Any".to_owned(),
        Some(mark) if is_money(filter) => text::dollars(&mark.to_string()),
        Some(mark) => mark.to_string(),
        None => String::new(),
    };
    view! {
        <input
            r#type="range"
            id=format!("thumb-{}", filter.parameter)
            min="0"
            max=last
            value=place
            aria-label=format!("{end} {}", facet.label.to_lowercase())
            aria-valuetext=said
        />
    }
}

/// Whether the stored unit is cents, so that the parameter is in dollars.
pub(super) fn is_money(filter: &Filter) -> bool {
    matches!(
        filter.test,
        Test::AtLeast { unit: 100 } | Test::AtMost { unit: 100 }
    )
}
