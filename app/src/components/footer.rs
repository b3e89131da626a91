//! The bottom of every page.

use leptos::prelude::*;

/// What Hearth is, in a sentence, and the secondary links.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <div class="wrap">
                <p>"Hearth lists homes for sale, and recipes to cook in them. Every price is up to date."</p>
                <nav aria-label="More">
                    <ul>
                        <li><a href="/properties">"Homes"</a></li>
                        <li><a href="/recipes">"Recipes"</a></li>
                        <li><a href="/admin" rel="nofollow">"For editors"</a></li>
                    </ul>
                </nav>
            </div>
        </footer>
    }
}
