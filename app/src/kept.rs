//! Pages of homes that a reader has picked: `/compare?ids=1,2` and `/saved?ids=1,2`.
//!
//! What is picked is kept in the reader's browser; such a page only knows the numbers in its
//! address, so that it can be sent to somebody else.

use catalogue::normalizer::{Parameter, Schema, normalize};

/// A kind of page of picked homes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// A few homes side by side.
    Compare,
    /// The homes that are kept.
    Saved,
}

/// The parameter that both take, by the rules of every other set.
static SCHEMA: Schema = Schema {
    catalogue: "kept",
    version: 1,
    parameters: &[Parameter::tokens("ids")],
    ranges: &[],
}
.checked();

/// Numbers that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The parameter that is wrong.
    pub parameter: &'static str,
    /// What was given.
    pub value: String,
    /// What would be right, to be read after "expected".
    pub expected: String,
}

impl Kept {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Compare, Self::Saved];

    /// Its path.
    pub fn path(self) -> &'static str {
        match self {
            Self::Compare => "/compare",
            Self::Saved => "/saved",
        }
    }

    /// The most homes that it shows.
    pub fn most(self) -> usize {
        match self {
            Self::Compare => 4,
            Self::Saved => 50,
        }
    }

    /// The numbers that a request's raw query names, each once, the smallest first.
    ///
    /// # Errors
    /// If they cannot be meant: no numbers, or too many of them.
    pub fn read(self, search: &str) -> Result<Vec<i64>, Refused> {
        let refused = |value: &str, expected: String| Refused {
            parameter: "ids",
            value: value.to_owned(),
            expected,
        };
        let query = normalize(&SCHEMA, search).map_err(|rejection| {
            let error = rejection.errors().first();
            error.map_or_else(
                || refused("", "numbers".to_owned()),
                |error| Refused {
                    parameter: error.parameter,
                    ..refused(&error.value, error.expected.clone())
                },
            )
        })?;
        let mut ids = Vec::new();
        for text in query.set("ids") {
            let id = text.parse::<i64>().ok().filter(|id| *id > 0);
            let id = id.filter(|id| id.to_string() == *text);
            ids.push(id.ok_or_else(|| refused(text, "the numbers of homes".to_owned()))?);
        }
        if ids.len() > self.most() {
            let given = format!("{} numbers", ids.len());
            return Err(refused(&given, format!("at most {}", self.most())));
        }
        ids.sort_unstable();
        Ok(ids)
    }

    /// The canonical address of the page that shows these homes, whose numbers are in order.
    pub fn address(self, ids: &[i64]) -> String {
        if ids.is_empty() {
            return self.path().to_owned();
        }
        let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
        format!("{}?ids={}", self.path(), ids.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_the_same_homes_have_one_address() {
        let check = |search: &str, expect: &str| {
            let address = Kept::Compare
                .read(search)
                .map(|ids| Kept::Compare.address(&ids));
            assert_eq!(address.as_deref(), Ok(expect), "{search}");
        };
        check("", "/compare");
        check("ids=", "/compare");
        check("ids=10,9&utm_source=x", "/compare?ids=9,10");
        check("ids=9&ids=10&ids=9", "/compare?ids=9,10");
        check("ids[]=1%2C2", "/compare?ids=1,2");
    }

    #[test]
    fn what_cannot_be_meant_is_refused_by_name() {
        for search in ["ids=x", "ids=0", "ids=-1", "ids=07", "ids=1,2,3,4,5"] {
            let refused = Kept::Compare.read(search).unwrap_err();
            assert_eq!(refused.parameter, "ids", "{search}");
        }
        assert!(Kept::Saved.read("ids=1,2,3,4,5").is_ok());
        let many: Vec<String> = (1..=51).map(|id| id.to_string()).collect();
        assert!(
            Kept::Saved
                .read(&format!("ids={}", many.join(",")))
                .is_err()
        );
    }
}
