//! Turns a raw query string into the one canonical query that means the same, and into its cache
//! key.
//!
//! Requests that mean the same share one answer only if they have the same key. This crate builds
//! the key, and is compiled into both the browser's WebAssembly and every server, so that they
//! cannot disagree. It is pure: no I/O, no clock, no state.
//!
//! [`normalize`](normalize()) is total (it accepts any text and never panics), idempotent
//! (canonical text is its own canonical form), independent of the order of parameters, and takes
//! time linear in the length of the text, except for sorting. [`explain`](explain()) does the same
//! and reports each step.
//!
//! # The rules
//!
//! 1. **Decode.** Split at `&` and at the first `=`. Decode percent escapes and `+` once; an
//!    invalid `%` stays as it is, invalid UTF-8 is replaced. NFKC; names, tokens and choices in
//!    lower case and without the accents of Latin letters ([`fold`](fold())); trim. `name[]` is
//!    `name`.
//! 2. **Alias.** Other names for the same parameter; `limit` is `page_size` and `search` is `q` in
//!    every schema.
//! 3. **Ignore.** `_`, `timestamp`, `csrftoken`, `utm_*`, `gclid`, `fbclid`, `msclkid` and `ref`
//!    do not affect the answer; nor does `view`, which [`view`](view()) reads.
//! 4. **Drop.** Empty values, `null` and `undefined`, in sets element by element; in any letter
//!    case, except in texts. Unknown parameters, so that invented ones cannot flood the caches.
//! 5. **Value.** In a *token*, each run of white space, `_` and `-` becomes one `-`. A *set* is
//!    split at commas after decoding, may be repeated, and is sorted bytewise without repeats;
//!    after that it may have at most 50 elements, of at most 100 characters each. A *number* has
//!    decimal digits with an optional sign and fraction, at most 15 digits as written, and is
//!    spelled without plus, leading zeros and trailing fraction zeros; an *integer* is a number
//!    whose fraction is zero. *Money* is a number that may start with `$`, have separators of
//!    thousands (comma, space, apostrophe) where thousands stand, and end in `k` or `m`. A *choice*
//!    is one word from a list. Of tokens that are declared as synonyms, one is used.
//! 6. **Single.** A parameter with one value may be repeated only with the same meaning. A
//!    `page_size` over 100 becomes 100.
//! 7. **Default.** Defaults are dropped last, sets compared as a whole. The word that lifts a
//!    restriction absorbs all others.
//! 8. **Order.** Sorted by name; everything but RFC 3986's unreserved characters and `,` is
//!    encoded, in upper-case hexadecimal.
//! 9. **Bypass.** A request with a value for `q`, `random` or `preview` is answered but never
//!    stored. The canonical text contains the value, so links preserve it.
//! 10. **Reject.** An invalid value causes a [`Rejection`] that names every invalid parameter, its
//!     value and what was expected, even if the request would bypass.
//!
//! Each rule by example:
//!
//! ```
//! use normalizer::{Parameter, Schema, normalize};
//!
//! static HOMES: Schema = Schema {
//!     catalogue: "homes",
//!     version: 1,
//!     parameters: &[
//!         Parameter::integer("bedrooms", 0, 100).default("0").alias(&["beds"]),
//!         Parameter::tokens("city"),
//!         Parameter::money("max_price", 0, 1_000_000_000_000),
//!         Parameter::money("min_price", 0, 1_000_000_000_000).default("0"),
//!         Parameter::tokens("state").synonyms(&[("tx", "texas")]),
//!         Parameter::choice("sort", &["-created_at", "price"]).default("-created_at"),
//!         Parameter::choices("status", &["active", "sold"]).any("any").default("active"),
//!     ],
//!     ranges: &[("min_price", "max_price")],
//! }
//! .checked();
//!
//! fn check(raw: &str, canonical: &str) {
//!     assert_eq!(normalize(&HOMES, raw).unwrap().as_str(), canonical);
//! }
//! fn wrong(raw: &str, message: &str) {
//!     assert_eq!(normalize(&HOMES, raw).unwrap_err().to_string(), message);
//! }
//!
//! // 1. Decode
//! check("CITY=S%C3%A3o+Paulo", "city=sao-paulo");
//! check("city[]=ＡＵＳＴＩＮ", "city=austin");
//! check("city=100%", "city=100%25");
//!
//! // 2. Alias
//! check("beds=3&limit=50", "bedrooms=3&page_size=50");
//!
//! // 3. Ignore
//! check("utm_source=mail&_=17&view=list&city=austin", "city=austin");
//!
//! // 4. Drop
//! check("city=,null,austin&bedrooms=&colour=red", "city=austin");
//!
//! // 5. Value
//! check("city=San+Jose&city=austin,san__jose", "city=austin,san-jose");
//! check("max_price=+0500000.00", "max_price=500000");
//! check("max_price=.5&bedrooms=3.0", "bedrooms=3&max_price=0.5");
//! check("min_price=$450k&max_price=1,250,000", "max_price=1250000&min_price=450000");
//! check("state=TX&state=texas", "state=texas");
//!
//! // 6. Single
//! check("page=2&page=02&page_size=500", "page=2&page_size=100");
//! wrong("page=2&page=3", "page=2, 3: expected one value");
//!
//! // 7. Default
//! check("page=1&status=active&min_price=0&sort=-created_at", "");
//! check("status=sold,active", "status=active,sold");
//! check("status=sold,any", "status=any");
//!
//! // 8. Order
//! check("sort=price&city=a%2fb,c", "city=a%2Fb,c&sort=price");
//!
//! // 9. Bypass
//! let query = normalize(&HOMES, "q=pool&city=austin").unwrap();
//! assert!(query.is_bypass());
//! assert_eq!(query.as_str(), "city=austin&q=pool");
//!
//! // 10. Reject
//! wrong("bedrooms=many&q=pool", "bedrooms=many: expected a whole number from 0 to 100");
//! wrong("min_price=5&max_price=3", "min_price=5: expected at most max_price=3");
//! ```
//!
//! # Keys
//!
//! [`Query::key`] is `hearth:{catalogue}:v{version}:{canonical text}`, [`Query::key_of`] is the key
//! of another kind of answer, [`object_key`] that of one row. Long keys end in a hash.
//!
//! # Errors
//!
//! There is only one: [`Rejection`]. Everything else is made canonical or dropped.
//!
//! # Sources
//!
//! - [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986) section 2: percent encoding, unreserved characters;
//!   [the URL standard](https://url.spec.whatwg.org/#urlencoded-parsing): `+`, and `&` before `=`.
//! - [UAX #15](https://www.unicode.org/reports/tr15/): NFKC. It is applied twice,
//!   because lower-casing can undo it.
//! - [XXH3](https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md): the hash of long keys.

#![forbid(unsafe_code)]

mod decimal;
mod explain;
mod links;
mod normalize;
mod query;
mod rejection;
mod schema;
mod text;
mod trace;
mod view;

pub use decimal::Decimal;
pub use explain::{Explanation, explain};
pub use normalize::{is_canonical, normalize, normalize_bytes};
pub use query::{Query, Set, object_key};
pub use rejection::{ParameterError, Rejection};
pub use schema::{COMMON, Kind, Parameter, Schema, Synonyms};
pub use text::{fold, token};
pub use trace::{Rule, Step};
pub use view::{View, view};
