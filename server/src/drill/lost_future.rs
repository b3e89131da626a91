//! Loses the future of a database on purpose, and requests an answer that is left of it.
//!
//! Two databases are restored from the same backup. In one of them a home is edited, and a node
//! stores the answer about it in a shared tier: that is the future that will be lost. Nodes of the
//! other one then find this answer there, at first with a revision that their database has not
//! issued, and later with one that it has issued for another edit.

use std::{sync::Arc, time::Duration};

use cache::{
    Beside, Log, Origin as _, Pace, Reason, Settings, SharedStep, Source, follow,
    shared::{InProcess, Shared},
};
use site::AnyAsk;
use tokio::{
    task::JoinHandle,
    time::{sleep, timeout},
};
use tracing::{instrument::WithSubscriber, subscriber::NoSubscriber};

use super::Check;
use crate::{
    answers::Tiers,
    store::{BackupError, Store},
};

/// How much the shared tier of the drill holds, in bytes.
const SHARED: u64 = 16 << 20;

/// How long a node may take to follow its log, and an answer to be stored.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often it is looked whether they do.
const LOOK: Duration = Duration::from_millis(5);

/// A node without HTTP.
struct Node {
    tiers: Arc<Tiers>,
    follower: JoinHandle<()>,
}

impl Drop for Node {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

impl Node {
    async fn start(store: &Arc<Store>, shared: &Arc<dyn Shared>) -> Result<Self, BackupError> {
        store.register().await?;
        let log = Arc::new(Log::default());
        let pace = Pace(Duration::from_millis(20));
        // That the drill's nodes follow a log is no news of the site.
        let following = follow(Arc::clone(store), Arc::clone(&log), pace);
        let follower = tokio::spawn(following.with_subscriber(NoSubscriber::new()));
        let revision = store.stamp().await?.revision;
        let node = Self {
            tiers: Arc::new(Tiers::new(
                Arc::clone(store),
                log,
                Some(Arc::clone(shared)),
                Settings::default(),
            )),
            follower,
        };
        let follows = async {
            let log = node.tiers.log();
            // The lease begins a moment after the revision is reached.
            while !(log.has_lease() && log.revision() >= revision) {
                sleep(LOOK).await;
            }
        };
        if timeout(PATIENCE, follows).await.is_err() {
            return Err(BackupError::Refused(format!(
                "the drill's node does not follow its database to revision {revision}"
            )));
        }
        Ok(node)
    }

    /// An answer, and what the shared tier had for it.
    async fn answer(
        &self,
        ask: &AnyAsk,
    ) -> Result<(Arc<Answered>, Option<SharedStep>), BackupError> {
        let answer = self.tiers.answer(ask).await;
        let answer = answer.map_err(|error| BackupError::Refused(error.to_string()))?;
        let shared = answer.trail.shared.clone();
        let is_loaded = answer.trail.source() == Source::Origin;
        Ok((
            Arc::new(Answered {
                content: answer.entry.body.content().to_vec(),
                revision: answer.entry.stamp.revision,
                is_loaded,
            }),
            shared,
        ))
    }
}

/// What matters of an answer.
struct Answered {
    content: Vec<u8>,
    revision: u64,
    is_loaded: bool,
}

/// Checks that answers of the future in the database at `lost` are not served over the one at
/// `restored`.
pub(super) async fn check(lost: &str, restored: &str) -> Result<Vec<Check>, BackupError> {
    let (lost, restored) = (Store::open(lost).await?, Store::open(restored).await?);
    let (lost, restored) = (Arc::new(lost), Arc::new(restored));
    let checks = check_in(&lost, &restored).await;
    lost.database().close().await;
    restored.database().close().await;
    checks
}

async fn check_in(lost: &Arc<Store>, restored: &Arc<Store>) -> Result<Vec<Check>, BackupError> {
    let Some((first, last)) = lost.homes().await? else {
        let found = "there are no homes, so there is no future to lose";
        return Ok(vec![Check::new(
            "the lost future is not served",
            true,
            found,
        )]);
    };
    let shared: Arc<dyn Shared> = Arc::new(InProcess::new(SHARED));
    let (ask, other) = (object(first)?, object(last)?);
    let mut checks = Vec::new();

    let node = Node::start(lost, &shared).await?;
    node.answer(&other).await?;
    stored(&shared, &other).await?;
    drop(node);
    lost.rehearse_edit(first).await?;
    let node = Node::start(lost, &shared).await?;
    let (of_the_future, _) = node.answer(&ask).await?;
    let bytes = stored(&shared, &ask).await?;
    let future = lost.stamp().await?;
    drop(node);
    checks.push(Check::new(
        "an answer of the future is cached",
        of_the_future.revision == future.revision,
        format!(
            "home {first} at revision {}, tag {:016x}",
            future.revision, future.tag
        ),
    ));

    // Otherwise nodes that find nothing at all would pass, too.
    let node = Node::start(restored, &shared).await?;
    if first != last {
        let (_, found) = node.answer(&other).await?;
        let passed = found == Some(SharedStep::Hit);
        let what = "an answer from before it is still served";
        checks.push(Check::new(what, passed, said(found.as_ref())));
    }
    let what = "the lost future is not served";
    checks.push(refuses(&node, restored, &ask, what).await?);
    drop(node);

    restored.rehearse_edit(last).await?;
    let again = restored.stamp().await?;
    checks.push(Check::new(
        "its revision is issued again",
        again.revision == future.revision && again.tag != future.tag,
        format!("revision {}, tag {:016x}", again.revision, again.tag),
    ));
    let key = ask::Ask::key(&ask).into_owned();
    let put = shared.set(&key, bytes, PATIENCE, None).await;
    put.map_err(|error| BackupError::Refused(error.to_string()))?;
    let node = Node::start(restored, &shared).await?;
    let what = "the lost future is not served then either";
    checks.push(refuses(&node, restored, &ask, what).await?);
    Ok(checks)
}

/// Whether a node finds the answer in the shared tier, does not serve it, and loads the right one.
async fn refuses(
    node: &Node,
    store: &Arc<Store>,
    ask: &AnyAsk,
    what: &str,
) -> Result<Check, BackupError> {
    let (answer, found) = node.answer(ask).await?;
    let right = store.load(ask, Beside::nothing()).await?;
    let is_found = matches!(
        &found,
        Some(SharedStep::Miss {
            reason: Reason::Ahead | Reason::LogBehind,
            ..
        })
    );
    let is_right = answer.content == right.body.content().to_vec();
    let passed = answer.is_loaded && is_found && is_right;
    let loaded = match is_right {
        true => "loaded from the restored rows",
        false => "not what the restored rows say",
    };
    Ok(Check::new(
        what,
        passed,
        format!("{}, {loaded}", said(found.as_ref())),
    ))
}

fn said(found: Option<&SharedStep>) -> String {
    match found {
        None => "the shared tier was not queried".to_owned(),
        Some(SharedStep::Hit) => "a hit".to_owned(),
        Some(SharedStep::Collapsed(reason)) => format!("{} at first", reason.name()),
        Some(SharedStep::Miss { reason, .. }) => format!("a miss ({})", reason.name()),
    }
}

fn object(id: i64) -> Result<AnyAsk, BackupError> {
    AnyAsk::parse(&format!("/api/properties/{id}/"), "")
        .map_err(|_| BackupError::Refused(format!("there can be no home {id}")))
}

/// The bytes that the shared tier has for an ask, as soon as they are there.
async fn stored(shared: &Arc<dyn Shared>, ask: &AnyAsk) -> Result<bytes::Bytes, BackupError> {
    let key = ask::Ask::key(ask).into_owned();
    let wait = async {
        loop {
            if let Ok(Some(bytes)) = shared.get(&key).await {
                return bytes;
            }
            sleep(LOOK).await;
        }
    };
    timeout(PATIENCE, wait)
        .await
        .map_err(|_| BackupError::Refused(format!("the shared tier does not store {key}")))
}
