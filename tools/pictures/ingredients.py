#!/usr/bin/env python3
"""Makes `assets/ingredients.svg` and `assets/ingredients.json` from Fluent Emoji (flat). See README.md."""

import json
import pathlib
import re
import sys

ASSETS = pathlib.Path(__file__).resolve().parent.parent.parent / "assets"
DISHES = ASSETS.parent / "crates/demo/src/recipes/dishes"

NOTICE = """\
Icons: Fluent Emoji (flat), https://github.com/microsoft/fluentui-emoji, by way of @iconify-json/fluent-emoji-flat.
MIT License. Copyright (c) Microsoft Corporation.
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:
The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.
THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""

# The symbol's id, the icon's name if it differs, and the ingredients that it stands for.
SYMBOLS = [
    ("apple", "red-apple", "apple"),
    ("avocado", "", "avocado"),
    ("beans", "", "white-beans black-beans lentils red-lentils brown-lentils"),
    ("beef", "cut-of-meat", "beef"),
    ("bell-pepper", "", "bell-peppers roasted-red-peppers"),
    ("bowl", "bowl-with-spoon", "yogurt tahini vegetable-stock"),
    ("bread", "", "bread breadcrumbs panko"),
    ("broccoli", "", "broccoli"),
    ("butter", "", "butter"),
    ("carrot", "", "carrots"),
    ("cheese", "cheese-wedge", "halloumi feta gruyere parmesan paneer monterey-jack"),
    ("chicken", "poultry-leg", "chicken turkey"),
    (
        "chili",
        "hot-pepper",
        "red-chilies green-chilies dried-chilies chili-flakes chipotle gochugaru paprika smoked-paprika",
    ),
    ("chocolate", "chocolate-bar", "dark-chocolate"),
    ("coconut", "", "coconut-milk coconut-oil grated-coconut"),
    ("corn", "ear-of-corn", "corn hominy"),
    ("cucumber", "", "cucumber zucchini"),
    ("egg", "", "eggs"),
    ("eggplant", "", "eggplant"),
    ("fish", "", "cod salmon snapper"),
    ("flatbread", "", "pita corn-tortillas"),
    ("garlic", "", "garlic"),
    ("ginger", "ginger-root", "ginger galangal turmeric"),
    ("grain", "sheaf-of-rice", "flour rice-flour bulgur cornstarch"),
    ("grapes", "", "raisins"),
    (
        "herb",
        "",
        "thyme oregano rosemary mint parsley cilantro dill tarragon basil thai-basil bay-leaf curry-leaves lime-leaves",
    ),
    ("honey", "honey-pot", "honey"),
    ("jar", "", "tomato-paste gochujang miso mustard kimchi tamarind ras-el-hanout capers chili-bean-paste"),
    ("lamb", "meat-on-bone", "lamb"),
    ("leafy-green", "", "spinach kale chard cabbage napa-cabbage bok-choy romaine lettuce"),
    ("lemon", "", "lemon"),
    ("lime", "", "lime"),
    ("milk", "glass-of-milk", "milk cream"),
    ("mushroom", "brown-mushroom", "mushrooms dried-shiitake"),
    ("noodles", "steaming-bowl", "udon ramen-noodles wheat-noodles rice-noodles rice-vermicelli glass-noodles"),
    ("nut", "chestnut", "nutmeg almonds cashews pumpkin-seeds"),
    ("olive", "", "olive-oil black-olives green-olives"),
    ("onion", "", "onion red-onion shallots"),
    ("pasta", "spaghetti", "orzo orecchiette pappardelle"),
    ("pea-pod", "", "peas green-beans okra"),
    ("peach", "", "dried-apricots"),
    ("peanuts", "", "peanuts"),
    ("pear", "", "pear"),
    ("pork", "bacon", "pork"),
    ("potato", "", "potatoes"),
    ("rice", "cooked-rice", "rice basmati-rice paella-rice risotto-rice"),
    ("sake", "", "sake mirin rice-vinegar black-vinegar shaoxing-wine"),
    (
        "salt",
        "",
        "black-pepper white-pepper sichuan-pepper peppercorns cumin coriander allspice garam-masala curry-powder cardamom "
        "cloves sumac star-anise mustard-seeds sesame-seeds",
    ),
    ("seedling", "", "bean-sprouts"),
    ("shrimp", "", "shrimp"),
    ("sweet-potato", "roasted-sweet-potato", "sweet-potato"),
    ("tomato", "", "tomatoes tomatillos"),
    ("wine", "wine-glass", "red-wine white-wine red-wine-vinegar"),
]

# Drawn here, in `drawn/`, because the set has nothing like them.
DRAWN = [
    ("asparagus", "asparagus"),
    ("cauliflower", "cauliflower"),
    ("chickpeas", "chickpeas"),
    ("cinnamon", "cinnamon"),
    ("leek", "leeks scallions lemongrass"),
    ("oil", "vegetable-oil sesame-oil"),
    ("radish", "radishes turnips"),
    ("sauce", "soy-sauce tamari fish-sauce coconut-aminos"),
    ("squash", "butternut-squash"),
    ("sugar", "sugar brown-sugar palm-sugar"),
    ("tofu", "tofu"),
]


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: ingredients.py <directory of @iconify-json/fluent-emoji-flat>")
    icons = json.loads((pathlib.Path(sys.argv[1]) / "icons.json").read_text())["icons"]
    used = [(symbol, icons[icon or symbol]["body"], tokens.split()) for symbol, icon, tokens in SYMBOLS]
    used += [(symbol, drawn(symbol), tokens.split()) for symbol, tokens in DRAWN]
    used.sort()
    symbols = "\n".join(
        f'<symbol id="{symbol}" viewBox="0 0 32 32">{own_ids(body, symbol)}</symbol>' for symbol, body, _ in used
    )
    (ASSETS / "ingredients.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg">\n<!--\n{NOTICE}\n-->\n{symbols}\n</svg>\n'
    )
    symbol_of = {token: symbol for symbol, _, tokens in used for token in tokens}
    (ASSETS / "ingredients.json").write_text(json.dumps(dict(sorted(symbol_of.items())), indent=2) + "\n")
    tokens = seeded()
    print(f"{len(used)} symbols for {len(symbol_of)} ingredients")
    print("unknown to the seed:", *sorted(symbol_of.keys() - tokens))
    print("without a symbol:", *sorted(tokens - symbol_of.keys()))


def drawn(symbol):
    source = (pathlib.Path(__file__).resolve().parent / "drawn" / f"{symbol}.svg").read_text()
    return re.search(r"<svg[^>]*>(.*)</svg>", source, re.S)[1]


def own_ids(body, symbol):
    """Prefixes ids with the symbol's name, because they must be unique in the sprite."""
    body = re.sub(r'\bid="([^"]+)"', rf'id="{symbol}-\1"', body)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{symbol}-\1)", body)


def seeded():
    """All ingredients in the dishes' lists."""
    lists = re.compile(r"(?:base|mains|greens): &\[(.*?)\]", re.S)
    return {
        token
        for source in DISHES.glob("*.rs")
        for found in lists.findall(source.read_text())
        for token in re.findall(r'"([^"]+)"', found)
    }


if __name__ == "__main__":
    main()
