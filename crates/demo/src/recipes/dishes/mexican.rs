//! Mexican dishes.

use super::{Difficulty::*, Dish};

pub(super) const DISHES: &[Dish] = &[
    Dish {
        title: "{Singular} tinga tostadas with {green}",
        about: "Tinga comes from Puebla and owes its depth to smoked chilies. Spooned on to crisp tortillas it is \
                messy to eat, and the right thing for a night without plans.",
        base: &[
            "corn-tortillas",
            "chipotle",
            "tomatoes",
            "onion",
            "oregano",
            "avocado",
            "vegetable-oil",
        ],
        mains: &["chicken", "mushrooms", "pork", "black-beans", "cauliflower"],
        greens: &["radishes", "cabbage", "romaine", "cucumber"],
        minutes: 35,
        difficulty: Easy,
        steps: &[
            "Brush the corn tortillas with some of the vegetable oil and bake at 400°F until crisp, 10 minutes.",
            "Soften the onion in the rest of the oil, then add the tomatoes, the chipotle and the oregano.",
            "{Simmer}.",
            "Slice the {green} thinly and season with salt.",
            "Pile the tinga on the tortillas and top with the avocado and the {green}.",
        ],
    },
    Dish {
        title: "{Singular} mole with {green}",
        about: "A mole has a long list and a simple method: toast, soak, blend, simmer. Chocolate is there for \
                roundness and not for sweetness, and the sauce freezes well.",
        base: &[
            "dried-chilies",
            "almonds",
            "raisins",
            "dark-chocolate",
            "tomatoes",
            "cinnamon",
            "onion",
            "vegetable-oil",
        ],
        mains: &[
            "chicken",
            "turkey",
            "sweet-potato",
            "black-beans",
            "mushrooms",
        ],
        greens: &["green-beans", "kale", "zucchini", "corn"],
        minutes: 65,
        difficulty: Hard,
        steps: &[
            "Toast the dried chilies and the almonds, and soak them with the raisins in hot water for 20 minutes.",
            "Char the tomatoes and the onion, and blend them with everything that was soaked.",
            "Fry the paste in the vegetable oil with the cinnamon for 10 minutes, stirring.",
            "Add two cups of water and the dark chocolate and bring to a simmer.",
            "{Simmer}.",
            "{Wilt}.",
        ],
    },
    Dish {
        title: "{Singular} tacos with {green}",
        about: "Good tacos need three things: heat, acid and crunch. The tortillas are warmed until they blister, the \
                pickled onion can be made while the pan gets hot, and everyone fills their own.",
        base: &[
            "corn-tortillas",
            "lime",
            "red-onion",
            "cumin",
            "cilantro",
            "vegetable-oil",
        ],
        mains: &[
            "cod",
            "beef",
            "shrimp",
            "black-beans",
            "cauliflower",
            "pork",
        ],
        greens: &["cabbage", "radishes", "romaine", "bell-peppers"],
        minutes: 25,
        difficulty: Easy,
        steps: &[
            "Slice the red onion and squeeze the lime over it with some salt.",
            "Rub the {main} with the cumin and a pinch of salt.",
            "In the vegetable oil, {pan}.",
            "Shred or slice the {green}.",
            "Blister the corn tortillas over a flame and fill them with everything, and plenty of cilantro.",
        ],
    },
    Dish {
        title: "{Singular} pozole with {green}",
        about: "Pozole is a soup with a party on top. The bowl itself is corn and chilies, and each guest adds what \
                they like from the small plates in the middle.",
        base: &[
            "hominy",
            "dried-chilies",
            "garlic",
            "oregano",
            "vegetable-stock",
            "lime",
            "avocado",
        ],
        mains: &["pork", "chicken", "white-beans", "mushrooms"],
        greens: &["cabbage", "radishes", "zucchini", "kale"],
        minutes: 45,
        difficulty: Medium,
        steps: &[
            "Soak the dried chilies in hot water for 15 minutes and blend them with the garlic.",
            "Bring the vegetable stock to a boil with the chili paste, the oregano and the hominy.",
            "{Simmer}.",
            "Shred or slice the {green} finely and put it on a plate for the table.",
            "Serve the soup with the {green}, sliced avocado and lime.",
        ],
    },
    Dish {
        title: "{Singular} enchiladas verdes with {green}",
        about: "Tomatillos make a sauce that is tart and green and ready in minutes. The tortillas are dipped in it, \
                filled, rolled and baked only until the cheese gives in.",
        base: &[
            "corn-tortillas",
            "tomatillos",
            "green-chilies",
            "onion",
            "cilantro",
            "monterey-jack",
            "vegetable-oil",
        ],
        mains: &[
            "chicken",
            "black-beans",
            "mushrooms",
            "shrimp",
            "sweet-potato",
        ],
        greens: &["spinach", "corn", "chard", "zucchini"],
        minutes: 45,
        difficulty: Medium,
        steps: &[
            "Boil the tomatillos and the green chilies for 8 minutes and blend them with half of the onion and the \
             cilantro.",
            "In the vegetable oil with the rest of the onion, {pan}.",
            "{Wilt}.",
            "Dip the corn tortillas in the sauce, fill, roll, and lay them side by side in a dish.",
            "Pour over the rest of the sauce, cover with the Monterey Jack, and bake at 375°F for 15 minutes.",
        ],
    },
];
