//! The binary's commands, one per file.

mod accounts;
mod backup;
mod config;
mod copy;
mod doctor;
mod drill;
mod explain;
mod health;
mod node;
mod progress;
mod reachable;
mod seed;
mod serve;
mod tail;
mod warm;
mod why;

use std::error::Error;

use catalogue::Catalogue;

use self::node::Node;
use crate::{
    cli::{Command, TokenCommand, UserCommand},
    config::{Config, Setting},
    store::{Amounts, Store},
};

/// Runs a command; without one, serves.
///
/// # Errors
/// Whatever stops the command, worded for the person who typed it.
pub async fn run(
    command: Option<Command>,
    config: Config,
    settings: &[Setting],
) -> Result<(), Box<dyn Error>> {
    match command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(config).await,
        Command::Migrate => {
            let store = reachable::open(config.storage.database_url.expose()).await?;
            println!("the schema on {} is up to date", store.database().product());
            Ok(())
        }
        Command::Config { json: true, .. } => config::as_json(settings),
        Command::Config { example: true, .. } => {
            config::example(settings);
            Ok(())
        }
        Command::Config { .. } => {
            config::show(settings);
            Ok(())
        }
        Command::Seed {
            properties,
            recipes,
            seed,
        } => {
            let store = Store::open(config.storage.database_url.expose()).await?;
            seed::run(
                &store,
                Amounts {
                    properties,
                    recipes,
                },
                seed,
            )
            .await
        }
        Command::Explain { url, other } => explain::run(&url, other.as_deref()),
        Command::Why {
            url,
            other,
            sql,
            action,
            node,
        } => {
            let node = Node::of(node, &config);
            why::run(&node, &url, other.as_deref(), sql, action)
        }
        Command::Tail {
            tier,
            verdict,
            reason,
            key,
            last,
            json,
            node,
        } => {
            let filter = [
                ("tier", tier),
                ("verdict", verdict),
                ("reason", reason),
                ("key", key),
            ];
            let pairs: Vec<(&str, &str)> = filter
                .iter()
                .filter_map(|(name, value)| Some((*name, value.as_deref()?)))
                .collect();
            let node = Node::of(node, &config);
            match last {
                Some(count) => tail::look_back(&node, &pairs, count, json),
                None => tail::follow(&node, &pairs, json),
            }
        }
        Command::Doctor { json, node } => {
            let node = Node::of(node, &config);
            doctor::run(&config, settings, node, json).await
        }
        Command::Health { ready, node } => health::run(&Node::of(node, &config), ready),
        Command::Warm {
            dry_run,
            concurrency,
            top,
            catalogue,
            node,
        } => {
            let catalogue = catalogue.map(|name| declared(&name)).transpose()?;
            let items = warm::Wanted {
                node: Node::of(node, &config),
                catalogue,
                top,
            };
            match dry_run {
                true => items.show(),
                false => items.warm(concurrency),
            }
        }
        Command::Backup { file, force } => {
            backup::run(config.storage.database_url.expose(), &file, force).await
        }
        Command::Restore { file, replace } => {
            backup::restore(config.storage.database_url.expose(), &file, replace).await
        }
        Command::Drill { file } => {
            drill::run(config.storage.database_url.expose(), file.as_deref()).await
        }
        Command::Copy { url } => copy::run(config.storage.database_url.expose(), &url).await,
        Command::User(UserCommand::Add { name, role }) => {
            accounts::add_user(
                &Store::open(config.storage.database_url.expose()).await?,
                &name,
                role,
            )
            .await
        }
        Command::Token(TokenCommand::Add { name }) => {
            accounts::add_token(
                &Store::open(config.storage.database_url.expose()).await?,
                &name,
            )
            .await
        }
    }
}

/// The catalogue of a name.
fn declared(name: &str) -> Result<&'static Catalogue, String> {
    let names: Vec<&str> = catalogue::all().iter().map(|one| one.name()).collect();
    let names = names.join(", ");
    catalogue::by_name(name)
        .ok_or_else(|| format!("there is no catalogue {name}: it is one of {names}"))
}
