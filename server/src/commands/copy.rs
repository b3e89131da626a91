//! `hearth copy`: everything into another database.

use std::{error::Error, time::Instant};

use super::{backup::show, progress::Bar};
use crate::store::Store;

/// Copies everything into the empty database that `url` leads to.
pub(super) async fn run(from: &str, url: &str) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let (source, target) = (Store::open(from).await?, Store::open(url).await?);
    if let Some(found) = target.occupied().await? {
        return Err(format!("the other database is not empty ({found}): name an empty one").into());
    }
    let nodes = source.living().await?.len();
    if nodes > 0 {
        eprintln!(
            "{nodes} nodes of the source are running: what is edited from now on is not copied. Stop them first if \
             the copy is to replace it"
        );
    }
    let bar = Bar::new()?;
    let copied = source
        .copy_to(&target, &|progress| bar.show(&progress))
        .await?;
    bar.finish();
    show(&copied.contents);
    println!(
        "{} rows copied from {} to {} in {:.1} s; the rows, the revision and its tag are the same in both",
        copied.contents.rows(),
        source.database().product(),
        target.database().product(),
        started.elapsed().as_secs_f64()
    );
    Ok(())
}
