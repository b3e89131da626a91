//! The way that an answer came, for whoever wants to tell it.

use std::time::Duration;

/// The way that an answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trail {
    /// What the memory tier had.
    pub memory: MemoryStep,
    /// What the shared tier had, if it was asked.
    pub shared: Option<SharedStep>,
    /// How long the origin took, if it was asked.
    pub load: Option<Duration>,
    /// Whether the asker joined a load that another one had begun.
    pub joined: bool,
    /// Whether the answer may be from before an acknowledged edit, as the database cannot be
    /// reached: it must be marked for whoever gets it.
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
    /// The answer, past its revalidate interval; this asker has set off its refresh.
    HitWhileRefreshed,
    /// Nothing.
    Miss,
    /// An answer that is no longer believed.
    Outdated,
    /// It was not looked at: the question's policy is that nobody stores the answer.
    Bypass,
}

/// What the shared tier had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedStep {
    /// The answer.
    Hit,
    /// Nothing, and then the answer, which another node was loading.
    Collapsed,
    /// Nothing readable. The flag tells whether the new answer was stored.
    Miss(bool),
    /// An answer that is not believed. The flag tells whether the new answer was stored.
    Outdated(bool),
    /// It was not asked, as nothing would have been believed. The flag tells whether the new
    /// answer was stored.
    Skipped(bool),
    /// It did not answer.
    Unavailable,
}

impl SharedStep {
    /// The step when the new answer was stored, or was not.
    pub(crate) fn stored(self, stored: bool) -> Self {
        match self {
            Self::Miss(_) => Self::Miss(stored),
            Self::Outdated(_) => Self::Outdated(stored),
            Self::Skipped(_) => Self::Skipped(stored),
            other => other,
        }
    }
}
