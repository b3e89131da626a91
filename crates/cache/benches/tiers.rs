//! What the tiers cost inside the process: `cargo bench -p cache`.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, reason = "a benchmark that panics has failed")]

use std::{borrow::Cow, hint::black_box, sync::Arc, time::Duration};

use ask::{Ask, CachePolicy};
use bytes::Bytes;
use cache::{
    Answer, Beside, Cause, Change, Entry, Feed, Loaded, Log, Origin, Pace, Revision, Settings,
    Stamp, Tiers, follow,
};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use tokio::runtime::Runtime;

const HOUR: Duration = Duration::from_hours(1);

/// How many changes an entry is compared with.
const CHANGES: u64 = 10_000;

/// An ask for all rows whose price lies in a range, with as many comparisons as the list of
/// homes in one city, of one type and between two prices has.
#[derive(Debug, Clone)]
struct Priced {
    key: String,
    from: i64,
    to: i64,
    city: &'static str,
}

struct Image {
    price: i64,
    city: String,
}

impl Ask for Priced {
    type Image = Image;

    fn url(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.key)
    }

    fn key(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.key)
    }

    fn policy(&self) -> CachePolicy {
        CachePolicy::standard()
    }

    fn catalogue(&self) -> &'static str {
        "homes"
    }

    fn holds_for(&self, image: &Image) -> bool {
        image.city == self.city && (self.from..self.to).contains(&image.price)
    }
}

/// A page of 50 kB that compresses like JSON.
fn page() -> Bytes {
    let mut text = String::new();
    let mut n: u64 = 1;
    while text.len() < 50_000 {
        n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        text += &format!(
            r#"{{"id":{},"price":"{}.00","city":"Austin","bedrooms":3}},"#,
            n >> 40,
            n >> 44
        );
    }
    text.into()
}

#[derive(Debug, thiserror::Error)]
#[error("never")]
struct Never;

struct Database;

fn stamp(revision: u64) -> Stamp {
    Stamp {
        revision,
        tag: revision ^ 0x5eed,
    }
}

impl Origin for Database {
    type Ask = Priced;
    type Body = Bytes;
    type Error = Never;

    async fn load(&self, _: &Priced, _: Beside<'_, Self>) -> Result<Loaded<Priced, Bytes>, Never> {
        Ok(Loaded {
            stamp: stamp(1),
            shows: (0..20).collect(),
            parts: Vec::new(),
            queries: 1,
            body: page(),
        })
    }
}

impl Feed for Database {
    type Image = Image;
    type Error = Never;

    async fn head(&self) -> Result<Option<Stamp>, Never> {
        Ok(Some(stamp(CHANGES)))
    }

    async fn revisions_from(&self, _: Stamp, _: usize) -> Result<Vec<Revision<Image>>, Never> {
        Ok(Vec::new())
    }

    async fn last_revisions(&self, _: usize) -> Result<Vec<Revision<Image>>, Never> {
        let revision = |n: u64| Revision {
            stamp: stamp(n),
            at: None,
            changes: vec![Change::Row {
                catalogue: "homes",
                id: 1_000 + i64::try_from(n).unwrap(),
                before: Some(image(n)),
                after: Some(image(n + 1)),
                cause: Cause::default(),
            }],
        };
        Ok((1..=CHANGES).map(revision).collect())
    }
}

/// Every second image is in the requested city, so that prices must be compared too.
fn image(n: u64) -> Image {
    Image {
        price: 900_000 + i64::try_from(n).unwrap(),
        city: if n.is_multiple_of(2) {
            "austin"
        } else {
            "boston"
        }
        .to_owned(),
    }
}

fn austin() -> Priced {
    Priced {
        key: "hearth:properties:v1:city=austin&max_price=500000&min_price=300000".to_owned(),
        from: 300_000,
        to: 500_000,
        city: "austin",
    }
}

/// Tiers whose log holds ten thousand changes, none of which touches the ask.
fn tiers(runtime: &Runtime) -> Arc<Tiers<Database>> {
    let (database, log) = (Arc::new(Database), Arc::new(Log::default()));
    let following = follow(
        Arc::clone(&database),
        Arc::clone(&log),
        Pace(Duration::from_millis(250)),
    );
    runtime.spawn(following);
    assert!(runtime.block_on(log.reach(CHANGES, Duration::from_secs(5))));
    Arc::new(Tiers::new(database, log, None, Settings::default()))
}

fn hit(c: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let (tiers, ask) = (tiers(&runtime), austin());
    let answer = || runtime.block_on(tiers.answer(&ask)).ok().unwrap();
    answer();
    c.bench_function("memory hit, at once", |b| {
        b.iter(|| black_box(tiers.cached(&ask)).is_some());
    });
    c.bench_function("memory hit, awaited", |b| {
        b.to_async(&runtime)
            .iter(|| async { black_box(tiers.answer(&ask).await).is_ok() });
    });
}

fn changes(c: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let (tiers, ask) = (tiers(&runtime), austin());
    let mut group = c.benchmark_group("validate an entry");
    group.throughput(Throughput::Elements(CHANGES));
    // A new entry each time, not compared yet; loading it is not measured.
    group.bench_function("10,000 changes after it", |b| {
        let load_another = || -> Answer<Database> {
            let other = Priced {
                key: format!("{}&page={}", ask.key, rand::random::<u32>()),
                ..ask.clone()
            };
            runtime.block_on(tiers.answer(&other)).ok().unwrap()
        };
        b.iter_batched(
            load_another,
            |answer| {
                assert!(black_box(tiers.cached(&answer.entry.ask)).is_some());
            },
            // Memory would not retain all entries of a larger batch.
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn entries(c: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let tiers = tiers(&runtime);
    let entry: Arc<Entry<Priced, Bytes>> = runtime
        .block_on(tiers.answer(&austin()))
        .ok()
        .unwrap()
        .entry;
    let encoded = entry.encode().unwrap();
    let mut group = c.benchmark_group("entry of 50 kB");
    group.throughput(Throughput::Bytes(entry.body.len() as u64));
    group.bench_function("encode", |b| b.iter(|| black_box(entry.encode())));
    group.bench_function("decode", |b| {
        b.iter(|| black_box(Entry::<Priced, Bytes>::decode(&entry.ask, &encoded, HOUR)).is_ok());
    });
    group.finish();
}

criterion_group!(benches, hit, changes, entries);
criterion_main!(benches);
