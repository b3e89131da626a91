//! The binary `hearth` as a next release has it, with another schema version: `cargo xtask chaos
//! --rolling` deploys it beside this one. A binary of its own, so that it never replaces `hearth`.

use std::process::ExitCode;

#[path = "main.rs"]
mod hearth;

fn main() -> ExitCode {
    hearth::main()
}
