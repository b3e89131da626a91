//! The title and the description of a home.
//!
//! A description goes through slots: *light*, *kitchen*, *parking* and so on. Each slot has a dozen
//! or more sentences and is used at most once. Two rules keep a text free of contradictions: a
//! subject is mentioned in one slot only (the sentence about the range says that it is gas, and no
//! other sentence is about cooking), and whatever a sentence states comes from [`Facts`], drawn
//! before the first word is written.
//!
//! Facts that may change during the row's life are left out: status, price and agent. So are the
//! people who may live there: the Fair Housing Act allows describing the home, not the buyer.

mod extras;
mod facts;
mod inside;
mod kitchen;
mod opening;
mod outside;
mod place;
mod practical;
mod rooms;
mod title;

use super::draw::Draw;
pub(super) use facts::Facts;
use facts::{Condition, Outdoor, Parking};
pub(super) use title::title;

/// How many words a description should have by the end of each section.
const PACE: [usize; 5] = [124, 173, 232, 286, 319];

/// About 300 words in several paragraphs, separated by an empty line.
pub(super) fn description(draw: &mut Draw, facts: &Facts) -> String {
    let mut text = Text {
        out: String::with_capacity(2_000),
        words: 0,
        paragraph: 0,
        draw,
        facts,
    };
    let jitter = text.draw.below(24);
    let pace = PACE.map(|words| words + jitter - 12);

    opening(&mut text);
    living(&mut text, pace[0]);
    rooms(&mut text, pace[1]);
    // The outside comes before or after the technical equipment.
    if text.draw.chance(50) {
        outside(&mut text, pace[2] - 8);
        practical(&mut text, pace[3]);
    } else {
        practical(&mut text, pace[2] + 8);
        outside(&mut text, pace[3]);
    }
    place(&mut text, pace[4]);
    text.out
}

fn opening(text: &mut Text) {
    text.paragraph();
    text.say(if text.facts.bedrooms == 0 {
        opening::STUDIO
    } else {
        opening::OPENING
    });
    text.say(opening::SIZE);
    text.say(opening::LIGHT);
    text.say(match text.facts.condition {
        Condition::New => opening::NEW,
        Condition::Renovated => opening::RENOVATED,
        Condition::Maintained => opening::MAINTAINED,
    });
}

fn living(text: &mut Text, pace: usize) {
    text.paragraph();
    text.say(text.facts.layout());
    text.say(inside::FLOORS);
    // Half of the texts start a new paragraph for the kitchen, so that they do not all look alike.
    if text.draw.chance(50) {
        text.paragraph();
    }
    text.say(kitchen::KITCHEN);
    text.say(kitchen::STOVE);
    text.say(kitchen::DINING);
    text.say_until(pace, inside::WORK);
}

fn rooms(text: &mut Text, pace: usize) {
    text.paragraph();
    text.say(match text.facts.bedrooms {
        0 => rooms::STUDIO,
        1 => rooms::ONE_BEDROOM,
        _ => rooms::BEDROOMS,
    });
    text.say(match text.facts.half_baths {
        2 => rooms::ONE_BATHROOM,
        _ => rooms::BATHROOMS,
    });
    text.say(rooms::BATH_DETAIL);
    text.say_until(pace, rooms::CLOSETS);
}

fn outside(text: &mut Text, pace: usize) {
    text.paragraph();
    text.say(match text.facts.outdoor {
        Outdoor::Yard => outside::YARD,
        Outdoor::Patio => outside::PATIO,
        Outdoor::Balcony => outside::BALCONY,
        Outdoor::Courtyard => outside::COURTYARD,
        Outdoor::Roof => outside::ROOF,
    });
    text.say(text.facts.building());
    text.say(match text.facts.parking {
        Parking::Garage => outside::GARAGE,
        Parking::Driveway => outside::DRIVEWAY,
        Parking::Space => outside::SPACE,
        Parking::Street => outside::STREET,
    });
    text.say_until(pace, extras::STORAGE);
}

fn practical(text: &mut Text, pace: usize) {
    text.paragraph();
    text.say(practical::HEAT);
    text.say(if text.facts.shared_laundry {
        practical::SHARED_LAUNDRY
    } else {
        practical::LAUNDRY
    });
    text.say(practical::WINDOWS);
    text.say_until(pace, extras::WIRING);
}

fn place(text: &mut Text, pace: usize) {
    text.paragraph();
    text.say(text.facts.place());
    text.say(text.facts.transit());
    text.say_until(pace - 14, place::MORE);
    text.say_until(pace + 4, place::CLOSING);
    // For texts that are still too short, because all their sentences are.
    text.say_until(pace - 18, place::PAPERS);
}

/// A text under construction.
struct Text<'a> {
    out: String,
    words: usize,
    /// Where the paragraph begins.
    paragraph: usize,
    draw: &'a mut Draw,
    facts: &'a Facts<'a>,
}

impl Text<'_> {
    fn paragraph(&mut self) {
        if !self.out.is_empty() {
            self.out.push_str("\n\n");
        }
        self.paragraph = self.out.len();
    }

    fn say(&mut self, slot: &[&str]) {
        if self.out.len() > self.paragraph {
            self.out.push(' ');
        }
        let start = self.out.len();
        let sentence = self.draw.pick(slot);
        self.facts.expand(sentence, &mut self.out);
        self.words += 1 + self.out.as_bytes()[start..]
            .iter()
            .filter(|&&byte| byte == b' ')
            .count();
    }

    /// Adds a sentence only if the text would be too short otherwise.
    fn say_until(&mut self, words: usize, slot: &[&str]) {
        if self.words < words {
            self.say(slot);
        }
    }
}
