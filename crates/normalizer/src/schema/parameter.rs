//! One parameter, and the kinds of values.

/// One parameter of a [`Schema`](crate::Schema), built by `const` functions.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// The canonical name.
    pub name: &'static str,
    /// Other names under which it is accepted.
    pub aliases: &'static [&'static str],
    /// The kind of its values.
    pub kind: Kind,
    /// The canonical value that applies when the parameter is absent.
    pub default: Option<&'static str>,
}

/// Pairs of tokens that mean the same: another spelling, and the one that a canonical query has.
pub type Synonyms = &'static [(&'static str, &'static str)];

/// The kind of a parameter's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A set of tokens: free words such as city names.
    Tokens {
        /// Pairs of tokens that mean the same: another spelling, and the one that is used, such as
        /// `ca` and `california`.
        synonyms: Synonyms,
    },
    /// A set of words from a list.
    Choices {
        /// The list.
        of: &'static [&'static str],
        /// The word that lifts the restriction and absorbs all others.
        any: Option<&'static str>,
    },
    /// A decimal number.
    Number {
        /// The smallest accepted value.
        min: i64,
        /// The largest accepted value.
        max: i64,
    },
    /// An amount of money: a number that may be written with `$`, separators of thousands, and `k`
    /// or `m` at its end.
    Money {
        /// The smallest accepted value.
        min: i64,
        /// The largest accepted value.
        max: i64,
    },
    /// A number whose fraction is zero.
    Integer {
        /// The smallest accepted value.
        min: i64,
        /// The largest accepted value.
        max: i64,
        /// Whether a larger value becomes `max` instead of an error.
        clamp: bool,
    },
    /// One word from a list.
    Choice(&'static [&'static str]),
    /// Free text. A request that has one is answered but never stored.
    Text,
    /// Only whether it has a value matters. A request that has one is answered but never stored.
    Flag,
}

impl Kind {
    /// Whether the parameter holds a set, so that it may be repeated.
    #[must_use]
    pub const fn is_set(self) -> bool {
        matches!(self, Kind::Tokens { .. } | Kind::Choices { .. })
    }

    /// Whether its values are case-insensitive.
    pub(crate) const fn folds(self) -> bool {
        matches!(
            self,
            Kind::Tokens { .. } | Kind::Choices { .. } | Kind::Choice(_)
        )
    }

    /// The token that is used instead of this one, if they are synonyms.
    pub(crate) fn synonym(self, token: &str) -> Option<&'static str> {
        let Kind::Tokens { synonyms } = self else {
            return None;
        };
        let pair = synonyms.iter().find(|(other, _)| *other == token)?;
        Some(pair.1)
    }

    /// Whether a value makes the request bypass every tier (rule 9).
    pub(crate) const fn bypasses(self) -> bool {
        matches!(self, Kind::Text | Kind::Flag)
    }
}

impl Parameter {
    /// A set of tokens.
    #[must_use]
    pub const fn tokens(name: &'static str) -> Self {
        Self::new(name, Kind::Tokens { synonyms: &[] })
    }

    /// A set of words from a list.
    #[must_use]
    pub const fn choices(name: &'static str, of: &'static [&'static str]) -> Self {
        Self::new(name, Kind::Choices { of, any: None })
    }

    /// A decimal number from `min` to `max`, inclusive.
    #[must_use]
    pub const fn number(name: &'static str, min: i64, max: i64) -> Self {
        Self::new(name, Kind::Number { min, max })
    }

    /// An amount of money from `min` to `max`, inclusive.
    #[must_use]
    pub const fn money(name: &'static str, min: i64, max: i64) -> Self {
        Self::new(name, Kind::Money { min, max })
    }

    /// A whole number from `min` to `max`, inclusive.
    #[must_use]
    pub const fn integer(name: &'static str, min: i64, max: i64) -> Self {
        let clamp = false;
        Self::new(name, Kind::Integer { min, max, clamp })
    }

    /// One word from a list.
    #[must_use]
    pub const fn choice(name: &'static str, of: &'static [&'static str]) -> Self {
        Self::new(name, Kind::Choice(of))
    }

    /// Free text.
    #[must_use]
    pub const fn text(name: &'static str) -> Self {
        Self::new(name, Kind::Text)
    }

    /// A flag.
    #[must_use]
    pub const fn flag(name: &'static str) -> Self {
        Self::new(name, Kind::Flag)
    }

    const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            aliases: &[],
            kind,
            default: None,
        }
    }

    /// Sets the canonical value that applies when the parameter is absent.
    #[must_use]
    pub const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }

    /// Sets the other names under which it is accepted.
    #[must_use]
    pub const fn alias(mut self, names: &'static [&'static str]) -> Self {
        self.aliases = names;
        self
    }

    /// Sets the tokens that mean the same as others. Only affects [`Kind::Tokens`].
    #[must_use]
    pub const fn synonyms(mut self, synonyms: Synonyms) -> Self {
        if let Kind::Tokens { .. } = self.kind {
            self.kind = Kind::Tokens { synonyms };
        }
        self
    }

    /// Sets the word that lifts the restriction. Only affects [`Kind::Choices`].
    #[must_use]
    pub const fn any(mut self, word: &'static str) -> Self {
        if let Kind::Choices { of, .. } = self.kind {
            let any = Some(word);
            self.kind = Kind::Choices { of, any };
        }
        self
    }

    /// Makes numbers above the upper bound become that bound. Only affects [`Kind::Integer`].
    #[must_use]
    pub const fn clamped(mut self) -> Self {
        if let Kind::Integer { min, max, .. } = self.kind {
            let clamp = true;
            self.kind = Kind::Integer { min, max, clamp };
        }
        self
    }
}
