//! After an edit, a page renders those of its fragments that show it, and takes the others from memory.

use std::collections::BTreeMap;

use ask::Ask as _;
use catalogue::properties::Property;
use serde::de::DeserializeOwned;
use serde_json::json;
use site::Similar;

use crate::{
    process::Process,
    support::{On, Server},
};

/// How many fragments of each name came from memory or were rendered.
type Counts = BTreeMap<String, u64>;

fn json<T: DeserializeOwned>(process: &Process, path: &str) -> T {
    let body = process.get(path).into_body().read_to_string();
    serde_json::from_str(&body.unwrap()).unwrap()
}

/// The counts so far: `render price history`.
fn counts(process: &Process) -> Counts {
    let metrics = process
        .get("/metrics")
        .into_body()
        .read_to_string()
        .unwrap();
    let lines = metrics.lines().filter_map(|line| {
        let (labels, count) = line
            .strip_prefix("hearth_fragments_total{")?
            .split_once("} ")?;
        let label = |name: &str| {
            let start = labels.split_once(&format!("{name}=\""))?.1;
            Some(start.split_once('"')?.0.to_owned())
        };
        Some((
            format!("{} {}", label("from")?, label("name")?),
            count.parse().ok()?,
        ))
    });
    lines.collect()
}

/// What is counted while a page is read.
fn fragments_of(process: &Process, page: &str) -> Vec<(String, u64)> {
    let before = counts(process);
    assert_eq!(process.get(page).status(), 200);
    let after = counts(process).into_iter().map(|(name, count)| {
        let before = before.get(&name).copied().unwrap_or_default();
        (name, count - before)
    });
    after.filter(|(_, count)| *count > 0).collect()
}

fn expect(counts: &[(&str, u64)]) -> Vec<(String, u64)> {
    counts
        .iter()
        .map(|(name, count)| ((*name).to_owned(), *count))
        .collect()
}

#[test]
fn an_edit_renders_only_the_fragments_that_show_it() {
    let process = Process::with("info", &[("HEARTH_MEMORY_MB", "64")]);
    let home: Property = json(&process, "/api/properties/7/");
    let dollars = |home: &Property| {
        home.price
            .split('.')
            .next()
            .unwrap()
            .parse::<u64>()
            .unwrap()
    };
    let similar: Vec<Property> = json(&process, &Similar::to(&home).unwrap().url());
    assert_eq!(similar.len(), 4);
    let page = "/properties/7";
    let all = [
        ("render district", 1),
        ("render floor plan", 1),
        ("render home card", 4),
        ("render price history", 1),
        ("render seller", 1),
    ];
    let held = |what: &str| {
        let metrics = process.metrics();
        let name = format!("hearth_memory_{what}{{answers=\"fragments\"}} ");
        let line = metrics
            .lines()
            .find_map(|line| line.strip_prefix(&*name))
            .unwrap();
        line.parse::<u64>().unwrap()
    };
    assert_eq!((held("entries"), held("bytes")), (0, 0));
    assert_eq!(fragments_of(&process, page), expect(&all));
    assert_eq!(held("entries"), 8);
    assert!(
        (8_000..200_000).contains(&held("bytes")),
        "{}",
        held("bytes")
    );
    assert_eq!(
        fragments_of(&process, page),
        expect(&[]),
        "the page itself is cached"
    );

    // A similar home becomes a dollar cheaper, or more expensive, and stays similar.
    let other = &similar[0];
    let price = (dollars(other) + 1).to_string();
    process.patch(
        &format!("/api/properties/{}/", other.id),
        &json!({"price": price}).to_string(),
    );
    let one_card = [
        ("memory district", 1),
        ("memory floor plan", 1),
        ("memory home card", 3),
        ("memory price history", 1),
        ("memory seller", 1),
        ("render home card", 1),
    ];
    assert_eq!(fragments_of(&process, page), expect(&one_card));

    // Its own price does.
    let price = (dollars(&home) + 1).to_string();
    process.patch("/api/properties/7/", &json!({"price": price}).to_string());
    let its_prices = [
        ("memory district", 1),
        ("memory floor plan", 1),
        ("memory home card", 4),
        ("memory seller", 1),
        ("render price history", 1),
    ];
    assert_eq!(fragments_of(&process, page), expect(&its_prices));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_cached_fragments_has_the_bytes_of_one_that_is_all_rendered() {
    let server = Server::start(On::Sqlite).await.unwrap();
    let names = catalogue::schemas().map(|schema| schema.catalogue);
    let of_each = names
        .iter()
        .flat_map(|name| [format!("/{name}"), format!("/{name}/3")]);
    let pages: Vec<String> = ["/".to_owned()].into_iter().chain(of_each).collect();
    for page in &pages {
        server.get(page).await;
    }
    // Touches all of these pages.
    for catalogue in catalogue::all() {
        let (table, named) = (catalogue.name(), catalogue.named[0]);
        let edit = format!("UPDATE {table} SET {named} = {named} || '.' WHERE id % 2 = 1");
        server.sql(&edit).await;
    }
    for page in &pages {
        let composed = server.get(page).await;
        let rendered = server.configured(&[]).await.get(page).await;
        assert_eq!(composed.text(), rendered.text(), "{page}");
    }
}
