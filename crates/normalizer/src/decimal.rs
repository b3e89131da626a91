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
