//! How a query becomes its key: `cargo run -p normalizer --example keys -- 'diet=VEGAN&page=1'`.

use normalizer::{Parameter, Schema, explain};

static RECIPES: Schema = Schema {
    catalogue: "recipes",
    version: 1,
    parameters: &[
        Parameter::tokens("cuisine"),
        Parameter::tokens("diet"),
        Parameter::integer("max_prep_time", 1, 10_000),
    ],
    ranges: &[],
}
.checked();

fn main() {
    let raw = std::env::args().nth(1);
    let raw =
        raw.unwrap_or_else(|| "diet=VEGAN&cuisine[]=Italian&page=1&utm_source=mail".to_owned());
    let explanation = explain(&RECIPES, &raw);
    for step in &explanation.steps {
        let (number, rule) = (step.rule.number(), step.rule.name());
        println!(
            "{number:>2} {rule:<8} {:<12} {} -> {}",
            step.parameter, step.before, step.after
        );
    }
    match explanation.result {
        Ok(query) => println!("{}", query.key()),
        Err(rejection) => println!("{rejection}"),
    }
}
