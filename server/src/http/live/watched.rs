//! The pages that readers have open, and the task that notices when they are touched.

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
    time::{Instant, interval, timeout},
};

use crate::{
    answers::pages::{Address, PageAsk, Pages},
    tasks,
};

/// How many streams a node serves.
const STREAMS: usize = 2_000;

/// How many touched pages are requested again at the same time; readers have a higher limit.
const RETAKEN_AT_ONCE: usize = 8;

/// How long whoever watches a page first waits for a place.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a page that could not be loaded is left alone.
const REST: Duration = Duration::from_secs(2);

/// A page's address, as the browser wrote it and in its canonical form.
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

/// A page's entry without its body: what the page is about.
type About = Entry<PageAsk, ()>;

struct Watched {
    page: Address,
    about: Option<About>,
    /// Whether a task is requesting the page; and when it may be requested again.
    requesting: bool,
    rests_until: Instant,
    news: watch::Sender<News>,
}

/// The pages that readers have open.
pub(in crate::http) struct Live {
    pages: Arc<cache::Tiers<Pages>>,
    watched: Mutex<HashMap<String, Watched>>,
    streams: Arc<Semaphore>,
    retakes: Semaphore,
    /// Places for those who watch a page that nobody has watched yet: it may have to be rendered.
    first: Semaphore,
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
            first: Semaphore::new(RETAKEN_AT_ONCE),
            follows: AtomicBool::new(false),
            closing: watch::Sender::new(false),
        }
    }

    /// A permit for one more stream, if there is room.
    pub(super) fn admit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.streams).try_acquire_owned().ok()
    }

    /// Turns true when the server stops.
    pub(in crate::http) fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// Ends all streams.
    pub(in crate::http) fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Watches a page that a browser has as of the revision `at`; also tells whether it was touched
    /// since. `None` if too many pages are looked at for the first time.
    pub(super) async fn watch(
        self: &Arc<Self>,
        key: &Key,
        at: u64,
    ) -> Option<(watch::Receiver<News>, bool)> {
        self.follow();
        let name = key.page.as_str();
        let existing = self.watched.lock().get(name).map(|watched| {
            let news = watched.news.subscribe();
            (news, self.is_touched_after(watched.about.as_ref(), at))
        });
        if existing.is_some() {
            return existing;
        }
        let _place = timeout(PATIENCE, self.first.acquire()).await.ok()?.ok()?;
        let (about, revision) = self.take(&key.page).await;
        let mut watched = self.watched.lock();
        let watched = watched.entry(name.to_owned()).or_insert_with(|| Watched {
            page: key.page.clone(),
            about,
            requesting: false,
            rests_until: Instant::now(),
            news: watch::Sender::new(News {
                touched: 0,
                known: revision,
            }),
        });
        let news = watched.news.subscribe();
        Some((news, self.is_touched_after(watched.about.as_ref(), at)))
    }

    fn is_touched_after(&self, about: Option<&About>, revision: u64) -> bool {
        about.is_none_or(|about| self.log().is_touched_after(about, revision))
    }

    /// What a page is about, and a revision up to which that is right. `None` if the page cannot be
    /// loaded, or may have been touched since.
    async fn take(&self, page: &Address) -> (Option<About>, u64) {
        let revision = self.log().revision();
        let answer = self.pages.answer(&PageAsk::page(page)).await.ok();
        let about = answer.map(|answer| answer.entry.without_body());
        (
            about.filter(|about| !self.log().is_touched(about)),
            revision,
        )
    }

    /// Starts the task that follows the log, unless it is running.
    fn follow(self: &Arc<Self>) {
        if self.follows.swap(true, Ordering::AcqRel) {
            return;
        }
        let live = Arc::clone(self);
        tasks::keep("what open pages hear", move || {
            let live = Arc::clone(&live);
            async move { live.keep_looking().await }
        });
    }

    /// Looks whenever the log has grown, until the server stops.
    async fn keep_looking(self: &Arc<Self>) {
        let mut closing = self.closing();
        let mut rested = interval(REST);
        let mut seen = self.log().position();
        loop {
            self.look();
            tokio::select! {
                position = self.log().moved(seen) => seen = position,
                _ = rested.tick() => {}
                _ = closing.wait_for(|closing| *closing) => return,
            }
        }
    }

    /// Checks every watched page, and drops those that no stream watches any more.
    fn look(self: &Arc<Self>) {
        let log = self.log();
        let now = Instant::now();
        let mut watched = self.watched.lock();
        watched.retain(|_, watched| watched.news.receiver_count() > 0);
        for watched in watched.values_mut() {
            // Read before the check, which goes at least as far.
            let revision = log.revision();
            match &watched.about {
                Some(about) if !log.is_touched(about) => watched.knows(revision),
                Some(_) => {
                    watched.about = None;
                    watched.is_touched(revision);
                    self.retake(watched);
                }
                None if !watched.requesting && watched.rests_until <= now => self.retake(watched),
                None => {}
            }
        }
    }

    /// Requests a touched page, to learn what it is about now.
    fn retake(self: &Arc<Self>, watched: &mut Watched) {
        watched.requesting = true;
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
            watched.requesting = false;
            watched.rests_until = Instant::now() + REST;
            let Some(about) = about else { return };
            let known = watched.news.borrow().known;
            // Touched again before it was loaded, which no stream has been told.
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
    /// Notes that everything up to a revision has been seen, without waking the streams.
    fn knows(&self, revision: u64) {
        self.news.send_if_modified(|news| {
            news.known = news.known.max(revision);
            false
        });
    }

    /// Tells the streams that the page was touched.
    fn is_touched(&self, revision: u64) {
        self.news.send_modify(|news| {
            news.touched = revision;
            news.known = revision;
        });
    }
}
