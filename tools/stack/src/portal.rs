//! What readers get through Caddy, while nodes are added and stopped.

use std::{
    net::Ipv4Addr,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use services::process::pause;

use crate::{
    cluster::Cluster,
    compose::Service,
    container::Container,
    image::Image,
    network::Network,
    web::{client, get, page},
};

/// What readers look at.
const PAGES: [&str; 4] = ["/", "/properties", "/properties?city=austin", "/recipes"];

/// How many requests show that each node gets some.
const ROUND: u32 = 40;

/// Where the nodes listen.
const PORT: u16 = 3000;

/// Caddy, as it can be reached from outside.
#[derive(Clone, Copy)]
pub(crate) struct Front {
    pub(crate) address: Ipv4Addr,
    pub(crate) port: u16,
}

impl Front {
    fn page(self, from: &Network, path: &str) -> Result<String> {
        page(from, self.address, self.port, path)
    }
}

/// Pages, lists, the API and a static file.
pub(crate) fn serves(from: &Network, front: Front) -> Result<String> {
    for path in PAGES {
        let body = front.page(from, path)?;
        if !body.contains("</html>") {
            bail!("{path} is no page: {body}");
        }
    }
    let home = front.page(from, "/")?;
    let list: Value = serde_json::from_str(&front.page(from, "/api/properties/")?)
        .context("read /api/properties/")?;
    let homes = list["count"].as_u64().unwrap_or(0);
    if homes == 0 {
        bail!("/api/properties/ has no homes: {list}");
    }
    let file = home
        .split('"')
        .find(|word| word.starts_with("/pkg/"))
        .context("the home page refers to no file below /pkg")?;
    let length = front.page(from, file)?.len();
    let metrics = format!("http://{}:{}/metrics", front.address, front.port);
    let answer = from.within(|| get(&client(), &metrics))?;
    if answer.status != 404 {
        bail!("/metrics is answered to everybody");
    }
    Ok(format!("{homes} homes; {file} has {length} bytes"))
}

/// Every node gets requests.
pub(crate) fn spreads(from: &Network, front: Front, nodes: &[Container]) -> Result<String> {
    let count = || -> Result<Vec<u64>> {
        nodes
            .iter()
            .map(|node| requests(from, node.address))
            .collect()
    };
    let before = count()?;
    let url = format!("http://{}:{}/properties", front.address, front.port);
    from.within(|| {
        for _ in 0..ROUND {
            let answer = get(&client(), &url)?;
            if answer.status != 200 {
                bail!("a page is answered with {}", answer.status);
            }
        }
        Ok(())
    })?;
    let after = count()?;
    let got: Vec<_> = after
        .iter()
        .zip(before)
        .map(|(now, then)| now - then)
        .collect();
    let fair = u64::from(ROUND) / nodes.len() as u64;
    if got.iter().any(|&count| count < fair / 2) {
        bail!("of {ROUND} requests the nodes got {got:?}");
    }
    Ok(format!("of {ROUND} requests the nodes got {got:?}"))
}

/// How many requests a node has counted.
fn requests(from: &Network, node: Ipv4Addr) -> Result<u64> {
    let metrics = page(from, node, PORT, "/metrics")?;
    let line = metrics
        .lines()
        .find_map(|line| line.strip_prefix("hearth_requests_total "));
    let number = line.context("the node does not count requests")?;
    number.trim().parse().context("read a metric")
}

/// One node more.
pub(crate) fn scales(
    cluster: &mut Cluster,
    front: Front,
    service: &Service,
    image: &Image,
) -> Result<String> {
    let took = cluster.start("hearth", service, image, 1)?;
    // Caddy looks the name up again every second.
    pause(Duration::from_secs(2));
    let nodes = &cluster.containers["hearth"];
    let spread = spreads(cluster.outside(), front, nodes)?;
    Ok(format!(
        "healthy after {:.1} s; {spread}",
        took.as_secs_f64()
    ))
}

/// Readers notice nothing while a node is stopped.
pub(crate) fn stops(cluster: &mut Cluster, front: Front, service: &Service) -> Result<String> {
    let url = format!("http://{}:{}/properties", front.address, front.port);
    let ended = AtomicBool::new(false);
    let began = Instant::now();
    let (stopped, sent) = thread::scope(|scope| {
        let readers: Vec<_> = [cluster.outside(), cluster.outside()]
            .map(|network| scope.spawn(|| network.within(|| read_until(&ended, &url))))
            .into_iter()
            .collect();
        // A few requests before, and the time in which Caddy still knows the address, after.
        pause(Duration::from_millis(500));
        let stopped = stop_last(cluster, service);
        pause(Duration::from_secs(2));
        ended.store(true, Ordering::Relaxed);
        let sent: Result<Vec<u64>> = readers
            .into_iter()
            .map(|reader| {
                reader
                    .join()
                    .map_err(|_| anyhow::anyhow!("a reader panicked"))?
            })
            .collect();
        (stopped, sent)
    });
    let (status, took) = stopped?;
    let sent: u64 = sent?.iter().sum();
    if !status.success() {
        bail!("the node ended with {status}");
    }
    cluster.forget_last("hearth")?;
    if sent < 100 {
        bail!("only {sent} requests in {:?}", began.elapsed());
    }
    Ok(format!(
        "{sent} requests, none failed; the node ended after {:.1} s",
        took.as_secs_f64()
    ))
}

fn stop_last(cluster: &Cluster, service: &Service) -> Result<(std::process::ExitStatus, Duration)> {
    let began = Instant::now();
    let nodes = cluster.containers.get("hearth");
    let node = nodes
        .and_then(|nodes| nodes.last())
        .context("no node is running")?;
    let status = node.stop(service.grace()?)?;
    Ok((status, began.elapsed()))
}

/// Requests a page again and again. Returns how often; fails with the first that fails.
fn read_until(ended: &AtomicBool, url: &str) -> Result<u64> {
    let client = client();
    let mut sent = 0;
    while !ended.load(Ordering::Relaxed) {
        let answer = get(&client, url)?;
        sent += 1;
        if answer.status != 200 {
            bail!(
                "request {sent} is answered with {}: {}",
                answer.status,
                answer.body
            );
        }
    }
    Ok(sent)
}

/// Prometheus has scraped every node, and loaded the alerts.
pub(crate) fn monitors(from: &Network, prometheus: Ipv4Addr, nodes: usize) -> Result<String> {
    let deadline = Instant::now() + Duration::from_secs(45);
    let ask = |path: &str| -> Result<Value> {
        serde_json::from_str(&page(from, prometheus, 9090, path)?)
            .context("read Prometheus' answer")
    };
    loop {
        let up = ask("/api/v1/query?query=hearth_lease")?;
        let scraped = up["data"]["result"].as_array().map_or(0, Vec::len);
        if scraped == nodes {
            break;
        }
        if Instant::now() > deadline {
            let targets = ask("/api/v1/targets")?;
            bail!("Prometheus has scraped {scraped} of {nodes} nodes: {targets}");
        }
        pause(Duration::from_millis(500));
    }
    let rules = ask("/api/v1/rules?type=alert")?;
    let alerts = rules["data"]["groups"][0]["rules"]
        .as_array()
        .map_or(0, Vec::len);
    if alerts == 0 {
        bail!("Prometheus has no alerts: {rules}");
    }
    Ok(format!("{nodes} nodes, {alerts} alerts"))
}
