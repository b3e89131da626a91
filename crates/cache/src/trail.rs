//! How an answer was obtained, for reporting.

use std::time::Duration;

use crate::Reason;

/// How an answer was obtained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// What the memory tier had.
    pub memory: MemoryStep,
    /// What the shared tier had, if the answer depended on it.
    pub shared: Option<SharedStep>,
    /// How long the shared tier took, with all waiting for other nodes.
    pub shared_took: Option<Duration>,
    /// How long the origin took, if it was queried.
    pub load: Option<Duration>,
    /// Whether the caller joined a load that another one had started.
    pub joined: bool,
    /// Whether the answer may be from before an acknowledged edit, because the database cannot be
    /// reached: it must be marked as such for its readers.
    pub cut_off: bool,
}

impl Trail {
    /// The trail of an answer that the memory tier had, or that depended on no other tier.
    pub(crate) fn memory(memory: MemoryStep) -> Self {
        Self {
            memory,
            shared: None,
            shared_took: None,
            load: None,
            joined: false,
            cut_off: false,
        }
    }

    /// Whether another task loaded the answer, and did so for this caller: whoever counts what a
    /// request takes must add that.
    pub fn loaded_for_caller(&self) -> bool {
        let is_own = self.memory == MemoryStep::Miss(Reason::Bypass);
        self.load.is_some() && !self.joined && !is_own
    }

    /// Which tier had the answer.
    pub fn source(&self) -> Source {
        match self.memory {
            MemoryStep::Hit | MemoryStep::HitWhileRefreshed => Source::Memory,
            MemoryStep::Miss(_) if self.load.is_none() && self.shared.is_some() => Source::Shared,
            MemoryStep::Miss(_) => Source::Origin,
        }
    }
}

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The memory tier.
    Memory,
    /// The shared tier.
    Shared,
    /// No tier had it: it was loaded.
    Origin,
}

impl Source {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Memory, Self::Shared, Self::Origin];

    /// Its name, the same everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Shared => "redis",
            Self::Origin => "none",
        }
    }
}

/// What the memory tier had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemoryStep {
    /// The answer.
    Hit,
    /// The answer, past its revalidate interval; this caller has started its refresh.
    HitWhileRefreshed,
    /// Not an answer that it could give.
    Miss(Reason),
}

/// What the shared tier had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SharedStep {
    /// The answer.
    Hit,
    /// Not at first, for this reason; then the answer, which another node was loading.
    Collapsed(Reason),
    /// Not an answer that it could give. (Without a lease it was not even queried.)
    Miss {
        /// Why.
        reason: Reason,
        /// Whether the new answer was stored there.
        stored: bool,
    },
}
