//! Whether the site's public address leads here, with a certificate that browsers accept.

use std::{
    io::{self, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use axum::http::{Uri, uri::Scheme};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    client::{WebPkiServerVerifier, danger::ServerCertVerifier},
    crypto::ring,
    pki_types::{ServerName, UnixTime},
};
use site::Fixed;

use super::Check;
use crate::config::Config;

/// How long the site may take to accept a connection, and for each part of its answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// A certificate that is renewed by a program is renewed earlier than this.
const SOON: Duration = Duration::from_hours(14 * 24);

const RENEWAL: &str =
    "renew it: look at the log of the program that should have, such as Caddy or certbot";

/// The check, if there is a public address.
pub(super) async fn check(config: &Config) -> Option<Check> {
    let origin = config.site.origin.clone()?;
    let examined = tokio::task::spawn_blocking(move || {
        let mut check = Check::new("origin");
        if let Err((what, remedy)) = examine(&origin, &mut check) {
            check.fail(format!("{origin}: {what}"), remedy);
        }
        check
    });
    Some(examined.await.unwrap_or_else(|_| Check::new("origin")))
}

/// What is wrong, and what to do.
type Wrong = (String, &'static str);

fn examine(origin: &str, check: &mut Check) -> Result<(), Wrong> {
    let mend = "mend HEARTH_ORIGIN: it must be the address that readers type";
    let uri: Uri = origin
        .parse()
        .map_err(|error| (format!("is no address: {error}"), mend))?;
    let host = uri.host().unwrap_or_default().to_owned();
    let is_secure = uri.scheme() == Some(&Scheme::HTTPS);
    let port = uri.port_u16().unwrap_or(if is_secure { 443 } else { 80 });
    let plain = host.trim_matches(['[', ']']);
    let addresses = (plain, port).to_socket_addrs();
    let mut addresses =
        addresses.map_err(|error| (format!("has no address in the DNS: {error}"), mend))?;
    let proxy = "start the proxy in front, and open its port in the firewall";
    let unreachable = |error: io::Error| (format!("cannot be reached: {error}"), proxy);
    let address = addresses
        .next()
        .ok_or(("has no address".to_owned(), mend))?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(unreachable)?;
    stream
        .set_read_timeout(Some(PATIENCE))
        .map_err(unreachable)?;
    stream
        .set_write_timeout(Some(PATIENCE))
        .map_err(unreachable)?;
    let path = Fixed::Health.path();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        uri.authority()
            .map_or(plain, |authority| authority.as_str())
    );
    let answer = if is_secure {
        let secure = Secure::new(plain)?;
        let mut connection = secure.connection()?;
        connection
            .complete_io(&mut stream)
            .map_err(|error| refused(&error))?;
        expiry(&secure, &connection, check);
        first_part(StreamOwned::new(connection, stream), &request)
    } else {
        first_part(stream, &request)
    };
    let answer = answer.map_err(unreachable)?;
    if !(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok\n")) {
        let says = answer.lines().next().unwrap_or_default();
        return Err((
            format!("does not lead to a node: {path} answers {says:?}"),
            "let the proxy in front pass everything to the nodes",
        ));
    }
    check.sees(origin);
    Ok(())
}

/// The beginning of an answer, as much as the answer of a probe has.
fn first_part(mut stream: impl Read + Write, request: &str) -> io::Result<String> {
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    // A peer may end without the alert that closes TLS; what has been read counts.
    if let Err(error) = stream.take(64 << 10).read_to_end(&mut answer)
        && answer.is_empty()
    {
        return Err(error);
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Whom to connect to by TLS, and how its certificate is verified.
struct Secure {
    name: ServerName<'static>,
    verifier: Arc<WebPkiServerVerifier>,
}

impl Secure {
    /// Trusts what this machine trusts.
    fn new(host: &str) -> Result<Self, Wrong> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            return Err((
                "cannot be checked: this machine trusts no certificate authority".to_owned(),
                "install the package ca-certificates",
            ));
        }
        let provider = Arc::new(ring::default_provider());
        let verifier =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
        Ok(Self {
            name: ServerName::try_from(host.to_owned()).map_err(|error| no_tls(&error))?,
            verifier: verifier.map_err(|error| no_tls(&error))?,
        })
    }

    fn connection(&self) -> Result<ClientConnection, Wrong> {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| no_tls(&error))?
            .with_webpki_verifier(Arc::clone(&self.verifier))
            .with_no_client_auth();
        ClientConnection::new(Arc::new(config), self.name.clone()).map_err(|error| no_tls(&error))
    }
}

fn no_tls(error: &dyn std::fmt::Display) -> Wrong {
    (format!("cannot speak TLS: {error}"), "mend HEARTH_ORIGIN")
}

/// Why a handshake failed.
fn refused(error: &io::Error) -> Wrong {
    let tls = error.get_ref().and_then(|cause| cause.downcast_ref());
    let Some(rustls::Error::InvalidCertificate(certificate)) = tls else {
        let what = format!("does not speak TLS: {error}");
        return (what, "let the proxy in front terminate TLS on this port");
    };
    use CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, UnknownIssuer,
    };
    match certificate {
        Expired | ExpiredContext { .. } => ("its certificate has expired".to_owned(), RENEWAL),
        NotValidForName | NotValidForNameContext { .. } => (
            "its certificate is for another name".to_owned(),
            "get one for this name, or mend HEARTH_ORIGIN",
        ),
        UnknownIssuer => (
            "its certificate is from an authority that this machine does not trust".to_owned(),
            "serve the whole chain of certificates, or get one from a public authority",
        ),
        other => (format!("its certificate is not valid: {other:?}"), RENEWAL),
    }
}

/// Finds a certificate that ends soon: it is verified once more, for a later time.
fn expiry(secure: &Secure, connection: &ClientConnection, check: &mut Check) {
    let Some([certificate, chain @ ..]) = connection.peer_certificates() else {
        return;
    };
    let Ok(now) = UNIX_EPOCH.elapsed() else {
        return;
    };
    let later = UnixTime::since_unix_epoch(now + SOON);
    let verified = secure
        .verifier
        .verify_server_cert(certificate, chain, &secure.name, &[], later);
    if verified.is_err() {
        let days = SOON.as_secs() / (24 * 60 * 60);
        check.warn(
            format!("the certificate ends in less than {days} days"),
            RENEWAL,
        );
    }
}
