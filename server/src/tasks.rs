//! Tasks that run for as long as the server does.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures::FutureExt;
use tokio::time::sleep;
use tracing::error;

/// How long a task that has panicked rests before it begins again.
const REST: Duration = Duration::from_millis(200);

/// Runs a task until it returns. One that panics begins again: the server would go on without it, and
/// nobody would notice.
pub(crate) fn keep<F>(what: &'static str, task: impl Fn() -> F + Send + 'static)
where
    F: Future<Output = ()> + Send,
{
    tokio::spawn(async move {
        while AssertUnwindSafe(task()).catch_unwind().await.is_err() {
            error!(what, "a task panicked; it begins again");
            sleep(REST).await;
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn a_task_that_panics_begins_again() {
        let (times, done) = (Arc::new(AtomicU32::new(0)), Arc::new(Notify::new()));
        let (counted, tells) = (Arc::clone(&times), Arc::clone(&done));
        keep("a test", move || {
            let (counted, tells) = (Arc::clone(&counted), Arc::clone(&tells));
            async move {
                let time = counted.fetch_add(1, Ordering::SeqCst);
                assert_eq!(time, 2, "it fails twice");
                tells.notify_one();
            }
        });
        done.notified().await;
        assert_eq!(times.load(Ordering::SeqCst), 3);
    }
}
