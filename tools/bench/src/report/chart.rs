//! Charts as SVG. Colors are classes, which the page's style sheet defines for light and dark; plotters
//! and charming would hard-code the colors for one background.

use maud::{Markup, html};

use crate::number::{grouped, grouped_or_small};

pub(super) struct Bar {
    pub(super) label: String,
    pub(super) value: f64,
    /// The text after the bar.
    pub(super) text: String,
    pub(super) reference: bool,
}

/// Horizontal bars on one scale.
pub(super) fn bars(title: &str, bars: &[Bar]) -> Markup {
    const ROW: usize = 28;
    const LEFT: f64 = 250.0;
    const LONGEST: f64 = 330.0;
    let values = bars.iter().map(|bar| bar.value);
    let most = values.fold(f64::MIN_POSITIVE, f64::max);
    let length = |bar: &Bar| (bar.value / most * LONGEST).max(1.5);
    let drawn = html! {
        @for (bar, middle) in bars.iter().zip((ROW / 2 + 3..).step_by(ROW)) {
            text.label x=(LEFT - 10.0) y=(middle) { (bar.label) }
            rect.theirs[bar.reference].ours[!bar.reference] x=(LEFT) y=(middle - 8)
                width=(format_args!("{:.1}", length(bar))) height="16" rx="3" {}
            text.value x=(format_args!("{:.1}", LEFT + length(bar) + 8.0)) y=(middle) { (bar.text) }
        }
    };
    svg(title, 720, bars.len() * ROW + 6, &drawn)
}

pub(super) struct Series {
    pub(super) name: String,
    pub(super) points: Vec<(f64, f64)>,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 500.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 272.0;

/// A logarithmic scale: equal factors are equal distances.
struct Scale {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Scale {
    fn place(&self, value: f64) -> f64 {
        if self.to <= self.from {
            return f64::midpoint(self.start, self.end);
        }
        let share = (value / self.from).ln() / (self.to / self.from).ln();
        self.start + share * (self.end - self.start)
    }
}

/// Lines of cost against size, both on logarithmic scales; empty without a point.
pub(super) fn lines(title: &str, x_label: &str, y_label: &str, series: &[Series]) -> Markup {
    let all = || series.iter().flat_map(|series| &series.points);
    let mut sizes: Vec<f64> = all().map(|point| point.0).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.dedup();
    let costs = || all().map(|point| point.1).filter(|cost| *cost > 0.0);
    let (Some(&least), Some(&most)) = (sizes.first(), sizes.last()) else {
        return Markup::default();
    };
    let ticks = ticks(
        costs().fold(f64::INFINITY, f64::min),
        costs().fold(f64::MIN_POSITIVE, f64::max),
    );
    let x = Scale {
        from: least,
        to: most,
        start: LEFT + 16.0,
        end: RIGHT - 16.0,
    };
    let y = Scale {
        from: ticks.first().copied().unwrap_or(1.0),
        to: ticks.last().copied().unwrap_or(10.0),
        start: BOTTOM,
        end: TOP,
    };
    let place = |(size, cost): (f64, f64)| (one_decimal(x.place(size)), one_decimal(y.place(cost)));
    let drawn = html! {
        @for tick in ticks {
            @let at = one_decimal(y.place(tick));
            line.grid x1=(LEFT) x2=(RIGHT) y1=(at) y2=(at) {}
            text.tick.end x=(LEFT - 8.0) y=(at) { (grouped_or_small(tick)) }
        }
        @for size in sizes {
            text.tick.middle x=(one_decimal(x.place(size))) y=(BOTTOM + 18.0) { (grouped(size)) }
        }
        text.axis.middle x=(f64::midpoint(LEFT, RIGHT)) y=(HEIGHT - 10.0) { (x_label) }
        text.axis.middle transform={ "translate(14 " (f64::midpoint(TOP, BOTTOM)) ") rotate(-90)" } { (y_label) }
        @for (index, series) in series.iter().enumerate() {
            @let points = || series.points.iter().copied().filter(|point| point.1 > 0.0);
            polyline class={ "line s" (index) } points={ @for (x, y) in points().map(place) { (x) "," (y) " " } } {}
            @for ((x, y), point) in points().map(place).zip(points()) {
                circle class={ "dot s" (index) } cx=(x) cy=(y) r="4" {
                    title { (series.name) ": " (grouped_or_small(point.1)) }
                }
            }
        }
        @for (at, index, name) in ends(series, &y) {
            text class={ "name s" (index) } x=(RIGHT + 10.0) y=(one_decimal(at)) { (name) }
        }
    };
    svg(title, WIDTH as usize, HEIGHT as usize, &drawn)
}

/// Where each line's name goes: at its end, or below a name that is already there.
fn ends<'a>(series: &'a [Series], y: &Scale) -> Vec<(f64, usize, &'a str)> {
    let last = |series: &Series| series.points.iter().rfind(|point| point.1 > 0.0).copied();
    let ends = series.iter().enumerate();
    let mut ends: Vec<(f64, usize, &str)> = ends
        .filter_map(|(index, series)| Some((y.place(last(series)?.1), index, &*series.name)))
        .collect();
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut free = TOP;
    for (at, ..) in &mut ends {
        *at = at.max(free);
        free = *at + 17.0;
    }
    ends
}

fn one_decimal(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// Steps of 1, 2 and 5, from the last one not above `least` to the first one not below `most`.
fn ticks(least: f64, most: f64) -> Vec<f64> {
    if !least.is_finite() {
        return vec![1.0, 10.0];
    }
    let first = least.log10().floor() as i32;
    let steps: Vec<f64> = (first..=first + 12)
        .flat_map(|decade| [1.0, 2.0, 5.0].map(|step| step * 10_f64.powi(decade)))
        .collect();
    let from = steps.iter().rposition(|step| *step <= least).unwrap_or(0);
    let to = steps.iter().position(|step| *step >= most);
    let steps = &steps[from..=to.unwrap_or(steps.len() - 1).max(from + 1)];
    // Over many decades, the powers of ten are enough.
    if steps.len() > 9 {
        let ends = (steps[0], steps[steps.len() - 1]);
        let tens = |step: &f64| (step.log10() - step.log10().round()).abs() < 1e-9;
        let is_shown = |step: &&f64| tens(step) || **step == ends.0 || **step == ends.1;
        return steps.iter().filter(is_shown).copied().collect();
    }
    steps.to_vec()
}

fn svg(title: &str, width: usize, height: usize, drawn: &Markup) -> Markup {
    html! {
        svg viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(title) {
            title { (title) }
            (drawn)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        let bar = Bar {
            label: "<script>".to_owned(),
            value: 1.0,
            text: "a & b".to_owned(),
            reference: false,
        };
        let svg = bars("\"quoted\"", &[bar]).into_string();
        assert!(svg.contains("&lt;script&gt;") && svg.contains("a &amp; b"));
        assert!(svg.contains("&quot;quoted&quot;") && !svg.contains("<script>"));
    }

    #[test]
    fn axes_enclose_their_values() {
        let check = |least, most, expect: &[f64]| assert_eq!(ticks(least, most), expect);
        check(3.0, 40.0, &[2.0, 5.0, 10.0, 20.0, 50.0]);
        check(1.0, 1.0, &[1.0, 2.0]);
        check(0.5, 4_000.0, &[0.5, 1.0, 10.0, 100.0, 1_000.0, 5_000.0]);
        assert_eq!(ticks(f64::INFINITY, f64::MIN_POSITIVE), [1.0, 10.0]);
    }

    #[test]
    fn lines_without_points_are_empty() {
        assert_eq!(lines("t", "x", "y", &[]).into_string(), "");
        let series = Series {
            name: "one".to_owned(),
            points: vec![(5_000.0, 2.0)],
        };
        let svg = lines("t", "x", "y", &[series]).into_string();
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}
