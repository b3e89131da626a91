//! What the numbers say is wrong, and what to do about it.

use app::dashboard::{Advice, Cause, Dashboard, Kind, percent};
use site::is_known_parameter;

use crate::http::spellings::Sent;

/// Below this many answers, loads or requests nothing is said: chance decides.
const FEW: u64 = 100;

/// How many different values make a parameter suspicious.
const MANY_VALUES: usize = 50;

/// What needs attention, the most urgent first.
pub(super) fn about(dashboard: &Dashboard, parameters: &[Sent]) -> Vec<Advice> {
    let all = [
        about_redis(dashboard),
        about_lease(dashboard),
        about_nodes(dashboard),
        about_refusals(dashboard),
        about_parameters(parameters),
        about_edits(dashboard),
        about_memory(dashboard),
    ];
    let mut advice: Vec<Advice> = all.into_iter().flatten().collect();
    advice.sort_by_key(|one| !one.urgent);
    advice
}

fn about_redis(dashboard: &Dashboard) -> Option<Advice> {
    let shared = &dashboard.shared;
    if let Some(state) = &shared.state
        && state.policy == "noeviction"
        && let Some(limit) = state.limit
    {
        // Redis refuses writes at the limit; what it uses then swings around it.
        let is_full = state.used >= limit / 20 * 19;
        let used = percent(state.used, limit).unwrap_or_default();
        let todo = "Set `maxmemory-policy allkeys-lru`, so that it drops what is used least: every \
                    entry can be loaded again.";
        return Some(match is_full {
            true => Advice {
                name: "redis-full",
                urgent: true,
                title: "Redis is full and evicts nothing".to_owned(),
                text: format!(
                    "It uses {used} of its `maxmemory`, and its policy is `noeviction`: it refuses new \
                     entries, so each node loads for itself. {todo}"
                ),
            },
            false => Advice {
                name: "redis-noeviction",
                urgent: false,
                title: "Redis will refuse entries once it is full".to_owned(),
                text: format!(
                    "Its policy is `noeviction`, and it uses {used} of its `maxmemory`. {todo}"
                ),
            },
        });
    }
    let failures = dashboard.totals.shared_failures;
    (shared.down || shared.is_redis && failures >= FEW).then(|| Advice {
        name: "redis-down",
        urgent: true,
        title: "Redis does not answer".to_owned(),
        text: format!(
            "{failures} calls failed in {}. Memory and the database take over, so readers notice little, but \
             each node loads for itself. The log of the node says what Redis answered.",
            dashboard.period()
        ),
    })
}

fn about_lease(dashboard: &Dashboard) -> Option<Advice> {
    let totals = &dashboard.totals;
    let text = "It cannot follow the change log, so it may not use what it has cached. Is the database \
                reachable, and are its connections used up?";
    if !dashboard.node.lease {
        return Some(Advice {
            name: "no-lease",
            urgent: true,
            title: "This node has no lease".to_owned(),
            text: text.to_owned(),
        });
    }
    (totals.cut_off > 0).then(|| Advice {
        name: "cut-off",
        urgent: false,
        title: "The database was unreachable for a while".to_owned(),
        text: format!(
            "{} answers of {} were marked as possibly old.",
            totals.cut_off,
            dashboard.period()
        ),
    })
}

fn about_nodes(dashboard: &Dashboard) -> Option<Advice> {
    let nodes = dashboard.nodes.as_ref()?;
    let silent = nodes.iter().filter(|node| node.alive == Some(false));
    let silent: Vec<&str> = silent.map(|node| &*node.id).collect();
    (!silent.is_empty()).then(|| Advice {
        name: "silent-node",
        urgent: true,
        title: "A node gives no sign of life".to_owned(),
        text: format!(
            "{} is on the list of nodes but silent. The next edit waits two seconds for it, then strikes it \
             off. Was it killed, or does its machine stand still?",
            silent.join(", ")
        ),
    })
}

fn about_refusals(dashboard: &Dashboard) -> Option<Advice> {
    let refused = dashboard.totals.refused;
    (refused > 0).then(|| Advice {
        name: "refused",
        urgent: true,
        title: "Requests were refused".to_owned(),
        text: format!(
            "{refused} requests of {} got 503, because ten thousand were waiting for loads. The database is too \
             slow for these questions, or too many of them are new: see the tail and the slowest loads below.",
            dashboard.period()
        ),
    })
}

/// A parameter that means nothing here and has a new value each time: some client defeats the caches
/// in front of this server with it.
fn about_parameters(parameters: &[Sent]) -> Option<Advice> {
    let sent = parameters.iter().find(|sent| {
        let is_new = sent.values as u64 * 2 >= sent.times || sent.values >= MANY_VALUES * 10;
        sent.values >= MANY_VALUES && is_new && !is_known_parameter(&sent.name)
    })?;
    Some(Advice {
        name: "random-parameter",
        urgent: false,
        title: format!("A client adds `{}` with a new value each time", sent.name),
        text: format!(
            "{} requests had {} different values of it. It means nothing here, so their answers are shared; but no \
             browser or CDN can know that, and each such request reaches this server. Find the client and stop \
             it, or have the CDN ignore `{}`.",
            sent.times, sent.values, sent.name
        ),
    })
}

/// So many rows, edited by one person in a period, are the work of a script.
const MANY_ROWS: u64 = 1_000;

/// Edits of very many rows by one person, because of which the tiers load more than because of all
/// others.
fn about_edits(dashboard: &Dashboard) -> Option<Advice> {
    let causes = &dashboard.edits.causes;
    let all: u64 = causes.iter().map(|cause| cause.reloads).sum();
    let top = causes.first()?;
    let by_them = |cause: &&Cause| cause.who == top.who && cause.catalogue == top.catalogue;
    let theirs: Vec<&Cause> = causes.iter().filter(by_them).collect();
    let sum = |count: fn(&Cause) -> u64| theirs.iter().map(|cause| count(cause)).sum::<u64>();
    let (rows, reloads, same) = (
        sum(|cause| cause.rows),
        sum(|cause| cause.reloads),
        sum(|cause| cause.same),
    );
    let is_most = reloads * 2 >= all && reloads >= FEW;
    let is_script = rows >= MANY_ROWS || theirs.iter().any(|cause| cause.many);
    (is_most && is_script).then(|| Advice {
        name: "wasteful-edits",
        urgent: false,
        title: format!("Edits by {} outdate most answers", top.who()),
        text: format!(
            "They edit {}, as a script does that writes every row, and caused {reloads} of {all} reloads in the last \
             ten to twenty minutes; {} of these answers were the same as before. Write rows only where something \
             changes, and together: whatever writes every row makes every answer outdated.",
            top.what(),
            percent(same, reloads).unwrap_or_default()
        ),
    })
}

fn about_memory(dashboard: &Dashboard) -> Option<Advice> {
    let (totals, node) = (&dashboard.totals, &dashboard.node);
    let is_much = totals.missed_evicted * 20 >= totals.answers;
    (totals.missed_evicted >= FEW && is_much).then(|| Advice {
        name: "memory-full",
        urgent: false,
        title: "Memory is too small".to_owned(),
        text: format!(
            "{} answers of {} were missing because there was no room for them. HEARTH_MEMORY_MB is {} now.",
            totals.missed_evicted,
            dashboard.period(),
            node.memory_limit >> 20
        ),
    })
}

/// Why it does not pay to cache a kind of question, if it does not.
pub(super) fn about_kind(kind: &Kind) -> Option<String> {
    let hits = kind.from_memory + kind.from_shared;
    if kind.answers < FEW {
        return None;
    }
    if let (Some(hit), Some(load)) = (kind.hit, kind.load)
        && load <= hit
    {
        return Some("A load takes no longer than a hit: nothing is gained.".to_owned());
    }
    if hits * 5 >= kind.answers {
        return None;
    }
    let text = match kind.reason? {
        "touched" => {
            "Edits outdate most of these before they are requested again. See what causes that below."
        }
        "cold" => "Most of these are requested only once, so few are worth their memory.",
        "expired" => {
            "Most of these expire before they are requested again: a longer lifetime would help."
        }
        "evicted" => "There is no room for these: a larger HEARTH_MEMORY_MB would help.",
        "bypass" => "These are never stored: searches by text, previews, random ones.",
        _ => {
            "Something prevents the tiers from giving what they have: see the reasons in the tail."
        }
    };
    Some(text.to_owned())
}
