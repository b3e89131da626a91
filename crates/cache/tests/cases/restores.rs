//! Case 27: the database is restored from a backup and issues revisions a second time.

use crate::support::{Came::FromDatabase, Database, Node, Shelf, TestAsk, home, priced, rows};

/// Edits after the backup, which the restore undoes, and others in their place.
async fn check(lost: i64, reissued: i64) {
    let what = format!("{lost} revisions lost, {reissued} reissued");
    let database = Database::with_homes((0..4).map(|id| (id, 10 * id)));
    let shelf = Shelf::new();
    let asks: Vec<TestAsk> = (0..6)
        .map(home)
        .chain([priced(0..100), priced(25..100)])
        .collect();
    let node = Node::start(&database, &shelf).await;
    let backup = database.backup();
    for edit in 0..lost {
        database.put(edit % 3, 40 + edit);
        node.catch_up().await;
        for ask in &asks {
            node.ask(ask).await;
        }
    }
    database.restore(&backup);
    for edit in 0..reissued {
        database.put(5 - edit % 4, 70 + edit);
    }
    node.catch_up().await;
    assert_eq!(node.log.revision(), database.revision(), "{what}");
    let fresh = Node::start(&database, &shelf).await;
    for node in [&node, &fresh] {
        for ask in &asks {
            assert_eq!(
                rows(&node.ask(ask).await),
                &database.truth(ask),
                "{what}: {ask:?}"
            );
        }
    }
    // The node continues to follow the log.
    database.put(0, 99);
    node.catch_up().await;
    node.check(&home(0), FromDatabase).await;
}

#[tokio::test(start_paused = true)]
async fn case_27_fewer_revisions_than_before() {
    check(1, 0).await;
    check(5, 0).await;
    check(5, 3).await;
}

#[tokio::test(start_paused = true)]
async fn case_27_as_many_revisions_as_before() {
    check(1, 1).await;
    check(5, 5).await;
}

#[tokio::test(start_paused = true)]
async fn case_27_more_revisions_than_before() {
    check(1, 2).await;
    check(5, 9).await;
}
