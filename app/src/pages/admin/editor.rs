//! The form of one row, generated from its catalogue's declaration.

use leptos::prelude::*;
use leptos_cached::resource;
use serde_json::Value as Json;
use site::{Admin, Object, links};

use super::{Editor, admin_page, as_json, editor_of, input::FieldInput};
use crate::{
    Request,
    catalogue_view::CatalogueView,
    components::{Icon, failure},
    functions::object,
    text,
};

/// The form of one row: an input for every editable field, the others read-only.
pub(crate) fn editor<T: CatalogueView>(request: Request, id: i64) -> impl IntoView {
    let schema = T::SCHEMA;
    let row = resource(object::<T>(Object { schema, id }));
    Suspend::new(async move {
        let editor = match editor_of(&request) {
            Ok(editor) => editor,
            Err(answer) => return answer,
        };
        match row.await.and_then(|row| as_json(&*row)) {
            Ok(row) => show::<T>(&request, &editor, id, &row),
            Err(fault) => failure(&request, &fault),
        }
    })
}

fn show<T: CatalogueView>(request: &Request, editor: &Editor, id: i64, row: &Json) -> AnyView {
    let (catalogue, schema) = (T::catalogue(), T::SCHEMA);
    let flash = editor.flash.as_ref();
    let of = |pairs: &[(String, String)], name: &str| {
        pairs
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.clone())
    };
    let inputs = catalogue.fields.iter().filter_map(|field| {
        let rule = field.edit?;
        let stored = field.shown(field.of(row));
        // After a rejected form the typed values are shown again, so that nothing is lost.
        let refused = flash.filter(|flash| !flash.accepted);
        let typed = refused.and_then(|flash| of(&flash.values, field.path));
        let differs = typed
            .as_ref()
            .is_some_and(|typed| typed.trim().replace("\r\n", "\n") != stored.trim());
        let error = refused.and_then(|flash| {
            let wrong = of(&flash.errors, field.path);
            let stored = || format!("Stored now: {stored}");
            wrong.or_else(|| (flash.compare && differs).then(stored))
        });
        let value = typed.unwrap_or(stored);
        Some(view! { <FieldInput field rule value error /> })
    });
    let others = catalogue
        .fields
        .iter()
        .filter(|field| field.edit.is_none())
        .map(|field| {
            view! {
                <div>
                    <dt>{text::label(field.path)}</dt>
                    <dd>{readable(&field.shown(field.of(row)))}</dd>
                </div>
            }
        });
    let title = row[catalogue.named]
        .as_str()
        .filter(|title| !title.is_empty())
        .unwrap_or("Untitled")
        .to_owned();
    let main = view! {
        <div class="section-head">
            <h1>{title.clone()}</h1>
            <a href=links::object(schema, id)>
                "See the page"
                <Icon name="arrow-right" />
            </a>
        </div>
        <form class="form editor" method="post" action=Admin::Row { schema, id }.path()>
            <input r#type="hidden" name="csrf_token" value=editor.csrf_token.clone() />
            <input r#type="hidden" name="version" value=row["version"].to_string() />
            <div class="inputs">{inputs.collect_view()}</div>
            <div class="form-foot">
                <button class="button" r#type="submit">"Save changes"</button>
                <a class="button quiet" href=Admin::Rows(schema).path()>"Back to the list"</a>
            </div>
        </form>
        <section aria-labelledby="fixed">
            <h2 id="fixed">"Not editable here"</h2>
            <dl class="fixed">{others.collect_view()}</dl>
        </section>
    };
    admin_page(request, editor, &title, main)
}

/// An instant as a day; anything else unchanged.
fn readable(value: &str) -> String {
    if value.ends_with('Z') {
        text::day(value)
    } else {
        value.to_owned()
    }
}
