//! `hearth serve`: open the store, follow its log, answer requests.

use std::{error::Error, future::pending, net::SocketAddr, sync::Arc, time::Duration};

use cache::Log;
use listenfd::ListenFd;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use sd_notify::NotifyState;
use tokio::{
    net::TcpListener,
    signal::{
        ctrl_c,
        unix::{SignalKind, signal},
    },
    sync::oneshot,
};
use tracing::{info, warn};

use crate::{
    answers::start_tiers,
    commands::{accounts, seed},
    config::{Config, Secret},
    http::App,
    metrics,
    serving::serve_on,
    store::{Amounts, Store},
};

/// The rows that the first start puts into an empty database.
const FIRST_SEED: Amounts = Amounts {
    properties: 5_000,
    recipes: 300,
};

/// How long requests may take to end once no more are taken.
const FINISH: Duration = Duration::from_secs(20);

pub(super) async fn run(config: Config) -> Result<(), Box<dyn Error>> {
    raise_file_limit();
    let metrics = metrics::record()?;
    tokio::spawn(metrics::keep_up(metrics.clone()));
    let store = Arc::new(Store::open(config.storage.database_url.expose()).await?);
    // Nodes of a fleet start at once: one fills the database and prints a password, the others wait.
    let first = store.first_start().await?;
    if store.is_untouched().await? {
        seed::run(&store, FIRST_SEED, 1).await?;
    }
    accounts::ensure_admin(&store, config.admin.password.as_ref().map(Secret::expose)).await?;
    drop(first);

    let tiers = Arc::new(start_tiers(&store, &config, Log::default()).await?);
    let listener = listener(config.site.address).await?;
    let address = listener.local_addr()?;
    info!(
        database = store.database().product(),
        redis = config.storage.redis_url.is_some(),
        "http://{address}"
    );
    let views = Arc::clone(&store);
    tokio::spawn(async move { views.keep_writing_views().await });
    let drain = config.site.drain;
    let app = App::new(tiers, config, metrics)?;
    tokio::spawn(app.clone().keep_reading());
    tokio::spawn(app.clone().keep_warm());
    app.release_files().await;
    announce(NotifyState::Ready);
    serve_until_stopped(listener, &app, drain).await?;
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
fn announce(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        warn!(%error, "cannot tell the service manager how it goes");
    }
}

/// Serves until the process is told to stop, and then for `drain` while it says that it is not
/// ready. Requests that run by then are finished, if they are not too slow.
async fn serve_until_stopped(
    listener: TcpListener,
    app: &App,
    drain: Duration,
) -> Result<(), Box<dyn Error>> {
    let (close, closes) = oneshot::channel();
    let closed = async {
        // Never fails: the sender is only dropped after it has sent.
        let _ = closes.await;
    };
    let stopping = async {
        stopped(app, drain).await;
        let _ = close.send(());
        tokio::time::sleep(FINISH).await;
    };
    tokio::select! {
        served = serve_on(listener, app.clone(), closed) => served?,
        () = stopping => warn!("requests still run after {FINISH:?}: stopping without them"),
    }
    Ok(())
}

/// Ends when the process is to accept no more connections: at once after SIGINT, after `drain` if it
/// is SIGTERM, which a service manager sends while a proxy may still send requests here.
async fn stopped(app: &App, drain: Duration) {
    let mut terminate = signal(SignalKind::terminate()).ok();
    let mut terminated = async || match &mut terminate {
        Some(terminate) => drop(terminate.recv().await),
        None => pending().await,
    };
    let is_drained = tokio::select! {
        _ = ctrl_c() => true,
        () = terminated() => false,
    };
    app.leave();
    announce(NotifyState::Stopping);
    if is_drained {
        return;
    }
    info!("not ready any more; requests are taken for another {drain:?}");
    tokio::select! {
        () = tokio::time::sleep(drain) => {}
        _ = ctrl_c() => {}
        () = terminated() => {}
    }
}
