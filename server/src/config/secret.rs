//! Values that are not to be shown.

use std::fmt;

/// A password, a token, or an address that may contain one. Printed by `{:?}`, it is masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The value itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What of it can be shown. There is no `Display`: a header or a connection that got the mask
    /// for the value would be hard to find.
    pub fn masked(&self) -> String {
        masked(&self.0)
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// Stands for what is not shown.
const MASK: &str = "***";

/// What can be shown of a secret value: of an address all but its passwords, otherwise nothing.
pub(super) fn masked(value: &str) -> String {
    if value.starts_with("sqlite:") {
        return value.to_owned();
    }
    let Some((scheme, rest)) = value.split_once("://") else {
        return MASK.to_owned();
    };
    // A password may contain whatever separates the parts of an address, except for the last `@`.
    let (user, rest) = match rest.rsplit_once('@') {
        None => (String::new(), rest),
        Some((user, rest)) => match user.split_once(':') {
            None => (format!("{user}@"), rest),
            Some((user, _)) => (format!("{user}:{MASK}@"), rest),
        },
    };
    let (place, parameters) = match rest.split_once('?') {
        None => (rest, String::new()),
        Some((place, parameters)) => {
            let parameters: Vec<String> = parameters.split('&').map(masked_parameter).collect();
            (place, format!("?{}", parameters.join("&")))
        }
    };
    format!("{scheme}://{user}{place}{parameters}")
}

/// A parameter of an address: PostgreSQL takes a password there, and so do Redis' sentinels.
fn masked_parameter(parameter: &str) -> String {
    match parameter.split_once('=') {
        Some((name, _)) if name.to_lowercase().contains("pass") => format!("{name}={MASK}"),
        _ => parameter.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_masked_wherever_they_stand() {
        let check = |value: &str, expect: &str| {
            assert_eq!(masked(value), expect);
            assert_eq!(format!("{:?}", Secret::from(value)), expect);
        };
        check("geheim", "***");
        check("sqlite://data/hearth.db", "sqlite://data/hearth.db");
        check("postgres://db/hearth", "postgres://db/hearth");
        check("postgres://ann@db/hearth", "postgres://ann@db/hearth");
        check(
            "postgres://ann:a:b@c/@db/hearth",
            "postgres://ann:***@db/hearth",
        );
        check(
            "postgres://db/hearth?user=ann&password=geheim&sslmode=require",
            "postgres://db/hearth?user=ann&password=***&sslmode=require",
        );
        check(
            "redis://:geheim@10.0.0.2:6379/0",
            "redis://:***@10.0.0.2:6379/0",
        );
        check(
            "redis-sentinel://ann:geheim@a:26379/0?sentinelPassword=geheim",
            "redis-sentinel://ann:***@a:26379/0?sentinelPassword=***",
        );
    }
}
