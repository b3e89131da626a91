//! Tiers that cache answers, and the protocol that decides which cached answers are valid.
//!
//! ```text
//!   caller ──► memory ──► shared tier (Redis, or in process) ──► origin (the database)
//!                 │              │                                  │
//!                 └──────────────┴── validated by the log ◄─────────┘ changes
//! ```
//!
//! Only the database decides what is current. Every answer carries the [`Stamp`] of the snapshot
//! that it was read at, and the node follows the database's change log into its [`Log`].
//! **One rule** decides for every answer, wherever it comes from:
//!
//! > If a lease was live when the caller arrived, an answer is valid if the log contains its stamp
//! > and no change after it, up to the node's revision at that arrival, touches it. Without a live
//! > lease, only a load that began after the arrival counts.
//!
//! Nothing is ever deleted from a tier to keep it right: an outdated entry simply stops being
//! valid, and the next load replaces it. So no order of messages, no loss of Redis and no old
//! snapshot of it can bring back an old answer.
//!
//! | what fails | what happens |
//! |---|---|
//! | the shared tier is slow or down | it counts as a miss; memory and origin take over, and a breaker avoids the wait |
//! | the shared tier holds garbage, another key's entry or another format | a miss |
//! | the shared tier holds an entry from before a change | not valid: a miss |
//! | the node cannot follow the log | its lease ends; it loads |
//! | it cannot reach the origin either | it serves cached answers, marked, unless it knows that a row they show was withdrawn |
//! | the origin fails | the error is shared by all callers that wait for that load, and never stored |
//! | a node dies while others wait for its load | they wait once for its load lease in the shared tier, then load |
//! | too many callers wait | more are refused immediately |
//! | the client leaves | the load continues for the others |
//! | a load panics | the callers that wait get an error; the next caller loads again |
//!
//! This crate knows nothing of listings, HTTP or SQL: an [`Ask`](ask::Ask) says what an answer is
//! about, an [`Origin`] loads it, a [`Feed`] reports what changed.

mod changes;
mod effects;
mod entry;
mod fates;
mod flights;
mod follow;
mod journal;
mod loaded;
mod log;
mod metric;
mod origin;
mod periods;
mod popular;
mod position;
mod reason;
mod revision;
pub mod shared;
mod spread;
mod stamp;
mod tiers;
mod times;
mod trail;

pub use ask;
pub use changes::Changes;
pub use effects::{Done, Edits, Effects};
pub use entry::{Body, Entry};
pub use flights::Failure;
pub use follow::{Pace, follow};
pub use journal::{
    Decision, Filter, Journal, LINES_A_SECOND, LastMiss, TRACES, Tail, Tier, Verdict, is_traced,
};
pub use loaded::{Loaded, Part};
pub use log::{Arrival, Log};
pub use metric::{BUCKETS, Kind, Took, describe as describe_metrics, names as metrics};
pub use origin::{Beside, Feed, Origin};
pub use periods::Periods;
pub use popular::{Popular, Requested};
pub use position::Position;
pub use reason::{Cause, Reason, Touched};
pub use revision::{Change, Revision};
pub use spread::Counts;
pub use stamp::Stamp;
pub use tiers::{Answer, HeldKey, HeldKind, Holdings, Settings, Sight, Tiers};
pub use times::Times;
pub use trail::{MemoryStep, SharedStep, Source, Trail};
