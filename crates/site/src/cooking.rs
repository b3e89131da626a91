//! Pages of a recipe as somebody cooks it: for another number of people, or one step at a time.
//!
//! `/recipes/3` is the recipe as it was written. `/recipes/3?servings=6` has its amounts for six,
//! `/recipes/3/cook` is its cook's mode, and `/recipes/3/cook?servings=6` is both. An address does
//! not know for how many people a recipe was written, so that number is left out where addresses
//! are made ([`Cooking::url`] is given none), and is a page of its own where somebody wrote it.

use catalogue::{
    normalizer::{Parameter, Rejection, Schema, normalize},
    recipes,
};

use crate::{links, row_id::row_id};

/// The most people that amounts can be scaled for.
pub const MOST_SERVINGS: u32 = 99;

/// A recipe as somebody cooks it.
#[derive(Debug, Clone)]
pub struct Cooking {
    /// The recipe's id.
    pub id: i64,
    /// For how many people, unless for as many as it was written for; if that is invalid, the page
    /// says what is wrong with it.
    pub servings: Result<Option<u32>, Rejection>,
    /// Whether it is cook's mode.
    pub by_steps: bool,
}

/// The parameter that both pages take, under the same rules as every other number.
pub(crate) static SCHEMA: Schema = Schema {
    catalogue: "cooking",
    version: 1,
    parameters: &[Parameter::integer("servings", 1, MOST_SERVINGS as i64)],
    ranges: &[],
}
.checked();

impl Cooking {
    /// The recipe as it was written.
    pub fn of(id: i64) -> Self {
        Self {
            id,
            servings: Ok(None),
            by_steps: false,
        }
    }

    /// The page at the rest of a path below `/recipes/`; `None` if there is none, or if it is only
    /// the recipe as it was written.
    pub(crate) fn parse(rest: &str, search: &str) -> Option<Self> {
        let (id, by_steps) = match rest.split_once('/') {
            None => (rest, false),
            Some((id, "cook")) => (id, true),
            Some(_) => return None,
        };
        let id = row_id(id)?;
        let servings = servings(search);
        let is_as_written = !by_steps && matches!(servings, Ok(None));
        (!is_as_written).then_some(Self {
            id,
            servings,
            by_steps,
        })
    }

    /// Its canonical address; `None` if its number of people is invalid.
    pub fn canonical(&self) -> Option<String> {
        let servings = *self.servings.as_ref().ok()?;
        Some(Self::url(self.id, servings, self.by_steps))
    }

    /// The address of a recipe for so many people (`None`: as it was written), or of its cook's
    /// mode.
    pub fn url(id: i64, servings: Option<u32>, by_steps: bool) -> String {
        let mut url = links::object(&recipes::SCHEMA, id);
        if by_steps {
            url.push_str("/cook");
        }
        if let Some(servings) = servings {
            url.push_str(&format!("?servings={servings}"));
        }
        url
    }
}

/// The number of people in a raw query. The parameters of every list mean nothing here, and so cannot
/// be wrong.
fn servings(search: &str) -> Result<Option<u32>, Rejection> {
    let is_about_people = |pair: &&str| match normalize(&SCHEMA, pair) {
        Ok(query) => query.is_set("servings"),
        Err(rejection) => rejection.error("servings").is_some(),
    };
    let pairs: Vec<&str> = search.split('&').filter(is_about_people).collect();
    let query = normalize(&SCHEMA, &pairs.join("&"))?;
    Ok(query.integer("servings").and_then(|it| it.try_into().ok()))
}

#[cfg(test)]
mod tests {
    use crate::Page;

    #[test]
    fn spellings_of_one_number_of_people_have_one_address() {
        let check = |path: &str, search: &str, expect: Option<&str>| {
            let page = Page::parse(path, search);
            let canonical = page.and_then(|page| page.canonical());
            assert_eq!(canonical.as_deref(), expect, "{path}?{search}");
        };
        check("/recipes/3", "servings=6", Some("/recipes/3?servings=6"));
        check(
            "/recipes/3",
            "utm_source=x&Servings=%2006.0",
            Some("/recipes/3?servings=6"),
        );
        check(
            "/recipes/3",
            "servings=6&servings=6",
            Some("/recipes/3?servings=6"),
        );
        check("/recipes/3", "servings=", Some("/recipes/3"));
        check("/recipes/3", "page=0", Some("/recipes/3"));
        check(
            "/recipes/3",
            "servings=9&page=abc",
            Some("/recipes/3?servings=9"),
        );
        check("/recipes/3/cook", "", Some("/recipes/3/cook"));
        check("/recipes/3/cook", "step=2", Some("/recipes/3/cook"));
        check(
            "/recipes/3/cook",
            "servings=12",
            Some("/recipes/3/cook?servings=12"),
        );
        // A home serves nobody.
        check("/properties/3", "servings=6", Some("/properties/3"));
        for refused in [
            "/properties/3/cook",
            "/recipes/x/cook",
            "/recipes/03/cook",
            "/recipes/3/cook/",
            "/recipes/3/eat",
            "/recipes/cook",
        ] {
            assert!(Page::parse(refused, "").is_none(), "{refused}");
        }
    }

    #[test]
    fn an_invalid_number_of_people_is_refused_by_name() {
        for search in [
            "servings=0",
            "servings=100",
            "servings=-1",
            "servings=2.5",
            "servings=many",
            "servings=4&servings=6",
        ] {
            for path in ["/recipes/3", "/recipes/3/cook"] {
                let page = Page::parse(path, search).expect("a page that says what is wrong");
                assert_eq!(page.canonical(), None, "{search}");
                let Page::Cooking(cooking) = page else {
                    panic!("{search} is not about cooking");
                };
                let rejection = cooking.servings.unwrap_err();
                assert!(rejection.error("servings").is_some(), "{search}");
            }
        }
    }
}
