//! How a node stops, and another takes its place.

use std::{
    net::TcpListener,
    os::fd::OwnedFd,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
};

use rustix::process::Signal;
use tempfile::TempDir;

use crate::process::{HEARTH, Process};

#[test]
fn a_node_that_is_told_to_stop_first_says_so_and_still_answers() {
    let mut process = Process::with("info", &[("HEARTH_DRAIN", "1m")]);
    let before = process.get("/api/properties/1/");
    assert!(!before.headers().contains_key("connection"));
    process.signal(Signal::TERM);
    while process.get("/readyz").status() != 503 {
        thread::yield_now();
    }
    let body = process.get("/readyz").into_body().read_to_string();
    assert_eq!(body.unwrap(), "stopping\n");
    // An answer from memory, one that is loaded, and a page.
    for path in ["/api/properties/1/", "/api/properties/2/", "/properties"] {
        let answer = process.get(path);
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.headers()["connection"], "close", "{path}");
    }
    // It would take a minute, but whoever insists need not wait.
    process.signal(Signal::TERM);
    process.end();
    assert!(process.log().contains("stopped"), "{}", process.log());
}

#[test]
fn a_person_who_interrupts_a_node_need_not_wait() {
    let mut process = Process::with("info", &[("HEARTH_DRAIN", "1h")]);
    process.signal(Signal::INT);
    process.end();
}

#[test]
fn no_connection_is_refused_while_a_socket_is_handed_over() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let folder = Arc::new(TempDir::new().unwrap());
    // As a service manager does it: the socket is the first descriptor after the usual three.
    let start = || {
        let mut command = Command::new("sh");
        command
            .args([
                "-c",
                "exec 3<&0; LISTEN_PID=$$ LISTEN_FDS=1 exec \"$0\"",
                HEARTH,
            ])
            .stdin(Stdio::from(OwnedFd::from(listener.try_clone().unwrap())));
        Process::by(
            command,
            address,
            Arc::clone(&folder),
            &[("HEARTH_LOG", "info")],
        )
    };
    let mut process = start();
    let answers = Arc::new(AtomicU32::new(0));
    let stops = Arc::new(AtomicBool::new(false));
    let reader = {
        let (answers, stops) = (Arc::clone(&answers), Arc::clone(&stops));
        thread::spawn(move || {
            while !stops.load(Ordering::Relaxed) {
                // Each over a connection of its own.
                let answer = ureq::get(format!("http://{address}/api/properties/1/")).call();
                assert_eq!(answer.unwrap().status(), 200);
                answers.fetch_add(1, Ordering::Relaxed);
            }
        })
    };
    for _ in 0..3 {
        let seen = answers.load(Ordering::Relaxed);
        while answers.load(Ordering::Relaxed) < seen + 50 && !reader.is_finished() {
            thread::yield_now();
        }
        process.stop();
        process = start();
    }
    stops.store(true, Ordering::Relaxed);
    reader.join().unwrap();
}
