//! Japanese dishes.

use super::{Difficulty::*, Dish};

pub(super) const DISHES: &[Dish] = &[
    Dish {
        title: "{Singular} katsu curry with {green}",
        about: "Katsu curry is comfort on a plate: a crisp crumb on one side, a mild brown sauce on the other, and \
                rice between them to keep the peace.",
        base: &[
            "panko",
            "flour",
            "curry-powder",
            "onion",
            "apple",
            "soy-sauce",
            "rice",
            "vegetable-oil",
        ],
        mains: &["chicken", "pork", "tofu", "eggplant", "sweet-potato"],
        greens: &["carrots", "cabbage", "peas", "broccoli"],
        minutes: 45,
        difficulty: Medium,
        steps: &[
            "Cook the rice and keep it warm.",
            "Brown the onion in some of the vegetable oil, stir in the curry powder and a spoon of the flour, and \
             grate in the apple.",
            "Add two cups of water and the soy sauce and simmer for 15 minutes, then blend.",
            "{Wilt}.",
            "Dip the {main} in a batter of flour and water, then in the panko.",
            "In the rest of the oil, {pan}, and serve with the rice and the sauce.",
        ],
    },
    Dish {
        title: "Miso ramen with {main} and {green}",
        about: "A bowl of miso ramen at home need not take a day. A quick stock of kelp and dried mushrooms, good \
                miso and a hot pan bring it within reach of a weeknight.",
        base: &[
            "ramen-noodles",
            "miso",
            "kombu",
            "dried-shiitake",
            "garlic",
            "ginger",
            "sesame-oil",
        ],
        mains: &["pork", "chicken", "tofu", "shrimp"],
        greens: &["corn", "bok-choy", "bean-sprouts", "spinach", "scallions"],
        minutes: 35,
        difficulty: Medium,
        steps: &[
            "Steep the kombu and the dried shiitake in a quart of hot water for 15 minutes, then strain.",
            "In the sesame oil, {pan}; set aside.",
            "Soften the garlic and the ginger in the same pan, add the stock, and whisk in the miso.",
            "{Wilt}.",
            "Cook the ramen noodles, divide them between bowls, and pour over the broth.",
            "Top each bowl with the {main}.",
        ],
    },
    Dish {
        title: "Teriyaki {main} with {green}",
        about: "Real teriyaki is four ingredients and a little restraint. The sauce is reduced in the pan, so that it \
                shines and clings instead of running over the plate.",
        base: &[
            "soy-sauce",
            "mirin",
            "sake",
            "sugar",
            "sesame-seeds",
            "vegetable-oil",
        ],
        mains: &["salmon", "chicken", "tofu", "mushrooms", "eggplant"],
        greens: &[
            "broccoli",
            "asparagus",
            "green-beans",
            "bok-choy",
            "carrots",
        ],
        minutes: 20,
        difficulty: Easy,
        steps: &[
            "Stir the soy sauce, the mirin, the sake and the sugar until dissolved.",
            "In the vegetable oil, {pan}.",
            "Pour in the sauce and let it bubble until it coats the {main}.",
            "{Wilt}.",
            "Scatter with the sesame seeds.",
        ],
    },
    Dish {
        title: "{Singular} donburi with {green}",
        about: "A donburi is dinner in a bowl with the sauce soaking downward. The eggs are barely set, which is the \
                point, and the rice below gets the best of it.",
        base: &["rice", "eggs", "onion", "soy-sauce", "mirin", "kombu"],
        mains: &["chicken", "beef", "tofu", "mushrooms", "salmon"],
        greens: &["scallions", "peas", "spinach", "asparagus"],
        minutes: 25,
        difficulty: Easy,
        steps: &[
            "Cook the rice and keep it warm.",
            "Steep the kombu in a cup of hot water for 10 minutes, remove it, and add the soy sauce and the mirin.",
            "Lay the sliced onion in a wide pan, pour over the stock, and bring to a simmer.",
            "{Simmer}.",
            "{Wilt}.",
            "Pour over the beaten eggs, cover for 1 minute, and slide everything on to the rice.",
        ],
    },
    Dish {
        title: "{Singular} udon with {green}",
        about: "Thick noodles and a clear broth, with ginger to warm it: udon is the soup for a day of rain. It takes \
                less time than waiting for a delivery.",
        base: &[
            "udon",
            "kombu",
            "dried-shiitake",
            "soy-sauce",
            "mirin",
            "ginger",
        ],
        mains: &["beef", "tofu", "shrimp", "chicken", "mushrooms"],
        greens: &["spinach", "napa-cabbage", "leeks", "carrots", "bok-choy"],
        minutes: 25,
        difficulty: Easy,
        steps: &[
            "Steep the kombu and the dried shiitake in a quart of hot water for 15 minutes and remove the kombu.",
            "Season the stock with the soy sauce, the mirin and the ginger, and bring it to a simmer.",
            "{Simmer}.",
            "{Wilt}.",
            "Cook the udon separately, drain, and pour the soup over it.",
        ],
    },
];
