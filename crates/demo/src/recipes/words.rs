//! Sentences that fit any dish. They name no fixed ingredient: ingredients are listed, and the
//! diets depend on the list.

use super::pantry::Main;

pub(super) fn about_main(main: Main) -> &'static [&'static str] {
    match main {
        Main::Poultry => &[
            "We use {main} here, thighs rather than breast, because they stay juicy.",
            "With {main} it is a dish that most people at the table will like.",
            "The {main} is best taken out of the refrigerator half an hour before.",
            "Dark meat of {main} forgives a few minutes too many.",
        ],
        Main::Meat => &[
            "For the {main}, ask for a cut with some marbling.",
            "With {main} it is a dish for a hungry table and a long evening.",
            "Dry the {main} with a towel first, so that it browns instead of steaming.",
            "The {main} can be cut a day ahead, which makes the rest quick.",
        ],
        Main::Seafood => &[
            "The {main} goes in last and needs only minutes.",
            "With {main} it is light enough for a warm evening.",
            "Buy the {main} on the day, or thaw it slowly overnight.",
            "Watch the {main} closely: a minute too long and it toughens.",
        ],
        Main::Soy => &[
            "Press the {main} well; the drier it is, the more sauce it takes on.",
            "With {main} it is a light dish with plenty of protein.",
            "Firm {main} is what you want, and a heavy board to press it with.",
            "Even people who doubt {main} have asked for this one again.",
        ],
        Main::Cheese => &[
            "The {main} keeps its shape and gives the dish some bite.",
            "With {main} it is rich enough to be the whole meal.",
            "Cut the {main} thick, so that it browns outside and stays soft within.",
            "The {main} is salty, so go easy when you season.",
        ],
        Main::Pulse => &[
            "Cooked {main} from a can work well, and home-cooked ones even better.",
            "With {main} it costs little and feeds many.",
            "Keep the cooking liquid of the {main}; a splash of it helps the sauce.",
            "The {main} make it filling without making it heavy.",
        ],
        Main::Vegetable => &[
            "The {main} should be cooked until really tender, not merely warm.",
            "With {main} at the center, nothing feels left out.",
            "Give the {main} room and color; crowding is what makes vegetables dull.",
            "Pick the best {main} you can find, since there is nowhere to hide.",
        ],
        Main::Fruit => &[
            "With {main} in season it hardly needs sweetening.",
            "Taste the {main} first, since no two are equally sweet.",
            "Frozen {main} will do in winter, thawed and well drained.",
            "The scent of {main} fills the kitchen long before it is ready.",
        ],
    }
}

pub(super) const ABOUT_GREEN: &[&str] = &[
    "The {green} should keep a little bite.",
    "Fresh {green} will keep the color bright.",
    "At the market, choose the {green} before you choose anything else.",
    "We like it with {green}, though any vegetable in season will do.",
    "Prepare the {green} first, and the cooking takes care of itself.",
    "A good handful of {green} makes it a complete meal.",
    "You can wash the {green} the day before.",
    "With {green} it turns from a side into a supper.",
    "In winter we use whatever {green} the store has.",
    "We rely on {green} for the freshness that such a dish needs.",
    "We added {green} for texture as much as for taste.",
    "Double the {green} if your market has a glut.",
];

/// Of what is scattered over fruit.
pub(super) const ABOUT_TOPPING: &[&str] = &[
    "A handful of {green} goes over it at the very end.",
    "Look through the {green} before you use them; old ones taste of cardboard.",
    "The {green} can be left out for guests who must not have any.",
    "Save some {green} for the plate, where they stay crisp.",
    "We like it with {green}, though whatever is in the cupboard will do.",
    "Chop the {green} coarsely, so that there is something to bite on.",
];

pub(super) const TIME: &[&str] = &[
    "Plan on {minutes} minutes from the first cut to the table.",
    "It takes about {minutes} minutes, and much of that is waiting.",
    "Start to finish it needs {minutes} minutes, including the washing and cutting.",
    "In {minutes} minutes it is on the table, with one pot fewer to wash than you fear.",
    "Allow {minutes} minutes, a little less once you know it.",
    "We timed it at {minutes} minutes, in no particular hurry.",
    "Count on {minutes} minutes, with time to set the table in between.",
    "The clock says {minutes} minutes; the work is perhaps half of that.",
    "You need {minutes} minutes, one good knife and a board that does not slip.",
    "It asks for {minutes} minutes of an evening and repays them.",
    "From a standing start it takes {minutes} minutes, with the radio on.",
    "Set aside {minutes} minutes and do not rush the first step.",
];

pub(super) const TIP: &[&str] = &[
    "Taste before the end, and again at the table.",
    "If the sauce looks thin, give it five more minutes without the lid.",
    "A heavy pan makes more difference than an expensive one.",
    "Season in small steps; it is hard to go back.",
    "Cut everything before you light the stove, and the rest is easy.",
    "Do not be shy with the heat at the start.",
    "A splash of water loosens whatever sticks to the bottom.",
    "Let it stand for a few minutes before serving; the flavors settle.",
    "The amounts are a guide, and your own taste is a better one.",
    "If something browns too fast, lower the flame and move on.",
    "Warm the plates; it sounds fussy and helps a lot.",
    "Read it through once before you begin, since two of the steps overlap.",
];

/// Of what is eaten cool.
pub(super) const TIP_COOL: &[&str] = &[
    "Taste before the end, and again at the table.",
    "Let it stand for a few minutes before serving; the flavors settle.",
    "The amounts are a guide, and your own taste is a better one.",
    "Read it through once before you begin, since two of the steps overlap.",
    "A wide, flat plate shows it better than a deep one.",
];

pub(super) const SERVE: &[&str] = &[
    "It serves {servings} as a main course, or a few more as one of several dishes.",
    "There is enough here for {servings}, and for the cook to taste along the way.",
    "We serve it to {servings}, family style, from the pan.",
    "The amounts are for {servings} and scale without trouble.",
    "As written, it feeds {servings}, with bowls rather than plates if you have them.",
    "It makes {servings} generous portions, as we measured more than once.",
    "Expect {servings} full plates, if nobody picks at the pan beforehand.",
    "For {servings} people, a single large pan will do.",
    "It is meant for {servings}, or for fewer with leftovers in mind.",
    "You will get {servings} portions out of it, neither dainty nor heroic.",
    "Bring it to the table for {servings} and let everyone help themselves.",
    "We have sized it for {servings} people who come with a good appetite.",
];

/// Of what ends a meal.
pub(super) const SERVE_SWEET: &[&str] = &[
    "It serves {servings} after a meal, or fewer instead of one.",
    "There is enough here for {servings}, and a spoon of it for the cook.",
    "The amounts are for {servings} and scale without trouble.",
    "It makes {servings} portions, neither dainty nor heroic.",
    "We have sized it for {servings} people who have left some room.",
    "For {servings}, with strong coffee or a glass of something cold.",
];

/// Of what is not warmed up again.
pub(super) const KEEP_COOL: &[&str] = &[
    "Covered, it lasts until the next day in the refrigerator.",
    "Leftovers keep for a day or two and lose only their looks.",
    "It can be made ahead up to the last step.",
    "It travels well in a jar, with the top packed separately.",
    "It is a good dish to bring to neighbors.",
    "Eat it fresh if you can, or within two days if you must.",
];

pub(super) const KEEP: &[&str] = &[
    "Leftovers keep for two days in the refrigerator.",
    "What is left makes a fine lunch the next day.",
    "It can be made ahead up to the last step.",
    "Reheat it gently the next day, with a spoon of water.",
    "It travels well in a jar and does not mind a microwave.",
    "Like many such dishes, it has gained by the next day.",
    "Cold, straight from the refrigerator, it is not bad either.",
    "Pack what remains in a flat box, so that it cools quickly.",
    "It is a good dish to bring to neighbors.",
    "Whatever remains can go into a wrap or a soup.",
    "Eat it fresh if you can, or within two days if you must.",
    "Label the box if you keep some, because it disappears quickly.",
];
