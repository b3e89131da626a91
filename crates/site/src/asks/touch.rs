//! Which edits touch an answer, besides those of the rows that it shows.

use catalogue::{Catalogue, Image, Predicate, normalizer::Query};

/// The edits that touch the answer to an ask, besides those of rows that it shows.
#[derive(Debug, Clone)]
pub enum Touch {
    /// Edits by which a row comes to match, or no longer does; and those of a row that matches, if
    /// they may move it.
    Matching(Predicate, Decisive),
    /// Edits by which a row is counted for another choice of some column, or in words of its own:
    /// it counts for the choices of a column if it passes the filters of all others.
    Counting(Predicate, Vec<Counted>),
    /// No others.
    Shown,
}

/// The columns of a row in which an edit must show to be among those that touch an answer.
#[derive(Debug, Clone)]
pub enum Decisive {
    /// These alone, given by their indexes in the catalogue's columns.
    Columns(Box<[usize]>),
    /// Any column: the log does not tell which of them matter.
    Any,
}

/// A column for whose choices rows are counted.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Its index in the catalogue's columns.
    column: usize,
    /// What decides for which choice a row counts there.
    decisive: Decisive,
}

impl Decisive {
    /// The columns, or any if it is not known which.
    fn of(columns: Option<Box<[usize]>>) -> Self {
        columns.map_or(Self::Any, Self::Columns)
    }

    /// Whether an edit of a row shows in them.
    fn differ(&self, before: &Image, after: &Image) -> bool {
        match self {
            Self::Columns(columns) => before.differs_from(after, columns),
            Self::Any => true,
        }
    }

    /// Whether an edit changes a selection of rows: the row joins it or leaves it, or it is in it
    /// and the edit shows.
    fn alters(&self, before: Option<&Image>, after: Option<&Image>) -> bool {
        match (before, after) {
            (None, None) => false,
            (Some(before), Some(after)) => self.differ(before, after),
            (Some(_), None) | (None, Some(_)) => true,
        }
    }
}

impl Touch {
    /// The rule of an answer about the rows that match a query, in an order that the columns
    /// `moving` decide; `None` if the log does not have them.
    pub(super) fn matching(
        query: &Query,
        moving: impl FnOnce(&'static Catalogue) -> Option<Box<[usize]>>,
    ) -> Self {
        // Every schema belongs to a catalogue.
        catalogue::by_name(query.schema().catalogue).map_or(Self::Shown, |catalogue| {
            let decisive = Decisive::of(moving(catalogue));
            Self::Matching(Predicate::new(catalogue, query), decisive)
        })
    }

    /// The rule of the facets of a query.
    pub(super) fn counting(query: &Query) -> Self {
        catalogue::by_name(query.schema().catalogue).map_or(Self::Shown, |catalogue| {
            let counted = catalogue.counting().into_iter();
            let counted = counted.map(|(column, decisive)| Counted {
                column,
                decisive: Decisive::of(decisive),
            });
            Self::Counting(Predicate::new(catalogue, query), counted.collect())
        })
    }

    /// Whether an edit is among them, by what the row was and has become.
    pub(crate) fn is_touched_by(&self, before: Option<&Image>, after: Option<&Image>) -> bool {
        match self {
            Self::Matching(predicate, decisive) => {
                let matching = |row: &&Image| predicate.holds_for(row);
                decisive.alters(before.filter(matching), after.filter(matching))
            }
            Self::Counting(predicate, counted) => counted.iter().any(|counted| {
                let is_counted = |row: &&Image| predicate.holds_but_for(counted.column, row);
                let decisive = &counted.decisive;
                decisive.alters(before.filter(is_counted), after.filter(is_counted))
            }),
            Self::Shown => false,
        }
    }

    /// The predicate, if there is one.
    pub fn predicate(&self) -> Option<&Predicate> {
        match self {
            Self::Matching(predicate, _) | Self::Counting(predicate, _) => Some(predicate),
            Self::Shown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use catalogue::{Value, normalizer::normalize, properties};

    use super::*;

    /// A home in the order of the catalogue's columns: in Austin, Texas, a condo with two bedrooms.
    fn home(city: &str, status: &str, cents: i64, parts: i64) -> Image {
        let text = |text: &str| Value::Text(text.to_owned());
        let number = Value::Integer;
        Image::new(vec![
            text(city),
            text("texas"),
            text("condo"),
            text(status),
            number(cents),
            number(2),
            number(8),
            number(1_000),
            number(7),
            number(parts),
        ])
    }

    fn query(raw: &str) -> Query {
        normalize(&properties::SCHEMA, raw).unwrap()
    }

    #[test]
    fn a_list_is_touched_by_rows_that_join_leave_or_move() {
        let austin = home("austin", "active", 40_000_000, 0);
        let dearer = home("austin", "active", 50_000_000, 0);
        let sold = home("austin", "sold", 40_000_000, 0);
        let boston = home("boston", "active", 40_000_000, 0);
        let check = |raw: &str, before: Option<&Image>, after: Option<&Image>, expect| {
            let query = query(raw);
            let moving = |catalogue: &'static Catalogue| catalogue.moving(catalogue.sort(&query));
            let touch = Touch::matching(&query, moving);
            assert_eq!(touch.is_touched_by(before, after), expect, "{raw}");
        };
        check("city=austin", Some(&austin), Some(&dearer), false);
        check(
            "city=austin&sort=-view_count",
            Some(&austin),
            Some(&dearer),
            false,
        );
        check("city=austin&sort=price", Some(&austin), Some(&dearer), true);
        check(
            "city=boston&sort=price",
            Some(&austin),
            Some(&dearer),
            false,
        );
        check(
            "city=austin&max_price=450000",
            Some(&austin),
            Some(&dearer),
            true,
        );
        check("city=austin", Some(&austin), Some(&sold), true);
        check("city=austin&status=any", Some(&austin), Some(&sold), false);
        check("city=austin", Some(&boston), Some(&austin), true);
        check("city=austin", None, Some(&austin), true);
        check("city=austin", Some(&austin), None, true);
        check("city=austin", None, Some(&boston), false);
    }

    #[test]
    fn the_log_tells_what_decides_every_order_and_every_facet() {
        for catalogue in catalogue::all() {
            for sort in catalogue.sorts {
                let name = (catalogue.name(), sort.choice);
                assert!(catalogue.moving(sort).is_some(), "{name:?}");
            }
            let counting = catalogue.counting();
            assert_eq!(counting.len(), catalogue.facets.len());
            assert!(counting.iter().all(|(_, decisive)| decisive.is_some()));
        }
    }

    #[test]
    fn facets_are_touched_where_a_row_counts() {
        let austin = home("austin", "active", 40_000_000, 0);
        let dearer = home("austin", "active", 50_000_000, 0);
        let spelled = home("austin", "active", 40_000_000, 1);
        let sold = home("austin", "sold", 40_000_000, 0);
        let check = |raw: &str, after: Option<&Image>, expect| {
            let touch = Touch::counting(&query(raw));
            assert_eq!(touch.is_touched_by(Some(&austin), after), expect, "{raw}");
        };
        // The same row, as after an edit of its description.
        check("", Some(&austin.clone()), false);
        check("", Some(&dearer), true);
        // In Boston's facets, homes in Austin count for the choice of the city alone.
        check("city=boston", Some(&dearer), false);
        check("city=boston", Some(&spelled), true);
        check("city=boston", Some(&sold), true);
        check("city=boston&max_price=450000", Some(&dearer), true);
        check("city=boston&property_type=loft", Some(&sold), false);
        check("city=boston", None, true);
        check("city=boston&property_type=loft", None, false);
    }
}
