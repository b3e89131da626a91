//! One drawing of the sprite, and where it lies.

/// A drawing of the sprite at a place, from the middle of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layer {
    pub(super) name: String,
    pub(super) x: i32,
    pub(super) y: i32,
    /// In degrees.
    pub(super) turn: i32,
    /// In percent.
    pub(super) size: i32,
}

impl Layer {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            x: 0,
            y: 0,
            turn: 0,
            size: 100,
        }
    }

    pub(super) fn at(mut self, x: i32, y: i32) -> Self {
        (self.x, self.y) = (x, y);
        self
    }

    pub(super) fn turned(mut self, turn: i32) -> Self {
        self.turn = turn % 360;
        self
    }

    pub(super) fn sized(mut self, size: i32) -> Self {
        self.size = size;
        self
    }
}
