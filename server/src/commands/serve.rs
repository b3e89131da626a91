//! `hearth serve`: open the store, follow its log, answer requests.

use std::{error::Error, io, net::SocketAddr, sync::Arc, time::Duration};

use backon::BackoffBuilder;
use cache::Log;
use listenfd::ListenFd;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use sd_notify::NotifyState;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::oneshot,
    task::{JoinError, JoinHandle},
};
use tracing::{debug, info, warn};

use crate::{
    answers::{Tiers, start_tiers},
    commands::{accounts, reachable, seed},
    config::{Config, Secret},
    http::{App, Portal},
    metrics,
    serving::{Limits, serve_on},
    store::{Amounts, Store},
    tasks,
};

/// The rows that the first start puts into an empty database.
const FIRST_SEED: Amounts = Amounts {
    properties: 5_000,
    recipes: 300,
};

/// How long requests may take to end once no more are taken.
const FINISH: Duration = Duration::from_secs(20);

/// How much longer a service manager shall wait for the start, in microseconds, counted from each
/// attempt to reach the database.
const PATIENCE_OF_MANAGER: u32 = 30_000_000;

pub(super) async fn run(config: Config) -> Result<(), Box<dyn Error>> {
    raise_file_limit();
    let metrics = metrics::record()?;
    let recorder = metrics.clone();
    tasks::keep("metrics", move || metrics::keep_up(recorder.clone()));
    let mut signals = Signals::listen()?;
    let mut entrance = Entrance::new(config.site.address);
    let reached = tokio::select! {
        reached = reach(&config, &mut entrance) => reached,
        _ = signals.next() => {
            info!("stopped before the database could be used");
            return Ok(());
        }
    };
    let (store, tiers) = reached?;
    let views = Arc::clone(&store);
    tasks::keep("views", move || Arc::clone(&views).keep_writing_views());
    let (pruned, history) = (Arc::clone(&store), config.storage.history());
    tasks::keep("pruning", move || Arc::clone(&pruned).keep_pruned(history));
    let (drain, redis) = (config.site.drain, config.storage.redis_url.is_some());
    let app = App::new(tiers, config, metrics)?;
    let (read, warm) = (app.clone(), app.clone());
    tasks::keep("readings", move || read.clone().keep_reading());
    tasks::keep("warming", move || warm.clone().keep_warm());
    app.release_files().await;
    entrance.portal.open(app.clone());
    entrance.open().await?;
    let (database, address) = (store.database().product(), entrance.address);
    info!(database, redis, "http://{address}");
    announce(&[NotifyState::Ready, NotifyState::Status("serving")]);
    entrance.serve_until_stopped(&app, drain, signals).await?;
    if let Err(error) = app.end_period().await {
        warn!(%error, "cannot note what was requested last");
    }
    if let Err(error) = store.write_views().await {
        warn!(%error, "cannot write the last views");
    }
    if let Err(error) = store.deregister().await {
        warn!(%error, "cannot deregister this node; the next edit will wait for it once");
    }
    info!("stopped");
    Ok(())
}

/// Opens the store, fills an empty one, and starts the tiers; again and again for as long as the
/// database cannot be reached. Meanwhile the node is alive, and says that it is not ready.
async fn reach(
    config: &Config,
    entrance: &mut Entrance,
) -> Result<(Arc<Store>, Arc<Tiers>), Box<dyn Error>> {
    let mut delays = reachable::delays().build();
    let mut is_first = true;
    loop {
        let error = match begin(config).await {
            Ok(begun) => {
                if !is_first {
                    info!("the database can be reached");
                }
                return Ok(begun);
            }
            Err(error) if reachable::may_be_later(&*error) => error,
            Err(error) => return Err(error),
        };
        if std::mem::take(&mut is_first) {
            warn!(%error, "cannot reach the database; trying again until it can be reached");
            entrance.open().await?;
        } else {
            debug!(%error, "still cannot reach the database");
        }
        announce(&[
            NotifyState::Status("waiting for the database"),
            NotifyState::ExtendTimeoutUsec(PATIENCE_OF_MANAGER),
        ]);
        tokio::time::sleep(delays.next().unwrap_or_default()).await;
    }
}

/// One attempt to reach the database.
async fn begin(config: &Config) -> Result<(Arc<Store>, Arc<Tiers>), Box<dyn Error>> {
    let store = Store::open(config.storage.database_url.expose()).await?;
    // Nodes of a fleet start at once: one fills the database and prints a password, the others wait.
    let first = store.first_start().await?;
    if store.is_untouched().await? {
        seed::run(&store, FIRST_SEED, 1).await?;
    }
    accounts::ensure_admin(&store, config.admin.password.as_ref().map(Secret::expose)).await?;
    drop(first);
    let store = Arc::new(store.limited());
    let tiers = Arc::new(start_tiers(&store, config, Log::default()).await?);
    Ok((store, tiers))
}

/// Where connections come in: closed until the node is ready, or has to say that it is not.
struct Entrance {
    /// Where it listens, or will.
    address: SocketAddr,
    portal: Portal,
    /// The task that serves, and what makes it end.
    serving: Option<(JoinHandle<()>, oneshot::Sender<()>)>,
}

impl Entrance {
    fn new(address: SocketAddr) -> Self {
        Self {
            address,
            portal: Portal::default(),
            serving: None,
        }
    }

    /// Accepts connections, unless it does.
    async fn open(&mut self) -> Result<(), Box<dyn Error>> {
        if self.serving.is_some() {
            return Ok(());
        }
        let listener = listener(self.address).await?;
        self.address = listener.local_addr()?;
        let (close, closes) = oneshot::channel();
        let closed = async {
            // Never fails: the sender is only dropped after it has sent.
            let _ = closes.await;
        };
        let portal = self.portal.clone();
        let serving = tokio::spawn(serve_on(listener, portal, Limits::default(), closed));
        self.serving = Some((serving, close));
        Ok(())
    }

    /// Serves until the process is told to stop, and then for `drain` while it says that it is not
    /// ready. Requests that run by then are finished, if they are not too slow.
    async fn serve_until_stopped(
        self,
        app: &App,
        drain: Duration,
        signals: Signals,
    ) -> Result<(), JoinError> {
        let Some((serving, close)) = self.serving else {
            return Ok(());
        };
        let stopping = async {
            stopped(app, drain, signals).await;
            let _ = close.send(());
            tokio::time::sleep(FINISH).await;
        };
        tokio::select! {
            served = serving => served?,
            () = stopping => warn!("requests still run after {FINISH:?}: stopping without them"),
        }
        Ok(())
    }
}

/// Lets the process open as many files as it may: each connection is one, and the usual limit is for
/// programs that use `select`.
fn raise_file_limit() {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        ..limit
    };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        warn!(%error, "cannot raise the number of open files");
    }
}

/// The socket that whoever has started this process hands over (`LISTEN_FDS`, as systemd does), or a
/// new one. A socket that is handed over outlives the process, so no connection is refused while
/// another takes its place.
async fn listener(address: SocketAddr) -> Result<TcpListener, Box<dyn Error>> {
    if let Some(listener) = ListenFd::from_env().take_tcp_listener(0)? {
        listener.set_nonblocking(true)?;
        return Ok(TcpListener::from_std(listener)?);
    }
    let listener = TcpListener::bind(address).await.map_err(|error| {
        format!("LEPTOS_SITE_ADDR is {address}, where nothing can listen: {error}")
    })?;
    Ok(listener)
}

/// Tells the service manager, if there is one that wants to know (`NOTIFY_SOCKET`).
fn announce(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        warn!(%error, "cannot tell the service manager how it goes");
    }
}

/// The signals that tell the process to stop. Those that come while nobody waits for one are not lost.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

/// Who tells the process to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// A service manager, by SIGTERM.
    ByManager,
    /// A person, by SIGINT.
    ByPerson,
}

impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) -> Told {
        tokio::select! {
            _ = self.terminate.recv() => Told::ByManager,
            _ = self.interrupt.recv() => Told::ByPerson,
        }
    }
}

/// Ends when the process is to accept no more connections: at once after SIGINT, after `drain` if it
/// is SIGTERM, which a service manager sends while a proxy may still send requests here.
async fn stopped(app: &App, drain: Duration, mut signals: Signals) {
    let told = signals.next().await;
    app.leave();
    announce(&[NotifyState::Stopping]);
    if told == Told::ByPerson {
        return;
    }
    info!("not ready any more; requests are taken for another {drain:?}");
    tokio::select! {
        () = tokio::time::sleep(drain) => {}
        _ = signals.next() => {}
    }
}
