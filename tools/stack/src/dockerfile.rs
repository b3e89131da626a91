//! What the last stage of the `Dockerfile` says, as far as it decides how a container runs.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result, bail};

use crate::compose::Healthcheck;

/// The last stage.
#[derive(Default)]
pub(crate) struct Dockerfile {
    pub(crate) from: String,
    pub(crate) copies: Vec<Copied>,
    pub(crate) user: Option<String>,
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) volumes: Vec<String>,
    pub(crate) workdir: Option<String>,
    pub(crate) port: Option<u16>,
    pub(crate) stop_signal: Option<String>,
    pub(crate) healthcheck: Option<Healthcheck>,
    pub(crate) entrypoint: Vec<String>,
    pub(crate) command: Vec<String>,
}

/// What is copied from an earlier stage.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Copied {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) owner: Option<String>,
}

impl Dockerfile {
    /// Reads the file of the repository.
    pub(crate) fn read(project: &Path) -> Result<Self> {
        let text = fs::read_to_string(project.join("Dockerfile")).context("read the Dockerfile")?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self> {
        let mut file = Self::default();
        let lines: Vec<_> = text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'))
            .collect();
        let text = lines.join("\n").replace("\\\n", " ");
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (instruction, rest) = line.split_once(' ').unwrap_or((line, ""));
            file.take(instruction, rest.trim())
                .with_context(|| format!("read the Dockerfile's line `{line}`"))?;
        }
        Ok(file)
    }

    fn take(&mut self, instruction: &str, rest: &str) -> Result<()> {
        match instruction {
            "FROM" => {
                *self = Self {
                    from: rest.split(' ').next().unwrap_or_default().to_owned(),
                    ..Self::default()
                };
            }
            "COPY" => self.copies.push(copied(rest)?),
            "USER" => self.user = Some(rest.to_owned()),
            "WORKDIR" => self.workdir = Some(rest.to_owned()),
            "VOLUME" => self.volumes.extend(rest.split(' ').map(ToOwned::to_owned)),
            "EXPOSE" => self.port = Some(rest.parse().context("read a port")?),
            "STOPSIGNAL" => self.stop_signal = Some(rest.to_owned()),
            "ENV" => {
                for pair in rest.split_whitespace() {
                    let (name, value) = pair.split_once('=').context("a variable has a value")?;
                    self.environment.push((name.to_owned(), value.to_owned()));
                }
            }
            "ENTRYPOINT" => self.entrypoint = words(rest)?,
            "CMD" => self.command = words(rest)?,
            "HEALTHCHECK" => {
                let (flags, test) = rest.split_once("CMD ").context("a check has a command")?;
                let flags: BTreeMap<_, _> = flags
                    .split_whitespace()
                    .filter_map(|flag| flag.strip_prefix("--")?.split_once('='))
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect();
                let mut command = vec!["CMD".to_owned()];
                command.extend(words(test)?);
                self.healthcheck = Some(Healthcheck::of_dockerfile(command, &flags));
            }
            // Only of earlier stages: a container of the last one is what was copied into its base.
            "RUN" => {}
            other => bail!("{other} is not known to the proof"),
        }
        Ok(())
    }
}

fn copied(rest: &str) -> Result<Copied> {
    let (flags, paths): (Vec<_>, Vec<_>) = rest
        .split_whitespace()
        .partition(|word| word.starts_with("--"));
    let [from, to] = paths[..] else {
        bail!("not one source and one target");
    };
    let owner = flags.iter().find_map(|flag| flag.strip_prefix("--chown="));
    Ok(Copied {
        from: from.to_owned(),
        to: to.to_owned(),
        owner: owner.map(ToOwned::to_owned),
    })
}

/// The form without a shell, which is what a signal reaches.
fn words(json: &str) -> Result<Vec<String>> {
    serde_json::from_str(json).context("write commands as [\"word\", …]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_stage_counts() {
        let text = "FROM one AS build\nUSER 1:1\nRUN a \\\n  && b\nFROM two\n# why\n\
            COPY --from=build --chown=7:8 /a /b\nENV A=1 \\\n  B=2\n\
            HEALTHCHECK --interval=5s --retries=2 CMD [\"x\", \"y\"]\nCMD [\"serve\"]\n";
        let file = Dockerfile::parse(text).unwrap();
        assert_eq!(file.from, "two");
        assert_eq!(file.user, None);
        assert_eq!(file.environment.len(), 2);
        assert_eq!(file.copies[0].owner.as_deref(), Some("7:8"));
        assert_eq!(file.command, ["serve"]);
        let check = file.healthcheck.unwrap();
        assert_eq!(check.test, ["CMD", "x", "y"]);
        assert_eq!(check.patience().unwrap().as_secs(), 10);
    }

    #[test]
    fn commands_of_a_shell_are_refused() {
        assert!(Dockerfile::parse("FROM a\nCMD serve").is_err());
    }
}
