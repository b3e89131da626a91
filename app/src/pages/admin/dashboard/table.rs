//! A table of the dashboard, and its cells.

use leptos::prelude::*;

use crate::{components::Bar, dashboard::percent, text::grouped};

/// A table that scrolls in itself where it is too wide.
#[component]
pub(super) fn Table(
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

pub(super) fn number(value: Option<String>) -> impl IntoView {
    view! { <td class="number">{value.unwrap_or_else(|| "–".to_owned())}</td> }
}

/// A share in words and as a bar.
pub(super) fn share(part: u64, of: u64) -> impl IntoView {
    let words = percent(part, of).unwrap_or_else(|| "–".to_owned());
    let share = part as f64 / of.max(1) as f64;
    view! {
        <td class="number share">
            {words} <Bar share />
        </td>
    }
}

/// A number a second.
pub(super) fn rate(rate: f64) -> String {
    match rate {
        0.0 => "0".to_owned(),
        0.0..10.0 => format!("{rate:.1}"),
        _ => grouped(rate.round() as u64),
    }
}
