//! French dishes.

use super::{Difficulty::*, Dish};

pub(super) const DISHES: &[Dish] = &[
    Dish {
        title: "{Main} à la provençale with {green}",
        about: "Tomatoes, garlic and thyme are the south of France in three words. Everything cooks in one dish in \
                the oven, and the juices at the bottom are the best part of it.",
        base: &[
            "tomatoes",
            "garlic",
            "thyme",
            "black-olives",
            "olive-oil",
            "red-onion",
        ],
        mains: &["cod", "chicken", "white-beans", "eggplant", "halloumi"],
        greens: &["zucchini", "fennel", "bell-peppers", "green-beans"],
        minutes: 25,
        difficulty: Easy,
        steps: &[
            "Heat the oven to 425°F and cut the tomatoes and the red onion into wedges.",
            "Toss them with the garlic, the thyme, the olive oil and the {cut_green} and roast for 20 minutes.",
            "Season the {main} with salt and lay it among the vegetables.",
            "{Roast}.",
            "Scatter with the black olives and spoon the juices over everything.",
        ],
    },
    Dish {
        title: "{Singular} bourguignon with {green}",
        about: "Burgundy's famous braise is mostly waiting. A whole bottle of wine cooks down with shallots and \
                thyme until the sauce is dark and coats the back of a spoon.",
        base: &[
            "red-wine",
            "shallots",
            "carrots",
            "tomato-paste",
            "thyme",
            "bay-leaf",
            "olive-oil",
        ],
        mains: &["beef", "mushrooms", "tempeh", "chicken", "lentils"],
        greens: &["leeks", "kale", "peas", "celery"],
        minutes: 55,
        difficulty: Medium,
        steps: &[
            "Brown the shallots and carrots in the olive oil, 10 minutes.",
            "Stir in the tomato paste and let it darken for 1 minute.",
            "Add the red wine, the thyme and the bay leaf and boil for 10 minutes.",
            "{Simmer}.",
            "{Wilt}.",
            "Season with salt, remove the bay leaf, and let the stew stand for 10 minutes before serving.",
        ],
    },
    Dish {
        title: "{Singular} gratin with {green}",
        about: "A gratin turns what is in the larder into something with a crust. Underneath it is soft and rich, on \
                top it crackles, and the corners are what people argue about.",
        base: &[
            "cream",
            "gruyere",
            "nutmeg",
            "garlic",
            "breadcrumbs",
            "butter",
        ],
        mains: &[
            "cauliflower",
            "potatoes",
            "salmon",
            "chicken",
            "butternut-squash",
        ],
        greens: &["leeks", "chard", "spinach", "fennel"],
        minutes: 40,
        difficulty: Easy,
        steps: &[
            "Rub a baking dish with the garlic and half of the butter and heat the oven to 400°F.",
            "In the rest of the butter, {pan}.",
            "Add the {cut_green} with a pinch of salt, and cook for 5 minutes.",
            "Tip everything into the dish, pour over the cream and grate in some nutmeg.",
            "Cover with the gruyere and the breadcrumbs and bake for 25 minutes, until golden and bubbling.",
        ],
    },
    Dish {
        title: "{Singular} pot-au-feu with {green}",
        about: "There is nothing to hide behind in a pot-au-feu, so buy good vegetables and cut them large. The \
                broth comes first, in cups, and the rest follows with mustard.",
        base: &[
            "carrots",
            "turnips",
            "onion",
            "vegetable-stock",
            "bay-leaf",
            "cloves",
            "mustard",
        ],
        mains: &["beef", "chicken", "white-beans", "cabbage"],
        greens: &["leeks", "celery", "green-beans", "peas"],
        minutes: 60,
        difficulty: Medium,
        steps: &[
            "Stud the onion with the cloves and put it in a large pot with the vegetable stock and the bay leaf.",
            "Add the carrots and turnips in large pieces and bring to a bare simmer for 20 minutes.",
            "{Simmer}.",
            "{Wilt}.",
            "Strain off the broth and serve it first, then the rest with mustard and coarse salt.",
        ],
    },
    Dish {
        title: "{Main} with mustard sauce and {green}",
        about: "Every bistro has this sauce, and no two make it alike. Ours uses both wine and mustard, is made in \
                the frying pan, and takes no longer than laying the table.",
        base: &[
            "mustard",
            "cream",
            "white-wine",
            "shallots",
            "tarragon",
            "butter",
        ],
        mains: &["pork", "chicken", "salmon", "cauliflower", "tofu"],
        greens: &["asparagus", "green-beans", "leeks", "peas", "spinach"],
        minutes: 25,
        difficulty: Easy,
        steps: &[
            "Season the {main} with salt while a wide pan heats.",
            "In half of the butter, {pan}; lift out and keep warm.",
            "Soften the shallots in the rest of the butter, add the white wine and boil until nearly dry.",
            "Whisk in the mustard and the cream and simmer until the sauce is smooth.",
            "{Wilt}.",
            "Return the {main}, add the chopped tarragon, and serve at once.",
        ],
    },
];
