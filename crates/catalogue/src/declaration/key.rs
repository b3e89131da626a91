//! Columns whose values follow from others.

/// A column whose value follows from others, whoever writes a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The column.
    pub column: &'static str,
    /// What its value follows from, and how.
    pub rule: Rule,
}

/// How the value of a column follows from another one, by the normalizer's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The token of a text.
    Token {
        /// The column of the text, which may be the same one.
        of: &'static str,
        /// The parameter whose synonyms apply.
        synonyms_of: Option<&'static str>,
    },
    /// The tokens of the words that a text has between commas.
    Terms {
        /// The column of the text, which may be the same one.
        of: &'static str,
    },
    /// A text without the differences that searching ignores: lists are sorted by it.
    ///
    /// It is no part of the row's image in the change log on SQLite. On PostgreSQL such a column is
    /// generated.
    Folded {
        /// The column of the text.
        of: &'static str,
    },
    /// The value that the column of the same name has in an embedded row.
    Copied {
        /// The embedded table, joined to the catalogue's own.
        table: &'static str,
    },
}

impl Key {
    const fn new(column: &'static str, rule: Rule) -> Self {
        Self { column, rule }
    }

    /// A column that becomes the token of what is written into it.
    pub const fn token(column: &'static str) -> Self {
        Self::token_of(column, column)
    }

    /// A column that has the token of another one's text.
    pub const fn token_of(column: &'static str, of: &'static str) -> Self {
        Self::new(
            column,
            Rule::Token {
                of,
                synonyms_of: None,
            },
        )
    }

    /// The same, with the synonyms of a parameter. Another kind of key stays as it is.
    pub const fn with_synonyms_of(mut self, parameter: &'static str) -> Self {
        if let Rule::Token { of, .. } = self.rule {
            self.rule = Rule::Token {
                of,
                synonyms_of: Some(parameter),
            };
        }
        self
    }

    /// A column that becomes the terms of what is written into it.
    pub const fn terms(column: &'static str) -> Self {
        Self::new(column, Rule::Terms { of: column })
    }

    /// A column by which lists are sorted: the folded text of another one.
    pub const fn folded(column: &'static str, of: &'static str) -> Self {
        Self::new(column, Rule::Folded { of })
    }

    /// A column that has what the column of the same name has in an embedded row.
    pub const fn copied(column: &'static str, table: &'static str) -> Self {
        Self::new(column, Rule::Copied { table })
    }

    /// The column of the row itself that the value follows from; `None` for a copy.
    pub const fn source(&self) -> Option<&'static str> {
        match self.rule {
            Rule::Token { of, .. } | Rule::Terms { of } | Rule::Folded { of } => Some(of),
            Rule::Copied { .. } => None,
        }
    }

    /// Whether it only orders lists.
    pub const fn is_folded(&self) -> bool {
        matches!(self.rule, Rule::Folded { .. })
    }
}
