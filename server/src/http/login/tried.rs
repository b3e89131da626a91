//! How often wrong passwords may be tried.
//!
//! Wrong ones are counted by account and network, and by network alone, by the generic cell rate
//! algorithm (ITU-T I.371). Right ones are not: who knows the password is not slowed by their own
//! logins, nor by what others try elsewhere. Waiting costs the server nothing, so nobody can lock an
//! account for everybody, and no list of accounts can be tried quickly from one place. A browser in which
//! an account has logged in before is a place of its own, so that its editor gets in beside whatever
//! somebody tries in the same network (OWASP's *device cookies*).

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    num::NonZeroU32,
    time::{Duration, Instant},
};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use parking_lot::Mutex;

/// How many wrong passwords for one account may follow each other at once, and the time for one more.
const OF_ACCOUNT: (NonZeroU32, Duration) = (NonZeroU32::new(10).unwrap(), Duration::from_secs(3));

/// The same for all accounts together.
const OF_NETWORK: (NonZeroU32, Duration) = (NonZeroU32::new(50).unwrap(), Duration::from_secs(1));

/// How many names or networks are noted before those that need not wait any more are forgotten.
const NOTED: usize = 10_000;

/// Where a password is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// A network.
    Network(IpAddr),
    /// A browser in which the account has logged in before.
    Known,
}

/// What has been tried.
pub(in crate::http) struct Logins {
    by_account: Tried<(String, Place)>,
    by_network: Tried<IpAddr>,
}

impl Default for Logins {
    fn default() -> Self {
        Self {
            by_account: Tried::new(OF_ACCOUNT),
            by_network: Tried::new(OF_NETWORK),
        }
    }
}

impl Logins {
    /// How long a client has to wait before it may try again, if it has to.
    pub(super) fn wait(&self, account: &str, place: Place) -> Option<Duration> {
        let of_account = self.by_account.wait(&(account.to_owned(), place));
        let of_network = match place {
            Place::Network(network) => self.by_network.wait(&network),
            Place::Known => None,
        };
        of_account.max(of_network)
    }

    /// Notes that a password was wrong.
    pub(super) fn wrong(&self, account: &str, place: Place) {
        self.by_account.note((account.to_owned(), place));
        if let Place::Network(network) = place {
            self.by_network.note(network);
        }
    }
}

/// What was tried under each key.
struct Tried<K: Hash + Eq + Clone> {
    limit: DefaultKeyedRateLimiter<K>,
    /// Who has to wait, and until when.
    until: Mutex<HashMap<K, Instant>>,
}

impl<K: Hash + Eq + Clone> Tried<K> {
    fn new((burst, each): (NonZeroU32, Duration)) -> Self {
        // A period of zero would be none.
        let quota = Quota::with_period(each).unwrap_or(Quota::per_second(burst));
        Self {
            limit: RateLimiter::keyed(quota.allow_burst(burst)),
            until: Mutex::default(),
        }
    }

    fn wait(&self, key: &K) -> Option<Duration> {
        let until = *self.until.lock().get(key)?;
        until.checked_duration_since(Instant::now())
    }

    fn note(&self, key: K) {
        if self.limit.len() >= NOTED {
            self.limit.retain_recent();
        }
        let Err(early) = self.limit.check_key(&key) else {
            return;
        };
        let now = Instant::now();
        let until = now + early.wait_time_from(DefaultClock::default().now());
        let mut all = self.until.lock();
        if all.len() >= NOTED {
            all.retain(|_, until| *until > now);
        }
        all.insert(key, until);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_passwords_are_slowed_where_they_are_tried() {
        let logins = Logins::default();
        let network = |last| Place::Network([192, 0, 2, last].into());
        let (here, elsewhere) = (network(1), network(2));
        for _ in 0..OF_ACCOUNT.0.get() {
            assert_eq!(logins.wait("admin", here), None);
            logins.wrong("admin", here);
        }
        logins.wrong("admin", here);
        let wait = logins.wait("admin", here).unwrap();
        assert!(wait <= OF_ACCOUNT.1, "{wait:?}");
        assert_eq!(
            logins.wait("admin", elsewhere),
            None,
            "the editor is elsewhere"
        );
        assert_eq!(logins.wait("admin", Place::Known), None);
        assert_eq!(logins.wait("other", here), None);
        for name in 0..OF_NETWORK.0.get() {
            logins.wrong(&name.to_string(), here);
        }
        assert!(logins.wait("other", here).unwrap() <= OF_NETWORK.1);
        assert_eq!(logins.wait("other", elsewhere), None);
    }
}
