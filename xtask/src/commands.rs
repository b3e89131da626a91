//! One file per command.

pub(crate) mod build;
pub(crate) mod dev;
pub(crate) mod dist;
pub(crate) mod docs;
pub(crate) mod e2e;
pub(crate) mod run;
pub(crate) mod size;
pub(crate) mod test;
