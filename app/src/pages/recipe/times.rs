//! The times in a step: `for 6 to 8 minutes`, `1½ hours`, `an hour and 20 minutes`.

/// A part of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words without a time.
    Words(&'a str),
    /// A time as it is written, and the least number of seconds that it can mean.
    Time(&'a str, u64),
}

/// A step's text in pieces, in its order. Joined, they are the text.
pub(super) fn pieces(step: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut words, mut at) = (Vec::new(), 0, 0);
    while at < step.len() {
        let rest = &step[at..];
        let begins = step[..at].chars().next_back().is_none_or(is_gap);
        let Some((seconds, end)) = begins.then(|| time(rest)).flatten() else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if words < at {
            pieces.push(Piece::Words(&step[words..at]));
        }
        pieces.push(Piece::Time(&rest[..end], seconds));
        at += end;
        words = at;
    }
    if words < step.len() {
        pieces.push(Piece::Words(&step[words..]));
    }
    pieces
}

/// A number may follow these: not a letter, nor a part of another number.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '–' | '—')
}

/// The time that a text begins with: its seconds, and where it ends.
fn time(text: &str) -> Option<(u64, usize)> {
    let (seconds, end) = one(text)?;
    // `1 hour 20 minutes`, `an hour and 20 minutes`: only a smaller unit can follow.
    let rest = &text[end..];
    let join = [" and ", ", ", " "]
        .into_iter()
        .find(|join| rest.starts_with(join));
    let more = join.and_then(|join| Some((join.len(), one(&rest[join.len()..])?)));
    Some(match more {
        Some((gap, (more, length))) if seconds >= 3_600 && more < 3_600 => {
            (seconds + more, end + gap + length)
        }
        _ => (seconds, end),
    })
}

/// A number, or a range of which the least counts, and one unit.
fn one(text: &str) -> Option<(u64, usize)> {
    let (sixtieths, mut end) = number(text)?;
    for join in [" to ", " or ", "-", "–", " – "] {
        let Some(rest) = text[end..].strip_prefix(join) else {
            continue;
        };
        if let Some((most, length)) = number(rest)
            && most > sixtieths
        {
            end += join.len() + length;
            break;
        }
    }
    let rest = &text[end..];
    let unit = rest.trim_start_matches([' ', '-', '\u{a0}']);
    let letters = unit.find(|c: char| !c.is_ascii_alphabetic());
    let word = &unit[..letters.unwrap_or(unit.len())];
    let seconds = match word.to_ascii_lowercase().as_str() {
        "second" | "seconds" | "sec" | "secs" => 1,
        "minute" | "minutes" | "min" | "mins" => 60,
        "hour" | "hours" | "hr" | "hrs" => 3_600,
        _ => return None,
    };
    let end = end + (rest.len() - unit.len()) + word.len();
    let total = sixtieths.checked_mul(seconds)? / 60;
    (total > 0).then_some((total, end))
}

/// The number that a text begins with, in sixtieths, and where it ends.
fn number(text: &str) -> Option<(u64, usize)> {
    const WORDS: [(&str, u64); 5] = [
        ("half an ", 30),
        ("a ", 60),
        ("an ", 60),
        ("one ", 60),
        ("two ", 120),
    ];
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    if let Some((word, sixtieths)) = WORDS.iter().find(|(word, _)| lower.starts_with(word)) {
        // The unit brings its own gap.
        return Some((*sixtieths, word.len() - 1));
    }
    let digits = text.find(|c: char| !c.is_ascii_digit());
    let digits = digits.unwrap_or(text.len());
    // More digits than these are no time.
    if digits > 4 {
        return None;
    }
    let whole = text[..digits].parse::<u64>().unwrap_or(0) * 60;
    let part = text[digits..].chars().next().and_then(|part| {
        let sixtieths = match part {
            '¼' => 15,
            '⅓' => 20,
            '½' => 30,
            '⅔' => 40,
            '¾' => 45,
            _ => return None,
        };
        Some((whole + sixtieths, digits + part.len_utf8()))
    });
    part.or((digits > 0).then_some((whole, digits)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(step: &str, expect: &[(&str, u64)]) {
        let found = pieces(step);
        let times: Vec<(&str, u64)> = found
            .iter()
            .filter_map(|piece| match piece {
                Piece::Time(text, seconds) => Some((*text, *seconds)),
                Piece::Words(_) => None,
            })
            .collect();
        assert_eq!(times, expect, "{step}");
        let joined: String = found
            .iter()
            .map(|piece| match piece {
                Piece::Time(text, _) | Piece::Words(text) => *text,
            })
            .collect();
        assert_eq!(joined, step);
    }

    #[test]
    fn times_are_found_with_their_seconds() {
        check("Simmer for 10 minutes.", &[("10 minutes", 600)]);
        check(
            "Boil for 6 to 8 minutes, rest 30 seconds.",
            &[("6 to 8 minutes", 360), ("30 seconds", 30)],
        );
        check("Bake 25–30 min, turning once.", &[("25–30 min", 1_500)]);
        check("Braise for 1½ hours.", &[("1½ hours", 5_400)]);
        check("Rest for ½ hour.", &[("½ hour", 1_800)]);
        check(
            "Roast for 1 hour 20 minutes.",
            &[("1 hour 20 minutes", 4_800)],
        );
        check(
            "Roast for an hour and 20 minutes.",
            &[("an hour and 20 minutes", 4_800)],
        );
        check("Leave it for half an hour.", &[("half an hour", 1_800)]);
        check("Stir for a minute.", &[("a minute", 60)]);
        check("A 5-minute egg.", &[("5-minute", 300)]);
        check(
            "Chill 2 hours or 12 hours.",
            &[("2 hours", 7_200), ("12 hours", 43_200)],
        );
    }

    #[test]
    fn other_numbers_are_no_times() {
        for step in [
            "",
            "Heat the oven to 220 °C.",
            "Add 2 tablespoons of oil.",
            "Cut into 3 cm pieces, and 4 to 5 more.",
            "Wait 0 minutes.",
            "A minor detail, a mince, a secondary note.",
            "Wait 99999999999999999999 minutes.",
            "Line B12 minutes.",
            "½",
        ] {
            check(step, &[]);
        }
    }
}
