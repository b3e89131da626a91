//! What a recipe's ingredients are drawn as.

use super::forms::{self, Form, Role};

/// The forms of a recipe's ingredients by their role, each once, first what the title mentions.
#[derive(Default)]
pub(super) struct Food {
    pub(super) mains: Vec<&'static str>,
    pub(super) greens: Vec<&'static str>,
    pub(super) fruits: Vec<&'static str>,
    pub(super) beds: Vec<&'static str>,
    pub(super) bits: Vec<&'static str>,
    pub(super) herbs: Vec<&'static str>,
    pub(super) flecks: Vec<&'static str>,
    pub(super) eggs: bool,
    pub(super) wedges: Vec<&'static str>,
}

/// What is in nearly every dish, and so says least about one.
pub(super) const STAPLES: [&str; 3] = ["onion", "garlic", "ginger"];

impl Food {
    /// The food of a recipe with this title, in small letters.
    pub(super) fn new(title: &str, ingredients: &[String]) -> Self {
        let mut found: Vec<(usize, bool, Form)> = Vec::with_capacity(ingredients.len());
        for name in ingredients {
            let Some(form) = forms::of(name) else {
                continue;
            };
            // Titles use the singular: a bean stew has beans.
            let word = name.replace('-', " ");
            let rank = title.find(word.trim_end_matches('s')).unwrap_or(usize::MAX);
            found.push((rank, STAPLES.contains(&form.name), form));
        }
        found.sort_by_key(|(rank, staple, _)| (*rank, *staple));
        let mut food = Self::default();
        for (_, _, form) in found {
            let list = match form.role {
                Role::Main => &mut food.mains,
                Role::Green => &mut food.greens,
                Role::Fruit => &mut food.fruits,
                Role::Bed => &mut food.beds,
                Role::Bit => &mut food.bits,
                Role::Herb => &mut food.herbs,
                Role::Fleck => &mut food.flecks,
                Role::Wedge => &mut food.wedges,
                Role::Egg => {
                    food.eggs = true;
                    continue;
                }
            };
            if !list.contains(&form.name) {
                list.push(form.name);
            }
        }
        // The same noodles, fried in tamarind.
        if let Some(bed @ &mut "rice-noodles") = food.beds.first_mut()
            && title.contains("pad thai")
        {
            *bed = "pad-thai";
        }
        food
    }

    /// Whether one of these is served.
    pub(super) fn has(&self, wedge: &str) -> bool {
        self.wedges.contains(&wedge)
    }
}
