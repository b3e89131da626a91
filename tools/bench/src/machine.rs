//! Where and when something was measured.

use std::{fs, thread, time::SystemTime};

/// Seconds since 1970.
pub(super) fn now() -> u64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map(|since| since.as_secs())
        .unwrap_or_default()
}

/// The processor's model name, if Linux reports one.
pub(super) fn processor() -> Option<String> {
    let information = fs::read_to_string("/proc/cpuinfo").ok()?;
    let (_, model) = information
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))?;
    Some(model.trim().to_owned())
}

pub(super) fn cores() -> usize {
    thread::available_parallelism().map_or(1, Into::into)
}
