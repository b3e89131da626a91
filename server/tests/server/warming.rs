//! Lists that are loaded ahead of requests.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use catalogue::Catalogue;
use sqlx::Connection as _;

use crate::{
    process::Process,
    support::{new_postgres_database, redis},
};

/// The lists that a catalogue declares, in a spelling that is not canonical, of the API and as pages.
fn combinations(catalogue: &Catalogue) -> Vec<[String; 2]> {
    let name = catalogue.name();
    let all = catalogue.warmed.iter().flat_map(|combinations| {
        let size = combinations
            .page_size
            .map(|size| format!("page_size={size}"));
        combinations.all().into_iter().map(move |combination| {
            let pairs = combination.into_iter().rev();
            let pairs = pairs.map(|(name, value)| format!("{name}={}", value.to_uppercase()));
            let parts: Vec<String> = ["page=1".to_owned()]
                .into_iter()
                .chain(size.clone())
                .chain(pairs)
                .collect();
            let query = parts.join("&");
            [format!("/api/{name}/?{query}"), format!("/{name}?{query}")]
        })
    });
    all.collect()
}

/// How often tables of the catalogues were read, by PostgreSQL's own statistics.
async fn reads(connection: &mut sqlx::PgConnection) -> i64 {
    let sql = "SELECT sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0))::bigint FROM pg_stat_user_tables \
               WHERE relname IN ('properties', 'recipes', 'agents', 'offices', 'locations')";
    sqlx::query_scalar(sql).fetch_one(connection).await.unwrap()
}

/// The same, once the server's connections have reported everything: they do within ten seconds.
async fn settled_reads(connection: &mut sqlx::PgConnection) -> i64 {
    tokio::time::sleep(Duration::from_secs(11)).await;
    reads(connection).await
}

#[tokio::test]
async fn after_warming_the_declared_lists_need_no_statement() {
    let Some(url) = new_postgres_database().await else {
        return;
    };
    let variables = [("DATABASE_URL", &*url), ("HEARTH_MEMORY_MB", "64")];
    let process = Process::with("info", &variables);
    let (dry, _) = process.run(&["warm", "--dry-run", "--catalogue", "recipes"], &[]);
    assert!(dry.contains("would cache: italian + vegan\n"), "{dry}");
    assert!(dry.ends_with("25 in all; nothing was loaded\n"), "{dry}");
    assert!(process.metrics().contains("\nhearth_loads_total 0\n"));

    let (out, errors) = process.run(&["warm"], &[]);
    for catalogue in catalogue::all() {
        let name = catalogue.name();
        let ends = [format!(" {name})"), format!("(1 {})", catalogue.singular)];
        let lists: Vec<&str> = out
            .lines()
            .filter(|line| ends.iter().any(|end| line.ends_with(end)))
            .collect();
        assert_eq!(
            lists.len(),
            combinations(catalogue).len(),
            "{name}: {out}{errors}"
        );
        assert!(!lists.is_empty(), "{name} declares no list");
        let mut rows = 0;
        for list in lists {
            assert!(list.starts_with("cached: "), "{list}");
            let size = list.rsplit_once('(').unwrap().1.split(' ').next();
            rows += size.unwrap().parse::<u32>().unwrap();
        }
        assert!(rows > 100, "{name}: {rows} rows in all lists");
    }
    assert!(out.contains(" 0 failed, at http://127.0.0.1:"), "{out}");

    let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
    let before = settled_reads(&mut connection).await;
    let mut keys = BTreeSet::new();
    let all: Vec<_> = catalogue::all()
        .into_iter()
        .flat_map(combinations)
        .collect();
    for [answer, page] in &all {
        let status = process.status_of(answer);
        assert!(
            status.starts_with("hearth-memory; hit"),
            "{answer}: {status}"
        );
        keys.insert(status);
        let status = process.status_of(page);
        assert!(status.starts_with("hearth-memory; hit"), "{page}: {status}");
    }
    assert_eq!(keys.len(), all.len());
    assert_eq!(settled_reads(&mut connection).await, before);
    // The statistics do count: this list was not warmed.
    process.status_of("/api/recipes/?cuisine=italian&max_prep_time=77");
    assert!(settled_reads(&mut connection).await > before);

    let (again, _) = process.run(&["warm", "--concurrency", "6", "--top", "0"], &[]);
    assert!(again.contains("cached already: thai ("), "{again}");
    assert!(again.contains("\n0 cached, "), "{again}");
}

#[test]
fn a_warming_says_what_is_missing() {
    let process = Process::start("info");
    let (out, errors) = process.run(
        &["warm", "--catalogue", "recipes"],
        &[("HEARTH_ADMIN_TOKEN", "")],
    );
    assert!(errors.contains("HEARTH_ADMIN_TOKEN is not set"), "{errors}");
    assert!(out.contains("cached: chinese + paleo ("), "{out}");
    let (_, errors) = process.run(&["warm", "--catalogue", "boats"], &[]);
    assert!(
        errors.contains("there is no catalogue boats: it is one of "),
        "{errors}"
    );
    let (_, errors) = process.run(&["warm", "--concurrency", "99"], &[]);
    assert!(errors.contains("--concurrency"), "{errors}");
    for token in ["", "a token"] {
        let nowhere = ["warm", "--node", "http://127.0.0.1:9"];
        let (out, errors) = process.run(&nowhere, &[("HEARTH_ADMIN_TOKEN", token)]);
        assert!(
            errors.contains("no node answers at http://127.0.0.1:9"),
            "{errors}"
        );
        assert_eq!(out, "");
    }
}

#[test]
fn what_is_requested_most_is_warmed_too_and_a_warming_is_no_view() {
    let process = Process::with("info", &[("HEARTH_MEMORY_MB", "64")]);
    for _ in 0..3 {
        process.status_of("/properties/9?utm_source=x");
        process.status_of("/api/properties/?city=denver&Beds=2");
    }
    let popular = process.json("/admin/cache/popular?top=2");
    let urls: Vec<&str> = popular
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["url"].as_str().unwrap())
        .collect();
    assert_eq!(
        urls,
        ["/api/properties/?bedrooms=2&city=denver", "/properties/9"]
    );
    let views = |process: &Process| process.json("/api/properties/9/")["view_count"].as_u64();
    let before = views(&process);
    let (out, _) = process.run(&["warm", "--top", "2"], &[]);
    assert!(
        out.contains("cached already: /api/properties/?bedrooms=2&city=denver ("),
        "{out}"
    );
    assert!(out.contains("cached already: /properties/9 ("), "{out}");
    assert_eq!(views(&process), before);
    // It counts apart from requests.
    let totals = &process.json("/admin/dashboard")["totals"];
    let prefetches = totals["prefetches"].as_u64().unwrap();
    assert!(prefetches > 100, "{totals}");
    assert!(
        totals["prefetches_from_memory"].as_u64().unwrap() >= 2,
        "{totals}"
    );
    assert!(totals["requests"].as_u64().unwrap() < 100, "{totals}");
}

#[tokio::test]
async fn one_node_of_the_fleet_warms_on_schedule() {
    let Some(url) = new_postgres_database().await else {
        return;
    };
    let variables = [
        ("DATABASE_URL", &*url),
        ("HEARTH_MEMORY_MB", "64"),
        ("HEARTH_WARM_EVERY", "1h"),
    ];
    // The first one seeds the database.
    drop(Process::with("info", &variables[..2]));
    let nodes = [
        Process::with("info", &variables),
        Process::with("info", &variables),
    ];
    let warmed = || -> usize {
        let logs = nodes.iter().map(Process::log);
        logs.map(|log| log.matches("\"message\":\"warmed\"").count())
            .sum()
    };
    let deadline = Instant::now() + Duration::from_secs(30);
    while warmed() == 0 {
        assert!(Instant::now() < deadline, "{}", nodes[0].log());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(warmed(), 1);
}

/// The memory of a node that has been restarted has what was requested most, without any load.
#[tokio::test]
async fn a_restarted_node_fills_its_memory_from_redis() {
    let Some((redis, _client)) = redis(11).await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("hearth.db").display());
    let variables = [
        ("DATABASE_URL", &*url),
        ("REDIS_URL", &*redis),
        ("HEARTH_MEMORY_MB", "64"),
    ];
    let paths: Vec<String> = (1..=20)
        .map(|page| format!("/api/properties/?page={page}"))
        .collect();
    let process = Process::with("info", &variables);
    for _ in 0..2 {
        for path in &paths {
            process.status_of(path);
        }
    }
    process.stop();
    let process = Process::with("info", &variables);
    let deadline = Instant::now() + Duration::from_secs(30);
    while !process.log().contains("filled the memory") {
        assert!(Instant::now() < deadline, "{}", process.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for path in &paths {
        let status = process.status_of(path);
        assert!(status.starts_with("hearth-memory; hit"), "{path}: {status}");
    }
    assert!(process.metrics().contains("\nhearth_loads_total 0\n"));
}

crate::on_both! {
    async fn what_is_requested_most_is_noted(server: Server) {
        let requested = |url: String, times| cache::Requested {
            key: url.clone().into(),
            url: url.into(),
            times,
        };
        let many: Vec<_> = (0..2_500).map(|n| requested(format!("/a?n={n}"), 2 + n)).collect();
        server.store.note_requested(&many).await.unwrap();
        server.store.note_requested(&[requested("/a?n=7".to_owned(), 5_000), requested("/once".to_owned(), 1)]).await.unwrap();
        let most = server.store.most_requested(3_000).await.unwrap();
        assert_eq!(most.len(), 2_000);
        // Its first count was not among the most popular, and was dropped.
        assert_eq!(most[0], ("/a?n=7".to_owned(), 5_000));
        assert_eq!(most[1], ("/a?n=2499".to_owned(), 2_501));
        server.sql("UPDATE requested SET day = day - 8").await;
        server.store.note_requested(&[]).await.unwrap();
        assert_eq!(server.store.most_requested(10).await.unwrap(), []);
    }

    async fn one_node_may_warm_in_an_interval(server: Server) {
        let hour = Duration::from_secs(3_600);
        assert!(server.store.may_begin("warm", hour).await.unwrap());
        assert!(!server.another_node().await.store.may_begin("warm", hour).await.unwrap());
        server.sql("UPDATE jobs SET begun = begun - 3600001").await;
        assert!(server.store.may_begin("warm", hour).await.unwrap());
    }
}
