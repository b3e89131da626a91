//! Puts the dashboard together: what was counted, what is held, and how the nodes and Redis are.

use std::time::Duration;

use app::dashboard::{
    Bars, Big, Cause, Dashboard, Edits, Hot, Kind, Node, Percentiles, Point, Shared, SharedState,
    Spellings, ThisNode, Times, Totals,
};
use cache::{
    Counts, HeldKind, Holdings, Reason, Tier,
    metrics::{
        ANSWER_SECONDS, ANSWERS, BREAKER, CUT_OFF, EARLY_REFRESHES, EVICTIONS,
        FIRST_SERVED_SECONDS, FLEET_WAITS, FOLLOW_SECONDS, JOINED, LOAD_SECONDS, LOADS, MISSES,
        REFRESHES, REFUSED, RELOADS, SHARED_FAILURES, UNANSWERED,
    },
};
use tokio::time::timeout;

use super::{
    advice,
    readings::{Counted, whole},
};
use crate::{
    answers::inspection::{micros, millis},
    http::App,
    metrics::{PREFETCHES, QUERIES, REQUESTS, SAVED_LOADS, SPELLINGS},
    store::{Reached, tally::routine},
};

/// How many points a chart has, about.
const POINTS: usize = 120;

/// How many keys and causes are listed.
const LISTED: usize = 10;

/// How long the database may take to list the nodes.
const PATIENCE: Duration = Duration::from_millis(500);

/// What the dashboard shows now.
pub(in crate::http) async fn collect(app: &App) -> Dashboard {
    let counted = app.readings.up_to_now();
    let (data, pages) = (app.tiers.holdings(LISTED), app.pages.holdings(LISTED));
    let journal = app.tiers.journal();
    let shared = shared(app, &counted).await;
    let nodes = nodes(app).await;
    let log = app.tiers.log();
    let mut dashboard = Dashboard {
        at: counted.at,
        seconds: whole(counted.seconds),
        advice: Vec::new(),
        totals: totals(&counted),
        times: Times {
            hits: percentiles(&counted.took.hits),
            misses: percentiles(&counted.took.misses),
            loads: percentiles(&counted.took.loads),
        },
        points: app.readings.points(POINTS, point),
        kinds: kinds(&counted, [&data, &pages]),
        hottest: journal
            .popular()
            .most(LISTED)
            .into_iter()
            .map(|one| Hot {
                key: one.key.into(),
                url: one.url.into(),
                times: one.times,
            })
            .collect(),
        biggest: biggest([&data, &pages]),
        node: ThisNode {
            revision: log.revision(),
            lease: log.has_lease(),
            memory: bytes(&data) + bytes(&pages) + app.pages.origin().fragments().bytes(),
            memory_limit: app.config.caching.memory_bytes(),
        },
        nodes,
        shared,
        spellings: Spellings {
            questions: app.spellings.questions(),
            spellings: counted.count(SPELLINGS, &[]),
            saved_loads: counted.count(SAVED_LOADS, &[]),
        },
        edits: Edits {
            reloads: counted.count(RELOADS, &[]),
            changed: counted.count(RELOADS, &[("changed", "true")]),
            causes: log
                .effects()
                .by_cause()
                .into_iter()
                .map(|(edits, done)| Cause {
                    catalogue: edits.catalogue.to_owned(),
                    fields: edits.cause.fields.iter().map(ToString::to_string).collect(),
                    many: edits.many,
                    who: edits.cause.who.map(String::from),
                    rows: done.rows,
                    reloads: done.reloads,
                    same: done.same,
                })
                .take(LISTED)
                .collect(),
            followed: bars(&counted, FOLLOW_SECONDS, &[], ""),
            served: counted
                .by(&bucket(FIRST_SERVED_SECONDS), &[], "road")
                .into_keys()
                .map(|road| bars(&counted, FIRST_SERVED_SECONDS, &[("road", road)], road))
                .filter(|bars| bars.total() > 0)
                .collect(),
        },
    };
    for kind in &mut dashboard.kinds {
        kind.advice = advice::about_kind(kind);
    }
    dashboard.advice = advice::about(&dashboard, &app.spellings.parameters());
    dashboard
}

fn totals(counted: &Counted) -> Totals {
    let count = |name| counted.count(name, &[]);
    let missed = |reason| counted.count(MISSES, &[("tier", "memory"), ("reason", reason)]);
    let from = |tier| counted.count(ANSWERS, &[("tier", tier)]);
    let from_memory = counted.count(PREFETCHES, &[("from", "memory")]);
    Totals {
        requests: count(REQUESTS),
        prefetches: count(PREFETCHES),
        prefetches_from_memory: from_memory,
        answers: count(ANSWERS),
        from_memory: from(Tier::Memory.name()),
        from_shared: from(Tier::Shared.name()),
        loads: count(LOADS),
        queries: count(QUERIES),
        joined: count(JOINED),
        fleet_waits: count(FLEET_WAITS),
        refreshes: count(REFRESHES),
        early_refreshes: count(EARLY_REFRESHES),
        evictions: count(EVICTIONS),
        missed_evicted: missed("evicted"),
        missed_expired: missed("expired"),
        cut_off: count(CUT_OFF),
        refused: count(REFUSED),
        unanswered: count(UNANSWERED),
        shared_failures: count(SHARED_FAILURES),
    }
}

fn point(step: &Counted) -> Point {
    let rate = |name| step.sum(name, &[]) / step.seconds.max(1e-3);
    let from = |tier: Tier| step.sum(ANSWERS, &[("tier", tier.name())]);
    let answers = step.sum(ANSWERS, &[]);
    let share = |part: f64| (answers > 0.0).then(|| part / answers);
    let p95 = |counts: &Counts| counts.quantile(0.95).map(micros);
    Point {
        at: step.at,
        requests: rate(REQUESTS),
        loads: rate(LOADS),
        queries: rate(QUERIES),
        from_memory: share(from(Tier::Memory)),
        from_tiers: share(from(Tier::Memory) + from(Tier::Shared)),
        hit: p95(&step.took.hits),
        miss: p95(&step.took.misses),
        load: p95(&step.took.loads),
    }
}

fn kinds(counted: &Counted, holdings: [&Holdings; 2]) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for catalogue in counted.by(ANSWERS, &[], "catalogue").into_keys() {
        let in_catalogue = [("catalogue", catalogue)];
        for kind in counted.by(ANSWERS, &in_catalogue, "kind").into_keys() {
            let held = holdings.iter().flat_map(|holdings| &holdings.kinds);
            let mut held = held.filter(|one| (one.catalogue, one.kind) == (catalogue, kind));
            kinds.push(of_kind(counted, catalogue, kind, held.next()));
        }
    }
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.answers));
    kinds
}

fn of_kind(counted: &Counted, catalogue: &str, kind: &str, held: Option<&HeldKind>) -> Kind {
    let these = [("catalogue", catalogue), ("kind", kind)];
    let [memory, shared] = Tier::ALL.map(|tier| [these[0], these[1], ("tier", tier.name())]);
    let stale = |labels: &[(&str, &str)]| {
        let reasons = counted.by(MISSES, labels, "reason");
        let stale = reasons
            .iter()
            .filter(|(reason, _)| Reason::STALE.contains(reason));
        whole(stale.map(|(_, count)| count).sum())
    };
    let reasons = counted.by(MISSES, &memory, "reason");
    let most = reasons.iter().max_by(|one, other| one.1.total_cmp(other.1));
    let most = most.filter(|(_, count)| **count > 0.0);
    let mean = |name: &str, labels: &[(&str, &str)]| {
        let count = counted.sum(&format!("{name}_count"), labels);
        let sum = counted.sum(&format!("{name}_sum"), labels);
        (count > 0.0).then(|| whole(sum / count * 1e6))
    };
    let (hit, load) = (mean(ANSWER_SECONDS, &memory), mean(LOAD_SECONDS, &these));
    let (from_memory, from_shared) = (
        counted.count(ANSWERS, &memory),
        counted.count(ANSWERS, &shared),
    );
    let each = load
        .unwrap_or_default()
        .saturating_sub(hit.unwrap_or_default());
    Kind {
        catalogue: catalogue.to_owned(),
        kind: kind.to_owned(),
        answers: counted.count(ANSWERS, &these),
        from_memory,
        from_shared,
        stale_in_memory: stale(&memory),
        stale_in_shared: stale(&shared),
        reason: most.and_then(|(reason, _)| Reason::NAMES.into_iter().find(|name| name == reason)),
        hit,
        load,
        entries: held.map_or(0, |held| held.entries),
        bytes: held.map_or(0, |held| held.bytes),
        saved: (from_memory + from_shared) * each / 1_000,
        advice: None,
    }
}

fn biggest(holdings: [&Holdings; 2]) -> Vec<Big> {
    let all = holdings.iter().flat_map(|holdings| &holdings.biggest);
    let mut all: Vec<Big> = all
        .map(|one| Big {
            key: one.key.clone(),
            url: one.url.clone(),
            bytes: one.bytes,
        })
        .collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.bytes));
    all.truncate(LISTED);
    all
}

fn bytes(holdings: &Holdings) -> u64 {
    holdings.kinds.iter().map(|kind| kind.bytes).sum()
}

async fn nodes(app: &App) -> Option<Vec<Node>> {
    let store = app.tiers.origin();
    let listed = timeout(PATIENCE, routine(store.nodes())).await;
    let mut nodes = listed.ok()?.ok()?;
    let newest = nodes.iter().map(|node| node.reached).max()?;
    nodes.sort_by(|one, other| one.id.cmp(&other.id));
    let alive = app.beats.look(&nodes);
    let reached = store.acknowledgements();
    let nodes = nodes.iter().zip(alive).map(|(node, alive)| {
        let reached = reached.get(&node.id);
        let mean = |reached: &Reached| {
            let times = u32::try_from(reached.times).unwrap_or(u32::MAX).max(1);
            millis(reached.total / times)
        };
        Node {
            id: node.id.chars().take(8).collect(),
            is_this: store.is_own(&node.id),
            revision: u64::try_from(node.reached).unwrap_or_default(),
            behind: newest.abs_diff(node.reached),
            alive,
            reached_in: reached.map(mean),
            reached_in_at_most: reached.map(|reached| millis(reached.longest)),
        }
    });
    Some(nodes.collect())
}

async fn shared(app: &App, counted: &Counted) -> Shared {
    let state = app.tiers.shared_state().await;
    let state = state.ok().flatten().map(|state| SharedState {
        used: state.used,
        limit: state.limit,
        policy: state.policy,
        evicted: state.evicted,
    });
    Shared {
        is_redis: app.config.storage.redis_url.is_some(),
        down: counted.gauge(BREAKER) > 0.0,
        state,
    }
}

fn percentiles(counts: &Counts) -> Percentiles {
    let of = |share| counts.quantile(share).map(micros);
    Percentiles {
        count: counts.total(),
        p50: of(0.5),
        p95: of(0.95),
        p99: of(0.99),
    }
}

fn bucket(histogram: &str) -> String {
    format!("{histogram}_bucket")
}

/// A histogram's buckets; each of Prometheus' counts the ones below it too.
fn bars(counted: &Counted, histogram: &str, labels: &[(&str, &str)], name: &str) -> Bars {
    let buckets = counted.by(&bucket(histogram), labels, "le");
    let mut buckets: Vec<(f64, f64)> = buckets
        .into_iter()
        .filter_map(|(end, count)| Some((end.parse().ok()?, count)))
        .collect();
    buckets.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut below = 0.0;
    let bars = buckets.into_iter().map(|(end, count)| {
        let own = count - below;
        below = count;
        (end.is_finite().then_some(end), whole(own))
    });
    Bars {
        name: name.to_owned(),
        bars: bars.collect(),
    }
}
