//! The performance targets.

use serde::Serialize;

use super::{
    growth::Weight,
    sample::{Sample, ratio},
    scene::{Row, Scene},
};

/// The sizes that growth is judged between.
const SMALL: u64 = 5_000;
const LARGE: u64 = 1_000_000;

#[derive(Serialize, Clone)]
pub(super) struct Target {
    pub(super) what: &'static str,
    pub(super) wanted: String,
    /// `None` if the necessary measurements are missing.
    pub(super) figure: Option<f64>,
    pub(super) reached: Option<bool>,
    pub(super) detail: String,
}

#[derive(Clone, Copy)]
pub(super) enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

impl Bound {
    fn holds(self, figure: f64) -> bool {
        match self {
            Self::AtLeast(bound) => figure >= bound,
            Self::AtMost(bound) => figure <= bound,
        }
    }

    fn words(self) -> String {
        match self {
            Self::AtLeast(bound) => format!("≥ {bound}"),
            Self::AtMost(bound) => format!("≤ {bound}"),
        }
    }
}

impl Target {
    pub(super) fn new(
        what: &'static str,
        bound: Bound,
        figure: Option<f64>,
        detail: String,
    ) -> Self {
        Self {
            what,
            wanted: bound.words(),
            figure,
            reached: figure.map(|figure| bound.holds(figure)),
            detail,
        }
    }
}

/// All targets of the report. The first scene has the references; `inside` was judged elsewhere.
pub(super) fn all(scenes: &[Scene], inside: &[Target], weighed: Option<&Weight>) -> Vec<Target> {
    use Bound::{AtLeast, AtMost};
    let Some(first) = scenes.first() else {
        return Vec::new();
    };
    let by_rate = |what, one, other, bound| {
        let (figure, detail) = compare(first, one, other, |sample| sample.rate, "req/s");
        Target::new(what, bound, figure, detail)
    };
    let (cpu, detail) = compare(first, "memory", "bare", |sample| sample.cpu, "µs");
    let mut targets = vec![
        by_rate(
            "memory hit against nginx serving the same file",
            "memory",
            "nginx",
            AtLeast(0.9),
        ),
        by_rate(
            "memory hit, brotli, against nginx serving the compressed file",
            "memory-br",
            "nginx-br",
            AtLeast(0.95),
        ),
        by_rate(
            "memory hit by GraphQL against one of the REST API",
            "graphql",
            "memory",
            AtLeast(0.5),
        ),
        by_rate(
            "memory hit against a bare axum handler",
            "memory",
            "bare",
            AtLeast(0.95),
        ),
        Target::new(
            "processor time of a memory hit against a bare axum handler's",
            AtMost(1.1),
            cpu,
            detail,
        ),
        // One key, as redis-benchmark requests, and many, whose loads cannot be shared.
        by_rate(
            "redis hit, one list, against redis-benchmark GET of that size",
            "redis-one",
            "redis-benchmark",
            AtLeast(0.7),
        ),
        by_rate(
            "redis hit, 100 lists in turn, against redis-benchmark GET of that size",
            "redis",
            "redis-benchmark",
            AtLeast(0.7),
        ),
        by_rate(
            "page hit (HTML) against a bare axum handler",
            "page",
            "bare-page",
            AtLeast(0.9),
        ),
        by_rate(
            "optimized list against naive",
            "optimized",
            "naive",
            AtLeast(8.0),
        ),
    ];
    targets.push(growth(scenes));
    targets.extend_from_slice(inside);
    targets.extend(weighed.map(weight));
    targets
}

/// The memory that cached lists take.
fn weight(weight: &Weight) -> Target {
    Target::new(
        "memory of a cached list against its encodings",
        Bound::AtMost(1.3),
        Some(weight.resident as f64 / weight.bytes as f64),
        format!(
            "{} lists, identity and Brotli: {:.1} MB more in memory for {:.1} MB",
            weight.lists,
            weight.resident as f64 / 1e6,
            weight.bytes as f64 / 1e6
        ),
    )
}

fn compare(
    scene: &Scene,
    one: &str,
    other: &str,
    figure: fn(&Sample) -> f64,
    unit: &str,
) -> (Option<f64>, String) {
    let row = |id: &str| scene.rows.iter().find(|row| row.id == id);
    let (Some(one), Some(other)) = (row(one), row(other)) else {
        return (None, "not measured".to_owned());
    };
    let missing = |row: &Row| {
        row.missing
            .as_ref()
            .map(|why| format!("{}: {why}", row.name))
    };
    if let Some(why) = missing(one).or_else(|| missing(other)) {
        return (None, why);
    }
    let detail = format!(
        "{:.0} against {:.0} {unit}",
        figure(&one.median),
        figure(&other.median)
    );
    (ratio(&one.rounds, &other.rounds, figure), detail)
}

/// Judges the common filter whose latency grows most.
fn growth(scenes: &[Scene]) -> Target {
    let scene = |stored: u64| scenes.iter().find(|scene| scene.stored == stored);
    let what = "cold list page at 1,000,000 rows against 5,000, count cached";
    let bound = Bound::AtMost(3.0);
    let (Some(small), Some(large)) = (scene(SMALL), scene(LARGE)) else {
        return Target::new(what, bound, None, "not measured at both sizes".to_owned());
    };
    let pairs = small.latencies.iter().zip(&large.latencies);
    let details: Vec<String> = pairs
        .clone()
        .map(|(small, large)| {
            format!(
                "{}: {:.1} to {:.1} ms, cold count {:.1} to {:.1} ms",
                small.filter, small.counted.p50, large.counted.p50, small.cold.p50, large.cold.p50
            )
        })
        .collect();
    let worst = pairs
        .filter(|(small, _)| small.common)
        .map(|(small, large)| large.counted.p50 / small.counted.p50)
        .max_by(f64::total_cmp);
    Target::new(what, bound, worst, details.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &'static str, rates: &[f64]) -> Row {
        let samples = rates.iter().map(|&rate| Sample {
            rate,
            ..Sample::default()
        });
        Row::new(id, id, false, samples.collect())
    }

    #[test]
    fn ratios_are_judged() {
        let scene = Scene {
            rows: vec![
                row("memory", &[95.0, 40.0]),
                row("nginx", &[100.0, 50.0]),
                row("optimized", &[79.0]),
                row("naive", &[10.0]),
            ],
            ..Scene::default()
        };
        let targets = all(&[scene], &[], None);
        let check = |what: &str, figure: Option<f64>, reached| {
            let target = targets.iter().find(|target| target.what.starts_with(what));
            let target = target.unwrap();
            assert_eq!((target.figure, target.reached), (figure, reached), "{what}");
        };
        check("memory hit against nginx", Some(0.875), Some(false));
        check("optimized", Some(7.9), Some(false));
        check("redis hit", None, None);
        check("cold list", None, None);
    }
}
