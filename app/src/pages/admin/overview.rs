//! The first page for editors: what their day begins with.

use catalogue::Catalogue;
use leptos::prelude::*;
use serde_json::Value as Json;
use site::Admin;

use super::{Editor, admin_page, desk_of, history, words_of};
use crate::{
    Request,
    components::{Icon, failure},
    desk::{Desk, Overview, RowsAddress, Section},
    text,
};

/// Drafts, what is incomplete, the last edits, what readers look at, and how the caches are.
pub(crate) fn overview(request: &Request) -> AnyView {
    let (editor, desk) = match desk_of(request) {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    match &*desk {
        Ok(Desk::Overview(overview)) => show(request, &editor, overview),
        Ok(_) => ().into_any(),
        Err(fault) => failure(request, fault),
    }
}

fn show(request: &Request, editor: &Editor, overview: &Overview) -> AnyView {
    let tiles = overview.catalogues.iter().map(tile).collect_view();
    let sections = &overview.catalogues;
    let drafts = rows_of(sections, "Drafts", "drafts", |section| {
        let more = drafts_of(section.catalogue);
        (section.drafts.0, &section.drafts.1, more)
    });
    let incomplete = rows_of(
        sections,
        "Incomplete, but published",
        "incomplete",
        |section| (section.incomplete.0, &section.incomplete.1, None),
    );
    let viewed = rows_of(sections, "Looked at most", "viewed", |section| {
        (section.viewed.len() as u64, &section.viewed, None)
    });
    let edits = overview.edits.iter().map(|edit| {
        let rows = edit.shown.first().map(|row| row.title.clone());
        let rows = rows.filter(|title| !title.is_empty());
        let what = match (rows, edit.rows) {
            (Some(title), 1) => title,
            (Some(title), rows) => format!("{title}, and {} more", text::grouped(rows - 1)),
            (None, _) => "a whole catalogue".to_owned(),
        };
        let address = format!("{}#edit-{}", Admin::History.path(), edit.revision);
        view! {
            <li>
                <a href=address>{what}</a>
                <span class="muted">{history::who(edit)} ", " {history::instant(edit.at)}</span>
            </li>
        }
    });
    let edits: Vec<_> = edits.collect();
    let edits = if edits.is_empty() {
        view! { <p class="muted">"Nobody has edited anything yet."</p> }.into_any()
    } else {
        view! { <ul class="brief">{edits}</ul> }.into_any()
    };
    let main = view! {
        <h1>"Overview"</h1>
        <ul class="tiles">{tiles}</ul>
        <p class="caches">
            <a href=Admin::Dashboard.path()>{caches(overview)}</a>
        </p>
        <div class="overview">
            {drafts}
            {incomplete}
            <section class="board" aria-labelledby="edits">
                <h2 id="edits">"Edited lately"</h2>
                {edits}
                <a class="more" href=Admin::History.path()>
                    "The whole history"
                    <Icon name="arrow-right" />
                </a>
            </section>
            {viewed}
        </div>
    };
    admin_page(request, editor, "Administration", main)
}

fn tile(section: &Section) -> impl IntoView + use<> {
    let words = words_of(section.catalogue);
    let noun = if section.count == 1 {
        words.one
    } else {
        words.many
    };
    view! {
        <li>
            <a class="tile" href=Admin::Rows(section.catalogue.schema).path()>
                <strong>{text::grouped(section.count)}</strong>
                <span>{noun}</span>
                <Icon name="arrow-right" />
            </a>
        </li>
    }
}

/// The address of a catalogue's drafts.
fn drafts_of(catalogue: &'static Catalogue) -> Option<String> {
    let (name, draft) = site::drafts(catalogue.schema)?;
    let address = RowsAddress::read(catalogue, &format!("{name}={draft}")).ok()?;
    Some(address.to_string())
}

/// How many rows of a kind there are, some of them, and where the others are.
type Few<'s> = (u64, &'s Vec<Json>, Option<String>);

/// A panel with rows of all catalogues: how many there are, some of them, and where the others are.
fn rows_of(
    sections: &[Section],
    heading: &'static str,
    id: &'static str,
    of: fn(&Section) -> Few<'_>,
) -> impl IntoView + use<> {
    let lists = sections.iter().filter_map(|section| {
        let (count, rows, more) = of(section);
        let catalogue = section.catalogue;
        if rows.is_empty() {
            return None;
        }
        let rows = rows.iter().map(|row| {
            let id = row["id"].as_i64().unwrap_or_default();
            let schema = catalogue.schema;
            view! {
                <li>
                    <a href=Admin::Row { schema, id }.path()>{catalogue.title(row)}</a>
                    <span class="muted">{text::day(row["updated_at"].as_str().unwrap_or_default())}</span>
                </li>
            }
        });
        let rows: Vec<_> = rows.collect();
        let rest = count.saturating_sub(rows.len() as u64);
        let words = words_of(catalogue);
        let rest = (rest > 0).then(|| {
            let said = format!("and {} more", text::counted(rest, &words.one, &words.many));
            match more {
                Some(address) => view! { <a class="more" href=address>{said}</a> }.into_any(),
                None => view! { <p class="muted">{said}</p> }.into_any(),
            }
        });
        Some(view! {
            <h3>{words.section}</h3>
            <ul class="brief">{rows}</ul>
            {rest}
        })
    });
    let lists: Vec<_> = lists.collect();
    let lists = if lists.is_empty() {
        view! { <p class="muted">"None."</p> }.into_any()
    } else {
        lists.into_any()
    };
    view! {
        <section class="board" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            {lists}
        </section>
    }
}

/// The state of the caches in one line.
fn caches(overview: &Overview) -> String {
    let share = crate::dashboard::percent(overview.from_memory, overview.answers);
    let hits = match share {
        Some(share) => format!("{share} of the answers came from memory in the last hour"),
        None => "Nothing was requested in the last hour".to_owned(),
    };
    match overview.advice {
        0 => format!("{hits}; nothing asks for attention."),
        1 => format!("{hits}; one thing asks for attention."),
        more => format!("{hits}; {more} things ask for attention."),
    }
}
