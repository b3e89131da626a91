//! Where a dish stands: the table, the tableware, and what lies around.

use super::{kinds::Kind, layer::Layer};

/// Random numbers of a dish, always the same.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(id: i64) -> Self {
        Self(
            id.unsigned_abs()
                .wrapping_add(1)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15),
        )
    }

    /// A number from zero to below the limit.
    pub(super) fn below(&mut self, limit: i32) -> i32 {
        self.0 ^= self.0 >> 29;
        self.0 = self.0.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        self.0 ^= self.0 >> 32;
        let limit = u64::try_from(limit).unwrap_or(1).max(1);
        i32::try_from(self.0 % limit).unwrap_or_default()
    }
}

/// Colors that go together.
pub(super) struct Scene {
    table: &'static str,
    napkin: &'static str,
    /// The glaze of bowls and plates.
    glaze: &'static str,
    /// The end of the name of forks and spoons.
    metal: &'static str,
}

const fn scene(
    table: &'static str,
    napkin: &'static str,
    glaze: &'static str,
    metal: &'static str,
) -> Scene {
    Scene {
        table,
        napkin,
        glaze,
        metal,
    }
}

static SCENES: [Scene; 16] = [
    scene("oak", "napkin-white", "celadon", ""),
    scene("slate", "napkin-ochre", "stone", "-brass"),
    scene("marble", "napkin-blue", "ink", "-brass"),
    scene("sand", "napkin-green", "terra", ""),
    scene("walnut", "napkin-white", "stone", "-brass"),
    scene("linen", "napkin-blue", "coal", ""),
    scene("sage", "napkin-white", "terra", "-brass"),
    scene("white-wood", "napkin-red", "ink", ""),
    scene("clay", "napkin-white", "stone", "-brass"),
    scene("blue-wood", "napkin-white", "white", ""),
    scene("marble", "napkin-green", "celadon", "-brass"),
    scene("oak", "napkin-blue", "coal", ""),
    scene("linen", "napkin-ochre", "terra", "-brass"),
    scene("slate", "napkin-red", "white", ""),
    scene("sand", "napkin-blue", "coal", "-brass"),
    scene("white-wood", "napkin-green", "stone", ""),
];

impl Scene {
    pub(super) fn pick(dice: &mut Dice) -> &'static Self {
        let index = usize::try_from(dice.below(16)).unwrap_or_default();
        &SCENES[index % SCENES.len()]
    }

    /// What the food is served in.
    pub(super) fn ware(&self, kind: Kind, sauce: &str) -> String {
        // Dark food would drown in a dark bowl.
        let dark = ["dark", "brown", "saag", "chocolate"].contains(&sauce);
        let glaze = match self.glaze {
            "coal" | "ink" if dark => "stone",
            glaze => glaze,
        };
        match kind {
            Kind::Shakshuka => "skillet".to_owned(),
            Kind::Paella => "paella".to_owned(),
            Kind::Baked => {
                ["baking-terra", "baking-white"][usize::from(self.metal.is_empty())].to_owned()
            }
            Kind::Board | Kind::Tacos => "board".to_owned(),
            Kind::Soup
            | Kind::Stew
            | Kind::Noodles
            | Kind::Bibimbap
            | Kind::Salad
            | Kind::Grain
            | Kind::Sweet => format!("bowl-{glaze}"),
            _ => format!("plate-{glaze}"),
        }
    }

    /// The table, a napkin, cutlery, and something in a corner: what is first lies below.
    pub(super) fn table(
        &self,
        dice: &mut Dice,
        kind: Kind,
        cuisine: &str,
        wedges: &[&str],
    ) -> Vec<Layer> {
        let is_left = dice.below(2) == 0;
        let side = if is_left { -1 } else { 1 };
        let napkin = Layer::new(self.napkin)
            .at(-side * 190, 60 + dice.below(60))
            .turned(-side * (12 + dice.below(24)));
        let mut layers = vec![Layer::new(self.table), napkin];
        let far = 228 + dice.below(14);
        let tilt = dice.below(9) - 4;
        let is_wide = matches!(
            kind,
            Kind::Baked | Kind::Board | Kind::Tacos | Kind::Paella | Kind::Shakshuka
        );
        if !is_wide {
            layers.extend(self.cutlery(kind, cuisine, side, far, tilt));
        }
        let corner = (-side * (236 + dice.below(16)), -122 - dice.below(20));
        if is_wide {
            layers.push(Layer::new("bunch").at(side * 262, -130).turned(30 * side));
            return layers;
        }
        let found = wedges.iter().find_map(|wedge| match *wedge {
            "lemon-wedge" => Some("lemon-slice"),
            "lime-wedge" => Some("lime-slice"),
            "star-anise" => Some("star-anise"),
            "cinnamon" => Some("cinnamon"),
            _ => None,
        });
        let Some(name) = found else {
            let dip = dip(dice, cuisine, is_left);
            layers.push(Layer::new(dip).at(corner.0, corner.1));
            return layers;
        };
        let one = Layer::new(name).at(corner.0, corner.1);
        layers.push(one.turned(dice.below(180)).sized(112));
        if name.ends_with("slice") {
            let other = Layer::new(name).at(corner.0 + side * 30, corner.1 - 30);
            layers.push(other.turned(dice.below(180)));
        }
        layers
    }

    /// What the dish is eaten with, on one side of it.
    fn cutlery(&self, kind: Kind, cuisine: &str, side: i32, far: i32, tilt: i32) -> Vec<Layer> {
        let lay = |name: &str, x: i32, y: i32, turn: i32, size: i32| {
            let name = match name {
                "chopsticks" | "chopsticks-pale" => name.to_owned(),
                name => format!("{name}{}", self.metal),
            };
            Layer::new(name).at(side * x, y).turned(turn).sized(size)
        };
        match (cuisine, kind) {
            ("chinese" | "japanese" | "korean" | "vietnamese", _) => {
                let pair = ["chopsticks", "chopsticks-pale"][usize::from(side < 0)];
                vec![lay(pair, far + 4, 10, tilt + side * 6, 120)]
            }
            (_, Kind::Soup | Kind::Sweet | Kind::Stew) => {
                vec![lay("spoon", far + 6, 6, tilt + side * 5, 118)]
            }
            _ => vec![
                lay("fork", far - 4, 6, tilt, 115),
                lay("knife", far + 32, 10, tilt + 2, 115),
            ],
        }
    }
}

/// A small dish beside the large one.
fn dip(dice: &mut Dice, cuisine: &str, is_left: bool) -> &'static str {
    const DIPS: [&str; 5] = ["dip-dark", "dip-red", "glass", "dip-green", "dip-gold"];
    match cuisine {
        "chinese" | "japanese" | "vietnamese" | "korean" => DIPS[usize::from(is_left)],
        "mexican" => "dip-green",
        _ => DIPS[usize::try_from(dice.below(5)).unwrap_or_default() % DIPS.len()],
    }
}

/// Where the dish stands, and its size. Some are seen from nearer, so that a list is not a row of
/// circles in the middle.
pub(super) fn place(dice: &mut Dice, kind: Kind) -> (i32, i32, i32) {
    let mut around = |middle: i32, spread: i32| middle - spread + dice.below(2 * spread + 1);
    match kind {
        Kind::Baked => (around(0, 12), around(0, 8), around(108, 4)),
        Kind::Board | Kind::Tacos => (around(0, 8), around(2, 6), 118),
        Kind::Shakshuka => (around(-40, 20), 0, 106),
        _ => match around(3, 3) {
            0 => (around(-54, 12), around(22, 12), around(128, 6)),
            1 => (around(54, 12), around(-20, 12), around(128, 6)),
            _ => (around(0, 20), around(0, 10), around(102, 4)),
        },
    }
}
