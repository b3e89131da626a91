//! The server against real databases. One binary, because linking it is what takes long.
//!
//! Cases that tiered caches are known to get wrong carry their number; those that need no database
//! are tested in `crates/cache/tests/cases`.
//!
//! | case | what goes wrong | tested in |
//! |---|---|---|
//! | 3 | a rolled-back transaction is announced | `change_log` |
//! | 7 | a home that was withdrawn is served because the database is away | `cut_off` |
//! | 12 | an editor does not see the own edit, here or on another node | `edits` |
//! | 18 | a 304 revives an answer that a change touched | `conditions` |
//! | 19 | a row moves between filters, sorts and pages | `edits`, `precision` |
//! | 20 | two schema versions on one Redis; an old tab against a new server | `conditions` |
//! | 25 | counted views invalidate | `edits` |
//! | 26 | a row that others embed is edited | `edits` |
//! | 29 | a stampede takes every connection | `crowds` |
//! | 30 | a page of several answers, of which one is touched | `conditions` |
//! | 31 | idle transactions, deadlocks, TRUNCATE, replicas' roles, REPLACE, edits past the server | `change_log`, `edits`, `editors` |
#![allow(missing_docs)]
// A test may panic; its helpers are no functions that clippy knows as tests.
#![allow(clippy::unwrap_used)]

#[path = "server/support.rs"]
mod support;

#[path = "server/admin.rs"]
mod admin;
#[path = "server/answers.rs"]
mod answers;
#[path = "server/change_log.rs"]
mod change_log;
#[path = "server/conditions.rs"]
mod conditions;
#[path = "server/connections.rs"]
mod connections;
#[path = "server/counts.rs"]
mod counts;
#[path = "server/cut_off.rs"]
mod cut_off;
#[path = "server/editors.rs"]
mod editors;
#[path = "server/edits.rs"]
mod edits;
#[path = "server/facets.rs"]
mod facets;
#[path = "server/functions.rs"]
mod functions;
#[path = "server/intervals.rs"]
mod intervals;
#[path = "server/laboratory.rs"]
mod laboratory;
#[path = "server/live.rs"]
mod live;
#[path = "server/markup.rs"]
mod markup;
#[path = "server/pages.rs"]
mod pages;
#[path = "server/plans.rs"]
mod plans;
#[path = "server/pools.rs"]
mod pools;
#[path = "server/precision.rs"]
mod precision;
#[path = "server/predicates.rs"]
mod predicates;
#[path = "server/rejections.rs"]
mod rejections;
#[path = "server/renders.rs"]
mod renders;
#[path = "server/saved.rs"]
mod saved;
#[path = "server/search.rs"]
mod search;
#[path = "server/similar.rs"]
mod similar;
#[path = "server/sitemap.rs"]
mod sitemap;
#[path = "server/stampedes.rs"]
mod stampedes;
