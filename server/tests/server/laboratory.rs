//! One list, read in three ways.

use crate::on_both;

on_both! {
    async fn three_ways_give_one_answer_at_different_costs(server: Server) {
        let query = "?status=active&min_price=200000&sort=price";
        let ways = [("live/naive", "62"), ("live/optimized", "2"), ("cached", "2"), ("cached", "0")];
        let expected = server.get(&format!("/api/properties/{query}")).await;
        // Parameters in another order, and another page than the one that is cached by now.
        let other = "?sort=-price&min_price=200000";
        for (way, queries) in ways {
            let same = server.get(&format!("/api/properties/{way}/{query}")).await;
            assert_eq!(same.body, expected.body, "{way}");
            let counted = server.get(&format!("/api/properties/{way}/{other}")).await;
            let timing = counted.header("server-timing");
            assert!(timing.contains(&format!("queries;desc=\"{queries}\"")), "{way}: {timing}");
        }
        let live = server.get("/api/properties/live/naive/").await;
        assert_eq!(live.header("cache-control"), "no-store");
        assert_eq!(server.get("/api/recipes/live/naive/").await.body, server.get("/api/recipes/").await.body);
    }
}
