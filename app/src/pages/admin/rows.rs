//! The rows of a catalogue, for editors: found, ordered, edited in place, or many at once.

use catalogue::{Catalogue, Edit, Encoding, Field, Test, normalizer::Kind};
use http::StatusCode;
use leptos::prelude::*;
use serde_json::Value as Json;
use site::{Admin, drafts};

use super::{Editor, admin_page, desk_of, input, words_of};
use crate::{
    Request,
    components::{Icon, failure, listing::pages},
    desk::{Choices, Desk, RowsAddress, RowsToEdit},
    islands::RowsForm,
    reply, text,
};

/// The rows of a catalogue as a table.
pub(crate) fn rows(request: &Request) -> AnyView {
    let (editor, desk) = match desk_of(request) {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    match &*desk {
        Ok(Desk::Rows(rows)) => {
            if rows.error.is_some() {
                reply::status(StatusCode::BAD_REQUEST);
            }
            show(request, &editor, rows)
        }
        Ok(_) => ().into_any(),
        Err(fault) => failure(request, fault),
    }
}

fn show(request: &Request, editor: &Editor, rows: &RowsToEdit) -> AnyView {
    let catalogue = rows.address.catalogue;
    let words = words_of(catalogue);
    let title = format!("{} to edit", words.section);
    let query = &rows.address.wanted.query;
    let main = view! {
        <div class="section-head">
            <h1>{title.clone()}</h1>
            <p class="count" id="count">{text::counted(rows.count, &words.one, &words.many)}</p>
            <a class="button" href=Admin::New(catalogue.schema).path()>
                <Icon name="plus" />
                {format!("New {}", words.one)}
            </a>
        </div>
        {rows.error.as_ref().map(|error| super::notice(false, error))}
        {finder(rows)}
        {columns(&rows.address)}
        {if rows.rows.is_empty() { nothing(rows) } else { table(editor, rows, &title) }}
        {pages(
            query.page(),
            rows.count.div_ceil(query.page_size()),
            |page| rows.address.at_page(page),
            (),
        )}
    };
    admin_page(request, editor, &title, main)
}

/// The form that finds rows: a search, and a control for every filter that the catalogue declares.
fn finder(rows: &RowsToEdit) -> impl IntoView + use<> {
    let address = &rows.address;
    let catalogue = address.catalogue;
    let mark = drafts(catalogue.schema);
    let controls = catalogue.filters.iter().map(|filter| {
        let id = format!("filter-{}", filter.parameter);
        let value = address.value(filter.parameter);
        let parameter = catalogue.schema.parameter(filter.parameter);
        let choices = match parameter.map(|parameter| parameter.kind) {
            Some(Kind::Choices { of: choices, any }) => {
                let draft = mark.filter(|(name, _)| *name == filter.parameter);
                let draft = draft.map(|(_, draft)| draft);
                let any = any.unwrap_or_default();
                Some((
                    any,
                    draft
                        .into_iter()
                        .chain(choices.iter().copied())
                        .collect::<Vec<_>>(),
                ))
            }
            _ => None,
        };
        let names = match filter.test {
            Test::Is => input::names_of_column(catalogue, filter.column, &rows.choices),
            _ => None,
        };
        let control = match (choices, names) {
            (Some((any, choices)), _) => {
                let none = value.is_empty() || value == any;
                let several = value.contains(',').then(|| {
                    view! { <option value=value.clone() selected=true>{value.clone()}</option> }
                });
                let options = choices.into_iter().map(|choice| {
                    view! {
                        <option value=choice selected=choice == value>{text::label(choice)}</option>
                    }
                });
                let options = options.collect_view();
                view! {
                    <select id=id.clone() name=filter.parameter>
                        <option value=any selected=none>"Any"</option>
                        {several}
                        {options}
                    </select>
                }
                .into_any()
            }
            (None, Some(names)) => {
                let options = names.iter().map(|(id, name)| {
                    let id = id.to_string();
                    let selected = id == value;
                    view! { <option value=id selected=selected>{name.clone()}</option> }
                });
                let options = options.collect_view();
                view! {
                    <select id=id.clone() name=filter.parameter>
                        <option value="">"Any"</option>
                        {options}
                    </select>
                }
                .into_any()
            }
            (None, None) => {
                let is_number = matches!(
                    filter.test,
                    Test::Is | Test::AtLeast { .. } | Test::AtMost { .. }
                );
                // A minimum of zero filters nothing.
                let value = if is_number && value == "0" {
                    String::new()
                } else {
                    value
                };
                view! {
                    <input
                        r#type="text"
                        inputmode=is_number.then_some("decimal")
                        id=id.clone()
                        name=filter.parameter
                        value=value
                        autocomplete="off"
                    />
                }
                .into_any()
            }
        };
        view! {
            <div class="field">
                <label for=id>{filter.label}</label>
                {control}
            </div>
        }
    });
    let controls: Vec<_> = controls.collect();
    let has_filters = !controls.is_empty();
    let others = address.others().into_iter().map(|(name, value)| {
        view! { <input r#type="hidden" name=name value=value /> }
    });
    let path = Admin::Rows(catalogue.schema).path();
    let clear = address.is_filtered().then(|| {
        let mut all = RowsAddress::all(catalogue);
        all.order = address.order;
        view! { <a class="button quiet" href=all.to_string()>"Clear"</a> }
    });
    let is_open = address.is_filtered() && address.value("q").is_empty();
    view! {
        <form class="finder" method="get" action=path role="search">
            {others.collect_view()}
            <div class="find">
                <label for="find">"Find"</label>
                <input
                    r#type="search"
                    id="find"
                    name="q"
                    value=address.value("q")
                    placeholder="Words, or a number"
                    data-key="/"
                />
                <button class="button quiet" r#type="submit">
                    <Icon name="search" />
                    "Find"
                </button>
                {clear}
            </div>
            {has_filters
                .then(|| {
                    view! {
                        <details class="fold" open=is_open>
                            <summary>
                                <Icon name="sliders-horizontal" />
                                "Filters"
                            </summary>
                            <div class="finder-filters">{controls}</div>
                        </details>
                    }
                })}
        </form>
    }
}

/// The form that chooses columns.
fn columns(address: &RowsAddress) -> impl IntoView + use<> {
    let shown = address.columns();
    let boxes = RowsAddress::offered(address.catalogue).map(|field| {
        let checked = shown.iter().any(|shown| shown.path == field.path);
        view! {
            <label class="check">
                <input r#type="checkbox" name="columns" value=field.path checked=checked />
                <span>{input::heading(field)}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    let hidden = address.without_columns().into_iter().map(|(name, value)| {
        view! { <input r#type="hidden" name=name value=value /> }
    });
    view! {
        <details class="fold columns-fold">
            <summary>
                <Icon name="columns" />
                "Columns"
            </summary>
            <form method="get" action=Admin::Rows(address.catalogue.schema).path()>
                {hidden.collect_view()}
                <fieldset class="checks">
                    <legend class="sr-only">"Columns"</legend>
                    {boxes}
                </fieldset>
                <button class="button quiet" r#type="submit">"Show these columns"</button>
            </form>
        </details>
    }
}

fn nothing(rows: &RowsToEdit) -> AnyView {
    let catalogue = rows.address.catalogue;
    let words = words_of(catalogue);
    let (said, action) = match rows.address.is_filtered() {
        true => (
            format!("No {} match.", words.many),
            view! {
                <a class="button quiet" href=Admin::Rows(catalogue.schema).path()>"Show all"</a>
            }
            .into_any(),
        ),
        false => (
            format!("There are no {} yet.", words.many),
            view! {
                <a class="button" href=Admin::New(catalogue.schema).path()>
                    {format!("Create the first {}", words.one)}
                </a>
            }
            .into_any(),
        ),
    };
    view! {
        <div class="empty">
            <p>{said}</p>
            {action}
        </div>
    }
    .into_any()
}

fn table(editor: &Editor, rows: &RowsToEdit, title: &str) -> AnyView {
    let address = &rows.address;
    let catalogue = address.catalogue;
    let columns = address.columns();
    let heading = |field: &'static Field| {
        let is_by = address.order.filter(|(by, _)| by.path == field.path);
        let sort = is_by.map(|(_, descending)| match descending {
            true => "descending",
            false => "ascending",
        });
        view! {
            <th scope="col" aria-sort=sort>
                <a href=address.ordered_by(field)>{input::heading(field)}</a>
            </th>
        }
    };
    let named = catalogue
        .fields
        .iter()
        .find(|field| catalogue.named.first() == Some(&field.path));
    let number = catalogue.fields.iter().find(|field| field.path == "id");
    let headings: Vec<_> = number
        .into_iter()
        .chain(named)
        .chain(columns.iter().copied())
        .map(heading)
        .collect();
    let list = rows
        .rows
        .iter()
        .map(|row| row_of(catalogue, &columns, &rows.choices, row))
        .collect_view();
    let has_inline = columns.iter().any(|field| is_inline(field));
    let words = words_of(catalogue);
    let more = rows.count > rows.rows.len() as u64;
    let scope = format!(
        "All {} that match",
        text::counted(rows.count, &words.one, &words.many)
    );
    let fields = catalogue.fields.iter().filter(|field| is_settable(field));
    let options = fields.map(|field| {
        view! { <option value=field.path>{input::heading(field)}</option> }
    });
    let options = options.collect_view();
    let values = catalogue
        .fields
        .iter()
        .filter_map(|field| match field.edit? {
            Edit::Choice(choices) => Some(choices),
            _ => None,
        });
    let values = values
        .flatten()
        .map(|choice| view! { <option value=*choice></option> });
    let values = values.collect_view();
    let form = view! {
        <form class="rows" method="post" action=address.to_string()>
            <input r#type="hidden" name="csrf_token" value=editor.csrf_token.clone() />
            <input r#type="hidden" name="as_of" value=rows.revision.to_string() />
            <input r#type="hidden" name="where" value=address.matching() />
            <div class="table" tabindex="0" role="region" aria-label=title.to_owned()>
                <table>
                    <thead>
                        <tr>
                            <th scope="col" class="choose">
                                <span class="sr-only">"Choose"</span>
                            </th>
                            {headings}
                        </tr>
                    </thead>
                    <tbody>{list}</tbody>
                </table>
            </div>
            <div class="bulk-bar">
                {has_inline
                    .then(|| {
                        view! {
                            <button class="button" r#type="submit" name="do" value="rows">
                                "Save the table"
                            </button>
                        }
                    })}
                <fieldset class="bulk">
                    <legend>"Change many"</legend>
                    <div class="field">
                        <label for="bulk-field">"Set"</label>
                        <select id="bulk-field" name="field">{options}</select>
                    </div>
                    <div class="field">
                        <label for="bulk-value">"To"</label>
                        <input
                            r#type="text"
                            id="bulk-value"
                            name="value"
                            list="bulk-values"
                            autocomplete="off"
                        />
                        <datalist id="bulk-values">{values}</datalist>
                    </div>
                    <div class="field">
                        <label for="bulk-scope">"In"</label>
                        <select id="bulk-scope" name="scope">
                            <option value="chosen">"The chosen rows"</option>
                            {more.then(|| view! { <option value="all">{scope}</option> })}
                        </select>
                    </div>
                    <button class="button quiet" r#type="submit" name="do" value="many">
                        "Change"
                    </button>
                </fieldset>
            </div>
        </form>
    }
    .into_any();
    view! { <RowsForm catalogue=catalogue.name().to_owned()>{form}</RowsForm> }.into_any()
}

/// Whether a field is edited in the table itself: those of few values, and money.
pub(crate) fn is_inline(field: &Field) -> bool {
    let is_short = matches!(field.edit, Some(Edit::Choice(_) | Edit::Flag));
    field.table.is_none()
        && (is_short || (field.edit.is_some() && field.encoding == Encoding::Money))
}

/// Whether a field can be set in many rows at once.
fn is_settable(field: &Field) -> bool {
    let is_long = matches!(field.edit, Some(Edit::Text { .. } | Edit::Lines { .. }));
    field.edit.is_some() && !is_long
}

fn row_of(
    catalogue: &'static Catalogue,
    columns: &[&'static Field],
    choices: &Choices,
    row: &Json,
) -> impl IntoView + use<> {
    let id = row["id"].to_string();
    let title = catalogue.title(row);
    let version = row["version"].to_string();
    let cells = columns.iter().map(|field| {
        let is_number = matches!(field.edit, Some(Edit::Number { .. }));
        let content = match (is_inline(field), field.edit) {
            (true, Some(rule)) => {
                let name = format!("set.{id}.{}", field.path);
                let label = format!("{} of {title}", input::heading(field));
                input::inline(field, rule, name, label, &field.shown(field.of(row)))
            }
            _ => input::shown(field, row, choices).into_any(),
        };
        view! { <td class=is_number.then_some("number")>{content}</td> }
    });
    let cells = cells.collect_view();
    let is_draft = catalogue.is_draft(row);
    view! {
        <tr>
            <td class="choose">
                <input
                    r#type="checkbox"
                    name=format!("row.{id}")
                    value=version.clone()
                    aria-label=format!("Choose {title}")
                />
                <input r#type="hidden" name=format!("version.{id}") value=version />
            </td>
            <td class="number">{id.clone()}</td>
            <th scope="row">
                <a href=format!("/admin/{}/{id}", catalogue.name())>{title}</a>
                {is_draft.then(|| view! { <span class="badge draft">"Draft"</span> })}
            </th>
            {cells}
        </tr>
    }
}
