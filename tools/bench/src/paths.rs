//! Paths to request: cached ones, and ones that were never requested before.

use std::time::Duration;

/// The list that all entrants are measured with: 20 homes, about 50 kB.
pub(super) const LIST: &str = "/api/properties/";
pub(super) const PAGE: &str = "/properties";

/// The same list by GraphQL, with all that the JSON shows of a home.
pub(super) const GRAPHQL: &str = "/api/graphql?query={properties{count%20nodes{\
    id%20title%20description%20propertyType%20status%20price%20bedrooms%20bathrooms%20area%20yearBuilt%20\
    address%20latitude%20longitude%20location{id%20city%20state%20district%20postalCode}%20\
    agent{id%20name%20email%20phone%20office{id%20name%20phone%20city}}%20\
    viewCount%20version%20createdAt%20updatedAt}}}";

/// How many lists are requested from Redis in turn, so that requests seldom share a load.
pub(super) const REDIS_KEYS: u64 = 100;

/// Rows on a page, unless the request sets another size.
const PAGE_SIZE: u64 = 20;

/// More lists than any server here loads in a second.
const LOADS: u64 = 6_000;

const SORTS: [&str; 5] = [
    "-created_at",
    "created_at",
    "price",
    "-price",
    "-view_count",
];

/// The last page of a list.
pub(super) fn last_page(listed: u64) -> u64 {
    listed.div_ceil(PAGE_SIZE).max(1)
}

/// The first pages of the list without a filter.
pub(super) fn pages(listed: u64, most: u64) -> Vec<String> {
    let pages = 1..=last_page(listed).min(most);
    pages.map(|page| format!("{LIST}?page={page}")).collect()
}

/// Lists that each have a different filter: homes between two prices.
pub(super) fn cold(turn: u64, length: Duration) -> Vec<String> {
    let count = LOADS * length.as_secs().max(1);
    let from = 300_000 + turn * count;
    let ranges = (from..from + count).map(|least| (least, least + 100_000));
    ranges
        .map(|(least, most)| format!("{LIST}?min_price={least}&max_price={most}"))
        .collect()
}

/// Filters that were never requested before and that all homes pass.
pub(super) fn filters(turn: u64, length: Duration) -> Vec<String> {
    let count = 8 * length.as_secs().max(1);
    let from = 1 + turn * count;
    let prices = from..from + count;
    prices.map(|least| format!("min_price={least}")).collect()
}

/// All pages of such lists except the first, in every sort order.
pub(super) fn pages_of(filters: &[String], listed: u64) -> Vec<String> {
    let mut paths = Vec::new();
    // A few hundred pages are enough.
    for page in 2..=last_page(listed).min(200) {
        for sort in SORTS {
            for filter in filters {
                paths.push(format!("{LIST}?{filter}&sort={sort}&page={page}"));
            }
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_cold_path_is_requested_twice() {
        let second = Duration::from_secs(1);
        let check = |lists: [Vec<String>; 2]| {
            let all: Vec<String> = lists.concat();
            let distinct: BTreeSet<&String> = all.iter().collect();
            assert_eq!(distinct.len(), all.len());
        };
        check([cold(0, second), cold(1, second)]);
        let pages = |turn| pages_of(&filters(turn, second), 3_750);
        check([pages(0), pages(1)]);
        assert_eq!(pages(0).len(), 8 * 5 * 187);
    }
}
