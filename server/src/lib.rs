//! The server behind the binary `hearth`.
//!
//! `main` reads the command line and the environment; [`commands`] does what was asked;
//! [`http`] answers requests from the tiers; [`store`] is the database.

pub mod cli;
pub mod commands;
pub mod config;
pub mod credentials;
pub mod http;
pub mod logging;
pub mod store;
