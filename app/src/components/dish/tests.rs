use std::collections::{BTreeMap, BTreeSet};

use demo::RecipeRow;

use super::{
    drawing, file,
    forms::{self, SEASONINGS},
    kinds,
    plan::picture,
};

/// Enough rows to combine each dish with each of its mains and vegetables.
fn rows() -> impl Iterator<Item = RecipeRow> {
    (0..3_000).map(|index| demo::recipe(1, index))
}

fn owned(row: &RecipeRow) -> Vec<String> {
    row.ingredients.iter().copied().map(str::to_owned).collect()
}

fn drawn(row: &RecipeRow) -> String {
    let picture = picture(row.id, &row.title, row.cuisine, &owned(row));
    drawing(&picture, "/ingredients.svg")
}

#[test]
fn every_ingredient_is_drawn_or_is_a_seasoning() {
    let ingredients: BTreeSet<_> = rows().flat_map(|row| row.ingredients).collect();
    assert!(ingredients.len() > 150);
    for name in ingredients {
        let drawn = forms::of(name).is_some();
        assert_ne!(
            drawn,
            SEASONINGS.contains(&name),
            "{name} must have a form in dish/forms.rs, or be a seasoning, and not both"
        );
    }
}

#[test]
fn pictures_refer_to_drawings_that_exist() {
    let lines = file::lines();
    for (name, line) in &lines {
        for used in file::references(line) {
            assert!(lines.contains_key(used), "{name} uses {used}");
        }
    }
    for row in rows() {
        let svg = drawn(&row);
        for used in svg.split("svg#").skip(1) {
            let used = used.split('"').next().unwrap_or_default();
            assert!(lines.contains_key(used), "{used} in {}", row.title);
        }
    }
}

#[test]
fn a_picture_is_small() {
    let mut sizes: Vec<usize> = rows().map(|row| drawn(&row).len()).collect();
    sizes.sort_unstable();
    let (median, most) = (sizes[sizes.len() / 2], sizes[sizes.len() - 1]);
    assert!(
        median < 1_000 && most < 1_700,
        "median {median}, most {most}"
    );
}

#[test]
fn the_same_recipe_has_the_same_picture_and_others_differ() {
    let first: Vec<String> = rows().take(100).map(|row| drawn(&row)).collect();
    let again: Vec<String> = rows().take(100).map(|row| drawn(&row)).collect();
    assert_eq!(first, again);
    assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), 100);
}

#[test]
fn a_list_shows_many_kinds_of_dishes() {
    let mut kinds = BTreeMap::new();
    for row in rows().take(24) {
        let kind = kinds::of(&row.title.to_lowercase(), &owned(&row));
        *kinds.entry(format!("{kind:?}")).or_insert(0) += 1;
    }
    assert!(kinds.len() >= 6, "{kinds:?}");
    assert!(kinds.values().all(|count| *count <= 10), "{kinds:?}");
}

#[test]
fn a_file_holds_all_that_it_refers_to() {
    for row in rows().take(200) {
        let svg = file::dish_file(row.id, &row.title, row.cuisine, &owned(&row));
        for used in file::references(&svg) {
            assert!(svg.contains(&format!("id=\"{used}\"")), "{used}");
        }
    }
}

#[test]
fn what_nobody_has_drawn_is_left_out() {
    let picture = picture(7, "Surprise", "martian", &["moon-dust".to_owned()]);
    assert!(!picture.dish.is_empty());
}
