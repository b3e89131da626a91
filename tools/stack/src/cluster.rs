//! The containers of compose.yaml, in one network.

use std::{
    collections::BTreeMap, fmt::Write as _, fs, os::unix::fs::chown, path::PathBuf,
    process::ExitStatus, time::Duration,
};

use anyhow::{Context as _, Result};
use rustix::process::Signal;
use services::{Context, private::Scratch};

use crate::{
    compose::{Service, Source},
    container::{Container, Spec},
    image::Image,
    network::{Network, Switch},
    root::Root,
};

/// What docker leaves to a container that drops nothing.
const CAPABILITIES: [&str; 14] = [
    "chown",
    "dac_override",
    "fowner",
    "fsetid",
    "kill",
    "setgid",
    "setuid",
    "setpcap",
    "net_bind_service",
    "net_raw",
    "sys_chroot",
    "mknod",
    "audit_write",
    "setfcap",
];

/// The roots that containers have.
pub(crate) struct Roots {
    pub(crate) bare: Root,
    pub(crate) services: Root,
}

/// Running containers. They end in the order of the fields, the network last.
pub(crate) struct Cluster<'a> {
    context: &'a Context,
    roots: &'a Roots,
    ours: &'a Image,
    pub(crate) containers: BTreeMap<String, Vec<Container>>,
    dns: Container,
    names: PathBuf,
    started: u32,
    switch: Switch,
    scratch: Scratch,
}

impl<'a> Cluster<'a> {
    /// An empty network, with names.
    pub(crate) fn new(context: &'a Context, roots: &'a Roots, ours: &'a Image) -> Result<Self> {
        let scratch = Scratch::new("stack")?;
        let logs = context.layout.logs();
        let mut switch = Switch::new(&roots.services, &logs.join("stack-network.log"))?;
        let names = scratch.path().join("names");
        fs::create_dir(&names).context("create a directory for names")?;
        fs::write(names.join("hosts"), "").context("write the names of containers")?;
        let network = switch.connect()?;
        let command = [
            "/usr/sbin/dnsmasq",
            "--keep-in-foreground",
            "--log-facility=-",
            "--user=root",
            "--group=root",
            "--pid-file=",
            "--no-resolv",
            "--no-hosts",
            "--domain-needed",
            "--addn-hosts=/names/hosts",
        ];
        let spec = Spec {
            name: "names".to_owned(),
            root: roots.services.path.clone(),
            binds: vec![(names.clone(), "/names".to_owned(), true)],
            capabilities: ["net_bind_service", "net_admin", "setgid", "setuid"]
                .map(ToOwned::to_owned)
                .to_vec(),
            command: command.map(ToOwned::to_owned).to_vec(),
            ..Spec::default()
        };
        let layers = scratch.path().join("layers-names");
        let dns = Container::start(spec, network, &layers, &logs.join("stack-names.log"))?;
        Ok(Self {
            context,
            roots,
            ours,
            containers: BTreeMap::new(),
            dns,
            names,
            started: 0,
            switch,
            scratch,
        })
    }

    /// Where clients are.
    pub(crate) fn outside(&self) -> &Network {
        &self.switch.network
    }

    /// Starts containers of a service, all at once as docker does, and waits until each is healthy. Returns the
    /// longest time from start to health.
    pub(crate) fn start(
        &mut self,
        name: &str,
        service: &Service,
        image: &Image,
        count: u32,
    ) -> Result<Duration> {
        let before = self.containers.get(name).map_or(0, Vec::len);
        for _ in 0..count {
            let spec = self.spec(name, service, image)?;
            let container = self.launch(spec)?;
            self.containers
                .entry(name.to_owned())
                .or_default()
                .push(container);
        }
        self.publish_names()?;
        let mut longest = Duration::ZERO;
        for container in &self.containers[name][before..] {
            longest = longest.max(container.wait_healthy(&service.healthcheck)?);
        }
        Ok(longest)
    }

    /// Starts a container that is no service.
    pub(crate) fn launch(&mut self, spec: Spec) -> Result<Container> {
        self.started += 1;
        let network = self.switch.connect()?;
        let layers = self.scratch.path().join(format!("layers-{}", self.started));
        let log = format!("stack-{}.log", spec.name);
        Container::start(
            spec,
            network,
            &layers,
            &self.context.layout.logs().join(log),
        )
    }

    /// Stops the last container of a service as docker does. Returns how it ended.
    pub(crate) fn stop(&mut self, name: &str, service: &Service) -> Result<ExitStatus> {
        let containers = self.containers.get(name);
        let container = containers.and_then(|all| all.last());
        let container = container.with_context(|| format!("no {name} is running"))?;
        let status = container.stop(service.grace()?)?;
        self.forget_last(name)?;
        Ok(status)
    }

    /// Withdraws the name of the last container of a service, which docker does only when it has ended.
    pub(crate) fn forget_last(&mut self, name: &str) -> Result<()> {
        let ended = self.containers.get_mut(name).and_then(Vec::pop);
        drop(ended);
        self.publish_names()
    }

    fn publish_names(&self) -> Result<()> {
        let mut hosts = String::new();
        for (name, containers) in &self.containers {
            for container in containers {
                // Writing to a string cannot fail.
                let _ = writeln!(hosts, "{} {name}", container.address);
            }
        }
        fs::write(self.names.join("hosts"), hosts).context("write the names of containers")?;
        self.dns.signal(Signal::HUP)
    }

    /// What docker would make of a service and its image.
    pub(crate) fn spec(&self, name: &str, service: &Service, image: &Image) -> Result<Spec> {
        let number = self.containers.get(name).map_or(0, Vec::len) + 1;
        let mut spec = self.bare_spec(&format!("{name}-{number}"), image)?;
        if let Some(user) = &service.user {
            spec.user = numbers(user)?;
        }
        for (variable, value) in &service.environment {
            spec.environment.retain(|(known, _)| known != variable);
            let value = value.clone().unwrap_or_default();
            spec.environment.push((variable.clone(), value));
        }
        let entrypoint = service.entrypoint.as_ref().unwrap_or(&image.entrypoint);
        // An entrypoint of one's own discards the image's command.
        let command = match (&service.command, &service.entrypoint) {
            (Some(command), _) => command.clone(),
            (None, Some(_)) => Vec::new(),
            (None, None) => image.command.clone(),
        };
        spec.command = [entrypoint.clone(), command].concat();
        spec.tmpfs.clone_from(&service.tmpfs);
        spec.read_only = service.read_only;
        spec.shm_size.clone_from(&service.shm_size);
        spec.no_new_privileges = service
            .security_opt
            .iter()
            .any(|option| option == "no-new-privileges:true");
        let drops_all = service.cap_drop.iter().any(|it| it == "ALL");
        spec.capabilities.retain(|known| {
            !drops_all
                && !service
                    .cap_drop
                    .iter()
                    .any(|it| it.to_lowercase() == *known)
        });
        spec.capabilities
            .extend(service.cap_add.iter().map(|it| it.to_lowercase()));
        for (source, target, read_only) in service.mounts()? {
            let source = match source {
                Source::File(file) => self.context.layout.root.join(file),
                Source::Volume(volume) => self.volume(&volume, image.owner_of(&target))?,
            };
            spec.binds.push((source, target, read_only));
        }
        let covered = |dir: &String| {
            spec.tmpfs.contains(dir) || spec.binds.iter().any(|(_, target, _)| target == dir)
        };
        let unnamed: Vec<_> = image.volumes.iter().filter(|dir| !covered(dir)).collect();
        for dir in unnamed {
            let source = self.volume(&format!("{name}-{number}-unnamed"), image.owner_of(dir))?;
            spec.binds.push((source, dir.clone(), false));
        }
        Ok(spec)
    }

    /// What docker would make of an image alone.
    pub(crate) fn bare_spec(&self, name: &str, image: &Image) -> Result<Spec> {
        // Only ours has copied files.
        let root = if image.files.is_empty() {
            &self.roots.services
        } else {
            &self.roots.bare
        };
        let mut environment = image.environment.clone();
        environment.push(("HOSTNAME".to_owned(), name.to_owned()));
        environment.push(("HOME".to_owned(), "/".to_owned()));
        let nameserver = format!("nameserver {}", self.dns.address);
        let mut lines = vec![
            ("/etc/resolv.conf".to_owned(), nameserver),
            ("/etc/hosts".to_owned(), "127.0.0.1 localhost".to_owned()),
        ];
        let passwd = "/etc/passwd".to_owned();
        lines.extend(image.users.iter().map(|it| (passwd.clone(), it.clone())));
        let files = image.files.iter();
        Ok(Spec {
            name: name.to_owned(),
            root: root.path.clone(),
            lines,
            dirs: image.dirs.clone(),
            binds: files
                .map(|(source, target)| (source.clone(), target.clone(), true))
                .collect(),
            user: numbers(&image.user)?,
            environment,
            workdir: image.workdir.clone(),
            command: [image.entrypoint.clone(), image.command.clone()].concat(),
            capabilities: CAPABILITIES.map(ToOwned::to_owned).to_vec(),
            stop: image.stop.clone(),
            ..Spec::default()
        })
    }

    /// A volume: its first use gives it the owner that the directory has in the image.
    pub(crate) fn volume(&self, name: &str, owner: &str) -> Result<PathBuf> {
        let path = self.scratch.path().join("volumes").join(name);
        if !path.is_dir() {
            fs::create_dir_all(&path).context("create a volume")?;
            let (user, group) = numbers(owner)?;
            chown(&path, Some(user), Some(group)).context("give a volume to its owner")?;
        }
        Ok(path)
    }

    /// The image of a service.
    pub(crate) fn image(&self, service: &Service) -> Result<Option<Image>> {
        Image::of(&service.image, self.ours)
    }

    /// The log of a container.
    pub(crate) fn log(&self, container: &Container) -> Result<String> {
        let file = format!("stack-{}.log", container.spec.name);
        fs::read_to_string(self.context.layout.logs().join(file)).context("read a container's log")
    }
}

/// A user and a group as numbers: names would need the image's /etc/passwd.
fn numbers(user: &str) -> Result<(u32, u32)> {
    let (user, group) = user
        .split_once(':')
        .with_context(|| format!("{user} is no user and group"))?;
    let number = |text: &str| text.parse().with_context(|| format!("{text} is no number"));
    Ok((number(user)?, number(group)?))
}
