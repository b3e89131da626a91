//! Callers that share a load, and callers that must not.

use cache::Failure;

use crate::support::{
    Asking,
    Came::{FromDatabase, FromMemory},
    Database, Gate, Node, Shelf, came, home, priced, rows,
};

async fn fifty_callers(node: &Node, ask: &crate::support::TestAsk) -> Vec<Asking> {
    let mut callers = Vec::new();
    for _ in 0..50 {
        callers.push(node.begin(ask).await);
    }
    callers
}

#[tokio::test(start_paused = true)]
async fn fifty_callers_of_a_cold_key_make_one_load() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let ask = priced(0..100);
    let gate = database.stop_next_load();
    let callers = fifty_callers(&node, &ask).await;
    gate.open();
    let mut joined = 0;
    for caller in callers {
        let answer = caller.await.unwrap();
        assert_eq!(rows(&answer), &database.truth(&ask));
        joined += usize::from(answer.trail.joined);
    }
    assert_eq!((database.loads(), joined), (1, 49));
}

#[tokio::test]
async fn fifty_tasks_on_many_threads_make_one_load() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_time()
        .build()
        .unwrap();
    let mut gate = database.stop_next_load();
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let tiers = node.tiers.clone();
            runtime.spawn(async move {
                tiers
                    .answer(&home(1))
                    .await
                    .map(|answer| answer.trail.joined)
            })
        })
        .collect();
    gate.reached().await;
    gate.open();
    for caller in callers {
        caller.await.unwrap().unwrap();
    }
    // Callers that came too late for the load found its answer in memory.
    assert_eq!(database.loads(), 1);
    runtime.shutdown_background();
}

/// What happened between the start of a load and the arrival of the second caller.
struct Between {
    what: &'static str,
    edited: i64,
    heard: bool,
    loads: usize,
}

#[tokio::test(start_paused = true)]
async fn case_05_a_caller_after_the_change_joins_a_load_from_before_it() {
    let cases = [
        Between {
            what: "a change that touches it",
            edited: 1,
            heard: true,
            loads: 2,
        },
        Between {
            what: "another row's change",
            edited: 2,
            heard: true,
            loads: 1,
        },
        Between {
            what: "a change not acknowledged yet",
            edited: 1,
            heard: false,
            loads: 1,
        },
    ];
    for Between {
        what,
        edited,
        heard,
        loads,
    } in cases
    {
        let database = Database::with_homes([(1, 10), (2, 20)]);
        let node = Node::start(&database, &Shelf::new()).await;
        let ask = home(1);
        let mut gate = database.stop_next_load();
        let early = node.begin(&ask).await;
        gate.reached().await;
        node.hold_feed();
        database.put(edited, 50);
        if heard {
            node.follow_again().await;
        }
        let late = node.begin(&ask).await;
        gate.open();
        assert_eq!(
            rows(&early.await.unwrap()),
            &database.truth_at(1, &ask),
            "{what}"
        );
        let late = late.await.unwrap();
        let revision = if heard { 2 } else { 1 };
        assert_eq!(rows(&late), &database.truth_at(revision, &ask), "{what}");
        assert_eq!(database.loads(), loads, "{what}");
    }
}

#[tokio::test(start_paused = true)]
async fn case_32_a_joined_load_from_before_the_change_on_a_node_that_is_cut_off() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let ask = home(1);
    let mut gate = database.stop_next_load();
    let early = node.begin(&ask).await;
    gate.reached().await;
    node.end_lease();
    // The editor waited for the lease to end, so this is acknowledged, although the node has not
    // seen it.
    database.put(1, 11);
    let late = node.begin(&ask).await;
    gate.open();
    early.await.unwrap();
    assert_eq!(rows(&late.await.unwrap()), &database.truth(&ask));
    assert_eq!(database.loads(), 2);
}

#[tokio::test(start_paused = true)]
async fn case_32_callers_that_cannot_use_the_load_share_the_next_one() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let ask = home(1);
    let mut gate = database.stop_next_load();
    let early = node.begin(&ask).await;
    gate.reached().await;
    node.end_lease();
    database.put(1, 11);
    let late = fifty_callers(&node, &ask).await;
    gate.open();
    early.await.unwrap();
    for answer in futures::future::join_all(late).await {
        assert_eq!(rows(&answer.unwrap()), &database.truth(&ask));
    }
    assert_eq!(database.loads(), 2);
}

/// Two callers wait for one load. The first arrived with a lease, the second without one and after
/// another change. When the load turns out too old for both, the first starts the next flight and
/// the second joins it. That flight must validate answers for its own start, not for the first
/// caller's arrival.
#[tokio::test(start_paused = true)]
async fn case_32_a_flight_started_by_a_caller_from_before_the_change() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let (node, other) = (
        Node::start(&database, &shelf).await,
        Node::start(&database, &shelf).await,
    );
    let ask = home(1);
    let mut gate = database.stop_next_load();
    let first = node.begin(&ask).await;
    gate.reached().await;
    database.put(1, 11);
    node.catch_up().await;
    other.catch_up().await;
    other.check(&ask, FromDatabase).await;
    let shared = shelf.snapshot();

    let with_lease = node.begin(&ask).await;
    node.end_lease();
    database.put(1, 12);
    let without_lease = node.begin(&ask).await;
    gate.open();
    first.await.unwrap();
    shelf.restore(&shared);
    let (earlier, later) = futures::join!(with_lease, without_lease);
    earlier.unwrap();
    assert_eq!(rows(&later.unwrap()), &database.truth(&ask));
}

#[tokio::test(start_paused = true)]
async fn case_08_the_load_continues_when_the_client_leaves() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let ask = home(1);
    let mut gate = database.stop_next_load();
    let leaving = node.begin(&ask).await;
    let staying = node.begin(&ask).await;
    gate.reached().await;
    drop(leaving);
    gate.open();
    assert_eq!(rows(&staying.await.unwrap()), &database.truth(&ask));
    node.check(&ask, FromMemory).await;
    assert_eq!(database.loads(), 1);
}

/// Makes a load fail that fifty callers wait for; returns their failures.
async fn end_badly(
    node: &Node,
    database: &Database,
    end: fn(Gate),
) -> Vec<Failure<crate::support::Broken>> {
    let ask = home(1);
    let mut gate = database.stop_next_load();
    let callers = fifty_callers(node, &ask).await;
    gate.reached().await;
    end(gate);
    let mut failures = Vec::new();
    for caller in callers {
        failures.push(caller.await.err().expect("the load ended badly"));
    }
    assert_eq!(database.loads(), 1, "they did not each retry");
    node.check(&ask, FromDatabase).await;
    assert_eq!(database.loads(), 2, "the next caller loads again");
    failures
}

#[tokio::test(start_paused = true)]
async fn case_08_a_panic_of_the_load_reaches_all_waiting_callers_and_no_others() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let failures = end_badly(&node, &database, Gate::panic).await;
    assert!(
        failures
            .iter()
            .all(|failure| matches!(failure, Failure::Interrupted))
    );
}

#[tokio::test(start_paused = true)]
async fn case_09_an_error_of_the_load_is_shared_and_not_stored() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let failures = end_badly(&node, &database, Gate::fail).await;
    assert!(
        failures
            .iter()
            .all(|failure| matches!(failure, Failure::Origin(_)))
    );
}

#[tokio::test(start_paused = true)]
async fn two_asks_under_one_shortened_key_do_not_share_a_load() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let (one, two) = (home(1).under_key("short~0"), home(2).under_key("short~0"));
    let mut gate = database.stop_next_load();
    let first = node.begin(&one).await;
    let second = node.begin(&two).await;
    gate.reached().await;
    gate.open();
    assert_eq!(rows(&first.await.unwrap()), &database.truth(&one));
    let second = second.await.unwrap();
    assert_eq!(rows(&second), &database.truth(&two));
    assert_eq!(came(&second), FromDatabase);
}
