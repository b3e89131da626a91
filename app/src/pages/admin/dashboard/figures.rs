//! The numbers of everything, over time too.

use leptos::prelude::*;

use super::table::{Table, number, rate};
use crate::{
    components::{Chart, ChartLine, Scale},
    dashboard::{Dashboard, Percentiles, Point, percent},
    text::{self, bytes, counted, grouped, micros},
};

/// One number, large, and what it is of.
fn figure(name: &'static str, value: String, of: String) -> impl IntoView + use<> {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>
                <strong>{value}</strong>
                <span class="muted">{of}</span>
            </dd>
        </div>
    }
}

pub(super) fn figures(dashboard: &Dashboard) -> impl IntoView + use<> {
    let totals = &dashboard.totals;
    let none = || "–".to_owned();
    let a_second = |count: u64| rate(count as f64 / dashboard.seconds.max(1) as f64) + " a second";
    let node = &dashboard.node;
    let lease = if node.lease { "lease held" } else { "no lease" };
    let spelled = &dashboard.spellings;
    view! {
        <p class="muted">
            "In " {dashboard.period()} ". This node has followed the log to revision " {grouped(node.revision)} "; " {lease} "."
        </p>
        <dl class="figures">
            {figure(
                "From memory",
                percent(totals.from_memory, totals.answers).unwrap_or_else(none),
                format!("of {}", counted(totals.answers, "answer", "answers")),
            )}
            {figure(
                "From the shared tier",
                percent(totals.from_shared, totals.answers).unwrap_or_else(none),
                counted(totals.from_shared, "answer", "answers"),
            )}
            {figure("Requests", grouped(totals.requests), a_second(totals.requests))}
            {figure("Loads", grouped(totals.loads), a_second(totals.loads))}
            {figure("Statements", grouped(totals.queries), a_second(totals.queries))}
            {figure(
                "Prefetches",
                grouped(totals.prefetches),
                match percent(totals.prefetches_from_memory, totals.prefetches) {
                    Some(share) => format!("{share} from memory"),
                    None => "counted apart from requests".to_owned(),
                },
            )}
            {figure(
                "Memory",
                bytes(node.memory),
                format!(
                    "{} of {}",
                    percent(node.memory, node.memory_limit).unwrap_or_else(none),
                    bytes(node.memory_limit),
                ),
            )}
            {figure(
                "Loads saved",
                grouped(spelled.saved_loads),
                format!(
                    "{} of {}",
                    counted(spelled.spellings, "other spelling", "other spellings"),
                    counted(spelled.questions as u64, "question", "questions"),
                ),
            )}
        </dl>
        <dl class="counts">
            {[
                ("Joined another request's load", totals.joined),
                ("Waited for another node's load", totals.fleet_waits),
                ("Refreshed while served", totals.refreshes),
                ("of these, early", totals.early_refreshes),
                ("Evicted from memory", totals.evictions),
                ("Missed because evicted", totals.missed_evicted),
                ("Missed because expired", totals.missed_expired),
                ("Served while cut off", totals.cut_off),
                ("Refused", totals.refused),
                ("Without an answer", totals.unanswered),
            ]
                .map(|(name, count)| {
                    view! {
                        <div>
                            <dt>{name}</dt>
                            <dd>{grouped(count)}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}

pub(super) fn charts(dashboard: &Dashboard) -> impl IntoView + use<> {
    let points = &dashboard.points;
    let line = |name, value: fn(&Point) -> Option<f64>| ChartLine {
        name,
        values: points.iter().map(value).collect(),
    };
    let first = points
        .first()
        .map_or(0, |first| dashboard.at.saturating_sub(first.at));
    let begin = format!("{} ago", text::span(first / 1_000));
    view! {
        <div class="charts">
            <Chart
                title="A second"
                scale=Scale::Linear
                words=rate
                begin=begin.clone()
                lines=vec![
                    line("Requests", |point| Some(point.requests)),
                    line("Loads", |point| Some(point.loads)),
                    line("Statements", |point| Some(point.queries)),
                ]
            />
            <Chart
                title="Share of answers"
                scale=Scale::Share
                words=text::percent
                begin=begin.clone()
                lines=vec![
                    line("From memory", |point| point.from_memory),
                    line("From either tier", |point| point.from_tiers),
                ]
            />
            <Chart
                title="95 % took at most"
                scale=Scale::Logarithmic
                words=|value| micros(value as u64)
                begin=begin
                lines=vec![
                    line("Hits", |point| point.hit.map(|micros| micros as f64)),
                    line("Misses", |point| point.miss.map(|micros| micros as f64)),
                    line("Loads", |point| point.load.map(|micros| micros as f64)),
                ]
            />
        </div>
    }
}

pub(super) fn times(dashboard: &Dashboard) -> impl IntoView + use<> {
    let rows = [
        ("Hits", dashboard.times.hits),
        ("Misses", dashboard.times.misses),
        ("Loads", dashboard.times.loads),
    ];
    let rows = rows.map(|(name, times): (_, Percentiles)| {
        let cells = [times.p50, times.p95, times.p99].map(|time| number(time.map(micros)));
        view! {
            <tr>
                <th scope="row">{name}</th>
                {number(Some(grouped(times.count)))}
                {cells.collect_view()}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Table heads=vec!["What", "Number", "Half", "95 %", "99 %"] numbers=1>
            {rows}
        </Table>
    }
}
