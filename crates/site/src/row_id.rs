//! Ids of rows in addresses.

/// The id in a part of a path: decimal digits without leading zeros.
pub(crate) fn row_id(text: &str) -> Option<i64> {
    let is_plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain)
}
