//! The price history of a home.

use catalogue::Price;
use leptos::prelude::*;

use crate::{fragment::fragment, text};

/// How many prices the chart shows; the table has them all.
const CHARTED: usize = 8;

/// The prices as a step chart, and as a table.
#[component]
pub(crate) fn Prices(
    /// The prices, the oldest first.
    prices: Vec<Price>,
) -> impl IntoView {
    fragment("price history", prices, |prices| table(prices))
}

fn table(prices: &[Price]) -> impl IntoView + use<> {
    let rows = prices.iter().enumerate().rev().map(|(place, price)| {
        let before = place.checked_sub(1).and_then(|place| prices.get(place));
        let change = before.map_or_else(|| "Listed".to_owned(), |before| change(before, price));
        view! {
            <tr>
                <th scope="row">{text::day(&price.at)}</th>
                <td>{text::dollars(&price.price)}</td>
                <td>{change}</td>
            </tr>
        }
    });
    view! {
        <section class="prices" aria-labelledby="prices">
            <h2 id="prices">"Price history"</h2>
            {(prices.len() > 1).then(|| stairs(&prices[prices.len().saturating_sub(CHARTED)..]))}
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Date"</th>
                        <th scope="col">"Price"</th>
                        <th scope="col">"Change"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
}

/// How a price changed: `−$20,000 (4.1 %)`.
pub(crate) fn change(before: &Price, after: &Price) -> String {
    let (old, new) = (cents(before), cents(after));
    let by = new.abs_diff(old);
    let dollars = text::dollars(&format!("{}.{:02}", by / 100, by % 100));
    let sign = if new < old { '−' } else { '+' };
    // In tenths of a percent, rounded.
    let share = (by * 1_000 + old.unsigned_abs() / 2).checked_div(old.unsigned_abs());
    match share {
        Some(share) => format!("{sign}{dollars} ({}.{} %)", share / 10, share % 10),
        None => format!("{sign}{dollars}"),
    }
}

/// The price in cents, as it is stored.
pub(crate) fn cents(price: &Price) -> i64 {
    price.price.replace('.', "").parse().unwrap_or_default()
}

/// A chart with a step for each price. All steps are equally wide: a year at one price says no more
/// than a week at another.
fn stairs(prices: &[Price]) -> impl IntoView + use<> {
    const WIDE: f64 = 480.0;
    const HIGH: f64 = 150.0;
    let all: Vec<f64> = prices.iter().map(|price| cents(price) as f64).collect();
    let (low, high) = all.iter().fold((f64::MAX, f64::MIN), |(low, high), price| {
        (low.min(*price), high.max(*price))
    });
    let step = WIDE / all.len() as f64;
    let height = |price: f64| 34.0 + (high - price) / (high - low).max(1.0) * (HIGH - 74.0);
    let mut path = String::new();
    for (place, price) in all.iter().enumerate() {
        let (x, y) = (place as f64 * step, height(*price));
        let begin = if place == 0 { 'M' } else { 'L' };
        path += &format!("{begin}{x:.0} {y:.0}H{:.0}", x + step);
    }
    let area = format!("{path}V{:.0}H0Z", HIGH - 20.0);
    let labels = prices.iter().zip(&all).enumerate().map(|(place, (price, value))| {
        let x = format!("{:.0}", place as f64 * step + 4.0);
        // The day without its year.
        let day = text::day(&price.at);
        let day = day.rsplit_once(' ').map_or(&*day, |(day, _)| day).to_owned();
        let short = text::shortened(&price.price);
        view! {
            <text class="amount" x=x.clone() y=format!("{:.0}", height(*value) - 8.0)>{short}</text>
            <text x=x y=format!("{:.0}", HIGH - 4.0)>{day}</text>
        }
    });
    view! {
        <svg viewBox=format!("0 0 {WIDE} {HIGH}") aria-hidden="true">
            <path class="under" d=area />
            <path class="stairs" d=path />
            {labels.collect_view()}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_states_the_amount_and_the_percentage() {
        let price = |price: &str| Price {
            at: String::new(),
            price: price.to_owned(),
        };
        let check = |from, to, expect: &str| assert_eq!(change(&price(from), &price(to)), expect);
        check("500000.00", "479500.00", "−$20,500 (4.1 %)");
        check("100.00", "150.00", "+$50 (50.0 %)");
        check("0.00", "1.50", "+$1.50");
    }
}
