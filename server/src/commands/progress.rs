//! A progress bar for what takes long, in several steps.

use std::error::Error;

use indicatif::{ProgressBar, ProgressStyle};

use crate::store::Progress;

/// A bar; nothing is shown where standard error is no terminal.
pub(super) struct Bar {
    bar: ProgressBar,
    known: ProgressStyle,
    unknown: ProgressStyle,
}

impl Bar {
    pub(super) fn new() -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            bar: ProgressBar::new(0),
            known: ProgressStyle::with_template(
                "{msg:28} {bar:32} {human_pos}/{human_len}, {eta} left",
            )?,
            unknown: ProgressStyle::with_template("{msg:28} {spinner} {binary_bytes}")?,
        })
    }

    /// Shows how far it has come; a step begins with other words.
    pub(super) fn show(&self, progress: &Progress) {
        if self.bar.message() != progress.doing {
            let style = match progress.of {
                0 => &self.unknown,
                _ => &self.known,
            };
            self.bar.reset();
            self.bar.set_style(style.clone());
            self.bar.set_message(progress.doing.clone());
        }
        self.bar.set_length(progress.of);
        self.bar.set_position(progress.done);
    }

    /// Removes it.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
