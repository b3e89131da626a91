//! A place where an operation can be stopped.

use tokio::sync::oneshot;

/// The test's side: it learns that the place was reached, and decides how the operation ends.
pub(crate) struct Gate {
    reached: Option<oneshot::Receiver<()>>,
    go: oneshot::Sender<End>,
}

/// The operation's side.
pub(crate) struct Stop {
    reached: oneshot::Sender<()>,
    go: oneshot::Receiver<End>,
}

/// How a stopped operation ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Well,
    InError,
    InPanic,
}

pub(crate) fn gate() -> (Gate, Stop) {
    let (reached, was_reached) = oneshot::channel();
    let (go, wait) = oneshot::channel();
    (
        Gate {
            reached: Some(was_reached),
            go,
        },
        Stop { reached, go: wait },
    )
}

impl Gate {
    /// Waits until something has stopped here.
    pub(crate) async fn reached(&mut self) {
        if let Some(reached) = self.reached.take() {
            reached
                .await
                .expect("the load that was to stop here is gone");
        }
    }

    pub(crate) fn open(self) {
        self.end(End::Well);
    }

    pub(crate) fn fail(self) {
        self.end(End::InError);
    }

    pub(crate) fn panic(self) {
        self.end(End::InPanic);
    }

    fn end(self, end: End) {
        self.go.send(end).expect("nothing waits at this gate");
    }
}

impl Stop {
    pub(crate) async fn pass(self) -> End {
        // A test need not wait for this.
        let _ = self.reached.send(());
        self.go.await.unwrap_or(End::Well)
    }
}
