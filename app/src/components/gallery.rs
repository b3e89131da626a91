//! The pictures of a home.

use leptos::prelude::*;

use crate::{
    components::{Load, Photo, sizes},
    pictures::Picture,
};

/// A strip that scrolls by touch, wheel and arrow keys, and by a link for each picture. It needs no
/// script.
#[component]
pub(crate) fn Gallery(
    /// The pictures; the first one is visible immediately.
    pictures: Vec<&'static Picture>,
) -> impl IntoView {
    let slides = pictures.iter().enumerate().map(|(place, picture)| {
        let load = if place == 0 { Load::First } else { Load::Later };
        view! {
            <li class="picture" id=format!("picture-{}", place + 1)>
                <Photo of=Some(picture) sizes=sizes::GALLERY load />
            </li>
        }
    });
    let links = pictures.iter().enumerate().map(|(place, picture)| {
        let room = picture.room();
        let before = pictures[..place]
            .iter()
            .filter(|other| other.room() == room);
        let label = match before.count() {
            0 => room.to_owned(),
            others => format!("{room} {}", others + 1),
        };
        view! { <li><a href=format!("#picture-{}", place + 1)>{label}</a></li> }
    });
    view! {
        <section class="gallery" aria-label="Pictures">
            <ul class="strip" tabindex="0" role="list" aria-label="Pictures, moved by the arrow keys">
                {slides.collect_view()}
            </ul>
            <nav aria-label="Rooms">
                <ul>{links.collect_view()}</ul>
            </nav>
        </section>
    }
}
