//! `hearth health`: whether a running node answers, for probes.

use std::error::Error;

use site::Fixed;

use super::node::Node;

/// Prints what the node says of itself; an error if that is nothing good.
pub(super) fn run(node: &Node, ready: bool) -> Result<(), Box<dyn Error>> {
    let probe = if ready { Fixed::Ready } else { Fixed::Health };
    let mut response = node.read(probe.path(), None)?;
    let says = response.body_mut().read_to_string()?;
    let says = says.trim();
    if !response.status().is_success() {
        return Err(format!("the node at {} says: {says}", node.url()).into());
    }
    println!("{says}");
    Ok(())
}
