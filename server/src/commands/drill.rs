//! `hearth drill`: whether a backup can be restored.

use std::{error::Error, path::Path};

use super::progress::Bar;
use crate::drill;

/// Tries a backup, and prints what was checked.
pub(super) async fn run(url: &str, file: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let bar = Bar::new()?;
    let checks = drill::run(url, file, &|progress| bar.show(&progress)).await?;
    bar.finish();
    let width = checks.iter().map(|check| check.what.len()).max();
    let width = width.unwrap_or_default();
    for check in &checks {
        let verdict = match check.passed {
            true => "ok    ",
            false => "FAILED",
        };
        println!("{verdict}  {:width$}  {}", check.what, check.found);
    }
    match checks.iter().filter(|check| !check.passed).count() {
        0 => Ok(()),
        failed => Err(format!("the drill failed: {failed} of {} checks", checks.len()).into()),
    }
}
