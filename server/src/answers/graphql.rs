//! GraphQL on the same entries: an operation is normalized to one text, its response is composed of
//! the answers that pages and the REST API have too, and is cached like a page.
//!
//! ```text
//!   request ─► limits ─► parse ─► checks ─► normalize ─► one text ─► tiers of responses ─► bytes
//!                                                                        │ not valid
//!                                                                        ▼
//!                                      execute: each list, object, count … is an ask of the tiers
//! ```

mod errors;
mod hooks;
mod limits;
mod mutations;
mod names;
mod object;
mod operation;
mod resolve;
mod schema;
#[cfg(test)]
mod tests;
mod values;

use std::sync::Arc;

use app::functions::{Answers, Edits};
use async_graphql::{
    Pos, Request, Response, ServerError, Value,
    dataloader::DataLoader,
    dynamic::SchemaError,
    parser::{
        parse_query,
        types::{Selection, SelectionSet},
    },
};
use axum::http::StatusCode;
use cache::{Beside, Loaded, Origin};
use leptos_cached::{Fault, Representation};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use site::Fixed;
use xxhash_rust::xxh3::xxh3_128;

use self::{
    hooks::OnlyChecked,
    object::Together,
    operation::{Operation, normalize},
    schema::Types,
};
use super::{
    FromTiers, Tiers,
    composite::{
        Composed, CompositeAsk, Media, Parts, Rendered, Summary, Unavailable, Whole, compose,
        loaded,
    },
};
use crate::store::tally;

/// Answers GraphQL operations from the tiers' answers.
pub(crate) struct Graphql {
    tiers: Arc<Tiers>,
    types: Types,
}

/// An ask for a response, or for an answer that responses are made of.
pub(crate) type GraphqlAsk = CompositeAsk<NormalQuery>;

/// A normalized query. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct NormalQuery(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    text: String,
    address: String,
    key: String,
}

/// How an operation is answered.
#[derive(Debug, Clone)]
pub(crate) enum Prepared {
    /// By the tiers.
    Cached(GraphqlAsk),
    /// By executing it: a query with a search, whose response is not stored.
    NotStored(NormalQuery),
    /// By executing it, for those who may see the schema.
    Introspection,
    /// By executing it, for editors.
    Mutation,
}

/// What need not be encoded in a query (RFC 3986, section 3.4).
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'(')
    .remove(b')')
    .remove(b',')
    .remove(b':')
    .remove(b'$')
    .remove(b'!');

impl NormalQuery {
    fn new(text: String) -> Self {
        let encoded = utf8_percent_encode(&text, IN_QUERY);
        let address = format!("{}?query={encoded}", Fixed::Graphql.path());
        // The whole address is compared when an entry is read.
        let key = format!("hearth:graphql:{:032x}", xxh3_128(text.as_bytes()));
        Self(Arc::new(Inner { text, address, key }))
    }
}

impl Whole for NormalQuery {
    const KIND: (&'static str, &'static str) = ("response", "graphql");

    fn address(&self) -> &str {
        &self.0.address
    }

    fn key(&self) -> &str {
        &self.0.key
    }
}

impl Graphql {
    /// The API over these answers.
    ///
    /// # Errors
    /// If the catalogues' declarations make no schema.
    pub(crate) fn new(tiers: Arc<Tiers>) -> Result<Self, SchemaError> {
        let types = Types::new()?;
        Ok(Self { tiers, types })
    }

    /// Checks and normalizes an operation. Nothing is looked up for that.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(crate) async fn prepare(&self, request: &Request) -> Result<Prepared, Vec<ServerError>> {
        Ok(match self.types.operation(request).await? {
            Operation::Query { text, is_stored } => {
                let query = NormalQuery::new(text);
                match is_stored {
                    true => Prepared::Cached(CompositeAsk::Whole(query)),
                    false => Prepared::NotStored(query),
                }
            }
            Operation::Introspection => Prepared::Introspection,
            Operation::Mutation => Prepared::Mutation,
        })
    }

    /// Answers a query whose response is not stored.
    ///
    /// # Errors
    /// If it cannot be composed.
    pub(crate) async fn answer(&self, query: &NormalQuery) -> Result<Rendered, Fault> {
        let response = self.compose(query, false).await?.whole;
        tally::add(response.summary.queries);
        Ok(response)
    }

    /// Executes an operation as it was sent: introspection, or, with `edits`, a mutation.
    pub(crate) async fn execute(
        &self,
        request: Request,
        edits: Option<Arc<dyn Edits>>,
    ) -> Rendered {
        let answers: Arc<dyn Answers> = Arc::new(FromTiers(Arc::clone(&self.tiers)));
        let request = request.data(answers);
        let request = match edits {
            Some(edits) => request.data(edits),
            None => request,
        };
        let response = self.types.checking.execute(request).await;
        rendered(&response, Summary::private())
    }

    /// The response to a query, of one moment.
    async fn compose(&self, query: &NormalQuery, refresh: bool) -> Result<Composed, Unavailable> {
        let document = parse_query(&query.0.text).map_err(|error| {
            tracing::error!(%error, text = query.0.text, "cannot parse a normalized query");
            Fault::Unavailable
        })?;
        let selected = document.operations.iter().next();
        let selected = selected.map(|(_, operation)| &operation.node.selection_set.node);
        let make = async |parts: Parts| {
            let answers: Arc<dyn Answers> = Arc::new(parts.clone());
            let together = DataLoader::new(Together(parts.clone()), tokio::spawn);
            let mut request = Request::new("").data(answers).data(together);
            request.set_parsed_query(document.clone());
            let mut response = self.types.executing.execute(request).await;
            // They would be places in the normalized text, which the client has not sent.
            response
                .errors
                .iter_mut()
                .for_each(|error| error.locations.clear());
            if let Some(selected) = selected {
                response.data = in_order(response.data, selected);
            }
            Ok(rendered(&response, parts.summary()))
        };
        compose(&self.tiers, &query.0.address, refresh, make).await
    }
}

impl Types {
    /// What the operation of a request is, after all checks.
    async fn operation(&self, request: &Request) -> Result<Operation, Vec<ServerError>> {
        let one = |error| vec![error];
        limits::before_parsing(&request.query).map_err(one)?;
        let document = parse_query(&request.query).map_err(|error| one(error.into()))?;
        limits::before_checking(&document).map_err(one)?;
        let name = request.operation_name.as_deref();
        let mut checked = Request::new("")
            .variables(request.variables.clone())
            .data(OnlyChecked);
        checked.operation_name = name.map(str::to_owned);
        checked.set_parsed_query(document.clone());
        let checked = self.checking.execute(checked).await;
        if !checked.errors.is_empty() {
            return Err(checked.errors);
        }
        normalize(self, &document, name, &request.variables).map_err(one)
    }
}

/// An error that is no field's, with its code and the status of the response.
pub(crate) fn coded(why: &str, code: &str, status: StatusCode) -> ServerError {
    of_no_field(errors::coded(why, code, status))
}

/// The error that a fault is, if it is no field's.
pub(crate) fn of_fault(fault: &Fault) -> ServerError {
    of_no_field(errors::error_of(fault))
}

fn of_no_field(error: async_graphql::Error) -> ServerError {
    let mut error = error.into_server_error(Pos::default());
    error.locations.clear();
    error
}

/// The data of a response in the order in which its fields are selected (section 7.2.2). They come in
/// the order in which they were ready. The selection has no fragments.
fn in_order(data: Value, selected: &SelectionSet) -> Value {
    match data {
        Value::List(items) => {
            let items = items.into_iter().map(|item| in_order(item, selected));
            Value::List(items.collect())
        }
        Value::Object(mut members) => {
            let fields = selected.items.iter().filter_map(|item| match &item.node {
                Selection::Field(field) => Some(&field.node),
                _ => None,
            });
            let ordered = fields.filter_map(|field| {
                let (key, value) = members.swap_remove_entry(&field.response_key().node)?;
                Some((key, in_order(value, &field.selection_set.node)))
            });
            Value::Object(ordered.collect())
        }
        plain => plain,
    }
}

/// The response to an operation that is refused, because of these errors.
pub(crate) fn refused(errors: Vec<ServerError>) -> Rendered {
    rendered(&Response::from_errors(errors), Summary::private())
}

/// A response as it is sent. One without any data has the status of its first error; one with some
/// is a 200, and says what is missing.
fn rendered(response: &Response, summary: Summary) -> Rendered {
    let status = match response.errors.first() {
        Some(error) if response.data == Value::Null => errors::status_of(error)
            .and_then(|status| StatusCode::from_u16(status).ok())
            .unwrap_or(StatusCode::BAD_REQUEST),
        _ => StatusCode::OK,
    };
    // Values of JSON can always be written.
    let content = serde_json::to_vec(response).unwrap_or_default();
    Rendered {
        content: Representation::new(content.into(), true, None),
        media: Media::Json,
        status,
        redirect: None,
        has_errors: !response.errors.is_empty(),
        summary,
    }
}

impl Origin for Graphql {
    type Ask = GraphqlAsk;
    type Body = Rendered;
    type Error = Unavailable;

    const COMPOSES: bool = true;

    async fn load(
        &self,
        ask: &GraphqlAsk,
        beside: Beside<'_, Self>,
    ) -> Result<Loaded<GraphqlAsk, Rendered>, Unavailable> {
        let CompositeAsk::Whole(query) = ask else {
            // Only whole responses are requested.
            return Err(Fault::NotFound.into());
        };
        loaded(self.compose(query, beside.is_refresh()).await)
    }

    fn is_unreachable(error: &Unavailable) -> bool {
        error.is_unreachable
    }
}
