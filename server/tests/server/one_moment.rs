//! Every page is of one moment: its parts never contradict each other.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use futures::future::join_all;

use crate::on_both;

/// How long edits and requests meet; `HEARTH_TEST_SECONDS` sets another number of seconds.
fn meeting() -> Duration {
    let seconds = std::env::var("HEARTH_TEST_SECONDS").ok();
    Duration::from_secs(seconds.and_then(|text| text.parse().ok()).unwrap_or(4))
}

on_both! {
    async fn pages_agree_with_themselves_while_homes_come_and_go(server: Server) {
        server.sql("UPDATE locations SET city = 'Meeting' WHERE id <= 20").await;
        let server = Arc::new(server);
        let over = Arc::new(AtomicBool::new(false));
        let writers = (0..2).map(|writer: i64| {
            let (server, over) = (Arc::clone(&server), Arc::clone(&over));
            tokio::spawn(async move {
                let mut edits = 0;
                while !over.load(Ordering::Relaxed) {
                    edits += 1;
                    let place = writer * 5 + edits % 5;
                    server.sql(&format!("UPDATE properties
                        SET status = CASE status WHEN 'active' THEN 'withdrawn' ELSE 'active' END
                        WHERE id = (SELECT id FROM properties WHERE city_key = 'meeting' ORDER BY id LIMIT 1 OFFSET {place})")).await;
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                edits
            })
        });
        let readers = (0..4).map(|_| {
            let server = Arc::clone(&server);
            tokio::spawn(async move {
                let begun = Instant::now();
                let mut pages = 0;
                while begun.elapsed() < meeting() {
                    let page = server.get("/properties?city=meeting").await;
                    assert_eq!(page.status, 200, "{}", page.text());
                    let [listed, counted] = numbers(&page.text());
                    assert_eq!(listed, counted, "the list and the filters of one page differ");
                    pages += 1;
                    // Cached pages would leave no time for edits.
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                pages
            })
        });
        let (writers, readers): (Vec<_>, Vec<_>) = (writers.collect(), readers.collect());
        let read = join_all(readers).await;
        over.store(true, Ordering::Relaxed);
        let edited = join_all(writers).await;
        let pages: i64 = read.into_iter().map(Result::unwrap).sum();
        let edits: i64 = edited.into_iter().map(Result::unwrap).sum();
        println!("{edits} edits, {pages} pages");
        assert!(edits > 40 && pages > 40, "{edits} edits, {pages} pages");
    }
}

/// How many homes a page says that there are: above the list, and on the button of the filters.
fn numbers(html: &str) -> [u64; 2] {
    let after = |mark: &str| {
        let rest = html.split(mark).nth(1)?;
        let text = rest.split('>').nth(1)?;
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    ["data-announce", "id=\"show\""]
        .map(|mark| after(mark).unwrap_or_else(|| panic!("no {mark} in {html}")))
}
