//! The report as one self-contained HTML file.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{
    Report,
    chart::{Bar, Series, bars, lines},
    figure, verdict,
};
use crate::{
    growth::{Keys, Latency},
    number::{grouped, grouped_or_small},
    scene::Scene,
    users::USERS,
};

const STYLE: PreEscaped<&str> = PreEscaped(include_str!("page.css"));

/// The bar charts: a title, the reference's id, and the ids that are shown.
const CONTESTS: [(&str, &str, &[&str]); 6] = [
    (
        "The list, 20 homes as JSON",
        "nginx",
        &["nginx", "bare", "memory", "not-modified"],
    ),
    (
        "The same list, brotli",
        "nginx-br",
        &["nginx-br", "memory-br"],
    ),
    (
        "The list's page, HTML",
        "bare-page",
        &["bare-page", "nginx-page", "page"],
    ),
    (
        "The same page, brotli",
        "nginx-page-br",
        &["nginx-page-br", "page-br"],
    ),
    (
        "From Redis",
        "redis-benchmark",
        &["redis-benchmark", "redis", "redis-one"],
    ),
    (
        "Naive, optimized, cached, and lists that are not cached",
        "naive",
        &["naive", "optimized", "cold", "counted", "cached"],
    ),
];

/// The ids whose throughput is drawn against the number of rows.
const GROWING: [&str; 6] = ["page", "memory", "redis", "counted", "cold", "naive"];

pub(super) fn page(report: &Report) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Hearth: benchmarks" }
                style { (STYLE) }
            }
            body { main {
                h1 { "Benchmarks" }
                (facts(report))
                (targets(report))
                @if let Some(scene) = report.scenes.first() {
                    h2 { "Requests a second" }
                    p.key { i.ours {} "Hearth " i.theirs {} "what it is compared with" }
                    @for (title, reference, ids) in CONTESTS { (contest(scene, title, reference, ids)) }
                    (growth(report, scene))
                }
                (keys(&report.keys))
                @for scene in &report.scenes { (table(scene)) (latencies(scene)) }
            } }
        }
    };
    page.into_string()
}

fn facts(report: &Report) -> Markup {
    html! {
        p.facts {
            (report.processor.as_deref().unwrap_or("unknown processor")) " · " (report.cores)
            " cores, shared by generator, server, PostgreSQL and Redis · " (report.connections)
            " connections · " (report.rounds) " rounds of " (report.seconds) " s each, medians · "
            @if report.release { "release build" }
            @else { "a build that was given, perhaps not a release build" }
            " · " (report.commit.as_deref().unwrap_or_default())
        }
    }
}

fn targets(report: &Report) -> Markup {
    html! {
        h2 { "Targets" }
        div.scroll { table {
            thead { tr { th { "what" } th { "wanted" } th { "measured" } th {} } }
            tbody {
                @for target in &report.targets {
                    @let verdict = verdict(target);
                    tr {
                        td { (target.what) small { (target.detail) } }
                        td { (target.wanted) }
                        td { (figure(target)) }
                        td { span class=(verdict) { (verdict) } }
                    }
                }
            }
        } }
    }
}

fn contest(scene: &Scene, title: &str, reference: &str, ids: &[&str]) -> Markup {
    let row = |id: &str| {
        let row = scene.rows.iter().find(|row| row.id == id);
        row.filter(|row| row.missing.is_none())
    };
    let compared = row(reference).map(|row| row.median.rate);
    let shown = ids.iter().filter_map(|id| row(id)).map(|row| {
        let ratio = compared.filter(|_| row.id != reference);
        let ratio = ratio.map(|compared| format!(" · {:.2}×", row.median.rate / compared));
        Bar {
            label: row.name.to_owned(),
            value: row.median.rate,
            text: format!("{}{}", grouped(row.median.rate), ratio.unwrap_or_default()),
            reference: row.reference || row.id == reference,
        }
    });
    let shown: Vec<Bar> = shown.collect();
    html! {
        @if !shown.is_empty() { (drawing(title, &bars(title, &shown))) }
    }
}

fn drawing(title: &str, chart: &Markup) -> Markup {
    html! { figure { figcaption { (title) } (chart) } }
}

fn growth(report: &Report, first: &Scene) -> Markup {
    let series = |name: &str, cost: &dyn Fn(&Scene) -> Option<f64>| Series {
        name: name.to_owned(),
        points: report
            .scenes
            .iter()
            .filter_map(|scene| Some((scene.stored as f64, cost(scene)?)))
            .collect(),
    };
    let latencies = |p50: fn(&Latency) -> f64| -> Vec<Series> {
        let filters = first.latencies.iter().enumerate();
        filters
            .map(|(at, latency)| series(&latency.filter, &|scene| scene.latencies.get(at).map(p50)))
            .collect()
    };
    let loaded = GROWING.iter().filter_map(|id| {
        let find = |scene: &Scene| scene.rows.iter().position(|row| row.id == *id);
        let cost = |scene: &Scene| Some(1e6 / scene.rows[find(scene)?].median.rate);
        Some(series(first.rows[find(first)?].name, &cost))
    });
    let charts: [(&str, &str, Vec<Series>); 3] = [
        (
            "One cold list page, its count cached",
            "ms, median",
            latencies(|it| it.counted.p50),
        ),
        (
            "One cold list page, counted too",
            "ms, median",
            latencies(|it| it.cold.p50),
        ),
        (
            "Under load: time of the machine for one request",
            "µs",
            loaded.collect(),
        ),
    ];
    html! {
        h2 { "Cost against rows" }
        @for (title, unit, series) in charts {
            (drawing(title, &lines(title, "homes in the table", unit, &series)))
        }
    }
}

fn keys(keys: &[Keys]) -> Markup {
    let series = |name: &str, cost: fn(&Keys) -> f64| Series {
        name: name.to_owned(),
        points: keys
            .iter()
            .map(|keys| (keys.keys as f64, cost(keys)))
            .collect(),
    };
    let series = [
        series("of the machine", |keys| 1e6 / keys.median.rate),
        series("of the server's processor", |keys| keys.median.cpu),
    ];
    let title = "Time of one memory hit, single homes requested out of order";
    html! {
        @if !keys.is_empty() {
            h2 { "Cost against cached answers" }
            (drawing(title, &lines(title, "cached answers", "µs", &series)))
        }
    }
}

fn table(scene: &Scene) -> Markup {
    html! {
        h2 { (grouped(scene.stored as f64)) " homes" }
        p.facts {
            (format_args!("seeded in {:.1} s · ", scene.seeding))
            (grouped((scene.bytes >> 20) as f64)) " MB with indexes · "
            (grouped(scene.listed as f64)) " listed without a filter"
        }
        div.scroll { table {
            thead { tr {
                th {} th { "req/s" } th { "p50 ms" } th { "p99 ms" } th { "bytes" }
                th { "server CPU µs" } th { "behind it µs" } th { "generator" }
            } }
            tbody {
                @for row in &scene.rows {
                    @let it = &row.median;
                    tr {
                        td { (row.name) @if !row.remark().is_empty() { small { (row.remark()) } } }
                        @if row.missing.is_some() {
                            td colspan="7" { "–" }
                        } @else {
                            td { (grouped(it.rate)) }
                            td { (grouped_or_small(it.p50)) }
                            td { (grouped_or_small(it.p99)) }
                            td { (grouped(it.bytes)) }
                            td { (grouped(it.cpu)) }
                            td { (grouped(it.behind)) }
                            td { (format_args!("{:.0}%", it.generator * 100.0)) }
                        }
                    }
                }
            }
        } }
    }
}

/// Lists that are requested alone, and by users who pause.
fn latencies(scene: &Scene) -> Markup {
    let row = |name: &str, millis: &[f64]| {
        html! { tr { td { (name) } @for millis in millis { td { (grouped_or_small(*millis)) } } } }
    };
    html! {
        div.scroll { table {
            thead { tr {
                th { "cold lists, one at a time" } th { "p50 ms" } th { "p99 ms" }
                th { "count known: p50" } th { "p99" }
            } }
            tbody {
                @for it in &scene.latencies {
                    (row(&it.filter, &[it.cold.p50, it.cold.p99, it.counted.p50, it.counted.p99]))
                }
            }
        } }
        div.scroll { table {
            thead { tr {
                th { (USERS) " users who pause for one to two seconds" } th { "mean ms" } th { "p99 ms" }
            } }
            tbody {
                @for it in &scene.users {
                    (row(&format!("{}, {} views", it.path, it.views), &[it.mean, it.p99]))
                }
            }
        } }
    }
}
