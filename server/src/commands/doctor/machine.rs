//! What the machine grants: file descriptors, disk space, a disk that SQLite can use.

use std::path::Path;

use rustix::{
    fs::statvfs,
    process::{Resource, getrlimit},
};

use super::Check;
use crate::{config::Config, store::sqlite_file};

/// A node needs a descriptor for each connection, and browsers open several.
const DESCRIPTORS: u64 = 4_096;

/// SQLite needs room for its log, and for the copy that a migration makes of a table.
const LEAST_BYTES: u64 = 200 << 20;

/// File systems that other machines write to as well: SQLite's locks do not hold there. (SQLite's
/// manual, "How to corrupt an SQLite database file", section 2.1.)
const NETWORKED: [&str; 12] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "ocfs2",
    "gfs2",
];

pub(super) fn limits() -> Check {
    let mut check = Check::new("file limits");
    let limit = getrlimit(Resource::Nofile);
    match limit.maximum {
        Some(most) if most < DESCRIPTORS => check.warn(
            format!("a process may open only {most} files, and each connection is one"),
            format!(
                "set LimitNOFILE={} in the unit, or `ulimit -n` before the start",
                64 * 1_024
            ),
        ),
        Some(most) => check.sees(format!("{most} open files")),
        None => check.sees("as many open files as wanted"),
    }
    check
}

/// The disk under SQLite's file. PostgreSQL's is its own affair.
pub(super) fn disk(config: &Config) -> Check {
    let mut check = Check::new("disk");
    let Some(file) = sqlite_file(config.storage.database_url.expose()) else {
        check.sees("the database has its own");
        return check;
    };
    let there = file.ancestors().find(|path| path.exists());
    let folder = there.unwrap_or(Path::new(".")).canonicalize();
    let folder = folder.unwrap_or_else(|_| Path::new("/").to_owned());
    let shown = folder.display();
    match statvfs(&folder) {
        Ok(disk) => {
            let free = disk.f_bavail * disk.f_frsize;
            check.sees(format!("{} MiB free at {shown}", free >> 20));
            if free < LEAST_BYTES {
                check.fail(
                    format!(
                        "only {} MiB are free at {shown}: edits will soon fail",
                        free >> 20
                    ),
                    "free some space there, or move the file to a larger disk",
                );
            }
        }
        Err(error) => check.fail(
            format!("cannot find out how much space is free at {shown}: {error}"),
            "look at the folder's permissions",
        ),
    }
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    if let Some(system) = networked(&mounts, &folder) {
        check.fail(
            format!("{shown} is on a network disk ({system}), where SQLite's locks do not hold"),
            "move the file to a local disk, or to PostgreSQL with `hearth copy`",
        );
    }
    check
}

/// The file system under a folder, if it is one that other machines write to as well. `mounts` is
/// the text of `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
fn networked(mounts: &str, folder: &Path) -> Option<String> {
    let mounted = mounts.lines().filter_map(|line| {
        let (place, system) = line.split_once(" - ")?;
        let point = place.split(' ').nth(4)?.replace("\\040", " ");
        let system = system.split(' ').next()?;
        folder
            .starts_with(&point)
            .then(|| (point.len(), system.to_owned()))
    });
    // Later mounts cover earlier ones at the same point.
    let (_, system) = mounted.max_by_key(|(length, _)| *length)?;
    let plain = system.strip_prefix("fuse.").unwrap_or(&system);
    let is_networked = NETWORKED.contains(&plain) || plain == "sshfs" || plain == "s3fs";
    is_networked.then_some(system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_disk_is_known_by_its_file_system() {
        let mounts = "22 1 254:0 / / rw - ext4 /dev/vda rw\n\
                      40 22 0:35 / /srv rw,relatime shared:1 - nfs4 box:/srv rw\n\
                      41 40 0:36 / /srv/local rw - xfs /dev/vdb rw\n\
                      42 22 0:37 / /var/a\\040b rw - fuse.sshfs box: rw\n";
        let check = |folder: &str, expect: Option<&str>| {
            assert_eq!(
                networked(mounts, Path::new(folder)).as_deref(),
                expect,
                "{folder}"
            );
        };
        check("/var/lib/hearth", None);
        check("/srv", Some("nfs4"));
        check("/srv/data", Some("nfs4"));
        check("/srvdata", None);
        check("/srv/local/data", None);
        check("/var/a b/data", Some("fuse.sshfs"));
    }
}
