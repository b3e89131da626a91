//! The page that shows how a node has done.

use leptos::{prelude::*, tachys::view::RenderHtml};
use leptos_cached::Fault;
use site::Admin;

use super::{admin_page, editor_of, notice};
use crate::{
    Insight, Request,
    components::{Bar, Chart, ChartLine, Icon, Scale, failure},
    dashboard::{
        Advice, Bars, Dashboard, EditCause, Kind, Node, Percentiles, Point, SharedState, percent,
    },
    islands::LiveDashboard,
    text::{self, bytes, counted, grouped, micros},
};

/// The dashboard; live where scripts run.
pub(crate) fn dashboard(request: Request) -> AnyView {
    let editor = match editor_of(&request) {
        Ok(editor) => editor,
        Err(answer) => return answer,
    };
    let Some(Insight::Dashboard(dashboard)) = &editor.insight else {
        return failure(&request, &Fault::Unavailable);
    };
    let parts = parts(dashboard);
    let main = view! {
        <div class="section-head">
            <h1>"Dashboard"</h1>
            <p class="muted">"How this node has done in the last hour, at most."</p>
        </div>
        <LiveDashboard events=Admin::DASHBOARD_EVENTS.to_owned()>{parts}</LiveDashboard>
    };
    admin_page(&request, &editor, "Dashboard", main)
}

/// The content of the page as HTML, for those who watch it.
pub fn content(dashboard: &Dashboard) -> String {
    Owner::new().with(|| parts(dashboard).to_html())
}

/// The sections, each with an id by which it is replaced.
fn parts(dashboard: &Dashboard) -> AnyView {
    view! {
        <section id="advice" aria-label="Advice">{advice(&dashboard.advice)}</section>
        <section id="figures" aria-label="Figures">{figures(dashboard)}</section>
        <section id="charts" aria-label="Charts">{charts(dashboard)}</section>
        <section id="times" aria-labelledby="times-head">
            <h2 id="times-head">"How long it took"</h2>
            {times(dashboard)}
        </section>
        <section id="kinds" aria-labelledby="kinds-head">
            <h2 id="kinds-head">"By kind of question"</h2>
            {kinds(&dashboard.kinds)}
        </section>
        <section id="edits" aria-labelledby="edits-head">
            <h2 id="edits-head">"What edits did"</h2>
            {edits(dashboard)}
        </section>
        <section id="keys" aria-labelledby="keys-head">
            <h2 id="keys-head">"Keys"</h2>
            {keys(dashboard)}
        </section>
        <section id="fleet" aria-labelledby="fleet-head">
            <h2 id="fleet-head">"Nodes and Redis"</h2>
            {fleet(dashboard)}
        </section>
    }
    .into_any()
}

fn advice(advice: &[Advice]) -> AnyView {
    if advice.is_empty() {
        return notice(true, "Nothing needs attention.").into_any();
    }
    let one = |advice: &Advice| {
        let class = if advice.urgent {
            "advice urgent"
        } else {
            "advice"
        };
        view! {
            <li class=class id=format!("advice-{}", advice.name)>
                <Icon name="circle-alert" />
                <div>
                    <strong>{with_code(&advice.title)}</strong>
                    <p>{with_code(&advice.text)}</p>
                </div>
            </li>
        }
    };
    view! { <ul class="advices">{advice.iter().map(one).collect_view()}</ul> }.into_any()
}

/// A text in which backquotes enclose code.
fn with_code(text: &str) -> impl IntoView + use<> {
    let parts = text.split('`').map(ToOwned::to_owned).enumerate();
    let parts = parts.map(|(place, part)| match place % 2 {
        0 => part.into_any(),
        _ => view! { <code>{part}</code> }.into_any(),
    });
    parts.collect_view()
}

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

fn figures(dashboard: &Dashboard) -> impl IntoView + use<> {
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

fn charts(dashboard: &Dashboard) -> impl IntoView + use<> {
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

fn times(dashboard: &Dashboard) -> impl IntoView + use<> {
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

fn kinds(kinds: &[Kind]) -> impl IntoView + use<> {
    let rows = kinds.iter().map(|kind| {
        let missed = kind.answers - kind.from_memory;
        let saved = text::span(kind.saved / 1_000);
        view! {
            <tr>
                <th scope="row">
                    {kind.catalogue.clone()} " " <span class="muted">{kind.kind.clone()}</span>
                    {kind.advice.clone().map(|advice| view! { <p class="worth">{advice}</p> })}
                </th>
                {number(Some(grouped(kind.answers)))}
                {share(kind.from_memory, kind.answers)}
                {number(percent(kind.stale_in_memory, kind.answers))}
                {number(percent(kind.from_shared, missed))}
                {number(percent(kind.stale_in_shared, missed))}
                <td>{kind.reason.unwrap_or("–")}</td>
                {number(kind.hit.map(micros))}
                {number(kind.load.map(micros))}
                {number(Some(saved))}
                {number(Some(grouped(kind.entries as u64)))}
                {number(Some(bytes(kind.bytes)))}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Table
            heads=vec![
                "Question",
                "Answers",
                "From memory",
                "Stale in memory",
                "From shared",
                "Stale in shared",
                "Most misses",
                "Hit",
                "Load",
                "Time saved",
                "Entries",
                "Memory",
            ]
            numbers=1
        >
            {rows}
        </Table>
        <p class="muted">
            "Shared is Redis, or its stand-in in this process; its shares are of what memory did not have. Stale: there was an answer, but an edit had \
            outdated it, or it had expired. Time saved: the hits, times what a load takes longer than a hit."
        </p>
    }
}

fn edits(dashboard: &Dashboard) -> impl IntoView + use<> {
    let edits = &dashboard.edits;
    let precision = match percent(edits.changed, edits.reloads) {
        Some(share) => format!(
            "{} because of an edit, of which {share} were different from before.",
            counted(
                edits.reloads,
                "answer was loaded again",
                "answers were loaded again"
            ),
        ),
        None => "No answer was loaded again because of an edit.".to_owned(),
    };
    let cause = |cause: &EditCause| {
        view! {
            <tr>
                <th scope="row">{cause.what()}</th>
                <td>{cause.who().to_owned()}</td>
                {number(Some(grouped(cause.rows)))}
                {number(Some(grouped(cause.reloads)))}
                {share(cause.reloads - cause.same, cause.reloads)}
            </tr>
        }
    };
    let causes = (!edits.causes.is_empty()).then(|| {
        let rows = edits.causes.iter().map(cause).collect_view();
        view! {
            <Table heads=vec!["Edits", "By", "Rows", "Loaded again", "Different"] numbers=2>
                {rows}
            </Table>
        }
    });
    let served = edits.served.iter().map(|bars| {
        let road = match &*bars.name {
            "form" => "First served: edits by forms here",
            "api" => "First served: edits by the API here",
            "other node" => "First served: edits on other nodes",
            _ => "First served: unsigned edits, by SQL",
        };
        histogram(road, bars)
    });
    view! {
        <p>{precision}</p>
        {causes}
        <div class="charts">
            {histogram("Seen by this node after", &edits.followed)}
            {served.collect_view()}
        </div>
        <p class="muted">
            "From when an edit was logged until this node knew of it, and until it first served an answer that the \
            edit had changed: soon only if somebody requests one soon."
        </p>
    }
}

/// Steps below this, in seconds, are shown as one.
const FINEST: f64 = 0.001;

fn histogram(title: &'static str, bars: &Bars) -> AnyView {
    let total = bars.total();
    if total == 0 {
        return ().into_any();
    }
    let fine = bars
        .bars
        .iter()
        .filter(|(end, _)| end.is_some_and(|end| end <= FINEST));
    let fine = (Some(FINEST), fine.map(|(_, count)| count).sum());
    let coarse = bars
        .bars
        .iter()
        .filter(|(end, _)| end.is_none_or(|end| end > FINEST));
    let rows = std::iter::once(&fine).chain(coarse).map(|(end, count)| {
        let end = match end {
            Some(end) if *end < 1.0 => format!("≤ {:.0} ms", end * 1e3),
            Some(end) => format!("≤ {end:.0} s"),
            None => "longer".to_owned(),
        };
        view! {
            <tr>
                <th scope="row">{end}</th>
                <td class="number">{grouped(*count)}</td>
                <td>
                    <Bar share=*count as f64 / total as f64 />
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <figure class="chart">
            <figcaption>{title}</figcaption>
            <table class="histogram">
                <tbody>{rows}</tbody>
            </table>
        </figure>
    }
    .into_any()
}

fn keys(dashboard: &Dashboard) -> impl IntoView + use<> {
    let row = |key: &str, url: &str, value: String| {
        view! {
            <tr>
                <th scope="row">
                    <a class="key" href=Admin::inspect(url)>{key.to_owned()}</a>
                </th>
                {number(Some(value))}
            </tr>
        }
    };
    let hottest = dashboard.hottest.iter();
    let hottest = hottest.map(|one| row(&one.key, &one.url, grouped(one.times)));
    let hottest = hottest.collect_view();
    let biggest = dashboard.biggest.iter();
    let biggest = biggest.map(|one| row(&one.key, &one.url, bytes(one.bytes)));
    let biggest = biggest.collect_view();
    view! {
        <div class="pair">
            <Table heads=vec!["Requested most", "Times"] numbers=1>
                {hottest}
            </Table>
            <Table heads=vec!["Biggest in memory", "Size"] numbers=1>
                {biggest}
            </Table>
        </div>
    }
}

fn fleet(dashboard: &Dashboard) -> impl IntoView + use<> {
    let node = |node: &Node| {
        let (word, class) = match node.alive {
            Some(true) => ("alive", "state ok"),
            Some(false) => ("silent", "state bad"),
            None => ("…", "state"),
        };
        let millis = |millis: Option<u64>| number(millis.map(|millis| micros(millis * 1_000)));
        view! {
            <tr>
                <th scope="row">
                    <code>{node.id.clone()}</code>
                    {node.is_this.then_some(" (this node)")}
                </th>
                <td class=class>{word}</td>
                {number(Some(grouped(node.revision)))}
                {number(Some(grouped(node.behind)))}
                {millis(node.reached_in)}
                {millis(node.reached_in_at_most)}
            </tr>
        }
    };
    let nodes = match &dashboard.nodes {
        Some(nodes) => {
            let rows = nodes.iter().map(node).collect_view();
            view! {
                <Table heads=vec!["Node", "State", "Revision", "Behind", "Acknowledges in", "At most"] numbers=2>
                    {rows}
                </Table>
            }
            .into_any()
        }
        None => notice(
            false,
            "The database does not answer, so the nodes cannot be listed.",
        )
        .into_any(),
    };
    let shared = &dashboard.shared;
    let redis = match (&shared.state, shared.is_redis) {
        _ if shared.down => "Redis does not answer: the breaker is open.".to_owned(),
        (Some(state), _) => redis(state),
        (None, true) => "Redis does not say how it is.".to_owned(),
        (None, false) => "There is no Redis: the shared tier is in this process.".to_owned(),
    };
    view! {
        {nodes}
        <p>{redis}</p>
    }
}

fn redis(state: &SharedState) -> String {
    let used = match state.limit {
        Some(limit) => format!("{} of {}", bytes(state.used), bytes(limit)),
        None => format!("{}, without a limit", bytes(state.used)),
    };
    format!(
        "The breaker is closed. Redis uses {used}; its policy is {}, and it has evicted {}.",
        state.policy,
        counted(state.evicted, "entry", "entries")
    )
}

/// A table that scrolls in itself where it is too wide.
#[component]
fn Table(
    /// The heads of its columns.
    heads: Vec<&'static str>,
    /// The first column with numbers, which are aligned.
    numbers: usize,
    /// Its rows.
    children: Children,
) -> impl IntoView {
    let label = heads.first().copied();
    let heads = heads.into_iter().enumerate().map(|(place, head)| {
        let class = (place >= numbers).then_some("number");
        view! { <th scope="col" class=class>{head}</th> }
    });
    let heads = heads.collect_view();
    view! {
        <div class="table" tabindex="0" role="region" aria-label=label>
            <table>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

fn number(value: Option<String>) -> impl IntoView {
    view! { <td class="number">{value.unwrap_or_else(|| "–".to_owned())}</td> }
}

/// A share in words and as a bar.
fn share(part: u64, of: u64) -> impl IntoView {
    let words = percent(part, of).unwrap_or_else(|| "–".to_owned());
    let share = part as f64 / of.max(1) as f64;
    view! {
        <td class="number share">
            {words} <Bar share />
        </td>
    }
}

/// A number a second.
fn rate(rate: f64) -> String {
    match rate {
        0.0 => "0".to_owned(),
        0.0..10.0 => format!("{rate:.1}"),
        _ => grouped(rate.round() as u64),
    }
}
