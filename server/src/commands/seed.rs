//! `hearth seed`: believable rows, the same for the same seed.

use std::{error::Error, time::Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::store::{Amounts, Store};

/// Replaces all rows by generated ones, with a progress bar.
pub(super) async fn run(store: &Store, amounts: Amounts, seed: u64) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let bar = ProgressBar::new(amounts.properties + amounts.recipes);
    bar.set_style(ProgressStyle::with_template(
        "seeding {bar:32} {human_pos}/{human_len} rows, {per_sec}, {eta} left",
    )?);
    store
        .seed(amounts, seed, &|done| bar.set_position(done))
        .await?;
    bar.finish_and_clear();
    eprintln!(
        "seeded {} homes and {} recipes on {} in {:.1} s",
        amounts.properties,
        amounts.recipes,
        store.database().product(),
        started.elapsed().as_secs_f64()
    );
    Ok(())
}
