//! Counts of the present period and the one before it, so that what is old is forgotten.

/// Two periods. Whoever looks sees both, so at least one whole period, except at the start.
#[derive(Debug, Default)]
pub struct Periods<T> {
    /// The present one.
    pub now: T,
    /// The one before.
    pub before: T,
}

impl<T: Default> Periods<T> {
    /// Begins a new period, and forgets the one before the present one.
    pub fn turn(&mut self) {
        self.before = std::mem::take(&mut self.now);
    }
}
