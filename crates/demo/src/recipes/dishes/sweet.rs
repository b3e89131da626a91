//! What comes at the end of a meal: fruit, with something to scatter over it.

use super::{Course::*, Difficulty::*, Dish};

pub(super) const DISHES: &[(&str, Dish)] = &[
    (
        "italian",
        Dish {
            title: "{Singular} crostata with {green}",
            about: "A crostata is the tart of Italian kitchens, rolled thick and crossed with strips of its own dough. \
                    It should taste of fruit first, of the crust a moment later, and hardly of sweetness at all.",
            base: &["flour", "butter", "sugar", "eggs", "lemon"],
            amounts: &[
                ("flour", "300 g"),
                ("butter", "150 g"),
                ("sugar", "100 g"),
                ("eggs", "1"),
            ],
            mains: &["apple", "pear", "strawberries", "blueberries"],
            greens: &["almonds", "pistachios", "walnuts"],
            minutes: 65,
            difficulty: Medium,
            course: Dessert,
            steps: &[
                "Rub the butter into the flour with half of the sugar and the zest of the lemon.",
                "Bring the dough together with the beaten eggs, and leave it in the refrigerator for 20 minutes.",
                "Cut the {main} into pieces and toss with the rest of the sugar and the juice of the lemon.",
                "Roll out two thirds of the dough, line a tart pan, and fill it with the {main}.",
                "Lay the rest over it in strips, scatter with the {green}, and bake at 375°F for 35 minutes, until golden.",
            ],
        },
    ),
    (
        "italian",
        Dish {
            title: "Almond cake with {main} and {green}",
            about: "This cake of ground nuts comes from the coast near Naples, where somebody is said to have forgotten \
                    the wheat. It is moist for days, and better on the second than on the first.",
            base: &["almond-flour", "eggs", "honey", "lemon", "olive-oil"],
            amounts: &[
                ("almond-flour", "200 g"),
                ("honey", "5 tbsp"),
                ("olive-oil", "4 tbsp"),
                ("{main}", "250 g"),
            ],
            mains: &["apple", "pear", "blueberries", "strawberries", "orange"],
            greens: &["pistachios", "walnuts", "almonds"],
            minutes: 60,
            difficulty: Easy,
            course: Dessert,
            steps: &[
                "Heat the oven to 350°F and line a small round pan with paper.",
                "Whisk the eggs with the honey for 5 minutes, until pale and thick.",
                "Fold in the almond flour, the olive oil and the zest of the lemon.",
                "Pour the batter into the pan and press the {main}, cut into pieces, into the top.",
                "Scatter with the {green} and bake for 35 minutes, until the center springs back.",
                "Brush with the juice of the lemon while it is warm.",
            ],
        },
    ),
    (
        "chinese",
        Dish {
            title: "Sweet {singular} soup with {green}",
            about: "Tong sui, sugar water, is what Cantonese families eat late in the evening, warm in winter and \
                    chilled in August. It is thin on purpose: a drink that happens to have fruit in it.",
            base: &["coconut-milk", "ginger", "sugar"],
            amounts: &[("sugar", "4 tbsp"), ("ginger", "20 g")],
            mains: &["pear", "mango", "banana", "apple"],
            greens: &["peanuts", "cashews", "walnuts", "sesame-seeds"],
            minutes: 25,
            difficulty: Easy,
            course: Dessert,
            steps: &[
                "Simmer the sliced ginger with the sugar in three cups of water for 10 minutes, and take out the ginger.",
                "{Simmer}.",
                "Stir in the coconut milk and bring it back to a bare simmer, without boiling.",
                "Toast the {green} in a dry pan for 3 minutes, until fragrant.",
                "Ladle the soup into small bowls and scatter with the {green}.",
            ],
        },
    ),
    (
        "indian",
        Dish {
            title: "{Singular} kheer with {green}",
            about: "Kheer is patience in a pot: a handful of grains and a great deal of milk, stirred until one has \
                    become the other. Fruit goes in only when it has cooled, so that nothing curdles.",
            base: &["rice", "milk", "sugar", "cardamom", "saffron"],
            amounts: &[
                ("rice", "80 g"),
                ("milk", "1 l"),
                ("sugar", "4 tbsp"),
                ("cardamom", "½ tsp"),
                ("{main}", "250 g"),
            ],
            mains: &["mango", "apple", "pear", "banana"],
            greens: &["cashews", "pistachios", "almonds", "raisins"],
            minutes: 55,
            difficulty: Easy,
            course: Dessert,
            steps: &[
                "Rinse the rice and soak the saffron in a spoon of warm milk.",
                "Bring the rest of the milk to a boil, add the rice, and simmer for 35 minutes, stirring often.",
                "Stir in the sugar, the cardamom and the saffron, and cook for 5 minutes, until creamy.",
                "Leave the pudding to cool, then fold in the {main}, cut into small cubes.",
                "Serve in glasses, with the {green} on top.",
            ],
        },
    ),
    (
        "thai",
        Dish {
            title: "Coconut rice with {main} and {green}",
            about: "Every market in Bangkok has a stand for this, and a line in front of it as long as the season lasts. \
                    The grains are warm, the fruit is cool, and the salt in the sauce is what you remember.",
            base: &["rice", "coconut-milk", "palm-sugar"],
            amounts: &[("palm-sugar", "4 tbsp"), ("rice", "250 g")],
            mains: &["mango", "banana", "strawberries", "orange"],
            greens: &["sesame-seeds", "peanuts", "cashews"],
            minutes: 45,
            difficulty: Easy,
            course: Dessert,
            steps: &[
                "Rinse the rice until the water runs clear, and steam it over boiling water for 20 minutes, until tender.",
                "Warm the coconut milk with the palm sugar and a pinch of salt until dissolved.",
                "Stir two thirds of it into the hot rice, cover, and let it stand for 15 minutes.",
                "Toast the {green} in a dry pan until golden.",
                "Slice the {main}, lay it beside the rice, and spoon over the rest of the sauce and the {green}.",
            ],
        },
    ),
    (
        "mexican",
        Dish {
            title: "Chocolate pudding with {main} and {green}",
            about: "In Oaxaca chocolate comes to the table with spice and a little heat, and coconut carries both. It sets \
                    without gelatin, overnight if you let it, and nobody guesses what is in it.",
            base: &[
                "dark-chocolate",
                "coconut-milk",
                "cinnamon",
                "vanilla",
                "chili-flakes",
            ],
            amounts: &[
                ("dark-chocolate", "150 g"),
                ("chili-flakes", "¼ tsp"),
                ("{main}", "250 g"),
            ],
            mains: &["strawberries", "orange", "banana", "mango"],
            greens: &["almonds", "walnuts", "pistachios"],
            minutes: 30,
            difficulty: Easy,
            course: Dessert,
            steps: &[
                "Chop the dark chocolate and put it in a bowl.",
                "Warm the coconut milk with the cinnamon and the chili flakes for 5 minutes, until it steams.",
                "Pour it over the chocolate, wait for 1 minute, and whisk until smooth, with the vanilla.",
                "Fill small glasses and leave them in the refrigerator until set.",
                "Slice the {main} over the top and scatter with the {green}.",
            ],
        },
    ),
    (
        "french",
        Dish {
            title: "{Singular} clafoutis with {green}",
            about: "A clafoutis is a pancake that was too lazy to be turned. The batter takes five minutes, the oven does \
                    the rest, and it is eaten lukewarm, straight from its dish.",
            base: &["eggs", "milk", "flour", "sugar", "butter", "vanilla"],
            amounts: &[
                ("eggs", "3"),
                ("milk", "300 ml"),
                ("flour", "80 g"),
                ("sugar", "4 tbsp"),
                ("butter", "1 tbsp"),
                ("{main}", "400 g"),
            ],
            mains: &["apple", "pear", "blueberries", "strawberries"],
            greens: &["almonds", "pistachios", "walnuts"],
            minutes: 55,
            difficulty: Easy,
            course: Dessert,
            steps: &[
                "Heat the oven to 375°F and rub a baking dish with the butter.",
                "Whisk the eggs with the sugar and the vanilla, then the flour, then the milk, to a thin batter.",
                "Spread the {main}, cut into pieces, in the dish and pour over the batter.",
                "Bake for 35 minutes, until puffed and brown at the edges.",
                "Scatter with the {green} and let it sink for 10 minutes before serving.",
            ],
        },
    ),
    (
        "moroccan",
        Dish {
            title: "{Main} in orange and mint with {green}",
            about: "After a tagine there is fruit, and in Morocco somebody has taken the trouble to slice and perfume it. \
                    It is made in minutes and looks as if it had taken the afternoon.",
            base: &["orange", "mint", "cinnamon", "honey"],
            amounts: &[("orange", "2"), ("cinnamon", "½ tsp")],
            mains: &["strawberries", "pear", "apple", "mango"],
            greens: &["almonds", "pistachios", "walnuts", "dates"],
            minutes: 15,
            difficulty: Easy,
            course: Dessert,
            steps: &[
                "Squeeze one orange, and peel and slice the rest.",
                "Warm the juice with the honey and half of the cinnamon for 5 minutes, until a little syrupy.",
                "Slice the {main} on to a wide plate among the orange, and pour over the syrup.",
                "Tear over the mint, and dust with the rest of the cinnamon.",
                "Chop the {green} coarsely and scatter them over everything.",
            ],
        },
    ),
];
