//! The report as one HTML file that needs no other.

use std::fmt::Write as _;

use super::{
    Report,
    chart::{Bar, Series, bars, escape, lines},
    figure, verdict,
};
use crate::{
    growth::Keys,
    number::{grouped, grouped_or_small},
    scene::{Row, Scene},
    users::USERS,
};

const STYLE: &str = include_str!("page.css");

/// What stands in one chart: a title, the reference's id, and who is shown.
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
        "Naive, optimized, cached, and lists that nobody has asked for",
        "naive",
        &["naive", "optimized", "cold", "counted", "cached"],
    ),
];

/// Whose throughput is drawn against the number of rows.
const GROWING: [&str; 6] = ["page", "memory", "redis", "counted", "cold", "naive"];

pub(super) fn page(report: &Report) -> String {
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>Hearth: benchmarks</title><style>{STYLE}</style><main><h1>Benchmarks</h1>"
    );
    html += &facts(report);
    html += &targets(report);
    if let Some(scene) = report.scenes.first() {
        html += "<h2>Requests a second</h2><p class=\"key\"><i class=\"ours\"></i>Hearth \
                 <i class=\"theirs\"></i>what it is compared with</p>";
        for (title, reference, ids) in CONTESTS {
            html += &contest(scene, title, reference, ids);
        }
    }
    html += &growth(report);
    html += &keys(report);
    for scene in &report.scenes {
        html += &table(scene);
    }
    html + "</main></html>\n"
}

fn facts(report: &Report) -> String {
    let processor = report.processor.as_deref().unwrap_or("unknown processor");
    let build = if report.release {
        "release build"
    } else {
        "a build that was given, perhaps not a release build"
    };
    format!(
        "<p class=\"facts\">{} · {} cores, shared by generator, server, PostgreSQL and Redis · {} connections · \
         {} rounds of {} s each, medians · {build} · {}</p>",
        escape(processor),
        report.cores,
        report.connections,
        report.rounds,
        report.seconds,
        escape(report.commit.as_deref().unwrap_or_default())
    )
}

fn targets(report: &Report) -> String {
    let rows: String = report
        .targets
        .iter()
        .map(|target| {
            let verdict = verdict(target);
            format!(
                "<tr><td>{}<small>{}</small></td><td>{}</td><td>{}</td>\
                 <td><span class=\"{verdict}\">{verdict}</span></td></tr>",
                escape(target.what),
                escape(&target.detail),
                target.wanted,
                figure(target)
            )
        })
        .collect();
    format!(
        "<h2>Targets</h2><div class=\"scroll\"><table><thead><tr><th>what</th><th>wanted</th><th>measured</th>\
         <th></th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
}

fn contest(scene: &Scene, title: &str, reference: &str, ids: &[&str]) -> String {
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
    if shown.is_empty() {
        return String::new();
    }
    format!(
        "<figure><figcaption>{}</figcaption>{}</figure>",
        escape(title),
        bars(title, &shown)
    )
}

fn growth(report: &Report) -> String {
    let points = |cost: &dyn Fn(&Scene) -> Option<f64>| -> Vec<(f64, f64)> {
        let costs = report.scenes.iter();
        costs
            .filter_map(|scene| Some((scene.stored as f64, cost(scene)?)))
            .collect()
    };
    let Some(first) = report.scenes.first() else {
        return String::new();
    };
    let mut alone = Vec::new();
    for (at, latency) in first.latencies.iter().enumerate() {
        alone.push(Series {
            name: latency.filter.clone(),
            points: points(&|scene| Some(scene.latencies.get(at)?.counted.p50)),
        });
    }
    let counting: Vec<Series> = first
        .latencies
        .iter()
        .enumerate()
        .map(|(at, latency)| Series {
            name: latency.filter.clone(),
            points: points(&|scene| Some(scene.latencies.get(at)?.cold.p50)),
        })
        .collect();
    let loaded: Vec<Series> = GROWING
        .iter()
        .filter_map(|id| {
            let row = |scene: &Scene| -> Option<f64> {
                let row = scene.rows.iter().find(|row| row.id == *id)?;
                Some(1e6 / row.median.rate)
            };
            let found: Option<&Row> = first.rows.iter().find(|row| row.id == *id);
            Some(Series {
                name: found?.name.to_owned(),
                points: points(&row),
            })
        })
        .collect();
    let mut html = "<h2>Cost against rows</h2>".to_owned();
    for (title, unit, series) in [
        (
            "One cold list page, its count remembered",
            "ms, median",
            &alone,
        ),
        ("One cold list page, counted too", "ms, median", &counting),
        (
            "Under load: time of the machine for one request",
            "µs",
            &loaded,
        ),
    ] {
        let _ = write!(
            html,
            "<figure><figcaption>{title}</figcaption>{}</figure>",
            lines(title, "homes in the table", unit, series)
        );
    }
    html
}

fn keys(report: &Report) -> String {
    if report.keys.is_empty() {
        return String::new();
    }
    let points = |cost: fn(&Keys) -> f64| {
        let keys = report.keys.iter();
        keys.map(|keys| (keys.keys as f64, cost(keys))).collect()
    };
    let series = [
        Series {
            name: "of the machine".to_owned(),
            points: points(|keys| 1e6 / keys.median.rate),
        },
        Series {
            name: "of the server's processor".to_owned(),
            points: points(|keys| keys.median.cpu),
        },
    ];
    let title = "Time of one memory hit, single homes asked for out of order";
    format!(
        "<h2>Cost against remembered answers</h2><figure><figcaption>{title}</figcaption>{}</figure>",
        lines(title, "answers remembered", "µs", &series)
    )
}

fn table(scene: &Scene) -> String {
    let mut html = format!(
        "<h2>{} homes</h2><p class=\"facts\">seeded in {:.1} s · {} MB with indexes · {} listed without a filter</p>\
         <div class=\"scroll\"><table><thead><tr><th></th><th>req/s</th><th>p50 ms</th><th>p99 ms</th><th>bytes</th>\
         <th>server CPU µs</th><th>behind it µs</th><th>generator</th></tr></thead><tbody>",
        grouped(scene.stored as f64),
        scene.seeding,
        grouped((scene.bytes >> 20) as f64),
        grouped(scene.listed as f64)
    );
    for row in &scene.rows {
        let it = &row.median;
        let remark = match row.remark() {
            "" => String::new(),
            remark => format!("<small>{}</small>", escape(remark)),
        };
        // Writing to a string cannot fail.
        let _ = if row.missing.is_some() {
            write!(
                html,
                "<tr><td>{}{remark}</td><td colspan=\"7\">–</td></tr>",
                escape(row.name)
            )
        } else {
            write!(
                html,
                "<tr><td>{}{remark}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{:.0}%</td></tr>",
                escape(row.name),
                grouped(it.rate),
                grouped_or_small(it.p50),
                grouped_or_small(it.p99),
                grouped(it.bytes),
                grouped(it.cpu),
                grouped(it.behind),
                it.generator * 100.0
            )
        };
    }
    html += "</tbody></table></div>";
    html + &latencies(scene)
}

/// Lists that are asked for alone, and by users who pause.
fn latencies(scene: &Scene) -> String {
    let row = |name: &str, millis: &[f64]| {
        let cells: String = millis
            .iter()
            .map(|millis| format!("<td>{}</td>", grouped_or_small(*millis)))
            .collect();
        format!("<tr><td>{}</td>{cells}</tr>", escape(name))
    };
    let alone = scene.latencies.iter();
    let alone: String = alone
        .map(|it| {
            let [cold, counted] = [it.cold, it.counted];
            row(&it.filter, &[cold.p50, cold.p99, counted.p50, counted.p99])
        })
        .collect();
    let users = scene.users.iter();
    let users: String = users
        .map(|it| {
            row(
                &format!("{}, {} views", it.path, it.views),
                &[it.mean, it.p99],
            )
        })
        .collect();
    format!(
        "<div class=\"scroll\"><table><thead><tr><th>cold lists, one at a time</th><th>p50 ms</th>\
         <th>p99 ms</th><th>count known: p50</th><th>p99</th></tr></thead><tbody>{alone}</tbody>\
         </table></div><div class=\"scroll\"><table><thead><tr><th>{USERS} users who pause for one to \
         two seconds</th><th>mean ms</th><th>p99 ms</th></tr></thead><tbody>{users}</tbody></table></div>"
    )
}
