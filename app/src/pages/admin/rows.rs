//! The rows of a catalogue, for editors.

use catalogue::{
    Catalogue, Edit, Field,
    normalizer::{Query, View, normalize},
};
use http::StatusCode;
use leptos::prelude::*;
use leptos_cached::{Fault, resource};
use serde_json::Value as Json;
use site::{Admin, List};

use super::{Editor, admin_page, as_json, editor_of};
use crate::{
    Request,
    catalogue_view::CatalogueView,
    components::{Icon, failure, listing::Pager},
    functions::list,
    reply, text,
};

/// The rows of a catalogue as a table, of any status unless the address says otherwise.
pub(crate) fn rows<T: CatalogueView>(request: Request) -> impl IntoView {
    let read = normalize(T::SCHEMA, &request.search);
    let is_invalid = read.is_err();
    let query = read.unwrap_or_else(|_| Query::all(T::SCHEMA));
    let listing = resource(list::<T>(List {
        query: of_any_status(query.clone()),
    }));
    Suspend::new(async move {
        let editor = match editor_of(&request) {
            Ok(editor) => editor,
            Err(answer) => return answer,
        };
        if is_invalid {
            reply::status(StatusCode::BAD_REQUEST);
        }
        match listing.await {
            Ok(listing) => show::<T>(&request, &editor, query, listing.count, &listing.results),
            Err(Fault::NotFound) => {
                reply::failed(&Fault::NotFound);
                show::<T>(&request, &editor, query, 0, &[])
            }
            Err(fault) => failure(&request, &fault),
        }
    })
}

/// The query for any status, if the catalogue has one and the query does not set it.
pub(super) fn of_any_status(query: Query) -> Query {
    match query.is_set("status") {
        true => query,
        // Any change of the query resets the page.
        false => query
            .with("status", "any")
            .map(|any| any.at_page(query.page()))
            .unwrap_or(query),
    }
}

fn show<T: CatalogueView>(
    request: &Request,
    editor: &Editor,
    query: Query,
    count: u64,
    rows: &[T],
) -> AnyView {
    let catalogue = T::catalogue();
    let columns: Vec<&Field> = catalogue
        .fields
        .iter()
        .filter(|field| is_short(field))
        .collect();
    let headings = columns
        .iter()
        .map(|field| view! { <th scope="col">{text::label(field.path)}</th> });
    let headings = headings.collect_view();
    let rows = rows
        .iter()
        .filter_map(|row| as_json(row).ok())
        .map(|row| row_of(catalogue, &columns, &row))
        .collect_view();
    let title = format!("{} to edit", T::WORDS.section);
    let path = Admin::Rows(catalogue.schema).path();
    let search = query.text("q").unwrap_or_default().to_owned();
    let main = view! {
        <div class="section-head">
            <h1>{title.clone()}</h1>
            <p class="count">{text::counted(count, T::WORDS.one, T::WORDS.many)}</p>
        </div>
        <form class="find" method="get" action=path.clone() role="search">
            <label for="find">"Find"</label>
            <input r#type="search" id="find" name="q" value=search />
            <button class="button quiet" r#type="submit">
                <Icon name="search" />
                "Find"
            </button>
        </form>
        <div class="table" tabindex="0" role="region" aria-label=title.clone()>
            <table>
                <thead>
                    <tr>
                        <th scope="col">"No."</th>
                        <th scope="col">{text::label(catalogue.named)}</th>
                        {headings}
                        <th scope="col">"Edited"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Pager query view=View::Grid count path />
    };
    admin_page(request, editor, &title, main)
}

/// Whether a field fits a column: numbers and choices do, unless they are details of a group.
fn is_short(field: &Field) -> bool {
    let is_value = matches!(
        field.edit,
        Some(Edit::Choice(_) | Edit::Number { .. } | Edit::Flag | Edit::Date)
    );
    is_value && !field.path.contains('.')
}

fn row_of(catalogue: &Catalogue, columns: &[&Field], row: &Json) -> impl IntoView + use<> {
    let id = row["id"].to_string();
    let cells = columns.iter().map(|field| {
        let class = matches!(field.edit, Some(Edit::Number { .. })).then_some("number");
        view! { <td class=class>{field.shown(field.of(row))}</td> }
    });
    let title = row[catalogue.named]
        .as_str()
        .filter(|title| !title.is_empty())
        .unwrap_or("Untitled");
    view! {
        <tr>
            <td class="number">{id.clone()}</td>
            <th scope="row">
                <a href=format!("/admin/{}/{id}", catalogue.name())>{title.to_owned()}</a>
            </th>
            {cells.collect_view()}
            <td>{text::day(row["updated_at"].as_str().unwrap_or_default())}</td>
        </tr>
    }
}
