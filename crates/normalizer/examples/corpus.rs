//! The corpus as a WebAssembly module, for `tests/wasm/run.mjs`.
//!
//! An ordinary `main` needs no `unsafe` export: its exit code is the number of failures, where 255
//! stands for that many or more. The host counts the cases itself.
#![allow(unreachable_pub)]

use std::process::ExitCode;

#[path = "../tests/corpus/check.rs"]
mod check;
#[path = "../tests/corpus/schemas.rs"]
mod schemas;

fn main() -> ExitCode {
    let (failures, _) = check::check_corpus();
    // Seen when run natively; WebAssembly without a host interface prints nothing.
    for failure in &failures {
        eprintln!("{failure}");
    }
    ExitCode::from(u8::try_from(failures.len()).unwrap_or(u8::MAX))
}
