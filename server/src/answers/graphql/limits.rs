//! What an operation may cost. All of it is decided before anything is looked up: cheap refusals
//! protect the database, and a document whose fragments multiply is never expanded.

use std::collections::HashMap;

use async_graphql::{
    Name, Pos, Positioned, ServerError,
    parser::types::{ExecutableDocument, FragmentDefinition, Selection, SelectionSet},
};

/// The longest document, in bytes.
const LONGEST: usize = 32 << 10;
/// How deeply brackets may be nested. The parser calls itself for each.
const BRACKETS: usize = 48;
/// How deeply fields may be nested, fragments expanded. It allows the introspection that tools send.
const DEEPEST: usize = 16;
/// How many fields an operation may have, fragments expanded.
const FIELDS: usize = 2_000;
/// How many answers an operation may be made of.
const ANSWERS: u64 = 500;
/// How many values a response may have.
const VALUES: u64 = 50_000;

/// Refuses a document that is too long or too deep to be parsed.
pub(super) fn before_parsing(text: &str) -> Result<(), ServerError> {
    if text.len() > LONGEST {
        return Err(refused(format!(
            "the document has {} bytes; the limit is {LONGEST}",
            text.len()
        )));
    }
    if is_deep(text) {
        return Err(refused(format!(
            "brackets are nested more than {BRACKETS} deep"
        )));
    }
    Ok(())
}

/// Whether brackets are nested too deeply. Brackets in texts and comments are not counted.
fn is_deep(text: &str) -> bool {
    let (mut depth, mut rest) = (0_usize, text);
    while let Some(at) = rest.find(['{', '[', '(', '}', ']', ')', '"', '#']) {
        let after = &rest[at..];
        rest = match after.as_bytes()[0] {
            b'#' => after.split_once('\n').map_or("", |(_, after)| after),
            b'"' => after_text(after),
            b'{' | b'[' | b'(' => {
                depth += 1;
                &after[1..]
            }
            _ => {
                depth = depth.saturating_sub(1);
                &after[1..]
            }
        };
        if depth > BRACKETS {
            return true;
        }
    }
    false
}

/// What follows a quoted text, plain or in three quotes.
fn after_text(text: &str) -> &str {
    if let Some(block) = text.strip_prefix("\"\"\"") {
        let end = block.replace("\\\"\"\"", "    ").find("\"\"\"");
        return end.and_then(|end| block.get(end + 3..)).unwrap_or("");
    }
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' | '\n' => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}

/// Refuses a document whose operations are too large once their fragments are expanded, without
/// expanding them: the size of each fragment is computed once.
pub(super) fn before_checking(document: &ExecutableDocument) -> Result<(), ServerError> {
    let mut sizes = Sizes {
        fragments: &document.fragments,
        known: HashMap::new(),
    };
    let mut all = 0_usize;
    for (_, operation) in document.operations.iter() {
        let size = sizes.of(&operation.node.selection_set.node)?;
        all = all.saturating_add(size.fields);
        if size.depth > DEEPEST {
            return Err(refused(format!(
                "fields are nested {} deep; the limit is {DEEPEST}",
                size.depth
            )));
        }
    }
    // Fragments that no operation uses are checked too.
    for fragment in document.fragments.values() {
        all = all.saturating_add(sizes.of(&fragment.node.selection_set.node)?.fields);
    }
    if all > FIELDS {
        return Err(refused(format!(
            "the document has more than {FIELDS} fields, fragments expanded"
        )));
    }
    Ok(())
}

#[derive(Debug, Default, Clone, Copy)]
struct Size {
    fields: usize,
    depth: usize,
}

struct Sizes<'d> {
    fragments: &'d HashMap<Name, Positioned<FragmentDefinition>>,
    /// The sizes that are known; `None` while one is being computed.
    known: HashMap<&'d str, Option<Size>>,
}

impl<'d> Sizes<'d> {
    fn of(&mut self, set: &'d SelectionSet) -> Result<Size, ServerError> {
        let mut whole = Size::default();
        for item in &set.items {
            let (fields, depth) = match &item.node {
                Selection::Field(field) => {
                    let inner = self.of(&field.node.selection_set.node)?;
                    (inner.fields.saturating_add(1), inner.depth + 1)
                }
                Selection::InlineFragment(inline) => {
                    let inner = self.of(&inline.node.selection_set.node)?;
                    (inner.fields.saturating_add(1), inner.depth)
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name;
                    let inner = self.of_fragment(name.node.as_str(), name.pos)?;
                    (inner.fields.saturating_add(1), inner.depth)
                }
            };
            whole.fields = whole.fields.saturating_add(fields);
            whole.depth = whole.depth.max(depth);
        }
        Ok(whole)
    }

    fn of_fragment(&mut self, name: &str, at: Pos) -> Result<Size, ServerError> {
        // One that does not exist is reported by the checks.
        let Some((name, fragment)) = self.fragments.get_key_value(name) else {
            return Ok(Size::default());
        };
        match self.known.get(name.as_str()) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => {
                let why = format!("the fragment {name} contains itself");
                return Err(ServerError::new(why, Some(at)));
            }
            None => {}
        }
        self.known.insert(name.as_str(), None);
        let size = self.of(&fragment.node.selection_set.node)?;
        self.known.insert(name.as_str(), Some(size));
        Ok(size)
    }
}

/// Refuses a normalized query that needs too much.
pub(super) fn before_answering(answers: u64, values: u64) -> Result<(), ServerError> {
    let why = if answers > ANSWERS {
        format!("the query may need {answers} answers; the limit is {ANSWERS}")
    } else if values > VALUES {
        format!("the response may have {values} values; the limit is {VALUES}")
    } else {
        return Ok(());
    };
    Err(refused(format!(
        "{why}. Ask for smaller pages or fewer fields"
    )))
}

fn refused(why: String) -> ServerError {
    ServerError::new(why, None)
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[test]
    fn brackets_are_counted_outside_of_texts_and_comments() {
        assert!(!is_deep(&"{a}".repeat(1_000)));
        assert!(is_deep(&"{a".repeat(BRACKETS + 1)));
        assert!(!is_deep(&format!("{{a(b:\"{}\")}}", "{".repeat(100))));
        assert!(!is_deep(&format!("{{a(b:\"\\\"{}\")}}", "{".repeat(100))));
        assert!(!is_deep(&format!(
            "{{a(b:\"\"\"{}\"\"\")}}",
            "[".repeat(100)
        )));
        assert!(!is_deep(&format!("# {}\n{{a}}", "(".repeat(100))));
        // A text that does not end hides nothing that would be parsed.
        assert!(is_deep(&format!("{{a(b:\"x\n{}", "{".repeat(100))));
    }

    #[test]
    fn fragments_that_multiply_are_refused_without_being_expanded() {
        let mut text = "{...f0}".to_owned();
        for level in 0..60 {
            let next = level + 1;
            text += &format!("fragment f{level} on Query{{...f{next} ...f{next}}}");
        }
        text += "fragment f60 on Query{__typename}";
        let refused = before_checking(&parse_query(text).unwrap()).unwrap_err();
        assert!(refused.message.contains("more than 2000 fields"));
    }

    #[test]
    fn a_fragment_that_contains_itself_is_refused() {
        let text = "{...a} fragment a on Query{...b} fragment b on Query{...a}";
        let refused = before_checking(&parse_query(text).unwrap()).unwrap_err();
        assert!(refused.message.contains("contains itself"), "{refused:?}");
    }
}
