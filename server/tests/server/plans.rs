//! How PostgreSQL reads lists from a large table.

use catalogue::{normalizer::normalize, properties::PROPERTIES};
use hearth::store::Amounts;

use crate::support::{On, Server};

/// Filters that readers typically set.
const COMMON: [&str; 10] = [
    "",
    "sort=price",
    "sort=-price&page=50",
    "city=austin",
    "city=austin&sort=price",
    "city=austin&min_price=300000&max_price=600000&sort=price",
    "state=tx",
    "property_type=loft",
    "page=1000",
    "q=garden%20kitch",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_common_filter_scans_a_large_table() {
    let amounts = Amounts {
        properties: 100_000,
        recipes: 10,
    };
    let Some(server) = Server::with(On::Postgres, amounts).await else {
        return;
    };
    server.sql("ANALYZE").await;
    for raw in COMMON {
        let query = normalize(PROPERTIES.schema, raw).unwrap();
        let plan = server.store.plan(&PROPERTIES, &query).await.unwrap();
        let scans = plan
            .iter()
            .any(|line| line.contains("Seq Scan on properties"));
        assert!(!scans, "{raw:?}:\n{}", plan.join("\n"));
    }
}
