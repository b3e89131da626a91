//! A decision of a tier as one line: for the tail's page, its stream and the terminal.

use serde::{Deserialize, Serialize};

use crate::text::micros;

/// One decision of one tier, as `/admin/tail/events` sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// The tier: `memory` or `redis`.
    pub tier: String,
    /// What it did: `HIT`, `MISS`, `STORED`, `SKIP` or `REFRESH`.
    pub verdict: String,
    /// Why, unless it was a hit, or stored the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// Whether the answer may be from before an edit, because the database cannot be reached.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut_off: bool,
    /// The key.
    pub key: String,
    /// The canonical URL.
    pub url: String,
    /// How long it took, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub micros: Option<u64>,
}

/// Why a tier did not have an answer that it could give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The reason's name.
    pub reason: String,
    /// The edit, if the reason is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit: Option<EditCause>,
}

/// The edit that touched an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditCause {
    /// Its revision.
    pub revision: u64,
    /// The catalogue of the edited row.
    pub catalogue: String,
    /// The edited row; `None` if it may have been any of the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// The fields that it changed; empty if the row was added or removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// Who made it, if it was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
}

impl Line {
    /// The time of day, in UTC: `09:03:07.042`.
    pub fn clock(&self) -> String {
        let (seconds, millis) = (self.at / 1_000, self.at % 1_000);
        let (hours, minutes) = (seconds / 3_600 % 24, seconds / 60 % 60);
        format!("{hours:02}:{minutes:02}:{:02}.{millis:03}", seconds % 60)
    }

    /// How long it took: `240 µs`, `1.3 ms`.
    pub fn took(&self) -> Option<String> {
        self.micros.map(micros)
    }

    /// Why, in a few words; empty if there is nothing to say.
    pub fn reason(&self) -> String {
        let why = self.why.as_ref().map(Why::words).unwrap_or_default();
        match (self.cut_off, why.is_empty()) {
            (false, _) => why,
            (true, true) => "cut-off".to_owned(),
            (true, false) => format!("cut-off, {why}"),
        }
    }
}

impl Why {
    /// The reason, and the edit if it is one: `touched by revision 812: price of properties 7, by
    /// anna`.
    pub fn words(&self) -> String {
        match &self.edit {
            Some(edit) => format!("{} by {}", self.reason, edit.words()),
            None => self.reason.clone(),
        }
    }
}

impl EditCause {
    fn words(&self) -> String {
        let row = match self.id {
            Some(id) => format!("{} {id}", self.catalogue),
            None => format!("many {}", self.catalogue),
        };
        let row = match &*self.fields {
            [] => row,
            fields => format!("{} of {row}", fields.join(", ")),
        };
        let who = self.who.as_ref();
        let who = who.map_or(String::new(), |who| format!(", by {who}"));
        format!("revision {}: {row}{who}", self.revision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        Line {
            at: 32_587_042,
            tier: "memory".to_owned(),
            verdict: "MISS".to_owned(),
            why: Some(Why {
                reason: "touched".to_owned(),
                edit: Some(EditCause {
                    revision: 812,
                    catalogue: "properties".to_owned(),
                    id: Some(7),
                    fields: vec!["price".to_owned()],
                    who: Some("anna".to_owned()),
                }),
            }),
            cut_off: false,
            key: "p".to_owned(),
            url: "/p".to_owned(),
            micros: Some(1_340),
        }
    }

    #[test]
    fn a_line_says_when_why_and_how_long() {
        let line = line();
        assert_eq!(line.clock(), "09:03:07.042");
        assert_eq!(line.took().as_deref(), Some("1.3 ms"));
        let expect = "touched by revision 812: price of properties 7, by anna";
        assert_eq!(line.reason(), expect);
        assert_eq!(micros(999), "999 µs");
        assert_eq!(micros(2_100_000), "2.1 s");
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let mut line = line();
        let edit = line.why.as_mut().unwrap().edit.as_mut().unwrap();
        (edit.fields, edit.who) = (Vec::new(), None);
        assert_eq!(line.reason(), "touched by revision 812: properties 7");
        let edit = line.why.as_mut().unwrap().edit.as_mut().unwrap();
        edit.id = None;
        assert_eq!(line.reason(), "touched by revision 812: many properties");
        (line.why, line.cut_off) = (None, true);
        assert_eq!(line.reason(), "cut-off");
        let json = serde_json::to_value(&line).unwrap();
        assert_eq!(json.get("why"), None);
        assert_eq!(serde_json::from_value::<Line>(json).unwrap(), line);
    }
}
