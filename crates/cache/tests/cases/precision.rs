//! An edit touches what it changes, and nothing else.

use std::ops::Range;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::support::{
    Came::{FromDatabase, FromMemory},
    Database, HOMES, Node, RECIPES, Shelf, came, count, home, priced, recipes_priced, rows,
};

#[tokio::test(start_paused = true)]
async fn case_19_a_row_moves_from_one_filter_to_another() {
    let database = Database::with_homes([(1, 480), (2, 700)]);
    let shelf = Shelf::new();
    shelf.set_away(true);
    let node = Node::start(&database, &shelf).await;
    let touched = [
        priced(400..500),
        priced(500..600),
        count(400..500),
        count(500..600),
    ];
    let untouched = [priced(600..800), count(600..800)];
    for ask in touched.iter().chain(&untouched) {
        node.check(ask, FromDatabase).await;
    }
    database.put(1, 520);
    node.catch_up().await;
    for ask in &touched {
        node.check(ask, FromDatabase).await;
    }
    for ask in &untouched {
        node.check(ask, FromMemory).await;
    }
}

#[tokio::test(start_paused = true)]
async fn catalogues_do_not_touch_each_other() {
    let database = Database::with_homes([(1, 10)]);
    database.commit([(RECIPES, 1, Some(10))]);
    let shelf = Shelf::new();
    shelf.set_away(true);
    let node = Node::start(&database, &shelf).await;
    for (catalogue, homes, recipes) in [
        (HOMES, FromDatabase, FromMemory),
        (RECIPES, FromMemory, FromDatabase),
    ] {
        node.ask(&priced(0..100)).await;
        node.ask(&recipes_priced(0..100)).await;
        database.commit([(catalogue, 1, Some(20)), (catalogue, 2, Some(30))]);
        node.catch_up().await;
        node.check(&priced(0..100), homes).await;
        node.check(&recipes_priced(0..100), recipes).await;
    }
}

/// What an ask means, stated a second time, independently of its `Ask` implementation.
#[derive(Debug)]
enum Meaning {
    Priced(Range<i64>),
    Count(Range<i64>),
    Object(i64),
}

impl Meaning {
    fn is_about(&self, id: i64, prices: [Option<i64>; 2]) -> bool {
        match self {
            Self::Priced(range) | Self::Count(range) => prices
                .into_iter()
                .flatten()
                .any(|price| range.contains(&price)),
            Self::Object(object) => *object == id,
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_edit_touches_only_the_answers_that_it_affects() {
    let mut random = ChaCha8Rng::seed_from_u64(0x4ea7);
    let mut prices: Vec<Option<i64>> = (0..60)
        .map(|_| Some(random.random_range(0..1_000)))
        .collect();
    let database = Database::with_homes((0..).zip(prices.iter().flatten().copied()));
    let shelf = Shelf::new();
    shelf.set_away(true);
    let node = Node::start(&database, &shelf).await;
    let meanings: Vec<Meaning> = (0..200)
        .map(|n| match n {
            0..60 => Meaning::Object(n),
            _ => {
                let start = random.random_range(0..1_000);
                let range = start..start + random.random_range(1..200);
                if n % 2 == 0 {
                    Meaning::Priced(range)
                } else {
                    Meaning::Count(range)
                }
            }
        })
        .collect();
    let asks: Vec<_> = meanings
        .iter()
        .map(|meaning| match meaning {
            Meaning::Priced(range) => priced(range.clone()),
            Meaning::Count(range) => count(range.clone()),
            Meaning::Object(id) => home(*id),
        })
        .collect();
    for ask in &asks {
        node.ask(ask).await;
    }
    let mut touched = 0;
    for edit in 0..100 {
        let id = random.random_range(0..60);
        let after = random
            .random_bool(0.8)
            .then(|| random.random_range(0..1_000));
        let before = std::mem::replace(&mut prices[usize::try_from(id).unwrap()], after);
        database.commit([(HOMES, id, after)]);
        node.catch_up().await;
        for (ask, meaning) in asks.iter().zip(&meanings) {
            let answer = node.ask(ask).await;
            let what = format!("edit {edit} of {id}: {before:?} to {after:?}, {meaning:?}");
            assert_eq!(rows(&answer), &database.truth(ask), "{what}");
            let expected = meaning.is_about(id, [before, after]);
            assert_eq!(came(&answer) == FromDatabase, expected, "{what}");
            touched += usize::from(expected);
        }
    }
    assert!(
        (1_000..10_000).contains(&touched),
        "{touched} of 20,000 were touched"
    );
}
