//! The pictures of homes: which ones exist, and which of them a home has.
//!
//! They are rendered ahead of time and listed in `assets/pictures/manifest.json`. A home has the
//! same pictures on every page, chosen by its type and its id.

use std::sync::LazyLock;

use catalogue::properties::Property;
use serde::Deserialize;

/// The folder of the pictures' addresses. It changes with any of the pictures, so that browsers
/// may cache each one forever; the server maps it to `/pictures`.
pub const FOLDER: &str = concat!("/pictures/", env!("HEARTH_PICTURES"));

/// The smaller and the larger width, in pixels. All pictures have an aspect ratio of 3:2.
pub(crate) const WIDTHS: [u32; 2] = [480, 960];

#[derive(Deserialize)]
struct Manifest {
    pictures: Vec<Picture>,
}

/// A picture, in both widths.
#[derive(Debug, Deserialize)]
pub(crate) struct Picture {
    name: String,
    kind: String,
    /// The colors of its corners: the upper ones, then the lower ones, each from the left.
    pub(crate) corners: [String; 4],
    /// What it shows.
    pub(crate) alt: String,
}

impl Picture {
    /// Its address in one of the [`WIDTHS`].
    pub(crate) fn address(&self, width: u32) -> String {
        format!("{FOLDER}/{}-{width}.avif", self.name)
    }

    /// Its address as a JPEG file of 1200 by 630 pixels, for other sites that show what a link leads
    /// to. Only the pictures of homes from outside have one.
    pub(crate) fn for_sharing(&self) -> String {
        format!("{FOLDER}/{}-share.jpg", self.name)
    }

    /// What it shows, in a word: `Outside`, `Kitchen`.
    pub(crate) fn room(&self) -> &'static str {
        match self.kind.as_str() {
            "living" => "Living room",
            "kitchen" => "Kitchen",
            "bedroom" => "Bedroom",
            "bathroom" => "Bathroom",
            "dining" => "Dining",
            _ => "Outside",
        }
    }
}

static ALL: LazyLock<Vec<Picture>> = LazyLock::new(|| {
    let manifest = include_str!("../../assets/pictures/manifest.json");
    match serde_json::from_str(manifest) {
        Ok(Manifest { pictures }) => pictures,
        Err(error) => {
            leptos::logging::error!("cannot read the manifest of pictures: {error}");
            Vec::new()
        }
    }
});

/// The picture of a home from outside.
pub(crate) fn exterior(home: &Property) -> Option<&'static Picture> {
    let kinds: &[&str] = match home.property_type.as_str() {
        "apartment" => &["apartment"],
        "condo" => &["cube", "apartment"],
        "cottage" => &["cottage"],
        "loft" => &["loft"],
        "townhouse" => &["townhouse"],
        _ if home.year_built < 1945 => &["victorian", "bungalow"],
        _ if home.year_built < 2000 => &["ranch", "bungalow"],
        _ => &["cube", "ranch"],
    };
    pick(kinds, home.id, 0)
}

/// The picture with this name, for pages that are not about one home.
pub(crate) fn named(name: &str) -> Option<&'static Picture> {
    ALL.iter().find(|picture| picture.name == name)
}

/// A home's pictures: from outside first, then its rooms.
pub(crate) fn gallery(home: &Property) -> Vec<&'static Picture> {
    let rooms: &[&str] = match home.bedrooms {
        0 => &["living", "kitchen", "bathroom"],
        1 => &["living", "kitchen", "bedroom", "bathroom"],
        _ => &[
            "living", "kitchen", "dining", "bedroom", "bedroom", "bathroom",
        ],
    };
    let mut gallery: Vec<&Picture> = exterior(home).into_iter().collect();
    for (place, room) in rooms.iter().enumerate() {
        // Two rooms of a kind get consecutive pictures of the manifest, so that they differ.
        let second = place > 0 && rooms[place - 1] == *room;
        let picture = pick(&[room], home.id, usize::from(second));
        gallery.extend(
            picture.filter(|picture| gallery.iter().all(|other| other.name != picture.name)),
        );
    }
    gallery
}

/// One of the pictures of these kinds. Multiples of the golden ratio, scaled to the number of
/// pictures, spread consecutive ids far apart, so that neighbors differ.
fn pick(kinds: &[&str], id: i64, further: usize) -> Option<&'static Picture> {
    let fitting: Vec<&Picture> = ALL
        .iter()
        .filter(|picture| kinds.contains(&picture.kind.as_str()))
        .collect();
    // Homes that share a picture of the kitchen need not share one of the bath.
    let salt = kinds.first().map_or(0, |kind| kind.len() as u64);
    let part = (id.unsigned_abs() + (salt << 40)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let place = (part * fitting.len() as u64) >> 32;
    let place = usize::try_from(place).unwrap_or_default() + further;
    fitting.get(place.checked_rem(fitting.len())?).copied()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_picture_in_the_manifest_exists() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/pictures");
        for picture in ALL.iter() {
            for width in WIDTHS {
                let file = folder.join(format!("{}-{width}.avif", picture.name));
                assert!(file.is_file(), "{}", file.display());
            }
            let shared = folder.join(format!("{}-share.jpg", picture.name));
            assert_eq!(
                picture.room() == "Outside",
                shared.is_file(),
                "{}",
                shared.display()
            );
            assert!(picture.corners.iter().all(|color| color.starts_with('#')));
            assert!(!picture.alt.is_empty(), "{}", picture.name);
        }
    }

    #[test]
    fn every_kind_of_home_and_of_room_has_a_picture() {
        for kind in [
            "apartment",
            "bungalow",
            "cottage",
            "cube",
            "loft",
            "ranch",
            "townhouse",
            "victorian",
            "living",
            "kitchen",
            "bedroom",
            "bathroom",
            "dining",
        ] {
            assert!(pick(&[kind], 7, 0).is_some(), "{kind}");
        }
    }

    #[test]
    fn consecutive_ids_usually_get_different_pictures() {
        let same = (1..=200)
            .filter(|id| {
                let name = |id| pick(&["cottage"], id, 0).map(|picture| &picture.name);
                name(*id) == name(id + 1)
            })
            .count();
        assert!(same < 60, "{same} of 200");
    }
}
