//! Prints a few rows: `cargo run -p demo --example rows -- 7`, where 7 is the seed.

fn main() {
    let seed = std::env::args().nth(1).and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(1);
    let world = demo::world(seed);
    println!(
        "{} offices, {} agents",
        world.offices.len(),
        world.agents.len()
    );
    for index in 0..3 {
        println!("{:#?}", demo::property(&world, seed, index));
        println!("{:#?}", demo::recipe(seed, index));
    }
}
