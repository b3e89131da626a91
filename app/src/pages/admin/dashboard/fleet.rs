//! Keys, nodes and Redis.

use leptos::prelude::*;
use site::Admin;

use super::{
    super::notice,
    table::{Table, number},
};
use crate::{
    dashboard::{Dashboard, Node, SharedState},
    text::{bytes, counted, grouped, micros},
};

pub(super) fn keys(dashboard: &Dashboard) -> impl IntoView + use<> {
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

pub(super) fn fleet(dashboard: &Dashboard) -> impl IntoView + use<> {
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
