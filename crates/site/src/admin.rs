//! Admin pages.

use catalogue::normalizer::{Parameter, Schema, normalize};

use crate::row_id::row_id;

/// An admin page. It depends on the user, so no tier stores it.
#[derive(Debug, Clone)]
pub enum Admin {
    /// The overview, where an editor starts.
    Overview,
    /// The login form.
    Login {
        /// The admin address that it leads to.
        next: String,
    },
    /// The inspector: how URLs become keys, and what the tiers hold under them.
    Cache,
    /// What the tiers decide, as it happens.
    Tail,
    /// How the node has done in the last hour.
    Dashboard,
    /// Who has changed what.
    History,
    /// The rows of a catalogue.
    Rows(&'static Schema),
    /// The form of a new row.
    New(&'static Schema),
    /// The form to edit one row.
    Row {
        /// The row's catalogue.
        schema: &'static Schema,
        /// The row's id.
        id: i64,
    },
}

/// The prefix of all their paths.
const PATH: &str = "/admin";

/// The parameter of the login form.
static LOGIN: Schema = Schema {
    catalogue: "login",
    version: 1,
    parameters: &[Parameter::text("next")],
    ranges: &[],
}
.checked();

impl Admin {
    /// The login form that leads nowhere in particular.
    pub const LOGIN: Self = Self::Login {
        next: String::new(),
    };

    /// The path of the server-sent events that the tail follows.
    pub const TAIL_EVENTS: &str = "/admin/tail/events";

    /// The path of what was requested most, as JSON.
    pub const POPULAR: &str = "/admin/cache/popular";

    /// The path of the server-sent events that the dashboard follows.
    pub const DASHBOARD_EVENTS: &str = "/admin/dashboard/events";

    /// The page at a path, with the raw query after its `?`; `None` if no page has it.
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
            None if rest == "cache" => Some(Self::Cache),
            None if rest == "tail" => Some(Self::Tail),
            None if rest == "dashboard" => Some(Self::Dashboard),
            None if rest == "history" => Some(Self::History),
            None => Some(Self::Rows(catalogue::edited_by_name(rest)?.schema)),
            Some((name, "new")) => Some(Self::New(catalogue::edited_by_name(name)?.schema)),
            Some((name, id)) => Some(Self::Row {
                schema: catalogue::edited_by_name(name)?.schema,
                id: row_id(id)?,
            }),
        }
    }

    /// Its path.
    pub fn path(&self) -> String {
        match self {
            Self::Overview => PATH.to_owned(),
            Self::Login { .. } => [PATH, "/login"].concat(),
            Self::Cache => [PATH, "/cache"].concat(),
            Self::Tail => [PATH, "/tail"].concat(),
            Self::Dashboard => [PATH, "/dashboard"].concat(),
            Self::History => [PATH, "/history"].concat(),
            Self::Rows(schema) => format!("{PATH}/{}", schema.catalogue),
            Self::New(schema) => format!("{PATH}/{}/new", schema.catalogue),
            Self::Row { schema, id } => format!("{PATH}/{}/{id}", schema.catalogue),
        }
    }

    /// The address of the login form, which leads back to the given admin address.
    pub fn log_in(next: &str) -> String {
        let login = Self::LOGIN.path();
        if next == Self::Overview.path() {
            return login;
        }
        login + "?next=" + &escaped(next)
    }

    /// The address of the inspector's findings about a URL.
    pub fn inspect(url: &str) -> String {
        Self::Cache.path() + "?url=" + &escaped(url)
    }

    /// An address, if it is an admin address, otherwise that of the overview. So a link to the
    /// login cannot lead to another site.
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

/// A text as the value of a parameter: everything but letters, digits, `/`, `-` and `_` as percent
/// escapes.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte);
    let mut out = String::with_capacity(text.len() * 3 / 2);
    for byte in text.bytes() {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
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
    fn every_page_is_parsed_from_its_own_path() {
        for path in [
            "/admin",
            "/admin/login",
            "/admin/cache",
            "/admin/tail",
            "/admin/dashboard",
            "/admin/history",
            "/admin/recipes",
            "/admin/offices",
            "/admin/properties/new",
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
