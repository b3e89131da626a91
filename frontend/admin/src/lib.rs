//! The WebAssembly entry point of editors' pages: the readers' one, and the islands that only
//! editors' pages have. A crate of its own, so that readers' code is compiled without them.

// Linking exports all of it.
pub use app::islands;
pub use frontend::{canonical, hydrate};
