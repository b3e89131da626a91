//! A miss, a hit, and an edit after which the entry is invalid:
//! `cargo run -p cache --example tiers`.

use std::{borrow::Cow, convert::Infallible, error::Error, sync::Arc, time::Duration};

use ask::{Ask, CachePolicy};
use bytes::Bytes;
use cache::{Beside, Changes, Feed, Loaded, Log, Origin, Pace, Settings, Stamp, Tiers, follow};

/// The only ask in this example.
#[derive(Clone, Debug)]
struct Weather;

impl Ask for Weather {
    type Image = ();

    fn url(&self) -> Cow<'_, str> {
        "/weather".into()
    }
    fn key(&self) -> Cow<'_, str> {
        "weather".into()
    }
    fn catalogue(&self) -> &'static str {
        "weather"
    }
    fn policy(&self) -> CachePolicy {
        CachePolicy::on_change()
    }
}

/// Where answers come from, and where changes are announced.
struct Station(Arc<Changes>);

impl Origin for Station {
    type Ask = Weather;
    type Body = Bytes;
    type Error = Infallible;

    async fn load(
        &self,
        _: &Weather,
        _: Beside<'_, Self>,
    ) -> Result<Loaded<Weather, Bytes>, Infallible> {
        // Read before the load, so that every later change touches the answer.
        let stamp = self.0.head().await.ok().flatten();
        tokio::time::sleep(Duration::from_millis(100)).await;
        Ok(Loaded {
            stamp: stamp.unwrap_or(Stamp::NOWHERE),
            shows: Vec::new(),
            parts: Vec::new(),
            queries: 1,
            body: Bytes::from_static(b"fair"),
        })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (changes, log) = (Arc::new(Changes::in_process()), Arc::new(Log::default()));
    let pace = Pace(Duration::from_millis(250));
    tokio::spawn(follow(Arc::clone(&changes), Arc::clone(&log), pace));
    log.reach(1, Duration::from_secs(1)).await;
    let station = Arc::new(Station(Arc::clone(&changes)));
    let tiers = Arc::new(Tiers::new(
        station,
        Arc::clone(&log),
        None,
        Settings::default(),
    ));
    let print_answer = async || -> Result<(), Box<dyn Error>> {
        let answer = tiers.answer(&Weather).await?;
        println!("{:?}: {:?}", answer.entry.body, answer.trail);
        Ok(())
    };
    print_answer().await?;
    print_answer().await?;
    let revision = changes.announce("weather").await?;
    log.wake();
    log.reach(revision, Duration::from_secs(1)).await;
    print_answer().await
}
