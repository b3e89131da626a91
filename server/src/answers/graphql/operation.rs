//! Normalizes an operation: all spellings that mean the same query become one text.
//!
//! 1. Variables are replaced by their values.
//! 2. Fragments, named or inline, are replaced by their fields; `@skip` and `@include` are decided.
//! 3. A field that is selected twice is selected once, with what both select of it.
//! 4. The arguments of a list become what the catalogue's own normalizer makes of them: in one
//!    order, in one spelling, without defaults. An id has one spelling; `node` becomes the field of
//!    its catalogue.
//! 5. The operation's name, white space, commas and comments are dropped.
//!
//! Aliases and the order of fields decide the bytes of a response (GraphQL, October 2021, section
//! 7.2.2), so they stay in the text. What is loaded does not depend on them: fields are answered by
//! asks.

use async_graphql::{
    Name, Pos, Positioned, ServerError, Value, Variables,
    indexmap::IndexMap,
    parser::types::{
        Directive, DocumentOperations, ExecutableDocument, Field, OperationDefinition,
        OperationType, Selection, SelectionSet,
    },
};
use catalogue::normalizer::Rejection;
use leptos_cached::Fault;

use super::{
    errors::error_of,
    limits,
    names::{camel, of_node_id, row_type},
    schema::{Embedded, Gives, NODE, QUERY, Shape, Takes, Types},
    values,
};

/// What an operation is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// A query.
    Query {
        /// Its one text.
        text: String,
        /// Whether its response may be stored: none of its lists is a search.
        is_stored: bool,
    },
    /// A query of the schema itself.
    Introspection,
    /// An edit.
    Mutation,
}

/// What the operation of a document is. The document has passed the checks.
///
/// # Errors
/// If an argument is invalid, a variable is missing, or the query may need too much.
pub(super) fn normalize(
    types: &Types,
    document: &ExecutableDocument,
    name: Option<&str>,
    variables: &Variables,
) -> Result<Operation, ServerError> {
    let operation = chosen(document, name)?;
    match operation.ty {
        OperationType::Query => {}
        OperationType::Mutation => return Ok(Operation::Mutation),
        OperationType::Subscription => {
            let why = "subscriptions are not offered; GET /live says when an answer is touched";
            return Err(ServerError::new(why, None));
        }
    }
    let mut normalizing = Normalizing {
        types,
        document,
        operation,
        variables,
        text: String::new(),
        answers: 0,
        values: 0,
        is_stored: true,
    };
    let selected = normalizing.merged(QUERY, &[&operation.selection_set.node])?;
    let is_of_schema = |field: &Selected<'_>| matches!(field.name(), "__schema" | "__type");
    if selected.values().any(is_of_schema) {
        return Ok(Operation::Introspection);
    }
    let root = Place {
        of: QUERY,
        times: 1,
        page_size: 0,
        embedded: None,
    };
    normalizing.print(selected, &root)?;
    limits::before_answering(normalizing.answers, normalizing.values)?;
    Ok(Operation::Query {
        text: normalizing.text,
        is_stored: normalizing.is_stored,
    })
}

/// The operation that a request names, or the only one.
fn chosen<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
) -> Result<&'d OperationDefinition, ServerError> {
    let chosen = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name),
        (DocumentOperations::Multiple(all), None) if all.len() == 1 => all.values().next(),
        (DocumentOperations::Multiple(_), None) => None,
    };
    // The checks report this in more words.
    let chosen = chosen.ok_or_else(|| ServerError::new("there is no such operation", None))?;
    Ok(&chosen.node)
}

struct Normalizing<'d> {
    types: &'d Types,
    document: &'d ExecutableDocument,
    operation: &'d OperationDefinition,
    variables: &'d Variables,
    /// What has been printed so far.
    text: String,
    /// How many answers the query may need.
    answers: u64,
    /// How many values the response may have.
    values: u64,
    is_stored: bool,
}

/// A field, with all that is selected of it.
struct Selected<'d> {
    field: &'d Positioned<Field>,
    sets: Vec<&'d SelectionSet>,
}

impl Selected<'_> {
    fn name(&self) -> &str {
        self.field.node.name.node.as_str()
    }
}

/// Where a selection is.
struct Place<'t> {
    /// The type of the object.
    of: &'t str,
    /// How many such objects the response may have.
    times: u64,
    /// How many rows a page of the list around it has.
    page_size: u64,
    /// What is embedded of the row, if it is embedded in another.
    embedded: Option<Embedded>,
}

/// A field as it is printed.
struct Printed<'t> {
    name: String,
    arguments: String,
    shape: &'t Shape,
    /// The type of the objects that it gives.
    object: Option<String>,
    page_size: u64,
    is_stored: bool,
}

impl<'d> Normalizing<'d> {
    /// The fields of all these selections of an object of this type, by their names in the response,
    /// in the order in which they are first selected.
    fn merged(
        &self,
        of: &str,
        sets: &[&'d SelectionSet],
    ) -> Result<IndexMap<&'d str, Selected<'d>>, ServerError> {
        let mut fields = IndexMap::new();
        for set in sets {
            self.merge(of, set, &mut fields)?;
        }
        Ok(fields)
    }

    fn merge(
        &self,
        of: &str,
        set: &'d SelectionSet,
        fields: &mut IndexMap<&'d str, Selected<'d>>,
    ) -> Result<(), ServerError> {
        for item in &set.items {
            if !self.is_included(item.node.directives())? {
                continue;
            }
            match &item.node {
                Selection::Field(field) => {
                    let key = field.node.response_key().node.as_str();
                    let inner = &field.node.selection_set.node;
                    if let Some(same) = fields.get_mut(key) {
                        self.check_same(same, field)?;
                        same.sets.push(inner);
                    } else {
                        let sets = vec![inner];
                        fields.insert(key, Selected { field, sets });
                    }
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    if condition.is_none_or(|on| applies(&on.node.on.node, of)) {
                        self.merge(of, &inline.node.selection_set.node, fields)?;
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = self.document.fragments.get(name)
                        && applies(&fragment.node.type_condition.node.on.node, of)
                    {
                        self.merge(of, &fragment.node.selection_set.node, fields)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Refuses two different fields under one name (section 5.3.2), also where one of them is in
    /// another selection of the same object, which the checks do not compare.
    fn check_same(
        &self,
        one: &Selected<'d>,
        other: &'d Positioned<Field>,
    ) -> Result<(), ServerError> {
        let sorted = |field| -> Result<Vec<(String, Value)>, ServerError> {
            let mut arguments = self.arguments(field)?;
            arguments.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
            Ok(arguments)
        };
        let is_same = one.field.node.name.node == other.node.name.node
            && sorted(one.field)? == sorted(other)?;
        if is_same {
            return Ok(());
        }
        let key = &other.node.response_key().node;
        let why = format!("{key} stands for two different fields; give one of them an alias");
        Err(ServerError::new(why, Some(other.pos)))
    }

    fn is_included(&self, directives: &[Positioned<Directive>]) -> Result<bool, ServerError> {
        for directive in directives {
            let wanted = match directive.node.name.node.as_str() {
                "include" => true,
                "skip" => false,
                _ => continue,
            };
            let condition = directive.node.get_argument("if");
            let value = condition.map(|value| {
                let at = value.pos;
                let value = value.node.clone();
                value.into_const_with(|name| self.variable(&name, at))
            });
            if value.transpose()? == Some(Value::Boolean(!wanted)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The value of a variable: its own, or its default.
    fn variable(&self, name: &Name, at: Pos) -> Result<Value, ServerError> {
        if let Some(value) = self.variables.get(name) {
            return Ok(value.clone());
        }
        let mut defined = self.operation.variable_definitions.iter();
        let definition = defined.find(|definition| definition.node.name.node == *name);
        let default = definition.and_then(|definition| definition.node.default_value());
        default.cloned().ok_or_else(|| {
            let why = format!("the variable ${name} has no value");
            ServerError::new(why, Some(at))
        })
    }

    /// Prints the selection of an object.
    fn print(
        &mut self,
        fields: IndexMap<&'d str, Selected<'d>>,
        place: &Place<'_>,
    ) -> Result<(), ServerError> {
        if fields.is_empty() {
            // GraphQL has no empty selection. This one selects nothing.
            self.text.push_str("{__typename@skip(if:true)}");
            return Ok(());
        }
        let mut is_looked_up = false;
        self.text.push('{');
        for (at, (key, selected)) in fields.into_iter().enumerate() {
            if at > 0 {
                self.text.push(' ');
            }
            self.values = self.values.saturating_add(place.times);
            if selected.name() == "__typename" {
                self.name(key, "__typename");
                continue;
            }
            if let Some(embedded) = &place.embedded {
                is_looked_up |= !embedded.shows(selected.name());
            }
            self.field(key, &selected, place)?;
        }
        self.text.push('}');
        if is_looked_up {
            self.need(place.times);
        }
        Ok(())
    }

    fn field(
        &mut self,
        key: &str,
        selected: &Selected<'d>,
        place: &Place<'_>,
    ) -> Result<(), ServerError> {
        let at = selected.field.pos;
        let types = self.types;
        let shape = types.shape(place.of, selected.name()).ok_or_else(|| {
            let why = format!("{} has no field {}", place.of, selected.name());
            ServerError::new(why, Some(at))
        })?;
        let printed = self.printed(selected, shape, place)?;
        self.name(key, &printed.name);
        self.text.push_str(&printed.arguments);
        self.is_stored &= printed.is_stored;
        self.need(place.times.saturating_mul(printed.shape.answers));
        let Some(object) = printed.object else {
            return Ok(());
        };
        let gives = match printed.shape.gives {
            Gives::About(several) => several,
            Gives::Page => place.page_size,
        };
        let embedded = match (&printed.shape.embedded, &place.embedded) {
            (Some(embedded), _) => Some(embedded.clone()),
            (None, Some(around)) => Some(around.inner(selected.name())),
            (None, None) => None,
        };
        let inner = Place {
            of: &object,
            times: place.times.saturating_mul(gives),
            page_size: printed.page_size,
            embedded,
        };
        let fields = self.merged(&object, &selected.sets)?;
        self.print(fields, &inner)
    }

    /// How a field is printed, with its arguments in their one form.
    fn printed(
        &self,
        selected: &Selected<'d>,
        shape: &'d Shape,
        place: &Place<'_>,
    ) -> Result<Printed<'d>, ServerError> {
        let mut printed = Printed {
            name: selected.name().to_owned(),
            arguments: String::new(),
            shape,
            object: shape.object.clone(),
            page_size: place.page_size,
            is_stored: true,
        };
        match shape.takes {
            Takes::Nothing => {}
            Takes::List(catalogue) => {
                let arguments = self.arguments(selected.field)?;
                let pairs = arguments.iter().map(|(name, value)| (&**name, value));
                let query = values::query_of(catalogue.schema, pairs);
                let query = query.map_err(|rejection| invalid(rejection, selected.field.pos))?;
                values::print_query(catalogue, &query, &mut printed.arguments);
                printed.page_size = query.page_size();
                printed.is_stored = !query.is_bypass();
            }
            Takes::Id => {
                let id = self.id(selected)?;
                let id = id.parse::<i64>().map_or(id, |id| id.to_string());
                printed.arguments = id_argument(&id);
            }
            Takes::NodeId => {
                let id = self.id(selected)?;
                match of_node_id(&id) {
                    Some((catalogue, id)) => {
                        printed.name = catalogue.singular.to_owned();
                        printed.arguments = id_argument(&id.to_string());
                        printed.object = Some(row_type(catalogue));
                    }
                    // There is no such row.
                    None => printed.arguments = id_argument(&id),
                }
            }
        }
        Ok(printed)
    }

    fn arguments(&self, field: &Positioned<Field>) -> Result<Vec<(String, Value)>, ServerError> {
        let arguments = field.node.arguments.iter();
        let arguments = arguments.map(|(name, value)| {
            let at = value.pos;
            let value = value.node.clone();
            let value = value.into_const_with(|name| self.variable(&name, at))?;
            Ok((name.node.to_string(), value))
        });
        arguments.collect()
    }

    /// The argument `id`.
    fn id(&self, selected: &Selected<'d>) -> Result<String, ServerError> {
        let arguments = self.arguments(selected.field)?;
        let id = arguments.into_iter().find(|(name, _)| name == "id");
        Ok(id.map_or(String::new(), |(_, id)| values::id_text(&id)))
    }

    fn name(&mut self, key: &str, name: &str) {
        self.text.push_str(key);
        if key != name {
            self.text.push(':');
            self.text.push_str(name);
        }
    }

    fn need(&mut self, answers: u64) {
        self.answers = self.answers.saturating_add(answers);
    }
}

impl Embedded {
    /// Whether the field of that name is among what is embedded.
    fn shows(&self, field: &str) -> bool {
        field == "nodeId" || self.names().any(|name| camel(name) == field)
    }

    /// What is embedded of the object of that name in the row.
    fn inner(&self, field: &str) -> Self {
        let name = self.names().find(|name| camel(name) == field);
        Self {
            catalogue: self.catalogue,
            below: format!("{}{}.", self.below, name.unwrap_or_default()),
        }
    }

    /// The names that are embedded directly in it.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        let paths = self.catalogue.fields.iter().map(|field| field.path);
        let below = paths.filter_map(|path| path.strip_prefix(&*self.below));
        below.map(|path| path.split_once('.').map_or(path, |(name, _)| name))
    }
}

/// Whether a fragment on one type applies to an object of another. Only the rows' interface is
/// abstract, and wherever it is selected, the row's type is known.
fn applies(condition: &Name, of: &str) -> bool {
    condition == of || condition == NODE
}

fn id_argument(id: &str) -> String {
    format!("(id:{})", Value::String(id.to_owned()))
}

fn invalid(rejection: Rejection, at: Pos) -> ServerError {
    error_of(&Fault::Parameters(rejection)).into_server_error(at)
}
