//! The ask: homes that are similar to a home.

use ask::CachePolicy;
use catalogue::{
    Catalogue,
    normalizer::{Query, Rejection, normalize},
    properties::{self, Property},
};

use super::{Touch, ask};

/// The homes that are most similar to one home:
/// `/api/properties/similar/?city=…&price=…&property_type=…&to=ID`.
///
/// The ask contains everything that decides its answer, not only the home's id, so it alone
/// determines which edits touch the answer.
#[derive(Debug, Clone)]
pub struct Similar {
    /// The home's city, type, price and id.
    home: Query,
    /// The query of the candidates.
    among: Query,
    to: i64,
    cents: i64,
}

impl Similar {
    /// How the answer is cached.
    pub const CACHE: CachePolicy = CachePolicy::standard();

    /// The homes that are similar to this one; `None` if its values are not valid parameters.
    pub fn to(home: &Property) -> Option<Self> {
        let parts = [
            ("city", &*home.location.city),
            ("property_type", &*home.property_type),
            ("price", &*home.price),
            ("to", &*home.id.to_string()),
        ];
        let all = Query::all(&properties::SIMILAR);
        let query = parts
            .into_iter()
            .try_fold(all, |query, (name, value)| query.with(name, value));
        Self::of(&query.ok()?).ok()
    }

    /// The ask of a raw query.
    pub(crate) fn read(raw: &str) -> Result<Self, Rejection> {
        Self::of(&normalize(&properties::SIMILAR, raw)?)
    }

    /// Candidates have the same type and city, and a price at most a fifth higher or lower, rounded
    /// inwards to whole cents.
    fn of(query: &Query) -> Result<Self, Rejection> {
        let (mut home, mut parts) = (Query::all(query.schema()), Vec::new());
        for parameter in properties::SIMILAR.parameters {
            let name = parameter.name;
            let missing = || Rejection::of(name, "", "the value of the home");
            let value = query.value(name).ok_or_else(missing)?;
            home = home.with(name, value)?;
            parts.push((name, value));
        }
        let number = |name| query.number(name);
        let cents = number("price").map_or(0, |price| price.ceil_times(100));
        let (low, high) = (
            cents.saturating_mul(4).saturating_add(4) / 5,
            cents.saturating_mul(6) / 5,
        );
        let dollars = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
        let mut among = Query::all(&properties::SCHEMA)
            .with("min_price", &dollars(low))?
            .with("max_price", &dollars(high))?;
        for (name, value) in parts {
            if matches!(name, "city" | "property_type") {
                among = among.with(name, value)?;
            }
        }
        Ok(Self {
            to: query.integer("to").unwrap_or_default(),
            home,
            among,
            cents,
        })
    }

    /// The query of the candidates: homes of the same city and type, and of about the same price.
    pub fn among(&self) -> &Query {
        &self.among
    }

    /// The id of the home that they are compared to; it is not one of them.
    pub fn id(&self) -> i64 {
        self.to
    }

    /// Its price in cents: the homes with the nearest prices are the most similar.
    pub fn cents(&self) -> i64 {
        self.cents
    }

    pub(crate) fn canonical_url(&self) -> String {
        self.home.url("/api/properties/similar/")
    }

    pub(crate) fn cache_key(&self) -> String {
        self.home.key_of("similar")
    }

    /// A candidate that is new, no longer one, or nearer or farther than before, which its price
    /// decides.
    pub(crate) fn touch(&self) -> Touch {
        let price = |catalogue: &Catalogue| catalogue.places(&["price_cents"]);
        Touch::matching(&self.among, price)
    }
}

ask!(Similar, query among);
