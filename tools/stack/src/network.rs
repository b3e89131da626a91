//! A network of containers: a bridge in a namespace of its own, a link to each, and names by DNS as docker has them.

use std::{
    fs::{self, File},
    net::Ipv4Addr,
    os::fd::AsFd as _,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, anyhow, bail};
use rustix::{
    process::Signal,
    thread::{LinkNameSpaceType, move_into_link_name_space},
};
use services::process::{Service, ask};

use crate::{quote::quote, root::Root};

/// The network's first three bytes: it exists in its own namespace only.
const PREFIX: [u8; 3] = [10, 77, 0];

/// A network namespace, and a process that does nothing but hold it.
pub(crate) struct Network {
    pub(crate) address: Ipv4Addr,
    holder: Service,
}

impl Network {
    /// A namespace without any link.
    fn new(address: Ipv4Addr, log: &Path) -> Result<Self> {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--", "unshare", "--net"]);
        command.args(["sleep", "infinity"]);
        let holder = Service::start(&mut command, log, Signal::KILL)?;
        let network = Self { address, holder };
        let file = network.file();
        let ours = fs::read_link("/proc/self/ns/net").context("find the network namespace")?;
        network.holder.wait_until(Duration::from_secs(10), || {
            fs::read_link(&file).is_ok_and(|theirs| theirs != ours)
        })?;
        Ok(network)
    }

    /// The namespace, for `nsenter`.
    pub(crate) fn file(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}/ns/net", self.holder.pid()))
    }

    /// Does `work` on a thread in this network.
    pub(crate) fn within<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        let namespace = File::open(self.file()).context("open a network namespace")?;
        thread::scope(|scope| {
            let inside = scope.spawn(move || {
                move_into_link_name_space(namespace.as_fd(), Some(LinkNameSpaceType::Network))
                    .context("enter a network namespace")?;
                work()
            });
            inside
                .join()
                .map_err(|_| anyhow!("work in a network namespace panicked"))?
        })
    }
}

/// The bridge. Dropped last: every link ends in it.
pub(crate) struct Switch {
    pub(crate) network: Network,
    tools: PathBuf,
    log: PathBuf,
    last: u8,
}

impl Switch {
    /// Creates a network.
    pub(crate) fn new(tools: &Root, log: &Path) -> Result<Self> {
        let address = Ipv4Addr::new(PREFIX[0], PREFIX[1], PREFIX[2], 1);
        let network = Network::new(address, log)?;
        let switch = Self {
            network,
            tools: tools.path.clone(),
            log: log.to_owned(),
            last: 1,
        };
        let commands = format!(
            "ip link set lo up; ip link add br0 type bridge; ip link set br0 up; \
             ip address add {address}/24 dev br0"
        );
        switch.ip(&switch.network, &commands)?;
        Ok(switch)
    }

    /// A namespace that is connected to this one.
    pub(crate) fn connect(&mut self) -> Result<Network> {
        self.last = self
            .last
            .checked_add(1)
            .context("the network has no address left")?;
        let address = Ipv4Addr::new(PREFIX[0], PREFIX[1], PREFIX[2], self.last);
        let network = Network::new(address, &self.log)?;
        let link = format!("link{}", self.last);
        let commands = format!(
            "ip link add {link} type veth peer name eth0 netns {}; \
             ip link set {link} master br0; ip link set {link} up",
            network.holder.pid()
        );
        self.ip(&self.network, &commands)?;
        let commands = format!(
            "ip link set lo up; ip link set eth0 up; ip address add {address}/24 dev eth0; \
             ip route add default via {}",
            self.network.address
        );
        self.ip(&network, &commands)?;
        Ok(network)
    }

    fn ip(&self, network: &Network, commands: &str) -> Result<()> {
        // The program of the unpacked root, so that the machine needs none.
        let script = format!("set -e; {commands}");
        let mut command = Command::new("nsenter");
        command
            .arg(format!("--net={}", network.file().display()))
            .args(["unshare", "--mount", "sh", "-c"])
            .arg(format!(
                "exec chroot {} /bin/sh -c {}",
                quote(&self.tools),
                quote(&script)
            ));
        if ask(&mut command).is_none() {
            bail!("cannot make the network of the containers: {commands}");
        }
        Ok(())
    }
}
