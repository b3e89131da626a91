//! The image by itself, and the tarball on a machine that has nothing else: on SQLite, from start to the first page.

use std::{
    net::Ipv4Addr,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use services::process::pause;

use crate::{
    cluster::{Cluster, Roots},
    container::{Container, Spec},
    dockerfile::Dockerfile,
    image::Image,
    product::Product,
    web::{client, get},
};

/// How long the first start may take: it creates and fills the database.
const FIRST_START: Duration = Duration::from_secs(120);

/// Whoever unpacks the tarball: any user who is not root.
const USER: (u32, u32) = (12345, 12345);

/// `docker run -v hearth:/data hearth`.
pub(crate) fn image(cluster: &mut Cluster, file: &Dockerfile, image: &Image) -> Result<String> {
    let mut spec = cluster.bare_spec("image", image)?;
    if spec.user.0 == 0 {
        bail!("the image runs as root");
    }
    spec.read_only = true;
    spec.capabilities.clear();
    for dir in &image.volumes {
        let source = cluster.volume("image", image.owner_of(dir))?;
        spec.binds.push((source, dir.clone(), false));
    }
    let port = file.port.context("the Dockerfile exposes no port")?;
    let container = cluster.launch(spec)?;
    // From another machine, so the node must listen to more than itself.
    let url = format!("http://{}:{port}/", container.address);
    let took = cluster
        .outside()
        .within(|| first_page(&url, container.started))?;
    let check = file.healthcheck.as_ref();
    container.wait_healthy(check.context("the Dockerfile has no health check")?)?;
    ends(&container)?;
    Ok(format!("first page after {:.1} s", took.as_secs_f64()))
}

/// The tarball, unpacked and started by a user, without a variable.
pub(crate) fn tarball(cluster: &mut Cluster, roots: &Roots, product: &Product) -> Result<String> {
    let home = cluster.volume("tarball", "12345:12345")?;
    let mut binds = vec![(home, "/srv".to_owned(), false)];
    for name in product.files()? {
        binds.push((product.dir.join(&name), format!("/opt/hearth/{name}"), true));
    }
    let binary = "/opt/hearth/hearth".to_owned();
    let spec = Spec {
        name: "tarball".to_owned(),
        root: roots.bare.path.clone(),
        lines: vec![("/etc/hosts".to_owned(), "127.0.0.1 localhost".to_owned())],
        binds,
        user: USER,
        environment: vec![("PATH".to_owned(), "/usr/bin:/bin".to_owned())],
        workdir: Some("/srv".to_owned()),
        command: vec![binary.clone(), "serve".to_owned()],
        ..Spec::default()
    };
    let container = cluster.launch(spec)?;
    let url = format!("http://{}:3000/", Ipv4Addr::LOCALHOST);
    let took = container
        .network
        .within(|| first_page(&url, container.started))?;
    let health = [binary, "health".to_owned(), "--ready".to_owned()];
    let (healthy, said) = container.exec(&health, Duration::from_secs(10))?;
    if !healthy {
        bail!("hearth health: {said}");
    }
    ends(&container)?;
    Ok(format!("first page after {:.1} s", took.as_secs_f64()))
}

/// Requests a page until there is one.
pub(crate) fn first_page(url: &str, started: Instant) -> Result<Duration> {
    let client = client();
    loop {
        let answer = get(&client, url);
        let elapsed = started.elapsed();
        match answer {
            Ok(answer) if answer.status == 200 && answer.body.contains("</html>") => {
                return Ok(elapsed);
            }
            Ok(answer) if elapsed > FIRST_START => bail!("the node answers {}", answer.status),
            Err(error) if elapsed > FIRST_START => return Err(error),
            _ => pause(Duration::from_millis(20)),
        }
    }
}

/// Stops it, and fails unless it ends well.
pub(crate) fn ends(container: &Container) -> Result<()> {
    let status = container.stop(Duration::from_secs(30))?;
    if !status.success() {
        bail!("it ended with {status}");
    }
    Ok(())
}
