//! The state of the model at one point in time.
//!
//! Revisions are counted from the oldest one that still matters, and clocks are stored as ticks
//! remaining or elapsed: see [`normal`](crate::normal).

/// A revision's number.
pub(crate) type Revision = u8;

/// Ticks of the one clock that everything uses.
pub(crate) type Ticks = u8;

/// The whole state.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct State<const NODES: usize> {
    /// The database's change log.
    pub(crate) log: Log,
    /// The last acknowledged edit that touches the answer: every later caller must see it.
    pub(crate) acknowledged: Revision,
    /// All answers that the shared tier was ever given.
    pub(crate) shared: Answers,
    /// The nodes and their rows in the database.
    pub(crate) nodes: [Node; NODES],
    /// The editors' tasks.
    pub(crate) editors: [Editor<NODES>; 2],
    /// The watched caller, if one has arrived.
    pub(crate) caller: Option<Caller>,
    /// Whether a caller was given an answer from before an edit that was acknowledged before the
    /// caller arrived.
    pub(crate) stale: bool,
}

/// The committed revisions, `1..=head`, and whether each touches the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Log {
    pub(crate) head: Revision,
    pub(crate) touching: u8,
}

/// A set of answers. An answer is identified by the revision that it was read at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Answers(u8);

/// A node and its row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Node {
    pub(crate) row: Row,
    /// The last revision that it has applied.
    pub(crate) applied: Revision,
    pub(crate) follower: Follower,
    /// The ticks until its lease ends; at zero it has no lease.
    pub(crate) lease: Ticks,
    /// The answer in memory.
    pub(crate) memory: Option<Revision>,
    pub(crate) flight: Option<Flight>,
}

/// A node's row in the table `nodes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Row {
    /// Not there yet.
    Unregistered,
    /// Deleted by an editor.
    StruckOff,
    Registered {
        reached: Revision,
        /// Counted only where its value matters. Otherwise the editors' lists say which nodes
        /// have been silent since.
        beat: u8,
    },
}

/// What the task that follows the change log is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Follower {
    Idle,
    /// The database confirmed `head` this many ticks ago; the changes up to it are being applied.
    Confirmed {
        since: Ticks,
        head: Revision,
    },
}

/// A load that may be shared and has its answer, but has not yet handed it over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Flight {
    /// Whether it found or read its answer after the watched caller arrived.
    pub(crate) late: bool,
    pub(crate) answer: Revision,
}

/// An editor's task.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Editor<const NODES: usize> {
    Idle,
    /// Only an editor that lists the nodes before the commit is ever in this state.
    Prepared {
        awaited: [bool; NODES],
    },
    Waiting(Waiting<NODES>),
}

/// An editor that has committed and not yet acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Waiting<const NODES: usize> {
    pub(crate) revision: Revision,
    /// The ticks until all leases from before the commit have ended.
    pub(crate) deadline: Ticks,
    /// The nodes that it waits for: all of them, if it lists them after the commit.
    pub(crate) awaited: [bool; NODES],
    /// The nodes that were behind when it listed them, with their beat at that time. A node whose
    /// beat is known to have advanced is not included.
    pub(crate) silent: [Option<u8>; NODES],
    /// The ticks until all leases from before that listing have ended.
    pub(crate) patience: Ticks,
}

/// A caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Caller {
    /// The node that it arrived at.
    pub(crate) node: usize,
    /// What was acknowledged before it arrived.
    pub(crate) must_see: Revision,
    /// What the node had applied when the caller arrived, if the node had a lease.
    pub(crate) arrival: Option<Revision>,
}

impl Log {
    /// Whether a revision after `after`, up to `until`, touches the answer.
    pub(crate) fn touched(self, after: Revision, until: Revision) -> bool {
        (after + 1..=until).any(|revision| self.touching & (1 << revision) != 0)
    }

    /// Appends a revision.
    pub(crate) fn commit(&mut self, touches: bool) {
        self.head += 1;
        self.touching |= u8::from(touches) << self.head;
    }
}

impl Answers {
    pub(crate) fn iter(self) -> impl Iterator<Item = Revision> {
        (0..8).filter(move |answer| self.0 & (1 << answer) != 0)
    }
}

impl Extend<Revision> for Answers {
    fn extend<I: IntoIterator<Item = Revision>>(&mut self, answers: I) {
        for answer in answers {
            self.0 |= 1 << answer;
        }
    }
}

impl FromIterator<Revision> for Answers {
    fn from_iter<I: IntoIterator<Item = Revision>>(answers: I) -> Self {
        let mut set = Self::default();
        set.extend(answers);
        set
    }
}

impl<const NODES: usize> Editor<NODES> {
    /// What it waits for, if it is waiting.
    pub(crate) fn waiting(&self) -> Option<&Waiting<NODES>> {
        match self {
            Self::Waiting(waiting) => Some(waiting),
            Self::Idle | Self::Prepared { .. } => None,
        }
    }

    /// The same, mutably.
    pub(crate) fn waiting_mut(&mut self) -> Option<&mut Waiting<NODES>> {
        match self {
            Self::Waiting(waiting) => Some(waiting),
            Self::Idle | Self::Prepared { .. } => None,
        }
    }
}

impl Node {
    /// A process that has just started: its log begins at the present, and it has no lease.
    pub(crate) fn started(head: Revision) -> Self {
        Self {
            row: Row::Unregistered,
            applied: head,
            follower: Follower::Idle,
            lease: 0,
            memory: None,
            flight: None,
        }
    }

    /// Whether editors see its row.
    pub(crate) fn is_listed(&self) -> bool {
        matches!(self.row, Row::Registered { .. })
    }
}

impl<const NODES: usize> State<NODES> {
    /// A fleet that has just started, with an empty log.
    pub(crate) fn start() -> Self {
        Self {
            log: Log::default(),
            acknowledged: 0,
            shared: Answers::default(),
            nodes: std::array::from_fn(|_| Node::started(0)),
            editors: [Editor::Idle, Editor::Idle],
            caller: None,
            stale: false,
        }
    }
}
