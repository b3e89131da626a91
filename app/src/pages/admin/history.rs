//! Who has changed what, and the way back.

use catalogue::{Done, LoggedEdit, LoggedRow};
use leptos::prelude::*;
use site::Admin;

use super::{Editor, admin_page, desk_of, input, words_of};
use crate::{
    Request,
    components::failure,
    desk::{DATABASE, Desk, Edits},
    text,
};

/// How many letters of a value are shown.
const EXCERPT: usize = 120;

/// The history of edits.
pub(crate) fn history(request: &Request) -> AnyView {
    let (editor, desk) = match desk_of(request) {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    match &*desk {
        Ok(Desk::History(edits)) => show(request, &editor, edits),
        Ok(_) => ().into_any(),
        Err(fault) => failure(request, fault),
    }
}

fn show(request: &Request, editor: &Editor, edits: &Edits) -> AnyView {
    let address = &edits.address;
    let list = edits.edits.iter().map(|edit| {
        view! { <li>{one(editor, edit)}</li> }
    });
    let list: Vec<_> = list.collect();
    let list = if list.is_empty() {
        view! {
            <div class="empty">
                <p>"No edits match."</p>
                <a class="button quiet" href=Admin::History.path()>"Show all"</a>
            </div>
        }
        .into_any()
    } else {
        view! { <ol class="edits">{list}</ol> }.into_any()
    };
    let older = edits.edits.last().filter(|_| edits.has_more).map(|last| {
        view! {
            <a class="button quiet" href=address.before(last.first)>"Older edits"</a>
        }
    });
    let error = address
        .error
        .as_ref()
        .map(|error| super::notice(false, error));
    let main = view! {
        <div class="section-head">
            <h1>"History"</h1>
        </div>
        {error}
        {filter(edits)}
        {list}
        {older}
    };
    admin_page(request, editor, "History", main)
}

fn filter(edits: &Edits) -> impl IntoView + use<> {
    let address = &edits.address;
    let chosen = address.schema.map(|schema| schema.catalogue);
    let catalogues = catalogue::edited().map(|catalogue| {
        let name = catalogue.name();
        view! {
            <option value=name selected=chosen == Some(name)>
                {words_of(catalogue).section}
            </option>
        }
    });
    let who = address.who.clone();
    let is_known = who
        .as_ref()
        .is_none_or(|who| who.is_empty() || edits.people.contains(who));
    let other = who.clone().filter(|_| !is_known);
    let people = edits.people.iter().cloned().chain(other).map(|name| {
        let selected = who.as_ref() == Some(&name);
        let value = name.clone();
        view! { <option value=value selected=selected>{name}</option> }
    });
    let people: Vec<_> = people.collect();
    let by_database = address.who.as_deref() == Some("");
    view! {
        <form class="finder history-filter" method="get" action=Admin::History.path()>
            <div class="field">
                <label for="catalogue">"Of"</label>
                <select id="catalogue" name="catalogue">
                    <option value="">"Everything"</option>
                    {catalogues.collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="id">"No."</label>
                <input
                    r#type="text"
                    inputmode="numeric"
                    id="id"
                    name="id"
                    value=address.id.map(|id| id.to_string())
                />
            </div>
            <div class="field">
                <label for="who">"By"</label>
                <select id="who" name="who">
                    <option value="">"Everybody"</option>
                    {people}
                    <option value=DATABASE selected=by_database>"In the database itself"</option>
                </select>
            </div>
            <div class="field">
                <label for="from">"From"</label>
                <input r#type="date" id="from" name="from" value=address.from.clone() />
            </div>
            <div class="field">
                <label for="to">"To"</label>
                <input r#type="date" id="to" name="to" value=address.to.clone() />
            </div>
            <button class="button quiet" r#type="submit">"Show"</button>
        </form>
    }
}

/// One edit: who, when, which rows, and a button that undoes it.
pub(super) fn one(editor: &Editor, edit: &LoggedEdit) -> impl IntoView + use<> {
    let rows: Vec<_> = edit.shown.iter().map(row_of).collect();
    let more = edit.rows.saturating_sub(edit.shown.len() as u64);
    let more = (more > 0).then(|| {
        view! { <p class="muted">{format!("and {} more", text::counted(more, "row", "rows"))}</p> }
    });
    let can_undo = !edit.is_undone && edit.shown.iter().any(|row| row.done != Done::Everything);
    let undo = can_undo.then(|| super::undo(editor, edit.revision));
    let state = match (edit.is_undone, edit.undoes) {
        (true, _) => Some("Undone".to_owned()),
        (false, Some(undone)) => Some(format!("Undoes edit {undone}")),
        (false, None) => None,
    };
    let state = state.map(|state| view! { <span class="badge">{state}</span> });
    view! {
        <article class="edit" id=format!("edit-{}", edit.revision)>
            <header>
                <p>
                    <strong>{who(edit)}</strong>
                    " "
                    {instant(edit.at)}
                    " "
                    {state}
                </p>
                {undo}
            </header>
            {rows}
            {more}
        </article>
    }
}

/// Who made an edit, in words.
pub(super) fn who(edit: &LoggedEdit) -> String {
    let who = edit.who.clone();
    who.unwrap_or_else(|| "Somebody in the database itself".to_owned())
}

/// A time as people read it, in UTC.
pub(super) fn instant(millis: i64) -> impl IntoView + use<> {
    let exact = catalogue::rfc3339(millis);
    let clock = exact.get(11..16).unwrap_or_default().to_owned();
    let said = format!("{}, {clock}", text::day(&exact));
    view! { <time datetime=exact>{said}</time> }
}

fn row_of(row: &LoggedRow) -> impl IntoView + use<> {
    let catalogue = catalogue::edited_by_name(row.catalogue);
    let name = catalogue.map(|it| text::capitalized(&words_of(it).one));
    let name = name.unwrap_or_default();
    let link = catalogue.zip(row.id).map(|(catalogue, id)| {
        let schema = catalogue.schema;
        (Admin::Row { schema, id }.path(), id)
    });
    let title = match link {
        Some((address, id)) => view! {
            <a href=address>{format!("{name} {id}")}</a>
            " "
            <span class="muted">{row.title.clone()}</span>
        }
        .into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    };
    let done = match &row.done {
        Done::Added => view! { <p>"Added."</p> }.into_any(),
        Done::Removed => view! { <p>"Removed."</p> }.into_any(),
        Done::Everything => {
            view! { <p>"Everything was filled in or removed at once."</p> }.into_any()
        }
        Done::Set(fields) => {
            let fields = fields.iter().map(|set| {
                let value = |text: &str| input::briefly(text, EXCERPT);
                view! {
                    <div>
                        <dt>{text::label(set.field)}</dt>
                        <dd>
                            <del>{value(&set.before)}</del>
                            " "
                            <ins>{value(&set.after)}</ins>
                        </dd>
                    </div>
                }
            });
            view! { <dl class="set">{fields.collect_view()}</dl> }.into_any()
        }
    };
    view! {
        <div class="edited-row">
            <p>{title}</p>
            {done}
        </div>
    }
}
