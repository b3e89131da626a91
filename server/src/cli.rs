//! The command line.

use clap::{Parser, Subcommand};

use crate::store::Role;

/// A housing portal, and a recipe catalogue on the same engine.
///
/// Without a command it serves. Configuration comes from the environment:
///
///   DATABASE_URL              sqlite://data/hearth.db (default) or postgres://user@host/db
///   REDIS_URL                 redis://:password@host:port/db; unset: a tier in this process
///   LEPTOS_SITE_ADDR          where to listen (127.0.0.1:3000)
///   HEARTH_ADMIN_PASSWORD     of the first account, `admin`; unset: a random one, printed once
///   HEARTH_ADMIN_TOKEN        a bearer token that may do what `admin` may
///   HEARTH_MEMORY_MB          how much the memory tier may hold (256)
///   HEARTH_REVALIDATE_SECONDS age from which an answer is refreshed while served (3600)
///   HEARTH_CDN_SECONDS        how long a CDN may give out an answer without asking (it has to ask)
///   HEARTH_CUT_OFF            while the database cannot be reached: serve what is remembered,
///                             marked (serve), or answer 503 (fail)
///   HEARTH_LOG                tracing filter (info); HEARTH_LOG_FORMAT=json for machines
#[derive(Debug, Parser)]
#[command(name = "hearth", version, verbatim_doc_comment)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal and its API (the default)
    Serve,
    /// Bring the database's schema up to date, and stop
    Migrate,
    /// Replace all homes and recipes by generated ones
    Seed {
        /// How many homes
        #[arg(long, default_value_t = 5_000)]
        properties: u64,
        /// How many recipes
        #[arg(long, default_value_t = 300)]
        recipes: u64,
        /// The same seed makes the same rows
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Show how a URL becomes its key, rule by rule; for two URLs, where they part
    Explain {
        /// A URL or path, such as "/properties?city=Austin&page=1"
        url: String,
        /// Another one to compare with
        other: Option<String>,
    },
    /// Manage accounts
    #[command(subcommand)]
    User(UserCommand),
    /// Manage bearer tokens
    #[command(subcommand)]
    Token(TokenCommand),
}

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add an account, or give it a new password and role; prints a random password
    Add {
        /// Its name
        name: String,
        /// What it may do
        #[arg(long, value_enum, default_value = "editor")]
        role: Role,
    },
}

/// What can be done with tokens.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Add a bearer token, or replace the one of that name; prints it once
    Add {
        /// Its name, which edits are signed with
        name: String,
    },
}
