//! Breakfasts.

use super::{Course::*, Difficulty::*, Dish};

pub(super) const DISHES: &[(&str, Dish)] = &[
    (
        "mexican",
        Dish {
            title: "Huevos rancheros with {main} and {green}",
            about: "This was the second breakfast of farmhands, who had already worked for hours. A warm salsa, crisp \
                    tortillas and eggs with soft yolks: it turns any late morning into a holiday.",
            base: &[
                "eggs",
                "corn-tortillas",
                "tomatoes",
                "onion",
                "green-chilies",
                "cilantro",
                "olive-oil",
            ],
            amounts: &[
                ("corn-tortillas", "8"),
                ("eggs", "8"),
                ("{main}", "250 g"),
                ("cilantro", "1 handful"),
            ],
            mains: &["black-beans", "mushrooms", "pork", "potatoes"],
            greens: &["spinach", "kale", "bell-peppers", "zucchini"],
            minutes: 25,
            difficulty: Easy,
            course: Breakfast,
            steps: &[
                "Simmer the chopped tomatoes with half of the onion and the green chilies for 10 minutes.",
                "In half of the olive oil with the rest of the onion, {pan}.",
                "{Wilt}.",
                "Warm the corn tortillas in a dry pan, and fry the eggs in the rest of the oil for 3 minutes.",
                "Pile everything on the tortillas, eggs last, and finish with the cilantro.",
            ],
        },
    ),
    (
        "mexican",
        Dish {
            title: "Chia pudding with {main} and {green}",
            about: "The Aztecs carried these seeds on long marches; today they wait in the refrigerator overnight. They \
                    swell into a cool, light pudding that asks for nothing in the morning but a spoon.",
            base: &["chia-seeds", "coconut-milk", "lime", "vanilla"],
            amounts: &[("chia-seeds", "80 g"), ("{main}", "300 g")],
            mains: &["strawberries", "blueberries", "mango", "banana"],
            greens: &["almonds", "walnuts", "pumpkin-seeds"],
            minutes: 15,
            difficulty: Easy,
            course: Breakfast,
            steps: &[
                "Warm the coconut milk with a cup of water for 5 minutes, and whisk in the vanilla.",
                "Stir in the chia seeds and the zest of the lime, and whisk again after 5 minutes, so that nothing clumps.",
                "Leave the pudding in the refrigerator, overnight if you can.",
                "Loosen it with the juice of the lime and fill small glasses.",
                "Top with the {main}, cut into pieces, and the {green}.",
            ],
        },
    ),
    (
        "greek",
        Dish {
            title: "Yogurt with {main}, honey and {green}",
            about: "It needs no recipe, only good things and a minute of heat. Thick yogurt, warm fruit and dark honey are \
                    what every island taverna serves to those who got up early enough.",
            base: &["yogurt", "honey", "cinnamon", "butter"],
            amounts: &[
                ("yogurt", "800 g"),
                ("honey", "4 tbsp"),
                ("cinnamon", "½ tsp"),
                ("butter", "1 tbsp"),
                ("{main}", "400 g"),
            ],
            mains: &["apple", "pear", "banana", "strawberries", "blueberries"],
            greens: &["walnuts", "pistachios", "almonds", "dates"],
            minutes: 10,
            difficulty: Easy,
            course: Breakfast,
            steps: &[
                "Chop the {green} coarsely.",
                "Melt the butter with half of the honey, and {pan}.",
                "Dust with the cinnamon and take the pan off the heat.",
                "Divide the yogurt between bowls and spoon the warm fruit over it.",
                "Scatter with the {green} and trickle over the rest of the honey.",
            ],
        },
    ),
    (
        "lebanese",
        Dish {
            title: "Shakshuka with {main} and {green}",
            about: "Shakshuka means a mixture, and every family from Tunis to Beirut mixes it differently. What is \
                    certain: the sauce must be thick enough to hold an egg, and the pan goes on the table.",
            base: &[
                "eggs",
                "tomatoes",
                "onion",
                "garlic",
                "cumin",
                "paprika",
                "olive-oil",
            ],
            amounts: &[("eggs", "8"), ("tomatoes", "800 g"), ("{main}", "300 g")],
            mains: &["chickpeas", "lamb", "mushrooms", "eggplant", "halloumi"],
            greens: &["spinach", "bell-peppers", "kale", "chard"],
            minutes: 35,
            difficulty: Easy,
            course: Breakfast,
            steps: &[
                "In half of the olive oil, {pan}; lift out.",
                "Soften the sliced onion in the rest of the oil, and add the garlic, the cumin and the paprika.",
                "Add the chopped tomatoes and simmer for 12 minutes, until thick.",
                "{Wilt}.",
                "Return the {main}, make hollows, break in the eggs, cover, and cook for 6 minutes.",
            ],
        },
    ),
    (
        "indian",
        Dish {
            title: "Masala omelet with {main} and {green}",
            about: "On every railway platform in India somebody turns these out by the hundred, thin, green-flecked and a \
                    little fierce. At home it takes one pan and less time than the tea beside it.",
            base: &[
                "eggs",
                "onion",
                "green-chilies",
                "turmeric",
                "cilantro",
                "coconut-oil",
            ],
            amounts: &[
                ("eggs", "8"),
                ("turmeric", "½ tsp"),
                ("cilantro", "1 handful"),
                ("{main}", "200 g"),
            ],
            mains: &["mushrooms", "shrimp", "chicken", "paneer"],
            greens: &["spinach", "bell-peppers", "kale", "tomatoes"],
            minutes: 20,
            difficulty: Easy,
            course: Breakfast,
            steps: &[
                "Beat the eggs with the turmeric, the chopped onion, the green chilies and the cilantro.",
                "In half of the coconut oil, {pan}.",
                "{Wilt}.",
                "Set the filling aside, heat the rest of the oil, and pour in a quarter of the eggs.",
                "Cook for 2 minutes, fill, fold, and go on with the others.",
            ],
        },
    ),
    (
        "chinese",
        Dish {
            title: "Congee with {main} and {green}",
            about: "Congee is breakfast for a third of the world, and medicine for whoever is ill. It is nothing but a \
                    little grain and a lot of stock, cooked until you cannot tell them apart.",
            base: &[
                "rice",
                "vegetable-stock",
                "ginger",
                "scallions",
                "tamari",
                "sesame-oil",
                "white-pepper",
            ],
            amounts: &[
                ("rice", "150 g"),
                ("vegetable-stock", "2 l"),
                ("tamari", "2 tbsp"),
                ("ginger", "20 g"),
            ],
            mains: &["chicken", "cod", "mushrooms", "tofu", "shrimp"],
            greens: &["bok-choy", "spinach", "peas", "napa-cabbage"],
            minutes: 60,
            difficulty: Easy,
            course: Breakfast,
            steps: &[
                "Rinse the rice and bring it to a boil in the vegetable stock with half of the ginger.",
                "Lower the heat and simmer for 40 minutes, stirring now and then, until the grains have burst.",
                "{Simmer}.",
                "{Wilt}.",
                "Season with the tamari and the white pepper.",
                "Serve with the scallions, the rest of the ginger in threads, and the sesame oil.",
            ],
        },
    ),
];
