//! Numbers by catalogue and kind of question.

use leptos::prelude::*;

use super::table::{Table, number, share};
use crate::{
    dashboard::{Kind, percent},
    text::{self, bytes, grouped, micros},
};

pub(super) fn kinds(kinds: &[Kind]) -> impl IntoView + use<> {
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
