//! Numbers formatted for people.

/// Rounded to a whole number, with commas between thousands.
pub(super) fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The same, but with decimals for small numbers.
pub(super) fn grouped_or_small(number: f64) -> String {
    match number {
        ..0.1 => format!("{number:.3}"),
        ..10.0 => format!("{number:.2}")
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        _ => grouped(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let check = |number, expect: &str| assert_eq!(grouped(number), expect);
        check(0.0, "0");
        check(999.4, "999");
        check(1_000.0, "1,000");
        check(1_234_567.0, "1,234,567");
    }
}
