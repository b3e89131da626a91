//! Floor plans, derived from what is known about a home: rooms, bathrooms and area.
//!
//! The rooms were never measured. The plan is one that such a home could have, always the same for
//! the same home, and its rooms add up to the stated area.

use catalogue::properties::Property;
use serde::Serialize;

/// A floor: a rectangle of rooms.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Floor {
    /// Its name; empty if there is only one floor.
    pub(crate) name: &'static str,
    /// Its size, in meters.
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// Its rooms, which cover it.
    pub(crate) rooms: Vec<Room>,
}

/// A room, and where it lies on its floor, in meters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Room {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Whole square meters.
    pub(crate) area: i64,
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// What a room is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Kind {
    /// For sitting, cooking or eating.
    Day,
    /// For sleeping.
    Night,
    /// A bathroom or WC.
    Bath,
    /// Leads to the other rooms. Every floor has one.
    Hall,
}

/// A room that is not placed yet: its name, its kind and its relative share of the floor.
struct Wanted(String, Kind, f64);

/// A plan with more rooms than this would look like a table.
const MOST_ROOMS: i64 = 14;

/// How many full bathrooms a home has, and how many that lack a tub or more: two and a half
/// bathrooms are two of one kind and one of the other.
pub(crate) fn bathrooms(home: &Property) -> (i64, i64) {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "stored as an integer of quarters"
    )]
    let full = home.bathrooms as i64;
    (full, i64::from(home.bathrooms.fract() > 0.0))
}

/// The plan of a home; `None` if it is too small for its rooms, or too large to draw.
pub(crate) fn floors(home: &Property) -> Option<Vec<Floor>> {
    let (full, partial) = bathrooms(home);
    let rooms = home.bedrooms + full + partial + 3;
    if rooms > MOST_ROOMS || home.area < 4 * rooms || home.area > 2_000 {
        return None;
    }
    let detached = matches!(&*home.property_type, "house" | "townhouse" | "cottage");
    let flip = (home.id.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) & 3;
    let (day, night) = wanted(home.bedrooms, full, partial);
    if detached && home.bedrooms > 1 && home.area > 100 {
        let ground = (home.area + 1) / 2;
        let (mut day, mut night) = (day, night);
        // The WC, or else the last of several bathrooms, is downstairs.
        let baths = night.iter().filter(|room| room.1 == Kind::Bath).count();
        if baths > 1
            && let Some(place) = night.iter().rposition(|room| room.1 == Kind::Bath)
        {
            day.push(night.remove(place));
        }
        return Some(vec![
            floor("Ground floor", ground, "Hall", day, flip),
            floor("Upper floor", home.area - ground, "Landing", night, flip),
        ]);
    }
    let all = day.into_iter().chain(night).collect();
    Some(vec![floor("", home.area, "Hall", all, flip)])
}

fn wanted(bedrooms: i64, baths: i64, small: i64) -> (Vec<Wanted>, Vec<Wanted>) {
    let one = |name: &str, kind, weight| Wanted(name.to_owned(), kind, weight);
    let mut day = vec![match bedrooms {
        0 => one("Living and sleeping", Kind::Day, 34.0),
        _ => one("Living room", Kind::Day, 26.0),
    }];
    day.push(one("Kitchen", Kind::Day, 12.0));
    if bedrooms > 2 {
        day.push(one("Dining", Kind::Day, 11.0));
    }
    let mut night = Vec::new();
    for number in 1..=bedrooms {
        let (name, weight) = match number {
            1 if bedrooms == 1 => ("Bedroom".to_owned(), 15.0),
            1 => ("Main bedroom".to_owned(), 16.0),
            _ => (format!("Bedroom {number}"), 12.0),
        };
        night.push(Wanted(name, Kind::Night, weight));
    }
    for number in 1..=baths {
        let name = match number {
            1 => "Bath".to_owned(),
            _ => format!("Bath {number}"),
        };
        night.push(Wanted(name, Kind::Bath, 6.5));
    }
    night.extend((0..small).map(|_| one("WC", Kind::Bath, 3.0)));
    (day, night)
}

/// One floor: rooms in a column on the left, and rooms above and below a hall beside it.
fn floor(name: &'static str, area: i64, hall: &str, mut wanted: Vec<Wanted>, flip: u64) -> Floor {
    let total: f64 = wanted.iter().map(|room| room.2).sum();
    wanted.push(Wanted(hall.to_owned(), Kind::Hall, total * 0.13));
    let areas = shares(area, &wanted);
    let size = |place: usize| areas[place] as f64;
    let width = (area as f64 * 1.5).sqrt();
    let height = area as f64 / width;
    let hall = wanted.len() - 1;
    let sides = best(hall, |sides| worst(sides, &wanted, &areas, width, height));
    let sum = |side: Side| -> f64 {
        let of_side = sides.iter().enumerate().filter(|(_, at)| **at == side);
        of_side.map(|(place, _)| size(place)).sum()
    };
    let column = sum(Side::Left) / height;
    let beside = width - column;
    let (above, between) = (sum(Side::Above) / beside, size(hall) / beside);
    let (mut down, mut over, mut under) = (0.0, column, column);
    let mut rooms = Vec::with_capacity(wanted.len());
    for (place, Wanted(name, kind, _)) in wanted.into_iter().enumerate() {
        let side = sides.get(place).copied();
        let (x, y, w, h) = match side {
            Some(Side::Left) => {
                let y = down;
                down += size(place) / column;
                (0.0, y, column, size(place) / column)
            }
            Some(Side::Above) => {
                let x = over;
                over += size(place) / above;
                (x, 0.0, size(place) / above, above)
            }
            Some(Side::Below) => {
                let below = height - above - between;
                let x = under;
                under += size(place) / below;
                (x, above + between, size(place) / below, below)
            }
            None => (column, above, beside, between),
        };
        rooms.push(Room {
            name,
            kind,
            area: areas[place],
            x: if flip & 1 == 0 { x } else { width - x - w },
            y: if flip & 2 == 0 { y } else { height - y - h },
            width: w,
            height: h,
        });
    }
    Floor {
        name,
        width,
        height,
        rooms,
    }
}

/// Whole square meters in proportion to the weights. The rounding remainder goes to the rooms that
/// lost most by it, so that the sum is exact.
fn shares(area: i64, wanted: &[Wanted]) -> Vec<i64> {
    let total: f64 = wanted.iter().map(|room| room.2).sum();
    let exact = wanted.iter().map(|room| area as f64 * room.2 / total);
    let mut shares: Vec<(i64, f64)> = exact
        .map(|exact| {
            #[expect(clippy::cast_possible_truncation, reason = "at most the area")]
            let whole = (exact.floor() as i64).max(1);
            (whole, exact - whole as f64)
        })
        .collect();
    let mut left = area - shares.iter().map(|(whole, _)| whole).sum::<i64>();
    while left != 0 {
        let step = left.signum();
        let next = shares
            .iter_mut()
            .filter(|(whole, _)| whole + step > 0)
            .max_by(|a, b| (a.1 * step as f64).total_cmp(&(b.1 * step as f64)));
        let Some((whole, lost)) = next else { break };
        *whole += step;
        *lost -= step as f64;
        left -= step;
    }
    shares.into_iter().map(|(whole, _)| whole).collect()
}

/// Where a room lies, seen from the hall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Above,
    Below,
}

/// How many rooms are tried on every side; any further ones stay above the hall.
const TRIED: usize = 8;

/// The best way to put this many rooms around the hall. The first one is on the left.
fn best(rooms: usize, badness: impl Fn(&[Side]) -> f64) -> Vec<Side> {
    let mut sides = vec![Side::Above; rooms];
    if let Some(first) = sides.first_mut() {
        *first = Side::Left;
    }
    let (mut best, mut least) = (sides.clone(), f64::INFINITY);
    let tried = rooms.saturating_sub(1).min(TRIED);
    for way in 0..3_usize.pow(u32::try_from(tried).unwrap_or_default()) {
        let mut rest = way;
        for side in sides.iter_mut().skip(1).take(tried) {
            *side = match rest % 3 {
                0 => Side::Above,
                1 => Side::Below,
                _ => Side::Left,
            };
            rest /= 3;
        }
        let bad = badness(&sides);
        if bad < least {
            least = bad;
            best.clone_from(&sides);
        }
    }
    best
}

/// How bad an arrangement is: how far its rooms are from squares, plus a penalty for rooms in
/// undesirable places.
fn worst(sides: &[Side], wanted: &[Wanted], areas: &[i64], width: f64, height: f64) -> f64 {
    let sum = |side: Side| -> f64 {
        let of_side = sides.iter().zip(areas).filter(|(at, _)| **at == side);
        of_side.map(|(_, area)| *area as f64).sum()
    };
    let (left, above, below) = (sum(Side::Left), sum(Side::Above), sum(Side::Below));
    if above == 0.0 || below == 0.0 {
        return f64::INFINITY;
    }
    let column = left / height;
    let beside = width - column;
    let mut bad = 0.0;
    for ((side, room), area) in sides.iter().zip(wanted).zip(areas) {
        let area = *area as f64;
        let long = match side {
            Side::Left => column,
            Side::Above => above / beside,
            Side::Below => below / beside,
        };
        let other = area / long;
        let aspect = (long / other).max(other / long);
        bad += (aspect - 1.0).powi(2) * if room.1 == Kind::Bath { 0.5 } else { 1.0 };
        // Bedrooms and baths behind the living room are a last resort.
        let first_is_day = wanted.first().is_some_and(|room| room.1 == Kind::Day);
        if *side == Side::Left && first_is_day && room.1 != Kind::Day {
            bad += 6.0;
        }
        if *side != Side::Left && room.0 == "Kitchen" {
            bad += 0.6;
        }
    }
    let hall = areas.last().copied().unwrap_or_default() as f64 / beside;
    bad + (hall - 1.5).abs() * 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(property_type: &str, bedrooms: i64, bathrooms: f64, area: i64, id: i64) -> Property {
        let json = serde_json::json!({
            "id": id, "title": "", "description": "", "property_type": property_type,
            "status": "active", "price": "1.00", "bedrooms": bedrooms, "bathrooms": bathrooms,
            "area": area, "year_built": 2000, "address": "", "latitude": 0.0, "longitude": 0.0,
            "location": {"id": 1, "city": "", "state": "", "district": "", "postal_code": ""},
            "agent": {"id": 1, "name": "", "email": "", "phone": "",
                "office": {"id": 1, "name": "", "phone": "", "city": ""}},
            "view_count": 0, "version": 1, "created_at": "", "updated_at": ""
        });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn rooms_add_up_to_the_area_and_cover_their_floor() {
        for (kind, bedrooms, bathrooms, area) in [
            ("loft", 0, 1.0, 38),
            ("apartment", 1, 1.0, 62),
            ("condo", 2, 1.5, 91),
            ("condo", 4, 3.0, 150),
            ("cottage", 3, 2.0, 99),
            ("townhouse", 3, 2.5, 148),
            ("house", 6, 4.0, 290),
        ] {
            for id in 1..5 {
                let floors = floors(&home(kind, bedrooms, bathrooms, area, id)).unwrap();
                let rooms: Vec<&Room> = floors.iter().flat_map(|floor| &floor.rooms).collect();
                assert_eq!(
                    rooms.iter().map(|room| room.area).sum::<i64>(),
                    area,
                    "{kind}"
                );
                let nights = rooms.iter().filter(|room| room.kind == Kind::Night).count();
                assert_eq!(nights as i64, bedrooms, "{kind}");
                for floor in &floors {
                    let covered: f64 = floor.rooms.iter().map(|r| r.width * r.height).sum();
                    assert!(
                        (covered - floor.width * floor.height).abs() < 0.01,
                        "{floor:?}"
                    );
                    for room in &floor.rooms {
                        assert!((room.width * room.height - room.area as f64).abs() < 0.01);
                        assert!(room.x > -0.01 && room.x + room.width < floor.width + 0.01);
                        assert!(room.y > -0.01 && room.y + room.height < floor.height + 0.01);
                    }
                }
            }
        }
    }

    #[test]
    fn homes_that_cannot_be_drawn_have_no_plan() {
        assert_eq!(floors(&home("house", 100, 100.0, 200, 1)), None);
        assert_eq!(floors(&home("house", 3, 2.0, 9, 1)), None);
        assert_eq!(floors(&home("house", 3, 2.0, 1_000_000, 1)), None);
    }
}
