//! A record of what the rules did, step by step.

use std::borrow::Cow;
use std::fmt::{self, Display};

use crate::query::Query;
use crate::rejection::Rejection;
use crate::schema::Parameter;
use crate::text::is_ignored;

/// The ten rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// 1: decoded, composed, lower-cased, trimmed.
    Decode = 1,
    /// 2: another name for the same parameter.
    Alias,
    /// 3: a name that does not affect the answer.
    Ignore,
    /// 4: an empty value or an unknown name.
    Drop,
    /// 5: a value in its canonical spelling.
    Value,
    /// 6: one value out of several, or a page size that was too large.
    Single,
    /// 7: a default, which is dropped.
    Default,
    /// 8: sorted by name and encoded one way.
    Order,
    /// 9: answered but never stored.
    Bypass,
    /// 10: an invalid value.
    Reject,
}

impl Rule {
    /// The rule's number, from 1 to 10.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The rule's short name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Rule::Decode => "decode",
            Rule::Alias => "alias",
            Rule::Ignore => "ignore",
            Rule::Drop => "drop",
            Rule::Value => "value",
            Rule::Single => "single",
            Rule::Default => "default",
            Rule::Order => "order",
            Rule::Bypass => "bypass",
            Rule::Reject => "reject",
        }
    }
}

/// One thing that one rule did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The rule.
    pub rule: Rule,
    /// The parameter, or a name that is not a parameter; empty for the query as a whole.
    pub parameter: String,
    /// The text before; in rules 1 to 4 as it was given.
    pub before: String,
    /// The text after; empty if the rule dropped it.
    pub after: String,
}

/// A parameter with one of the values given for it, after rules 1 to 3.
pub(crate) type Given<'a> = (&'static Parameter, Cow<'a, str>);

/// The values given for one parameter, for the trace.
pub(crate) struct Shown<'a>(pub(crate) &'a [Given<'a>]);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (_, value)) in self.0.iter().enumerate() {
            let separator = if i == 0 { "" } else { " & " };
            write!(f, "{separator}{value}")?;
        }
        Ok(())
    }
}

/// Receives each step.
pub(crate) trait Trace {
    /// Notes what a rule did, unless it changed nothing.
    fn note(&mut self, rule: Rule, parameter: &str, before: impl Display, after: impl Display);

    /// Notes rule 3 or 4 for a pair whose name is not a parameter.
    fn dropped(&mut self, name: &str, pair: &str);

    /// The values in the order in which they were given, for [`settled`](Trace::settled).
    fn note_given(&mut self, given: &[Given<'_>]) -> String;

    /// Notes rules 8 and 9.
    fn settled(&mut self, given: String, query: &Query);

    /// Notes rule 10.
    fn rejected(&mut self, rejection: &Rejection);
}

/// Ignores every step. Texts are only built by an implementation that needs them, so all of this
/// compiles to nothing.
pub(crate) struct Silent;

impl Trace for Silent {
    fn note(&mut self, _: Rule, _: &str, _: impl Display, _: impl Display) {}

    fn dropped(&mut self, _: &str, _: &str) {}

    fn note_given(&mut self, _: &[Given<'_>]) -> String {
        String::new()
    }

    fn settled(&mut self, _: String, _: &Query) {}

    fn rejected(&mut self, _: &Rejection) {}
}

impl Trace for Vec<Step> {
    fn note(&mut self, rule: Rule, parameter: &str, before: impl Display, after: impl Display) {
        let step = Step {
            rule,
            parameter: parameter.to_owned(),
            before: before.to_string(),
            after: after.to_string(),
        };
        if step.before != step.after {
            self.push(step);
        }
    }

    fn dropped(&mut self, name: &str, pair: &str) {
        let rule = if is_ignored(name) {
            Rule::Ignore
        } else {
            Rule::Drop
        };
        self.note(rule, name, pair, "");
    }

    fn note_given(&mut self, given: &[Given<'_>]) -> String {
        let pairs = given
            .iter()
            .map(|(parameter, value)| format!("{}={value}", parameter.name));
        pairs.collect::<Vec<_>>().join("&")
    }

    fn settled(&mut self, given: String, query: &Query) {
        self.note(Rule::Order, "", given, query);
        for (name, value) in query.bypassing() {
            self.note(Rule::Bypass, name, value, "not stored");
        }
    }

    fn rejected(&mut self, rejection: &Rejection) {
        for error in rejection.errors() {
            let after = format_args!("expected {}", error.expected);
            self.note(Rule::Reject, error.parameter, &error.value, after);
        }
    }
}
