//! The units of systemd: what hearth.service starts, on the socket of hearth.socket.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, bail};

use crate::{
    alone::{ends, first_page},
    cluster::{Cluster, Roots},
    container::Spec,
    product::Product,
};

/// Where the unit expects the binary.
const BINARY: &str = "/usr/local/bin/hearth";

/// The user that systemd would make up.
const USER: (u32, u32) = (61184, 61184);

/// A connection that is made before the server runs is answered by it.
pub(crate) fn activate(
    cluster: &mut Cluster,
    roots: &Roots,
    product: &Product,
    repository: &Path,
) -> Result<String> {
    let folder = repository.join("ops/systemd");
    let read =
        |name: &str| fs::read_to_string(folder.join(name)).with_context(|| format!("read {name}"));
    let (service, socket) = (read("hearth.service")?, read("hearth.socket")?);
    let address = value(&socket, "ListenStream")?;
    let start = value(&service, "ExecStart")?;
    if !start.starts_with(BINARY) {
        bail!("hearth.service starts {start}, not {BINARY}");
    }
    let variable = value(&service, "Environment")?;
    let state = format!("/var/lib/{}", value(&service, "StateDirectory")?);

    let home = cluster.volume("units", "61184:61184")?;
    let mut binds = vec![(home, state.clone(), false)];
    for name in product.files()? {
        binds.push((
            product.dir.join(&name),
            format!("/usr/local/bin/{name}"),
            true,
        ));
    }
    let mut command = vec!["/usr/bin/systemd-socket-activate".to_owned()];
    command.push(format!("--listen={address}"));
    command.push(format!("--setenv={variable}"));
    // Wrong on purpose: the socket that was handed over counts.
    command.push("--setenv=LEPTOS_SITE_ADDR=127.0.0.1:9".to_owned());
    command.extend(start.split_whitespace().map(ToOwned::to_owned));
    let spec = Spec {
        name: "units".to_owned(),
        root: roots.services.path.clone(),
        lines: vec![("/etc/hosts".to_owned(), "127.0.0.1 localhost".to_owned())],
        binds,
        user: USER,
        environment: vec![("PATH".to_owned(), "/usr/bin:/bin".to_owned())],
        workdir: Some(state),
        command,
        read_only: true,
        no_new_privileges: true,
        ..Spec::default()
    };
    let container = cluster.launch(spec)?;
    let url = format!("http://{address}/");
    let took = container
        .network
        .within(|| first_page(&url, container.started))?;
    ends(&container)?;
    Ok(format!(
        "the connection that started it got its page after {:.1} s",
        took.as_secs_f64()
    ))
}

/// The first value of a setting.
fn value<'a>(unit: &'a str, name: &str) -> Result<&'a str> {
    let found = unit
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    found.with_context(|| format!("the unit does not set {name}"))
}
