//! `hearth serve`: open the store, follow its log, answer requests.

use std::{error::Error, io, sync::Arc};

use axum::{ServiceExt, extract::Request, serve::ListenerExt};
use cache::Log;
use tokio::net::TcpListener;
use tracing::{info, warn};

use crate::{
    answers::start_tiers,
    commands::{accounts, seed},
    config::Config,
    http::{self, App},
    metrics,
    store::{Amounts, Store},
};

/// The rows that the first start puts into an empty database.
const FIRST_SEED: Amounts = Amounts {
    properties: 5_000,
    recipes: 300,
};

pub(super) async fn run(config: Config) -> Result<(), Box<dyn Error>> {
    let metrics = metrics::record()?;
    tokio::spawn(metrics::keep_up(metrics.clone()));
    let store = Arc::new(Store::open(&config.storage.database_url).await?);
    if store.is_untouched().await? {
        seed::run(&store, FIRST_SEED, 1).await?;
    }
    accounts::ensure_admin(&store, config.admin.password.as_deref()).await?;

    let tiers = Arc::new(start_tiers(&store, &config, Log::default()).await?);
    let address = config.site.address;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| format!("cannot listen on {address}: {error} (see LEPTOS_SITE_ADDR)"))?;
    let address = listener.local_addr()?;
    info!(
        database = store.database().product(),
        redis = config.storage.redis_url.is_some(),
        "http://{address}"
    );
    let views = Arc::clone(&store);
    tokio::spawn(async move { views.keep_writing_views().await });
    let app = App::new(tiers, config, metrics);
    tokio::spawn(app.clone().keep_reading());
    tokio::spawn(app.clone().keep_warm());
    serve_on(listener, app.clone(), stopped()).await?;
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

/// Serves HTTP/1.1 with persistent connections, and HTTP/2 in clear text to clients that begin with
/// it (RFC 9113, section 3.3), until `stop`; answers that have begun by then are still sent.
///
/// # Errors
/// If connections can no longer be accepted.
pub async fn serve_on(
    listener: TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let service = http::service(app.clone());
    // Small answers must not wait for the client's acknowledgement of earlier ones.
    let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
    axum::serve(listener, ServiceExt::<Request>::into_make_service(service))
        .with_graceful_shutdown(async move {
            stop.await;
            app.end_streams();
        })
        .await
}

/// Ends when the process receives SIGINT or SIGTERM.
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
