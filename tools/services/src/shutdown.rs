//! What must be undone however a program ends: return, error, panic or signal.
//!
//! A [`Cleanup`] runs when it is dropped, or when a signal ends the process, whichever comes first. Being
//! killed outright leaves no time for either; for that case long-lived children are started by
//! `process::bound`.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
};

use anyhow::{Context as _, Result};
use parking_lot::Mutex;
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    iterator::Signals,
};

type Action = Box<dyn FnOnce() + Send>;

static PENDING: Mutex<Vec<(u64, Action)>> = Mutex::new(Vec::new());
static NEXT: AtomicU64 = AtomicU64::new(0);
static ENDING: AtomicBool = AtomicBool::new(false);

/// Watches for the signals that ask a program to end.
pub fn install() -> Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).context("watch for signals")?;
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            ENDING.store(true, Ordering::SeqCst);
            let actions = std::mem::take(&mut *PENDING.lock());
            // Last started, first ended.
            for (_, action) in actions.into_iter().rev() {
                action();
            }
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}

/// Runs `action` when the guard is dropped or a signal arrives.
pub fn at_end(action: impl FnOnce() + Send + 'static) -> Cleanup {
    wait_if_ending();
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    PENDING.lock().push((id, Box::new(action)));
    Cleanup { id }
}

/// Something that must still be undone.
#[must_use = "dropping it undoes at once"]
pub struct Cleanup {
    id: u64,
}

impl Cleanup {
    /// Discards the action: there is nothing left to undo.
    pub fn forget(self) {
        PENDING.lock().retain(|(id, _)| *id != self.id);
        wait_if_ending();
    }
}

impl Drop for Cleanup {
    fn drop(&mut self) {
        wait_if_ending();
        let mut pending = PENDING.lock();
        let action = pending
            .iter()
            .position(|(id, _)| *id == self.id)
            .map(|at| pending.remove(at).1);
        drop(pending);
        if let Some(action) = action {
            action();
        }
    }
}

/// Once a signal has arrived, nothing else may be started, and `main` must not return before everything is undone.
fn wait_if_ending() {
    while ENDING.load(Ordering::SeqCst) {
        thread::park();
    }
}
