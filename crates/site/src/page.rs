//! Pages for readers.

use catalogue::{
    normalizer::{Query, Rejection, Schema, View, normalize, view},
    recipes,
};

use crate::{Cooking, Picked, links, row_id::row_id};

/// A page for readers. It is the same for all of them, so its address contains everything that
/// decides it.
#[derive(Debug, Clone)]
pub enum Page {
    /// The start page.
    Start,
    /// A page of a catalogue's list.
    List {
        /// The catalogue.
        schema: &'static Schema,
        /// The query; if its parameters are invalid, the page says what is wrong with them.
        query: Result<Query, Rejection>,
        /// How it is shown.
        view: View,
    },
    /// A row's page.
    Row {
        /// The row's catalogue.
        schema: &'static Schema,
        /// The row's id.
        id: i64,
    },
    /// A recipe for another number of people than it was written for, or its cook's mode.
    Cooking(Cooking),
    /// Rows that a reader has picked.
    Picked {
        /// Which kind of page it is.
        picked: Picked,
        /// Their ids, ascending and without repeats; if they are invalid, the page says why.
        ids: Result<Vec<i64>, Rejection>,
    },
}

impl Page {
    /// The page at a path, with the raw query after its `?`; `None` if no page has it.
    pub fn parse(path: &str, search: &str) -> Option<Self> {
        if path == "/" {
            return Some(Self::Start);
        }
        if let Some(picked) = Picked::at(path) {
            let ids = picked.read(search);
            return Some(Self::Picked { picked, ids });
        }
        let path = path.strip_prefix('/')?;
        match path.split_once('/') {
            None => {
                let schema = catalogue::schema(path)?;
                Some(Self::List {
                    schema,
                    query: normalize(schema, search),
                    view: view(search),
                })
            }
            Some((name, rest)) => {
                let schema = catalogue::schema(name)?;
                let is_recipe = name == recipes::SCHEMA.catalogue;
                let cooking = is_recipe.then(|| Cooking::parse(rest, search));
                if let Some(cooking) = cooking.flatten() {
                    return Some(Self::Cooking(cooking));
                }
                let id = row_id(rest)?;
                Some(Self::Row { schema, id })
            }
        }
    }

    /// The row that it is about: its catalogue and its id.
    pub fn row(&self) -> Option<(&'static Schema, i64)> {
        match self {
            Self::Row { schema, id } => Some((schema, *id)),
            Self::Cooking(cooking) => Some((&recipes::SCHEMA, cooking.id)),
            Self::Start | Self::List { .. } | Self::Picked { .. } => None,
        }
    }

    /// Its canonical address, under which the browser and the server store it. `None` for a page
    /// that says what is wrong with its address, and for one that no tier may store.
    pub fn canonical(&self) -> Option<String> {
        match self {
            Self::Start => Some("/".to_owned()),
            Self::List { query, view, .. } => {
                let query = query.as_ref().ok()?;
                (!query.is_bypass()).then(|| links::list(query, *view))
            }
            Self::Row { schema, id } => Some(links::object(schema, *id)),
            Self::Cooking(cooking) => cooking.canonical(),
            Self::Picked { picked, ids } => Some(picked.url(ids.as_ref().ok()?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_page_have_one_address() {
        let check = |path: &str, search: &str, expect: Option<&str>| {
            let page = Page::parse(path, search);
            let canonical = page.and_then(|page| page.canonical());
            assert_eq!(canonical.as_deref(), expect, "{path}?{search}");
        };
        check("/", "utm_source=x", Some("/"));
        check("/properties", "", Some("/properties"));
        check(
            "/properties",
            "page=1&city=Austin&view=grid",
            Some("/properties?city=austin"),
        );
        check(
            "/properties",
            "view=list&city=austin",
            Some("/properties?city=austin&view=list"),
        );
        check("/properties/7", "ref=mail", Some("/properties/7"));
        check("/saved", "ids=9&ids=10,9", Some("/saved?ids=9,10"));
        check(
            "/saved/recipes",
            "ids=9&ids=10,9",
            Some("/saved/recipes?ids=9,10"),
        );
        check("/saved/properties", "ids=9", Some("/saved?ids=9"));
        check("/saved/agendas", "", None);
        check("/compare", "ids=1,2,3,4,5", None);
        for refused in [
            "/properties/07",
            "/properties/0",
            "/properties/x",
            "/properties/-7",
            "/properties/7/",
            "/properties/99999999999999999999",
            "/admin",
            "/x",
        ] {
            check(refused, "", None);
        }
        check("/properties", "bedrooms=abc", None);
        check("/properties", "q=garden", None);
    }
}
