//! Encoding where it holds nobody up.

use std::{
    sync::{Arc, LazyLock},
    thread::available_parallelism,
};

use http::HeaderMap;
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{Representation, negotiate};

/// How many contents are encoded at once: each takes a core.
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let cores = available_parallelism().map_or(1, usize::from);
    Arc::new(Semaphore::new(cores))
});

/// Waits until a representation can be sent in the coding that a client prefers: see [`encoding`].
pub async fn encode<H: Clone + Send + 'static>(
    holder: &H,
    of: fn(&H) -> &Representation,
    accepted: &HeaderMap,
) {
    if let Some(encoding) = encoding(holder, of, accepted) {
        encoding.await;
    }
}

/// What has to be waited for before a representation can be sent in the coding that a client prefers;
/// `None` if nothing has. Encoding takes milliseconds, which other requests on the runtime's thread would
/// wait for, and whoever prefers the same coding would block another thread.
///
/// `of` is the representation in what holds it.
pub fn encoding<H: Clone + Send + 'static>(
    holder: &H,
    of: fn(&H) -> &Representation,
    accepted: &HeaderMap,
) -> Option<impl Future<Output = ()> + Send + use<H>> {
    let coding = negotiate::coding(accepted);
    if of(holder).is_ready(coding) {
        return None;
    }
    let holder = holder.clone();
    Some(async move {
        // The semaphore is never closed.
        let place = Arc::clone(&PLACES).acquire_owned().await;
        let encoded = spawn_blocking(move || {
            of(&holder).encoded(coding);
            drop(place);
        });
        // It fails only while the process ends; then it is made where it is needed.
        let _ = encoded.await;
    })
}
