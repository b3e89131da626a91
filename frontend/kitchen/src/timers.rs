//! The timers of steps, which run on while another step is shown.

use std::cell::{Cell, RefCell};

use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlMediaElement};

use crate::page;

/// How often their times are shown, in milliseconds.
const TICK: i32 = 500;

thread_local! {
    static TIMERS: RefCell<Vec<Timer>> = const { RefCell::new(Vec::new()) };
    /// The interval of ticks, while there are timers.
    static TICKING: Cell<Option<i32>> = const { Cell::new(None) };
}

/// A timer that has been started.
struct Timer {
    /// Its number on the page.
    number: String,
    state: State,
}

/// Times are in milliseconds.
#[derive(Clone, Copy)]
enum State {
    /// Runs until then.
    Runs(f64),
    /// Has so much left.
    Paused(f64),
    Over,
}

/// Does what a button of a timer says.
pub(crate) fn clicked(target: &Element) {
    let does = |what: &str| {
        let control = target.closest(&format!("[{what}]")).ok()??;
        control.get_attribute(what)
    };
    if let Some(number) = does("data-start") {
        begin(number);
    } else if let Some(number) = does("data-pause") {
        pause(&number);
    } else if let Some(number) = does("data-stop") {
        stop(&number);
    }
}

/// Ends all of them: cook's mode was left.
pub(crate) fn clear() {
    TIMERS.take();
    if let Some(handle) = TICKING.take() {
        page::clear_interval(handle);
    }
}

/// Shows all of them.
pub(crate) fn draw() {
    TIMERS.with_borrow(|timers| {
        for timer in timers {
            timer.draw();
        }
    });
}

fn begin(number: String) -> Option<()> {
    let line = line(&number)?;
    let seconds: u32 = line.get_attribute("data-seconds")?.parse().ok()?;
    let state = State::Runs(Date::now() + f64::from(seconds) * 1_000.0);
    let timer = Timer { number, state };
    timer.draw();
    TIMERS.with_borrow_mut(|timers| {
        timers.retain(|other| other.number != timer.number);
        timers.push(timer);
    });
    if TICKING.get().is_none() {
        TICKING.set(page::interval(TICK, tick));
    }
    let left = page::within(&line, "b").map_or(String::new(), |it| page::text(&it));
    page::say(&format!("Timer started: {left}"));
    // A browser plays a sound later only if a click has loaded it.
    chime()?.load();
    Some(())
}

/// Pauses a timer, or lets it go on.
fn pause(number: &str) {
    TIMERS.with_borrow_mut(|timers| {
        if let Some(timer) = timers.iter_mut().find(|timer| timer.number == number) {
            timer.state = match timer.state {
                State::Runs(end) => State::Paused(end - Date::now()),
                State::Paused(left) => State::Runs(Date::now() + left),
                State::Over => State::Over,
            };
            timer.draw();
        }
    });
}

fn stop(number: &str) {
    TIMERS.with_borrow_mut(|timers| timers.retain(|timer| timer.number != number));
    if let Some(line) = line(number) {
        page::set(&line, "hidden", Some(""));
    }
    if let Some(chime) = chime() {
        let _ = chime.pause();
    }
    if TIMERS.with_borrow(Vec::is_empty) {
        clear();
    }
}

fn tick() {
    TIMERS.with_borrow_mut(|timers| {
        for timer in timers {
            let State::Runs(end) = timer.state else {
                continue;
            };
            let is_over = end <= Date::now();
            if is_over {
                timer.state = State::Over;
            }
            timer.draw();
            if is_over {
                timer.ring();
            }
        }
    });
}

impl Timer {
    /// Makes its line show it.
    fn draw(&self) -> Option<()> {
        let line = line(&self.number)?;
        let (left, class, pause) = match self.state {
            State::Runs(end) => (end - Date::now(), None, Some("Pause")),
            State::Paused(left) => (left, None, Some("Resume")),
            State::Over => (0.0, Some("over"), None),
        };
        page::set(&line, "hidden", None);
        page::set(&line, "class", class);
        page::write(&*page::within(&line, "b")?, &clock(left));
        let button = page::within(&line, "[data-pause]")?;
        page::set(&button, "hidden", pause.is_none().then_some(""));
        page::write(&button, pause.unwrap_or_default());
        Some(())
    }

    /// Says that it is over, and is heard.
    fn ring(&self) -> Option<()> {
        let step = page::within(&*line(&self.number)?, "a")?;
        page::say(&format!("The timer of {} is over", page::text(&step)));
        let playing = chime()?.play().ok()?;
        // A browser that forbids sound shows that it is over all the same.
        page::when(playing.unchecked_ref(), |_| {});
        Some(())
    }
}

/// The line of a timer on the page.
fn line(number: &str) -> Option<HtmlElement> {
    page::element(&format!("timer-{number}"))
}

fn chime() -> Option<HtmlMediaElement> {
    page::element("chime")?.dyn_into().ok()
}

/// How much is left: `12:00`, `1:05:09`.
fn clock(milliseconds: f64) -> String {
    let seconds = (milliseconds / 1_000.0).ceil().max(0.0) as u64;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}
