//! Whether this machine can run containers without an engine: root, namespaces, overlays.

use std::process::{Command, Stdio};

use rustix::process::geteuid;
use services::process;

/// The programs that containers are made with, all of util-linux.
const PROGRAMS: [&str; 5] = ["unshare", "nsenter", "setpriv", "mount", "pivot_root"];

/// Tries what every container needs: namespaces, an overlay on a tmpfs, a link between two networks.
const TRIAL: &str = "
set -e
mount --make-rprivate /
dir=$(mktemp -d)
trap 'umount -l \"$dir\"; rmdir \"$dir\"' EXIT
mount -t tmpfs tmpfs \"$dir\"
mkdir \"$dir/lower\" \"$dir/upper\" \"$dir/work\" \"$dir/root\"
mount -t overlay -o \"lowerdir=$dir/lower,upperdir=$dir/upper,workdir=$dir/work\" overlay \"$dir/root\"
umount \"$dir/root\"
";

/// What is missing for containers, or `None`.
pub(crate) fn missing() -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some("Linux".to_owned());
    }
    if !geteuid().is_root() {
        return Some("root".to_owned());
    }
    for program in PROGRAMS.iter().chain(&["apt-get", "dpkg-deb"]) {
        if process::find(program).is_none() {
            return Some((*program).to_owned());
        }
    }
    let tried = Command::new("unshare")
        .args(["--mount", "--pid", "--uts", "--ipc", "--net", "--fork"])
        .args(["sh", "-c", TRIAL])
        .stdin(Stdio::null())
        .output();
    match tried {
        Ok(output) if output.status.success() => None,
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            Some(format!("namespaces and overlays ({said})"))
        }
        Err(error) => Some(format!("namespaces ({error})")),
    }
}
