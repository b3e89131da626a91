//! The admin's pages.

use catalogue::normalizer::{Parameter, Schema, normalize};

use crate::page::row_id;

/// A page of the admin's. It depends on who asks, so no tier stores it.
#[derive(Debug, Clone)]
pub enum Admin {
    /// What an editor's day begins with.
    Overview,
    /// The form to log in.
    Login {
        /// Where it leads to: an address of the admin's.
        next: String,
    },
    /// The rows of a catalogue.
    Rows(&'static Schema),
    /// The form of one row.
    Row {
        /// The row's catalogue.
        schema: &'static Schema,
        /// The row.
        id: i64,
    },
}

/// What the paths of all of them begin with.
const PATH: &str = "/admin";

/// The parameter of the login.
static LOGIN: Schema = Schema {
    catalogue: "login",
    version: 1,
    parameters: &[Parameter::text("next")],
    ranges: &[],
}
.checked();

impl Admin {
    /// The login that leads nowhere in particular.
    pub const LOGIN: Self = Self::Login {
        next: String::new(),
    };

    /// The page at a path, with what stands behind its `?`.
    pub fn parse(path: &str, search: &str) -> Option<Self> {
        let rest = path.strip_prefix(PATH)?;
        if rest.is_empty() {
            return Some(Self::Overview);
        }
        let rest = rest.strip_prefix('/')?;
        match rest.split_once('/') {
            None if rest == "login" => {
                let query = normalize(&LOGIN, search).ok();
                let next = query.as_ref().and_then(|query| query.text("next"));
                Some(Self::Login {
                    next: Self::or_overview(next.unwrap_or_default()).to_owned(),
                })
            }
            None => Some(Self::Rows(catalogue::schema(rest)?)),
            Some((name, id)) => Some(Self::Row {
                schema: catalogue::schema(name)?,
                id: row_id(id)?,
            }),
        }
    }

    /// Its path.
    pub fn path(&self) -> String {
        match self {
            Self::Overview => PATH.to_owned(),
            Self::Login { .. } => [PATH, "/login"].concat(),
            Self::Rows(schema) => format!("{PATH}/{}", schema.catalogue),
            Self::Row { schema, id } => format!("{PATH}/{}/{id}", schema.catalogue),
        }
    }

    /// The login page, which leads back to the given address of the admin's.
    pub fn log_in(next: &str) -> String {
        let mut address = Self::LOGIN.path();
        if next == Self::Overview.path() {
            return address;
        }
        // Everything but letters, digits, `/`, `-` and `_` as percent escapes.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte);
        address += "?next=";
        for byte in next.bytes() {
            if plain(byte) {
                address.push(char::from(byte));
            } else {
                address += &format!("%{byte:02X}");
            }
        }
        address
    }

    /// An address, if it is one of the admin's; else that of the overview. Nobody is sent to another
    /// site by a link to the login.
    pub fn or_overview(address: &str) -> &str {
        let rest = address.strip_prefix(PATH);
        let is_below = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        if is_below && !address.contains(['\\', '\n', '\r']) {
            address
        } else {
            PATH
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_login_leads_to_the_admin_and_nowhere_else() {
        let check = |next: &str, expect: &str| assert_eq!(Admin::or_overview(next), expect);
        check("/admin/properties?page=2", "/admin/properties?page=2");
        check("", "/admin");
        check("/administration", "/admin");
        check("//example.org/admin", "/admin");
        check("/admin/\\example.org", "/admin");
        let Some(Admin::Login { next }) =
            Admin::parse("/admin/login", "next=/admin/recipes/7%3Fa=B")
        else {
            panic!("no login");
        };
        assert_eq!(next, "/admin/recipes/7?a=B");
    }

    #[test]
    fn every_page_is_read_off_its_own_path() {
        for path in [
            "/admin",
            "/admin/login",
            "/admin/recipes",
            "/admin/properties/7",
        ] {
            let page = Admin::parse(path, "");
            assert_eq!(page.map(|page| page.path()).as_deref(), Some(path));
        }
        for path in [
            "/admin/",
            "/admin/x",
            "/admin/properties/07",
            "/administration",
        ] {
            assert!(Admin::parse(path, "").is_none(), "{path}");
        }
    }
}
