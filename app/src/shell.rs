//! The document around every page.

use catalogue::recipes;
use leptos::{nonce::Nonce, prelude::*, reactive::owner::take_context};
use leptos_meta::MetaTags;
use site::{Admin, Page};

use crate::{App, Request};

/// The addresses of the built styles and programs.
#[derive(Debug)]
pub struct Built {
    style: String,
    /// What editors' pages load beside that.
    editors_style: String,
    /// What readers' pages load.
    readers: Program,
    /// What editors' pages load instead.
    editors: Program,
    /// What recipes' pages load beside the readers' program.
    kitchen: Program,
}

/// Code for the browser.
#[derive(Debug)]
struct Program {
    script: String,
    wasm: String,
}

/// The document around every page: what all pages load, and the [`App`] in its body.
///
/// It contains no inline script, so the content security policy allows none. `navigation.js` loads
/// the islands' code through the links that preload it, and that of recipes' pages through the
/// element that names it.
pub fn shell(built: &Built) -> impl IntoView + use<> {
    let Built {
        style,
        editors_style,
        readers,
        editors,
        kitchen,
    } = built;
    let request = Request::current();
    let is_editors = Admin::parse(&request.path, &request.search).is_some();
    let Program { script, wasm } = if is_editors { editors } else { readers };
    let editors_style = is_editors.then(|| {
        view! { <link rel="stylesheet" href=editors_style.clone() /> }
    });
    let row = Page::parse(&request.path, &request.search).and_then(|page| page.row());
    let is_recipe = row.is_some_and(|(schema, _)| schema.catalogue == recipes::SCHEMA.catalogue);
    let kitchen = is_recipe.then(|| format!("{} {}", kitchen.script, kitchen.wasm));
    // A cached page cannot contain a nonce.
    let _ = take_context::<Nonce>();
    // Only islands are hydrated in the browser; the HTML around them needs no markers.
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#FBFAF8" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#121411" media="(prefers-color-scheme: dark)" />
                <link
                    rel="preload"
                    href="/fonts/figtree.woff2"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
                <link rel="stylesheet" href=style.clone() />
                {editors_style}
                // The icon has no link: browsers look for /favicon.ico, and request a linked one
                // again whenever the address changes.
                <script r#type="module" src="/navigation.js"></script>
                <script r#type="module" src="/scale.js"></script>
                <link rel="modulepreload" href=script.clone() />
                <link
                    rel="preload"
                    href=wasm.clone()
                    r#as="fetch"
                    r#type="application/wasm"
                    crossorigin="anonymous"
                />
                {kitchen.map(|program| view! { <meta name="program" content=program /> })}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

impl Built {
    /// The addresses in a site whose build has left this list: `js: HASH` and such, a line each.
    /// Names of files that are not in it contain no hash.
    pub fn new(list: &str) -> Self {
        // The names of the other programs' files have an ending, and their lines in the list a beginning.
        let address = |prefix: &str, end: &str, kind: &str| {
            let mut lines = list.lines().filter_map(|line| line.split_once(':'));
            let hash = lines.find(|(of, _)| of.strip_prefix(prefix) == Some(kind));
            let hash = hash.map_or(String::new(), |(_, hash)| format!(".{}", hash.trim()));
            format!("/pkg/hearth{end}{hash}.{kind}")
        };
        let program = |prefix, end| Program {
            script: address(prefix, end, "js"),
            wasm: address(prefix, end, "wasm"),
        };
        Self {
            style: address("", "", "css"),
            editors_style: address("admin-", "-admin", "css"),
            readers: program("", ""),
            editors: program("admin-", "-admin"),
            kitchen: program("kitchen-", "-kitchen"),
        }
    }
}
