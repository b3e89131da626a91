//! The file of variables that `HEARTH_ENV_FILE` names.

use std::{
    collections::BTreeMap,
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

/// The option that names the file, and its variable.
const OPTION: &str = "--env-file";
const VARIABLE: &str = "HEARTH_ENV_FILE";

/// The variables of a file: one `NAME=value` a line, comments behind `#`. The environment takes
/// precedence over them.
#[derive(Debug)]
pub(super) struct EnvFile {
    pub(super) path: PathBuf,
    pub(super) variables: BTreeMap<String, String>,
}

impl EnvFile {
    /// The file that the arguments or the environment name, if they do.
    ///
    /// # Errors
    /// If it cannot be read; the message names the file, and the variable before the line that is
    /// wrong, but no value.
    pub(super) fn of(arguments: &[OsString]) -> Result<Option<Self>, String> {
        let named = named(arguments).or_else(|| env::var_os(VARIABLE));
        match named.filter(|path| !path.is_empty()) {
            Some(path) => Self::read(path.into()).map(Some),
            None => Ok(None),
        }
    }

    fn read(path: PathBuf) -> Result<Self, String> {
        let entries = dotenvy::from_path_iter(&path).map_err(|error| {
            let path = path.display();
            format!("{VARIABLE} is {path}, which cannot be read: {error}")
        })?;
        let mut variables = BTreeMap::new();
        let mut last = None;
        for entry in entries {
            let (name, value) = entry.map_err(|_| unreadable(&path, last.as_deref()))?;
            last = Some(name.clone());
            variables.insert(name, value);
        }
        Ok(Self { path, variables })
    }

    /// The value of a variable. An empty one counts as unset, as in the environment.
    pub(super) fn get(&self, variable: &str) -> Option<&str> {
        let value = self.variables.get(variable)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }
}

/// The file that the arguments name. It is read before all of them are parsed, because it has
/// values for those that are not there.
fn named(arguments: &[OsString]) -> Option<OsString> {
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument == OPTION {
            return arguments.next().cloned();
        }
        let joined = argument.to_str().and_then(|text| text.strip_prefix(OPTION));
        if let Some(path) = joined.and_then(|rest| rest.strip_prefix('=')) {
            return Some(OsStr::new(path).to_owned());
        }
    }
    None
}

fn unreadable(path: &Path, last: Option<&str>) -> String {
    let place = match last {
        Some(name) => format!("after {name}"),
        None => "at its beginning".to_owned(),
    };
    let path = path.display();
    format!(
        "{VARIABLE} is {path}, whose entry {place} is not of the form NAME=value, \
         with quotes around values that contain spaces"
    )
}
