//! Where in its district a home is.

use std::fmt::Write as _;

use catalogue::properties::{Location, Property};
use leptos::prelude::*;
use serde::Serialize;

use crate::fragment::fragment;

/// The drawing's size.
const WIDE: f64 = 480.0;
const HIGH: f64 = 300.0;

/// A sketch of the district. Its streets are the same for all homes of a district, and made up,
/// hence the caption. The home is placed by its coordinates.
#[component]
pub(crate) fn DistrictMap(
    /// The home.
    home: Property,
) -> impl IntoView {
    let Property {
        location,
        address,
        latitude,
        longitude,
        ..
    } = home;
    let shown = Shown {
        location,
        address,
        latitude,
        longitude,
    };
    fragment("district", shown, sketch)
}

/// What the sketch shows of a home.
#[derive(Serialize)]
struct Shown {
    location: Location,
    address: String,
    latitude: f64,
    longitude: f64,
}

fn sketch(home: &Shown) -> impl IntoView + use<> {
    let district = Sketch::of(home.location.id);
    let (x, y) = place(home);
    let street = street(&home.address);
    let turn = format!("rotate({:.0} {x:.0} {y:.0})", district.angle);
    let position = format!(
        "{}, {}",
        degrees(home.latitude, 'N', 'S'),
        degrees(home.longitude, 'E', 'W')
    );
    view! {
        <section class="district" aria-labelledby="district">
            <h2 id="district">{format!("In {}", home.location.district)}</h2>
            <figure>
                <svg viewBox=format!("0 0 {WIDE} {HIGH}") role="img" aria-label=format!("Sketch of {}, showing {}", home.location.district, home.address)>
                    <path class="land" d=format!("M0 0h{WIDE}v{HIGH}H0z") />
                    {district.water.map(|d| view! { <path class="water" d=d /> })}
                    <path class="park" d=district.park />
                    <path class="lane" d=district.lanes />
                    <path class="road edge" d=district.roads.clone() />
                    <path class="road" d=district.roads />
                    <g transform=turn>
                        <path class="lane own" d=format!("M{:.0} {y:.0}h1200", x - 600.0) />
                        <text x=format!("{:.0}", if x < WIDE / 2.0 { x + 22.0 } else { x - 22.0 }) y=format!("{:.0}", y - 8.0) class=if x < WIDE / 2.0 { "" } else { "end" }>
                            {street}
                        </text>
                    </g>
                    <g transform=format!("translate({x:.0} {y:.0})")>
                        <circle class="halo" r="20" />
                        <path class="pin" d="M0 0C-4-7-11-12-11-20a11 11 0 0 1 22 0c0 8-7 13-11 20z" />
                        <circle class="eye" cy="-20" r="4" />
                    </g>
                </svg>
                <figcaption class="muted">
                    <span>"Sketch, not to scale."</span>
                    " "
                    <a href=format!("geo:{},{}", home.latitude, home.longitude)>{position}</a>
                </figcaption>
            </figure>
        </section>
    }
}

/// Where the home is in the drawing: its position within a grid cell about as large as a district,
/// kept away from the edges.
fn place(home: &Shown) -> (f64, f64) {
    let within = |degrees: f64, part: f64| (degrees / part).rem_euclid(1.0);
    let x = 0.16 + 0.68 * within(home.longitude, 0.021);
    let y = 0.82 - 0.58 * within(home.latitude, 0.016);
    (x * WIDE, y * HIGH)
}

/// The street of an address, without the house number and whatever follows the street.
fn street(address: &str) -> String {
    let street = address
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .split([',', '#'])
        .next()
        .unwrap_or_default();
    street.trim().to_owned()
}

fn degrees(value: f64, positive: char, negative: char) -> String {
    let side = if value < 0.0 { negative } else { positive };
    format!("{:.4}° {side}", value.abs())
}

/// What a district looks like from above.
struct Sketch {
    /// The rotation of its grid, in degrees.
    angle: f64,
    lanes: String,
    roads: String,
    park: String,
    water: Option<String>,
}

impl Sketch {
    fn of(district: i64) -> Self {
        let mut dice = Dice(district.unsigned_abs());
        let angle = dice.between(-16.0, 16.0);
        let (sin, cos) = angle.to_radians().sin_cos();
        // From the grid's own coordinates to the drawing's.
        let turned = |x: f64, y: f64| {
            (
                WIDE / 2.0 + x * cos - y * sin,
                HIGH / 2.0 + x * sin + y * cos,
            )
        };
        let mut lanes = String::new();
        let mut lane = |from: (f64, f64), to: (f64, f64)| {
            let ((a, b), (c, d)) = (turned(from.0, from.1), turned(to.0, to.1));
            // Writing to a string cannot fail.
            let _ = write!(lanes, "M{a:.0} {b:.0}L{c:.0} {d:.0}");
        };
        let (mut columns, mut rows) = (vec![-340.0], vec![-250.0]);
        while columns[columns.len() - 1] < 340.0 {
            columns.push(columns[columns.len() - 1] + dice.between(34.0, 66.0));
        }
        while rows[rows.len() - 1] < 250.0 {
            rows.push(rows[rows.len() - 1] + dice.between(30.0, 52.0));
        }
        // Some blocks are double, so a lane ends where they begin.
        for pair in rows.windows(2) {
            for x in &columns {
                if dice.below(5) > 0 {
                    lane((*x, pair[0]), (*x, pair[1]));
                }
            }
        }
        for y in &rows {
            lane((-340.0, *y), (340.0, *y));
        }
        let bend = |dice: &mut Dice| dice.between(-60.0, 60.0);
        let (across, down) = (dice.between(90.0, 210.0), dice.between(130.0, 350.0));
        let roads = format!(
            "M-10 {:.0}Q{:.0} {:.0} 490 {:.0}M{:.0} -10Q{:.0} {:.0} {:.0} 310",
            across + bend(&mut dice) / 2.0,
            WIDE / 2.0 + bend(&mut dice),
            across + bend(&mut dice),
            across + bend(&mut dice) / 2.0,
            down + bend(&mut dice) / 2.0,
            down + bend(&mut dice),
            HIGH / 2.0,
            down + bend(&mut dice),
        );
        // A park takes some blocks of the grid.
        let (left, top) = (
            dice.below(columns.len() as u64 - 4),
            dice.below(rows.len() as u64 - 3),
        );
        let (left, top) = (left as usize, top as usize);
        let corners = [
            turned(columns[left], rows[top]),
            turned(columns[left + 3], rows[top]),
            turned(columns[left + 3], rows[top + 2]),
            turned(columns[left], rows[top + 2]),
        ]
        .map(|(x, y)| format!("{x:.0} {y:.0}"));
        let park = format!("M{}Z", corners.join("L"));
        let water = (dice.below(5) < 2).then(|| {
            let at = dice.between(20.0, 280.0);
            format!(
                "M-20 {:.0}C120 {:.0} 300 {:.0} 500 {:.0}",
                at,
                at + bend(&mut dice),
                at + bend(&mut dice),
                at + bend(&mut dice)
            )
        });
        Self {
            angle,
            lanes,
            roads,
            park,
            water,
        }
    }
}

/// `SplitMix64`: the same numbers for the same seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_is_its_address_without_numbers() {
        assert_eq!(street("4012 Willow Bend Dr"), "Willow Bend Dr");
        assert_eq!(street("12 Oak St, Apt 304"), "Oak St");
        assert_eq!(street("7 Mill Rd #1203"), "Mill Rd");
    }

    #[test]
    fn districts_differ_and_are_reproducible() {
        assert_eq!(Sketch::of(3).lanes, Sketch::of(3).lanes);
        assert_ne!(Sketch::of(3).lanes, Sketch::of(4).lanes);
    }
}
