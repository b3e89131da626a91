//! The canonical addresses of readers' pages.

use catalogue::Catalogue;

/// The canonical address of a page that may be remembered, and the key that it is kept under.
#[derive(Debug, Clone)]
pub(in crate::http) struct Address {
    key: String,
    /// Where the address begins in the key.
    begins: usize,
    /// The row whose page it is.
    row: Option<(&'static Catalogue, i64)>,
}

/// Pages never leave the node, and a node runs one build: neither is part of the key.
const PREFIX: &str = "hearth:page:";

impl Address {
    /// The canonical form of a path and its query, under which the browser keeps the page too. `None`
    /// for what is no reader's page, for what cannot be meant, and for what no tier may keep: those
    /// are rendered as they were sent.
    pub(in crate::http) fn read(path: &str, search: &str) -> Option<Self> {
        let address = app::canonical(path, search)?;
        // Only a row's page has a second part.
        let row = path.strip_prefix('/').and_then(|path| path.split_once('/'));
        let row = row.and_then(|(name, id)| Some((catalogue::by_name(name)?, id.parse().ok()?)));
        Some(Self {
            key: [PREFIX, &address].concat(),
            begins: PREFIX.len(),
            row,
        })
    }

    pub(super) fn row(&self) -> Option<(&'static Catalogue, i64)> {
        self.row
    }

    pub(super) fn key(&self) -> &str {
        &self.key
    }

    pub(in crate::http) fn as_str(&self) -> &str {
        &self.key[self.begins..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_page_have_one_address() {
        let check = |path: &str, search: &str, expect: Option<&str>| {
            let address = Address::read(path, search);
            assert_eq!(
                address.as_ref().map(Address::as_str),
                expect,
                "{path}?{search}"
            );
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
        check("/compare", "ids=1,2,3,4,5", None);
        for refused in [
            "/properties/07",
            "/properties/x",
            "/properties/-7",
            "/properties/7/",
            "/admin",
            "/x",
        ] {
            check(refused, "", None);
        }
        check("/properties", "bedrooms=abc", None);
        check("/properties", "q=garden", None);
    }
}
