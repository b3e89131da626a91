//! Properties that must hold for every query.
#![allow(missing_docs, unreachable_pub)]

mod dice;
mod meaning;
#[path = "../corpus/schemas.rs"]
mod schemas;
mod spelling;

use normalizer::{Query, explain, is_canonical, normalize, normalize_bytes, token};
use proptest::prelude::*;

use dice::Dice;
use meaning::Meaning;
use schemas::{PROPERTIES, RECIPES};

/// Texts made of typical pieces of queries, so that most of them reach deep into the rules.
fn raw() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "city",
        "City[]",
        "status",
        "any",
        "active",
        "sold",
        "min_price",
        "max_price",
        "bedrooms",
        "beds",
        "q",
        "search",
        "page",
        "page_size",
        "limit",
        "sort",
        "-price",
        "random",
        "view",
        "utm_x",
        "null",
        "undefined",
        "=",
        "=",
        "=",
        "=",
        "&",
        "&",
        "&",
        "&",
        ",",
        "+",
        "-",
        "_",
        "%",
        "%2",
        "%2C",
        "%26",
        "%C3%A9",
        "%FF",
        "%CC%81",
        "%00",
        "0",
        "1",
        "5",
        ".",
        "100",
        "é",
        "É",
        "\u{301}",
        "İ",
        "Σ",
        "ﬁ",
        "ǰ",
        "J\u{30c}",
        "\u{a0}",
        "，",
        "a",
        "A",
        " ",
        "\t",
    ];
    let piece = prop_oneof![
        9 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn assert_canonical(query: &Query) {
    let again = normalize(query.schema(), query.as_str());
    assert_eq!(again.as_ref().map(Query::as_str), Ok(query.as_str()));
    assert_eq!(again.as_ref(), Ok(query));
    // The values are found again too, not only the text.
    assert!(again.iter().flat_map(Query::pairs).eq(query.pairs()));
    assert!(is_canonical(query.schema(), query.as_str()));
    assert!(query.key().len() <= 200);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for schema in [&PROPERTIES, &RECIPES] {
            if let Ok(query) = normalize_bytes(schema, &bytes) {
                assert_canonical(&query);
            }
        }
    }

    #[test]
    fn canonical_text_is_unchanged(raw in raw()) {
        for schema in [&PROPERTIES, &RECIPES] {
            if let Ok(query) = normalize(schema, &raw) {
                assert_canonical(&query);
            }
        }
    }

    #[test]
    fn order_does_not_matter(raw in raw(), seed in any::<u64>()) {
        let mut pairs: Vec<&str> = raw.split('&').collect();
        Dice::new(seed).shuffle(&mut pairs);
        // Nor does it for rejections.
        prop_assert_eq!(normalize(&PROPERTIES, &raw), normalize(&PROPERTIES, &pairs.join("&")));
    }

    #[test]
    fn explaining_changes_nothing(raw in raw()) {
        prop_assert_eq!(explain(&PROPERTIES, &raw).result, normalize(&PROPERTIES, &raw));
    }

    #[test]
    fn tokens_are_their_own_tokens(text in any::<String>()) {
        let token_of_text = token(&text);
        prop_assert_eq!(&token(&token_of_text), &token_of_text);
    }

    #[test]
    fn a_city_is_found_by_its_token(text in "[\\PC ]{1,20}") {
        let token = token(&text);
        prop_assume!(!matches!(&*token, "" | "null" | "undefined"));
        let query = Query::all(&PROPERTIES).with("city", &token);
        prop_assume!(query.is_ok());
        prop_assert!(query.is_ok_and(|query| query.set("city").eq([&*token])));
    }

    #[test]
    fn spelling_does_not_matter(meaning in meaning::any_meaning(), seed in any::<u64>()) {
        let raw = spelling::spell(&meaning, &mut Dice::new(seed));
        let plain = normalize(&PROPERTIES, &meaning.plainly());
        prop_assert_eq!(normalize(&PROPERTIES, &raw), plain, "{}", raw);
    }

    #[test]
    fn keys_are_equal_if_and_only_if_meanings_are(
        (one, other) in meaning::any_two(),
        seeds in any::<(u64, u64)>(),
    ) {
        let key = |meaning: &Meaning, seed| {
            let raw = spelling::spell(meaning, &mut Dice::new(seed));
            normalize(&PROPERTIES, &raw).map(|query| query.key())
        };
        let (first, second) = (key(&one, seeds.0), key(&other, seeds.1));
        prop_assert!(first.is_ok() && second.is_ok());
        prop_assert_eq!(first == second, one == other);
    }

    #[test]
    fn links_are_canonical(
        meaning in meaning::any_meaning(),
        name in prop::sample::select(&["city", "type", "status", "bedrooms", "q", "sort", "page", "x"][..]),
        value in prop_oneof![raw(), prop::sample::select(&["a,b", "sold", "any", "3", "price"][..]).prop_map(str::to_owned)],
        page in any::<u64>(),
    ) {
        let query = normalize(&PROPERTIES, &meaning.plainly()).unwrap();
        let links = [query.without(name), query.toggled(name, &value), query.at_page(page), query.filters()];
        for link in links.iter().chain(&query.with(name, &value)) {
            assert_canonical(link);
        }
        let canonical_page = query.at_page(page).page();
        prop_assert_eq!(canonical_page, page.clamp(1, 999_999_999_999_999));
    }

    #[test]
    fn toggling_twice_changes_nothing(meaning in meaning::any_meaning(), city in "[a-z]{1,5}") {
        let query = normalize(&PROPERTIES, &meaning.plainly()).unwrap().at_page(1);
        prop_assert_eq!(query.toggled("city", &city).toggled("city", &city), query);
    }
}
