//! What a tiered cache can get wrong, one deterministic test for each case.
//!
//! Every interleaving is forced: a load or a call to the shared tier is stopped at a gate, time is
//! paused, and the lease's clock moves only when a test moves it.
//!
//! | case | what goes wrong | tested in |
//! |---|---|---|
//! | 1 | a reader reads an old answer, a writer commits, the reader stores the old answer | `late_stores` |
//! | 2 | a reader has an old answer from the shared tier when the change arrives, and stores it in memory | `late_stores` |
//! | 4 | a background refresh is overtaken by a change | `refreshes` |
//! | 5 | a caller after the change joins a load from before it | `flights` |
//! | 6 | a slow load's late result replaces a newer one | `late_stores` |
//! | 7 | a node that is cut off serves a home that was withdrawn | `cut_off` |
//! | 8 | the client leaves; the load panics; the holder of the load lease dies, pauses, is not the owner | `flights`, `fleet` |
//! | 9 | a load fails and all callers that waited retry | `flights`, `fleet` |
//! | 10 | the change feed drops, hangs, misses much; a burst | `feed` |
//! | 11 | reply and notification in both orders | `feed` |
//! | 13 | clocks disagree | `feed`, and `Entry`'s own tests |
//! | 14 | the shared tier evicts, loses everything, comes back with an old snapshot | `shared` |
//! | 15 | one call of several fails; a write times out and takes effect later | `breaker` |
//! | 16 | the shared tier is down during the edit and comes back with the old entry | `shared` |
//! | 17 | the breaker half-opens for a herd | `breaker` |
//! | 19 | a row moves from one filter to another | `precision` |
//! | 22 | a flood of one-off keys evicts the hot ones | `memory` |
//! | 23 | an oversized answer leaves its predecessor behind | `memory` |
//! | 27 | the database is restored from a backup and reissues revisions | `restores` |
//! | 28 | the machine is suspended, and the lease stays live | `feed` |
//! | 29 | a stampede takes every connection | `stampedes` |
//! | 32 | a joined load from before the change, on a node whose feed is cut | `flights` |
//!
//! `random` lets all of these happen together, and compares with the database's whole history.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod breaker;
mod cut_off;
mod feed;
mod fleet;
mod flights;
mod intervals;
mod late_stores;
mod memory;
mod precision;
mod random;
mod reasons;
mod redis;
mod refreshes;
mod restores;
mod shared;
mod stampedes;
mod support;
