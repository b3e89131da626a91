//! The faults that can be injected into the cluster.

use std::{fmt, time::Duration};

/// How many nodes are attacked.
pub(super) const NODES: usize = 3;

/// Which of a node's connections.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Link {
    /// The ones that follow the change log.
    Feed,
    /// All to PostgreSQL, including the feed's.
    Postgres,
    /// All to Redis.
    Redis,
}

/// What happens to a connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum How {
    /// It is closed, and so is every new one.
    Cut,
    /// It stays open and nothing passes. What was sent meanwhile arrives when it is healed.
    Blackhole,
    /// Every chunk arrives this much later.
    Delay(Duration),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    /// `kill -9`, then started again.
    Kill(usize),
    /// Stopped for longer than its lease, then continued.
    Pause(usize),
    Link(usize, Link, How),
    /// Redis is killed and comes back empty.
    LoseRedis,
    /// `FLUSHALL`.
    FlushRedis,
    /// Redis is killed and comes back with what it held some time ago.
    RestoreRedis,
    /// PostgreSQL is stopped, cleanly or immediately, and started again.
    RestartPostgres {
        immediate: bool,
    },
    /// An administrator ends all connections to PostgreSQL, which accepts new ones.
    TerminateBackends,
}

/// A target that only one fault may hit at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Target {
    Process(usize),
    ToPostgres(usize),
    ToRedis(usize),
    Redis,
    Postgres,
}

impl Fault {
    pub(super) fn target(self) -> Target {
        match self {
            Self::Kill(node) | Self::Pause(node) => Target::Process(node),
            Self::Link(node, Link::Feed | Link::Postgres, _) => Target::ToPostgres(node),
            Self::Link(node, Link::Redis, _) => Target::ToRedis(node),
            Self::LoseRedis | Self::FlushRedis | Self::RestoreRedis => Target::Redis,
            Self::RestartPostgres { .. } | Self::TerminateBackends => Target::Postgres,
        }
    }

    /// The name that the table counts it under.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Kill(_) => "node killed",
            Self::Pause(_) => "node stopped",
            Self::Link(_, Link::Feed, How::Cut) => "feed cut",
            Self::Link(_, Link::Feed, How::Blackhole) => "feed blackholed",
            Self::Link(_, Link::Feed, How::Delay(_)) => "feed delayed",
            Self::Link(_, Link::Postgres, How::Cut) => "PostgreSQL cut",
            Self::Link(_, Link::Postgres, How::Blackhole) => "PostgreSQL blackholed",
            Self::Link(_, Link::Postgres, How::Delay(_)) => "PostgreSQL delayed",
            Self::Link(_, Link::Redis, How::Cut) => "Redis cut",
            Self::Link(_, Link::Redis, How::Blackhole) => "Redis blackholed",
            Self::Link(_, Link::Redis, How::Delay(_)) => "Redis delayed",
            Self::LoseRedis => "Redis killed, empty",
            Self::FlushRedis => "Redis flushed",
            Self::RestoreRedis => "Redis killed, old snapshot",
            Self::RestartPostgres { immediate: false } => "PostgreSQL restarted",
            Self::RestartPostgres { immediate: true } => "PostgreSQL crashed",
            Self::TerminateBackends => "connections terminated",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())?;
        match self {
            Self::Kill(node) | Self::Pause(node) => write!(f, " (node {node})"),
            Self::Link(node, _, How::Delay(delay)) => {
                write!(f, " by {} ms (node {node})", delay.as_millis())
            }
            Self::Link(node, ..) => write!(f, " (node {node})"),
            _ => Ok(()),
        }
    }
}
