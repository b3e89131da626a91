//! Whether a node answers here.

use site::Fixed;

use super::Check;
use crate::commands::node::Node;

pub(super) async fn check(node: Node) -> Check {
    let reading = tokio::task::spawn_blocking(move || {
        let mut check = Check::new("node");
        let url = node.url().to_owned();
        match node.read(Fixed::Ready.path(), None) {
            Ok(mut answer) => {
                let says = answer.body_mut().read_to_string().unwrap_or_default();
                let says = says.trim();
                if answer.status().is_success() {
                    check.sees(format!("ready at {url}"));
                } else {
                    check.fail(
                        format!("the node at {url} says: {says}"),
                        "look at its log, and at its connection to the database",
                    );
                }
            }
            Err(_) => check.fail(
                format!("no node answers at {url}"),
                "start it with `hearth serve`, or name another with --node",
            ),
        }
        check
    });
    reading.await.unwrap_or_else(|_| Check::new("node"))
}
