//! `hearth backup` and `hearth restore`.

use std::{error::Error, path::Path, time::Instant};

use super::progress::Bar;
use crate::store::{Backup, Contents};

/// Backs the database up into a file.
pub(super) async fn run(url: &str, file: &Path, force: bool) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let bar = Bar::new()?;
    let backup = Backup::make(url, file, force, &|progress| bar.show(&progress)).await?;
    bar.finish();
    let Some(manifest) = &backup.manifest else {
        return Err("the backup has no manifest".into());
    };
    show(&manifest.contents);
    println!(
        "{} backed up to {} in {:.1} s: {} bytes, SHA-256 {}",
        backup.product(),
        file.display(),
        started.elapsed().as_secs_f64(),
        manifest.size,
        manifest.sha256
    );
    Ok(())
}

/// Restores a backup into the database.
pub(super) async fn restore(url: &str, file: &Path, replace: bool) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let bar = Bar::new()?;
    let watch = |progress| bar.show(&progress);
    let backup = Backup::open(file, &watch).await?;
    let restored = backup.restore(url, replace, &watch).await?;
    bar.finish();
    show(&restored.contents);
    if let Some(replaced) = &restored.replaced {
        println!("replaced what was there: {replaced}");
    }
    if !restored.is_compared {
        println!(
            "there is no manifest beside the file, so its rows were not compared with anything"
        );
    }
    println!(
        "{} restored from {} in {:.1} s; editors must log in again",
        backup.product(),
        file.display(),
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Prints the stamp, and the rows of each table.
pub(super) fn show(contents: &Contents) {
    println!(
        "schema {}, revision {}, tag {}",
        contents.schema, contents.revision, contents.tag
    );
    for (name, held) in &contents.tables {
        println!("{:>10} rows of {name:<12} {:.16}", held.rows, held.hash);
    }
}
