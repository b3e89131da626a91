//! Lebanese dishes.

use super::{Difficulty::*, Dish};

pub(super) const DISHES: &[Dish] = &[
    Dish {
        title: "{Singular} shawarma with {green}",
        about: "No spit is needed for shawarma at home, only a hot oven and a spice mix with nerve. The edges char, \
                the middle stays tender, and the rest is a matter of wrapping.",
        base: &[
            "cumin",
            "coriander",
            "allspice",
            "garlic",
            "lemon",
            "olive-oil",
            "pita",
            "tahini",
        ],
        mains: &["chicken", "lamb", "cauliflower", "tofu", "chickpeas"],
        greens: &["tomatoes", "cucumber", "radishes", "cabbage"],
        minutes: 30,
        difficulty: Easy,
        steps: &[
            "Mix the cumin, coriander, allspice and half of the garlic with the olive oil and some salt.",
            "Turn the {main} in the spices and leave it for 10 minutes while the oven heats.",
            "{Roast}.",
            "Whisk the tahini with the lemon, the rest of the garlic and cold water.",
            "Warm the pita and fill it with the {main}, the {green}, sliced thinly, and the sauce.",
        ],
    },
    Dish {
        title: "Mujaddara with {main} and {green}",
        about: "Rice, brown lentils and a great many onions: mujaddara proves that the cheapest dinner can be the \
                best one. The onions have to be really dark, nearly burnt at the tips.",
        base: &[
            "rice",
            "brown-lentils",
            "onion",
            "cumin",
            "cinnamon",
            "olive-oil",
        ],
        mains: &["lamb", "mushrooms", "cauliflower", "halloumi", "chicken"],
        greens: &["spinach", "kale", "peas", "green-beans"],
        minutes: 45,
        difficulty: Easy,
        steps: &[
            "Fry the sliced onion in the olive oil over medium heat until very dark, 20 minutes; lift half of it out.",
            "Add the cumin, the cinnamon, the brown lentils and four cups of water, and simmer for 15 minutes.",
            "Stir in the rice, cover, and cook for 18 minutes.",
            "{Wilt}.",
            "In another pan with a little oil, {pan}.",
            "Pile everything on a dish and scatter with the dark onion.",
        ],
    },
    Dish {
        title: "{Singular} and bulgur pilaf with {green}",
        about: "Bulgur asks less attention than rice and forgives more. Here it cooks in tomato, takes on the color \
                of brick, and is ready when the table is.",
        base: &[
            "bulgur",
            "onion",
            "tomato-paste",
            "allspice",
            "parsley",
            "olive-oil",
        ],
        mains: &["chickpeas", "lamb", "eggplant", "chicken"],
        greens: &["bell-peppers", "zucchini", "green-beans", "spinach"],
        minutes: 30,
        difficulty: Easy,
        steps: &[
            "Soften the onion in the olive oil with the allspice.",
            "In the same pan, {pan}.",
            "Add the tomato paste and the {cut_green} and cook for 4 minutes.",
            "Stir in the bulgur and two cups of water, cover, and cook for 12 minutes.",
            "Rest for 5 minutes and fork in the parsley.",
        ],
    },
    Dish {
        title: "{Main} in tahini sauce with {green}",
        about: "Tahini, lemon and garlic thicken in the oven to something between a sauce and a custard. It is called \
                tajen on the coast, and it is as good cold as it is hot.",
        base: &[
            "tahini",
            "lemon",
            "garlic",
            "onion",
            "coriander",
            "olive-oil",
        ],
        mains: &["cod", "chickpeas", "cauliflower", "salmon", "tofu"],
        greens: &["chard", "spinach", "green-beans", "zucchini"],
        minutes: 30,
        difficulty: Easy,
        steps: &[
            "Brown the sliced onion in the olive oil with the garlic and the coriander.",
            "{Wilt}.",
            "Whisk the tahini with the lemon and a cup of water until it runs off the whisk in a ribbon.",
            "Season the {main} with salt and spread it in a baking dish.",
            "{Roast}.",
            "Pour over the sauce and the onion and bake for 8 minutes more.",
        ],
    },
    Dish {
        title: "{Singular} fattoush with {green}",
        about: "A fattoush is a salad with a crunch. Yesterday's bread, fried in oil, meets sumac and lemon, and the \
                bowl has to be eaten within the quarter hour.",
        base: &[
            "pita",
            "sumac",
            "lemon",
            "cucumber",
            "mint",
            "romaine",
            "olive-oil",
        ],
        mains: &["halloumi", "chicken", "chickpeas", "shrimp"],
        greens: &["radishes", "tomatoes", "bell-peppers", "fennel"],
        minutes: 20,
        difficulty: Easy,
        steps: &[
            "Tear the pita and fry it in half of the olive oil until crisp.",
            "In the same pan, {pan}.",
            "Cut the cucumber, the romaine and the {green} into generous pieces.",
            "Whisk the sumac and the lemon with the rest of the oil and some salt.",
            "Toss everything with the mint and serve before the pita softens.",
        ],
    },
];
