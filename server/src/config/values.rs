//! The values that variables take: each is checked as it is read, and the message says what would
//! be right.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
    time::Duration,
};

use axum::http::{Uri, uri::Scheme};
use ipnet::IpNet;

use super::{Networks, Secret};
use crate::logging;

/// A secret that has at least one character.
pub(super) fn secret(value: &str) -> Result<Secret, &'static str> {
    match value {
        "" => Err("must not be empty"),
        value => Ok(value.into()),
    }
}

/// The address of a database.
pub(super) fn database(value: &str) -> Result<Secret, &'static str> {
    starting_with(value, &["sqlite:", "postgres://", "postgresql://"])
        .ok_or("must be sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME")
}

/// The address of a Redis.
pub(super) fn redis(value: &str) -> Result<Secret, &'static str> {
    starting_with(
        value,
        &["redis://", "redis-cluster://", "redis-sentinel://"],
    )
    .ok_or(
        "must be redis://:PASSWORD@HOST:PORT/DB, redis-cluster://… or redis-sentinel://…; \
         TLS is for a proxy beside the server",
    )
}

fn starting_with(value: &str, schemes: &[&str]) -> Option<Secret> {
    let starts = schemes.iter().any(|scheme| value.starts_with(scheme));
    starts.then(|| value.into())
}

/// What stands in front of keys: nothing in it may be taken for a part of the key or of a pattern.
pub(super) fn prefix(value: &str) -> Result<String, &'static str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let fits = (1..=32).contains(&value.len()) && value.chars().all(plain);
    fits.then(|| value.to_owned())
        .ok_or("must be 1 to 32 letters, digits, dots, dashes or underscores, such as site2")
}

/// Where to listen.
pub(super) fn address(value: &str) -> Result<SocketAddr, &'static str> {
    value
        .parse()
        .map_err(|_| "must be an IP address and a port, such as 127.0.0.1:3000 or [::]:3000")
}

/// A whole number.
pub(super) fn number<N: FromStr>(value: &str) -> Result<N, &'static str> {
    value
        .parse()
        .map_err(|_| "must be a whole number that is not negative, such as 256")
}

/// A filter of log lines.
pub(super) fn filter(value: &str) -> Result<String, String> {
    match logging::check(value) {
        Ok(()) => Ok(value.to_owned()),
        Err(error) => Err(format!(
            "must be a level or a filter such as info or info,sqlx=debug ({error})"
        )),
    }
}

/// An origin as a browser writes it: scheme and host, perhaps a port, nothing behind them.
pub(super) fn origin(value: &str) -> Result<String, &'static str> {
    let origin = value.trim_end_matches('/');
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    host.filter(|host| !host.is_empty() && host.chars().all(plain))
        .map(|_| origin.to_owned())
        .ok_or("must be a scheme and a host such as https://example.org")
}

/// A number of days, at least one.
pub(super) fn days(value: &str) -> Result<u32, &'static str> {
    let days = value.parse().ok().filter(|days| *days > 0);
    days.ok_or("must be a whole number of days from 1 on")
}

/// Addresses and networks, with commas between them.
pub(super) fn networks(value: &str) -> Result<Networks, &'static str> {
    let parts = value
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let parsed = parts.map(|part| {
        let alone = |_| part.parse::<IpAddr>().map(IpNet::from);
        part.parse::<IpNet>().or_else(alone)
    });
    let parsed: Result<Vec<IpNet>, _> = parsed.collect();
    parsed
        .map(Networks)
        .map_err(|_| "must be addresses or networks such as 127.0.0.1,10.0.0.0/8")
}

/// A length of time in words: `0s`, `3s`, `1m 30s`.
pub(super) fn duration(value: &str) -> Result<Duration, &'static str> {
    humantime::parse_duration(value).map_err(|_| "must be a time with its unit, such as 3s or 1m")
}

/// An interval in words: `90s`, `30m`, `1h 30m`.
pub(super) fn interval(value: &str) -> Result<Duration, &'static str> {
    let interval = duration(value).ok();
    interval
        .filter(|interval| *interval >= Duration::from_secs(10))
        .ok_or("must be at least ten seconds, such as 30m or 1h")
}

/// The address of a collector. We speak no TLS: a collector beside the server does that, as a proxy
/// does for readers.
pub(super) fn collector(value: &str) -> Result<Uri, &'static str> {
    let address: Option<Uri> = value.parse().ok();
    address
        .filter(|address| {
            address.scheme() == Some(&Scheme::HTTP)
                && address.host().is_some_and(|host| !host.is_empty())
                && address.query().is_none()
        })
        .ok_or("must be an address such as http://127.0.0.1:4318")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        let check = |value: &str, expect: Option<&str>| {
            assert_eq!(origin(value).ok().as_deref(), expect, "{value}");
        };
        check("https://example.org", Some("https://example.org"));
        check("http://127.0.0.1:3000/", Some("http://127.0.0.1:3000"));
        check("http://[::1]:3000", Some("http://[::1]:3000"));
        for wrong in [
            "example.org",
            "https://",
            "https://a/b",
            "https://a\"><b",
            "ftp://a",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn an_interval_has_a_unit_and_is_no_shorter_than_ten_seconds() {
        assert_eq!(interval("30m"), Ok(Duration::from_secs(1_800)));
        assert_eq!(interval("1h 30m"), Ok(Duration::from_secs(5_400)));
        for wrong in ["", "30", "1s", "-1h", "soon"] {
            assert!(interval(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_collector_has_an_address_without_tls() {
        let check = |value: &str, expect: bool| {
            assert_eq!(collector(value).is_ok(), expect, "{value}");
        };
        check("http://127.0.0.1:4318", true);
        check("http://collector:4318/below/", true);
        check("https://collector:4318", false);
        check("collector:4318", false);
        check("http://", false);
        check("http://collector/?key=1", false);
    }
}
