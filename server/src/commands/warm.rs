//! `hearth warm`: has a running node load lists and pages ahead of requests.

use std::{
    error::Error,
    io::{Write as _, stdout},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

use app::functions::Counted;
use axum::http::StatusCode;
use catalogue::Catalogue;
use indicatif::{ProgressBar, ProgressStyle};
use leptos_cached::CACHE_STATUS;
use site::{Admin, Fixed};

use super::node::Node;
use crate::warming::{self, Item, PURPOSE, Popular};

/// What is to be warmed, and where.
pub(super) struct Wanted {
    pub(super) node: Node,
    /// Only about this one.
    pub(super) catalogue: Option<&'static Catalogue>,
    /// How many popular addresses.
    pub(super) top: u16,
}

/// How it went with one item.
struct Warmed {
    /// Whether memory had it before.
    already: bool,
    /// How many rows the list has, or how large the answer is.
    size: String,
}

impl Wanted {
    /// Prints what would be loaded.
    pub(super) fn show(&self) -> Result<(), Box<dyn Error>> {
        let items = self.items()?;
        for Item { label, urls } in &items {
            writeln!(stdout(), "would cache: {label}")?;
            for url in urls.iter().filter(|url| *url != label) {
                writeln!(stdout(), "    {url}")?;
            }
        }
        writeln!(stdout(), "{} in all; nothing was loaded", items.len())?;
        Ok(())
    }

    /// Requests everything, with a progress bar where somebody looks, and a line each.
    pub(super) fn warm(&self, concurrency: u16) -> Result<(), Box<dyn Error>> {
        let items = self.items()?;
        // Said once, and not for each item.
        self.node.read(Fixed::Health.path(), None)?;
        let started = Instant::now();
        let bar = ProgressBar::new(items.len() as u64);
        bar.set_style(ProgressStyle::with_template(
            "warming {bar:32} {human_pos}/{human_len}, {eta} left",
        )?);
        let [cached, already, failed] = [const { AtomicUsize::new(0) }; 3];
        let left = Mutex::new(items.iter());
        let work = || {
            loop {
                let next = left.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some(item) = next else { break };
                let (count, line) = match self.one(item) {
                    Ok(Warmed {
                        already: true,
                        size,
                    }) => (&already, format!("cached already: {} ({size})", item.label)),
                    Ok(Warmed { size, .. }) => {
                        (&cached, format!("cached: {} ({size})", item.label))
                    }
                    Err(error) => (&failed, format!("failed: {} ({error})", item.label)),
                };
                count.fetch_add(1, Ordering::Relaxed);
                // Whoever reads, such as `head`, may have had enough.
                bar.suspend(|| drop(writeln!(stdout(), "{line}")));
                bar.inc(1);
            }
        };
        thread::scope(|scope| {
            for _ in 0..concurrency {
                scope.spawn(work);
            }
        });
        bar.finish_and_clear();
        let [cached, already, failed] = [cached, already, failed].map(AtomicUsize::into_inner);
        writeln!(
            stdout(),
            "{cached} cached, {already} cached already, {failed} failed, at {} in {:.1} s",
            self.node.url(),
            started.elapsed().as_secs_f64()
        )?;
        match failed {
            0 => Ok(()),
            _ => Err(format!("{failed} of {} could not be cached", items.len()).into()),
        }
    }

    fn items(&self) -> Result<Vec<Item>, Box<dyn Error>> {
        let popular = self.popular()?;
        Ok(warming::items(self.catalogue, &popular))
    }

    /// What was requested most; nothing without a token, as the node tells that only to editors.
    fn popular(&self) -> Result<Vec<Popular>, Box<dyn Error>> {
        if self.top == 0 {
            return Ok(Vec::new());
        }
        if !self.node.has_token() {
            eprintln!(
                "hearth: only what catalogues declare, as HEARTH_ADMIN_TOKEN is not set: the node tells only \
                 editors what is requested most"
            );
            return Ok(Vec::new());
        }
        let top = self.top.to_string();
        let pairs = [("top", &*top)];
        let answer = self.node.get(Admin::POPULAR, &pairs, "application/json")?;
        Ok(serde_json::from_str(&answer)?)
    }

    fn one(&self, item: &Item) -> Result<Warmed, Box<dyn Error>> {
        let mut warmed = Warmed {
            already: true,
            size: String::new(),
        };
        for url in &item.urls {
            let mut response = self.node.read(url, Some(PURPOSE))?;
            let status = response.status();
            // The page of an empty list is not found.
            let is_answer = status.is_success() || status == StatusCode::NOT_FOUND;
            if !is_answer {
                return Err(format!("{url} answers {}", status.as_u16()).into());
            }
            let tiers = response.headers().get(CACHE_STATUS);
            let tiers = tiers.and_then(|tiers| tiers.to_str().ok());
            warmed.already &= tiers.is_some_and(|tiers| tiers.starts_with("hearth-memory; hit"));
            let body = response.body_mut().read_to_vec()?;
            if warmed.size.is_empty() {
                warmed.size = size(listed_at(url), &body);
            }
        }
        Ok(warmed)
    }
}

/// The name of the catalogue whose list is at an address of the API.
fn listed_at(url: &str) -> Option<&str> {
    let (name, rest) = url.strip_prefix("/api/")?.split_once('/')?;
    (rest.is_empty() || rest.starts_with('?')).then_some(name)
}

/// How large an answer is: the rows of a list, or its bytes.
fn size(catalogue: Option<&str>, body: &[u8]) -> String {
    let listed = catalogue.and_then(|name| {
        let Counted { count } = serde_json::from_slice(body).ok()?;
        let one = catalogue::by_name(name)?.singular;
        Some(match count {
            1 => format!("1 {one}"),
            _ => format!("{count} {name}"),
        })
    });
    listed.unwrap_or_else(|| format!("{} bytes", body.len()))
}
