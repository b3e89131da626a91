//! Composes the picture of a dish: what lies where.

use super::{
    food::Food,
    kinds,
    layer::Layer,
    scene::{self, Dice, Scene},
    serve::Plate,
};

/// A picture: 600 by 400, from its middle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    /// The table and what lies around the dish.
    pub(super) table: Vec<Layer>,
    /// Where the dish stands, and its size in percent.
    pub(super) place: (i32, i32, i32),
    /// The dish and the food, in its coordinates.
    pub(super) dish: Vec<Layer>,
}

/// The picture of a recipe. The same recipe has the same picture, everywhere and always.
pub(super) fn picture(id: i64, title: &str, cuisine: &str, ingredients: &[String]) -> Picture {
    let title = title.to_lowercase();
    let food = Food::new(&title, ingredients);
    let kind = kinds::of(&title, ingredients);
    let mut dice = Dice::new(id);
    let scene = Scene::pick(&mut dice);
    let sauce = kinds::sauce(&title, ingredients);
    let mut plate = Plate {
        turn: dice.below(360),
        sauce,
        layers: Vec::with_capacity(16),
    };
    let ware = scene.ware(kind, sauce);
    if !ware.is_empty() {
        plate.layers.push(Layer::new(ware));
    }
    plate.serve(kind, &food, &title);
    Picture {
        table: scene.table(&mut dice, kind, cuisine, &food.wedges),
        place: scene::place(&mut dice, kind),
        dish: plate.layers,
    }
}
