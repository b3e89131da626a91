//! Reading values of the kinds that have rules of their own.

use normalizer::token;
use time::{Date, format_description::well_known::Iso8601};

use super::{LONGEST_TERM, terms};
use crate::{declaration::Edit, json::Value};

/// What a draft stores where a value is missing; `None` where the database needs one. No rule allows
/// it, except where nothing has to be there.
pub(super) fn empty(rule: Edit) -> Option<Value> {
    Some(match rule {
        Edit::Text { .. }
        | Edit::Choice(_)
        | Edit::Token
        | Edit::Date
        | Edit::Lines { .. }
        | Edit::Flag => Value::Text(String::new()),
        Edit::Terms | Edit::Set(_) => Value::Text(",".to_owned()),
        Edit::Number { .. } => Value::Integer(0),
        Edit::Degrees(_) => Value::Float(0.0),
        Edit::Reference(_) => return None,
    })
}

/// One token.
pub(super) fn word(text: &str) -> Option<Value> {
    let token = token(text);
    let is_one = (1..=LONGEST_TERM).contains(&token.chars().count()) && !token.contains(',');
    is_one.then_some(Value::Text(token))
}

/// Some of a few choices, as a column of terms holds them, in the order of the choices.
pub(super) fn set(text: &str, choices: &[&str]) -> Option<Value> {
    let words: Vec<String> = text.split(',').map(token).collect();
    let words: Vec<&String> = words.iter().filter(|word| !word.is_empty()).collect();
    let all_known = words.iter().all(|word| choices.contains(&word.as_str()));
    let chosen = choices
        .iter()
        .filter(|choice| words.iter().any(|word| word == *choice));
    let chosen: Vec<&str> = chosen.copied().collect();
    all_known.then(|| Value::Text(terms(&chosen.join(","))))
}

/// Yes or no, as JSON, a form or a person writes it.
pub(super) fn flag(text: &str) -> Option<Value> {
    let stored = match token(text).as_str() {
        "true" | "yes" => "yes",
        "false" | "no" => "no",
        _ => return None,
    };
    Some(Value::Text(stored.to_owned()))
}

/// A day in the calendar. Such texts sort as the days do.
pub(super) fn date(text: &str) -> Option<Value> {
    // ISO 8601 has other forms, such as weeks.
    let is_plain = text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2;
    let date = is_plain.then(|| Date::parse(text, &Iso8601::DATE).ok())??;
    let written = date.format(&Iso8601::DATE).ok()?;
    (written == text).then_some(Value::Text(written))
}

/// Degrees north or east.
pub(super) fn degrees(text: &str, most: i32) -> Option<Value> {
    let degrees: f64 = text.parse().ok()?;
    // Neither infinite nor not a number.
    (degrees.abs() <= f64::from(most)).then_some(Value::Float(degrees))
}

/// The id of a row.
pub(super) fn id(text: &str) -> Option<Value> {
    let id: i64 = text.parse().ok()?;
    (id > 0).then_some(Value::Integer(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_accepts_what_people_and_programs_write() {
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        let all = ["first-homes", "lofts", "yards"];
        assert_eq!(set("Lofts, first homes", &all), text(",first-homes,lofts,"));
        assert_eq!(set("", &all), text(","));
        assert_eq!(set("lofts,castles", &all), None);
        for (given, stored) in [
            ("true", "yes"),
            ("Yes", "yes"),
            ("no", "no"),
            ("false", "no"),
        ] {
            assert_eq!(flag(given), text(stored));
        }
        assert_eq!(flag("maybe"), None);
        assert_eq!(date("2024-02-29"), text("2024-02-29"));
        for wrong in [
            "2023-02-29",
            "2024-2-29",
            "2024-W01-1",
            "29.2.2024",
            "20240229",
            "",
        ] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
        assert_eq!(degrees("-97.74", 180), Some(Value::Float(-97.74)));
        for wrong in ["90.1", "NaN", "inf", "north"] {
            assert_eq!(degrees(wrong, 90), None, "{wrong}");
        }
        assert_eq!(id("17"), Some(Value::Integer(17)));
        for wrong in ["0", "-1", "1.5", "x"] {
            assert_eq!(id(wrong), None, "{wrong}");
        }
    }
}
