//! The server against real databases. One binary, because linking it is what takes long.
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
#[path = "server/edits.rs"]
mod edits;
#[path = "server/predicates.rs"]
mod predicates;
#[path = "server/rejections.rs"]
mod rejections;
