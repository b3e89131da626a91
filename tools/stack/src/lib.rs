//! Proves that Hearth runs as its files for operators say: `cargo xtask stack`.
//!
//! A machine that builds Hearth reaches no registry of images, and often has no engine for containers. So the last
//! stage of the `Dockerfile` and the services of `compose.yaml`, as docker-compose itself reads them, are run on unpacked
//! roots of Debian: the very commands, users, variables, mounts, limits and health checks, in namespaces and in the order of
//! their dependencies, with names by DNS. The servers are Debian's (`image` says what that means for each). Readers
//! then use the portal through Caddy while nodes are added and stopped. What no run can prove is read by the programs
//! that it is written for (`files`).
//!
//! All of it needs root; elsewhere the report says so, and counts it as skipped.

mod alone;
mod cluster;
mod compose;
mod confinement;
mod container;
mod dockerfile;
mod files;
mod image;
mod machine;
mod network;
mod portal;
mod product;
mod quote;
mod redis;
mod report;
mod root;
mod units;
mod web;
mod yaml;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::{Context as _, Result, bail};
use services::Context;

pub use self::report::Verdict;
use self::{
    cluster::{Cluster, Roots},
    compose::Project,
    dockerfile::Dockerfile,
    image::Image,
    portal::Front,
    product::Product,
    report::Report,
    root::Root,
};

/// The parts that need no other service.
const ALONE: [&str; 3] = ["tarball", "image", "systemd"];

/// What is proved.
#[derive(clap::Args, Default)]
pub struct Args {
    /// Only this: `files`, `tarball`, `image`, `systemd`, or a service of compose.yaml with those that it depends on
    #[arg(long, value_name = "SERVICE")]
    only: Option<String>,
    /// Use this tarball, or this server with its site beside it, instead of building one
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
}

/// Proves everything with the given server, or with the one that `build` makes, and prints a table.
pub fn main(
    context: &Context,
    args: Args,
    build: impl FnOnce() -> Result<PathBuf>,
) -> Result<ExitCode> {
    let binary = match args.binary {
        Some(binary) => binary,
        None => build()?,
    };
    let mut report = Report::new(context);
    prove(context, &mut report, &binary, args.only.as_deref())?;
    print!("{report}");
    Ok(if report.verdict().broken == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The same, in which each claim is a test.
pub fn test(context: &Context, binary: &Path) -> Result<Verdict> {
    let mut report = Report::new(context);
    prove(context, &mut report, binary, None)?;
    context.progress.say(&report.to_string());
    Ok(report.verdict())
}

fn prove(context: &Context, report: &mut Report, binary: &Path, only: Option<&str>) -> Result<()> {
    if let Some(what) = machine::missing() {
        report.skip(
            "stack",
            "runs as its files say",
            &format!("this needs {what}"),
        );
        return Ok(());
    }
    let roots = Roots {
        bare: Root::bare(context)?,
        services: Root::with_services(context)?,
    };
    let repository = &context.layout.root;
    let project = Project::read(&roots.services, repository)?;
    let file = Dockerfile::read(repository)?;
    let product = Product::open(binary)?;
    let ours = Image::ours(&file, &product)?;
    let runs = |part: &str| only.is_none_or(|only| only == part);

    if runs("files") {
        files::check(context, &roots.services, &project, report);
    }
    if ALONE.iter().any(|part| runs(part)) {
        let mut cluster = Cluster::new(context, &roots, &ours)?;
        if runs("tarball") {
            let claim = "serves the portal, by a user on a bare system";
            report.check("tarball", claim, || {
                let proved = alone::tarball(&mut cluster, &roots, &product)?;
                Ok(format!("{proved} ({})", product.what))
            });
        }
        if runs("image") {
            let claim = "serves the portal with nothing but a volume";
            report.check("image", claim, || alone::image(&mut cluster, &file, &ours));
        }
        if runs("systemd") {
            report.check("systemd", "the socket's unit starts the server", || {
                units::activate(&mut cluster, &roots, &product, repository)
            });
        }
    }
    match only {
        None => {
            let all: Vec<_> = project.services.keys().map(String::as_str).collect();
            services_of(context, report, &roots, &ours, &project, &all)
        }
        Some(part) if part == "files" || ALONE.contains(&part) => Ok(()),
        Some(service) => services_of(context, report, &roots, &ours, &project, &[service]),
    }
}

/// Runs services of compose.yaml, and looks at what they do together.
fn services_of(
    context: &Context,
    report: &mut Report,
    roots: &Roots,
    ours: &Image,
    project: &Project,
    wanted: &[&str],
) -> Result<()> {
    let mut cluster = Cluster::new(context, roots, ours)?;
    let began = Instant::now();
    for name in project.order(wanted)? {
        let service = &project.services[&name];
        let Some(image) = cluster.image(service)? else {
            let why = "Debian has no such server; only its files are checked";
            report.skip(&name, "runs", why);
            continue;
        };
        let count = service.scale.unwrap_or(1);
        let healthy = report.check(&name, "passes its health check", || {
            let took = cluster.start(&name, service, &image, count)?;
            Ok(format!(
                "{count} after {:.1} s, {:.1} s after the first service",
                took.as_secs_f64(),
                began.elapsed().as_secs_f64()
            ))
        });
        if !healthy {
            // What depends on it would only wait.
            return Ok(());
        }
        report.check(&name, "may do what it needs and no more", || {
            let containers = &cluster.containers[&name];
            let proved: Result<Vec<_>> = containers
                .iter()
                .map(|container| confinement::check(container, service))
                .collect();
            Ok(proved?.pop().unwrap_or_default())
        });
    }
    together(report, &mut cluster, project)
}

/// What services do for each other, as far as they are running.
fn together(report: &mut Report, cluster: &mut Cluster, project: &Project) -> Result<()> {
    let running = |cluster: &Cluster, name: &str| cluster.containers.contains_key(name);
    if running(cluster, "hearth") {
        report.check(
            "hearth",
            "nodes that start at once fill the database once",
            || filled_once(cluster),
        );
    }
    if running(cluster, "caddy") {
        let service = &project.services["caddy"];
        let port = service.ports.first().context("Caddy has no port")?;
        let front = Front {
            address: cluster.containers["caddy"][0].address,
            port: port.target()?,
        };
        report.check("caddy", "serves the portal", || {
            portal::serves(cluster.outside(), front)
        });
        report.check("caddy", "uses every node", || {
            portal::spreads(cluster.outside(), front, &cluster.containers["hearth"])
        });
        if running(cluster, "prometheus") {
            report.check("prometheus", "scrapes every node", || {
                let address = cluster.containers["prometheus"][0].address;
                let nodes = cluster.containers["hearth"].len();
                portal::monitors(cluster.outside(), address, nodes)
            });
        }
        let hearth = &project.services["hearth"];
        if let Some(image) = cluster.image(hearth)? {
            report.check("caddy", "uses a node that --scale adds", || {
                portal::scales(cluster, front, hearth, &image)
            });
        }
        report.check("caddy", "stopping a node costs no request", || {
            portal::stops(cluster, front, hearth)
        });
    }
    if running(cluster, "redis") {
        report.check(
            "redis",
            "wants a password, and refuses what is dangerous",
            || redis::check(&cluster.containers["redis"][0]),
        );
        if running(cluster, "caddy") {
            report.check("redis", "is used by the nodes", || {
                match redis::keys(&cluster.containers["redis"][0])? {
                    0 => bail!("Redis is empty"),
                    keys => Ok(format!("{keys} keys")),
                }
            });
        }
    }
    for (name, service) in &project.services {
        if running(cluster, name) && name != "hearth" && name != "prometheus" {
            report.check(name, "ends when it is told to", || {
                let status = cluster.stop(name, service)?;
                Ok(status.to_string())
            });
        }
    }
    Ok(())
}

/// One node fills the empty database and creates the account, the other one waits.
fn filled_once(cluster: &Cluster) -> Result<String> {
    let mut count = [0, 0];
    for node in &cluster.containers["hearth"] {
        let log = cluster.log(node)?;
        for (count, line) in count
            .iter_mut()
            .zip(["seeded ", "created the account admin"])
        {
            *count += log.lines().filter(|said| said.starts_with(line)).count();
        }
    }
    if count != [1, 1] {
        bail!(
            "the database was filled {} times, the account created {} times",
            count[0],
            count[1]
        );
    }
    Ok(String::new())
}
