//! Rule 1: splitting a raw query string into names and values.

/// Capacity is reserved for this many values.
pub(super) const USUAL: usize = 8;

/// One `name=value` of a raw query.
pub(super) struct Pair<'a> {
    /// The whole pair.
    pub(super) raw: &'a str,
    /// The text before the first `=`.
    pub(super) name: &'a str,
    /// The text after it.
    pub(super) value: &'a str,
    /// Whether the value has only bytes that decoding, folding and encoding leave unchanged.
    pub(super) is_clean: bool,
}

/// Splits a raw query at `&` and each pair at its first `=`, reading each byte once.
pub(super) struct Pairs<'a>(Option<&'a str>);

impl<'a> Pairs<'a> {
    pub(super) fn new(raw: &'a str) -> Self {
        Self(Some(raw))
    }
}

impl<'a> Iterator for Pairs<'a> {
    type Item = Pair<'a>;

    fn next(&mut self) -> Option<Pair<'a>> {
        let rest = self.0?;
        let bytes = rest.as_bytes();
        let mut end = 0;
        while end < bytes.len() && !matches!(bytes[end], b'=' | b'&') {
            end += 1;
        }
        let name = &rest[..end];
        // Past the `=`, if there is one.
        let start = end + usize::from(rest[end..].starts_with('='));
        end = start;
        let mut is_clean = true;
        while end < bytes.len() && bytes[end] != b'&' {
            is_clean &= UNTOUCHED[usize::from(bytes[end])];
            end += 1;
        }
        self.0 = rest.get(end + 1..);
        let (raw, value) = (&rest[..end], &rest[start..end]);
        Some(Pair {
            raw,
            name,
            value,
            is_clean,
        })
    }
}

/// The bytes that no rule for texts and no encoding changes: a table, because every byte is looked
/// up.
const UNTOUCHED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = matches!(byte as u8, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b',');
        byte += 1;
    }
    table
};
