//! Edits by GraphQL: the same as those of the REST API.

use std::sync::Arc;

use app::functions::{Condition, Delete, Edits, Update};
use async_graphql::{
    Error,
    dynamic::{Field, FieldFuture, FieldValue, InputObject, InputValue, ResolverContext, TypeRef},
};
use catalogue::Catalogue;
use leptos_cached::Fault;
use serde_json::{Map, Value, json};

use super::{
    errors::error_of,
    names::{camel, pascal, row_type},
    object::Json,
    values,
};

/// The edits of a catalogue's rows, and what they may set.
pub(super) fn of(catalogue: &'static Catalogue) -> (InputObject, [Field; 2]) {
    let input = format!("{}Input", row_type(catalogue));
    let editable = catalogue.fields.iter().filter(|field| field.edit.is_some());
    let fields = editable.map(|field| {
        let of = values::shown(field.path, field.encoding).taken();
        InputValue::new(camel(field.path), of)
    });
    let about = format!("What an editor may set of a row of {}.", catalogue.name());
    let object = InputObject::new(&*input).description(about);
    let object = fields.fold(object, InputObject::field);
    let name = pascal(catalogue.singular);
    let update = TypeRef::named_nn(row_type(catalogue));
    let update = Field::new(format!("update{name}"), update, move |ctx| {
        update_row(ctx, catalogue)
    })
    .description("Sets fields of a row, as PATCH does.")
    .argument(InputValue::new("set", TypeRef::named_nn(&*input)));
    let delete = TypeRef::named_nn("Deleted");
    let delete = Field::new(format!("delete{name}"), delete, move |ctx| {
        delete_row(ctx, catalogue)
    })
    .description("Removes a row, as DELETE does.");
    let fields = [update, delete].map(|field| {
        let version = InputValue::new("ifVersion", TypeRef::named(TypeRef::INT))
            .description("Nothing is done unless the row is at this version, as with If-Match.");
        field
            .argument(InputValue::new("id", TypeRef::named_nn(TypeRef::ID)))
            .argument(version)
    });
    (object, fields)
}

fn update_row<'a>(ctx: ResolverContext<'a>, catalogue: &'static Catalogue) -> FieldFuture<'a> {
    FieldFuture::new(async move {
        let mut fields = Map::new();
        for (name, value) in ctx.args.try_get("set")?.object()?.iter() {
            let mut declared = catalogue.fields.iter();
            if let Some(field) = declared.find(|field| camel(field.path) == name.as_str()) {
                let value = value.as_value().clone().into_json()?;
                fields.insert(field.path.to_owned(), value);
            }
        }
        let update = Update {
            schema: catalogue.schema,
            id: id_in(&ctx)?,
            fields: Value::Object(fields).to_string(),
            condition: condition(&ctx)?,
            base: None,
        };
        let saved = edits(&ctx)?
            .update(update)
            .await
            .map_err(|fault| error_of(&fault))?;
        let row = saved
            .row
            .as_ref()
            .map(|row| serde_json::from_slice(row.content()));
        match row {
            Some(Ok(row)) => {
                let row = Json::row_of(catalogue.schema, row);
                Ok(Some(FieldValue::owned_any(row)))
            }
            Some(Err(_)) | None => Err(error_of(&Fault::Unavailable)),
        }
    })
}

fn delete_row<'a>(ctx: ResolverContext<'a>, catalogue: &'static Catalogue) -> FieldFuture<'a> {
    FieldFuture::new(async move {
        let id = id_in(&ctx)?;
        let delete = Delete {
            schema: catalogue.schema,
            id,
            condition: condition(&ctx)?,
        };
        let saved = edits(&ctx)?
            .delete(delete)
            .await
            .map_err(|fault| error_of(&fault))?;
        // A revision may be larger than GraphQL's integers.
        let left = json!({ "id": id, "revision": saved.revision.to_string() });
        Ok(Some(FieldValue::owned_any(Json::plain(left))))
    })
}

fn edits<'a>(ctx: &ResolverContext<'a>) -> Result<&'a dyn Edits, Error> {
    let edits = ctx.ctx.data_opt::<Arc<dyn Edits>>();
    edits
        .map(|edits| &**edits)
        .ok_or_else(|| error_of(&Fault::Unauthorized))
}

fn id_in(ctx: &ResolverContext<'_>) -> Result<i64, Error> {
    let id = values::id_text(ctx.args.try_get("id")?.as_value());
    id.parse().map_err(|_| error_of(&Fault::NotFound))
}

fn condition(ctx: &ResolverContext<'_>) -> Result<Condition, Error> {
    let version = ctx
        .args
        .get("ifVersion")
        .filter(|version| !version.is_null());
    Ok(match version {
        Some(version) => Condition::version(version.i64()?),
        None => Condition::default(),
    })
}
