//! What editors edit: the addresses to which edits are sent, and the queries of their lists.

use catalogue::{
    Catalogue,
    normalizer::{Query, Rejection, Schema, normalize},
};

use crate::row_id::row_id;

/// An address to which edits are sent. Those of rows are also where they are read.
#[derive(Debug, Clone, Copy)]
pub enum Edited {
    /// The rows of a catalogue: to create one, or to edit many.
    Rows(&'static Schema),
    /// One row.
    Row {
        /// Its catalogue.
        schema: &'static Schema,
        /// Its id.
        id: i64,
    },
    /// What undoes an edit.
    Undo {
        /// The edit's last revision.
        revision: u64,
    },
}

impl Edited {
    /// The address with this path, with or without its last slash.
    pub fn parse(path: &str) -> Option<Self> {
        let rest = path.strip_prefix("/api/")?;
        let mut parts = rest.strip_suffix('/').unwrap_or(rest).split('/');
        let (name, id, what) = (parts.next()?, parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        match (name, id, what) {
            ("edits", Some(revision), Some("undo")) => Some(Self::Undo {
                revision: u64::try_from(row_id(revision)?).ok()?,
            }),
            (_, None, None) => Some(Self::Rows(catalogue::edited_by_name(name)?.schema)),
            (_, Some(id), None) => Some(Self::Row {
                schema: catalogue::edited_by_name(name)?.schema,
                id: row_id(id)?,
            }),
            _ => None,
        }
    }

    /// Its path.
    pub fn path(&self) -> String {
        match self {
            Self::Rows(schema) => format!("/api/{}/", schema.catalogue),
            Self::Row { schema, id } => format!("/api/{}/{id}/", schema.catalogue),
            Self::Undo { revision } => format!("/api/edits/{revision}/undo/"),
        }
    }
}

/// Which rows an editor wants: drafts are among them, and rows of any status unless one is named.
#[derive(Debug, Clone)]
pub struct EditorsQuery {
    /// The filters, the search and the page.
    pub query: Query,
    /// Whether only drafts are wanted.
    pub drafts_only: bool,
}

impl EditorsQuery {
    /// All rows.
    pub fn all(schema: &'static Schema) -> Self {
        Self {
            query: of_any_status(Query::all(schema)),
            drafts_only: false,
        }
    }

    /// Reads a raw query, in which the status may be that of a draft.
    ///
    /// # Errors
    /// If a parameter has an invalid value.
    pub fn read(schema: &'static Schema, raw: &str) -> Result<Self, Rejection> {
        let mark = drafts(schema);
        let is_draft = |pair: &&str| mark.is_some_and(|mark| pair.split_once('=') == Some(mark));
        let others: Vec<&str> = raw.split('&').filter(|pair| !is_draft(pair)).collect();
        let drafts_only = others.len() < raw.split('&').count();
        let query = normalize(schema, &others.join("&"))?;
        Ok(Self {
            query: of_any_status(query),
            drafts_only,
        })
    }
}

/// The parameter that filters by what marks a draft, and the mark.
pub fn drafts(schema: &Schema) -> Option<(&'static str, &'static str)> {
    let catalogue = catalogue::edited_by_name(schema.catalogue)?;
    let (column, draft) = catalogue.draft?;
    let mut filters = catalogue.filters.iter();
    let filter = filters.find(|filter| filter.column == column)?;
    Some((filter.parameter, draft))
}

/// The parameter, which is also the field, that tells readers' rows from others, and the value of
/// those that readers find by default; `None` if the catalogue has no drafts.
fn published(schema: &Schema) -> Option<(&'static str, &'static str)> {
    let (name, _) = drafts(schema)?;
    Some((name, schema.parameter(name)?.default?))
}

/// The status that a button of a row's form gives it: the field, and the value.
pub fn status_set_by(
    action: &str,
    catalogue: &'static Catalogue,
) -> Option<(&'static str, &'static str)> {
    match action {
        "publish" => published(catalogue.schema),
        "withdraw" => catalogue.withdrawn,
        _ => None,
    }
}

/// The query for any status, if the catalogue has one and the query does not set it.
fn of_any_status(query: Query) -> Query {
    if query.is_set("status") {
        return query;
    }
    // Any change of the query resets the page.
    let any = query.with("status", "any");
    any.map(|any| any.at_page(query.page())).unwrap_or(query)
}

#[cfg(test)]
mod tests {
    use catalogue::properties;

    use super::*;

    #[test]
    fn an_address_is_parsed_from_its_own_path() {
        for path in [
            "/api/properties/",
            "/api/offices/",
            "/api/locations/7/",
            "/api/edits/12/undo/",
        ] {
            assert_eq!(
                Edited::parse(path).map(|it| it.path()).as_deref(),
                Some(path)
            );
        }
        for path in [
            "/api/",
            "/api/accounts/",
            "/api/offices/07/",
            "/api/edits/x/undo/",
        ] {
            assert!(Edited::parse(path).is_none(), "{path}");
        }
    }

    #[test]
    fn an_editors_query_is_about_rows_of_any_status() {
        let check = |raw: &str, canonical: &str, drafts_only| {
            let read = EditorsQuery::read(&properties::SCHEMA, raw).unwrap();
            assert_eq!(read.query.as_str(), canonical, "{raw}");
            assert_eq!(read.drafts_only, drafts_only, "{raw}");
        };
        check("", "status=any", false);
        check("page=3&city=Austin", "city=austin&page=3&status=any", false);
        check("status=sold", "status=sold", false);
        check("status=draft&city=austin", "city=austin&status=any", true);
        assert!(EditorsQuery::read(&properties::SCHEMA, "status=eaten").is_err());
    }
}
