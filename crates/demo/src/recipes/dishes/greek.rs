//! Greek dishes.

use super::{Difficulty::*, Dish};

pub(super) const DISHES: &[Dish] = &[
    Dish {
        title: "{Singular} souvlaki with {green}",
        about: "Souvlaki is about smoke, lemon and oregano, in that order. Threaded close together the pieces stay \
                juicy, and a bowl of cold yogurt sauce waits at the side.",
        base: &[
            "lemon",
            "oregano",
            "garlic",
            "olive-oil",
            "yogurt",
            "cucumber",
            "pita",
        ],
        mains: &["chicken", "pork", "halloumi", "mushrooms", "lamb"],
        greens: &["zucchini", "bell-peppers", "eggplant", "fennel"],
        minutes: 30,
        difficulty: Easy,
        steps: &[
            "Mix the olive oil with the oregano, half of the garlic and the juice of the lemon.",
            "Turn the {main} and the {green}, cut into chunks, in the marinade for 15 minutes, then thread on skewers.",
            "{Roast}.",
            "Grate the cucumber into the yogurt with the rest of the garlic and some salt.",
            "Warm the pita and serve it with the skewers and the sauce.",
        ],
    },
    Dish {
        title: "{Singular} moussaka with {green}",
        about: "Moussaka is three simple things in one dish: a spiced filling, soft vegetables and a custardy top. \
                It takes an afternoon, feeds a table, and slices best once it has cooled.",
        base: &[
            "potatoes",
            "onion",
            "tomatoes",
            "cinnamon",
            "milk",
            "butter",
            "flour",
            "eggs",
            "olive-oil",
        ],
        mains: &["lamb", "beef", "lentils", "mushrooms"],
        greens: &["eggplant", "zucchini", "spinach", "chard"],
        minutes: 75,
        difficulty: Hard,
        steps: &[
            "Slice the potatoes, brush with half of the olive oil, and bake at 400°F for 20 minutes.",
            "In the rest of the oil, soften the onion, then add the tomatoes and the cinnamon.",
            "{Simmer}.",
            "{Wilt}.",
            "Melt the butter, stir in the flour, whisk in the milk until thick, and beat in the eggs.",
            "Layer potatoes and filling in a dish, top with the sauce, and bake for 35 minutes.",
        ],
    },
    Dish {
        title: "{Singular} stifado with {green}",
        about: "Stifado is a stew of small onions, sweet with cinnamon and sharp with vinegar. The house smells of \
                it for a day, and nobody minds.",
        base: &[
            "shallots",
            "tomatoes",
            "red-wine-vinegar",
            "cinnamon",
            "bay-leaf",
            "allspice",
            "olive-oil",
        ],
        mains: &["beef", "chickpeas", "mushrooms", "chicken"],
        greens: &["green-beans", "carrots", "kale", "peas"],
        minutes: 45,
        difficulty: Medium,
        steps: &[
            "Peel the shallots and brown them whole in the olive oil, 10 minutes.",
            "Add the red wine vinegar and let it bubble away.",
            "Stir in the tomatoes, the cinnamon, the allspice and the bay leaf with a cup of water.",
            "{Simmer}.",
            "{Wilt}.",
            "Season with salt and rest the stew, covered, for 10 minutes.",
        ],
    },
    Dish {
        title: "{Singular} youvetsi with {green}",
        about: "In youvetsi the orzo cooks in the sauce itself and drinks it up. It comes to the table in its \
                baking dish, with a crust of cheese that cracks under the spoon.",
        base: &["orzo", "tomatoes", "onion", "cinnamon", "feta", "olive-oil"],
        mains: &["lamb", "shrimp", "chicken", "white-beans", "eggplant"],
        greens: &["zucchini", "peas", "spinach", "bell-peppers"],
        minutes: 45,
        difficulty: Medium,
        steps: &[
            "Soften the onion in the olive oil and add the tomatoes, the cinnamon and two cups of water.",
            "{Simmer}.",
            "Stir in the orzo and the {cut_green} and tip everything into a baking dish.",
            "Bake at 375°F for 25 minutes, stirring once, until the liquid is taken up.",
            "Crumble over the feta and return to the oven for 5 minutes.",
        ],
    },
    Dish {
        title: "Avgolemono soup with {main} and {green}",
        about: "Egg and lemon, whisked into hot broth, make a soup that is silky and light. It is what you cook \
                for somebody with a cold, and for yourself the day after.",
        base: &["eggs", "lemon", "rice", "vegetable-stock", "dill", "onion"],
        mains: &["chicken", "chickpeas", "turkey", "white-beans", "cod"],
        greens: &["spinach", "leeks", "celery", "fennel", "peas"],
        minutes: 35,
        difficulty: Medium,
        steps: &[
            "Bring the vegetable stock to a boil with the halved onion, and add the rice.",
            "{Simmer}.",
            "{Wilt}.",
            "Beat the eggs with the juice of the lemon and slowly whisk in two ladles of the hot broth.",
            "Off the heat, stir the mixture into the pot, season with salt, and add the dill.",
        ],
    },
];
