//! Spanish dishes.

use super::{Difficulty::*, Dish};

pub(super) const DISHES: &[Dish] = &[
    Dish {
        title: "{Singular} paella with {green}",
        about: "A paella wants a wide pan, a thin layer of rice and a cook who leaves it alone. The crust at the \
                bottom, the socarrat, is the reward for not stirring.",
        base: &[
            "paella-rice",
            "saffron",
            "smoked-paprika",
            "tomatoes",
            "garlic",
            "vegetable-stock",
            "olive-oil",
        ],
        mains: &["shrimp", "chicken", "white-beans", "mushrooms", "pork"],
        greens: &[
            "green-beans",
            "bell-peppers",
            "peas",
            "asparagus",
            "spinach",
        ],
        minutes: 40,
        difficulty: Medium,
        steps: &[
            "Heat the olive oil in a wide pan and {pan}; push to the edge.",
            "Add the {cut_green} with the garlic and the smoked paprika, and cook for 4 minutes.",
            "Grate in the tomatoes and cook them down to a dark paste.",
            "Stir in the paella rice, the saffron and the hot vegetable stock, and spread the rice evenly.",
            "Cook without stirring for 18 minutes, first briskly, then over low heat.",
            "Cover with a towel and let it rest for 5 minutes.",
        ],
    },
    Dish {
        title: "{Main} in romesco with {green}",
        about: "Romesco comes from Tarragona, where fishermen pounded almonds, peppers and old bread into a sauce \
                that goes with nearly anything. Make it ahead; it improves overnight.",
        base: &[
            "almonds",
            "roasted-red-peppers",
            "bread",
            "garlic",
            "sherry-vinegar",
            "smoked-paprika",
            "olive-oil",
        ],
        mains: &["cod", "chicken", "cauliflower", "tofu", "shrimp"],
        greens: &["leeks", "asparagus", "green-beans", "fennel"],
        minutes: 30,
        difficulty: Easy,
        steps: &[
            "Toast the almonds and the bread in a dry pan until they smell sweet.",
            "Blend them with the roasted red peppers, garlic, sherry vinegar, smoked paprika and half of the olive oil.",
            "Season the {main} with salt and heat the oven.",
            "{Roast}.",
            "In the rest of the oil, fry the {cut_green} for 6 minutes.",
            "Spread the romesco on a platter and pile everything on top.",
        ],
    },
    Dish {
        title: "Smoky {singular} stew with {green}",
        about: "This is cooking from the interior, where winters are long and paprika hangs in the rafters. The stew \
                is thick, red and better on the second day.",
        base: &[
            "onion",
            "garlic",
            "smoked-paprika",
            "potatoes",
            "bay-leaf",
            "tomatoes",
            "olive-oil",
        ],
        mains: &["chickpeas", "pork", "cod", "chicken", "lentils"],
        greens: &["spinach", "kale", "cabbage", "chard"],
        minutes: 35,
        difficulty: Easy,
        steps: &[
            "Cook the chopped onion and garlic in the olive oil until golden, 10 minutes.",
            "Stir in the smoked paprika, then at once the tomatoes, so that it does not burn.",
            "Add the potatoes, broken into chunks, the bay leaf and water to cover.",
            "{Simmer}.",
            "{Wilt}.",
            "Crush a few of the potatoes against the side to thicken the stew.",
        ],
    },
    Dish {
        title: "Spanish tortilla with {main} and {green}",
        about: "A tortilla is the sandwich, the supper and the picnic of Spain. It is made of little more than eggs \
                and time, and it should still be soft in the middle when it is turned out.",
        base: &["eggs", "potatoes", "onion", "olive-oil"],
        mains: &["mushrooms", "shrimp", "white-beans", "pork"],
        greens: &["zucchini", "spinach", "asparagus", "bell-peppers", "leeks"],
        minutes: 40,
        difficulty: Medium,
        steps: &[
            "Slice the potatoes and the onion thinly and stew them in the olive oil for 20 minutes, without color.",
            "In a second pan, {pan}.",
            "Add the {cut_green} with a pinch of salt, and cook for 4 minutes.",
            "Drain everything, stir it into the beaten eggs, and leave for 10 minutes.",
            "Cook in a small pan over low heat until just set, turning it once with the help of a plate.",
        ],
    },
    Dish {
        title: "{Singular} escabeche with {green}",
        about: "Escabeche began as a way of keeping food through a hot week. Today it is a summer dish, cool and \
                bright, made in the morning and eaten when the heat lets go.",
        base: &[
            "sherry-vinegar",
            "olive-oil",
            "carrots",
            "garlic",
            "bay-leaf",
            "peppercorns",
            "red-onion",
        ],
        mains: &["salmon", "chicken", "mushrooms", "tofu"],
        greens: &["fennel", "green-beans", "bell-peppers", "cauliflower"],
        minutes: 35,
        difficulty: Easy,
        steps: &[
            "In a little of the olive oil, {pan}; lift out into a deep dish.",
            "Soften the carrots, the red onion and the garlic in the same pan.",
            "Add the {cut_green} and cook for 5 minutes.",
            "Pour in the sherry vinegar and the rest of the oil, with the bay leaf and the peppercorns.",
            "Bring to a simmer, pour over the {main}, and cool for at least 15 minutes.",
        ],
    },
];
