//! The floor plan of a home.

use catalogue::properties::Property;
use leptos::prelude::*;

use crate::{
    fragment::fragment,
    plan::{Floor, Kind, Room, floors},
};

/// The width of a floor's drawing, in its own units.
const ACROSS: f64 = 460.0;

/// The plan of each floor, with the rooms and their sizes as a list beside it.
#[component]
pub(crate) fn Plan(
    /// The home.
    home: Property,
) -> impl IntoView {
    let floors = floors(&home)?;
    let shown = (floors, home.area);
    Some(fragment("floor plan", shown, |(floors, area)| {
        plan(floors, *area)
    }))
}

fn plan(floors: &[Floor], area: i64) -> impl IntoView + use<> {
    let drawings = floors
        .iter()
        .map(|floor| view! { <Drawn floor=floor.clone() /> });
    let rooms = floors.iter().flat_map(|floor| &floor.rooms).map(|room| {
        view! {
            <li>
                <span>{room.name.clone()}</span>
                " "
                <span>{format!("{} m²", room.area)}</span>
            </li>
        }
    });
    view! {
        <section class="plan" aria-labelledby="plan">
            <h2 id="plan">"Floor plan"</h2>
            <div class="floors">{drawings.collect_view()}</div>
            <ul class="sizes" aria-label="Rooms">{rooms.collect_view()}</ul>
            <p class="muted">
                {format!(
                    "Sketched from the number of rooms and {area} m² of living area, not measured.",
                )}
            </p>
        </section>
    }
}

/// One floor. The list next to it says the same in words.
#[component]
fn Drawn(floor: Floor) -> impl IntoView {
    let scale = ACROSS / floor.width;
    let (width, height) = (ACROSS, floor.height * scale);
    let hall = floor
        .rooms
        .iter()
        .find(|room| room.kind == Kind::Hall)
        .cloned();
    let rooms = floor.rooms.iter().map(|room| drawn(room, scale));
    let rooms = rooms.collect_view();
    let windows = floor.rooms.iter().flat_map(|room| windows(room, &floor));
    let windows = windows
        .map(|[x1, y1, x2, y2]| {
            view! { <path class="window" d=line(x1 * scale, y1 * scale, x2 * scale, y2 * scale) /> }
        })
        .collect_view();
    let doors = hall.map(|hall| {
        let others = floor.rooms.iter().filter(|room| room.kind != Kind::Hall);
        let doors = others.filter_map(|room| door(room, &hall)).chain(entry(&hall, &floor));
        doors
            .map(|[x1, y1, x2, y2]| {
                view! { <path class="door" d=line(x1 * scale, y1 * scale, x2 * scale, y2 * scale) /> }
            })
            .collect_view()
    });
    view! {
        <figure>
            <svg viewBox=format!("-6 -6 {} {}", width + 12.0, (height + 12.0).round()) aria-hidden="true">
                {rooms}
                <path class="outside" d=format!("M0 0h{width}v{height:.0}H0z") />
                {windows}
                {doors}
            </svg>
            {(!floor.name.is_empty()).then(|| view! { <figcaption>{floor.name}</figcaption> })}
        </figure>
    }
}

/// A room with its name and its size.
fn drawn(room: &Room, scale: f64) -> impl IntoView + use<> {
    let class = match room.kind {
        Kind::Day => "day",
        Kind::Night => "night",
        Kind::Bath => "bath",
        Kind::Hall => "hall",
    };
    let [x, y, w, h] = [room.x, room.y, room.width, room.height].map(|meters| meters * scale);
    // A name that does not fit is shortened to its first word, or written vertically.
    let letters = |name: &str| name.chars().count() as f64 * 7.6;
    let (across, down) = (x + w / 2.0, y + h / 2.0);
    let upright = letters(&room.name) > w && h > w;
    let turn = upright.then(|| format!("rotate(-90 {across:.0} {down:.0})"));
    let flat = h.min(w) < 40.0;
    let name = if letters(&room.name) > w.max(h) {
        room.name.split(' ').next().unwrap_or_default().to_owned()
    } else {
        room.name.clone()
    };
    let size = format!("{} m²", room.area);
    let label = if flat {
        let text = if letters(&name) + 50.0 < w.max(h) {
            format!("{name} · {size}")
        } else {
            name
        };
        view! { <text x=round(across) y=round(down + 5.0) transform=turn>{text}</text> }.into_any()
    } else {
        view! {
            <text x=round(across) y=round(down - 3.0) transform=turn.clone()>{name}</text>
            <text class="size" x=round(across) y=round(down + 15.0) transform=turn>{size}</text>
        }
        .into_any()
    };
    view! {
        <rect class=class x=round(x) y=round(y) width=round(w) height=round(h) />
        {label}
    }
}

/// Windows: in the middle of each outer wall of every room except the hall.
fn windows(room: &Room, floor: &Floor) -> impl Iterator<Item = [f64; 4]> + use<> {
    let (right, bottom) = (room.x + room.width, room.y + room.height);
    let (across, down) = (room.x + room.width / 2.0, room.y + room.height / 2.0);
    let wide = (room.width * 0.45).min(2.4) / 2.0;
    let high = (room.height * 0.45).min(2.4) / 2.0;
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    let lives = room.kind != Kind::Hall;
    let up = [across - wide, room.y, across + wide, room.y];
    let low = [across - wide, bottom, across + wide, bottom];
    let left = [room.x, down - high, room.x, down + high];
    let east = [right, down - high, right, down + high];
    [
        (near(room.y, 0.0), up),
        (near(bottom, floor.height), low),
        (near(room.x, 0.0), left),
        (near(right, floor.width), east),
    ]
    .into_iter()
    .filter_map(move |(outer, window)| (outer && lives).then_some(window))
}

/// The door between a room and the hall, where they share enough of a wall.
fn door(room: &Room, hall: &Room) -> Option<[f64; 4]> {
    const WIDE: f64 = 0.85;
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    let overlap = |a: f64, b: f64, c: f64, d: f64| (a.max(c), b.min(d));
    let (left, right) = overlap(room.x, room.x + room.width, hall.x, hall.x + hall.width);
    let (top, bottom) = overlap(room.y, room.y + room.height, hall.y, hall.y + hall.height);
    let above = near(room.y + room.height, hall.y);
    let below = near(hall.y + hall.height, room.y);
    if (above || below) && right - left > WIDE {
        let y = if above { hall.y } else { room.y };
        // Off center, so that there is room for furniture next to it.
        let x = left + (right - left - WIDE) * 0.3;
        return Some([x, y, x + WIDE, y]);
    }
    let before = near(room.x + room.width, hall.x);
    let behind = near(hall.x + hall.width, room.x);
    if (before || behind) && bottom - top > WIDE {
        let x = if before { hall.x } else { room.x };
        let y = f64::midpoint(top, bottom) - WIDE / 2.0;
        return Some([x, y, x, y + WIDE]);
    }
    None
}

/// The front door, at the hall's outer end; an upper floor has none.
fn entry(hall: &Room, floor: &Floor) -> Option<[f64; 4]> {
    if floor.name == "Upper floor" {
        return None;
    }
    let x = if hall.x < 0.01 {
        0.0
    } else {
        hall.x + hall.width
    };
    let middle = hall.y + hall.height / 2.0;
    let wide = (hall.height * 0.8).min(1.0) / 2.0;
    Some([x, middle - wide, x, middle + wide])
}

fn line(x1: f64, y1: f64, x2: f64, y2: f64) -> String {
    format!("M{x1:.0} {y1:.0}L{x2:.0} {y2:.0}")
}

fn round(number: f64) -> String {
    format!("{number:.0}")
}
