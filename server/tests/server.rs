//! The server against real databases. One binary, because linking takes most of the time.
//!
//! Tests of cases that tiered caches are known to get wrong carry the case's number; cases without
//! a database are tested in `crates/cache/tests/cases`.
//!
//! | case | what goes wrong | tested in |
//! |---|---|---|
//! | 3 | a rolled-back transaction is announced | `change_log` |
//! | 7 | a withdrawn home is served because the database is unreachable | `cut_off` |
//! | 12 | an editor does not see their own edit, here or on another node | `edits` |
//! | 18 | a 304 revives an answer that a change touched | `conditions` |
//! | 19 | a row moves between filters, sorts and pages | `edits`, `precision` |
//! | 20 | two schema versions on one Redis; an old tab against a new server | `conditions` |
//! | 25 | counting a view invalidates | `edits` |
//! | 26 | a row that others embed is edited | `edits` |
//! | 29 | a stampede takes every connection | `stampedes` |
//! | 30 | one of a page's several answers is touched | `conditions`, `one_moment` |
//! | 31 | idle transactions, deadlocks, TRUNCATE, the replica role, REPLACE, edits that bypass the server | `change_log`, `edits`, `editors` |
#![allow(missing_docs)]
// Tests may panic, and clippy does not recognize their helpers as test code.
#![allow(clippy::unwrap_used)]

#[path = "server/declared.rs"]
mod declared;
#[path = "server/process.rs"]
mod process;
#[path = "server/support.rs"]
mod support;
#[path = "server/told.rs"]
mod told;

#[path = "server/access.rs"]
mod access;
#[path = "server/admin.rs"]
mod admin;
#[path = "server/agents.rs"]
mod agents;
#[path = "server/answers.rs"]
mod answers;
#[path = "server/backups.rs"]
mod backups;
#[path = "server/change_log.rs"]
mod change_log;
#[path = "server/commits.rs"]
mod commits;
#[path = "server/conditions.rs"]
mod conditions;
#[path = "server/configuration.rs"]
mod configuration;
#[path = "server/connections.rs"]
mod connections;
#[path = "server/cooking.rs"]
mod cooking;
#[path = "server/copies.rs"]
mod copies;
#[path = "server/counts.rs"]
mod counts;
#[path = "server/cut_off.rs"]
mod cut_off;
#[path = "server/deploys.rs"]
mod deploys;
#[path = "server/desk.rs"]
mod desk;
#[path = "server/doctor.rs"]
mod doctor;
#[path = "server/drill.rs"]
mod drill;
#[path = "server/editing.rs"]
mod editing;
#[path = "server/editors.rs"]
mod editors;
#[path = "server/edits.rs"]
mod edits;
#[path = "server/facets.rs"]
mod facets;
#[path = "server/files.rs"]
mod files;
#[path = "server/fragments.rs"]
mod fragments;
#[path = "server/frames.rs"]
mod frames;
#[path = "server/functions.rs"]
mod functions;
#[path = "server/fuzzed.rs"]
mod fuzzed;
#[path = "server/graphql.rs"]
mod graphql;
#[path = "server/handbook.rs"]
mod handbook;
#[path = "server/hostile.rs"]
mod hostile;
#[path = "server/intervals.rs"]
mod intervals;
#[path = "server/laboratory.rs"]
mod laboratory;
#[path = "server/linked_data.rs"]
mod linked_data;
#[path = "server/live.rs"]
mod live;
#[path = "server/markup.rs"]
mod markup;
#[path = "server/migrations.rs"]
mod migrations;
#[path = "server/one_moment.rs"]
mod one_moment;
#[path = "server/pages.rs"]
mod pages;
#[path = "server/permissions.rs"]
mod permissions;
#[path = "server/plans.rs"]
mod plans;
#[path = "server/pools.rs"]
mod pools;
#[path = "server/precision.rs"]
mod precision;
#[path = "server/predicates.rs"]
mod predicates;
#[path = "server/pruning.rs"]
mod pruning;
#[path = "server/reasons.rs"]
mod reasons;
#[path = "server/rejections.rs"]
mod rejections;
#[path = "server/renders.rs"]
mod renders;
#[path = "server/round_trips.rs"]
mod round_trips;
#[path = "server/saved.rs"]
mod saved;
#[path = "server/search.rs"]
mod search;
#[path = "server/similar.rs"]
mod similar;
#[path = "server/site_files.rs"]
mod site_files;
#[path = "server/sitemap.rs"]
mod sitemap;
#[path = "server/stampedes.rs"]
mod stampedes;
#[path = "server/starting.rs"]
mod starting;
#[path = "server/stopping.rs"]
mod stopping;
#[path = "server/stuck.rs"]
mod stuck;
#[path = "server/texts.rs"]
mod texts;
#[path = "server/traces.rs"]
mod traces;
#[path = "server/triggers.rs"]
mod triggers;
#[path = "server/vandal.rs"]
mod vandal;
#[path = "server/warming.rs"]
mod warming;
