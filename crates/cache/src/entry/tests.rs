use std::borrow::Cow;

use ask::CachePolicy;
use proptest::{collection::vec, prelude::*};

use xxhash_rust::xxh3::xxh3_64;

use super::{encoding::MAGIC, *};
use crate::log::Log;

const HOUR: Duration = Duration::from_hours(1);

#[derive(Debug, Clone)]
struct Text(String);

impl Ask for Text {
    type Image = ();

    fn url(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }

    fn key(&self) -> Cow<'_, str> {
        Cow::Borrowed("key")
    }

    fn policy(&self) -> CachePolicy {
        CachePolicy::standard()
    }

    fn catalogue(&self) -> &'static str {
        "homes"
    }

    fn holds_for(&self, (): &()) -> bool {
        true
    }
}

impl Body for Vec<u8> {
    fn encode(&self) -> Bytes {
        self.clone().into()
    }

    fn decode(bytes: Bytes) -> Option<Self> {
        Some(bytes.into())
    }

    fn is_same(&self, other: &Self) -> bool {
        self == other
    }

    fn weight(&self) -> usize {
        self.len()
    }
}

fn any_entry() -> impl Strategy<Value = Entry<Text, Vec<u8>>> {
    let stamp = (any::<u64>(), any::<u64>()).prop_map(|(revision, tag)| Stamp { revision, tag });
    let shows = vec(any::<i64>(), 0..30);
    (".*", stamp, shows, vec(any::<u8>(), 0..300)).prop_map(|(text, stamp, shows, body)| {
        let loaded = Loaded {
            stamp,
            shows,
            parts: Vec::new(),
            queries: 1,
            body,
        };
        Entry::new(
            Text(text),
            loaded,
            Duration::from_millis(5),
            unix_millis(),
            HOUR,
        )
    })
}

proptest! {
    #[test]
    fn an_encoded_entry_decodes_to_the_same_entry(entry in any_entry()) {
        let bytes = entry.encode().unwrap();
        let decoded = Entry::<Text, Vec<u8>>::decode(&entry.ask, &bytes, HOUR).unwrap();
        prop_assert_eq!(decoded.stamp, entry.stamp);
        prop_assert_eq!(decoded.shows, entry.shows);
        prop_assert_eq!(decoded.body, entry.body);
        prop_assert_eq!(decoded.loaded_at, entry.loaded_at);
        prop_assert_eq!(decoded.verified.into_inner(), Position::NONE);
    }

    #[test]
    fn a_changed_byte_anywhere_makes_a_miss(entry in any_entry(), mask in 1..=u8::MAX) {
        let bytes = entry.encode().unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.to_vec();
            changed[at] ^= mask;
            let decoded = Entry::<Text, Vec<u8>>::decode(&entry.ask, &changed.into(), HOUR);
            prop_assert!(decoded.is_err(), "byte {} of {}", at, bytes.len());
        }
    }

    #[test]
    fn an_entry_truncated_anywhere_is_a_miss(entry in any_entry()) {
        let bytes = entry.encode().unwrap();
        for length in 0..bytes.len() {
            let decoded = Entry::<Text, Vec<u8>>::decode(&entry.ask, &bytes.slice(..length), HOUR);
            prop_assert!(decoded.is_err(), "{} bytes of {}", length, bytes.len());
        }
    }

    /// With a correct checksum, so that the bytes after it are parsed.
    #[test]
    fn no_bytes_make_decoding_panic(content in vec(any::<u8>(), 0..100), length in 0..200_u32) {
        for content in [content.clone(), [&length.to_le_bytes()[..], &content].concat()] {
            let checksum = xxh3_64(&content).to_le_bytes();
            let bytes = [&MAGIC[..], &checksum, &content].concat().into();
            let _ = Entry::<Text, Vec<u8>>::decode(&Text(String::new()), &bytes, HOUR);
        }
    }

    #[test]
    fn an_entry_of_another_ask_is_a_miss(entry in any_entry(), text in ".*") {
        prop_assume!(text != entry.ask.0);
        let bytes = entry.encode().unwrap();
        prop_assert!(Entry::<Text, Vec<u8>>::decode(&Text(text), &bytes, HOUR).is_err());
    }
}

fn entry_of(stamp: Stamp, body: Vec<u8>) -> Entry<Text, Vec<u8>> {
    let loaded = Loaded {
        stamp,
        shows: Vec::new(),
        parts: Vec::new(),
        queries: 1,
        body,
    };
    let text = Text(String::new());
    Entry::new(text, loaded, Duration::ZERO, unix_millis(), HOUR)
}

const STAMP: Stamp = Stamp {
    revision: 7,
    tag: 1,
};

#[test]
fn large_bodies_are_compressed_if_that_helps() {
    let check = |body: Vec<u8>, smaller: bool| {
        let entry = entry_of(STAMP, body);
        let bytes = entry.encode().unwrap();
        assert_eq!(bytes.len() < entry.body.len() / 2, smaller);
        let decoded = Entry::<Text, Vec<u8>>::decode(&entry.ask, &bytes, HOUR).unwrap();
        assert_eq!(decoded.body, entry.body);
    };
    check(vec![b'x'; 1_000], false);
    check(vec![b'x'; 100_000], true);
    check((0..100_000).map(|_| rand::random()).collect(), false);
}

/// Case 23: an oversized answer is not stored.
#[test]
fn case_23_an_oversized_body_is_not_encoded() {
    assert!(entry_of(STAMP, vec![b'x'; ENTRY_LIMIT]).encode().is_some());
    assert!(
        entry_of(STAMP, vec![b'x'; ENTRY_LIMIT + 1])
            .encode()
            .is_none()
    );
}

/// Case 13: the machine's clock decides only the age that is shown.
#[test]
fn an_entry_from_the_future_has_age_zero_and_is_still_valid() {
    let stamp = STAMP;
    let log = Log::with_clocks(|| 0, || 0);
    log.restart(vec![crate::Revision {
        stamp,
        at: None,
        changes: Vec::new(),
    }]);
    log.end_beat(log.begin_beat(), Duration::from_secs(1));
    for (minutes, age) in [(15, 0), (0, 0), (-15, 15)] {
        let mut entry = entry_of(stamp, Vec::new());
        entry.loaded_at = entry.loaded_at.saturating_add_signed(minutes * 60_000);
        assert_eq!(entry.age().as_secs() / 60, age);
        assert_eq!(log.verdict(&entry, log.arrival()), Ok(()));
    }
}
