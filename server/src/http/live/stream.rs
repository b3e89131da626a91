//! One browser's events.

use std::convert::Infallible;

use axum::response::sse::Event;
use futures::{
    Stream,
    future::select_all,
    stream::{self, StreamExt as _},
};
use tokio::{
    sync::{OwnedSemaphorePermit, watch},
    time::{Instant, sleep_until},
};

use super::watched::News;
use crate::http::events::HEARTBEAT;

/// A page that a stream watches.
pub(super) struct Subscription {
    /// The address, as the browser wrote it.
    key: String,
    news: watch::Receiver<News>,
    /// Whether the page was touched before the stream began.
    touched: bool,
    /// The revision of the touch that was told last.
    told: u64,
}

impl Subscription {
    pub(super) fn new(key: String, news: watch::Receiver<News>, touched: bool) -> Self {
        let told = news.borrow().touched;
        Self {
            key,
            news,
            touched,
            told,
        }
    }

    /// The revision at which the page was touched, if the browser must be told.
    fn next(&mut self) -> Option<u64> {
        let news = *self.news.borrow_and_update();
        let is_new = news.touched != self.told;
        self.told = news.touched;
        if std::mem::take(&mut self.touched) {
            return Some(news.touched.max(news.known));
        }
        is_new.then_some(news.touched)
    }
}

struct Streaming {
    subscriptions: Vec<Subscription>,
    closing: watch::Receiver<bool>,
    heartbeat: Instant,
    _permit: OwnedSemaphorePermit,
}

/// The events of some pages, until the server stops.
pub(super) fn events(
    closing: watch::Receiver<bool>,
    permit: OwnedSemaphorePermit,
    subscriptions: Vec<Subscription>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let streaming = Streaming {
        subscriptions,
        closing,
        heartbeat: Instant::now(),
        _permit: permit,
    };
    stream::unfold(streaming, |mut streaming| async move {
        Some((streaming.next().await?, streaming))
    })
    .map(Ok)
}

impl Streaming {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if *self.closing.borrow() {
                return None;
            }
            // Read before the touches are told, so that all touches up to it have been when it is
            // sent.
            let known = self.known();
            for subscription in &mut self.subscriptions {
                if let Some(revision) = subscription.next() {
                    return Some(touched(&subscription.key, revision));
                }
            }
            if Instant::now() >= self.heartbeat {
                self.heartbeat = Instant::now() + HEARTBEAT;
                let known = known.to_string();
                return Some(Event::default().event("at").id(&known).data(known));
            }
            let changed = self
                .subscriptions
                .iter_mut()
                .map(|subscription| Box::pin(subscription.news.changed()));
            tokio::select! {
                _ = select_all(changed) => {}
                () = sleep_until(self.heartbeat) => {}
                _ = self.closing.wait_for(|closing| *closing) => return None,
            }
        }
    }

    /// The revision up to which every touch of every page is known.
    fn known(&self) -> u64 {
        let known = |subscription: &Subscription| subscription.news.borrow().known;
        self.subscriptions.iter().map(known).min().unwrap_or(0)
    }
}

fn touched(key: &str, revision: u64) -> Event {
    let data = serde_json::json!({ "key": key, "revision": revision });
    Event::default().event("touched").data(data.to_string())
}
