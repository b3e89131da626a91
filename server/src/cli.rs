//! The command line.

use std::{env, path::PathBuf};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::{
    config::{Config, Layers, Setting},
    store::Role,
    warming::MOST_AT_A_TIME,
};

/// A housing portal, and a recipe catalogue on the same engine
///
/// Without a command it serves. Every option can also be set by the environment variable that it
/// names, or in the file HEARTH_ENV_FILE; an option takes precedence over the environment, and the
/// environment over the file. An option goes before the command. Behind each stands what is in force.
#[derive(Debug, Parser)]
#[command(name = "hearth", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How.
    #[command(flatten)]
    pub config: Config,
    /// What is configured, and where each value came from.
    #[arg(skip)]
    pub settings: Vec<Setting>,
}

impl Cli {
    /// Reads the command line, the environment and the file that it names; an empty variable counts
    /// as unset. Ends the process with a message where something is wrong: it names the option, the
    /// variable, the value and what would be right.
    pub fn read() -> Self {
        Self::parsed().unwrap_or_else(|error| error.exit())
    }

    fn parsed() -> Result<Self, clap::Error> {
        let layers = Layers::read(Self::command(), env::args_os().collect())?;
        let matches = layers.parse()?;
        let mut cli = Self::from_arg_matches(&matches)?;
        cli.settings = layers.settings(&matches);
        Ok(cli)
    }
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal and its API (the default)
    Serve,
    /// Bring the database's schema up to date, and stop
    Migrate,
    /// Show what is configured, and where each value came from; secrets are masked
    Config {
        /// As JSON
        #[arg(long)]
        json: bool,
        /// Instead, write a file of all variables with their defaults, for HEARTH_ENV_FILE
        #[arg(long, conflicts_with = "json")]
        example: bool,
    },
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
    /// Ask a running node why: how a URL becomes its key, what each tier holds under it, why its
    /// last answer was no hit, and what would touch it
    Why {
        /// A URL or path, such as "/properties?city=Austin&page=1"
        url: String,
        /// Another one to compare with
        other: Option<String>,
        /// Also show the statements of its load with the database's plans (with the admin token)
        #[arg(long)]
        sql: bool,
        /// First do this with its entry
        #[arg(long, value_enum)]
        action: Option<Action>,
        /// Which node is asked
        #[command(flatten)]
        node: NodeArgs,
    },
    /// Follow what the tiers of a running node decide, one line a decision
    Tail {
        /// Only this tier: memory or redis
        #[arg(long)]
        tier: Option<String>,
        /// Only this verdict: HIT, MISS, STORED, SKIP or REFRESH
        #[arg(long)]
        verdict: Option<String>,
        /// Only this reason, such as cold, touched or evicted
        #[arg(long)]
        reason: Option<String>,
        /// Only keys that contain this
        #[arg(long)]
        key: Option<String>,
        /// Instead of following, print the last decisions, so many of them at most. Hits are not
        /// among them
        #[arg(long, value_name = "N")]
        last: Option<usize>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
        /// Which node is followed
        #[command(flatten)]
        node: NodeArgs,
    },
    /// Find out what is wrong with an installation, and what to do about it: configuration, database,
    /// change log, nodes, Redis, clock, disk, limits, the public address and its certificate. It only
    /// reads; the exit code is 1 if there is a problem
    Doctor {
        /// As JSON
        #[arg(long)]
        json: bool,
        /// Which node is expected to answer
        #[command(flatten)]
        node: NodeArgs,
    },
    /// Find out whether a running node answers, for probes; the exit code is 1 if it does not
    Health {
        /// Also whether it follows the database, and so may use what it has cached
        #[arg(long)]
        ready: bool,
        /// Which node is asked
        #[command(flatten)]
        node: NodeArgs,
    },
    /// Load lists and pages ahead of requests: the combinations that catalogues declare, and what
    /// was requested most. A running node does it, as nobody else can fill its memory
    Warm {
        /// Only show what would be loaded
        #[arg(long)]
        dry_run: bool,
        /// How many requests are made at a time
        #[arg(
            long,
            default_value_t = 2,
            value_name = "N",
            value_parser = clap::value_parser!(u16).range(1..=i64::from(MOST_AT_A_TIME))
        )]
        concurrency: u16,
        /// How many of the addresses that were requested most in the last days are loaded; needs
        /// HEARTH_ADMIN_TOKEN
        #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=2_000))]
        top: u16,
        /// Only about this catalogue, such as recipes
        #[arg(long, value_name = "C")]
        catalogue: Option<String>,
        /// Which node loads them
        #[command(flatten)]
        node: NodeArgs,
    },
    /// Back the database up into FILE, while nodes serve; what it should contain is written to
    /// FILE.json. On PostgreSQL, pg_dump makes the file
    Backup {
        /// Where to; the folder must exist
        file: PathBuf,
        /// Overwrite a backup that is there
        #[arg(long)]
        force: bool,
    },
    /// Restore a backup into the database that DATABASE_URL leads to, while no node serves it
    ///
    /// Rows, revision and tag are those of the backup, and are compared with its manifest; if they
    /// differ, the database stays as it was. Cached answers from before the backup stay valid, and
    /// none from after it is served. Sessions end.
    Restore {
        /// The backup
        file: PathBuf,
        /// Replace a database that is not empty
        #[arg(long)]
        replace: bool,
    },
    /// Try a backup: restore it elsewhere, compare revision, tag and rows, and show that no cached
    /// answer of the lost future is served; the exit code is 1 if one of the checks fails
    ///
    /// The database is only read. SQLite's drill takes place in the folder for temporary files
    /// (TMPDIR), PostgreSQL's in two databases of the same server, which are dropped at the end.
    Drill {
        /// The backup; without it, one is made now
        file: Option<PathBuf>,
    },
    /// Copy everything into another, empty database, also from SQLite to PostgreSQL and back
    ///
    /// The other database gets this build's schema; ids, versions, the change log, revision and tag,
    /// accounts, tokens and sessions are copied as they are, in one transaction, and then compared.
    Copy {
        /// The other database, as in DATABASE_URL
        #[arg(env = "HEARTH_COPY_TO", hide_env_values = true)]
        url: String,
    },
    /// Manage accounts
    #[command(subcommand)]
    User(UserCommand),
    /// Manage bearer tokens
    #[command(subcommand)]
    Token(TokenCommand),
}

/// What can be done with an entry.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Action {
    /// Load it, unless it is cached
    Warm,
    /// Load it again
    Refresh,
    /// Drop it from memory and from Redis
    Drop,
}

impl Action {
    /// Its name, on the command line and in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warm => "warm",
            Self::Refresh => "refresh",
            Self::Drop => "drop",
        }
    }
}

/// Which node a command talks to.
#[derive(Debug, Args)]
pub struct NodeArgs {
    /// The node's address, such as http://10.0.0.7:3000; by default the one in LEPTOS_SITE_ADDR.
    /// The command identifies itself by HEARTH_ADMIN_TOKEN
    #[arg(long = "node", value_name = "URL")]
    pub address: Option<String>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_lists_every_variable() {
        let readme = include_str!("../../README.md");
        Cli::command().debug_assert();
        let command = Cli::command();
        let variables: Vec<String> = command
            .get_arguments()
            .filter_map(|arg| Some(format!("`{}`", arg.get_env()?.display())))
            .collect();
        assert!(variables.len() > 10, "{variables:?}");
        for variable in variables {
            assert!(readme.contains(&variable), "{variable} is not in README.md");
        }
    }
}
