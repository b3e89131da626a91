//! Private servers, and what it takes to run them, for programs that test, attack or measure Hearth.
//!
//! [`postgres`], [`pgbouncer`], [`redis`], [`nginx`], [`caddy`] and [`hearth`] start servers on free ports of 127.0.0.1,
//! whose data is deleted when they end ([`private`]). A [`tool`] is a program that is used but not installed; [`packages`] looks for what the
//! operating system must provide. All of it runs as a [`process`], is shown as [`progress`], and is undone however
//! the program ends ([`shutdown`]). A program works with a [`Context`], which [`run`] gives it.
//!
//! No service of the system is started or changed. Start servers on the main thread, see [`process::bound`].

pub mod caddy;
pub mod cargo;
pub mod context;
pub mod hash;
pub mod hearth;
pub mod layout;
pub mod nginx;
pub mod packages;
pub mod pgbouncer;
pub mod postgres;
pub mod private;
pub mod process;
pub mod progress;
pub mod python;
pub mod redis;
pub mod shutdown;
pub mod tool;

pub use context::{Context, run};
