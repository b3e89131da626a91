//! Pages of rows that a reader has picked: `/compare?ids=1,2`, `/saved?ids=1,2`,
//! `/saved/recipes?ids=3`.
//!
//! The picked rows are saved in the reader's browser; such a page depends only on the ids in its
//! address, so that it can be sent to somebody else.

use std::borrow::Cow;

use catalogue::{
    normalizer::{Parameter, Rejection, Schema, normalize},
    properties, schemas,
};

/// A kind of page of picked rows.
#[derive(Debug, Clone, Copy)]
pub enum Picked {
    /// A few homes side by side.
    Compare,
    /// The saved rows of a catalogue.
    Saved(&'static Schema),
}

/// The parameter that both take, under the same rules as every other set.
pub(crate) static SCHEMA: Schema = Schema {
    catalogue: "picked",
    version: 1,
    parameters: &[Parameter::tokens("ids")],
    ranges: &[],
}
.checked();

impl Picked {
    /// The catalogue whose rows it shows.
    pub fn schema(self) -> &'static Schema {
        match self {
            Self::Compare => &properties::SCHEMA,
            Self::Saved(schema) => schema,
        }
    }

    /// Its path. That of the first catalogue, homes, is the shortest.
    pub fn path(self) -> Cow<'static, str> {
        match self {
            Self::Compare => "/compare".into(),
            Self::Saved(schema) if is_first(schema) => "/saved".into(),
            Self::Saved(schema) => format!("/saved/{}", schema.catalogue).into(),
        }
    }

    /// The most rows that it shows.
    pub fn most(self) -> usize {
        match self {
            Self::Compare => 4,
            Self::Saved(_) => 50,
        }
    }

    /// The kind of page at a path.
    pub(crate) fn at(path: &str) -> Option<Self> {
        if path == "/compare" {
            return Some(Self::Compare);
        }
        match path.strip_prefix("/saved")? {
            "" => schemas().first().copied(),
            rest => catalogue::schema(rest.strip_prefix('/')?),
        }
        .map(Self::Saved)
    }

    /// The ids in a raw query, ascending and without repeats.
    ///
    /// # Errors
    /// If a value is not an id, or if there are more than [`most`](Self::most).
    pub fn read(self, search: &str) -> Result<Vec<i64>, Rejection> {
        let refused = |value: &str, expected: &str| Rejection::of("ids", value, expected);
        let query = normalize(&SCHEMA, search)?;
        let mut ids = Vec::new();
        for text in query.set("ids") {
            let id = text.parse::<i64>().ok().filter(|id| *id > 0);
            let id = id.filter(|id| id.to_string() == *text);
            ids.push(id.ok_or_else(|| refused(text, "ids, such as 7,42"))?);
        }
        if ids.len() > self.most() {
            let given = format!("{} ids", ids.len());
            return Err(refused(&given, &format!("at most {}", self.most())));
        }
        ids.sort_unstable();
        Ok(ids)
    }

    /// The canonical address of the page that shows these rows, whose ids are ascending.
    pub fn url(self, ids: &[i64]) -> String {
        if ids.is_empty() {
            return self.path().into_owned();
        }
        let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
        format!("{}?ids={}", self.path(), ids.join(","))
    }
}

/// Whether this is the first catalogue of the navigation.
fn is_first(schema: &Schema) -> bool {
    let first = schemas().into_iter().next();
    first.is_some_and(|first| first.catalogue == schema.catalogue)
}

#[cfg(test)]
mod tests {
    use catalogue::recipes;

    use super::*;

    #[test]
    fn spellings_of_the_same_homes_have_one_address() {
        let check = |search: &str, expect: &str| {
            let address = Picked::Compare
                .read(search)
                .map(|ids| Picked::Compare.url(&ids));
            assert_eq!(address.as_deref(), Ok(expect), "{search}");
        };
        check("", "/compare");
        check("ids=", "/compare");
        check("ids=10,9&utm_source=x", "/compare?ids=9,10");
        check("ids=9&ids=10&ids=9", "/compare?ids=9,10");
        check("ids[]=1%2C2", "/compare?ids=1,2");
    }

    #[test]
    fn invalid_ids_are_refused_by_name() {
        for search in ["ids=x", "ids=0", "ids=-1", "ids=07", "ids=1,2,3,4,5"] {
            let refused = Picked::Compare.read(search).unwrap_err();
            assert_eq!(refused.errors()[0].parameter, "ids", "{search}");
        }
        assert!(
            Picked::Saved(&recipes::SCHEMA)
                .read("ids=1,2,3,4,5")
                .is_ok()
        );
        let many: Vec<String> = (1..=51).map(|id| id.to_string()).collect();
        let many = format!("ids={}", many.join(","));
        assert!(Picked::Saved(&recipes::SCHEMA).read(&many).is_err());
    }
}
