//! The measurements, before they are judged and written.

use serde::Serialize;

use super::{growth::Latency, sample::Sample, users::Waited};

/// The measurements with one number of rows.
#[derive(Serialize, Default)]
pub(super) struct Scene {
    pub(super) stored: u64,
    pub(super) listed: u64,
    /// The size of the table with its indexes.
    pub(super) bytes: u64,
    /// In seconds.
    pub(super) seeding: f64,
    pub(super) rows: Vec<Row>,
    pub(super) latencies: Vec<Latency>,
    pub(super) users: Vec<Waited>,
}

/// The measurements of one entrant.
#[derive(Serialize)]
pub(super) struct Row {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) reference: bool,
    /// Why it was not measured.
    pub(super) missing: Option<String>,
    /// What was wrong with its answers.
    pub(super) wrong: Option<String>,
    pub(super) median: Sample,
    pub(super) rounds: Vec<Sample>,
}

impl Row {
    pub(super) fn new(
        id: &'static str,
        name: &'static str,
        reference: bool,
        rounds: Vec<Sample>,
    ) -> Self {
        Self {
            id,
            name,
            reference,
            missing: None,
            wrong: None,
            median: Sample::median(&rounds),
            rounds,
        }
    }

    /// Summarizes all rounds, once they are over.
    pub(super) fn settle(&mut self) {
        self.median = Sample::median(&self.rounds);
        if self.median.failed > 0.0 && self.wrong.is_none() {
            self.wrong = Some(format!("{:.0} answers were none", self.median.failed));
        }
    }

    /// Why it was not measured, or what was wrong; empty if neither.
    pub(super) fn remark(&self) -> &str {
        let remark = self.missing.as_ref().or(self.wrong.as_ref());
        remark.map(String::as_str).unwrap_or_default()
    }
}
