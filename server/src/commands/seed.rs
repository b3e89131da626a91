//! `hearth seed`: realistic rows, the same for the same seed.

use std::{error::Error, time::Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

use crate::store::{Amounts, Seeded, Store};

/// Replaces all rows with generated ones, and shows a progress bar.
pub(super) async fn run(store: &Store, amounts: Amounts, seed: u64) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let bar = ProgressBar::new(amounts.properties + amounts.recipes);
    bar.set_style(ProgressStyle::with_template(
        "seeding {bar:32} {human_pos}/{human_len} rows, {msg}",
    )?);
    let show = |seeded| match seeded {
        Seeded::Rows(rows) => {
            bar.set_position(rows);
            let left = HumanDuration(bar.eta());
            bar.set_message(format!("{left} left"));
        }
        Seeded::Indexes { done, of } => bar.set_message(format!("index {} of {of}", done + 1)),
    };
    store.seed(amounts, seed, &show).await?;
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
