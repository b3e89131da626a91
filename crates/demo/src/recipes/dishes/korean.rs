//! Korean dishes.

use super::{Difficulty::*, Dish};

pub(super) const DISHES: &[Dish] = &[
    Dish {
        title: "{Singular} bibimbap with {green}",
        about: "Bibimbap arrives as a picture and is eaten as a mess. Each topping is cooked on its own, which \
                takes a little time, and then everything is stirred into the rice at the table.",
        base: &[
            "rice",
            "gochujang",
            "sesame-oil",
            "eggs",
            "carrots",
            "garlic",
            "sesame-seeds",
        ],
        mains: &["beef", "tofu", "mushrooms", "chicken"],
        greens: &["spinach", "zucchini", "bean-sprouts", "kale"],
        minutes: 40,
        difficulty: Medium,
        steps: &[
            "Cook the rice and keep it warm.",
            "In half of the sesame oil with the garlic, {pan}; set aside.",
            "Cook the carrots, cut into sticks, and the {cut_green} one after the other, 3 minutes each.",
            "Fry the eggs in the rest of the oil.",
            "Arrange everything over the rice with a spoon of gochujang and the sesame seeds.",
        ],
    },
    Dish {
        title: "{Singular} bulgogi with {green}",
        about: "Grated pear is what makes bulgogi tender and keeps it from being merely sweet. Slice thinly, marinate \
                briefly, and cook in a pan so hot that it frightens you a little.",
        base: &[
            "soy-sauce",
            "pear",
            "garlic",
            "ginger",
            "sesame-oil",
            "brown-sugar",
            "scallions",
        ],
        mains: &["beef", "pork", "tofu", "mushrooms", "chicken"],
        greens: &["napa-cabbage", "carrots", "bell-peppers", "bok-choy"],
        minutes: 30,
        difficulty: Easy,
        steps: &[
            "Grate the pear into the soy sauce and stir in the garlic, the ginger and the brown sugar.",
            "Turn the {main} in the marinade for 15 minutes.",
            "In the sesame oil over high heat, {pan}.",
            "{Wilt}.",
            "Finish with the scallions and serve while it sizzles.",
        ],
    },
    Dish {
        title: "Kimchi jjigae with {main} and {green}",
        about: "Old kimchi, too sour to eat as it is, makes the best stew. It comes to the table boiling, red and \
                loud, and it clears the head like few other things.",
        base: &["kimchi", "gochugaru", "garlic", "sesame-oil", "onion"],
        mains: &["pork", "tofu", "shrimp", "white-beans"],
        greens: &["scallions", "zucchini", "napa-cabbage", "spinach"],
        minutes: 30,
        difficulty: Easy,
        steps: &[
            "Fry the chopped kimchi in the sesame oil with the onion for 8 minutes.",
            "Stir in the garlic and the gochugaru, and add three cups of water.",
            "{Simmer}.",
            "{Wilt}.",
            "Serve in the pot, boiling.",
        ],
    },
    Dish {
        title: "Japchae with {main} and {green}",
        about: "The noodles in japchae are made of sweet potato starch, and they shine like glass. It is party food \
                that keeps well, so there is no shame in making too much.",
        base: &[
            "glass-noodles",
            "soy-sauce",
            "sesame-oil",
            "brown-sugar",
            "garlic",
            "sesame-seeds",
            "onion",
        ],
        mains: &["beef", "mushrooms", "tofu", "shrimp"],
        greens: &["spinach", "carrots", "bell-peppers", "kale"],
        minutes: 35,
        difficulty: Medium,
        steps: &[
            "Boil the glass noodles for 6 minutes, rinse, and cut them in a few places.",
            "Stir the soy sauce with the brown sugar and half of the sesame oil.",
            "In the rest of the oil with the onion and the garlic, {pan}.",
            "{Wilt}.",
            "Add the noodles and the sauce, toss over medium heat for 3 minutes, and scatter with the sesame seeds.",
        ],
    },
    Dish {
        title: "Gochujang {main} with {green}",
        about: "A spoonful of gochujang is hot, sweet and savory all by itself. Spread on something before it goes \
                into the oven, it turns into a lacquer.",
        base: &[
            "gochujang",
            "rice-vinegar",
            "honey",
            "garlic",
            "sesame-oil",
            "scallions",
        ],
        mains: &["chicken", "salmon", "cauliflower", "tofu", "pork"],
        greens: &["broccoli", "green-beans", "carrots", "cabbage"],
        minutes: 20,
        difficulty: Easy,
        steps: &[
            "Whisk the gochujang with the rice vinegar, the honey, the garlic and the sesame oil.",
            "Toss the {main} and the {cut_green} with two thirds of the sauce on a baking sheet.",
            "{Roast}.",
            "Brush with the rest of the sauce while hot.",
            "Scatter with the scallions.",
        ],
    },
];
