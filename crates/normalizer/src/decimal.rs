//! Exact decimal numbers of up to 15 digits.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

/// An exact decimal number of up to 15 digits.
///
/// Binary floating point would be unreliable in a key and would round prices; this preserves the
/// written value. Its [`Display`](fmt::Display) is the canonical form of rule 5.
///
/// ```
/// use normalizer::Decimal;
///
/// let price = Decimal::parse("+0499999.50").unwrap();
/// assert_eq!(price.to_string(), "499999.5");
/// assert_eq!(price.ceil_times(100), 49_999_950);
/// assert_eq!(Decimal::parse("1.005").unwrap().ceil_times(100), 101);
/// assert_eq!(Decimal::parse("1.005").unwrap().floor_times(100), 100);
/// ```
// Never holds trailing fraction zeros, so that equal numbers have equal fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    coefficient: i64,
    scale: u32,
}

/// Numbers with more digits than this, as written, are refused.
const DIGITS: usize = 15;

/// The least whole number with more digits than that.
const TOO_LARGE: i64 = 1_000_000_000_000_000;

impl Decimal {
    /// Parses an optional sign, decimal digits and an optional fraction: `5`, `-0.50`, `+007`,
    /// `.5`, `5.`.
    ///
    /// `None` if the text is anything else or has more than 15 digits as written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            rest => (false, rest),
        };
        // A longer text cannot be valid; this also bounds the loop.
        if digits.len() > DIGITS + 1 {
            return None;
        }
        let mut coefficient = 0_i64;
        let mut count = 0;
        let mut scale = None;
        for byte in digits {
            match byte {
                b'0'..=b'9' => {
                    coefficient = coefficient * 10 + i64::from(byte - b'0');
                    count += 1;
                    scale = scale.map(|scale| scale + 1);
                }
                b'.' if scale.is_none() => scale = Some(0),
                _ => return None,
            }
        }
        if count == 0 || count > DIGITS {
            return None;
        }
        let coefficient = if negative { -coefficient } else { coefficient };
        Some(Self::new(coefficient, scale.unwrap_or(0)))
    }

    /// Parses an amount of money as people write it: a number that may start with `$`, have
    /// separators of thousands (commas, spaces, apostrophes; one kind) where thousands stand, and
    /// end in `k` or `m`: `$1.25m`, `1,250,000`, `1 250 000`.
    ///
    /// `None` if the text is anything else, or has more than 15 digits as written or as a whole
    /// number.
    ///
    /// ```
    /// use normalizer::Decimal;
    ///
    /// let amount = |text| Decimal::parse_money(text).map(|amount| amount.to_string());
    /// assert_eq!(amount("$1.25M").as_deref(), Some("1250000"));
    /// assert_eq!(amount("500 000").as_deref(), Some("500000"));
    /// assert_eq!(amount("12,50"), None);
    /// ```
    #[must_use]
    pub fn parse_money(text: &str) -> Option<Self> {
        let (sign, rest) = match text.as_bytes() {
            [b'+' | b'-', ..] => text.split_at(1),
            _ => ("", text),
        };
        let rest = rest.strip_prefix('$').unwrap_or(rest).trim_start();
        let (number, thousands) = match rest.as_bytes() {
            [.., b'k' | b'K'] => (&rest[..rest.len() - 1], 1),
            [.., b'm' | b'M'] => (&rest[..rest.len() - 1], 2),
            _ => (rest, 0),
        };
        let (whole, fraction) = match number.trim_end().split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (number.trim_end(), None),
        };
        let mut plain = sign.to_owned() + &without_separators(whole)?;
        if let Some(fraction) = fraction {
            plain.push('.');
            plain.push_str(fraction);
        }
        Self::parse(&plain)?.thousandfold(thousands)
    }

    /// This number times 1,000 as often as given; `None` over 15 digits.
    fn thousandfold(self, times: u32) -> Option<Self> {
        let zeros = 3 * times;
        let (more, scale) = (
            zeros.saturating_sub(self.scale),
            self.scale.saturating_sub(zeros),
        );
        let coefficient = self.coefficient.checked_mul(10_i64.pow(more))?;
        (coefficient.abs() < TOO_LARGE).then(|| Self::new(coefficient, scale))
    }

    /// A whole number.
    pub(crate) fn whole(number: i64) -> Self {
        Self::new(number, 0)
    }

    fn new(mut coefficient: i64, mut scale: u32) -> Self {
        while scale > 0 && coefficient % 10 == 0 {
            coefficient /= 10;
            scale -= 1;
        }
        Self { coefficient, scale }
    }

    /// This number times `factor`, rounded up, saturating: for a lower bound on an integer column.
    #[must_use]
    pub fn ceil_times(self, factor: i64) -> i64 {
        let (product, unit) = self.times(factor);
        saturate(product.div_euclid(unit) + i128::from(product.rem_euclid(unit) != 0))
    }

    /// This number times `factor`, rounded down, saturating: for an upper bound on an integer
    /// column.
    #[must_use]
    pub fn floor_times(self, factor: i64) -> i64 {
        let (product, unit) = self.times(factor);
        saturate(product.div_euclid(unit))
    }

    /// The number as an integer, if its fraction is zero.
    #[must_use]
    pub fn to_integer(self) -> Option<i64> {
        (self.scale == 0).then_some(self.coefficient)
    }

    /// The canonical form of the text that this number was read from.
    pub(crate) fn canonical(self, text: &str) -> Cow<'_, str> {
        let is_canonical = text.bytes().all(|byte| byte.is_ascii_digit())
            && (text.len() == 1 || !text.starts_with('0'));
        if is_canonical {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(self.to_string())
        }
    }

    /// The product as a fraction. Neither part can overflow: 15 digits times 64 bits, and 10^15.
    fn times(self, factor: i64) -> (i128, i128) {
        let product = i128::from(self.coefficient) * i128::from(factor);
        (product, 10_i128.pow(self.scale))
    }
}

/// Digits without their separators, which must be of one kind and divide them into thousands.
fn without_separators(digits: &str) -> Option<Cow<'_, str>> {
    const SEPARATORS: [char; 4] = [',', ' ', '\'', '’'];
    let Some(separator) = digits.chars().find(|c| SEPARATORS.contains(c)) else {
        return Some(Cow::Borrowed(digits));
    };
    let mut groups = digits.split(separator);
    let first = groups.next()?;
    let is_right = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    is_right.then(|| Cow::Owned(digits.replace(separator, "")))
}

fn saturate(number: i128) -> i64 {
    let bound = if number < 0 { i64::MIN } else { i64::MAX };
    i64::try_from(number).unwrap_or(bound)
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.scale == other.scale {
            return self.coefficient.cmp(&other.coefficient);
        }
        let scale = self.scale.max(other.scale);
        let widen =
            |number: &Self| i128::from(number.coefficient) * 10_i128.pow(scale - number.scale);
        widen(self).cmp(&widen(other))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.coefficient);
        }
        let sign = if self.coefficient < 0 { "-" } else { "" };
        let digits = self.coefficient.unsigned_abs();
        let unit = 10_u64.pow(self.scale);
        let width = self.scale as usize;
        write!(f, "{sign}{}.{:0width$}", digits / unit, digits % unit)
    }
}
