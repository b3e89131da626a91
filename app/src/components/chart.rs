//! Charts of numbers over time, drawn by the server in the page's own colors.
//!
//! The lines are an SVG that stretches to any width; the words around them are HTML, so that they are
//! as large on a phone as on a desk.

use std::fmt::Write as _;

use leptos::prelude::*;

/// The size of the drawing, in its own units.
const WIDE: f64 = 600.0;
const HIGH: f64 = 160.0;

/// One line of a chart.
pub(crate) struct Line {
    /// What it shows.
    pub(crate) name: &'static str,
    /// Its values, at equal distances; there is a gap where there is none.
    pub(crate) values: Vec<Option<f64>>,
}

/// How a chart's values become heights.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// From zero to the largest value.
    Linear,
    /// From 0 to 1.
    Share,
    /// From the smallest value to the largest, each doubling equally high.
    Logarithmic,
}

/// Lines over time; the last value of each is in the legend.
#[component]
pub(crate) fn Chart(
    /// What it shows.
    title: &'static str,
    /// The lines, at most four.
    lines: Vec<Line>,
    /// Their scale.
    scale: Scale,
    /// A value as people read it.
    words: fn(f64) -> String,
    /// When the first value was, as people read it.
    begin: String,
) -> impl IntoView {
    let all = lines.iter().flat_map(|line| line.values.iter().flatten());
    let bounds = Bounds::of(all.copied(), scale);
    let Some(bounds) = bounds else {
        return view! {
            <figure class="chart">
                <figcaption>{title}</figcaption>
                <p class="muted">"Nothing yet: the first point comes after ten seconds."</p>
            </figure>
        }
        .into_any();
    };
    let drawn = lines.iter().map(|line| {
        let path = bounds.path(&line.values);
        view! { <path d=path vector-effect="non-scaling-stroke" /> }
    });
    let drawn = drawn.collect_view();
    let legend = lines.iter().map(|line| {
        let last = line.values.iter().rev().find_map(|value| *value);
        let last = last.map_or("–".to_owned(), words);
        view! {
            <li>
                {line.name} " " <strong>{last}</strong>
            </li>
        }
    });
    let legend = legend.collect_view();
    let ticks = bounds.ticks().map(words);
    let ticks = ticks.map(|tick| view! { <li>{tick}</li> }).collect_view();
    view! {
        <figure class="chart">
            <figcaption>{title}</figcaption>
            <ul class="legend">{legend}</ul>
            <div class="plot" aria-hidden="true">
                <ol class="ticks">{ticks}</ol>
                <svg viewBox=format!("0 0 {WIDE} {HIGH}") preserveAspectRatio="none">
                    <path class="grid" d=grid() vector-effect="non-scaling-stroke" />
                    {drawn}
                </svg>
                <p class="times">
                    <span>{begin}</span>
                    <span>"now"</span>
                </p>
            </div>
        </figure>
    }
    .into_any()
}

/// A share as a bar, for a cell of a table that says it in words too.
#[component]
pub(crate) fn Bar(
    /// From 0 to 1.
    share: f64,
) -> impl IntoView {
    let width = format!("{:.1}", share.clamp(0.0, 1.0) * 100.0);
    view! {
        <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="rest" width="100" height="8" />
            <rect width=width height="8" />
        </svg>
    }
}

/// What is at the lower and at the upper end of a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bounds {
    low: f64,
    high: f64,
    logarithmic: bool,
}

impl Bounds {
    /// `None` if there are no values.
    fn of(values: impl Iterator<Item = f64>, scale: Scale) -> Option<Self> {
        let ends = values.fold(None, |ends: Option<(f64, f64)>, value| {
            let (low, high) = ends.unwrap_or((value, value));
            Some((low.min(value), high.max(value)))
        });
        let (low, high) = ends?;
        Some(match scale {
            Scale::Share => Self {
                low: 0.0,
                high: 1.0,
                logarithmic: false,
            },
            Scale::Linear => Self {
                low: 0.0,
                high: round_up(high.max(1.0)),
                logarithmic: false,
            },
            Scale::Logarithmic => Self {
                low: 10_f64.powf(low.max(1.0).log10().floor()),
                high: 10_f64.powf(high.max(10.0).log10().ceil()),
                logarithmic: true,
            },
        })
    }

    fn height(self, value: f64) -> f64 {
        let (low, high, value) = if self.logarithmic {
            (self.low.ln(), self.high.ln(), value.max(self.low).ln())
        } else {
            (self.low, self.high, value)
        };
        let share = (value - low) / (high - low).max(f64::MIN_POSITIVE);
        HIGH - share.clamp(0.0, 1.0) * HIGH
    }

    fn path(self, values: &[Option<f64>]) -> String {
        let step = WIDE / (values.len().max(2) - 1) as f64;
        let mut path = String::new();
        let mut is_drawing = false;
        for (place, value) in values.iter().enumerate() {
            let Some(value) = value else {
                is_drawing = false;
                continue;
            };
            let (x, y) = (place as f64 * step, self.height(*value));
            let begin = if is_drawing { 'L' } else { 'M' };
            // Writing to a string cannot fail.
            let _ = write!(path, "{begin}{x:.0} {y:.0}");
            let is_alone = !is_drawing && values.get(place + 1).is_none_or(Option::is_none);
            if is_alone {
                path += "h1";
            }
            is_drawing = true;
        }
        path
    }

    /// The upper end, the middle and the lower end.
    fn ticks(self) -> impl Iterator<Item = f64> {
        let middle = if self.logarithmic {
            (self.low * self.high).sqrt()
        } else {
            f64::midpoint(self.low, self.high)
        };
        [self.high, middle, self.low].into_iter()
    }
}

fn grid() -> String {
    format!("M0 0H{WIDE}M0 {:.0}H{WIDE}M0 {HIGH}H{WIDE}", HIGH / 2.0)
}

/// The next of 1, 2, 4, 10, 20, 40, …: half of each is a round number too.
fn round_up(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    let steps = [1.0, 2.0, 4.0, 10.0].map(|step| step * power);
    let fits = steps.into_iter().find(|step| *step >= value);
    fits.unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_at_round_numbers() {
        let linear = |high| Bounds::of([0.0, high].into_iter(), Scale::Linear).unwrap();
        assert_eq!(linear(0.0).high, 1.0);
        assert_eq!(linear(37.0).high, 40.0);
        assert_eq!(linear(41.0).high, 100.0);
        assert_eq!(linear(100.0).high, 100.0);
        let bounds = Bounds::of([30.0, 4_200.0].into_iter(), Scale::Logarithmic).unwrap();
        assert_eq!((bounds.low, bounds.high), (10.0, 10_000.0));
        assert_eq!(bounds.ticks().nth(1).unwrap().round(), 316.0);
        assert_eq!(Bounds::of([].into_iter(), Scale::Share), None);
    }

    #[test]
    fn a_line_has_a_gap_where_nothing_happened() {
        let bounds = Bounds::of([0.0, 100.0].into_iter(), Scale::Linear).unwrap();
        let path = bounds.path(&[Some(0.0), Some(100.0), None, Some(50.0)]);
        assert_eq!(path, "M0 160L200 0M600 80h1");
    }
}
