//! Configuration: read once, from options, the environment and a file. One struct a concern.

mod file;
mod secret;
mod settings;
mod values;

use std::{env, ffi::OsString, net::SocketAddr, path::PathBuf, time::Duration};

use axum::http::Uri;
use clap::{
    ArgMatches, Args, Command, Error, ValueEnum,
    error::{ContextKind, ContextValue, ErrorKind},
};
use ipnet::IpNet;
use leptos_cached::Downstream;

use self::file::EnvFile;
pub use self::{
    secret::Secret,
    settings::{Setting, Source, misspelled},
};

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
    /// Where the rest is configured.
    #[command(flatten)]
    pub file: File,
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
        default_value = "sqlite://data/hearth.db",
        value_parser = values::database
    )]
    pub database_url: Secret,
    /// Redis: redis://:PASSWORD@HOST:PORT/DB, also in its cluster and sentinel forms. Without it
    /// the shared tier is in this process
    #[arg(long, env, hide_env_values = true, value_parser = values::redis)]
    pub redis_url: Option<Secret>,
    /// Stands in front of every key in Redis, such as `site2`: for sites that share one. Each has
    /// its own; without it keys begin with `hearth:`
    #[arg(long, env = "HEARTH_KEY_PREFIX", value_parser = values::prefix)]
    pub key_prefix: Option<String>,
    /// How many days the change log reaches back, which undo and the editors' history read. Changes
    /// of prices and of what readers see stay for good, and so do the last 100,000 changes
    #[arg(
        long,
        env = "HEARTH_HISTORY_DAYS",
        default_value_t = 365,
        value_parser = values::days
    )]
    pub history_days: u32,
}

impl Storage {
    /// How old a change is before it may be pruned.
    pub fn history(&self) -> Duration {
        Duration::from_hours(24 * u64::from(self.history_days))
    }
}

/// Where the site is served, and from what.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Site")]
pub struct Site {
    /// Where to listen
    #[arg(
        long = "site-addr",
        env = "LEPTOS_SITE_ADDR",
        default_value = "127.0.0.1:3000",
        value_parser = values::address
    )]
    pub address: SocketAddr,
    /// The folder of the built site, or a zip archive of it. Without it the site is the one within
    /// the binary, or else the folder `site` beside the binary
    #[arg(long = "site-root", env = "LEPTOS_SITE_ROOT")]
    pub root: Option<PathBuf>,
    /// The site's public address, such as `https://example.org`. With it canonical links, pictures
    /// for sharing and sitemaps are absolute; without it pages have paths, and a sitemap takes the
    /// host from the request and is not cached
    #[arg(long, env = "HEARTH_ORIGIN", value_parser = values::origin)]
    pub origin: Option<String>,
    /// How long requests are still taken after SIGTERM, while `/readyz` already says no: as long
    /// as a proxy needs to notice. SIGINT, or a second SIGTERM, ends it at once
    #[arg(
        long,
        env = "HEARTH_DRAIN",
        default_value = "3s",
        value_parser = values::duration
    )]
    pub drain: Duration,
    /// The addresses or networks of proxies in front, such as `127.0.0.1,10.0.0.0/8`: they are
    /// trusted to say for whom they forward (`X-Forwarded-For`). Without it the client is whoever
    /// connects
    #[arg(
        long,
        env = "HEARTH_TRUSTED_PROXIES",
        default_value = "",
        hide_default_value = true,
        value_parser = values::networks
    )]
    pub trusted_proxies: Networks,
    /// Whether the laboratory is open, `/api/properties/live/…`, where anyone can cause hundreds of
    /// queries. Without it: only on a loopback address, and not where HEARTH_ORIGIN is set
    #[arg(long, env = "HEARTH_LABORATORY", value_enum)]
    pub laboratory: Option<Switch>,
}

impl Site {
    /// Whether readers reach the site by TLS, which a proxy in front terminates.
    pub fn has_tls(&self) -> bool {
        let origin = self.origin.as_deref().unwrap_or_default();
        origin.starts_with("https://")
    }

    /// Whether the laboratory is open.
    pub fn has_laboratory(&self) -> bool {
        match self.laboratory {
            Some(switch) => switch == Switch::On,
            None => self.address.ip().is_loopback() && self.origin.is_none(),
        }
    }
}

/// Networks of addresses, of which there may be none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(pub Vec<IpNet>);

/// Whether something is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
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
        hide_env_values = true,
        value_parser = values::secret
    )]
    pub password: Option<Secret>,
    /// A bearer token that may do what `admin` may
    #[arg(
        long = "admin-token",
        env = "HEARTH_ADMIN_TOKEN",
        hide_env_values = true,
        value_parser = values::secret
    )]
    pub token: Option<Secret>,
}

/// How answers are cached.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Caching")]
pub struct Caching {
    /// Size of the memory tier in MiB: half for answers, half for pages. Without Redis the shared
    /// tier takes a quarter more
    #[arg(
        long,
        env = "HEARTH_MEMORY_MB",
        default_value_t = 256,
        value_parser = values::number::<u32>
    )]
    pub memory_mb: u32,
    /// Age from which an answer is refreshed while it is served
    #[arg(
        long,
        env = "HEARTH_REVALIDATE_SECONDS",
        default_value_t = 3_600,
        value_parser = values::number::<u64>
    )]
    pub revalidate_seconds: u64,
    /// How often one node of the fleet loads the lists that catalogues declare and what was
    /// requested most, such as `30m` or `1h`. Without it nobody does, except `hearth warm`
    #[arg(long, env = "HEARTH_WARM_EVERY", value_parser = values::interval)]
    pub warm_every: Option<Duration>,
    /// What to answer while the database cannot be reached: `serve` what is cached, marked as
    /// such, or `fail` with 503
    #[arg(long, env = "HEARTH_CUT_OFF", value_enum, default_value_t = CutOff::Serve)]
    pub cut_off: CutOff,
    /// How long a CDN may serve an answer without asking. Such answers can be stale after an edit;
    /// 0: it must ask each time
    #[arg(
        long,
        env = "HEARTH_CDN_SECONDS",
        default_value_t = 0,
        value_parser = values::number::<u32>
    )]
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
        default_value = "info,sqlx=warn,fred=warn",
        value_parser = values::filter
    )]
    pub filter: String,
    /// How it is written: `text` for people, `json` for machines
    #[arg(long = "log-format", env = "HEARTH_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub format: LogFormat,
    /// A collector of OpenTelemetry that takes OTLP over HTTP, such as `http://127.0.0.1:4318`: it
    /// gets a trace of each request. Without it there are no traces
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", value_parser = values::collector)]
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

/// Where the rest is configured.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Configuration")]
pub struct File {
    /// A file of these variables, one NAME=value a line. The environment and options take
    /// precedence; `hearth config --example` writes one to begin with
    #[arg(long, env = "HEARTH_ENV_FILE")]
    pub env_file: Option<PathBuf>,
}

/// The configuration before it is parsed: the arguments, and what a file adds to them.
pub(crate) struct Layers {
    /// The command as it is declared.
    command: Command,
    arguments: Vec<OsString>,
    file: Option<EnvFile>,
}

impl Layers {
    /// Reads the file, if one is named.
    ///
    /// # Errors
    /// If it cannot be read, or has a variable that Hearth does not know but seems to be for it.
    pub(crate) fn read(command: Command, arguments: Vec<OsString>) -> Result<Self, Error> {
        let wrong = |message| command.clone().error(ErrorKind::ValueValidation, message);
        let file = EnvFile::of(&arguments).map_err(wrong)?;
        let settings = settings::all(&command, None, file.as_ref());
        if let Some(file) = &file {
            let names = file.variables.keys().map(String::as_str);
            if let Some((name, similar)) = misspelled(&settings, names).into_iter().next() {
                let path = file.path.display();
                let hint =
                    similar.map_or_else(String::new, |similar| format!(": is it {similar}?"));
                return Err(wrong(format!(
                    "{path} sets {name}, which is no variable{hint}"
                )));
            }
        }
        Ok(Self {
            command,
            arguments,
            file,
        })
    }

    /// Parses everything. `--help` shows what is in force, and errors where a value came from; both
    /// mask secrets.
    ///
    /// # Errors
    /// As clap has them, `--help` among them.
    pub(crate) fn parse(&self) -> Result<ArgMatches, Error> {
        let settings = settings::all(&self.command, None, self.file.as_ref());
        let command = self
            .command
            .clone()
            .args_override_self(true)
            .mut_args(|arg| {
                let Some(variable) = arg
                    .get_env()
                    .map(|name| name.to_string_lossy().into_owned())
                else {
                    return arg;
                };
                let setting = settings.iter().find(|setting| setting.variable == variable);
                let in_force = setting.map(Setting::in_force).unwrap_or_default();
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                let empty = env::var_os(&variable).is_some_and(|value| value.is_empty());
                let arg = arg
                    .value_name(variable)
                    .help(format!("{help}\n{in_force}"))
                    .hide_env(true)
                    .hide_default_value(true);
                // An empty variable counts as unset.
                if empty { arg.env(None) } else { arg }
            });
        let found = command.try_get_matches_from(self.with_file());
        found.map_err(|error| explained(error, &settings))
    }

    /// The arguments, with those of the file in front, where any other takes precedence.
    fn with_file(&self) -> Vec<OsString> {
        let mut arguments = self.arguments.clone();
        let Some(file) = &self.file else {
            return arguments;
        };
        let settings = settings::all(&self.command, None, Some(file));
        let from_file = settings.into_iter().filter_map(|setting| {
            let value = file.get(&setting.variable)?;
            matches!(setting.source, Source::File(_))
                .then(|| format!("{}={value}", setting.option).into())
        });
        arguments.splice(1..1, from_file);
        arguments
    }

    /// All settings as they are in force.
    pub(crate) fn settings(&self, matches: &ArgMatches) -> Vec<Setting> {
        settings::all(&self.command, Some(matches), self.file.as_ref())
    }
}

/// An error with its secrets masked, and a hint where a wrong value came from.
fn explained(mut error: Error, settings: &[Setting]) -> Error {
    let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) else {
        return error;
    };
    let named = |setting: &&Setting| argument.contains(&format!("<{}>", setting.variable));
    let Some(setting) = settings.iter().find(named) else {
        return error;
    };
    let hint = format!(
        "{} was read {}",
        setting.variable,
        setting.source.in_words()
    );
    if let (Some(value), Some(_)) = (&setting.value, error.get(ContextKind::InvalidValue)) {
        error.insert(
            ContextKind::InvalidValue,
            ContextValue::String(value.clone()),
        );
    }
    if matches!(setting.source, Source::Environment | Source::File(_)) {
        let hint = ContextValue::StyledStrs(vec![hint.into()]);
        error.insert(ContextKind::Suggested, hint);
    }
    error
}
