//! `compose.yaml`, as docker-compose reads it.

use std::{collections::BTreeMap, path::Path, time::Duration};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use serde_json::Value;

use crate::{root::Root, yaml};

/// Where docker-compose sees the repository.
const PROJECT: &str = "/project/";

/// The services, by name.
pub(crate) struct Project {
    pub(crate) services: BTreeMap<String, Service>,
}

/// A service. A key that is not known here is an error: what is not understood cannot be proved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Service {
    pub(crate) image: String,
    #[serde(rename = "build")]
    _build: Option<Value>,
    pub(crate) command: Option<Vec<String>>,
    pub(crate) entrypoint: Option<Vec<String>>,
    pub(crate) user: Option<String>,
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, Option<String>>,
    #[serde(default)]
    pub(crate) volumes: Vec<String>,
    #[serde(default)]
    pub(crate) tmpfs: Vec<String>,
    #[serde(default)]
    pub(crate) read_only: bool,
    #[serde(default)]
    pub(crate) cap_add: Vec<String>,
    #[serde(default)]
    pub(crate) cap_drop: Vec<String>,
    #[serde(default)]
    pub(crate) security_opt: Vec<String>,
    pub(crate) shm_size: Option<String>,
    pub(crate) healthcheck: Healthcheck,
    #[serde(default)]
    pub(crate) depends_on: BTreeMap<String, Dependency>,
    pub(crate) scale: Option<u32>,
    #[serde(default)]
    pub(crate) ports: Vec<Port>,
    #[serde(rename = "profiles", default)]
    _profiles: Vec<String>,
    stop_grace_period: Option<String>,
    #[serde(rename = "restart")]
    _restart: Option<String>,
}

/// How docker finds out whether a container is well.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(crate) struct Healthcheck {
    pub(crate) test: Vec<String>,
    interval: String,
    timeout: String,
    start_period: Option<String>,
    retries: u32,
}

/// When a service may be started.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dependency {
    pub(crate) condition: String,
}

/// A port that can be reached from outside: `docker-compose config` writes some of them as texts.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Port {
    Long {
        #[serde(rename = "published")]
        _published: Value,
        target: u16,
    },
    Short(String),
}

impl Project {
    /// Reads `compose.yaml` with all of its profiles, and with none of the variables that a `.env` or a shell sets.
    pub(crate) fn read(tools: &Root, project: &Path) -> Result<Self> {
        let script = "touch /tmp/none; \
            exec docker-compose --env-file=/tmp/none --profile=monitoring config";
        let command = ["/bin/sh", "-c", script];
        let text = tools.run(project, &command, "")?;
        // It doubles dollars again, so that its output can be its input.
        let text = text.replace("$$", "$");
        #[derive(Deserialize)]
        struct File {
            services: BTreeMap<String, Service>,
        }
        let document = yaml::documents(tools, project, &text)?.pop();
        let file: File = serde_json::from_value(document.unwrap_or_default())
            .context("compose.yaml says something that the proof does not know")?;
        Ok(Self {
            services: file.services,
        })
    }

    /// The services and those that they depend on, in an order in which they can be started.
    pub(crate) fn order(&self, wanted: &[&str]) -> Result<Vec<String>> {
        let mut order = Vec::new();
        for name in wanted {
            self.visit(name, &mut order, 0)?;
        }
        Ok(order)
    }

    fn visit(&self, name: &str, order: &mut Vec<String>, depth: usize) -> Result<()> {
        if order.iter().any(|done| done == name) {
            return Ok(());
        }
        if depth > self.services.len() {
            bail!("the services of compose.yaml depend on each other in a circle");
        }
        let service = self
            .services
            .get(name)
            .with_context(|| format!("compose.yaml has no service {name}"))?;
        for (needed, dependency) in &service.depends_on {
            if dependency.condition != "service_healthy" {
                bail!("{name} does not wait until {needed} is healthy");
            }
            self.visit(needed, order, depth + 1)?;
        }
        order.push(name.to_owned());
        Ok(())
    }
}

impl Service {
    /// How long a container may take to end after it was told to.
    pub(crate) fn grace(&self) -> Result<Duration> {
        duration(self.stop_grace_period.as_deref().unwrap_or("10s"))
    }

    /// The files and volumes that are mounted: source, target, whether nothing may be written.
    pub(crate) fn mounts(&self) -> Result<Vec<(Source, String, bool)>> {
        self.volumes
            .iter()
            .map(|volume| {
                let mut parts = volume.split(':');
                let (Some(source), Some(target)) = (parts.next(), parts.next()) else {
                    bail!("{volume} is no mount with a name");
                };
                let source = match source.strip_prefix(PROJECT) {
                    Some(file) => Source::File(file.to_owned()),
                    None if source.contains('/') => bail!("{source} is not in the repository"),
                    None => Source::Volume(source.to_owned()),
                };
                let read_only = parts.next() == Some("ro");
                Ok((source, target.to_owned(), read_only))
            })
            .collect()
    }
}

/// What is mounted.
pub(crate) enum Source {
    /// A file or a directory of the repository.
    File(String),
    /// A named volume.
    Volume(String),
}

impl Healthcheck {
    /// The same as a Dockerfile writes it.
    pub(crate) fn of_dockerfile(test: Vec<String>, flags: &BTreeMap<String, String>) -> Self {
        let flag = |name: &str, default: &str| flags.get(name).map_or(default, |it| it).to_owned();
        Self {
            test,
            interval: flag("interval", "30s"),
            timeout: flag("timeout", "30s"),
            start_period: flags.get("start-period").cloned(),
            retries: flag("retries", "3").parse().unwrap_or(3),
        }
    }

    /// How long one check may take.
    pub(crate) fn timeout(&self) -> Result<Duration> {
        duration(&self.timeout)
    }

    /// After which time docker would call the container unhealthy.
    pub(crate) fn patience(&self) -> Result<Duration> {
        let start = duration(self.start_period.as_deref().unwrap_or("0s"))?;
        Ok(start + duration(&self.interval)? * self.retries)
    }
}

impl Port {
    /// The port inside of the container.
    pub(crate) fn target(&self) -> Result<u16> {
        match self {
            Self::Long { target, .. } => Ok(*target),
            Self::Short(text) => {
                let target = text.rsplit(':').next().unwrap_or_default();
                let target = target.split('/').next().unwrap_or_default();
                target.parse().with_context(|| format!("{text} is no port"))
            }
        }
    }

    /// Whether only this machine can reach it.
    pub(crate) fn is_local(&self) -> bool {
        matches!(self, Self::Short(text) if text.starts_with("127.0.0.1:"))
    }
}

/// `1m30s`, as Go writes it.
fn duration(text: &str) -> Result<Duration> {
    let (mut whole, mut number) = (Duration::ZERO, String::new());
    for character in text.chars() {
        let unit = match character {
            '0'..='9' => {
                number.push(character);
                continue;
            }
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => bail!("{text} is no length of time"),
        };
        let count: u32 = number
            .parse()
            .with_context(|| format!("{text} is no length of time"))?;
        whole += Duration::from_secs(unit) * count;
        number.clear();
    }
    if !number.is_empty() {
        bail!("{text} is no length of time");
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_go_writes_them() {
        let check = |text, seconds| {
            assert_eq!(
                duration(text).ok(),
                Some(Duration::from_secs(seconds)),
                "{text}"
            );
        };
        check("5s", 5);
        check("1m30s", 90);
        check("2h", 7200);
        assert!(duration("5").is_err());
        assert!(duration("5 s").is_err());
    }

    #[test]
    fn ports_have_a_target() {
        let local = Port::Short("127.0.0.1:3001:3000/tcp".to_owned());
        assert_eq!(local.target().ok(), Some(3000));
        assert!(local.is_local());
        let open = Port::Short("8080:80".to_owned());
        assert_eq!(open.target().ok(), Some(80));
        assert!(!open.is_local());
    }
}
