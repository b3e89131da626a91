//! Moroccan dishes.

use super::{Difficulty::*, Dish};

pub(super) const DISHES: &[Dish] = &[
    Dish {
        title: "{Singular} tagine with {green} and apricots",
        about: "The cone of a tagine returns every drop of steam to the dish, but a heavy pot with a lid does the \
                same. Apricots melt into the sauce and leave it faintly sweet.",
        base: &[
            "onion",
            "ginger",
            "cinnamon",
            "turmeric",
            "dried-apricots",
            "cilantro",
            "olive-oil",
        ],
        mains: &[
            "lamb",
            "chicken",
            "chickpeas",
            "sweet-potato",
            "butternut-squash",
        ],
        greens: &["carrots", "zucchini", "green-beans", "kale"],
        minutes: 40,
        difficulty: Medium,
        steps: &[
            "Cook the sliced onion in the olive oil until soft and brown, 12 minutes.",
            "Stir in the ginger, the cinnamon and the turmeric and let them sizzle.",
            "Add the dried apricots and two cups of water.",
            "{Simmer}.",
            "{Wilt}.",
            "Season with salt and cover with chopped cilantro.",
        ],
    },
    Dish {
        title: "{Singular} couscous with {green}",
        about: "On Fridays in Morocco, couscous is for whoever comes through the door. The grain is steamed light, \
                the broth is ladled over, and everyone eats from their own side of the plate.",
        base: &[
            "couscous",
            "onion",
            "turnips",
            "ras-el-hanout",
            "tomatoes",
            "raisins",
            "olive-oil",
        ],
        mains: &["lamb", "chicken", "chickpeas", "butternut-squash"],
        greens: &["carrots", "zucchini", "cabbage", "fennel"],
        minutes: 45,
        difficulty: Medium,
        steps: &[
            "Soften the onion in half of the olive oil with the ras el hanout.",
            "Add the tomatoes, the turnips and a quart of water, and bring to a simmer.",
            "{Simmer}.",
            "{Wilt}.",
            "Soak the couscous in a little hot broth, fork in the rest of the oil and the raisins, and cover for 5 minutes.",
            "Mound the couscous on a platter and ladle everything over it.",
        ],
    },
    Dish {
        title: "{Main} with chermoula and {green}",
        about: "Chermoula is the green sauce of the coast: herbs, lemon, cumin and garlic, beaten by hand so that it \
                stays coarse. Half of it is marinade, the other half goes on top.",
        base: &[
            "cilantro",
            "parsley",
            "garlic",
            "cumin",
            "paprika",
            "lemon",
            "olive-oil",
        ],
        mains: &["cod", "salmon", "cauliflower", "tofu", "chicken", "shrimp"],
        greens: &["carrots", "fennel", "zucchini", "bell-peppers"],
        minutes: 25,
        difficulty: Easy,
        steps: &[
            "Chop the cilantro, parsley and garlic and beat in the cumin, the paprika, the lemon and the olive oil.",
            "Coat the {main} with half of the chermoula and leave it for 10 minutes.",
            "Spread the {cut_green} on a baking sheet and lay the {main} on top.",
            "{Roast}.",
            "Spoon over the rest of the chermoula and serve warm.",
        ],
    },
    Dish {
        title: "{Singular} harira with {green}",
        about: "Harira breaks the fast at sunset during Ramadan, and warms any other evening as well. Lentils make \
                it thick, tomatoes make it bright, and lemon wakes it up.",
        base: &[
            "red-lentils",
            "tomatoes",
            "celery",
            "onion",
            "ginger",
            "turmeric",
            "lemon",
            "olive-oil",
        ],
        mains: &["lamb", "chickpeas", "beef", "white-beans"],
        greens: &["spinach", "kale", "carrots", "chard"],
        minutes: 40,
        difficulty: Easy,
        steps: &[
            "Sweat the chopped onion and celery in the olive oil with the ginger and the turmeric.",
            "Add the red lentils, the tomatoes and six cups of water.",
            "{Simmer}.",
            "{Wilt}.",
            "Season with salt and plenty of lemon, and thin with water if you like.",
        ],
    },
    Dish {
        title: "{Singular} pastilla with {green}",
        about: "A pastilla is a pie for celebrations, savory inside and dusted with cinnamon on top. The filo looks \
                difficult and is not: torn sheets only make it more handsome.",
        base: &[
            "filo", "almonds", "onion", "cinnamon", "saffron", "eggs", "butter",
        ],
        mains: &["chicken", "mushrooms", "chickpeas", "shrimp"],
        greens: &["spinach", "leeks", "carrots", "chard"],
        minutes: 60,
        difficulty: Hard,
        steps: &[
            "Soften the onion in a third of the butter with the saffron and half of the cinnamon.",
            "In the same pan, {pan}.",
            "Add the {cut_green} and cook for 5 minutes, then stir in the beaten eggs until softly set.",
            "Toast and chop the almonds.",
            "Line a pan with buttered filo, add the filling and the almonds, and fold the edges over.",
            "Bake at 375°F for 25 minutes, turn out, and dust with the rest of the cinnamon.",
        ],
    },
];
