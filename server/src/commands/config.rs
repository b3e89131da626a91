//! `hearth config`: what is in force, and where it came from.

use std::{env, error::Error};

use crate::config::{Setting, misspelled};

/// Prints a table, one group after the other, and what is misspelled.
pub(super) fn show(settings: &[Setting]) {
    let width = |of: fn(&Setting) -> usize| settings.iter().map(of).max().unwrap_or_default();
    let names = width(|setting| setting.variable.len());
    let values = width(|setting| setting.value.as_ref().map_or(0, String::len));
    for (group, members) in groups(settings) {
        println!("{group}");
        for setting in members {
            let (value, source) = match &setting.value {
                Some(value) => (value.as_str(), setting.source.in_words()),
                None => ("", "not set".to_owned()),
            };
            println!("  {:names$}  {value:values$}  {source}", setting.variable);
        }
    }
    let set: Vec<String> = env::vars_os()
        .filter_map(|(name, _)| name.into_string().ok())
        .collect();
    for (name, similar) in misspelled(settings, set.iter().map(String::as_str)) {
        let hint = similar.map_or_else(String::new, |similar| format!(": is it {similar}?"));
        println!("\n{name} is set, but is no variable{hint}");
    }
}

/// Prints all settings as a JSON array.
pub(super) fn as_json(settings: &[Setting]) -> Result<(), Box<dyn Error>> {
    println!("{}", serde_json::to_string_pretty(settings)?);
    Ok(())
}

/// Prints a file of all variables for `HEARTH_ENV_FILE`, each a comment with its default.
pub(super) fn example(settings: &[Setting]) {
    println!(
        "# Variables of Hearth, for HEARTH_ENV_FILE or systemd's EnvironmentFile. The environment \
         and options\n# take precedence. Remove the # in front of those that you set."
    );
    for (group, members) in groups(settings) {
        println!("\n## {group}");
        for setting in members {
            let help = setting.help.replace('\n', "\n# ");
            let default = setting.default.as_deref().unwrap_or_default();
            println!("\n# {help}.\n#{}={default}", setting.variable);
        }
    }
}

/// The settings by group, without the file that they can stand in.
fn groups(settings: &[Setting]) -> impl Iterator<Item = (&str, &[Setting])> {
    let groups = settings.chunk_by(|one, next| one.group == next.group);
    groups.filter_map(|members| Some((members.first()?.group.as_str(), members)))
}
