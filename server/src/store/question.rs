//! What the tiers are asked.

use std::sync::Arc;

use catalogue::{
    Catalogue, Image, Predicate,
    normalizer::{Query, object_key},
};

/// A question about one catalogue. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Question(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    catalogue: &'static Catalogue,
    key: String,
    text: String,
    asks: Asks,
}

/// What is asked for.
#[derive(Debug)]
pub(super) enum Asks {
    /// A page of a list.
    List(Query, Predicate),
    /// One row.
    Object(i64),
}

impl Question {
    /// A page of a list, with the count of the whole list.
    pub fn list(catalogue: &'static Catalogue, query: Query) -> Self {
        let predicate = Predicate::new(catalogue, &query);
        Self(Arc::new(Inner {
            catalogue,
            key: query.key(),
            text: format!("list:{}", query.as_str()),
            asks: Asks::List(query, predicate),
        }))
    }

    /// One row.
    pub fn object(catalogue: &'static Catalogue, id: i64) -> Self {
        Self(Arc::new(Inner {
            catalogue,
            key: object_key(catalogue.schema, id),
            text: format!("object:{id}"),
            asks: Asks::Object(id),
        }))
    }

    /// The catalogue that it is about.
    pub fn catalogue(&self) -> &'static Catalogue {
        self.0.catalogue
    }

    pub(super) fn asks(&self) -> &Asks {
        &self.0.asks
    }
}

impl cache::Question for Question {
    type Image = Image;

    fn key(&self) -> &str {
        &self.0.key
    }

    fn text(&self) -> &str {
        &self.0.text
    }

    fn catalogue(&self) -> &'static str {
        self.0.catalogue.name()
    }

    fn holds_for(&self, image: &Image) -> bool {
        match &self.0.asks {
            Asks::List(_, predicate) => predicate.holds_for(image),
            // An object is touched through the row that it shows, or would show.
            Asks::Object(_) => false,
        }
    }

    fn is_withdrawn(&self, image: Option<&Image>) -> bool {
        self.0.catalogue.is_withdrawn(image)
    }
}
