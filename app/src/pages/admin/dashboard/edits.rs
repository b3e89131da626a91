//! What edits did to cached answers.

use leptos::prelude::*;

use super::table::{Table, number, share};
use crate::{
    components::Bar,
    dashboard::{Bars, Cause, Dashboard, percent},
    text::{counted, grouped},
};

pub(super) fn edits(dashboard: &Dashboard) -> impl IntoView + use<> {
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
    let cause = |cause: &Cause| {
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
