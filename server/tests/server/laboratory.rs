//! One list, read in three ways.

use axum::http::StatusCode;

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

    async fn the_public_finds_no_laboratory_unless_it_is_switched_on(server: Server) {
        let path = "/api/properties/live/naive/";
        assert_eq!(server.get(path).await.status, StatusCode::OK);
        let public = server.called("https://homes.example").await;
        assert_eq!(public.get(path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(public.get("/api/properties/").await.status, StatusCode::OK);
        let closed = server.configured(&["--laboratory=off"]).await;
        assert_eq!(closed.get(path).await.status, StatusCode::NOT_FOUND);
        let open = server.configured(&["--origin=https://homes.example", "--laboratory=on"]).await;
        assert_eq!(open.get(path).await.status, StatusCode::OK);
        let elsewhere = server.configured(&["--site-addr=0.0.0.0:3000"]).await;
        assert_eq!(elsewhere.get(path).await.status, StatusCode::NOT_FOUND);
    }

    async fn few_experiments_run_at_a_time(server: Server) {
        let path = "/api/properties/live/naive/?page_size=20&status=any";
        let all = futures::future::join_all((0..100).map(|_| server.get(path))).await;
        let ran = all.iter().filter(|answer| answer.status == StatusCode::OK).count();
        let refused = all.iter().filter(|answer| answer.status == StatusCode::SERVICE_UNAVAILABLE);
        let refused: Vec<_> = refused.collect();
        assert!(ran >= 1 && ran + refused.len() == 100, "{ran} ran");
        assert!(!refused.is_empty() && refused.iter().all(|answer| !answer.header("retry-after").is_empty()));
        assert_eq!(server.get(path).await.status, StatusCode::OK);
    }
}
