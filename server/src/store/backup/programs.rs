//! PostgreSQL's own programs: where they are, and how they find the database.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Output},
    str::FromStr as _,
    time::Duration,
};

use percent_encoding::percent_decode_str;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use url::Url;

use super::{BackupError, Watch, refused};
use crate::store::Progress;

/// Where Debian puts the programs of each version.
const VERSIONS: &str = "/usr/lib/postgresql";

/// One of PostgreSQL's programs, from `PATH` or from Debian's folder of the newest version.
pub(super) fn find(name: &str) -> Result<PathBuf, BackupError> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let mut versions: Vec<PathBuf> = std::fs::read_dir(VERSIONS)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    let number = |version: &PathBuf| {
        let name = version.file_name().and_then(|name| name.to_str());
        name.and_then(|name| name.parse::<u32>().ok())
    };
    versions.sort_by_key(number);
    folders.extend(
        versions
            .into_iter()
            .rev()
            .map(|version| version.join("bin")),
    );
    let programs = folders.into_iter().map(|folder| folder.join(name));
    programs.into_iter().find(|program| program.is_file()).map_or_else(
        || {
            refused(format!(
                "{name} is missing: it is neither in PATH nor in {VERSIONS}/*/bin. Install PostgreSQL's client \
                 programs, of the server's version or a later one (Debian: apt-get install postgresql-client)"
            ))
        },
        Ok,
    )
}

/// A command that works on the database of a URL. The password is in its environment, as other
/// users can read command lines.
pub(super) fn command(name: &str, url: &str) -> Result<Command, BackupError> {
    let options = PgConnectOptions::from_str(url)?;
    let mut command = Command::new(find(name)?);
    let host = match options.get_socket() {
        Some(socket) => socket.to_string_lossy().into_owned(),
        None => options.get_host().to_owned(),
    };
    command
        .env("PGHOST", host)
        .env("PGPORT", options.get_port().to_string())
        .env("PGUSER", options.get_username())
        .env("PGSSLMODE", mode(options.get_ssl_mode()))
        .env("PGAPPNAME", "hearth-backup")
        .env("PGCONNECT_TIMEOUT", "10")
        // A setting of ours, which a pooler would refuse.
        .env_remove("PGOPTIONS")
        .arg("--no-password");
    for (name, value) in secrets(url) {
        command.env(name, value);
    }
    Ok(command)
}

/// The name of a URL's database.
pub(super) fn database_of(url: &str) -> Result<String, BackupError> {
    let options = PgConnectOptions::from_str(url)?;
    let named = options.get_database().unwrap_or(options.get_username());
    Ok(named.to_owned())
}

/// How a program is told which database: quoted, so that no name is taken for something else.
pub(super) fn named(database: &str) -> String {
    let quoted = database.replace('\\', "\\\\").replace('\'', "\\'");
    format!("--dbname=dbname='{quoted}'")
}

fn mode(mode: PgSslMode) -> &'static str {
    match mode {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    }
}

/// What sqlx reads from a URL and does not tell: the password, and certificates.
fn secrets(url: &str) -> Vec<(&'static str, String)> {
    let Ok(url) = Url::parse(url) else {
        return Vec::new();
    };
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let password = url
        .password()
        .map(|password| ("PGPASSWORD", decoded(password)));
    let named = url.query_pairs().filter_map(|(name, value)| {
        let variable = match &*name {
            "password" => "PGPASSWORD",
            "sslrootcert" | "ssl-root-cert" | "ssl-ca" => "PGSSLROOTCERT",
            "sslcert" | "ssl-cert" => "PGSSLCERT",
            "sslkey" | "ssl-key" => "PGSSLKEY",
            _ => return None,
        };
        Some((variable, value.into_owned()))
    });
    password.into_iter().chain(named).collect()
}

/// Runs a command to its end. Meanwhile `watch` is told how large the file is that it writes.
pub(super) async fn run(
    mut command: Command,
    doing: &str,
    writes: Option<&Path>,
    watch: Watch<'_>,
) -> Result<String, BackupError> {
    let program = Path::new(command.get_program()).display().to_string();
    let mut running = tokio::task::spawn_blocking(move || command.output());
    let joined = loop {
        tokio::select! {
            joined = &mut running => break joined,
            () = tokio::time::sleep(Duration::from_millis(100)) => {
                let size = writes.and_then(|file| std::fs::metadata(file).ok());
                watch(Progress {
                    doing: doing.to_owned(),
                    done: size.map_or(0, |data| data.len()),
                    of: 0,
                });
            }
        }
    };
    let Output {
        status,
        stdout,
        stderr,
    } = match joined {
        Ok(Ok(output)) => output,
        Ok(Err(error)) => return Err(BackupError::File("start", program.into(), error)),
        Err(_) => return refused(format!("{program} ended without a result: try again")),
    };
    if status.success() {
        return Ok(String::from_utf8_lossy(&stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&stderr);
    refused(format!("{program} failed ({status}): {}", said.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_goes_into_the_environment_alone() {
        let url =
            "postgres://anna:p%40ss%20word@db.example/homes?sslmode=require&sslrootcert=/ca.pem";
        assert_eq!(
            secrets(url),
            [
                ("PGPASSWORD", "p@ss word".to_owned()),
                ("PGSSLROOTCERT", "/ca.pem".to_owned())
            ]
        );
        assert_eq!(database_of(url).unwrap(), "homes");
        assert_eq!(named("it's"), r"--dbname=dbname='it\'s'");
        if let Ok(command) = command("pg_dump", url) {
            let arguments: Vec<_> = command.get_args().collect();
            assert_eq!(arguments, ["--no-password"]);
        }
    }

    #[test]
    fn a_missing_program_is_named_with_what_to_install() {
        let error = find("pg_nothing").unwrap_err().to_string();
        assert!(
            error.contains("pg_nothing is missing") && error.contains("postgresql-client"),
            "{error}"
        );
    }
}
