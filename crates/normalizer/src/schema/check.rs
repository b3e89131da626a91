//! Compile-time checks of a schema.

use super::{COMMON, Kind, Parameter, Schema, Synonyms};

impl Schema {
    /// Checks the declaration at compile time, and returns it unchanged.
    ///
    /// # Panics
    ///
    /// At compile time when used for a `static`: if a name or alias is not made of `a-z`, `0-9` and
    /// `_` or occurs twice, if a range names a parameter that is not a number, or if a synonym has
    /// a synonym.
    #[must_use]
    pub const fn checked(self) -> Self {
        assert!(
            is_plain(self.catalogue),
            "the catalogue's name must be plain"
        );
        let mut i = 0;
        while i < self.parameters.len() {
            let parameter = &self.parameters[i];
            self.check_name(parameter.name);
            let mut j = 0;
            while j < parameter.aliases.len() {
                self.check_name(parameter.aliases[j]);
                j += 1;
            }
            if let Kind::Tokens { synonyms } = parameter.kind {
                check_synonyms(synonyms);
            }
            i += 1;
        }
        let mut i = 0;
        while i < self.ranges.len() {
            let (lower, upper) = self.ranges[i];
            assert!(
                self.has_number(lower),
                "a range's lower end must be a number parameter"
            );
            assert!(
                self.has_number(upper),
                "a range's upper end must be a number parameter"
            );
            i += 1;
        }
        self
    }

    const fn check_name(&self, name: &str) {
        assert!(is_plain(name), "names must be made of a-z, 0-9 and _");
        let count = occurrences(self.parameters, name) + occurrences(&COMMON, name);
        assert!(count == 1, "a name must be declared once");
    }

    const fn has_number(&self, name: &str) -> bool {
        let mut i = 0;
        while i < self.parameters.len() {
            let parameter = &self.parameters[i];
            if equal(parameter.name, name) {
                return matches!(
                    parameter.kind,
                    Kind::Number { .. } | Kind::Integer { .. } | Kind::Money { .. }
                );
            }
            i += 1;
        }
        false
    }
}

/// A token that is used for others must be used for itself too.
const fn check_synonyms(synonyms: Synonyms) {
    let mut i = 0;
    while i < synonyms.len() {
        let mut j = 0;
        while j < synonyms.len() {
            assert!(
                !equal(synonyms[i].1, synonyms[j].0),
                "a synonym must not have a synonym"
            );
            j += 1;
        }
        i += 1;
    }
}

/// How often a name occurs in a list, as a name or as an alias.
const fn occurrences(parameters: &[Parameter], name: &str) -> usize {
    let mut count = 0;
    let mut i = 0;
    while i < parameters.len() {
        count += equal(parameters[i].name, name) as usize;
        let mut j = 0;
        while j < parameters[i].aliases.len() {
            count += equal(parameters[i].aliases[j], name) as usize;
            j += 1;
        }
        i += 1;
    }
    count
}

const fn is_plain(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !matches!(bytes[i], b'a'..=b'z' | b'0'..=b'9' | b'_') {
            return false;
        }
        i += 1;
    }
    !bytes.is_empty()
}

/// `==` on texts, which is not yet `const`.
const fn equal(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}
