//! Any bytes: no panic, and the result is its own canonical form.
//!
//! `cargo +nightly fuzz run normalize`, in `crates/normalizer`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use normalizer::{Query, explain, normalize, normalize_bytes};

#[path = "../../tests/corpus/schemas.rs"]
mod schemas;

fuzz_target!(|bytes: &[u8]| {
    for schema in [&schemas::PROPERTIES, &schemas::RECIPES] {
        let result = normalize_bytes(schema, bytes);
        assert_eq!(
            explain(schema, &String::from_utf8_lossy(bytes)).result,
            result
        );
        let Ok(query) = result else { continue };
        assert_eq!(normalize(schema, query.as_str()).as_ref(), Ok(&query));
        assert!(query.key().len() <= 200);
        assert_eq!(
            normalize(schema, query.filters().as_str()),
            Ok(query.filters())
        );
        let empty = Query::all(schema);
        for (name, value) in query.pairs() {
            // Each value of a query is valid in a link, alone.
            assert!(
                empty
                    .with(name, value)
                    .is_ok_and(|link| link.value(name) == Some(value))
            );
        }
    }
});
