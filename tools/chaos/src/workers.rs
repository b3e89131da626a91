//! Threads that work until they are told to rest or to end.

use std::{
    sync::Arc,
    thread::{self, JoinHandle},
};

use parking_lot::{Condvar, Mutex};

/// Where workers check whether they may continue.
pub(super) struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    order: Order,
    /// Number of threads that are not working.
    idle: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Work,
    Rest,
    End,
}

pub(super) struct Workers {
    gate: Arc<Gate>,
    threads: Vec<JoinHandle<()>>,
}

impl Gate {
    fn new() -> Self {
        Self {
            state: Mutex::new(State {
                order: Order::Work,
                idle: 0,
            }),
            changed: Condvar::new(),
        }
    }

    /// Waits while the workers rest. False if they must end.
    pub(super) fn pass(&self) -> bool {
        let mut state = self.state.lock();
        if state.order == Order::Rest {
            state.idle += 1;
            self.changed.notify_all();
            while state.order == Order::Rest {
                self.changed.wait(&mut state);
            }
            state.idle -= 1;
        }
        state.order == Order::Work
    }

    fn give(&self, order: Order) {
        self.state.lock().order = order;
        self.changed.notify_all();
    }
}

impl Workers {
    pub(super) fn new() -> Self {
        Self {
            gate: Arc::new(Gate::new()),
            threads: Vec::new(),
        }
    }

    /// Adds a thread, which must pass the gate before each piece of its work.
    pub(super) fn add(&mut self, work: impl FnOnce(&Gate) + Send + 'static) {
        let gate = Arc::clone(&self.gate);
        self.threads.push(thread::spawn(move || work(&gate)));
    }

    /// Lets the workers rest, and returns once every thread is idle or has ended.
    pub(super) fn rest(&self) {
        self.gate.give(Order::Rest);
        let mut state = self.gate.state.lock();
        while state.idle
            < self
                .threads
                .iter()
                .filter(|thread| !thread.is_finished())
                .count()
        {
            let interval = std::time::Duration::from_millis(50);
            self.gate.changed.wait_for(&mut state, interval);
        }
    }

    pub(super) fn work(&self) {
        self.gate.give(Order::Work);
    }

    /// Waits for threads that end by themselves.
    pub(super) fn finish(mut self) {
        self.join();
    }

    fn join(&mut self) {
        for thread in self.threads.drain(..) {
            // A thread that panicked has reported it.
            drop(thread.join());
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.gate.give(Order::End);
        self.join();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn workers_do_nothing_while_they_rest() {
        let count = Arc::new(AtomicU64::new(0));
        let mut workers = Workers::new();
        for _ in 0..4 {
            let count = Arc::clone(&count);
            workers.add(move |gate| {
                while gate.pass() {
                    count.fetch_add(1, Ordering::Relaxed);
                    thread::yield_now();
                }
            });
        }
        workers.rest();
        let before = count.load(Ordering::Relaxed);
        services::process::pause(std::time::Duration::from_millis(20));
        assert_eq!(count.load(Ordering::Relaxed), before);
        workers.work();
        while count.load(Ordering::Relaxed) == before {
            thread::yield_now();
        }
    }
}
