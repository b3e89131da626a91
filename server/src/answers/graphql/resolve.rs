//! How each field gets its value: from the answers to asks, which are those of pages and of the REST
//! API.

use std::sync::Arc;

use app::functions::Answers;
use async_graphql::{
    Error,
    dataloader::DataLoader,
    dynamic::{FieldFuture, FieldValue, ResolverContext},
};
use catalogue::{
    Catalogue, Facets as Tallies, Figure, Listing,
    normalizer::{Query, Schema},
    properties::Property,
};
use leptos_cached::Fault;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use site::{AnyAsk, Computed, Count, Facets, History, List, Object, Similar, Trending};

use super::{
    errors::error_of,
    names::{self, of_node_id, row_type},
    object::{Json, Together},
    values,
};

/// A list, as far as its fields need it.
struct Rows {
    query: Query,
    /// How many rows match; 0 if no field needs it.
    count: u64,
    /// The rows of the page, if they are selected.
    nodes: Vec<Json>,
}

type Resolved<T> = Result<T, Error>;

fn answers<'a>(ctx: &ResolverContext<'a>) -> Resolved<&'a dyn Answers> {
    ctx.ctx.data::<Arc<dyn Answers>>().map(|answers| &**answers)
}

/// The answer to an ask as a value; `None` if there is nothing there.
async fn read<T: DeserializeOwned>(
    answers: &dyn Answers,
    ask: impl Into<AnyAsk>,
) -> Resolved<Option<T>> {
    let answer = answers.answer(ask.into()).await;
    let answer = answer.map_err(|fault| error_of(&fault))?;
    let body = answer.representation();
    if !body.found() {
        return Ok(None);
    }
    serde_json::from_slice(body.content())
        .map(Some)
        .map_err(|error| {
            tracing::error!(%error, "cannot parse an answer");
            error_of(&Fault::Unavailable)
        })
}

/// The answer to an ask that always has one.
async fn read_all<T: DeserializeOwned>(
    answers: &dyn Answers,
    ask: impl Into<AnyAsk>,
) -> Resolved<T> {
    let found = read(answers, ask).await?;
    found.ok_or_else(|| error_of(&Fault::NotFound))
}

/// The object whose field is wanted.
fn parent<'a>(ctx: &ResolverContext<'a>) -> Resolved<&'a Json> {
    ctx.parent_value.try_downcast_ref()
}

fn rows<'a>(ctx: &ResolverContext<'a>) -> Resolved<&'a Rows> {
    ctx.parent_value.try_downcast_ref()
}

/// A field whose value is there already.
fn ready<'a>(value: Resolved<Option<FieldValue<'a>>>) -> FieldFuture<'a> {
    match value {
        Ok(value) => FieldFuture::Value(value),
        Err(error) => FieldFuture::new(async move { Err::<Option<FieldValue<'_>>, _>(error) }),
    }
}

fn object<'a>(json: Json) -> FieldValue<'a> {
    FieldValue::owned_any(json)
}

fn list_of<'a>(rows: impl IntoIterator<Item = Json>) -> FieldValue<'a> {
    FieldValue::list(rows.into_iter().map(object))
}

/// A list: what is shared by the fields that are selected.
pub(super) fn list<'a>(ctx: ResolverContext<'a>, catalogue: &'static Catalogue) -> FieldFuture<'a> {
    FieldFuture::new(async move {
        let answers = answers(&ctx)?;
        let arguments = ctx
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_value()));
        let query = values::query_of(catalogue.schema, arguments);
        let query = query.map_err(|rejection| error_of(&rejection.into()))?;
        let selects = |name| ctx.look_ahead().field(name).exists();
        let rows = if selects("nodes") {
            let ask = List {
                query: query.clone(),
            };
            let listing: Listing<Value> = read_all(answers, ask).await?;
            let row = |row| Json::row_of(catalogue.schema, row);
            Rows {
                query,
                count: listing.count,
                nodes: listing.results.into_iter().map(row).collect(),
            }
        } else if selects("count") || selects("pageInfo") {
            let counted: Counted = read_all(answers, Count::of(&query)).await?;
            let (count, nodes) = (counted.count, Vec::new());
            Rows {
                query,
                count,
                nodes,
            }
        } else {
            let (count, nodes) = (0, Vec::new());
            Rows {
                query,
                count,
                nodes,
            }
        };
        Ok(Some(FieldValue::owned_any(rows)))
    })
}

#[derive(serde::Deserialize)]
struct Counted {
    count: u64,
}

pub(super) fn count<'a>(ctx: &ResolverContext<'a>) -> FieldFuture<'a> {
    ready(rows(ctx).map(|rows| Some(FieldValue::value(rows.count))))
}

pub(super) fn nodes<'a>(ctx: &ResolverContext<'a>) -> FieldFuture<'a> {
    ready(rows(ctx).map(|rows| Some(list_of(rows.nodes.iter().cloned()))))
}

pub(super) fn page_info<'a>(ctx: &ResolverContext<'a>) -> FieldFuture<'a> {
    ready(rows(ctx).map(|rows| {
        let (page, size) = (rows.query.page(), rows.query.page_size());
        let pages = rows.count.div_ceil(size);
        let place = json!({
            "page": page,
            "pageSize": size,
            "pages": pages,
            "hasNextPage": page < pages,
            "hasPreviousPage": page > 1,
        });
        Some(object(Json::plain(place)))
    }))
}

pub(super) fn facets(ctx: ResolverContext<'_>) -> FieldFuture<'_> {
    FieldFuture::new(async move {
        let query = &rows(&ctx)?.query;
        let tallies: Tallies = read_all(answers(&ctx)?, Facets::of(query)).await?;
        let mut by_name = serde_json::Map::new();
        by_name.insert("count".to_owned(), tallies.count.into());
        for facet in tallies.facets {
            let name = facet.name.clone();
            by_name.insert(name, serde_json::to_value(facet).unwrap_or_default());
        }
        Ok(Some(object(Json::plain(by_name.into()))))
    })
}

/// One row.
pub(super) fn row<'a>(ctx: ResolverContext<'a>, catalogue: &'static Catalogue) -> FieldFuture<'a> {
    FieldFuture::new(async move {
        let Some(id) = id_in(&ctx)?.parse().ok() else {
            return Ok(None);
        };
        let found = whole_row(answers(&ctx)?, catalogue.schema, id).await?;
        Ok(found.map(object))
    })
}

/// The row of any catalogue.
pub(super) fn node(ctx: ResolverContext<'_>) -> FieldFuture<'_> {
    FieldFuture::new(async move {
        let Some((catalogue, id)) = of_node_id(&id_in(&ctx)?) else {
            return Ok(None);
        };
        let found = whole_row(answers(&ctx)?, catalogue.schema, id).await?;
        Ok(found.map(|row| object(row).with_type(row_type(catalogue))))
    })
}

async fn whole_row(
    answers: &dyn Answers,
    schema: &'static Schema,
    id: i64,
) -> Resolved<Option<Json>> {
    let row = read(answers, Object { schema, id }).await?;
    Ok(row.map(|row| Json::row_of(schema, row)))
}

/// The argument `id`.
fn id_in(ctx: &ResolverContext<'_>) -> Resolved<String> {
    Ok(values::id_text(ctx.args.try_get("id")?.as_value()))
}

/// The most viewed rows.
pub(super) fn trending<'a>(ctx: ResolverContext<'a>, schema: &'static Schema) -> FieldFuture<'a> {
    FieldFuture::new(async move {
        let ranked: Listing<Value> = read_all(answers(&ctx)?, Trending { schema }).await?;
        let row = |row| Json::row_of(schema, row);
        Ok(Some(list_of(ranked.results.into_iter().map(row))))
    })
}

pub(super) fn node_id<'a>(ctx: &ResolverContext<'a>) -> FieldFuture<'a> {
    let id = parent(ctx).and_then(Json::row).map(|row| {
        let id = names::node_id(row.schema, row.id);
        Some(FieldValue::value(id))
    });
    ready(id)
}

/// The prices that a row has had.
pub(super) fn history(ctx: ResolverContext<'_>) -> FieldFuture<'_> {
    FieldFuture::new(async move {
        let row = parent(&ctx)?.row()?;
        let (schema, id) = (row.schema, row.id);
        let prices: Option<Vec<Value>> = read(answers(&ctx)?, History { schema, id }).await?;
        let prices = prices.unwrap_or_default();
        Ok(Some(list_of(prices.into_iter().map(Json::plain))))
    })
}

/// The homes that are most like one.
pub(super) fn similar(ctx: ResolverContext<'_>) -> FieldFuture<'_> {
    FieldFuture::new(async move {
        let home = parent(&ctx)?;
        let row = home.row()?;
        let answers = answers(&ctx)?;
        let (schema, id) = (row.schema, row.id);
        let home: Property = match home.read() {
            Some(home) => home,
            None => read_all(answers, Object { schema, id }).await?,
        };
        let Some(ask) = Similar::to(&home) else {
            return Ok(Some(list_of([])));
        };
        let rows: Vec<Value> = read_all(answers, ask).await?;
        Ok(Some(list_of(
            rows.into_iter().map(|row| Json::row_of(schema, row)),
        )))
    })
}

/// A value that is computed for a row.
pub(super) fn computed<'a>(
    ctx: ResolverContext<'a>,
    what: &'static catalogue::Computed,
) -> FieldFuture<'a> {
    FieldFuture::new(async move {
        let row = parent(&ctx)?.row()?;
        let ask = Computed::of(row.schema, row.id, what.name);
        let ask = ask.ok_or_else(|| error_of(&Fault::NotFound))?;
        let figure: Figure = read_all(answers(&ctx)?, ask).await?;
        Ok(Some(FieldValue::value(values::output("", &figure.value))))
    })
}

/// A plain value of an object, looked up in the whole row if the object shows only a part of it.
pub(super) fn member<'a>(
    ctx: ResolverContext<'a>,
    name: &'static str,
    scalar: &'static str,
) -> FieldFuture<'a> {
    let known = match parent(&ctx) {
        Ok(parent) => parent.get(name).map(|value| values::output(scalar, value)),
        Err(error) => return ready(Err(error)),
    };
    match known {
        Some(value) => FieldFuture::from_value(Some(value)),
        None => FieldFuture::new(async move {
            let together = ctx.ctx.data_opt::<DataLoader<Together>>();
            let looked_up = parent(&ctx)?.look_up(name, answers(&ctx)?, together);
            let value = looked_up.await?;
            Ok(Some(FieldValue::value(values::output(scalar, &value))))
        }),
    }
}

/// A plain value of an object; null if it has none.
pub(super) fn member_or_null<'a>(
    ctx: &ResolverContext<'a>,
    name: &'static str,
    scalar: &'static str,
) -> FieldFuture<'a> {
    ready(parent(ctx).map(|parent| {
        let value = parent.get(name)?;
        Some(FieldValue::value(values::output(scalar, value)))
    }))
}

/// The object of that name in another.
pub(super) fn inner<'a>(ctx: &ResolverContext<'a>, name: &'static str) -> FieldFuture<'a> {
    ready(parent(ctx).map(|parent| Some(object(parent.inner(name)))))
}

/// The object of that name in another; null if there is none.
pub(super) fn inner_or_null<'a>(ctx: &ResolverContext<'a>, name: &'static str) -> FieldFuture<'a> {
    ready(parent(ctx).map(|parent| {
        let is_there = parent.get(name).is_some_and(Value::is_object);
        is_there.then(|| object(parent.inner(name)))
    }))
}

/// The row that another one embeds under that name.
pub(super) fn embedded<'a>(
    ctx: &ResolverContext<'a>,
    name: &'static str,
    schema: &'static Schema,
) -> FieldFuture<'a> {
    ready(parent(ctx).map(|parent| Some(object(parent.embedded(name, schema)))))
}

/// The objects of that name in another.
pub(super) fn objects<'a>(ctx: &ResolverContext<'a>, name: &'static str) -> FieldFuture<'a> {
    ready(parent(ctx).map(|parent| {
        let objects = parent.get(name).and_then(Value::as_array);
        let objects = objects.into_iter().flatten().cloned();
        Some(list_of(objects.map(Json::plain)))
    }))
}
