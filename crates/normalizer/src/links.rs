//! Links are canonical from the start: each is a query made from another.

use std::borrow::Cow;

use crate::normalize::settle;
use crate::schema::LARGEST_PAGE;
use crate::text::clean;
use crate::trace::Given;
use crate::{Kind, Parameter, Query, Rejection};

impl Query {
    /// This query with one parameter replaced, on page 1 unless `page` itself is set.
    ///
    /// The value is text as a person writes it, not encoded; for a set, its elements joined by
    /// commas. A name that the schema does not know changes nothing.
    ///
    /// # Errors
    ///
    /// If the value is invalid.
    pub fn with(&self, name: &str, value: &str) -> Result<Query, Rejection> {
        let Some(parameter) = self.schema().resolve(name) else {
            return Ok(self.clone());
        };
        let mut given = self.given(|other| other.name != parameter.name && (other.name != "page"));
        given.push((parameter, clean(value.into(), parameter.kind.folds())));
        settle(self.schema(), given)
    }

    /// This query with one parameter back at its default, on page 1.
    #[must_use]
    pub fn without(&self, name: &str) -> Query {
        match self.schema().resolve(name) {
            Some(parameter) => self.only(|it| it.name != parameter.name && it.name != "page"),
            None => self.clone(),
        }
    }

    /// This query with one element of a set added or, if the set holds it, removed, on page 1.
    ///
    /// The set is the one in effect, default included. When the last element is removed, a set with
    /// an `any` becomes `any`, because nothing ticked means no restriction. An element that the set
    /// cannot hold (an unknown choice, a 51st element) leaves the query as it is.
    #[must_use]
    pub fn toggled(&self, name: &str, element: &str) -> Query {
        let Some(parameter) = self.schema().resolve(name) else {
            return self.clone();
        };
        let value = match parameter.kind {
            Kind::Tokens { .. } => self.flipped(parameter, &parameter.token(element), None),
            Kind::Choices { any, .. } => self.flipped(parameter, &clean(element.into(), true), any),
            _ => return self.clone(),
        };
        self.with(parameter.name, &value)
            .unwrap_or_else(|_| self.clone())
    }

    /// A set's elements joined by commas, after one of them was added or removed.
    fn flipped(&self, parameter: &Parameter, element: &str, any: Option<&str>) -> String {
        if Some(element) == any && self.value(parameter.name) != any {
            return element.to_owned();
        }
        let held = self.set(parameter.name);
        let mut elements: Vec<&str> = held.clone().filter(|held| *held != element).collect();
        if !held.contains(element) && Some(element) != any {
            elements.push(element);
        } else if elements.is_empty() && Some(element) != any {
            elements.extend(any);
        }
        elements.join(",")
    }

    /// This query at another page; 0 counts as 1.
    #[must_use]
    pub fn at_page(&self, page: u64) -> Query {
        let page = page.clamp(1, LARGEST_PAGE.unsigned_abs());
        self.with("page", &page.to_string())
            .unwrap_or_else(|_| self.clone())
    }

    /// This query without `page`, `page_size` and `sort`: the part that a count or facets depend
    /// on.
    #[must_use]
    pub fn filters(&self) -> Query {
        self.only(|parameter| !matches!(parameter.name, "page" | "page_size" | "sort"))
    }

    /// The canonical address: `/properties`, or `/properties?city=austin`.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        let separator = if self.as_str().is_empty() { "" } else { "?" };
        [path, separator, self.as_str()].concat()
    }

    /// The query with fewer parameters. Each value was valid, and ranges only check values that are
    /// given, so the remaining ones are valid too.
    fn only(&self, keep: impl Fn(&Parameter) -> bool) -> Query {
        let mut query =
            Query::with_capacity(self.schema(), self.as_str().len(), self.stated().count());
        for (parameter, value) in self.stated().filter(|(parameter, _)| keep(parameter)) {
            query.push(parameter, value);
        }
        query
    }

    /// The parameters for which `keep` holds, with their values, as if they had just been read.
    fn given(&self, keep: impl Fn(&Parameter) -> bool) -> Vec<Given<'_>> {
        let rest = self.stated().filter(|(parameter, _)| keep(parameter));
        rest.map(|(parameter, value)| (parameter, Cow::Borrowed(value)))
            .collect()
    }
}
