//! Large and hostile input: never a panic, and never more than linear time.
#![allow(missing_docs, unreachable_pub)]

#[path = "corpus/schemas.rs"]
mod schemas;

use std::time::{Duration, Instant};

use normalizer::{explain, normalize, normalize_bytes, token};
use schemas::PROPERTIES;

/// Far more than a linear algorithm needs in an unoptimized build, far less than a quadratic one.
const PATIENCE: Duration = Duration::from_secs(10);

fn check(name: &str, raw: &str) {
    let start = Instant::now();
    let result = normalize(&PROPERTIES, raw);
    assert!(
        start.elapsed() < PATIENCE,
        "{name} took {:?}",
        start.elapsed()
    );
    if let Err(rejection) = result {
        assert!(
            rejection.to_string().len() < 2_000,
            "{name}: the message is too long"
        );
    }
    let _ = explain(&PROPERTIES, raw);
}

#[test]
fn large_queries_take_linear_time() {
    let repeated = |piece: &str, count: usize| piece.repeat(count);
    let counted = |piece: &str, count: usize| -> String {
        (0..count).map(|i| format!("{piece}{i}")).collect()
    };
    check("50,000 times one city", &repeated("&city=austin", 50_000));
    check("50,000 cities", &counted("&city=c", 50_000));
    check(
        "50,000 cities in one",
        &("city=a".to_owned() + &counted(",c", 50_000)),
    );
    check("50,000 pages", &counted("&page=1", 50_000));
    check("50,000 wrong pages", &counted("&page=x", 50_000));
    check("50,000 unknown parameters", &counted("&x", 50_000));
    check("100,000 separators", &repeated("&", 100_000));
    check("100,000 equals signs", &repeated("=", 100_000));
    check(
        "100,000 commas",
        &("city=".to_owned() + &repeated(",", 100_000)),
    );
    check(
        "100,000 percent signs",
        &("city=".to_owned() + &repeated("%", 100_000)),
    );
    check(
        "100,000 digits",
        &("page=".to_owned() + &repeated("9", 100_000)),
    );
    check(
        "100,000 zeros",
        &("page=".to_owned() + &repeated("0", 100_000)),
    );
    check(
        "100,000 dashes",
        &("city=".to_owned() + &repeated("- _", 30_000)),
    );
    check(
        "100,000 letters",
        &("q=".to_owned() + &repeated("a", 100_000)),
    );
    check("a long name", &repeated("a", 100_000));
    check(
        "combining marks",
        &("q=a".to_owned() + &repeated("\u{301}", 50_000)),
    );
    check(
        "marks out of order",
        &("q=a".to_owned() + &repeated("\u{301}\u{323}", 25_000)),
    );
    check(
        "encoded marks",
        &("q=a".to_owned() + &repeated("%CC%81%CC%A3", 10_000)),
    );
    check(
        "what grows most",
        &("q=".to_owned() + &repeated("\u{fdfa}", 30_000)),
    );
    check(
        "jamo",
        &("city=".to_owned() + &repeated("\u{1100}\u{1161}\u{11a8}", 10_000)),
    );
    check("bad text", &("q=".to_owned() + &repeated("%FF", 30_000)));
}

#[test]
fn every_byte_is_accepted() {
    for byte in 0..=u8::MAX {
        let raw = [b"city=a".as_slice(), &[byte], b"b&q=", &[byte]].concat();
        let query = normalize_bytes(&PROPERTIES, &raw).unwrap();
        assert_eq!(normalize(&PROPERTIES, query.as_str()), Ok(query));
    }
}

#[test]
fn one_pass_settles_every_character() {
    // Without the ideographs, syllables and private planes that no rule touches.
    let ranges = [
        0..0x3400,
        0xa000..0xac00,
        0xd7a4..0x2_0000,
        0x2_f800..0x2_fa20,
        0xe_0000..0xe_0200,
    ];
    for character in ranges.into_iter().flatten().filter_map(char::from_u32) {
        let text = format!("{character} A{character}\u{30c}");
        let once = token(&text);
        assert_eq!(token(&once), once, "{:x}", u32::from(character));
    }
}
