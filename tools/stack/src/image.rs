//! What an image brings along, before compose.yaml says anything.
//!
//! Ours is what the `Dockerfile` says, on Debian's smallest root. The others cannot be downloaded, so Debian's packages
//! of the same servers take their places, in one root, with the users, variables and commands of the images. Grafana
//! is no package of Debian: of it, only the files are checked.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::{dockerfile::Dockerfile, product::Product};

/// The variable `PATH` of images.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// What the entrypoint of PostgreSQL's image does.
const POSTGRES: &str = include_str!("postgres.sh");

/// What an image brings along.
#[derive(Clone, Default)]
pub(crate) struct Image {
    pub(crate) user: String,
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) entrypoint: Vec<String>,
    pub(crate) command: Vec<String>,
    pub(crate) workdir: Option<String>,
    pub(crate) stop: Option<String>,
    /// Lines of /etc/passwd.
    pub(crate) users: Vec<String>,
    /// Directories, with their owners, which a new volume inherits.
    pub(crate) dirs: Vec<(String, String)>,
    /// Files that were copied into it.
    pub(crate) files: Vec<(PathBuf, String)>,
    /// Directories that become volumes without being named.
    pub(crate) volumes: Vec<String>,
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs
        .map(|(one, other)| (one.to_owned(), other.to_owned()))
        .to_vec()
}

impl Image {
    /// The image of a name and a tag; `None` if no package of Debian can take its place.
    pub(crate) fn of(name: &str, ours: &Self) -> Result<Option<Self>> {
        let (repository, _tag) = name.split_once(':').unwrap_or((name, ""));
        Ok(Some(match repository {
            "hearth" => ours.clone(),
            "postgres" => Self {
                user: "0:0".to_owned(),
                environment: pairs([
                    ("PATH", &format!("{PATH}:/usr/lib/postgresql/15/bin")),
                    ("PGDATA", "/var/lib/postgresql/data"),
                    ("LANG", "C.UTF-8"),
                ]),
                entrypoint: owned(&["/bin/sh", "-c", POSTGRES, "docker-entrypoint.sh"]),
                command: owned(&["postgres"]),
                stop: Some("SIGINT".to_owned()),
                users: owned(&["postgres:x:999:999::/var/lib/postgresql:/bin/bash"]),
                dirs: pairs([("/var/lib/postgresql/data", "999:999")]),
                volumes: owned(&["/var/lib/postgresql/data"]),
                ..Self::default()
            },
            "redis" => Self {
                user: "0:0".to_owned(),
                environment: pairs([("PATH", PATH)]),
                command: owned(&["redis-server"]),
                workdir: Some("/data".to_owned()),
                users: owned(&["redis:x:999:999::/nonexistent:/bin/sh"]),
                dirs: pairs([("/data", "999:999")]),
                volumes: owned(&["/data"]),
                ..Self::default()
            },
            "caddy" => Self {
                user: "0:0".to_owned(),
                environment: pairs([
                    ("PATH", PATH),
                    ("XDG_CONFIG_HOME", "/config"),
                    ("XDG_DATA_HOME", "/data"),
                ]),
                command: owned(&[
                    "caddy",
                    "run",
                    "--config",
                    "/etc/caddy/Caddyfile",
                    "--adapter",
                    "caddyfile",
                ]),
                workdir: Some("/srv".to_owned()),
                ..Self::default()
            },
            "prom/prometheus" => Self {
                user: "65534:65534".to_owned(),
                environment: pairs([("PATH", PATH)]),
                entrypoint: owned(&["/bin/prometheus"]),
                command: owned(&[
                    "--config.file=/etc/prometheus/prometheus.yml",
                    "--storage.tsdb.path=/prometheus",
                ]),
                workdir: Some("/prometheus".to_owned()),
                dirs: pairs([("/prometheus", "65534:65534")]),
                volumes: owned(&["/prometheus"]),
                ..Self::default()
            },
            "grafana/grafana" => return Ok(None),
            other => bail!("the proof does not know what the image {other} contains"),
        }))
    }

    /// What `docker build` makes: the last stage, with the product where an earlier stage leaves it.
    pub(crate) fn ours(file: &Dockerfile, product: &Product) -> Result<Self> {
        if !file.from.starts_with("debian:bookworm") {
            bail!(
                "the proof has a root of Debian bookworm, not of {}",
                file.from
            );
        }
        let mut image = Self {
            user: file.user.clone().unwrap_or_else(|| "0:0".to_owned()),
            environment: pairs([("PATH", PATH)]),
            entrypoint: file.entrypoint.clone(),
            command: file.command.clone(),
            workdir: file.workdir.clone(),
            stop: file.stop_signal.clone(),
            volumes: file.volumes.clone(),
            ..Self::default()
        };
        image.environment.extend(file.environment.iter().cloned());
        let mut has_binary = false;
        for copy in &file.copies {
            if Path::new(&copy.from).ends_with("hearth") {
                has_binary = true;
                let to = Path::new(&copy.to).parent();
                let to = to.context("the binary has a directory")?;
                for name in product.files()? {
                    image
                        .files
                        .push((product.dir.join(&name), to.join(name).display().to_string()));
                }
            } else {
                // Only empty directories are copied besides.
                let owner = copy.owner.clone().unwrap_or_else(|| "0:0".to_owned());
                image.dirs.push((copy.to.clone(), owner));
            }
        }
        if !has_binary {
            bail!("the Dockerfile copies no binary into its last stage");
        }
        Ok(image)
    }

    /// Who owns a directory of the image.
    pub(crate) fn owner_of(&self, dir: &str) -> &str {
        let found = self.dirs.iter().find(|(path, _)| path == dir);
        found.map_or("0:0", |(_, owner)| owner)
    }
}
