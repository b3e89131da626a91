//! How an answer was obtained, for reporting.

use std::time::Duration;

/// How an answer was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trail {
    /// What the memory tier had.
    pub memory: MemoryStep,
    /// What the shared tier had, if it was queried.
    pub shared: Option<SharedStep>,
    /// How long the origin took, if it was queried.
    pub load: Option<Duration>,
    /// Whether the caller joined a load that another one had started.
    pub joined: bool,
    /// Whether the answer may be from before an acknowledged edit, because the database cannot be
    /// reached: it must be marked as such for its readers.
    pub cut_off: bool,
}

impl Trail {
    /// The trail of an answer that the memory tier had.
    pub(crate) fn memory(memory: MemoryStep) -> Self {
        Self {
            memory,
            shared: None,
            load: None,
            joined: false,
            cut_off: false,
        }
    }
}

/// What the memory tier had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemoryStep {
    /// The answer.
    Hit,
    /// The answer, past its revalidate interval; this caller has started its refresh.
    HitWhileRefreshed,
    /// Nothing.
    Miss,
    /// An answer that is no longer valid.
    Outdated,
    /// It was not consulted: the ask's policy is that its answer is not stored.
    Bypass,
}

/// What the shared tier had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedStep {
    /// The answer.
    Hit,
    /// Nothing at first, then the answer, which another node was loading.
    Collapsed,
    /// Nothing readable. The flag tells whether the new answer was stored.
    Miss(bool),
    /// An answer that is not valid. The flag tells whether the new answer was stored.
    Outdated(bool),
    /// It was not queried, because nothing in it would have been valid. The flag tells whether the
    /// new answer was stored.
    Skipped(bool),
    /// It did not answer.
    Unavailable,
}

impl SharedStep {
    /// This step, with the flag that tells whether the new answer was stored.
    pub(crate) fn stored(self, stored: bool) -> Self {
        match self {
            Self::Miss(_) => Self::Miss(stored),
            Self::Outdated(_) => Self::Outdated(stored),
            Self::Skipped(_) => Self::Skipped(stored),
            other => other,
        }
    }
}
