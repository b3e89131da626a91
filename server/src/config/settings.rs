//! What is in force, and where it came from.

use std::{env, path::PathBuf};

use clap::{Arg, ArgMatches, Command, parser::ValueSource};
use serde::Serialize;

use super::{file::EnvFile, secret::masked};

/// How names begin that are Hearth's alone: an unknown one is a mistake.
const OURS: &str = "HEARTH_";

/// Variables that begin so but are for the tools around Hearth, or for a single command.
const OF_TOOLS: [&str; 4] = [
    "HEARTH_TEST_",
    "HEARTH_WASM_TOOLCHAIN",
    "HEARTH_CHROMIUM",
    "HEARTH_COPY_TO",
];

/// One variable, as it is in force.
#[derive(Debug, Clone, Serialize)]
pub struct Setting {
    /// Its name.
    pub variable: String,
    /// The option that sets it as well.
    pub option: String,
    /// What it is about: the heading of its group.
    pub group: String,
    /// What it decides.
    pub help: String,
    /// Its default, if it has one.
    pub default: Option<String>,
    /// Its value, with secrets masked; `None` if it is not set.
    pub value: Option<String>,
    /// Where the value came from.
    pub source: Source,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// An option on the command line.
    Option,
    /// A variable of the environment.
    Environment,
    /// The file that `HEARTH_ENV_FILE` names.
    File(PathBuf),
    /// Nobody has set it: its default, or nothing.
    Default,
}

impl Source {
    /// In words, for people.
    pub fn in_words(&self) -> String {
        match self {
            Self::Option => "from the command line".to_owned(),
            Self::Environment => "from the environment".to_owned(),
            Self::File(path) => format!("from {}", path.display()),
            Self::Default => "the default".to_owned(),
        }
    }
}

impl Setting {
    /// An option's setting, if it has a variable: from its parsed value if there is one, otherwise
    /// from where the value would be read.
    fn of(arg: &Arg, matches: Option<&ArgMatches>, file: Option<&EnvFile>) -> Option<Self> {
        let variable = arg.get_env()?.to_string_lossy().into_owned();
        let show = |value: String| match arg.is_hide_env_values_set() {
            true => masked(&value),
            false => value,
        };
        let default = arg.get_default_values().first();
        let default = default.map(|value| value.to_string_lossy().into_owned());
        let id = arg.get_id().as_str();
        let parsed = matches.and_then(|matches| {
            let value = matches.get_raw(id)?.next_back()?;
            Some((
                value.to_string_lossy().into_owned(),
                matches.value_source(id)?,
            ))
        });
        let in_environment = env::var(&variable).ok().filter(|value| !value.is_empty());
        let in_file = file.and_then(|file| Some((file.get(&variable)?, &file.path)));
        let (value, source) = match (parsed, in_environment, in_file) {
            (Some((value, ValueSource::EnvVariable)), ..) => (Some(value), Source::Environment),
            // What the file has is parsed as if it were an option.
            (Some((value, ValueSource::CommandLine)), None, Some((there, path)))
                if value == there =>
            {
                (Some(value), Source::File(path.clone()))
            }
            (Some((value, ValueSource::CommandLine)), ..) => (Some(value), Source::Option),
            (_, Some(value), _) => (Some(value), Source::Environment),
            (_, None, Some((value, path))) => (Some(value.to_owned()), Source::File(path.clone())),
            _ => (default.clone(), Source::Default),
        };
        Some(Self {
            option: format!("--{}", arg.get_long().unwrap_or_default()),
            group: arg.get_help_heading().unwrap_or_default().to_owned(),
            help: arg.get_help().map(ToString::to_string).unwrap_or_default(),
            default: default.map(show),
            value: value.map(show),
            variable,
            source,
        })
    }

    /// Its value and where that came from, for `--help`.
    pub(super) fn in_force(&self) -> String {
        let Self {
            variable,
            value,
            source,
            default,
            ..
        } = self;
        let overridden = match default {
            Some(default) if *source != Source::Default => format!("; the default is {default}"),
            _ => String::new(),
        };
        match value {
            Some(value) => format!("[{variable}={value}, {}{overridden}]", source.in_words()),
            None => format!("[{variable} is not set]"),
        }
    }
}

/// All settings, in the order of the command's options.
pub(super) fn all(
    command: &Command,
    matches: Option<&ArgMatches>,
    file: Option<&EnvFile>,
) -> Vec<Setting> {
    let options = command.get_arguments();
    options
        .filter_map(|arg| Setting::of(arg, matches, file))
        .collect()
}

/// What is wrong with the names of variables that are set: those that look like Hearth's but are
/// not, each with the name that it is most like.
pub fn misspelled<'a>(
    settings: &[Setting],
    names: impl Iterator<Item = &'a str>,
) -> Vec<(String, Option<String>)> {
    let known = |name: &str| settings.iter().any(|setting| setting.variable == name);
    let of_tools = |name: &str| OF_TOOLS.iter().any(|start| name.starts_with(start));
    names
        .filter(|name| name.starts_with(OURS) && !of_tools(name) && !known(name))
        .map(|name| (name.to_owned(), similar(settings, name)))
        .collect()
}

/// The variable whose name is most like this one, if one is.
fn similar(settings: &[Setting], name: &str) -> Option<String> {
    let likeness = |setting: &&Setting| strsim::jaro(&setting.variable, name);
    let best = settings
        .iter()
        .max_by(|one, other| likeness(one).total_cmp(&likeness(other)))?;
    (likeness(&best) > 0.8).then(|| best.variable.clone())
}
