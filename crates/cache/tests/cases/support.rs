//! A small test environment: a database, nodes that follow it, and a shared tier that misbehaves
//! on request.

mod ask;
mod database;
mod gate;
mod link;
mod node;
mod proxy;
mod shelf;

pub(crate) use ask::{Rows, TestAsk, count, home, priced, recipes_priced};
pub(crate) use database::{Broken, Database, HOMES, RECIPES};
pub(crate) use gate::Gate;
pub(crate) use link::{Feed, Link};
pub(crate) use node::{Asking, Came, Node, came, rows};
pub(crate) use proxy::Proxy;
pub(crate) use shelf::Shelf;
