//! Italian dishes.

use super::{Difficulty::*, Dish};

pub(super) const DISHES: &[Dish] = &[
    Dish {
        title: "{Singular} ragù with {green} and pappardelle",
        about: "A ragù is a matter of patience more than skill. Onion, carrot and celery go first and slowly, the \
                tomatoes follow, and by the end the sauce clings to wide ribbons of pasta.",
        base: &[
            "onion",
            "carrots",
            "celery",
            "tomatoes",
            "olive-oil",
            "bay-leaf",
            "pappardelle",
        ],
        mains: &["beef", "pork", "lamb", "lentils", "mushrooms"],
        greens: &["kale", "peas", "chard", "fennel"],
        minutes: 50,
        difficulty: Medium,
        steps: &[
            "Chop the onion, carrots and celery finely and soften them in the olive oil over low heat, 15 minutes.",
            "Add the tomatoes and the bay leaf and bring the sauce to a gentle boil.",
            "{Simmer}.",
            "{Wilt}.",
            "Boil the pappardelle in salted water, drain, and toss with the sauce and a little cooking water.",
        ],
    },
    Dish {
        title: "Risotto with {main} and {green}",
        about: "The whole trick of a risotto is to keep the stock hot and the spoon moving. The rice gives up its \
                starch bit by bit, and what you get is creamy all by itself.",
        base: &[
            "risotto-rice",
            "shallots",
            "white-wine",
            "vegetable-stock",
            "butter",
            "parmesan",
            "olive-oil",
        ],
        mains: &[
            "shrimp",
            "mushrooms",
            "butternut-squash",
            "chicken",
            "white-beans",
        ],
        greens: &["asparagus", "peas", "leeks", "spinach", "zucchini"],
        minutes: 40,
        difficulty: Medium,
        steps: &[
            "In a wide pan, warm half of the olive oil and {pan}; set aside.",
            "Soften the shallots in the rest of the oil, add the risotto rice and stir for 2 minutes.",
            "Pour in the white wine and let it boil away.",
            "Add the vegetable stock a ladle at a time, stirring, for about 18 minutes.",
            "{Wilt}.",
            "Off the heat, beat in the butter and the parmesan, and fold in the {main}.",
        ],
    },
    Dish {
        title: "{Singular} cacciatore with {green}",
        about: "Hunters' style means whatever the walk home provided: herbs, a glass of wine, a handful of olives. \
                It is a generous braise that asks for a second helping.",
        base: &[
            "onion",
            "garlic",
            "tomatoes",
            "red-wine",
            "black-olives",
            "rosemary",
            "olive-oil",
        ],
        mains: &["chicken", "turkey", "mushrooms", "white-beans", "eggplant"],
        greens: &["bell-peppers", "fennel", "green-beans", "kale"],
        minutes: 35,
        difficulty: Easy,
        steps: &[
            "Slice the onion and garlic and cook them in the olive oil until soft and golden, 10 minutes.",
            "Add the rosemary and the red wine and boil until the wine is reduced by half.",
            "Crush in the tomatoes and season with salt.",
            "{Simmer}.",
            "{Wilt}.",
            "Stir in the black olives, taste, and let the dish rest for 5 minutes.",
        ],
    },
    Dish {
        title: "Orecchiette with {main} and {green}",
        about: "In Puglia this is lunch on an ordinary day. The pasta and the vegetable share one pot, and garlic, \
                chili and a spoonful of the cooking water do the rest.",
        base: &[
            "orecchiette",
            "garlic",
            "chili-flakes",
            "olive-oil",
            "lemon",
        ],
        mains: &["pork", "chickpeas", "white-beans", "shrimp", "mushrooms"],
        greens: &["broccoli", "kale", "chard", "spinach", "asparagus"],
        minutes: 25,
        difficulty: Easy,
        steps: &[
            "Bring a large pot of salted water to the boil and cook the orecchiette, keeping a cup of the water.",
            "Meanwhile, in a wide pan with the olive oil, {pan}.",
            "Add the sliced garlic and the chili flakes and cook for 1 minute, until fragrant.",
            "{Wilt}.",
            "Toss with the pasta and enough of its water to coat, and finish with lemon.",
        ],
    },
    Dish {
        title: "{Singular} piccata with {green}",
        about: "Lemon, capers and butter make a sauce in the time that it takes to set the table. It is sharp, \
                glossy and a little salty, the kind of thing that makes a Tuesday feel planned.",
        base: &[
            "lemon",
            "capers",
            "butter",
            "white-wine",
            "parsley",
            "flour",
            "olive-oil",
        ],
        mains: &["chicken", "cod", "tofu", "cauliflower"],
        greens: &["spinach", "asparagus", "green-beans", "peas"],
        minutes: 25,
        difficulty: Easy,
        steps: &[
            "Dust the {main} with the flour and season with salt.",
            "In the olive oil, {pan}; lift out and keep warm.",
            "Pour in the white wine, scrape the pan, and boil for 2 minutes.",
            "{Wilt}.",
            "Swirl in the butter, the capers and the juice of the lemon.",
            "Return the {main} to the pan and scatter with parsley.",
        ],
    },
];
