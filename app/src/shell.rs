//! The document around every page.

use leptos::{
    hydration::HydrationScripts, nonce::Nonce, prelude::*, reactive::owner::take_context,
};
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::App;

/// The document around every page: what all pages load, and the [`App`] in its body.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    // A number that is used once cannot stand on a page that is remembered: scripts are allowed by
    // their hashes instead.
    let _ = take_context::<Nonce>();
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
                <HashedStylesheet id="style" options=options.clone() />
                // The icon has no link: browsers look for /favicon.ico, and ask for a linked one again
                // with every change of the address.
                // Before the islands router, so that its listeners run first.
                <script r#type="module" src="/navigation.js"></script>
                <script r#type="module" src="/scale.js"></script>
                <script r#type="module" src="/kept.js"></script>
                <HydrationScripts options islands=true islands_router=true />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
