//! CPU time and memory of processes, from Linux's `/proc`.

use std::{collections::BTreeMap, fs};

/// CPU seconds that a process has used, including those of children that it has waited for.
pub(super) fn of_one(pid: u32) -> Option<f64> {
    Some(read(pid)?.ticks as f64 / rustix::param::clock_ticks_per_second() as f64)
}

/// The same for these processes and all their descendants.
pub(super) fn of_trees(roots: &[u32]) -> f64 {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    for pid in pids {
        if let Some(status) = read(pid) {
            children.entry(status.parent).or_default().push(pid);
        }
    }
    let mut waiting = roots.to_vec();
    let mut sum = 0.0;
    while let Some(pid) = waiting.pop() {
        sum += of_one(pid).unwrap_or_default();
        waiting.extend(children.get(&pid).into_iter().flatten());
    }
    sum
}

/// The resident memory of a process, in bytes.
pub(super) fn memory(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

#[derive(Debug, PartialEq)]
struct Status {
    parent: u32,
    ticks: u64,
}

fn read(pid: u32) -> Option<Status> {
    parse(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// See proc_pid_stat(5). The program's name, in parentheses, may contain spaces and parentheses.
fn parse(stat: &str) -> Option<Status> {
    let (_, behind) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = behind.split_whitespace().collect();
    let ticks = fields.get(11..15)?.iter().map(|field| field.parse::<u64>());
    Some(Status {
        parent: fields.get(1)?.parse().ok()?,
        ticks: ticks.sum::<Result<u64, _>>().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_contain_parentheses() {
        let stat = "42 (a) b) S 7 42 42 0 -1 4194560 1 2 3 4 100 20 3 4 20 0 1 0 5 6 7";
        let expect = Status {
            parent: 7,
            ticks: 127,
        };
        assert_eq!(parse(stat), Some(expect));
        assert_eq!(parse("42 (cut"), None);
        assert_eq!(parse("42 (cut) S 7"), None);
    }
}
