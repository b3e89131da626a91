//! How a main is cooked, in words, and for how many minutes.

use super::pantry::{Cut, Main};

/// In a hot pan, before or after the rest.
pub(super) fn pan(main: Main) -> (&'static str, i64) {
    match main {
        Main::Poultry => (
            "fry the {main}, cut into strips, for 8 minutes, until cooked through",
            8,
        ),
        Main::Meat => (
            "brown the {main}, cut into small pieces, over high heat for 6 minutes",
            6,
        ),
        Main::Seafood => (
            "fry the {main} for 2 to 3 minutes on each side, until just opaque",
            5,
        ),
        Main::Soy => (
            "fry the {main}, pressed and cubed, for 8 minutes, until golden on all sides",
            8,
        ),
        Main::Cheese => (
            "fry the {main}, cut into slices, for 2 minutes on each side, until golden",
            4,
        ),
        Main::Pulse => (
            "fry the {main}, cooked and drained, for 6 minutes, until crisp in places",
            6,
        ),
        Main::Vegetable => (
            "fry the {main}, cut into small pieces, for 10 minutes, until tender and brown",
            10,
        ),
        Main::Fruit => (
            "fry the {main}, cut into thick slices, for 4 minutes, until golden",
            4,
        ),
    }
}

/// In the sauce.
pub(super) fn simmer(main: Main) -> (&'static str, i64) {
    match main {
        Main::Poultry => (
            "add the {main}, cover, and simmer for 25 minutes, until cooked through",
            25,
        ),
        Main::Meat => (
            "add the {main}, cut into cubes, cover, and simmer for 75 minutes, until tender",
            75,
        ),
        Main::Seafood => (
            "slide in the {main} and simmer gently for 5 minutes, until just opaque",
            5,
        ),
        Main::Soy => (
            "stir in the {main}, pressed and cubed, and simmer for 10 minutes",
            10,
        ),
        Main::Cheese => (
            "stir in the {main}, cut into cubes, and simmer for 5 minutes",
            5,
        ),
        Main::Pulse => (
            "stir in the {main}, cooked and drained, and simmer for 15 minutes",
            15,
        ),
        Main::Vegetable => (
            "add the {main}, cut into small pieces, and simmer for 20 minutes, until tender",
            20,
        ),
        Main::Fruit => (
            "add the {main}, cut into pieces, and simmer for 8 minutes, until soft",
            8,
        ),
    }
}

/// In a hot oven.
pub(super) fn roast(main: Main) -> (&'static str, i64) {
    match main {
        Main::Poultry => (
            "roast at 425°F for 30 minutes, until the juices of the {main} run clear",
            30,
        ),
        Main::Meat => (
            "roast at 450°F for 20 minutes, until the {main} has browned at the edges",
            20,
        ),
        Main::Seafood => (
            "roast at 400°F for 12 minutes, until the {main} is just opaque",
            12,
        ),
        Main::Soy => ("roast at 425°F for 25 minutes, turning the {main} once", 25),
        Main::Cheese => (
            "roast at 425°F for 12 minutes, until the {main} has taken on color",
            12,
        ),
        Main::Pulse => ("roast at 425°F for 25 minutes, shaking the {main} once", 25),
        Main::Vegetable => (
            "roast at 425°F for 30 minutes, until the {main} is tender and well browned",
            30,
        ),
        Main::Fruit => (
            "roast at 400°F for 15 minutes, until the {main} begins to color",
            15,
        ),
    }
}

/// The vegetable, at the end.
pub(super) fn wilt(cut: Cut, into_sauce: bool) -> &'static str {
    match (cut, into_sauce) {
        (Cut::Ribbons, true) => "stir in the {cut_green} for the last 3 minutes, until wilted",
        (Cut::Ribbons, false) => "add the {cut_green} and cook for 3 minutes, until wilted",
        (_, true) => "stir in the {cut_green} for the last 5 minutes, until just tender",
        (_, false) => "add the {cut_green} and cook for 5 minutes, until just tender",
    }
}
