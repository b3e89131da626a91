//! The trace of a normalization.
#![allow(missing_docs, unreachable_pub)]

#[path = "corpus/schemas.rs"]
mod schemas;

use normalizer::{Explanation, Rule, explain};
use schemas::PROPERTIES;

/// Each step on a line: number, name, parameter, before, after.
fn lines(explanation: &Explanation) -> Vec<String> {
    let steps = explanation.steps.iter().map(|step| {
        let (number, name) = (step.rule.number(), step.rule.name());
        format!(
            "{number} {name} {}: {} > {}",
            step.parameter, step.before, step.after
        )
    });
    steps.collect()
}

#[test]
fn every_rule_is_explained() {
    let raw = "utm_x=1&Beds=03&foo=1&limit=500&city=b,,San+Jose&page=1&q=pool&beds=3";
    let explanation = explain(&PROPERTIES, raw);
    assert_eq!(
        lines(&explanation),
        [
            "3 ignore utm_x: utm_x=1 > ",
            "1 decode bedrooms: Beds=03 > beds=03",
            "2 alias bedrooms: beds > bedrooms",
            "4 drop foo: foo=1 > ",
            "2 alias page_size: limit > page_size",
            "1 decode city: city=b,,San+Jose > city=b,,san jose",
            "2 alias bedrooms: beds > bedrooms",
            "5 value bedrooms: 03 > 3",
            "6 single bedrooms: 03 & 3 > 3",
            "4 drop city: city= > ",
            "5 value city: b,,san jose > b,san-jose",
            "7 default page: 1 > ",
            "6 single page_size: 500 > 100",
            "8 order : bedrooms=03&page_size=500&city=b,,san jose&page=1&q=pool&bedrooms=3 > \
             bedrooms=3&city=b,san-jose&page_size=100&q=pool",
            "9 bypass q: pool > not stored",
        ]
    );
    let canonical = explanation.result.map(|query| query.as_str().to_owned());
    assert_eq!(
        canonical.as_deref(),
        Ok("bedrooms=3&city=b,san-jose&page_size=100&q=pool")
    );
}

#[test]
fn canonical_text_needs_no_step() {
    let explanation = explain(&PROPERTIES, "bedrooms=3&city=a,b&sort=price");
    assert_eq!(lines(&explanation), Vec::<String>::new());
}

#[test]
fn rejections_are_the_last_step() {
    let explanation = explain(&PROPERTIES, "page=0&q=pool");
    assert_eq!(
        lines(&explanation),
        ["10 reject page: 0 > expected a whole number from 1 to 999999999999999"]
    );
    assert_eq!(explanation.steps[0].rule, Rule::Reject);
    assert!(explanation.result.is_err());
}
