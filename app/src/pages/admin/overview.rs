//! The first page for editors.

use catalogue::normalizer::Query;
use leptos::prelude::*;

use super::{admin_page, editor_of};
use crate::{
    components::{Icon, failure},
    listed::{read, words},
    portal::{Failure, portal},
    request::Request,
    text,
};

/// The catalogues and how many rows each has, of any status.
pub(crate) fn overview() -> impl IntoView {
    let request = Request::current();
    Suspend::new(async move {
        let editor = match editor_of(&request).await {
            Ok(editor) => editor,
            Err(answer) => return answer,
        };
        let mut tiles = Vec::new();
        for catalogue in catalogue::all() {
            let words = words(catalogue);
            let count = match count(super::rows::of_any_status(Query::all(catalogue.schema))).await
            {
                Ok(count) => count,
                Err(problem) => return failure(&request, problem),
            };
            tiles.push(view! {
                <li>
                    <a class="tile" href=format!("/admin/{}", catalogue.name())>
                        <strong>{text::grouped(count)}</strong>
                        <span>{words.many}</span>
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

async fn count(query: Query) -> Result<u64, Failure> {
    #[derive(serde::Deserialize)]
    struct Counted {
        count: u64,
    }
    let answer = portal().list(query);
    read(&answer.await?).map(|counted: Counted| counted.count)
}
