//! A picture of a home.

use leptos::prelude::*;
use serde::Serialize;

use crate::pictures::{Picture, WIDTHS};

/// When a picture is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Load {
    /// Immediately, before other pictures: it is visible first.
    First,
    /// When the reader scrolls near it.
    Later,
}

impl Load {
    /// When the picture of a list's card is loaded: immediately in the first row.
    pub(crate) fn of_card(place: usize) -> Self {
        if place < 3 { Self::First } else { Self::Later }
    }
}

/// How wide pictures are shown, so that the browser can choose among the widths.
pub(crate) mod sizes {
    /// In a card, and in a row of a list.
    pub(crate) const CARD: &str = "(min-width: 600px) 320px, 92vw";
    /// In a home's gallery.
    pub(crate) const GALLERY: &str = "(min-width: 900px) 760px, 92vw";
    /// On the first page, where there is room for it.
    pub(crate) const HERO: &str = "(min-width: 1100px) 640px, 1px";
}

/// A picture, with the colors of its corners as a placeholder until it has loaded. `None` leaves an
/// empty frame.
#[component]
pub(crate) fn Photo(
    /// The picture.
    of: Option<&'static Picture>,
    /// How wide it is shown, one of [`sizes`].
    sizes: &'static str,
    /// When it is loaded.
    load: Load,
) -> impl IntoView {
    let [small, large] = WIDTHS;
    of.map(|picture| {
        let set = format!(
            "{} {small}w, {} {large}w",
            picture.address(small),
            picture.address(large)
        );
        let first = load == Load::First;
        view! {
            <Corners colors=&picture.corners />
            <img
                src=picture.address(small)
                srcset=set
                sizes=sizes
                width=large
                height=large * 2 / 3
                alt=picture.alt.as_str()
                loading=(!first).then_some("lazy")
                fetchpriority=first.then_some("high")
                decoding="async"
            />
        }
    })
}

/// Four colors that the style blurs into each other. They are attributes because the content
/// security policy allows no inline styles.
#[component]
fn Corners(colors: &'static [String; 4]) -> impl IntoView {
    let [a, b, c, d] = colors.each_ref().map(|color| short(color));
    view! {
        <svg viewBox="0 0 2 2" preserveAspectRatio="none" aria-hidden="true">
            <path fill=a d="M0 0h1v1H0z" />
            <path fill=b d="M1 0h1v1H1z" />
            <path fill=c d="M0 1h1v1H0z" />
            <path fill=d d="M1 1h1v1H1z" />
        </svg>
    }
}

/// A color in three digits: the blur hides the difference, and every card has four.
fn short(color: &str) -> String {
    let digits = [1, 3, 5].map(|place| color.get(place..=place).unwrap_or("8"));
    format!("#{}", digits.concat())
}
