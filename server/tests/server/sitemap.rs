//! The sitemap, `robots.txt` and canonical links, for search engines.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::{
    on_both,
    support::{Answer, Server},
};

async fn get(server: &Server, path: &str) -> Answer {
    server
        .send(Method::GET, path, &[("host", "homes.test")], Vec::new())
        .await
}

/// The addresses in a sitemap, without the site's origin.
fn addresses(xml: &str) -> Vec<String> {
    let found = xml.split("<loc>").skip(1);
    found
        .map(|rest| {
            let address = rest.split("</loc>").next().unwrap();
            address
                .strip_prefix("http://homes.test")
                .unwrap()
                .to_owned()
        })
        .collect()
}

/// Everything that the sitemap lists, found through its index.
async fn addressed(server: &Server) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for part in addresses(&get(server, "/sitemap.xml").await.text()) {
        let answer = get(server, &part).await;
        assert_eq!(answer.status, StatusCode::OK, "{part}");
        for address in addresses(&answer.text()) {
            assert!(all.insert(address), "once only");
        }
    }
    all
}

on_both! {
    async fn the_sitemap_lists_every_active_home_and_no_other(server: Server) {
        server.patch("/api/properties/7/", json!({"status": "active"})).await;
        server.patch("/api/properties/8/", json!({"status": "sold"})).await;
        let all = addressed(&server).await;
        for page in ["/", "/properties", "/recipes", "/recipes/1", "/properties/7"] {
            assert!(all.contains(page), "{page}");
        }
        assert!(!all.contains("/properties/8"));
        let active = server.number("SELECT count(*) FROM properties WHERE status = 'active'").await;
        let homes = all.iter().filter(|address| address.starts_with("/properties/")).count();
        assert_eq!(homes as i64, active);
    }

    async fn a_sitemap_is_split_at_fifty_thousand(server: Server) {
        server.sql(
            "INSERT INTO properties (id, title, description, property_type, price_cents, bedrooms, quarter_baths, area, \
             year_built, address, latitude, longitude, location_id, agent_id, created_at, updated_at) \
             VALUES (100001, 'Far', 'Far.', 'house', 100, 1, 2, 50, 2000, '1 Far St', 0, 0, 1, 1, 0, 0)",
        ).await;
        let index = addresses(&get(&server, "/sitemap.xml").await.text());
        for part in 1..=3 {
            assert!(index.contains(&format!("/sitemap/properties-{part}.xml")), "{index:?}");
        }
        assert!(!index.contains(&"/sitemap/properties-4.xml".to_owned()));
        assert_eq!(addresses(&get(&server, "/sitemap/properties-3.xml").await.text()), ["/properties/100001"]);
        assert!(addresses(&get(&server, "/sitemap/properties-2.xml").await.text()).is_empty());
        for missing in ["properties-4", "properties-0", "properties-x", "homes-1", "properties"] {
            let answer = get(&server, &format!("/sitemap/{missing}.xml")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{missing}");
        }
    }

    async fn a_requests_host_name_is_shown_to_no_other_reader(server: Server) {
        let answer = get(&server, "/sitemap.xml").await;
        assert_eq!((answer.header("cache-control"), answer.header("etag")), ("no-store", ""));
        let robots = get(&server, "/robots.txt").await;
        assert!(robots.text().contains("Sitemap: http://homes.test/sitemap.xml"));
        // HTTP/2 has no Host, and an absolute target counts more than one.
        for headers in [&[][..], &[("host", "other.test")]] {
            let absolute = server.send(Method::GET, "http://homes.test/robots.txt", headers, Vec::new()).await;
            assert!(absolute.text().contains("Sitemap: http://homes.test/sitemap.xml"), "{}", absolute.text());
            let absolute = server.send(Method::GET, "http://homes.test/sitemap.xml", headers, Vec::new()).await;
            assert!(absolute.text().contains("<loc>http://homes.test/sitemap/"), "{}", absolute.text());
        }
        let page = get(&server, "/properties/7").await.text();
        assert!(page.contains(r#"href="/properties/7" rel="canonical""#));
        assert!(!page.contains("homes.test"));
    }

    async fn a_configured_origin_is_used_everywhere(server: Server) {
        let server = server.called("https://hearth.example").await;
        let first = get(&server, "/sitemap/properties-1.xml").await;
        assert!(first.text().contains("<loc>https://hearth.example/properties/"));
        let etag = first.header("etag").to_owned();
        assert_eq!(first.header("cache-control"), "public, no-cache");
        let again = server.send(Method::GET, "/sitemap/properties-1.xml", &[("if-none-match", &etag)], Vec::new()).await;
        assert_eq!((again.status, again.header("etag")), (StatusCode::NOT_MODIFIED, &*etag));
        server.patch("/api/properties/7/", json!({"price": "77.00"})).await;
        let later = server.send(Method::GET, "/sitemap/properties-1.xml", &[("if-none-match", &etag)], Vec::new()).await;
        assert_eq!(later.status, StatusCode::OK);
        let page = server.get("/properties/7").await.text();
        assert!(page.contains(r#"href="https://hearth.example/properties/7" rel="canonical""#));
        assert!(page.contains(r#"property="og:url" content="https://hearth.example/properties/7""#));
        assert!(page.contains("content=\"https://hearth.example/pictures/"));
    }
}
