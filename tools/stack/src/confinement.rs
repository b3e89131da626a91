//! Whether a running container may do no more than compose.yaml says.

use std::{fs, process::Command};

use anyhow::{Context as _, Result, bail};

use crate::{compose::Service, container::Container};

/// Directories of a root that root itself could write to, if anything could.
const ROOT: [&str; 4] = ["/", "/etc", "/usr/bin", "/var"];

/// Looks at the first process as the kernel sees it, and tries to write as root.
pub(crate) fn check(container: &Container, service: &Service) -> Result<String> {
    let status = fs::read_to_string(format!("/proc/{}/status", container.init))
        .context("read the state of a process")?;
    let field = |name: &str| {
        status
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .unwrap_or_default()
            .trim()
    };
    let (user, group) = container.spec.user;
    for (name, id) in [("Uid", user), ("Gid", group)] {
        if field(name)
            .split_whitespace()
            .any(|it| it != id.to_string())
        {
            bail!("{name} is {}, not {id}", field(name));
        }
    }
    if !field("Groups").is_empty() {
        bail!("it has the groups {}", field("Groups"));
    }
    let capabilities = u64::from_str_radix(field("CapBnd"), 16).context("read capabilities")?;
    if usize::try_from(capabilities.count_ones()) != Ok(service.cap_add.len()) {
        bail!("its capabilities are {capabilities:x}");
    }
    if service
        .security_opt
        .iter()
        .any(|it| it.starts_with("no-new-privileges"))
        && field("NoNewPrivs") != "1"
    {
        bail!("it may get more privileges");
    }
    if service.read_only {
        for dir in ROOT {
            refuses(container, dir)?;
        }
    }
    for (_, target, read_only) in &container.spec.binds {
        if *read_only {
            refuses(container, target)?;
        }
    }
    for dir in container
        .spec
        .tmpfs
        .iter()
        .chain(["/dev/shm".to_owned()].iter())
    {
        let probe = format!("touch {dir}/probe && rm {dir}/probe");
        let command = ["/bin/sh", "-c", &probe].map(ToOwned::to_owned);
        let (written, said) = container.exec(&command, std::time::Duration::from_secs(10))?;
        if !written {
            bail!("{dir} cannot be written to: {said}");
        }
    }
    Ok(format!("user {user}, {capabilities:x} capabilities"))
}

/// Fails unless even root gets "read-only" from a file or a directory.
fn refuses(container: &Container, path: &str) -> Result<()> {
    let probe = format!(
        "if [ -d {path} ]; then touch {}/probe; else touch -h {path}; fi",
        path.trim_end_matches('/')
    );
    let output = Command::new("nsenter")
        .args(["--target", &container.init.to_string(), "--mount", "--root"])
        .args(["/bin/sh", "-c", &probe])
        .output()
        .context("start nsenter")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() || !said.contains("Read-only file system") {
        bail!("{path} is not read-only: {}", said.trim());
    }
    Ok(())
}
