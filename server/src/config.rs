//! Configuration: read once, from the environment.

use std::{env, net::SocketAddr, path::PathBuf};

use leptos_cached::Downstream;

/// What the environment says.
#[derive(Debug, Clone)]
pub struct Config {
    /// `DATABASE_URL`: where the database is.
    pub database_url: String,
    /// `REDIS_URL`: where the shared tier is; none for one in this process.
    pub redis_url: Option<String>,
    /// `LEPTOS_SITE_ADDR`: where to listen.
    pub address: SocketAddr,
    /// `LEPTOS_SITE_ROOT`: the folder of the built site (`pkg/`, fonts, pictures).
    pub site_root: PathBuf,
    /// `HEARTH_ORIGIN`: what this site is called, such as `https://example.org`; none where that
    /// is not known. A page that is shared cannot ask its first reader.
    pub origin: Option<String>,
    /// `HEARTH_ADMIN_PASSWORD`: of the first account.
    pub admin_password: Option<String>,
    /// `HEARTH_ADMIN_TOKEN`: a bearer token that may do what `admin` may.
    pub admin_token: Option<String>,
    /// `HEARTH_MEMORY_MB`: how much the memory tier may hold.
    pub memory_bytes: u64,
    /// `HEARTH_REVALIDATE_SECONDS`: the age from which an answer is refreshed while it is served.
    pub revalidate_seconds: u64,
    /// `HEARTH_CUT_OFF`: whether what is remembered is served, marked, while the database cannot
    /// be reached; if not, 503.
    pub serve_cut_off: bool,
    /// `HEARTH_CDN_SECONDS`: what caches behind this server are told. A content delivery network may
    /// give out an answer for so many seconds without asking; if none are given it has to ask each
    /// time.
    pub downstream: Downstream,
}

/// A variable that cannot be what it is set to.
#[derive(Debug, thiserror::Error)]
#[error("{variable} is {value:?}, but must be {expected}")]
pub struct ConfigError {
    variable: &'static str,
    value: String,
    expected: &'static str,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// If a variable cannot be what it is set to; the error names it.
    pub fn from_env() -> Result<Self, ConfigError> {
        Ok(Self {
            database_url: variable("DATABASE_URL")
                .unwrap_or_else(|| "sqlite://data/hearth.db".to_owned()),
            redis_url: variable("REDIS_URL"),
            address: parsed(
                "LEPTOS_SITE_ADDR",
                "an address and a port such as 127.0.0.1:3000",
            )?
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000))),
            site_root: variable("LEPTOS_SITE_ROOT").map_or_else(default_site_root, PathBuf::from),
            origin: origin(variable("HEARTH_ORIGIN"))?,
            admin_password: variable("HEARTH_ADMIN_PASSWORD"),
            admin_token: variable("HEARTH_ADMIN_TOKEN"),
            memory_bytes: parsed::<u64>("HEARTH_MEMORY_MB", "a number of megabytes")?
                .unwrap_or(256)
                << 20,
            revalidate_seconds: parsed("HEARTH_REVALIDATE_SECONDS", "a number of seconds")?
                .unwrap_or(3_600),
            downstream: parsed::<u32>("HEARTH_CDN_SECONDS", "a number of seconds")?
                .filter(|seconds| *seconds > 0)
                .map_or_else(Downstream::default, Downstream::cdn),
            serve_cut_off: match variable("HEARTH_CUT_OFF").as_deref() {
                None | Some("serve") => true,
                Some("fail") => false,
                Some(other) => {
                    return Err(ConfigError {
                        variable: "HEARTH_CUT_OFF",
                        value: other.to_owned(),
                        expected: "`serve` or `fail`",
                    });
                }
            },
        })
    }
}

/// An origin as a browser writes it: scheme and host, perhaps a port, nothing behind them.
fn origin(value: Option<String>) -> Result<Option<String>, ConfigError> {
    let Some(value) = value else {
        return Ok(None);
    };
    let origin = value.trim_end_matches('/');
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    match host {
        Some(host) if !host.is_empty() && host.chars().all(plain) => Ok(Some(origin.to_owned())),
        _ => Err(ConfigError {
            variable: "HEARTH_ORIGIN",
            value,
            expected: "a scheme and a host such as https://example.org",
        }),
    }
}

/// An empty variable counts as unset.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn parsed<T: std::str::FromStr>(
    variable_name: &'static str,
    expected: &'static str,
) -> Result<Option<T>, ConfigError> {
    variable(variable_name)
        .map(|value| {
            value.parse().map_err(|_| ConfigError {
                variable: variable_name,
                value,
                expected,
            })
        })
        .transpose()
}

/// The build puts the site beside the binary.
fn default_site_root() -> PathBuf {
    let beside = env::current_exe()
        .ok()
        .and_then(|exe| Some(exe.parent()?.join("site")));
    beside
        .filter(|folder| folder.is_dir())
        .unwrap_or_else(|| PathBuf::from("target/site"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        let check = |value: &str, expect: Option<&str>| {
            let read = origin(Some(value.to_owned())).ok().flatten();
            assert_eq!(read.as_deref(), expect, "{value}");
        };
        check("https://example.org", Some("https://example.org"));
        check("http://127.0.0.1:3000/", Some("http://127.0.0.1:3000"));
        check("http://[::1]:3000", Some("http://[::1]:3000"));
        for wrong in [
            "example.org",
            "https://",
            "https://a/b",
            "https://a\"><b",
            "ftp://a",
        ] {
            check(wrong, None);
        }
    }
}
