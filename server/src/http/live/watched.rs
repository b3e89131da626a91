//! The pages that somebody looks at, and the task that sees them touched.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use cache::{Entry, Log};
use catalogue::Image;
use parking_lot::Mutex;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{Instant, interval},
};

use crate::answers::pages::{Address, PageAsk, Pages};

/// How many streams a node serves.
const STREAMS: usize = 2_000;

/// How many touched pages are asked for again at once; readers have more room.
const RETAKEN_AT_ONCE: usize = 8;

/// How long a page that cannot be had is let alone.
const REST: Duration = Duration::from_secs(2);

/// A page's address, as the browser wrote it and as it is meant.
pub(super) struct Key {
    pub(super) text: String,
    pub(super) page: Address,
}

/// What is known about a watched page.
#[derive(Debug, Clone, Copy)]
pub(super) struct News {
    /// The revision at which it was last seen touched; 0 if it never was.
    pub(super) touched: u64,
    /// The revision up to which every touch has been seen.
    pub(super) known: u64,
}

/// What a page is about, without the page.
type About = Entry<PageAsk, ()>;

struct Watched {
    page: Address,
    about: Option<About>,
    /// Whether a task is asking for the page; and from when on it may be asked for again.
    asking: bool,
    rests_until: Instant,
    news: watch::Sender<News>,
}

/// The pages that somebody looks at.
pub(in crate::http) struct Live {
    pages: Arc<cache::Tiers<Pages>>,
    watched: Mutex<HashMap<String, Watched>>,
    streams: Arc<Semaphore>,
    retakes: Semaphore,
    follows: AtomicBool,
    closing: watch::Sender<bool>,
}

impl Live {
    pub(in crate::http) fn new(pages: Arc<cache::Tiers<Pages>>) -> Self {
        Self {
            pages,
            watched: Mutex::default(),
            streams: Arc::new(Semaphore::new(STREAMS)),
            retakes: Semaphore::new(RETAKEN_AT_ONCE),
            follows: AtomicBool::new(false),
            closing: watch::Sender::new(false),
        }
    }

    /// A place for one more stream.
    pub(super) fn admit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.streams).try_acquire_owned().ok()
    }

    /// Turns true when the server stops.
    pub(super) fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// Ends all streams.
    pub(in crate::http) fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Watches a page that somebody has as of a revision; also tells whether it was touched since.
    pub(super) async fn watch(
        self: &Arc<Self>,
        key: &Key,
        at: u64,
    ) -> (watch::Receiver<News>, bool) {
        self.follow();
        let name = key.page.as_str();
        let there = self.watched.lock().get(name).map(|watched| {
            let news = watched.news.subscribe();
            (news, self.is_touched_after(watched.about.as_ref(), at))
        });
        if let Some(there) = there {
            return there;
        }
        let (about, revision) = self.take(&key.page).await;
        let mut watched = self.watched.lock();
        let watched = watched.entry(name.to_owned()).or_insert_with(|| Watched {
            page: key.page.clone(),
            about,
            asking: false,
            rests_until: Instant::now(),
            news: watch::Sender::new(News {
                touched: 0,
                known: revision,
            }),
        });
        let news = watched.news.subscribe();
        (news, self.is_touched_after(watched.about.as_ref(), at))
    }

    fn is_touched_after(&self, about: Option<&About>, revision: u64) -> bool {
        about.is_none_or(|about| self.log().is_touched_after(about, revision))
    }

    /// What a page is about, and a revision up to which that is right. Nothing, if the page cannot
    /// be had, or is not from a time that the log tells of.
    async fn take(&self, page: &Address) -> (Option<About>, u64) {
        let revision = self.log().revision();
        let answer = self.pages.answer(&PageAsk::page(page)).await.ok();
        let about = answer.map(|answer| answer.entry.without_body());
        (
            about.filter(|about| !self.log().is_touched(about)),
            revision,
        )
    }

    /// Starts the task that follows the log, if it does not run.
    fn follow(self: &Arc<Self>) {
        if self.follows.swap(true, Ordering::AcqRel) {
            return;
        }
        let live = Arc::clone(self);
        tokio::spawn(async move {
            let mut closing = live.closing();
            let mut rested = interval(REST);
            let mut seen = live.log().position();
            loop {
                live.look();
                tokio::select! {
                    position = live.log().moved(seen) => seen = position,
                    _ = rested.tick() => {}
                    _ = closing.wait_for(|closing| *closing) => return,
                }
            }
        });
    }

    /// Looks at every watched page, and forgets those that nobody looks at any more.
    fn look(self: &Arc<Self>) {
        let log = self.log();
        let now = Instant::now();
        let mut watched = self.watched.lock();
        watched.retain(|_, watched| watched.news.receiver_count() > 0);
        for watched in watched.values_mut() {
            // Before the look, which goes at least as far.
            let revision = log.revision();
            match &watched.about {
                Some(about) if !log.is_touched(about) => watched.knows(revision),
                Some(_) => {
                    watched.about = None;
                    watched.is_touched(revision);
                    self.retake(watched);
                }
                None if !watched.asking && watched.rests_until <= now => self.retake(watched),
                None => {}
            }
        }
    }

    /// Asks for a touched page, to know what it is about now.
    fn retake(self: &Arc<Self>, watched: &mut Watched) {
        watched.asking = true;
        let page = watched.page.clone();
        let live = Arc::clone(self);
        tokio::spawn(async move {
            // The semaphore is never closed.
            let _permit = live.retakes.acquire().await;
            let (about, revision) = live.take(&page).await;
            let mut watched = live.watched.lock();
            let Some(watched) = watched.get_mut(page.as_str()) else {
                return;
            };
            watched.asking = false;
            watched.rests_until = Instant::now() + REST;
            let Some(about) = about else { return };
            let known = watched.news.borrow().known;
            // Touched again before it was taken, which nobody has been told.
            if live.log().is_touched_after(&about, known) {
                watched.is_touched(live.log().revision());
            } else {
                watched.knows(revision);
            }
            watched.about = Some(about);
        });
    }

    fn log(&self) -> &Log<Image> {
        self.pages.log()
    }
}

impl Watched {
    /// Notes that everything up to a revision has been seen; nobody is woken for that.
    fn knows(&self, revision: u64) {
        self.news.send_if_modified(|news| {
            news.known = news.known.max(revision);
            false
        });
    }

    /// Tells everybody that the page was touched.
    fn is_touched(&self, revision: u64) {
        self.news.send_modify(|news| {
            news.touched = revision;
            news.known = revision;
        });
    }
}
