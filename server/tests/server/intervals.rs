//! Answers and pages that are revalidated at an interval.

use std::time::Duration;

use ask::Ask as _;
use site::{AnyAsk, Count, List};

use crate::{on_both, support::Server};

const HOUR: Duration = Duration::from_hours(1);

/// The id of the home whose card comes first on a page.
fn first(html: &str) -> String {
    let (_, after) = html.split_once("id=\"row-").unwrap();
    after.split('"').next().unwrap().to_owned()
}

/// Requests the page until it shows another home first. Gives up before a second refresh might
/// begin.
async fn changed(server: &Server, path: &str, old: &str) -> String {
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let now = first(&server.get(path).await.text());
        if now != old {
            return now;
        }
    }
    panic!("{path} still begins with {old}");
}

on_both! {
    // Counting a view is not a change, so a new ranking shows only after an interval.
    async fn a_page_past_its_parts_interval_is_served_while_one_refresh_renews_it(server: Server) {
        let path = "/properties?sort=-view_count";
        let old = first(&server.get(path).await.text());
        let new = if old == "7" { 8 } else { 7 };
        server.sql(&format!("UPDATE properties SET view_count = 1000000 WHERE id = {new}")).await;
        let page = server.get(path).await;
        assert_eq!(first(&page.text()), old);
        assert!(page.header("cache-status").starts_with("hearth-memory; hit; key="));
        server.grow_old(HOUR / 2);
        assert!(server.get(path).await.header("cache-status").starts_with("hearth-memory; hit; key="));
        server.grow_old(HOUR / 2);
        let due = server.get(path).await;
        assert_eq!(first(&due.text()), old, "served while it is refreshed");
        assert!(due.header("cache-status").starts_with("hearth-memory; hit; detail=refreshing; key="));
        // The refresh waited for its list; otherwise, the page would be the old one for longer.
        assert_eq!(changed(&server, path, &old).await, new.to_string());
    }

    async fn lists_are_revalidated_at_their_interval_and_counts_only_on_change(server: Server) {
        let query = catalogue::normalizer::normalize(&catalogue::properties::SCHEMA, "city=austin").unwrap();
        let counts: AnyAsk = Count::of(&query).into();
        let lists: AnyAsk = List { query }.into();
        let status = async |ask: &AnyAsk| server.get(&ask.url()).await.header("cache-status").to_owned();
        for ask in [&lists, &counts] {
            status(ask).await;
        }
        for _ in 0..3 {
            server.grow_old(10_000 * HOUR);
            assert!(!status(&counts).await.contains("refreshing"));
        }
        assert!(status(&lists).await.contains("detail=refreshing"));
        for _ in 0..20 {
            assert!(status(&lists).await.starts_with("hearth-memory; hit; key="), "one refresh, not a second");
        }
    }

    async fn a_ranking_is_revalidated_after_a_minute_and_expires_after_five(server: Server) {
        let path = "/api/properties/trending/";
        let status = async || server.get(path).await.header("cache-status").to_owned();
        assert!(status().await.contains("fwd=miss"));
        // Far from the end of the interval: the slower a load, the earlier it may be refreshed.
        server.grow_old(Duration::from_secs(20));
        assert!(status().await.starts_with("hearth-memory; hit; key="));
        server.grow_old(Duration::from_secs(40));
        assert!(status().await.contains("detail=refreshing"));
        tokio::time::sleep(Duration::from_millis(500)).await;
        server.grow_old(Duration::from_secs(300));
        assert!(status().await.contains("fwd=stale"));
    }
}
