//! Where a link leads.

use std::path::{Component, Path, PathBuf};

/// A link, as far as checking it goes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Link<'a> {
    /// Another site. No machine that checks this reaches the internet, so only the address' form is checked.
    Elsewhere {
        /// Whether it has the form of an address.
        is_valid: bool,
    },
    /// A file, relative to the one that has the link (empty: that one), and a place in it.
    File(&'a str, Option<&'a str>),
}

impl<'a> Link<'a> {
    pub(crate) fn parse(text: &'a str) -> Self {
        if text.contains("://") || text.starts_with("mailto:") || text.starts_with("//") {
            let uri = text.parse::<http::Uri>().ok();
            let is_valid = uri.is_some_and(|uri| {
                matches!(uri.scheme_str(), Some("https" | "http"))
                    && uri.host().is_some_and(|host| host.contains('.'))
            });
            return Self::Elsewhere { is_valid };
        }
        match text.split_once('#') {
            Some((file, place)) => Self::File(file, Some(place)),
            None => Self::File(text, None),
        }
    }
}

/// The path without `.` and `..`; `None` if it leads out of where it begins.
pub(crate) fn normalized(path: &Path) -> Option<PathBuf> {
    let mut normalized = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !normalized.pop() {
                    return None;
                }
            }
            Component::Normal(name) => normalized.push(name),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(normalized)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_a_file_or_elsewhere() {
        let check = |text, expect| assert_eq!(Link::parse(text), expect, "{text}");
        check("metrics.html", Link::File("metrics.html", None));
        check("#reasons", Link::File("", Some("reasons")));
        check("a.html#b", Link::File("a.html", Some("b")));
        let elsewhere = |is_valid| Link::Elsewhere { is_valid };
        check("https://docs.rs/axum", elsewhere(true));
        check("https://docs.rs/a xum", elsewhere(false));
        check("https://docs", elsewhere(false));
        check("htps://docs.rs", elsewhere(false));
        check("mailto:someone", elsewhere(false));
    }

    #[test]
    fn a_path_stays_in_the_repository() {
        let check = |path: &str, expect: Option<&str>| {
            assert_eq!(normalized(Path::new(path)), expect.map(PathBuf::from));
        };
        check("docs/../crates/./cache", Some("crates/cache"));
        check("docs/../../secret", None);
        check("/etc/passwd", None);
    }
}
