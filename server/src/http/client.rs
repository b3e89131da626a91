//! Who sends a request: the address of the client, which a proxy in front may have to tell.

use std::net::{IpAddr, Ipv6Addr};

use axum::{extract::FromRequestParts, http::request::Parts};
use ipnet::IpNet;
use leptos_cached::Fault;

use super::App;

/// The other end of a request's connection, as an extension of the request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Client {
    /// `None` for a request that came by no connection.
    pub(super) address: Option<IpAddr>,
}

/// The network of the client, which is what limits count by: an IPv4 address, or the 64 bits of an
/// IPv6 address that a subscriber is given (RFC 6177). `None` for a request that came by no
/// connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Network(pub(super) Option<IpAddr>);

impl FromRequestParts<App> for Network {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let peer = parts.extensions.get::<Client>();
        let peer = peer.and_then(|client| client.address);
        let named = parts.headers.get_all("x-forwarded-for").iter();
        let named: Vec<&str> = named.filter_map(|line| line.to_str().ok()).collect();
        let trusted = &app.config.site.trusted_proxies.0;
        Ok(Self(peer.map(|peer| {
            network(behind_proxies(peer, &named.join(","), trusted))
        })))
    }
}

/// The address of the client: the last one in the chain that is no trusted proxy. What stands before
/// it in `X-Forwarded-For` can be anybody's invention.
fn behind_proxies(peer: IpAddr, forwarded_for: &str, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    let mut client = peer.to_canonical();
    for named in forwarded_for.rsplit(',') {
        if !is_trusted(&client) {
            break;
        }
        let Ok(address) = named.trim().parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
    }
    client
}

fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_say_who_the_client_is() {
        let trusted: Vec<IpNet> = ["10.0.0.0/8", "fd00::/8"]
            .iter()
            .map(|net| net.parse().unwrap())
            .collect();
        let check = |peer: &str, forwarded_for: &str, expect: &str| {
            let client = behind_proxies(peer.parse().unwrap(), forwarded_for, &trusted);
            assert_eq!(client.to_string(), expect, "{peer} for {forwarded_for}");
        };
        check("203.0.113.7", "", "203.0.113.7");
        check("203.0.113.7", "198.51.100.1", "203.0.113.7");
        check("10.0.0.1", "", "10.0.0.1");
        check("10.0.0.1", "198.51.100.1", "198.51.100.1");
        check(
            "10.0.0.1",
            "1.2.3.4, 198.51.100.1, 10.0.0.2",
            "198.51.100.1",
        );
        check("10.0.0.1", "10.9.9.9,10.0.0.2", "10.9.9.9");
        check("10.0.0.1", "unknown", "10.0.0.1");
        check("::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1");
        check("fd00::1", "::ffff:198.51.100.1", "198.51.100.1");
    }

    #[test]
    fn a_subscriber_is_one_network() {
        let check = |address: &str, expect: &str| {
            assert_eq!(network(address.parse().unwrap()).to_string(), expect);
        };
        check("198.51.100.1", "198.51.100.1");
        check("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::");
    }
}
