//! The corpus on the native target; `examples/corpus.rs` runs the same in WebAssembly.
#![allow(missing_docs, unreachable_pub)]

mod check;
mod schemas;

#[test]
fn corpus() {
    let (failures, count) = check::check_corpus();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count > 150, "only {count} cases were read");
}
