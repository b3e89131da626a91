//! Everything together: nodes, edits, stopped loads, lagging and cut feeds, lost leases, a shared
//! tier that loses entries and restores old ones. Each answer must have been right at some revision
//! that its caller may be given: from the one that the node had applied when the caller arrived
//! (the database's, if the node had no lease) to the database's when it was answered.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::support::{Asking, Database, Gate, Node, Shelf, TestAsk, count, home, priced, rows};

/// A waiting caller, and the oldest revision that it may be given.
struct Waiting {
    ask: TestAsk,
    pending: Asking,
    oldest: u64,
}

impl Waiting {
    fn arrive(node: &Node, database: &Database, ask: TestAsk) -> Self {
        let oldest = if node.log.has_lease() {
            node.log.revision()
        } else {
            database.revision()
        };
        let (tiers, requested) = (node.tiers.clone(), ask.clone());
        Self {
            ask,
            pending: Box::pin(async move { tiers.answer(&requested).await }),
            oldest,
        }
    }

    async fn check(self, database: &Database, what: &str) {
        let answer = self.pending.await.unwrap();
        let newest = database.revision();
        let right = (self.oldest..=newest)
            .any(|revision| rows(&answer) == &database.truth_at(revision, &self.ask));
        let (ask, oldest) = (self.ask, self.oldest);
        assert!(
            right,
            "{what}: {ask:?} was answered {:?} of revision {}, which was not right in {oldest}..={newest}; {:?}",
            rows(&answer),
            answer.entry.stamp.revision,
            answer.trail,
        );
    }
}

async fn run(seed: u64) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let database = Database::with_homes((0..4).map(|id| (id, id * 10)));
    let shelf = Shelf::new();
    let mut nodes = Vec::new();
    for _ in 0..3 {
        nodes.push(Node::start(&database, &shelf).await);
    }
    let mut saved = shelf.snapshot();
    let mut waiting: Vec<Waiting> = Vec::new();
    let mut gates: Vec<Gate> = Vec::new();
    for step in 0..200 {
        let what = format!("seed {seed}, step {step}");
        let node = &nodes[random.random_range(0..nodes.len())];
        match random.random_range(0..20) {
            0..4 => database.put(random.random_range(0..5), random.random_range(0..50)),
            4 => database.delete(random.random_range(0..5)),
            5..12 => {
                let ask = match random.random_range(0..6) {
                    id @ 0..3 => home(id),
                    3 => count(5..25),
                    n => priced(n * 5..n * 5 + 10),
                };
                let mut caller = Waiting::arrive(node, &database, ask);
                // Callers that must wait are checked later.
                match futures::poll!(&mut caller.pending) {
                    std::task::Poll::Ready(answer) => {
                        caller.pending = Box::pin(async move { answer });
                        caller.check(&database, &what).await;
                    }
                    std::task::Poll::Pending => waiting.push(caller),
                }
            }
            12 => gates.push(database.stop_next_load()),
            13 => gates.push(shelf.stop_next_read()),
            14 if node.log.has_lease() => node.hold_feed(),
            14 => node.follow_again().await,
            15 => node.end_lease(),
            16 => node.follow_again().await,
            17 => saved = shelf.snapshot(),
            18 => shelf.restore(&saved),
            _ => {
                // Opens everything: all waiting callers are answered, in any order.
                gates.drain(..).for_each(Gate::open);
                while !waiting.is_empty() {
                    let next = waiting.swap_remove(random.random_range(0..waiting.len()));
                    next.check(&database, &what).await;
                }
            }
        }
    }
    gates.drain(..).for_each(Gate::open);
    for caller in waiting {
        caller
            .check(&database, &format!("seed {seed}, at the end"))
            .await;
    }
    for node in &nodes {
        node.follow_again().await;
        for ask in (0..5).map(home) {
            assert_eq!(
                rows(&node.ask(&ask).await),
                &database.truth(&ask),
                "seed {seed}, at last"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_answer_was_right_at_a_revision_that_its_caller_may_be_given() {
    for seed in 0..300 {
        run(seed).await;
    }
}
