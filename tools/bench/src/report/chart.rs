//! Charts as SVG. Colours are classes, which the page's style sheet gives to light and dark.

use std::fmt::Write as _;

use crate::number::{grouped, grouped_or_small};

/// Text as it may stand in XML, in an attribute too.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

pub(super) struct Bar {
    pub(super) label: String,
    pub(super) value: f64,
    /// What stands behind the bar.
    pub(super) text: String,
    pub(super) reference: bool,
}

/// Horizontal bars on one scale.
pub(super) fn bars(title: &str, bars: &[Bar]) -> String {
    const ROW: usize = 28;
    const LEFT: f64 = 250.0;
    const LONGEST: f64 = 330.0;
    let most = bars
        .iter()
        .map(|bar| bar.value)
        .fold(f64::MIN_POSITIVE, f64::max);
    let mut svg = open(title, 720, bars.len() * ROW + 6);
    for (at, bar) in bars.iter().enumerate() {
        let middle = at * ROW + ROW / 2 + 3;
        let length = (bar.value / most * LONGEST).max(1.5);
        let class = if bar.reference { "theirs" } else { "ours" };
        // Writing to a string cannot fail.
        let _ = write!(
            svg,
            "<text class=\"label\" x=\"{:.0}\" y=\"{middle}\">{}</text>\
             <rect class=\"{class}\" x=\"{LEFT}\" y=\"{}\" width=\"{length:.1}\" height=\"16\" rx=\"3\"/>\
             <text class=\"value\" x=\"{:.1}\" y=\"{middle}\">{}</text>",
            LEFT - 10.0,
            escape(&bar.label),
            middle - 8,
            LEFT + length + 8.0,
            escape(&bar.text)
        );
    }
    svg + "</svg>"
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

/// A scale on which equal factors are equal distances.
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

/// Lines of cost against size, both on logarithmic scales.
pub(super) fn lines(title: &str, x_label: &str, y_label: &str, series: &[Series]) -> String {
    let all = || series.iter().flat_map(|series| &series.points);
    let mut sizes: Vec<f64> = all().map(|point| point.0).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.dedup();
    let costs = || all().map(|point| point.1).filter(|cost| *cost > 0.0);
    let (Some(&least), Some(&most)) = (sizes.first(), sizes.last()) else {
        return String::new();
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
    let mut svg = open(title, WIDTH as usize, HEIGHT as usize);
    // Writing to a string cannot fail.
    for tick in &ticks {
        let at = y.place(*tick);
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
             <text class=\"tick end\" x=\"{}\" y=\"{at:.1}\">{}</text>",
            LEFT - 8.0,
            grouped_or_small(*tick)
        );
    }
    for size in &sizes {
        let _ = write!(
            svg,
            "<text class=\"tick middle\" x=\"{:.1}\" y=\"{}\">{}</text>",
            x.place(*size),
            BOTTOM + 18.0,
            grouped(*size)
        );
    }
    let _ = write!(
        svg,
        "<text class=\"axis middle\" x=\"{:.1}\" y=\"{}\">{}</text>\
         <text class=\"axis middle\" transform=\"translate(14 {:.1}) rotate(-90)\">{}</text>",
        f64::midpoint(LEFT, RIGHT),
        HEIGHT - 10.0,
        escape(x_label),
        f64::midpoint(TOP, BOTTOM),
        escape(y_label)
    );
    let mut ends = Vec::new();
    for (number, series) in series.iter().enumerate() {
        let points: Vec<(f64, f64)> = series
            .points
            .iter()
            .filter(|point| point.1 > 0.0)
            .map(|point| (x.place(point.0), y.place(point.1)))
            .collect();
        let path: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let _ = write!(
            svg,
            "<polyline class=\"line s{number}\" points=\"{}\"/>",
            path.join(" ")
        );
        for ((x, y), point) in points.iter().zip(&series.points) {
            let _ = write!(
                svg,
                "<circle class=\"dot s{number}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\">\
                 <title>{}: {}</title></circle>",
                escape(&series.name),
                grouped_or_small(point.1)
            );
        }
        if let Some((_, y)) = points.last() {
            ends.push((*y, number, &series.name));
        }
    }
    // Each line is named where it ends; names make room for each other.
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut free = TOP;
    for (at, number, name) in ends {
        let at = at.max(free);
        free = at + 17.0;
        let _ = write!(
            svg,
            "<text class=\"name s{number}\" x=\"{}\" y=\"{at:.1}\">{}</text>",
            RIGHT + 10.0,
            escape(name)
        );
    }
    svg + "</svg>"
}

/// Steps of 1, 2 and 5 from below the least to above the most.
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
    // Over many decades the ones are enough.
    if steps.len() > 9 {
        let ends = (steps[0], steps[steps.len() - 1]);
        let tens = |step: &f64| (step.log10() - step.log10().round()).abs() < 1e-9;
        let kept = |step: &&f64| tens(step) || **step == ends.0 || **step == ends.1;
        return steps.iter().filter(kept).copied().collect();
    }
    steps.to_vec()
}

fn open(title: &str, width: usize, height: usize) -> String {
    let title = escape(title);
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{title}\">\
         <title>{title}</title>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_be_markup() {
        let check = |text: &str, expect: &str| assert_eq!(escape(text), expect);
        check("nginx, 50 kB", "nginx, 50 kB");
        check(
            "<b a=\"1\" c='2'>&",
            "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;",
        );
        let bar = Bar {
            label: "<script>".to_owned(),
            value: 1.0,
            text: "a & b".to_owned(),
            reference: false,
        };
        let svg = bars("\"quoted\"", &[bar]);
        assert!(svg.contains("&lt;script&gt;") && svg.contains("a &amp; b"));
        assert!(svg.contains("&quot;quoted&quot;") && !svg.contains("<script>"));
    }

    #[test]
    fn axes_reach_around_what_they_show() {
        let check = |least, most, expect: &[f64]| assert_eq!(ticks(least, most), expect);
        check(3.0, 40.0, &[2.0, 5.0, 10.0, 20.0, 50.0]);
        check(1.0, 1.0, &[1.0, 2.0]);
        check(0.5, 4_000.0, &[0.5, 1.0, 10.0, 100.0, 1_000.0, 5_000.0]);
        assert_eq!(ticks(f64::INFINITY, f64::MIN_POSITIVE), [1.0, 10.0]);
    }

    #[test]
    fn lines_without_points_are_nothing() {
        assert_eq!(lines("t", "x", "y", &[]), "");
        let series = Series {
            name: "one".to_owned(),
            points: vec![(5_000.0, 2.0)],
        };
        let svg = lines("t", "x", "y", &[series]);
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}
