//! The configuration, and the built site.

use std::{env, os::unix::fs::PermissionsExt};

use super::Check;
use crate::{
    config::{Config, Setting, Source, misspelled},
    site_files::SiteFiles,
};

/// A shorter token can be guessed.
const SHORTEST_TOKEN: usize = 16;

pub(super) fn configuration(config: &Config, settings: &[Setting]) -> Check {
    let mut check = Check::new("configuration");
    let set = settings.iter().filter(|one| one.source != Source::Default);
    check.sees(format!(
        "{} of {} variables are set",
        set.count(),
        settings.len()
    ));
    let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let names: Vec<String> = names.collect();
    for (name, similar) in misspelled(settings, names.iter().map(String::as_str)) {
        let remedy = match similar {
            Some(similar) => format!("set {similar} instead, or unset it"),
            None => "unset it; `hearth config` shows all variables".to_owned(),
        };
        check.warn(format!("{name} is set, but is no variable"), remedy);
    }
    if let Some(file) = &config.file.env_file {
        let mode = file.metadata().map(|meta| meta.permissions().mode());
        let path = file.display();
        if mode.is_ok_and(|mode| mode & 0o004 != 0) {
            check.warn(
                format!("everybody on this machine can read {path}, which may contain passwords"),
                format!("chmod o-rwx {path}"),
            );
        }
    }
    let token = config
        .admin
        .token
        .as_ref()
        .map(|token| token.expose().len());
    if let Some(length @ ..SHORTEST_TOKEN) = token {
        check.warn(
            format!("HEARTH_ADMIN_TOKEN has only {length} characters, and may do everything"),
            "set a random one, such as what `openssl rand -hex 32` prints",
        );
    }
    check
}

pub(super) fn site(config: &Config) -> Check {
    let mut check = Check::new("site");
    let remedy = "set LEPTOS_SITE_ROOT to the folder `site` of the build, or unset it for the site in \
                  the binary of `cargo xtask dist`";
    match SiteFiles::open(config.site.root.as_deref()) {
        Ok(files) if files.hashes().is_empty() => check.fail(
            "there is no built site: pages would have no style and no scripts",
            remedy,
        ),
        Ok(_) => check.sees(match &config.site.root {
            Some(root) => format!("in {}", root.display()),
            None => "in the binary, or beside it".to_owned(),
        }),
        Err(error) => check.fail(error.to_string(), remedy),
    }
    check
}
