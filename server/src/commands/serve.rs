//! `hearth serve`: open the store, follow its log, answer.

use std::{error::Error, io, sync::Arc, time::Duration};

use axum::{ServiceExt, extract::Request, serve::ListenerExt};
use cache::{
    Log, Pace, Settings, Tiers, follow,
    shared::{Breaker, InProcess, Redis, Shared},
};
use catalogue::Image;
use tokio::net::TcpListener;
use tracing::{info, warn};

use crate::{
    commands::{accounts, seed},
    config::Config,
    http::{self, App},
    store::{Amounts, Database, Store},
};

/// What a first start fills an empty database with.
const FIRST_SEED: Amounts = Amounts {
    properties: 5_000,
    recipes: 300,
};

/// How long the start waits for the change log and for Redis before it goes on without them.
const START_PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn run(config: Config) -> Result<(), Box<dyn Error>> {
    let metrics = metrics_exporter_prometheus::PrometheusBuilder::new().install_recorder()?;
    cache::describe_metrics();
    let store = Arc::new(Store::open(&config.database_url).await?);
    if store.is_untouched().await? {
        seed::run(&store, FIRST_SEED, 1).await?;
    }
    accounts::ensure_admin(&store, config.admin_password.as_deref()).await?;

    let tiers = Arc::new(start_tiers(&store, &config, Log::default()).await?);
    let listener = TcpListener::bind(config.address).await.map_err(|error| {
        format!(
            "cannot listen on {}: {error} (see LEPTOS_SITE_ADDR)",
            config.address
        )
    })?;
    let address = listener.local_addr()?;
    info!(
        database = store.database().product(),
        redis = config.redis_url.is_some(),
        "http://{address}"
    );
    let views = Arc::clone(&store);
    tokio::spawn(async move { views.keep_writing_views().await });
    let app = App::new(tiers, config, metrics);
    serve_on(listener, app, stopped()).await?;
    if let Err(error) = store.write_views().await {
        warn!(%error, "the last views were not counted");
    }
    if let Err(error) = store.deregister().await {
        warn!(%error, "this node stays on the list; the next edit waits for it once");
    }
    info!("stopped");
    Ok(())
}

/// Serves HTTP/1.1 with connections that are kept, and HTTP/2 in clear text to who begins with it
/// (RFC 9113, section 3.3), until `stop`; then every answer that has begun is still sent.
///
/// # Errors
/// If connections cannot be accepted any more.
pub async fn serve_on(
    listener: TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let service = http::service(app.clone());
    // Small answers must not wait for the client's acknowledgement of the ones before.
    let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
    axum::serve(listener, ServiceExt::<Request>::into_make_service(service))
        .with_graceful_shutdown(async move {
            stop.await;
            app.end_streams();
        })
        .await
}

/// Builds the tiers, whose change log starts to be followed.
///
/// # Errors
/// If `REDIS_URL` cannot be read; a Redis that is away is none.
pub async fn start_tiers(
    store: &Arc<Store>,
    config: &Config,
    log: Log<Image>,
) -> Result<Tiers<Store>, Box<dyn Error>> {
    let shared: Arc<dyn Shared> = match &config.redis_url {
        None => Arc::new(InProcess::new(config.memory_bytes / 4)),
        Some(url) => {
            let redis = Redis::connect(url).map_err(|error| format!("REDIS_URL: {error}"))?;
            if let Err(error) = redis.ready(START_PATIENCE).await {
                warn!(%error, "starting without Redis; it is tried again");
            }
            Arc::new(Breaker::new(Arc::new(redis)))
        }
    };
    let log = Arc::new(log);
    let pace = match store.database() {
        Database::Postgres(..) => Duration::from_millis(250),
        Database::Sqlite(..) => Duration::from_millis(100),
    };
    store.register().await?;
    tokio::spawn(follow(Arc::clone(store), Arc::clone(&log), Pace(pace)));
    tokio::spawn(Arc::clone(store).listen(Arc::clone(&log)));
    if !log.reach(1, START_PATIENCE).await {
        warn!("the change log is not followed yet; remembered answers wait");
    }
    let settings = Settings {
        // The other half is the pages'.
        memory_bytes: config.memory_bytes / 2,
        revalidate: Duration::from_secs(config.revalidate_seconds),
        serve_cut_off: config.serve_cut_off,
        ..Settings::default()
    };
    Ok(Tiers::new(Arc::clone(store), log, Some(shared), settings))
}

/// Ends when the process is asked to stop.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}
