//! The first page for editors.

use catalogue::normalizer::Query;
use leptos::prelude::*;
use leptos_cached::resource;
use site::{Admin, Count};

use super::{admin_page, editor_of, rows::of_any_status};
use crate::{
    Request,
    catalogue_view::words,
    components::{Icon, failure},
    functions::{Counted, count},
    text,
};

/// The catalogues and how many rows each has, of any status.
pub(crate) fn overview(request: Request) -> impl IntoView {
    let counts = catalogue::all().map(|catalogue| {
        let all = of_any_status(Query::all(catalogue.schema));
        (catalogue, resource(count(Count::of(&all))))
    });
    Suspend::new(async move {
        let editor = match editor_of(&request) {
            Ok(editor) => editor,
            Err(answer) => return answer,
        };
        let mut tiles = Vec::new();
        for (catalogue, count) in counts {
            let Counted { count } = match count.await {
                Ok(count) => *count,
                Err(fault) => return failure(&request, &fault),
            };
            tiles.push(view! {
                <li>
                    <a class="tile" href=Admin::Rows(catalogue.schema).path()>
                        <strong>{text::grouped(count)}</strong>
                        <span>{words(catalogue).many}</span>
                        <Icon name="arrow-right" />
                    </a>
                </li>
            });
        }
        let main = view! {
            <h1>"Overview"</h1>
            <ul class="tiles">{tiles}</ul>
        };
        admin_page(&request, &editor, "Administration", main)
    })
}
