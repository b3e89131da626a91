//! Any value that the database accepts by SQL is shown or left out, and takes nothing else down.

use axum::http::{Method, StatusCode};

use crate::{
    on_both,
    support::{On, Server},
};

const COLUMNS: [(&str, &str, &str); 5] = [
    (
        "properties",
        "7",
        "title description property_type status price_cents bedrooms quarter_baths area year_built address latitude \
         longitude location_id agent_id city_key state_key parts_version version created_at updated_at view_count",
    ),
    (
        "recipes",
        "3",
        "title description cuisine course diet_keys tag_keys ingredient_keys amounts difficulty prep_time cook_time \
         servings calories protein fat saturated_fat carbohydrate fiber sugar sodium steps version created_at updated_at \
         view_count",
    ),
    (
        "locations",
        "(SELECT location_id FROM properties WHERE id = 7)",
        "city state district postal_code latitude longitude",
    ),
    (
        "agents",
        "(SELECT agent_id FROM properties WHERE id = 7)",
        "name email phone office_id",
    ),
    ("offices", "1", "name phone city"),
];

const VALUES: [&str; 17] = [
    "NULL",
    "''",
    "' '",
    "','",
    "'\u{202E}\u{200B}<script>&amp;\"''\u{1}'",
    "'مرحبا 👩‍🍳 ﬁ e\u{301}'",
    "'Nan'",
    "0",
    "-1",
    "1",
    "1.015",
    "-0.0",
    "1e300",
    "9223372036854775807",
    "-9223372036854775808",
    "'1e999'",
    "'x' || '0123456789'",
];

const ADDRESSES: [&str; 12] = [
    "/properties/7",
    "/api/properties/7/",
    "/api/properties/7/history/",
    "/recipes/3",
    "/api/recipes/3/",
    "/",
    "/properties",
    "/api/properties/?status=any&sort=price",
    "/api/properties/facets/?status=any",
    "/recipes?sort=title",
    "/api/recipes/facets/",
    "/api/properties/trending/",
];

async fn check(server: &Server, done: &str) {
    server.caught_up().await;
    for address in ADDRESSES {
        let answer = server.get(address).await;
        let fine = answer.status == StatusCode::OK || answer.status.is_client_error();
        assert!(fine, "{address} answers {} after {done}", answer.status);
        // An answer from before would hide that there is none.
        let is_old = answer.header("cache-status").contains("cut-off");
        assert!(!is_old, "{address} answers as before {done}");
    }
}

on_both! {
    async fn a_row_that_somebody_spoiled_by_sql_takes_nothing_down(server: Server) {
        let mut accepted = 0;
        for (table, id, columns) in COLUMNS {
            for column in columns.split_whitespace() {
                for value in VALUES {
                    let sql = format!("UPDATE {table} SET {column} = {value} WHERE id = {id}");
                    if server.try_sql(&sql).await.is_ok() {
                        accepted += 1;
                        check(&server, &sql).await;
                    }
                }
            }
        }
        assert!(accepted > 100, "{accepted}");
        for sql in ["DELETE FROM offices", "DELETE FROM agents", "DELETE FROM locations"] {
            assert!(server.try_sql(sql).await.is_err(), "{sql}");
        }
        // A list holds as many rows as it counts, and the sitemap only what is there.
        let all = server.get("/api/properties/?status=any&page_size=100&page=6").await.json();
        let count = all["count"].as_u64().unwrap();
        assert_eq!(count, 600);
        assert_eq!(all["results"].as_array().unwrap().len(), 100);
        server.sql("UPDATE properties SET status = 'withdrawn' WHERE id = 9").await;
        server.sql("DELETE FROM recipes WHERE id = 4").await;
        server.caught_up().await;
        for part in ["properties", "recipes"] {
            let host = [("host", "homes.test")];
            let path = format!("/sitemap/{part}-1.xml");
            let sitemap = server.send(Method::GET, &path, &host, Vec::new()).await;
            assert_eq!(sitemap.status, StatusCode::OK);
            let text = sitemap.text();
            let addresses = text.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next());
            let paths: Vec<&str> = addresses.filter_map(|it| it.find(&format!("/{part}/")).map(|at| &it[at..])).collect();
            assert!(paths.len() > 30, "{text}");
            for path in paths.into_iter().take(40) {
                assert_eq!(server.get(path).await.status, StatusCode::OK, "{path}");
            }
        }
        if server.on() == On::Sqlite {
            let raise = "UPDATE properties SET price_cents = price_cents * 1.0155";
            assert!(server.try_sql(raise).await.is_err(), "a fraction of a cent is refused");
        }
    }
}
