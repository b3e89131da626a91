//! The server behind the binary `hearth`.
//!
//! `main` reads the command line and the environment; [`commands`] runs the command; [`http`]
//! answers requests, [`serving`] has their connections, [`site_files`] the built site; [`answers`]
//! has the tiers and the pages; [`store`] is the database; `warming` says what is loaded ahead of
//! requests; [`drill`] tries backups.
//! `tasks` run beside requests; [`logging`], [`metrics`] and [`traces`] tell operators what it does.

pub mod answers;
pub mod cli;
pub mod commands;
pub mod config;
pub mod credentials;
pub mod drill;
pub mod http;
pub mod logging;
pub mod metrics;
pub mod serving;
pub mod site_files;
pub mod store;
mod tasks;
pub mod traces;
mod warming;
