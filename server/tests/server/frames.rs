//! HTTP/2 by its frames (RFC 9113): floods of what is allowed, and what no client may send. None of them ends the
//! server, grows it, or is noticed by readers.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    thread,
    time::{Duration, Instant},
};

use crate::process::Process;

/// How long each flood lasts, unless the server ends it.
const FLOOD: Duration = Duration::from_millis(1_500);

/// By how much the server may have grown after all of them, in MiB. A flood that it stores is
/// hundreds within its time.
const GROWTH: u64 = 48;

// The types of frames, and flags (RFC 9113, section 6).
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const PRIORITY: u8 = 2;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const WINDOW_UPDATE: u8 = 8;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// The setting of that name (section 6.5.2).
const INITIAL_WINDOW_SIZE: u16 = 4;

// What a GOAWAY says (section 7).
const PROTOCOL_ERROR: u32 = 1;
const FLOW_CONTROL_ERROR: u32 = 3;
const FRAME_SIZE_ERROR: u32 = 6;
const CANCEL: u32 = 8;
const ENHANCE_YOUR_CALM: u32 = 11;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut frame = length[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

/// The head of a request for a list, by HPACK's static table and without Huffman's code (RFC 7541).
fn head() -> Vec<u8> {
    let (get, http) = (0x82, 0x86);
    let mut head = vec![get, http];
    for (name, value) in [(1, "hearth"), (4, "/properties")] {
        head.extend([name, u8::try_from(value.len()).unwrap()]);
        head.extend(value.as_bytes());
    }
    head
}

fn setting(name: u16, value: u32) -> Vec<u8> {
    let mut setting = name.to_be_bytes().to_vec();
    setting.extend(value.to_be_bytes());
    frame(SETTINGS, 0, 0, &setting)
}

/// The id of the client's `number`th stream.
fn stream(number: u32) -> u32 {
    2 * number + 1
}

/// What a client sends in the `round`th turn, from 0.
type Flood = fn(round: u32) -> Vec<u8>;

fn resets(round: u32) -> Vec<u8> {
    let pair = |number| {
        let request = frame(HEADERS, END_STREAM | END_HEADERS, stream(number), &head());
        let reset = frame(RST_STREAM, 0, stream(number), &CANCEL.to_be_bytes());
        [request, reset].concat()
    };
    (50 * round..50 * (round + 1)).flat_map(pair).collect()
}

fn settings(_: u32) -> Vec<u8> {
    setting(INITIAL_WINDOW_SIZE, 65_535).repeat(100)
}

fn pings(_: u32) -> Vec<u8> {
    frame(PING, 0, 0, b"12345678").repeat(100)
}

fn priorities(round: u32) -> Vec<u8> {
    (0..100)
        .flat_map(|number| {
            frame(
                PRIORITY,
                0,
                stream(100 * round + number + 1),
                &[0, 0, 0, 1, 1],
            )
        })
        .collect()
}

fn continuations(round: u32) -> Vec<u8> {
    if round == 0 {
        return frame(HEADERS, END_STREAM, 1, &head());
    }
    frame(CONTINUATION, 0, 1, &b"\0\x01a\x01b".repeat(1_000))
}

fn empty_continuations(round: u32) -> Vec<u8> {
    if round == 0 {
        return frame(HEADERS, END_STREAM, 1, &head());
    }
    frame(CONTINUATION, 0, 1, b"").repeat(1_000)
}

/// Answers may be made, but not be sent.
fn no_windows(round: u32) -> Vec<u8> {
    if round == 0 {
        return setting(INITIAL_WINDOW_SIZE, 0);
    }
    frame(HEADERS, END_STREAM | END_HEADERS, stream(round), &head())
}

fn empty_data(round: u32) -> Vec<u8> {
    if round == 0 {
        return frame(HEADERS, END_HEADERS, 1, &head());
    }
    frame(DATA, 0, 1, b"").repeat(100)
}

fn windows_of_nothing(_: u32) -> Vec<u8> {
    frame(WINDOW_UPDATE, 0, 0, &[0; 4])
}

fn windows_beyond_the_largest(_: u32) -> Vec<u8> {
    frame(WINDOW_UPDATE, 0, 0, &0x7FFF_FFFF_u32.to_be_bytes())
}

fn a_window_beyond_the_largest(_: u32) -> Vec<u8> {
    setting(INITIAL_WINDOW_SIZE, 0x8000_0000)
}

fn a_frame_beyond_the_largest(_: u32) -> Vec<u8> {
    vec![0xFF, 0xFF, 0xFF, DATA, 0, 0, 0, 0, 1]
}

fn a_head_that_is_none(_: u32) -> Vec<u8> {
    frame(HEADERS, END_STREAM | END_HEADERS, 1, &[0xFF; 64])
}

fn an_even_stream(_: u32) -> Vec<u8> {
    frame(HEADERS, END_STREAM | END_HEADERS, 2, &head())
}

fn data_of_no_stream(_: u32) -> Vec<u8> {
    frame(DATA, END_STREAM, 7, b"data")
}

/// Floods the server, and returns the reason for which it has ended the connection, if it has.
fn attack(address: &str, flood: Flood) -> Option<u32> {
    let mut connection = TcpStream::connect(address).unwrap();
    connection.set_write_timeout(Some(FLOOD)).unwrap();
    let mut reading = connection.try_clone().unwrap();
    let heard = thread::spawn(move || {
        let mut heard = Vec::new();
        let _ = reading.read_to_end(&mut heard);
        heard
    });
    let begin = Instant::now();
    let mut text = [
        &b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..],
        &frame(SETTINGS, 0, 0, b""),
    ]
    .concat();
    let mut round = 0;
    while begin.elapsed() < FLOOD && !heard.is_finished() {
        text.extend(flood(round));
        if connection.write_all(&text).is_err() {
            break;
        }
        text.clear();
        round += 1;
    }
    // What the server has sent before it closed the connection is there, whatever it left unread.
    let _ = connection.shutdown(Shutdown::Both);
    reason(&heard.join().unwrap())
}

/// What the GOAWAY among these frames says.
fn reason(mut frames: &[u8]) -> Option<u32> {
    while let Some((head, rest)) = frames.split_at_checked(9) {
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let (payload, rest) = rest.split_at_checked(usize::try_from(length).unwrap())?;
        if head[3] == GOAWAY {
            return payload[4..8].try_into().ok().map(u32::from_be_bytes);
        }
        frames = rest;
    }
    None
}

#[test]
fn floods_and_forbidden_frames_are_not_noticed_by_readers() {
    // The sheer floods may go on, at the speed at which the server takes them; what is an error ends its connection.
    let attacks: [(&str, Flood, Option<u32>); 15] = [
        ("resets", resets, Some(ENHANCE_YOUR_CALM)),
        ("settings", settings, None),
        ("pings", pings, None),
        ("priorities", priorities, None),
        ("continuations", continuations, Some(ENHANCE_YOUR_CALM)),
        (
            "empty continuations",
            empty_continuations,
            Some(ENHANCE_YOUR_CALM),
        ),
        ("no windows", no_windows, None),
        ("empty data", empty_data, None),
        (
            "windows of nothing",
            windows_of_nothing,
            Some(PROTOCOL_ERROR),
        ),
        (
            "windows beyond the largest",
            windows_beyond_the_largest,
            Some(FLOW_CONTROL_ERROR),
        ),
        (
            "a window beyond the largest",
            a_window_beyond_the_largest,
            // As h2 calls it; a FLOW_CONTROL_ERROR would be right (section 6.5.2).
            Some(PROTOCOL_ERROR),
        ),
        (
            "a frame beyond the largest",
            a_frame_beyond_the_largest,
            Some(FRAME_SIZE_ERROR),
        ),
        (
            "a head that is none",
            a_head_that_is_none,
            // A COMPRESSION_ERROR would be right (section 4.3).
            Some(PROTOCOL_ERROR),
        ),
        ("an even stream", an_even_stream, Some(PROTOCOL_ERROR)),
        ("data of no stream", data_of_no_stream, Some(PROTOCOL_ERROR)),
    ];
    let process = Process::start("info");
    let address = process.url().trim_start_matches("http://").to_owned();
    for _ in 0..20 {
        assert_eq!(process.get("/properties").status(), 200);
    }
    let before = process.resident();
    for (name, flood, reason) in attacks {
        let (ended, slowest) = thread::scope(|scope| {
            let attack = scope.spawn(|| attack(&address, flood));
            let mut slowest = Duration::ZERO;
            loop {
                let begin = Instant::now();
                assert_eq!(process.get("/properties").status(), 200, "during {name}");
                slowest = slowest.max(begin.elapsed());
                if attack.is_finished() {
                    break (attack.join().unwrap(), slowest);
                }
            }
        });
        println!(
            "{name}: slowest reader {slowest:?}, {} MiB",
            process.resident()
        );
        if reason.is_some() {
            assert_eq!(ended, reason, "{name}");
        }
    }
    let after = process.resident();
    assert!(after < before + GROWTH, "from {before} to {after} MiB");
    let log = process.stop();
    assert!(
        !log.contains("panicked") && !log.contains("\"ERROR\""),
        "{log}"
    );
}
