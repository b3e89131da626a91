//! The pages of a list.

use catalogue::normalizer::{Query, View};
use leptos::prelude::*;
use site::links;

use crate::components::Icon;

/// Links to the pages before and after, to the first and the last and to those around.
#[component]
pub(crate) fn Pager(
    /// The query.
    query: Query,
    /// The view of the results, which the links preserve.
    view: View,
    /// How many rows there are.
    count: u64,
) -> impl IntoView {
    let last = count.div_ceil(query.page_size());
    let here = query.page();
    let address = move |page: u64| links::list(&query.at_page(page), view);
    // Appends the next page to this one.
    let more = (here < last).then(|| {
        view! {
            <a
                rel="next"
                class="button quiet"
                id="page-more"
                href=address(here + 1)
                data-more=""
                data-keeps-view=""
            >
                "Load more"
            </a>
        }
    });
    pages(here, last, address, more)
}

/// Links to the pages of a list that is at one of them, and what stands before them.
pub(crate) fn pages(
    here: u64,
    last: u64,
    address: impl Fn(u64) -> String,
    before: impl IntoView + 'static,
) -> AnyView {
    if last < 2 {
        return ().into_any();
    }
    let step = |page: u64, id: &'static str, label: &'static str, icon: &'static str| {
        let there = (1..=last).contains(&page);
        there.then(|| {
            view! {
                <li>
                    <a class="step" id=id href=address(page) aria-label=label data-keeps-view="">
                        <Icon name=icon />
                    </a>
                </li>
            }
        })
    };
    let pages = around(here, last).into_iter().map(|page| match page {
        Some(page) => view! {
            <li>
                <a
                    id=format!("page-{page}")
                    href=address(page)
                    aria-current=(page == here).then_some("page")
                    aria-label=format!("Page {page}")
                    data-keeps-view=""
                >
                    {page}
                </a>
            </li>
        }
        .into_any(),
        None => view! { <li class="gap" aria-hidden="true">"…"</li> }.into_any(),
    });
    let pages: Vec<_> = pages.collect();
    view! {
        <nav class="pager" aria-label="Pages">
            {before}
            <ul>
                {step(here.saturating_sub(1), "page-previous", "Previous page", "chevron-left")}
                {pages}
                {step(here + 1, "page-next", "Next page", "chevron-right")}
            </ul>
        </nav>
    }
    .into_any()
}

/// The pages that get a link; `None` is a gap.
fn around(here: u64, last: u64) -> Vec<Option<u64>> {
    let near = here.saturating_sub(1).max(1)..=(here + 1).min(last);
    let mut pages = Vec::with_capacity(7);
    let mut before = 0;
    for page in [1].into_iter().chain(near).chain([last]) {
        if page <= before {
            continue;
        }
        match page - before {
            1 => {}
            // Link a single page instead of leaving a gap.
            2 => pages.push(Some(page - 1)),
            _ => pages.push(None),
        }
        pages.push(Some(page));
        before = page;
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::around;

    fn check(here: u64, last: u64, expect: &str) {
        let shown = around(here, last)
            .into_iter()
            .map(|page| page.map_or("…".into(), |n| n.to_string()));
        assert_eq!(shown.collect::<Vec<_>>().join(" "), expect);
    }

    #[test]
    fn first_last_and_near_pages_are_linked() {
        check(1, 2, "1 2");
        check(1, 9, "1 2 … 9");
        check(3, 9, "1 2 3 4 … 9");
        check(5, 9, "1 … 4 5 6 … 9");
        check(9, 9, "1 … 8 9");
    }
}
