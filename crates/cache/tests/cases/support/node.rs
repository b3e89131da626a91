//! A node: its tiers, and the log that it follows.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use cache::{
    Answer, Failure, Log, MemoryStep, Pace, Settings, SharedStep, Tiers, follow, shared::Shared,
};
use futures::poll;
use tokio::task::JoinHandle;

use super::{Broken, Database, Feed, Link, Rows, TestAsk};

/// A node and the task that follows the log for it.
pub(crate) struct Node {
    pub(crate) tiers: Arc<Tiers<Link>>,
    pub(crate) log: Arc<Log<i64>>,
    link: Arc<Link>,
    clocks: Arc<Clocks>,
    follower: JoinHandle<()>,
}

/// The clocks that a node uses, in milliseconds: they stand still unless a test moves them.
#[derive(Default)]
struct Clocks {
    lease: AtomicU64,
    /// Since 1970.
    wall: AtomicU64,
}

/// A caller that waits for its answer.
pub(crate) type Asking =
    Pin<Box<dyn Future<Output = Result<Answer<Link>, Failure<Broken>>> + Send>>;

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    FromMemory,
    WhileRefreshed,
    FromShared,
    FromOtherNode,
    FromDatabase,
    Marked,
}

pub(crate) fn came(answer: &Answer<Link>) -> Came {
    let trail = &answer.trail;
    match (&trail.memory, &trail.shared) {
        _ if trail.load.is_some() => Came::FromDatabase,
        _ if trail.cut_off => Came::Marked,
        (_, Some(SharedStep::Hit)) => Came::FromShared,
        (_, Some(SharedStep::Collapsed(_))) => Came::FromOtherNode,
        (MemoryStep::HitWhileRefreshed, _) => Came::WhileRefreshed,
        _ => Came::FromMemory,
    }
}

pub(crate) fn rows(answer: &Answer<Link>) -> &Rows {
    &answer.entry.body
}

impl Node {
    /// A node that has caught up and holds a lease, with room for everything.
    pub(crate) async fn start(database: &Arc<Database>, shared: &Arc<impl Shared>) -> Self {
        Self::with(database, shared, Settings::default()).await
    }

    /// A node that revalidates its answers at an interval of this length.
    pub(crate) async fn that_revalidates(
        database: &Arc<Database>,
        shared: &Arc<impl Shared>,
        revalidate: Duration,
    ) -> Self {
        let settings = Settings {
            revalidate,
            ..Settings::default()
        };
        Self::with(database, shared, settings).await
    }

    /// A node whose answers age by the machine's clock.
    pub(crate) async fn in_real_time(database: &Arc<Database>, shared: &Arc<impl Shared>) -> Self {
        let settings = Settings::default();
        Self::on_log(database, shared, settings, Arc::default(), Log::default()).await
    }

    /// A node, and another one that has followed an edit of home 1 which the first has yet to see.
    pub(crate) async fn behind_another(
        database: &Arc<Database>,
        shared: &Arc<impl Shared>,
    ) -> (Self, Self) {
        let node = Self::start(database, shared).await;
        let ahead = Self::start(database, shared).await;
        node.hold_feed();
        database.put(1, 11);
        ahead.catch_up().await;
        (node, ahead)
    }

    pub(crate) async fn with(
        database: &Arc<Database>,
        shared: &Arc<impl Shared>,
        settings: Settings,
    ) -> Self {
        let clocks = Clocks {
            lease: AtomicU64::new(1_000_000),
            wall: AtomicU64::new(1_700_000_000_000),
        };
        let clocks = Arc::new(clocks);
        let (lease, wall) = (Arc::clone(&clocks), Arc::clone(&clocks));
        let log = Log::with_clocks(
            move || lease.lease.load(Ordering::SeqCst),
            move || wall.wall.load(Ordering::SeqCst),
        );
        Self::on_log(database, shared, settings, clocks, log).await
    }

    async fn on_log(
        database: &Arc<Database>,
        shared: &Arc<impl Shared>,
        settings: Settings,
        clocks: Arc<Clocks>,
        log: Log<i64>,
    ) -> Self {
        let log = Arc::new(log);
        let link = Arc::new(Link::new(database));
        let shared: Arc<dyn Shared> = shared.clone();
        let tiers = Tiers::new(Arc::clone(&link), Arc::clone(&log), Some(shared), settings);
        let pace = Pace(Duration::from_millis(100));
        let follower = tokio::spawn(follow(Arc::clone(&link), Arc::clone(&log), pace));
        let node = Self {
            tiers: Arc::new(tiers),
            log,
            link,
            clocks,
            follower,
        };
        node.catch_up().await;
        assert!(
            node.log.has_lease(),
            "a node that has caught up holds a lease"
        );
        node
    }

    /// Waits until the follower has finished a beat that began after this call.
    pub(crate) async fn catch_up(&self) {
        let mut beats = self.link.beats.subscribe();
        // The beat that begins next, and another one, whose start shows that the first has ended.
        for _ in 0..2 {
            let seen = *beats.borrow_and_update();
            self.log.wake();
            beats
                .wait_for(|beats| *beats > seen)
                .await
                .expect("the link outlives the wait");
        }
    }

    pub(crate) fn set_feed(&self, feed: Feed) {
        self.link.set_feed(feed);
    }

    /// The node sees nothing new from now on, but its lease stays live: no newer change has been
    /// acknowledged yet. (A node without a lease cannot get one in this way: it would have to catch
    /// up first.)
    pub(crate) fn hold_feed(&self) {
        assert!(self.log.has_lease(), "a feed is held only under a lease");
        self.set_feed(Feed::Until(self.log.revision()));
    }

    /// Ends the lease: its clock advances by a minute while the feed is cut.
    pub(crate) fn end_lease(&self) {
        self.set_feed(Feed::Cut);
        self.pass(Duration::from_secs(60));
        assert!(!self.log.has_lease(), "no lease lasts a minute");
    }

    /// An editor strikes the node off; then its feed is cut.
    pub(crate) async fn strike_off(&self) {
        self.link.strike_off();
        self.set_feed(Feed::Cut);
        self.catch_up().await;
        assert!(!self.log.has_lease(), "no editor waits for this node");
    }

    /// Advances the clock that leases are counted on.
    pub(crate) fn pass(&self, time: Duration) {
        self.clocks
            .lease
            .fetch_add(u64::try_from(time.as_millis()).unwrap(), Ordering::SeqCst);
    }

    /// Lets answers age by the given time; leases are counted on another clock.
    pub(crate) fn grow_old(&self, time: Duration) {
        self.clocks
            .wall
            .fetch_add(u64::try_from(time.as_millis()).unwrap(), Ordering::SeqCst);
    }

    /// Opens the feed and waits until the node is up to date.
    pub(crate) async fn follow_again(&self) {
        self.set_feed(Feed::Open);
        self.catch_up().await;
        assert_eq!(
            self.log.revision(),
            self.link.database.revision(),
            "the node has caught up"
        );
    }

    /// Requests an answer and waits for it.
    pub(crate) async fn ask(&self, ask: &TestAsk) -> Answer<Link> {
        self.tiers
            .answer(ask)
            .await
            .unwrap_or_else(|failure| panic!("{ask:?}: {failure}"))
    }

    /// Begins a request that cannot be answered immediately: the caller has arrived, and waits.
    pub(crate) async fn begin(&self, ask: &TestAsk) -> Asking {
        let (tiers, requested) = (Arc::clone(&self.tiers), ask.clone());
        let mut pending: Asking = Box::pin(async move { tiers.answer(&requested).await });
        assert!(
            poll!(&mut pending).is_pending(),
            "{ask:?} was answered immediately"
        );
        pending
    }

    /// Requests an answer, and checks that it is current and where it came from.
    pub(crate) async fn check(&self, ask: &TestAsk, expected: Came) {
        let answer = self.ask(ask).await;
        assert_eq!(
            rows(&answer),
            &self.link.database.truth(ask),
            "not current: {ask:?}, {:?}",
            answer.trail
        );
        assert_eq!(came(&answer), expected, "{ask:?}, {:?}", answer.trail);
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.follower.abort();
    }
}
