//! What the tiers are asked.

use std::{sync::Arc, time::Duration};

use cache::Lifetimes;
use catalogue::{
    Catalogue, Image, Predicate,
    normalizer::{Query, object_key},
};

use super::similar::Similar;

/// A ranking by views ages: nobody logs a view.
const TRENDING: Lifetimes = Lifetimes {
    revalidate: Duration::from_secs(60),
    shared: Duration::from_secs(300),
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
    /// How many rows a list has.
    Count(Query, Predicate),
    /// How many rows each choice of the filter panel would leave.
    Facets(Query, Predicate),
    /// The rows that are looked at most.
    Trending,
    /// One row.
    Object(i64),
    /// The prices that a row has had.
    History(i64),
    /// Rows that are like a row.
    Similar(Similar),
}

impl Question {
    /// A page of a list, with the count of the whole list. Its key and text are the query's, so
    /// that who has the query can look for the answer without making the question.
    pub fn list(catalogue: &'static Catalogue, query: Query) -> Self {
        let predicate = Predicate::new(catalogue, &query);
        Self(Arc::new(Inner {
            catalogue,
            key: query.key(),
            text: query.as_str().to_owned(),
            asks: Asks::List(query, predicate),
        }))
    }

    /// How many rows the list of a query has, on whatever page and in whatever order.
    pub fn count(catalogue: &'static Catalogue, query: &Query) -> Self {
        let filters = query.filters();
        let predicate = Predicate::new(catalogue, &filters);
        Self(Arc::new(Inner {
            catalogue,
            key: filters.key_of("count"),
            text: format!("@count:{}", filters.as_str()),
            asks: Asks::Count(filters, predicate),
        }))
    }

    /// How many rows each further choice of a query's filters would leave.
    pub fn facets(catalogue: &'static Catalogue, query: &Query) -> Self {
        let filters = query.filters();
        let predicate = Predicate::new(catalogue, &filters);
        Self(Arc::new(Inner {
            catalogue,
            key: filters.key_of("facets"),
            text: format!("@facets:{}", filters.as_str()),
            asks: Asks::Facets(filters, predicate),
        }))
    }

    /// The rows that readers look at most.
    pub fn trending(catalogue: &'static Catalogue) -> Self {
        Self(Arc::new(Inner {
            catalogue,
            key: Query::all(catalogue.schema).key_of("trending"),
            text: "@trending".to_owned(),
            asks: Asks::Trending,
        }))
    }

    /// One row.
    pub fn object(catalogue: &'static Catalogue, id: i64) -> Self {
        Self(Arc::new(Inner {
            catalogue,
            key: object_key(catalogue.schema, id),
            text: format!("@object:{id}"),
            asks: Asks::Object(id),
        }))
    }

    /// The prices that a row has had: an array of [`catalogue::Price`].
    pub fn history(catalogue: &'static Catalogue, id: i64) -> Self {
        Self(Arc::new(Inner {
            catalogue,
            key: Query::all(catalogue.schema).key_of(&format!("history:{id}")),
            text: format!("@history:{id}"),
            asks: Asks::History(id),
        }))
    }

    /// The rows of a query, but for one, whose prices are nearest to that one's. Everything that
    /// decides who they are is part of the question: it says itself which edits touch its answer.
    pub fn similar(catalogue: &'static Catalogue, query: &Query, to: i64, price: i64) -> Self {
        let filters = query.filters();
        let predicate = Predicate::new(catalogue, &filters);
        let kind = format!("similar:{to}:{price}");
        Self(Arc::new(Inner {
            catalogue,
            key: filters.key_of(&kind),
            text: format!("@{kind}:{}", filters.as_str()),
            asks: Asks::Similar(Similar {
                to,
                price,
                predicate,
            }),
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
            Asks::List(_, predicate) | Asks::Count(_, predicate) => predicate.holds_for(image),
            // A row is counted among what another choice would give if it fails one choice only.
            Asks::Facets(_, predicate) => predicate.nearly_holds_for(image),
            Asks::Similar(similar) => similar.predicate.holds_for(image),
            // Touched through the rows that they show, or would show.
            Asks::Trending | Asks::Object(_) | Asks::History(_) => false,
        }
    }

    fn is_withdrawn(&self, image: Option<&Image>) -> bool {
        self.0.catalogue.is_withdrawn(image)
    }

    fn ages(&self) -> Option<Lifetimes> {
        matches!(self.0.asks, Asks::Trending).then_some(TRENDING)
    }
}
