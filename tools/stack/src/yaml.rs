//! YAML, by the parser that docker-compose itself uses.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::root::Root;

const TO_JSON: &str =
    "import json, sys, yaml; json.dump(list(yaml.safe_load_all(sys.stdin)), sys.stdout)";

/// The documents of a text.
pub(crate) fn documents(tools: &Root, project: &Path, text: &str) -> Result<Vec<Value>> {
    let json = tools.run(project, &["python3", "-c", TO_JSON], text)?;
    serde_json::from_str(&json).context("read YAML")
}
