//! Dishes that are put together in a way of their own.

use super::{food::Food, layer::Layer, serve::Plate};

impl Plate {
    /// Each in a sector of its own, around an egg.
    pub(super) fn bibimbap(&mut self, food: &Food) {
        self.put(Layer::new("bed-rice"));
        let around = food.greens.iter().take(3).chain(food.mains.iter().take(1));
        let places = [(-62, -56), (66, -44), (52, 66), (-66, 56)];
        for (name, (x, y)) in around.zip(places) {
            self.strew(name, x, y, 74);
        }
        self.put(Layer::new("egg-fried").sized(104));
        self.put(Layer::new("pool-red").at(64, 6).sized(20));
        self.strew_all(&food.flecks, 1, 100);
    }

    pub(super) fn on_board(&mut self, food: &Food) {
        self.put(Layer::new("flatbread").at(-128, -40).turned(-20).sized(150));
        self.put(Layer::new("flatbread").at(-112, 52).turned(40).sized(140));
        for green in food.greens.iter().take(2) {
            self.strew(green, 46, 2, 88);
        }
        self.strew_all(&food.bits[..food.bits.len().min(1)], 1, 80);
        for name in food.mains.iter().take(1) {
            self.strew(name, 30, 6, 92);
            self.strew(name, 40, -4, 56);
        }
        let dip = if food.has("drizzle") || food.has("dollop") {
            "dip-white"
        } else {
            "dip-red"
        };
        self.put(Layer::new(dip).at(160, -78).sized(84));
        self.strew("parsley", 36, 4, 86);
        self.wedge(food, 150, 84);
    }

    pub(super) fn tacos(&mut self, food: &Food, flat: bool) {
        let places: &[(i32, i32)] = if flat {
            &[(-92, -40), (88, -52), (6, 66)]
        } else {
            &[(-138, -14), (0, 16), (138, -14)]
        };
        for (x, y) in places.iter().copied() {
            self.put(
                Layer::new("tortilla")
                    .at(x, y)
                    .turned(x)
                    .sized(if flat { 104 } else { 94 }),
            );
            for name in food.greens.iter().take(1).chain(food.mains.iter().take(1)) {
                self.strew(name, x, y, 56);
            }
            let over = food.bits.iter().chain(&food.herbs).next();
            if let Some(name) = over {
                self.strew(name, x, y, 52);
            }
            if flat {
                self.put(Layer::new("avocado").at(x + 8, y + 4).turned(x).sized(66));
            }
        }
        self.wedge(food, -66, 92);
        if !flat {
            self.put(Layer::new("dip-green").at(76, 96).sized(70));
        }
    }

    /// In a dish that is twice as wide as a plate: all is strewn over its left and its right half.
    pub(super) fn baked(&mut self, food: &Food) {
        self.put(Layer::new("crust"));
        if food.has("tortilla") {
            for x in [-150, -90, -30, 30, 90, 150] {
                self.put(Layer::new("roll").at(x, 0));
            }
            for x in [-78, 78] {
                self.put(
                    Layer::new(format!("pool-{}", self.sauce))
                        .at(x, 0)
                        .sized(94),
                );
            }
        }
        for x in [-92, 92] {
            for name in food.greens.iter().take(1).chain(food.mains.iter().take(1)) {
                self.strew(name, x, 0, 92);
            }
            self.put(Layer::new("melt").at(x, 0).turned(x));
            self.put(Layer::new("browned").at(x, 0).turned(x).sized(82));
        }
        self.finish(food, 0, 100);
    }

    pub(super) fn sweet(&mut self, food: &Food, title: &str) {
        if title.contains("coconut rice") || title.contains("kheer") {
            self.put(Layer::new("sauce-white"));
            self.put(Layer::new("bed-rice").sized(if title.contains("kheer") { 90 } else { 78 }));
        } else {
            self.put(Layer::new(format!("sauce-{}", self.sauce)));
        }
        if title.contains("chia") {
            self.strew("seeds", 0, 0, 112);
        }
        for name in food.fruits.iter().take(2) {
            self.strew(name, -8, 6, 108);
        }
        for size in [82, 56] {
            self.strew_all(&food.fruits, 1, size);
        }
        if title.contains("honey") {
            self.put(Layer::new("drizzle").sized(88));
        }
        self.strew_all(&food.bits, 1, 104);
        self.strew_all(&food.herbs, 1, 70);
        self.strew_all(&food.flecks, 1, 96);
    }
}
