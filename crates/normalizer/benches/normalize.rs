//! What a canonical query costs: `cargo bench -p normalizer`.
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use normalizer::{Parameter, Schema, normalize};

/// The same number and kinds of parameters as for homes.
static SCHEMA: Schema = Schema {
    catalogue: "properties",
    version: 1,
    parameters: &[
        Parameter::tokens("city"),
        Parameter::tokens("state"),
        Parameter::choices("property_type", &["condo", "house", "loft"]).alias(&["type"]),
        Parameter::choices("status", &["active", "pending", "sold"])
            .any("any")
            .default("active"),
        Parameter::money("min_price", 0, 1_000_000_000_000).default("0"),
        Parameter::money("max_price", 0, 1_000_000_000_000),
        Parameter::integer("bedrooms", 0, 100)
            .default("0")
            .alias(&["beds"]),
        Parameter::number("bathrooms", 0, 100).default("0"),
        Parameter::choice("sort", &["-created_at", "price", "-price"]).default("-created_at"),
    ],
    ranges: &[("min_price", "max_price")],
};

fn queries(c: &mut Criterion) {
    let mut group = c.benchmark_group("normalize six parameters");
    for (name, raw) in [
        (
            "already canonical",
            "bedrooms=2&city=austin&max_price=750000&min_price=250000&property_type=house&sort=price",
        ),
        (
            "typical",
            "city=Austin&type=house&min_price=250000&max_price=750000&beds=2&sort=price",
        ),
        (
            "untidy",
            "type=loft,House&page=1&city=Austin&city=San%20Francisco&min_price=0250000.00&search=&utm_source=x",
        ),
    ] {
        assert!(normalize(&SCHEMA, raw).is_ok(), "{raw}");
        group.bench_function(name, |b| {
            b.iter(|| normalize(&SCHEMA, black_box(raw)).is_ok())
        });
    }
    group.finish();
}

criterion_group!(benches, queries);
criterion_main!(benches);
