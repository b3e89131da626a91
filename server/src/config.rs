//! Configuration: read once, from the environment or the command line. One struct a concern.

use std::{env, net::SocketAddr, path::PathBuf, time::Duration};

use axum::http::{Uri, uri::Scheme};
use clap::{Args, ValueEnum, builder::NonEmptyStringValueParser};
use leptos_cached::Downstream;

/// Everything that can be configured.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Where the data is.
    #[command(flatten)]
    pub storage: Storage,
    /// Where the site is served, and from what.
    #[command(flatten)]
    pub site: Site,
    /// What the first start sets up for those who edit.
    #[command(flatten)]
    pub admin: Admin,
    /// How answers are cached.
    #[command(flatten)]
    pub caching: Caching,
    /// What is logged, and where traces go.
    #[command(flatten)]
    pub logging: Logging,
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Storage")]
pub struct Storage {
    /// The database: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME
    #[arg(
        long,
        env,
        hide_env_values = true,
        default_value = "sqlite://data/hearth.db"
    )]
    pub database_url: String,
    /// Redis: redis://:PASSWORD@HOST:PORT/DB, also in its cluster and sentinel forms. Without it
    /// the shared tier is in this process
    #[arg(long, env, hide_env_values = true, value_parser = NonEmptyStringValueParser::new())]
    pub redis_url: Option<String>,
}

/// Where the site is served, and from what.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Site")]
pub struct Site {
    /// Where to listen
    #[arg(
        long = "site-addr",
        env = "LEPTOS_SITE_ADDR",
        default_value = "127.0.0.1:3000"
    )]
    pub address: SocketAddr,
    /// The folder of the built site
    #[arg(
        long = "site-root",
        env = "LEPTOS_SITE_ROOT",
        default_value_os_t = default_root()
    )]
    pub root: PathBuf,
    /// The site's public address, such as `https://example.org`. With it canonical links, pictures
    /// for sharing and sitemaps are absolute; without it pages have paths, and a sitemap takes the
    /// host from the request and is not cached
    #[arg(long, env = "HEARTH_ORIGIN", value_parser = origin)]
    pub origin: Option<String>,
}

/// What the first start sets up for those who edit.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Admin")]
pub struct Admin {
    /// Password of the first account, `admin`. Without it the first start makes a random one and
    /// prints it once
    #[arg(
        long = "admin-password",
        env = "HEARTH_ADMIN_PASSWORD",
        hide_env_values = true, value_parser = NonEmptyStringValueParser::new()
    )]
    pub password: Option<String>,
    /// A bearer token that may do what `admin` may
    #[arg(
        long = "admin-token",
        env = "HEARTH_ADMIN_TOKEN",
        hide_env_values = true, value_parser = NonEmptyStringValueParser::new()
    )]
    pub token: Option<String>,
}

/// How answers are cached.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Caching")]
pub struct Caching {
    /// Size of the memory tier in MiB: half for answers, half for pages. Without Redis the shared
    /// tier takes a quarter more
    #[arg(long, env = "HEARTH_MEMORY_MB", default_value_t = 256)]
    pub memory_mb: u32,
    /// Age from which an answer is refreshed while it is served
    #[arg(long, env = "HEARTH_REVALIDATE_SECONDS", default_value_t = 3_600)]
    pub revalidate_seconds: u64,
    /// How often one node of the fleet loads the lists that catalogues declare and what was
    /// requested most, such as `30m` or `1h`. Without it nobody does, except `hearth warm`
    #[arg(long, env = "HEARTH_WARM_EVERY", value_parser = interval)]
    pub warm_every: Option<Duration>,
    /// What to answer while the database cannot be reached: `serve` what is cached, marked as
    /// such, or `fail` with 503
    #[arg(long, env = "HEARTH_CUT_OFF", value_enum, default_value_t = CutOff::Serve)]
    pub cut_off: CutOff,
    /// How long a CDN may serve an answer without asking. Such answers can be stale after an edit;
    /// 0: it must ask each time
    #[arg(long, env = "HEARTH_CDN_SECONDS", default_value_t = 0)]
    pub cdn_seconds: u32,
}

impl Caching {
    /// The size of the memory tier, in bytes.
    pub fn memory_bytes(&self) -> u64 {
        u64::from(self.memory_mb) << 20
    }

    /// What caches behind this server are told.
    pub fn downstream(&self) -> Downstream {
        match self.cdn_seconds {
            0 => Downstream::default(),
            seconds => Downstream::cdn(seconds),
        }
    }
}

/// What is answered while the database cannot be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CutOff {
    /// What is cached, marked as such.
    Serve,
    /// 503.
    Fail,
}

/// What is logged, and where traces go.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Logging")]
pub struct Logging {
    /// What is logged, as a filter of the crate tracing: a level, or such as `info,sqlx=debug`
    #[arg(
        long = "log",
        env = "HEARTH_LOG",
        default_value = "info,sqlx=warn,fred=warn"
    )]
    pub filter: String,
    /// How it is written: `text` for people, `json` for machines
    #[arg(long = "log-format", env = "HEARTH_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub format: LogFormat,
    /// A collector of OpenTelemetry that takes OTLP over HTTP, such as `http://127.0.0.1:4318`: it
    /// gets a trace of each request. Without it there are no traces
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", value_parser = collector)]
    pub otlp_endpoint: Option<Uri>,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// An origin as a browser writes it: scheme and host, perhaps a port, nothing behind them.
fn origin(value: &str) -> Result<String, &'static str> {
    let origin = value.trim_end_matches('/');
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    host.filter(|host| !host.is_empty() && host.chars().all(plain))
        .map(|_| origin.to_owned())
        .ok_or("must be a scheme and a host such as https://example.org")
}

/// An interval in words: `90s`, `30m`, `1h 30m`.
fn interval(value: &str) -> Result<Duration, &'static str> {
    let interval = humantime::parse_duration(value).ok();
    interval
        .filter(|interval| *interval >= Duration::from_secs(10))
        .ok_or("must be at least ten seconds, such as 30m or 1h")
}

/// The address of a collector. We speak no TLS: a collector beside the server does that, as a proxy
/// does for readers.
fn collector(value: &str) -> Result<Uri, &'static str> {
    let address: Option<Uri> = value.parse().ok();
    address
        .filter(|address| {
            address.scheme() == Some(&Scheme::HTTP)
                && address.host().is_some_and(|host| !host.is_empty())
                && address.query().is_none()
        })
        .ok_or("must be an address such as http://127.0.0.1:4318")
}

/// The build puts the site beside the binary.
fn default_root() -> PathBuf {
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
            assert_eq!(origin(value).ok().as_deref(), expect, "{value}");
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

    #[test]
    fn an_interval_has_a_unit_and_is_no_shorter_than_ten_seconds() {
        assert_eq!(interval("30m"), Ok(Duration::from_secs(1_800)));
        assert_eq!(interval("1h 30m"), Ok(Duration::from_secs(5_400)));
        for wrong in ["", "30", "1s", "-1h", "soon"] {
            assert!(interval(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_collector_has_an_address_without_tls() {
        let check = |value: &str, expect: bool| {
            assert_eq!(collector(value).is_ok(), expect, "{value}");
        };
        check("http://127.0.0.1:4318", true);
        check("http://collector:4318/below/", true);
        check("https://collector:4318", false);
        check("collector:4318", false);
        check("http://", false);
        check("http://collector/?key=1", false);
    }
}
