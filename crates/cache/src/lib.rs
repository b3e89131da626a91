//! Tiers that remember answers, and the protocol that decides which of them to believe.
//!
//! ```text
//!   asker ──► memory ──► shared tier (Redis, or in process) ──► origin (the database)
//!                │              │                                  │
//!                └──────────────┴── believed only by the log ◄─────┘ changes
//! ```
//!
//! The database is the only judge of what is current. Every answer carries the [`Stamp`] of the
//! snapshot that it was read at, and the node follows the database's change log into its [`Log`].
//! **One rule** decides for every answer, wherever it comes from:
//!
//! > With a lease live when the asker arrived, believe an answer if the log holds its stamp and no
//! > change after it, up to the node's revision at that arrival, touches it. Without a live lease
//! > believe only a load that began after the arrival.
//!
//! Nothing is ever deleted from a tier to keep it right: an outdated entry simply stops being
//! believed, and the next load replaces it. So no order of messages, no loss of Redis and no old
//! snapshot of it can bring back an old answer.
//!
//! | what fails | what happens |
//! |---|---|
//! | the shared tier is slow or away | it counts as a miss; memory and origin go on, and a breaker spares them the wait |
//! | the shared tier holds garbage, another key's entry or another format | a miss |
//! | the shared tier holds an entry from before a change | not believed: a miss |
//! | the node cannot follow the log | its lease ends; it loads |
//! | nor can it reach the origin | it gives what it remembers, marked, but nothing that it knows to be withdrawn |
//! | the origin fails | the error is shared by all who wait for that load, and never stored |
//! | a node dies while others wait for its load | they wait for its lease in the shared tier, once, and load |
//! | too many wait | more are refused at once |
//! | the client leaves | the load goes on for the others |
//! | a load panics | those who wait get an error; the next asker loads again |
//!
//! This crate knows no listing, no HTTP and no SQL: an [`Ask`](ask::Ask) says what an answer is about,
//! an [`Origin`] loads it, a [`Feed`] tells what changed.

mod changes;
mod entry;
mod flights;
mod follow;
mod loaded;
mod log;
mod metric;
mod origin;
mod position;
mod revision;
pub mod shared;
mod stamp;
mod tiers;
mod times;
mod trail;

pub use ask;
pub use changes::Changes;
pub use entry::{Body, Entry};
pub use flights::Failure;
pub use follow::{Pace, follow};
pub use loaded::{Loaded, Part};
pub use log::{Arrival, Log};
pub use metric::describe as describe_metrics;
pub use origin::{Beside, Feed, Origin};
pub use position::Position;
pub use revision::{Change, Revision};
pub use stamp::Stamp;
pub use tiers::{Answer, Settings, Tiers};
pub use times::Times;
pub use trail::{MemoryStep, SharedStep, Trail};
