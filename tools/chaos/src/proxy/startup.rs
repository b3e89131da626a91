//! The first message of a connection to PostgreSQL, which says what the connection is for.
//!
//! <https://www.postgresql.org/docs/current/protocol-message-formats.html>

use std::io::{self, Read, Write};

use super::Class;

/// The name of the connections that follow the change log.
const FEED: &str = "hearth-feed";

/// Requests for encryption, by TLS or by GSSAPI.
const ENCRYPTION: [u32; 2] = [80_877_103, 80_877_104];

/// Version 3 of the protocol, in its upper half.
const PROTOCOL: u32 = 3;

/// No startup message is larger; this is PostgreSQL's own limit.
const LARGEST: usize = 10_000;

/// Reads up to and including the startup message. Encryption is declined, as by servers without it.
pub(super) fn read(client: &mut (impl Read + Write)) -> io::Result<(Class, Vec<u8>)> {
    loop {
        let mut length = [0; 4];
        client.read_exact(&mut length)?;
        let rest = usize::try_from(u32::from_be_bytes(length))
            .ok()
            .and_then(|length| length.checked_sub(4))
            .filter(|rest| (4..LARGEST).contains(rest))
            .ok_or_else(|| io::Error::other("no startup message"))?;
        let mut body = vec![0; rest];
        client.read_exact(&mut body)?;
        let code = u32::from_be_bytes([body[0], body[1], body[2], body[3]]);
        if ENCRYPTION.contains(&code) {
            client.write_all(b"N")?;
            continue;
        }
        let class = if code >> 16 == PROTOCOL && application(&body[4..]) == Some(FEED) {
            Class::Feed
        } else {
            Class::Other
        };
        return Ok((class, [&length[..], &body].concat()));
    }
}

/// The value of `application_name` among names and values that each end in a zero byte.
fn application(parameters: &[u8]) -> Option<&str> {
    let mut texts = parameters.split(|byte| *byte == 0);
    while let (Some(name), Some(value)) = (texts.next(), texts.next()) {
        if name == b"application_name" {
            return std::str::from_utf8(value).ok();
        }
    }
    None
}

/// Builds a startup message.
#[cfg(test)]
pub(super) fn message(parameters: &[(&str, &str)]) -> Vec<u8> {
    let mut body = (PROTOCOL << 16).to_be_bytes().to_vec();
    for (name, value) in parameters {
        body.extend([name.as_bytes(), b"\0", value.as_bytes(), b"\0"].concat());
    }
    body.push(0);
    let length = u32::try_from(body.len() + 4).unwrap();
    [&length.to_be_bytes()[..], &body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Talk {
        says: io::Cursor<Vec<u8>>,
        hears: Vec<u8>,
    }

    impl Read for Talk {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            self.says.read(into)
        }
    }

    impl Write for Talk {
        fn write(&mut self, from: &[u8]) -> io::Result<usize> {
            self.hears.write(from)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn talk(says: Vec<u8>) -> (io::Result<(Class, Vec<u8>)>, Vec<u8>) {
        let mut talk = Talk {
            says: io::Cursor::new(says),
            hears: Vec::new(),
        };
        (read(&mut talk), talk.hears)
    }

    #[test]
    fn the_application_name_decides_the_class() {
        let check = |parameters: &[(&str, &str)], expect| {
            let message = message(parameters);
            let (read, hears) = talk(message.clone());
            assert_eq!(read.unwrap(), (expect, message));
            assert_eq!(hears, b"");
        };
        check(
            &[("user", "u"), ("application_name", "hearth-feed")],
            Class::Feed,
        );
        check(
            &[("application_name", "hearth"), ("user", "u")],
            Class::Other,
        );
        check(
            &[("user", "application_name"), ("database", "hearth-feed")],
            Class::Other,
        );
        check(&[], Class::Other);
    }

    #[test]
    fn encryption_is_declined() {
        let request = [8_u32.to_be_bytes(), ENCRYPTION[0].to_be_bytes()].concat();
        let message = message(&[("application_name", "hearth-feed")]);
        let (read, hears) = talk([request, message.clone()].concat());
        assert_eq!(read.unwrap(), (Class::Feed, message));
        assert_eq!(hears, b"N");
    }

    #[test]
    fn invalid_messages_are_refused() {
        assert!(talk(b"GET / HTTP/1.1\r\n".to_vec()).0.is_err());
        assert!(talk(vec![0, 0, 0, 4]).0.is_err());
        assert!(talk(Vec::new()).0.is_err());
    }
}
