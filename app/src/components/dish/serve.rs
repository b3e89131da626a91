//! Puts food on a plate, each kind of dish in its way.

use super::{
    food::{Food, STAPLES},
    kinds::Kind,
    layer::Layer,
};

/// A dish that is being filled.
pub(super) struct Plate {
    /// How much the next form is turned.
    pub(super) turn: i32,
    pub(super) sauce: &'static str,
    pub(super) layers: Vec<Layer>,
}

impl Plate {
    pub(super) fn put(&mut self, layer: Layer) {
        self.layers.push(layer);
    }

    /// Strews a form over the dish. Each is turned differently, so that one does not hide another.
    pub(super) fn strew(&mut self, name: &str, x: i32, y: i32, size: i32) {
        self.turn += 67;
        let layer = Layer::new(format!("{name}-s")).at(x, y);
        self.put(layer.turned(self.turn).sized(size));
    }

    pub(super) fn strew_all(&mut self, names: &[&str], most: usize, size: i32) {
        for name in names.iter().take(most) {
            self.strew(name, 0, 0, size);
        }
    }

    /// What goes over nearly every dish.
    pub(super) fn finish(&mut self, food: &Food, bits: usize, size: i32) {
        let telling = food
            .bits
            .iter()
            .filter(|name| !STAPLES.contains(name))
            .count();
        let seen = telling.max(usize::from(food.greens.len() < 2));
        self.strew_all(&food.bits, bits.min(seen), size);
        self.strew_all(&food.herbs, 1, size);
        self.strew_all(&food.flecks, 2, size);
        if food.herbs.is_empty() && food.flecks.is_empty() {
            self.strew("pepper", 0, 0, size);
        }
        if food.has("bay-leaf") {
            self.put(Layer::new("bay-leaf").at(-74, -52).turned(-38));
        }
    }

    /// Main and vegetables, over what is there.
    fn heap(&mut self, food: &Food, size: i32) {
        self.strew_all(&food.greens, 3, size);
        for name in food.mains.iter().take(2).rev() {
            self.strew(name, 0, 0, size);
        }
    }

    /// Fills the dish.
    pub(super) fn serve(&mut self, kind: Kind, food: &Food, title: &str) {
        let sauce = self.sauce;
        match kind {
            Kind::Soup => {
                self.put(Layer::new(format!("broth-{}", broth(sauce))));
                self.bed(food, 88);
                self.heap(food, 108);
                self.finish(food, 1, 112);
            }
            Kind::Stew => {
                self.put(Layer::new(format!("sauce-{sauce}")));
                if ["orange", "korma", "green", "peanut", "saag"].contains(&sauce) {
                    self.put(Layer::new("swirl").sized(140).turned(self.turn));
                }
                self.heap(food, 118);
                self.finish(food, 2, 116);
            }
            Kind::Noodles => {
                self.bed(food, 98);
                if food.beds.is_empty() {
                    self.put(Layer::new("bed-zoodles"));
                }
                self.heap(food, 108);
                self.finish(food, 2, 108);
            }
            Kind::Grain | Kind::Paella => {
                self.bed(food, 100);
                self.heap(food, 112);
                if food.eggs {
                    self.put(Layer::new("egg-fried").at(10, -6).sized(92));
                }
                self.finish(food, 2, 112);
            }
            Kind::Katsu => {
                self.put(Layer::new("bed-rice").at(-30, -20).sized(82));
                self.put(Layer::new("pool-brown").at(34, 46).sized(96));
                self.strew(food.greens.first().unwrap_or(&"peas"), 46, 60, 62);
                self.big(food, -6, 8, 112);
                self.strew("crumbs", -6, 8, 62);
            }
            Kind::Bibimbap => self.bibimbap(food),
            Kind::Plate => {
                self.put(
                    Layer::new(format!("pool-{sauce}"))
                        .turned(self.turn)
                        .sized(110),
                );
                for green in food.greens.iter().take(2) {
                    self.strew(green, 34, -40, 92);
                }
                self.big(food, -12, 28, 140);
                self.finish(food, 2, 104);
                for side in ["lemon-wedge", "dollop"] {
                    if food.has(side) {
                        self.put(Layer::new(side).at(98, 66).turned(-24).sized(112));
                        break;
                    }
                }
            }
            Kind::Fried => {
                self.put(
                    Layer::new(format!("pool-{sauce}"))
                        .turned(self.turn)
                        .sized(104),
                );
                self.strew_all(&food.greens, 2, 118);
                self.strew_all(&food.mains, 1, 116);
                self.strew_all(&food.greens, 1, 74);
                self.strew_all(&food.mains, 1, 70);
                self.finish(food, 2, 112);
            }
            Kind::Salad => {
                if !food.greens.contains(&"romaine") {
                    self.strew("lettuce", 0, 0, 128);
                    self.strew("lettuce", 0, 0, 90);
                }
                self.strew_all(&food.greens, 3, 120);
                self.strew_all(&food.greens, 1, 80);
                self.strew_all(&food.mains, 1, 108);
                if food.has("flatbread") || food.has("bread") {
                    self.strew("crouton", 0, 0, 96);
                }
                if food.has("avocado") {
                    self.put(Layer::new("avocado").at(-58, 44).turned(-30).sized(120));
                }
                self.finish(food, 2, 114);
                self.wedge(food, 74, 66);
            }
            Kind::Board => self.on_board(food),
            Kind::Tacos => self.tacos(food, title.contains("tostada")),
            Kind::Baked => self.baked(food),
            Kind::Omelette => {
                self.put(Layer::new("omelette"));
                self.heap(food, 88);
                self.finish(food, 1, 92);
            }
            Kind::Crepe => {
                self.strew("lettuce", -40, -40, 90);
                self.put(Layer::new("crepe").at(6, 6).turned(-18));
                for name in food.greens.iter().take(1).chain(food.mains.iter().take(1)) {
                    self.strew(name, 26, 52, 58);
                }
                self.finish(food, 1, 96);
            }
            Kind::Shakshuka => {
                self.put(Layer::new("sauce-tomato").sized(104));
                self.heap(food, 112);
                for (x, y) in [(-52, -38), (58, -20), (-8, 66)] {
                    self.put(Layer::new("egg-fried").at(x, y).sized(74).turned(x));
                }
                self.finish(food, 1, 100);
            }
            Kind::Rancheros => {
                self.put(Layer::new("tortilla").at(-34, -14).sized(124));
                self.put(Layer::new("tortilla").at(40, 20).sized(116));
                self.put(Layer::new("pool-tomato").sized(84));
                self.heap(food, 86);
                self.put(Layer::new("egg-fried").at(-36, -18));
                self.put(Layer::new("egg-fried").at(44, 26).turned(140));
                self.finish(food, 1, 90);
            }
            Kind::Pastry => {
                self.put(Layer::new("pastry"));
                self.strew_all(&food.bits, 1, 88);
                self.strew("sugar", 0, 0, 100);
            }
            Kind::Tart | Kind::Cake => {
                let form = match kind {
                    Kind::Cake => "cake",
                    _ if food.eggs && title.contains("clafoutis") => "clafoutis",
                    _ => "tart",
                };
                self.put(Layer::new(form));
                self.strew_all(&food.fruits, 1, 104);
                self.strew_all(&food.fruits, 1, 66);
                self.strew_all(&food.bits, 1, 100);
                self.strew("sugar", 0, 0, 96);
            }
            Kind::Sweet => self.sweet(food, title),
        }
    }

    fn bed(&mut self, food: &Food, size: i32) {
        match food.beds.first() {
            Some(&"orecchiette") => {
                for size in [100, 92, 60] {
                    self.strew("orecchiette", 0, 0, size);
                }
            }
            Some(bed) => {
                let turn = self.turn;
                self.put(Layer::new(format!("bed-{bed}")).sized(size).turned(turn));
            }
            None => {}
        }
    }

    /// The main in one piece if it comes so, else in pieces.
    fn big(&mut self, food: &Food, x: i32, y: i32, size: i32) {
        let whole = match food.mains.first() {
            Some(&"chicken") => "chicken-breast",
            Some(&"pork" | &"lamb") => "pork-loin",
            Some(&"beef") => "steak",
            Some(&"salmon") => "salmon-fillet",
            Some(&"cod") => "cod-fillet",
            Some(&"snapper") => "snapper-fillet",
            Some(other) => return self.strew(other, x, y, 84),
            None => return,
        };
        let turn = -34 + self.turn % 30;
        self.put(Layer::new(whole).at(x, y).turned(turn).sized(size));
    }

    pub(super) fn wedge(&mut self, food: &Food, x: i32, y: i32) {
        let citrus = ["lime-wedge", "lemon-wedge"];
        if let Some(wedge) = citrus.into_iter().find(|wedge| food.has(wedge)) {
            self.put(Layer::new(wedge).at(x, y).turned(-30).sized(90));
        }
    }
}

/// The thin sauces that there are.
fn broth(sauce: &str) -> &str {
    match sauce {
        "miso" | "red" | "white" | "gold" | "tomato" | "cream" => sauce,
        _ => "clear",
    }
}
