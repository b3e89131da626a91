//! The frame of every page.

use leptos::{prelude::*, tachys::reactive_graph::OwnedView};
use leptos_meta::{Link, Meta, Title};

use crate::{
    Request,
    components::{Footer, Header},
    pictures::{self, Picture},
};

/// What the head of the document says about a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head {
    /// The title, without the site's name.
    pub(crate) title: String,
    /// A sentence or two.
    pub(crate) description: String,
    /// The canonical address of what is shown, without the host.
    pub(crate) canonical: String,
    /// Whether search engines should leave it out.
    pub(crate) hidden: bool,
}

/// The picture of pages that have none of their own.
pub(crate) const COVER: &str = "cottage-01";

/// A whole page: head, header, the given main part, footer.
pub(crate) fn page(request: &Request, head: Head, main: impl IntoView + 'static) -> AnyView {
    let cover = pictures::named(COVER).map(Picture::for_sharing);
    pictured(request, head, cover.unwrap_or_default(), main)
}

/// A whole page, with the address of the picture that represents it on other sites: a PNG or JPEG
/// file of 1200 by 630 pixels.
pub(crate) fn pictured(
    request: &Request,
    head: Head,
    picture: String,
    main: impl IntoView + 'static,
) -> AnyView {
    let Head {
        title,
        description,
        canonical,
        hidden,
    } = head;
    let full = match &*title {
        "" => "Hearth: homes, and what to cook in them".to_owned(),
        title => format!("{title} · Hearth"),
    };
    let title = match &*title {
        "" => full.clone(),
        _ => title,
    };
    let robots = if hidden { "noindex" } else { "index, follow" };
    let canonical = request.absolute(&canonical);
    let picture = request.absolute(&picture);
    let notice = request.is_cut_off().then(|| {
        view! {
            <div class="wrap">
                <p class="notice cut-off" role="status">
                    "We cannot reach our database at the moment. This page may be out of date; prices may have changed."
                </p>
            </div>
        }
    });
    let frame = view! {
        <Title text=escaped(&full) />
        <Meta name="description" content=description.clone() />
        <Link rel="canonical" href=canonical.clone() />
        <Meta name="robots" content=robots />
        <Meta property="og:type" content="website" />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=description />
        <Meta property="og:url" content=canonical />
        <Meta property="og:image" content=picture />
        <Meta property="og:image:width" content="1200" />
        <Meta property="og:image:height" content="630" />
        <Meta name="twitter:card" content="summary_large_image" />
        {view! { <Header path=request.path.clone() /> }.into_any()}
        <main id="main" tabindex="-1">
            {notice.into_any()}
            {main.into_any()}
        </main>
        {view! { <Footer /> }.into_any()}
        // The script shows the homes to compare here.
        <aside class="tray" id="tray" aria-label="Comparison" hidden=true></aside>
    };
    // The page is rendered after its answers have arrived, when the request's owner is no longer
    // current: the owned view retains it, so that the head finds its document. Types are erased
    // because a whole page would otherwise be one type.
    OwnedView::new(frame.into_any()).into_any()
}

/// `leptos_meta` writes a title into the document unescaped.
fn escaped(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;")
}
