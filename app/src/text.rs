//! Numbers, dates and tokens as people read them.

use catalogue::{Facets, Filter, Tallied};
use time::{Date, format_description::BorrowedFormatItem, macros::format_description};
use unicode_segmentation::UnicodeSegmentation;

/// A whole number with thousands separators: `1,204`.
pub(crate) fn grouped(number: u64) -> String {
    group(&number.to_string())
}

fn group(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun: `1 home`, `1,204 homes`.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        grouped(number),
        if number == 1 { one } else { many }
    )
}

/// A number of seconds as people read it: `5 s`, `3 min`, `2 h 5 min`, `4 days`.
pub(crate) fn span(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
        _ => counted(seconds / 86_400, "day", "days"),
    }
}

/// A time in microseconds as people read it: `240 µs`, `1.3 ms`, `2.1 s`.
pub(crate) fn micros(micros: u64) -> String {
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..1_000_000 => format!("{:.1} ms", micros as f64 / 1e3),
        _ => format!("{:.1} s", micros as f64 / 1e6),
    }
}

/// A share from 0 to 1 in percent: `98.7 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A number of bytes as people read it: `512 B`, `12.5 kB`, `3.0 MB`.
pub(crate) fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A decimal string as dollars, without a zero fraction: `$450,000`.
pub(crate) fn dollars(decimal: &str) -> String {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("${decimal}");
    }
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() {
        String::new()
    } else {
        format!(".{fraction:0<2}")
    };
    format!("${}{point}", group(whole))
}

/// A decimal string as dollars in a few characters: `$450k`, `$1.25M`.
pub(crate) fn shortened(decimal: &str) -> String {
    let whole = decimal.split('.').next().unwrap_or_default();
    let Ok(dollars) = whole.parse::<u64>() else {
        return format!("${decimal}");
    };
    let cut = |number: f64, unit: &str| {
        let text = format!("{number:.2}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        format!("${text}{unit}")
    };
    match dollars {
        0..1_000 => format!("${dollars}"),
        // One decimal is enough to compare prices.
        1_000..1_000_000 => cut((dollars as f64 / 100.0).round() / 10.0, "k"),
        _ => cut(dollars as f64 / 1e6, "M"),
    }
}

/// A filter's value in the words that its declaration has for it: `Up to 30 min`.
pub(crate) fn said(filter: &Filter, value: &str) -> String {
    let words = filter.said.unwrap_or("{}");
    words.replace("{}", value)
}

/// A token as a name, where no row spells it: `district-of-columbia` becomes `District of Columbia`.
pub(crate) fn name(token: &str) -> String {
    const SMALL: [&str; 5] = ["and", "de", "of", "on", "the"];
    let words = token.split('-').filter(|word| !word.is_empty());
    let named = words.enumerate().map(|(place, word)| {
        let is_small = place > 0 && SMALL.contains(&word);
        if is_small {
            word.to_owned()
        } else {
            capitalized(word)
        }
    });
    named.collect::<Vec<_>>().join(" ")
}

/// An option of a facet as its rows spell it.
pub(crate) fn option(option: &Tallied) -> String {
    let label = option.label.clone();
    label.unwrap_or_else(|| name(&option.value))
}

/// A living area, if it is known: `1,204 m²`. An unknown one is stored as zero.
pub(crate) fn area(square_meters: i64) -> Option<String> {
    let number = u64::try_from(square_meters)
        .ok()
        .filter(|number| *number > 0)?;
    Some(format!("{} m²", grouped(number)))
}

/// The token of a facet as its rows spell it.
pub(crate) fn spelled(facets: &Facets, facet: &str, token: &str) -> String {
    let label = facets.label(facet, token).map(str::to_owned);
    label.unwrap_or_else(|| name(token))
}

/// A name in code as a label: `year_built` becomes `Year built`.
pub(crate) fn label(code: &str) -> String {
    capitalized(&code.replace(['_', '-', '.'], " "))
}

/// A token of a row that has several, which are words rather than names: `olive-oil` becomes
/// `Olive oil`, and `gluten-free` keeps its hyphen.
pub(crate) fn term(token: &str) -> String {
    if token.ends_with("-free") {
        return capitalized(token);
    }
    label(token)
}

/// A token in running text: `one-pan` becomes `one pan`.
pub(crate) fn words(token: &str) -> String {
    token.replace('-', " ")
}

/// Words as a sentence: with a capital and a full stop.
pub(crate) fn sentence(words: &str) -> String {
    capitalized(words) + "."
}

/// The same with a capital at its beginning.
pub(crate) fn capitalized(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(rest).collect()
    })
}

/// The same without a capital at its beginning.
pub(crate) fn uncapitalized(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(rest).collect()
    })
}

/// The day of an RFC 3339 instant: `3 May 2026`. Anything else is returned unchanged.
pub(crate) fn day(instant: &str) -> String {
    let read = || {
        Date::parse(instant.get(..10)?, READ)
            .ok()?
            .format(WRITTEN)
            .ok()
    };
    read().unwrap_or_else(|| instant.to_owned())
}

const READ: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
const WRITTEN: &[BorrowedFormatItem<'_>] =
    format_description!("[day padding:none] [month repr:long] [year]");

/// The beginning of a text of at most so many letters, cut at a word boundary or, where no word ends
/// near there, at a letter (a grapheme cluster: Unicode Standard Annex 29).
pub(crate) fn excerpt(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let letter = |at: usize| line.grapheme_indices(true).nth(at).map(|(start, _)| start);
    let Some(end) = letter(most) else {
        return line;
    };
    let near = letter(most * 2 / 3).unwrap_or(0);
    let cut = line[..end].rfind(' ').filter(|cut| *cut >= near);
    let head = &line[..cut.unwrap_or(end)];
    format!("{}…", head.trim_end_matches([',', '.', ';', ':']))
}

/// A number of minutes in a few characters: `45 min`, `1 h 15 min`; nothing for none.
pub(crate) fn brief_time(minutes: i64) -> Option<String> {
    parts(
        minutes,
        |hours| format!("{hours} h"),
        |minutes| format!("{minutes} min"),
    )
}

/// A number of minutes in words: `45 minutes`, `1 hour 15 minutes`; nothing for none.
pub(crate) fn time(minutes: i64) -> Option<String> {
    parts(
        minutes,
        |hours| counted(hours, "hour", "hours"),
        |minutes| counted(minutes, "minute", "minutes"),
    )
}

/// The hours of a number of minutes and the minutes beyond them, without those that are zero.
fn parts(minutes: i64, hours: fn(u64) -> String, rest: fn(u64) -> String) -> Option<String> {
    let minutes = u64::try_from(minutes).ok().filter(|it| *it > 0)?;
    let parts = [(minutes / 60, hours), (minutes % 60, rest)];
    let parts = parts.into_iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = parts.map(|(number, said)| said(number)).collect();
    Some(parts.join(" "))
}

/// A number of seconds as ISO 8601 writes it: `PT1H30M`.
pub(crate) fn iso_duration(seconds: u64) -> String {
    let part = |number, unit| match number {
        0 => String::new(),
        number => format!("{number}{unit}"),
    };
    match seconds {
        0 => "PT0M".to_owned(),
        _ => format!(
            "PT{}{}{}",
            part(seconds / 3_600, "H"),
            part(seconds / 60 % 60, "M"),
            part(seconds % 60, "S"),
        ),
    }
}

/// Several names joined: `Austin, Boston and Portland`.
pub(crate) fn join_with_and(names: &[String]) -> String {
    join(names, "and")
}

/// Several names joined: `shrimp, peanuts or egg`.
pub(crate) fn join_with_or(names: &[String]) -> String {
    join(names, "or")
}

fn join(names: &[String], word: &str) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., last] => format!("{} {word} {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_204), "1,204");
        assert_eq!(grouped(12_345_678), "12,345,678");
        assert_eq!(counted(1, "home", "homes"), "1 home");
    }

    #[test]
    fn spans_and_sizes_have_few_digits() {
        let spans = [5, 200, 7_500, 400_000].map(span);
        assert_eq!(spans, ["5 s", "3 min", "2 h 5 min", "4 days"]);
        let sizes = [512, 12_500, 3_000_000].map(bytes);
        assert_eq!(sizes, ["512 B", "12.5 kB", "3.0 MB"]);
    }

    #[test]
    fn prices_drop_a_zero_fraction() {
        assert_eq!(dollars("450000.00"), "$450,000");
        assert_eq!(dollars("450000.5"), "$450,000.50");
        assert_eq!(dollars("300000"), "$300,000");
        assert_eq!(dollars("abc"), "$abc");
    }

    #[test]
    fn short_prices_keep_the_significant_digits() {
        assert_eq!(shortened("450000.00"), "$450k");
        assert_eq!(shortened("479500.00"), "$479.5k");
        assert_eq!(shortened("1250000.00"), "$1.25M");
        assert_eq!(shortened("999.99"), "$999");
    }

    #[test]
    fn tokens_and_days_are_readable() {
        assert_eq!(name("san-josé"), "San José");
        assert_eq!(label("location.postal_code"), "Location postal code");
        assert_eq!(term("olive-oil"), "Olive oil");
        assert_eq!(term("gluten-free"), "Gluten-free");
        assert_eq!(day("2026-05-03T10:00:00.000Z"), "3 May 2026");
        assert_eq!(day("soon"), "soon");
    }

    #[test]
    fn excerpts_end_at_a_word() {
        assert_eq!(excerpt("A  short\ntext", 40), "A short text");
        assert_eq!(excerpt("A rather long, winding text", 15), "A rather long…");
        // No word ends near the wanted length.
        assert_eq!(
            excerpt("Tokyo 東京の静かな通りにある家", 10),
            "Tokyo 東京の静…"
        );
        assert_eq!(excerpt(&"x".repeat(200), 5), "xxxxx…");
        // Letters of several characters stay whole.
        assert_eq!(excerpt("👩‍🍳👩‍🍳👩‍🍳", 2), "👩‍🍳👩‍🍳…");
        assert_eq!(excerpt("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}e\u{301}…");
    }

    #[test]
    fn durations_read_well() {
        let brief = [0, 1, 45, 60, 150].map(brief_time);
        let brief = brief.each_ref().map(Option::as_deref);
        let expect = ["1 min", "45 min", "1 h", "2 h 30 min"].map(Some);
        assert_eq!((brief[0], &brief[1..]), (None, &expect[..]));
        let times = [0, 1, 45, 60, 75, 121].map(time);
        let times = times.each_ref().map(Option::as_deref);
        let expect = [
            None,
            Some("1 minute"),
            Some("45 minutes"),
            Some("1 hour"),
            Some("1 hour 15 minutes"),
            Some("2 hours 1 minute"),
        ];
        assert_eq!(times, expect);
        let durations = [0, 30, 600, 4_500, 3_600, 3_661].map(iso_duration);
        let expect = ["PT0M", "PT30S", "PT10M", "PT1H15M", "PT1H", "PT1H1M1S"];
        assert_eq!(durations, expect);
    }
}
