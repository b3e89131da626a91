//! Why an answer was not a hit: each reason is caused, and is then the same in the trail, in the
//! journal and in what a watcher is told.

use std::{sync::Arc, time::Duration};

use cache::{
    Decision, Failure, Filter, LINES_A_SECOND, MemoryStep, Reason, Settings, SharedStep, Tail,
    Tier, Verdict,
};

use crate::support::{Database, HOMES, Node, Shelf, TestAsk, home, priced};

/// The reasons of the memory tier and of the shared tier, by name.
type Reasons = (Option<&'static str>, Option<&'static str>);

fn reasons(trail: &cache::Trail) -> Reasons {
    let memory = match &trail.memory {
        MemoryStep::Miss(reason) => Some(reason.name()),
        MemoryStep::Hit | MemoryStep::HitWhileRefreshed => None,
    };
    let shared = match &trail.shared {
        Some(SharedStep::Miss { reason, .. } | SharedStep::Collapsed(reason)) => {
            Some(reason.name())
        }
        Some(SharedStep::Hit) | None => None,
    };
    (memory, shared)
}

/// What a watcher has been told so far.
fn told(tail: &mut Tail) -> Vec<Arc<Decision>> {
    std::iter::from_fn(|| tail.waiting()).collect()
}

/// Looks and asks, and checks the reasons in what was seen, in trail, journal and tail.
async fn check(node: &Node, ask: &TestAsk, expect: Reasons) {
    let journal = node.tiers.journal();
    let mut tail = journal.watch(Filter::default()).unwrap();
    let seen = node.tiers.see_memory(ask).reason;
    assert_eq!(seen.as_ref().map(Reason::name), expect.0, "{ask:?}");
    let answer = node.ask(ask).await;
    assert_eq!(reasons(&answer.trail), expect, "{ask:?}");
    let lines = told(&mut tail);
    let said = |tier| {
        let line = lines
            .iter()
            .find(|line| line.tier == tier && line.reason.is_some());
        line.and_then(|line| Some(line.reason.as_ref()?.name()))
    };
    assert_eq!(
        (said(Tier::Memory), said(Tier::Shared)),
        expect,
        "{lines:?}"
    );
    if expect.0.is_some() {
        let last = journal.last_miss(lines[0].key.as_ref()).unwrap();
        assert_eq!(last.trail, answer.trail);
    } else {
        assert!(lines.iter().any(|line| line.verdict == Verdict::Hit));
    }
}

#[tokio::test(start_paused = true)]
async fn cold_then_a_hit_then_touched_by_a_revision() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let node = Node::start(&database, &Shelf::new()).await;
    check(&node, &home(1), (Some("cold"), Some("cold"))).await;
    check(&node, &home(1), (None, None)).await;
    database.put(2, 21);
    node.catch_up().await;
    check(&node, &home(1), (None, None)).await;
    database.put(1, 11);
    node.catch_up().await;
    check(&node, &home(1), (Some("touched"), Some("touched"))).await;
    let last = node.tiers.journal().recent(&Filter {
        reason: Some("touched"),
        ..Filter::default()
    });
    let touched = last[0].reason.as_ref().and_then(Reason::touched).unwrap();
    let revision = database.revision();
    assert_eq!(
        (touched.revision, touched.catalogue, touched.id),
        (revision, HOMES, Some(1))
    );
}

#[tokio::test(start_paused = true)]
async fn without_a_lease_nobody_can_tell() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    node.ask(&home(1)).await;
    node.end_lease();
    check(&node, &home(1), (Some("no-lease"), Some("no-lease"))).await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_from_before_a_restored_backup_is_unknown_to_the_log() {
    let database = Database::with_homes([(1, 10)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let backup = database.backup();
    database.put(1, 11);
    node.catch_up().await;
    node.ask(&home(1)).await;
    database.restore(&backup);
    database.put(1, 12);
    node.catch_up().await;
    check(&node, &home(1), (Some("log-behind"), Some("log-behind"))).await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_ahead_and_cannot_be_caught_up_with() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let (node, ahead) = Node::behind_another(&database, &shelf).await;
    ahead.ask(&home(1)).await;
    check(&node, &home(1), (Some("cold"), Some("ahead"))).await;
}

#[tokio::test(start_paused = true)]
async fn another_ask_under_the_same_key_is_a_collision() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let node = Node::start(&database, &Shelf::new()).await;
    node.ask(&home(1).under_key("short~0")).await;
    let other = home(2).under_key("short~0");
    check(&node, &other, (Some("collision"), Some("collision"))).await;
}

#[tokio::test(start_paused = true)]
async fn bytes_in_another_format_are_of_another_schema() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    Node::start(&database, &shelf).await.ask(&home(1)).await;
    let bytes = shelf.bytes(&home(1)).unwrap();
    shelf.put(&home(1), [b"HTH3", &bytes[4..]].concat().into());
    let node = Node::start(&database, &shelf).await;
    check(&node, &home(1), (Some("cold"), Some("schema"))).await;
}

#[tokio::test(start_paused = true)]
async fn a_shared_tier_that_does_not_respond_is_away() {
    let database = Database::with_homes([(1, 10)]);
    let shelf = Shelf::new();
    let node = Node::start(&database, &shelf).await;
    shelf.set_away(true);
    check(&node, &home(1), (Some("cold"), Some("shared-away"))).await;
}

#[tokio::test(start_paused = true)]
async fn what_memory_has_no_room_for_was_evicted_and_so_was_what_the_shared_tier_lost() {
    let database = Database::with_homes((0..400).map(|id| (id, id)));
    let shelf = Shelf::new();
    let settings = Settings {
        memory_bytes: 20_000,
        ..Settings::default()
    };
    let node = Node::with(&database, &shelf, settings).await;
    for id in 0..400 {
        node.ask(&home(id)).await;
    }
    let mut evicted = 0;
    for id in 0..400 {
        let (memory, shared) = reasons(&node.ask(&home(id)).await.trail);
        assert_eq!(shared, None, "the shared tier has room");
        assert!([None, Some("evicted")].contains(&memory), "{memory:?}");
        evicted += usize::from(memory.is_some());
    }
    assert!(evicted > 100, "{evicted}");

    let node = Node::start(&database, &shelf).await;
    node.ask(&priced(0..7)).await;
    node.tiers.drop_answer(&priced(0..7)).await.unwrap();
    check(&node, &priced(0..7), (Some("evicted"), Some("evicted"))).await;
    shelf.evict(|_| true);
    node.grow_old(Duration::from_hours(30));
    node.tiers.drop_answer(&priced(0..7)).await.unwrap();
    check(&node, &priced(0..7), (Some("evicted"), Some("expired"))).await;
}

#[tokio::test(start_paused = true)]
async fn a_caller_beyond_the_limit_is_refused() {
    let database = Database::with_homes([(1, 10)]);
    let settings = Settings {
        waiters: 1,
        ..Settings::default()
    };
    let node = Node::with(&database, &Shelf::new(), settings).await;
    let mut gate = database.stop_next_load();
    let pending = node.begin(&home(1)).await;
    gate.reached().await;
    let mut tail = node.tiers.journal().watch(Filter::default()).unwrap();
    let refused = node.tiers.answer(&home(1)).await;
    assert!(matches!(refused, Err(Failure::Busy)));
    let lines = told(&mut tail);
    assert_eq!((lines.len(), lines[0].verdict), (1, Verdict::Skip));
    assert_eq!(lines[0].reason, Some(Reason::Refused));
    gate.open();
    pending.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_watcher_sees_what_its_filter_passes_and_is_told_what_was_too_much() {
    let database = Database::with_homes([(1, 10), (2, 20)]);
    let node = Node::start(&database, &Shelf::new()).await;
    let journal = node.tiers.journal();
    let only = |tier, verdict| Filter {
        tier,
        verdict,
        ..Filter::default()
    };
    let mut hits = journal.watch(only(None, Some(Verdict::Hit))).unwrap();
    let mut shared = journal.watch(only(Some(Tier::Shared), None)).unwrap();
    let mut all = journal.watch(Filter::default()).unwrap();
    for _ in 0..LINES_A_SECOND * 3 {
        node.ask(&home(1)).await;
    }
    let lines = told(&mut shared);
    let verdicts: Vec<Verdict> = lines.iter().map(|line| line.verdict).collect();
    assert_eq!(verdicts, [Verdict::Miss, Verdict::Stored]);
    let requests = LINES_A_SECOND * 3;
    let seen = told(&mut hits).len() as u64;
    assert_eq!(
        seen + hits.dropped(),
        requests - 1,
        "every hit is told or counted"
    );
    assert!(hits.dropped() == 0, "each is counted once");
    // Two of the shared tier, two of memory for the first answer.
    assert_eq!(told(&mut all).len() as u64 + all.dropped(), requests + 3);
    let more: Vec<_> = (0..20)
        .map_while(|_| journal.watch(Filter::default()))
        .collect();
    assert_eq!(more.len(), 13, "there is a limit of watchers");
    drop(more);
    assert!(journal.watch(Filter::default()).is_some());
}
