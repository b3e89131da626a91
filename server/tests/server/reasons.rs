//! A server as its own process: what headers, metrics and log lines say of ten thousand requests is
//! the same, and `docs/metrics.md` names what it measures.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use crate::{
    process::Process,
    told::{Told, by_header, by_log, by_metrics},
};

/// How many requests are sent.
const REQUESTS: usize = 10_000;

/// How often each reason was given, by tier and reason.
type Counts = BTreeMap<Told, u64>;

fn tally(counts: &mut Counts, told: Vec<Told>) {
    for one in told {
        *counts.entry(one).or_default() += 1;
    }
}

#[test]
fn header_metric_and_log_agree_about_ten_thousand_requests() {
    let process = Process::start("info,cache=debug");
    let mut random = ChaCha8Rng::seed_from_u64(15);
    let mut counts = Counts::new();
    let mut seen = Seen::default();
    let before = process.json("/admin/dashboard");
    for n in 0..REQUESTS {
        let id = random.random_range(1..150);
        if n % 200 == 199 {
            process.edit(id, random.random_range(100_000..900_000));
            seen.edits += 1;
        }
        let city = ["austin", "Denver", "SEATTLE", "boston"]
            .choose(&mut random)
            .unwrap();
        let beds = random.random_range(1..5);
        let path = match random.random_range(0..10) {
            0..4 => format!("/api/properties/{id}/"),
            4..6 => format!("/api/properties/?city={city}&beds={beds}&utm_source=x"),
            6 => format!("/api/properties?bedrooms=0{beds}&city=%20{city}"),
            7 => format!("/api/properties/facets/?city={city}"),
            8 => format!("/api/recipes/{}/", random.random_range(1..100)),
            _ => "/api/properties/?q=garden".to_owned(),
        };
        let status = process.status_of(&path);
        seen.note(&path, &status);
        tally(&mut counts, by_header(&status));
    }
    let after = process.json("/admin/dashboard");
    seen.check(&counts, &before, &after);
    for reason in ["cold", "touched", "evicted", "bypass"] {
        let key = ("memory".to_owned(), reason.to_owned());
        assert!(
            counts.contains_key(&key),
            "{reason} did not happen: {counts:?}"
        );
    }
    assert_eq!(by_metrics(&process.metrics()), counts);
    let mut logged = Counts::new();
    tally(&mut logged, by_log(&process.log()));
    assert_eq!(logged, counts);
}

/// What the client has seen of the answers, to compare the dashboard with.
#[derive(Default)]
struct Seen {
    edits: u64,
    /// Answers from memory, and from the shared tier.
    hits: u64,
    shared: u64,
    by_key: BTreeMap<String, u64>,
    spellings: BTreeSet<String>,
}

impl Seen {
    fn note(&mut self, path: &str, status: &str) {
        let member = |tier: &str| {
            let mut members = status.split(", ");
            let member = members.find(|member| member.starts_with(tier));
            member.is_some_and(|member| member.contains("; hit"))
        };
        self.hits += u64::from(member("hearth-memory"));
        self.shared += u64::from(member("hearth-redis"));
        let key = status
            .split("key=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        *self
            .by_key
            .entry(key.unwrap_or_default().to_owned())
            .or_default() += 1;
        // Objects and facets of a lower-case city are requested at their canonical addresses.
        let is_canonical =
            path.ends_with('/') || path.contains("/facets/") && path == path.to_lowercase();
        if !is_canonical && !path.contains("q=") {
            self.spellings.insert(path.to_owned());
        }
    }

    /// Compares with what was counted between two looks at the dashboard.
    fn check(&self, counts: &Counts, before: &Value, after: &Value) {
        let added = |path: &str| {
            let of = |dashboard: &Value| dashboard.pointer(path).and_then(Value::as_u64);
            of(after).unwrap() - of(before).unwrap_or_default()
        };
        let requests = REQUESTS as u64;
        // The second look is a request too.
        assert_eq!(added("/totals/requests"), requests + self.edits + 1);
        assert_eq!(added("/totals/answers"), requests);
        assert_eq!(added("/totals/from_memory"), self.hits);
        assert_eq!(added("/totals/from_shared"), self.shared);
        assert_eq!(added("/totals/loads"), requests - self.hits - self.shared);
        assert_eq!(added("/times/hits/count"), self.hits);
        assert_eq!(added("/times/misses/count"), requests - self.hits);
        assert_eq!(added("/totals/prefetches"), 0);
        let missed = |reason: &str| counts.get(&("memory".to_owned(), reason.to_owned()));
        assert_eq!(added("/totals/missed_evicted"), *missed("evicted").unwrap());
        assert!(added("/totals/evictions") >= *missed("evicted").unwrap());
        assert_eq!(added("/edits/reloads"), *missed("touched").unwrap());
        assert_eq!(added("/spellings/spellings"), self.spellings.len() as u64);
        let kinds = after["kinds"].as_array().unwrap();
        let of_kinds: u64 = kinds
            .iter()
            .map(|kind| kind["answers"].as_u64().unwrap())
            .sum();
        assert_eq!(of_kinds, after["totals"]["answers"].as_u64().unwrap());
        // Sampled, though not below ten thousand a second.
        let hottest = after["hottest"].as_array().unwrap();
        assert_eq!(hottest.len(), 10);
        for hot in hottest {
            let (key, times) = (hot["key"].as_str().unwrap(), hot["times"].as_u64().unwrap());
            let expect = self.by_key[key];
            let difference = times.abs_diff(expect);
            assert!(difference * 20 <= expect, "{key}: {times}, not {expect}");
        }
        let cause = &after["edits"]["causes"][0];
        assert_eq!(cause["who"], "admin token");
        assert_eq!(cause["rows"].as_u64().unwrap(), self.edits);
    }
}

#[test]
fn the_document_of_metrics_names_what_a_server_shows() {
    let process = Process::start("info");
    process.status_of("/api/properties/1/");
    process.status_of("/");
    // An edit, and an answer that it touches.
    process.edit(1, 100_000);
    process.status_of("/api/properties/1/");
    let metrics = process.metrics();
    let shown = metrics
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE "));
    let shown: BTreeMap<&str, &str> = shown.filter_map(|line| line.split_once(' ')).collect();
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/metrics.md");
    let document = std::fs::read_to_string(document).unwrap();
    let rows = document
        .lines()
        .filter_map(|line| line.strip_prefix("| `hearth_"));
    let documented: BTreeMap<String, String> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split(" | ").collect();
            (
                format!("hearth_{}", cells[0].trim_matches('`')),
                cells[1].to_owned(),
            )
        })
        .collect();
    let shown: BTreeMap<String, String> = shown
        .into_iter()
        .map(|(name, kind)| (name.to_owned(), kind.to_owned()))
        .collect();
    assert_eq!(shown, documented);
    for file in [
        "../ops/prometheus/alerts.yaml",
        "../ops/grafana/hearth.json",
    ] {
        let text =
            std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        for name in words.filter(|word| word.starts_with("hearth_")) {
            let name = name.trim_end_matches("_bucket");
            assert!(documented.contains_key(name), "{name} in {file}");
        }
    }
    let rows = document
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let reasons: Vec<(&str, &str)> = rows
        .filter(|(name, _)| !name.starts_with("hearth_"))
        .map(|(name, meaning)| (name, meaning.trim_end_matches(" |")))
        .collect();
    let known = cache::Reason::NAMES.into_iter();
    let known: Vec<_> = known.zip(cache::Reason::MEANINGS).collect();
    assert_eq!(reasons, known);
}

#[test]
fn each_request_says_how_many_statements_it_took_and_sqlx_does_not_repeat_them() {
    let process = Process::start("info,sql=debug");
    process.status_of("/api/properties/7/");
    process.status_of("/api/properties/8/?utm_source=x");
    process.status_of("/api/properties/?q=garden");
    process.status_of("/properties?q=garden");
    process.edit(7, 123_000);
    let log = process.log();
    assert!(!log.contains("db.statement"), "sqlx logs too");
    assert!(
        log.contains("SELECT \\\"properties\\\".\\\"id\\\""),
        "no statement is logged"
    );
    let lines = log.lines().filter(|line| line.starts_with('{'));
    let lines = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let requests = lines.filter(|line| line["fields"]["message"] == "request");
    let ran: Vec<(String, u64)> = requests
        .map(|line| {
            let fields = &line["fields"];
            let path = fields["path"].as_str().unwrap().to_owned();
            (path, fields["statements"].as_u64().unwrap())
        })
        .filter(|(path, _)| path != "/readyz")
        .collect();
    let ran: Vec<(&str, u64)> = ran
        .iter()
        .map(|(path, ran)| (path.as_str(), *ran))
        .collect();
    let [object, other, search, page, edit] = ran[..] else {
        panic!("{ran:?}");
    };
    // The stamp, and the row.
    assert_eq!(
        (object, other),
        (
            ("/api/properties/7/", 2),
            ("/api/properties/8/?utm_source=x", 2)
        )
    );
    // The stamp, the count and the rows.
    assert_eq!(search, ("/api/properties/?q=garden", 3));
    // A page that is not cached: the list, and what stands beside it.
    assert!(page.1 >= 3, "{page:?}");
    assert!(edit.1 > 3, "{edit:?}");
}
