//! The ask: a value that is computed for a row.

use ask::CachePolicy;
use catalogue::{
    Aggregate, Catalogue,
    normalizer::{Query, Schema},
};

use super::{Touch, ask};

/// A value that is computed for a row from those that refer to it, such as the average price of an
/// agent's homes: `/api/{catalogue}/{id}/computed/{name}/`.
#[derive(Debug, Clone)]
pub struct Computed {
    /// The row's catalogue.
    schema: &'static Schema,
    /// The row's id.
    id: i64,
    what: &'static catalogue::Computed,
    /// The query of the rows that it is computed from.
    among: Query,
}

impl Computed {
    /// The value of that name for a row; `None` if its catalogue declares none.
    pub fn of(schema: &'static Schema, id: i64, name: &str) -> Option<Self> {
        let catalogue = catalogue::by_name(schema.catalogue)?;
        let mut declared = catalogue.computed.iter();
        let what = declared.find(|computed| computed.name == name)?;
        let all = Query::all(catalogue::schema(what.of)?);
        let among = all.with(what.by, &id.to_string()).ok()?;
        let among = what
            .among
            .iter()
            .try_fold(among, |among, (name, value)| among.with(name, value));
        Some(Self {
            schema,
            id,
            what,
            among: among.ok()?,
        })
    }

    /// Its declaration.
    pub fn what(&self) -> &'static catalogue::Computed {
        self.what
    }

    /// The query of the rows that it is computed from.
    pub fn among(&self) -> &Query {
        &self.among
    }

    pub(crate) fn canonical_url(&self) -> String {
        let (catalogue, name) = (self.schema.catalogue, self.what.name);
        format!("/api/{catalogue}/{}/computed/{name}/", self.id)
    }

    pub(crate) fn cache_key(&self) -> String {
        self.among.key_of(self.what.name)
    }

    fn policy_of(&self) -> CachePolicy {
        self.what
            .every
            .map_or(CachePolicy::on_change(), CachePolicy::every)
    }

    /// A row that counts from now on, or no longer; and one that counts, if what is averaged
    /// changes.
    pub(crate) fn touch(&self) -> Touch {
        let decisive = |catalogue: &'static Catalogue| match self.what.aggregate {
            Aggregate::Count => Some(Box::default()),
            Aggregate::Average { column, .. } | Aggregate::MedianDays { column } => {
                catalogue.places(&[column])
            }
        };
        Touch::matching(&self.among, decisive)
    }
}

ask!(Computed, |ask| ask.among.schema(), |ask| ask.policy_of());
