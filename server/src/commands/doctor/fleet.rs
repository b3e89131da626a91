//! The nodes: whether each is alive and follows the log, and whether the database has room for them.

use super::{Check, SILENCE, unreadable::or_unreadable};
use crate::store::{Store, StoreError};

pub(super) async fn checks(store: &Store) -> Vec<Check> {
    let mut alive = 0;
    let nodes = nodes(store, &mut alive).await;
    let mut checks = vec![or_unreadable(nodes, "nodes")];
    if let Some(connections) = connections(store, alive).await.transpose() {
        checks.push(or_unreadable(connections, "connections"));
    }
    checks
}

async fn nodes(store: &Store, alive: &mut i64) -> Result<Check, StoreError> {
    let mut check = Check::new("nodes");
    let before = store.nodes().await?;
    let (counter, _) = store.log_ends().await?;
    tokio::time::sleep(SILENCE).await;
    let after = store.nodes().await?;
    for node in &after {
        // A node that has just registered cannot be judged yet.
        let Some(earlier) = before.iter().find(|earlier| earlier.id == node.id) else {
            *alive += 1;
            continue;
        };
        let name: String = node.id.chars().take(8).collect();
        if node.beat == earlier.beat {
            check.warn(
                format!("node {name}… gives no sign of life"),
                "it was killed, or cannot reach the database: look at its machine. The next edit \
                 waits two seconds for it, and strikes it off",
            );
            continue;
        }
        *alive += 1;
        if u64::try_from(node.reached).is_ok_and(|reached| reached < counter.revision) {
            check.fail(
                format!(
                    "node {name}… has been at revision {} for {SILENCE:?}, behind {}",
                    node.reached, counter.revision
                ),
                "look at its log: it follows too slowly, or fails to read a change; edits wait for it",
            );
        }
    }
    if *alive == 0 {
        check.fail(
            "no node follows the change log",
            "start one with `hearth serve`",
        );
    }
    if store.file().is_some() && *alive > 1 {
        check.warn(
            format!("{alive} servers have opened the same SQLite file"),
            "run one, or move to PostgreSQL with `hearth copy`: SQLite lets one write at a time, and \
             each of them caches for itself",
        );
    }
    check.sees(format!("{alive} alive"));
    Ok(check)
}

async fn connections(store: &Store, nodes: i64) -> Result<Option<Check>, StoreError> {
    let Some(limits) = store.limits().await? else {
        return Ok(None);
    };
    let mut check = Check::new("connections");
    let wanted = nodes.max(1) * limits.of_a_node;
    check.sees(format!(
        "{wanted} wanted at most, {} accepted",
        limits.accepted
    ));
    if wanted > limits.accepted {
        check.warn(
            format!("the nodes may want {wanted} connections, but the database accepts {}", limits.accepted),
            "raise max_connections or the limit of the role, run fewer nodes, or put PgBouncer between",
        );
    }
    Ok(Some(check))
}
