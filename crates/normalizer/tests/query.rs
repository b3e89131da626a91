//! Reading a query, making links from it, and its keys.
#![allow(missing_docs, unreachable_pub)]

#[path = "corpus/schemas.rs"]
mod schemas;

use normalizer::{Decimal, Query, View, normalize, object_key, view};
use schemas::{PROPERTIES, RECIPES};

fn query(raw: &str) -> Query {
    normalize(&PROPERTIES, raw).expect("the query is valid")
}

#[test]
fn values_have_their_defaults() {
    let all = Query::all(&PROPERTIES);
    assert_eq!(all, query("status=active&page=1"));
    assert!(all.set("city").is_empty());
    assert!(all.set("status").eq(["active"]));
    assert_eq!(all.number("min_price"), Decimal::parse("0"));
    assert_eq!(all.number("max_price"), None);
    assert_eq!(all.integer("bedrooms"), Some(0));
    assert_eq!(all.choice("sort"), Some("-created_at"));
    assert_eq!(all.text("q"), None);
    assert_eq!((all.page(), all.page_size(), all.offset()), (1, 20, 0));
    assert!(!all.is_set("status") && !all.is_bypass());
}

#[test]
fn values_are_decoded() {
    let query = query("city=San+Jos%C3%A9,Austin&baths=1.5&q=a%26b&page=3&status=any&limit=50");
    assert!(query.set("city").eq(["austin", "san-jose"]));
    assert!(query.set("city").contains("austin") && !query.set("city").contains("san"));
    assert!(query.set("status").is_empty() && query.is_set("status"));
    assert_eq!(
        query.number("bathrooms").map(|baths| baths.ceil_times(2)),
        Some(3)
    );
    assert_eq!(query.integer("bathrooms"), None);
    assert_eq!(query.text("q"), Some("a&b"));
    assert_eq!(
        (query.page(), query.page_size(), query.offset()),
        (3, 50, 100)
    );
    assert!(query.is_bypass());
    let pairs: Vec<_> = query
        .pairs()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let expected = "bathrooms=1.5 city=austin,san-jose page=3 page_size=50 q=a&b status=any";
    assert_eq!(pairs.join(" "), expected);
}

#[test]
fn unknown_names_have_no_value() {
    let query = query("city=austin");
    assert!(query.set("nothing").is_empty() && query.set("sort").is_empty());
    assert_eq!(
        (query.number("nothing"), query.number("city")),
        (None, None)
    );
    assert_eq!(query.with("nothing", "x"), Ok(query.clone()));
    assert_eq!(query.without("nothing"), query);
    assert_eq!(query.toggled("sort", "price"), query);
}

#[test]
fn links_return_to_page_one() {
    let start = query("city=austin&page=3&q=pool");
    let check = |link: Query, expected: &str| assert_eq!(link.as_str(), expected);
    check(
        start.with("beds", "3").unwrap(),
        "bedrooms=3&city=austin&q=pool",
    );
    check(
        start.with("city", "San José, Dallas").unwrap(),
        "city=dallas,san-jose&q=pool",
    );
    check(
        start.with("page", "4").unwrap(),
        "city=austin&page=4&q=pool",
    );
    check(start.with("city", "").unwrap(), "q=pool");
    check(
        start.with("q", "50% off").unwrap(),
        "city=austin&q=50%25%20off",
    );
    check(start.without("search"), "city=austin");
    check(start.without("page"), "city=austin&q=pool");
    check(start.at_page(1), "city=austin&q=pool");
    check(start.at_page(0), "city=austin&q=pool");
    check(
        start.at_page(u64::MAX),
        "city=austin&page=999999999999999&q=pool",
    );
    check(
        query("city=a&page=2&limit=50&sort=price&q=x").filters(),
        "city=a&q=x",
    );
    assert!(start.with("beds", "many").is_err());
    assert_eq!(
        start.without("q").url("/properties"),
        "/properties?city=austin"
    );
    assert_eq!(Query::all(&PROPERTIES).url("/properties"), "/properties");
}

#[test]
fn toggling_starts_from_the_set_in_effect() {
    let check = |raw: &str, name: &str, element: &str, expected: &str| {
        assert_eq!(
            query(raw).toggled(name, element).as_str(),
            expected,
            "{raw}: {name} {element}"
        );
    };
    check("page=2", "city", "San José", "city=san-jose");
    check("city=austin,dallas", "city", "Austin", "city=dallas");
    check("city=austin", "city", "austin", "");
    check("", "city", "Washington, D.C.", "city=washington-d.c.");
    check("", "type", "HOUSE", "property_type=house");
    check("", "type", "castle", "");
    check("", "city", "", "");
    check("", "city", &"a".repeat(101), "");
    // The default is part of the set in effect.
    check("", "status", "sold", "status=active,sold");
    check("status=sold", "status", "active", "status=active,sold");
    check("status=active,sold", "status", "sold", "");
    // Nothing ticked means no restriction.
    check("", "status", "active", "status=any");
    check("status=any", "status", "sold", "status=sold");
    check("status=sold", "status", "any", "status=any");
    check("status=any", "status", "any", "");
}

#[test]
fn keys_stay_readable() {
    assert_eq!(Query::all(&PROPERTIES).key(), "hearth:properties:v1:");
    assert_eq!(
        query("city=Austin&page=1").key(),
        "hearth:properties:v1:city=austin"
    );
    assert_eq!(
        query("city=austin").key_of("facets"),
        "hearth:properties:v1:@facets:city=austin"
    );
    assert_eq!(
        object_key(&PROPERTIES, 42),
        "hearth:properties:v1:@object:42"
    );
    assert_eq!(
        object_key(&RECIPES, i64::MIN),
        "hearth:recipes:v1:@object:-9223372036854775808"
    );
}

#[test]
fn long_keys_end_in_a_hash() {
    // 26 bytes of prefix and name before the value.
    let of =
        |length: usize| query(&format!("city={},{}", "a".repeat(99), "b".repeat(length))).key();
    assert_eq!((of(74).len(), of(75).len()), (200, 193));
    let (one, other) = (of(99), of(98));
    assert_eq!(
        one[..161],
        format!(
            "hearth:properties:v1:city={},{}~",
            "a".repeat(99),
            "b".repeat(34)
        )
    );
    assert_ne!(one[161..], other[161..]);
    assert!(
        one[161..]
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    );
    // Computed by another implementation of XXH3-128; keys outlive processes and versions.
    assert!(one.ends_with("~824469d3248e159dd5e6d4b58c1f1be5"), "{one}");
    let long = query(&format!("city={},{}", "a".repeat(99), "b".repeat(74)));
    assert_eq!(long.key_of("facets").len(), 193);
}

#[test]
fn messages_name_the_parameter() {
    let check = |raw: &str, expected: &str| {
        assert_eq!(
            normalize(&PROPERTIES, raw).unwrap_err().to_string(),
            expected
        );
    };
    check(
        "beds=abc",
        "bedrooms=abc: expected a whole number from 0 to 100",
    );
    check(
        "min_price=1e5",
        "min_price=1e5: expected an amount from 0 to 1000000000000, such as 450000, 450,000 or 450k, \
         of at most 15 digits",
    );
    check(
        "page_size=0",
        "page_size=0: expected a whole number of at least 1",
    );
    check(
        "min_price=5&max_price=3",
        "min_price=5: expected at most max_price=3",
    );
    check(
        "status=evil",
        "status=evil: expected any of active, pending, sold, any",
    );
    check(
        "bedrooms=3&beds=2&beds=2.5e",
        "bedrooms=2.5e: expected a whole number from 0 to 100",
    );
    check(
        "bedrooms=3&beds=2&beds=03",
        "bedrooms=2, 3: expected one value",
    );
    check(
        "sort=evil&page=0",
        "page=0: expected a whole number from 1 to 999999999999999; \
        sort=evil: expected one of -created_at, created_at, price, -price, -view_count",
    );
    let long = format!("city={}", "北".repeat(101));
    check(
        &long,
        &format!("city={}…: expected at most 100 characters", "北".repeat(60)),
    );
    let rejection = normalize(&PROPERTIES, "page=0").unwrap_err();
    assert!(rejection.error("page").is_some() && rejection.error("sort").is_none());
}

#[test]
fn the_view_is_not_part_of_the_query() {
    let check = |raw: &str, expected: View| assert_eq!(view(raw), expected, "{raw}");
    check("", View::Grid);
    check("city=austin&View=+LIST", View::List);
    check("view=list&view=list", View::List);
    check("view=list&view=grid", View::Grid);
    check("view=grid&view=list", View::Grid);
    check("view=mosaic", View::Grid);
    assert_eq!(query("view=list"), Query::all(&PROPERTIES));
}
