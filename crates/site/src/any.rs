//! Any of Hearth's asks.

use std::{borrow::Cow, sync::Arc, sync::OnceLock};

use ask::{Ask, CachePolicy, UrlError};
use catalogue::{
    Image,
    normalizer::{Query, Schema, normalize},
    properties,
};

use crate::{Computed, Count, Facets, History, List, Object, Similar, Touch, Trending};

/// Any of Hearth's asks, as the tiers use it: its URL and its key are computed in advance, its
/// touch rule on first use. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AnyAsk(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    url: String,
    key: String,
    touch: OnceLock<Touch>,
}

/// All kinds of asks.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $slug:literal),+ $(,)?) => {
        /// Which kind of ask it is.
        #[derive(Debug, Clone)]
        pub enum Kind {
            $($(#[$doc])* $name($name)),+
        }

        impl Kind {
            /// The names of all kinds.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// The name of the kind.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => stringify!($name)),+
                }
            }

            /// The kind in metrics and log lines.
            pub fn slug(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => $slug),+
                }
            }
        }

        /// The same call for every kind of ask.
        macro_rules! each {
            ($kind:expr, $ask:ident => $call:expr) => {
                match $kind {
                    $(Kind::$name($ask) => $call),+
                }
            };
        }
    };
}

kinds! {
    /// A page of a list.
    List "list",
    /// How many rows a list has.
    Count "count",
    /// How many rows each further choice would leave.
    Facets "facets",
    /// The most viewed rows.
    Trending "trending",
    /// The homes that are most similar to one.
    Similar "similar",
    /// One row.
    Object "object",
    /// The prices that a row has had.
    History "history",
    /// A value that is computed for a row.
    Computed "computed",
}

impl AnyAsk {
    pub(crate) fn new(kind: Kind) -> Self {
        Self(Arc::new(Inner {
            url: each!(&kind, ask => ask.canonical_url()),
            key: each!(&kind, ask => ask.cache_key()),
            touch: OnceLock::new(),
            kind,
        }))
    }

    /// The ask at a path below `/api/`, with the raw query after its `?`, in any spelling. The
    /// trailing slash may be omitted.
    ///
    /// # Errors
    /// If there is no ask at that path, or if its parameters are invalid.
    pub fn parse(path: &str, query: &str) -> Result<Self, UrlError> {
        let (schema, rest) = below_api(path).ok_or(UrlError::NotFound)?;
        let read = || normalize(schema, query);
        Ok(match rest {
            "" => List { query: read()? }.into(),
            "count" => Count::of(&read()?).into(),
            "facets" => Facets::of(&read()?).into(),
            "trending" => Trending { schema }.into(),
            "similar" if std::ptr::eq(schema, &properties::SCHEMA) => Similar::read(query)?.into(),
            _ => {
                let (id, rest) = rest.split_once('/').unwrap_or((rest, ""));
                let id = id.parse().map_err(|_| UrlError::NotFound)?;
                match rest {
                    "" => Object { schema, id }.into(),
                    "history" => History { schema, id }.into(),
                    _ => {
                        let name = rest.strip_prefix("computed/");
                        let computed = name.and_then(|name| Computed::of(schema, id, name));
                        computed.ok_or(UrlError::NotFound)?.into()
                    }
                }
            }
        })
    }

    /// Which kind of ask it is.
    pub fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// The schema of the catalogue that it is about.
    pub fn schema(&self) -> &'static Schema {
        each!(self.kind(), ask => ask.schema())
    }

    /// The rows whose edits touch its answer.
    pub fn touch(&self) -> &Touch {
        self.0
            .touch
            .get_or_init(|| each!(self.kind(), ask => ask.touch()))
    }

    /// One ask of each kind about a catalogue, e.g. for tables and tests.
    pub fn examples(schema: &'static Schema) -> Vec<Self> {
        let all = Query::all(schema);
        let mut examples: Vec<Self> = vec![
            List { query: all.clone() }.into(),
            Count::of(&all).into(),
            Facets::of(&all).into(),
            Trending { schema }.into(),
            Object { schema, id: 42 }.into(),
            History { schema, id: 42 }.into(),
        ];
        let similar = Similar::read("city=austin&price=450000&property_type=house&to=42");
        if std::ptr::eq(schema, &properties::SCHEMA) {
            examples.extend(similar.ok().map(Self::from));
        }
        let declared = catalogue::by_name(schema.catalogue).map_or(&[][..], |it| it.computed);
        let computed = declared
            .iter()
            .filter_map(|what| Computed::of(schema, 42, what.name));
        examples.extend(computed.map(Self::from));
        examples
    }
}

impl Ask for AnyAsk {
    type Image = Image;

    fn url(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0.url)
    }

    fn key(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0.key)
    }

    fn catalogue(&self) -> &'static str {
        self.schema().catalogue
    }

    fn kind(&self) -> &'static str {
        self.kind().slug()
    }

    fn policy(&self) -> CachePolicy {
        each!(self.kind(), ask => ask.cache_policy())
    }

    fn is_touched_by(&self, before: Option<&Image>, after: Option<&Image>) -> bool {
        self.touch().is_touched_by(before, after)
    }

    fn is_withdrawn(&self, image: Option<&Image>) -> bool {
        each!(self.kind(), ask => ask.is_withdrawn(image))
    }
}

/// The catalogue that a path below `/api/` names, and the rest of the path without its trailing
/// slash.
fn below_api(path: &str) -> Option<(&'static Schema, &str)> {
    let path = path.strip_prefix("/api/")?;
    let (name, rest) = path.split_once('/').unwrap_or((path, ""));
    let bare = rest.strip_suffix('/').filter(|bare| !bare.is_empty());
    Some((catalogue::schema(name)?, bare.unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_an_example_of_every_ask() {
        let examples = catalogue::schemas().into_iter().flat_map(AnyAsk::examples);
        let examples: Vec<AnyAsk> = examples.collect();
        let mut names: Vec<&str> = examples.iter().map(|ask| ask.kind().name()).collect();
        let mut all = Kind::NAMES.to_vec();
        names.sort_unstable();
        names.dedup();
        all.sort_unstable();
        assert_eq!(names, all);
    }

    #[test]
    fn every_ask_is_parsed_from_its_own_url() {
        let examples = catalogue::schemas().into_iter().flat_map(AnyAsk::examples);
        for ask in examples {
            let url = ask.url();
            let (path, query) = url.split_once('?').unwrap_or((&url, ""));
            let parsed = AnyAsk::parse(path, query).unwrap();
            assert_eq!((parsed.url(), parsed.key()), (ask.url(), ask.key()));
        }
    }

    #[test]
    fn spellings_of_one_ask_have_one_url_and_one_key() {
        let check = |path: &str, query: &str, url: &str, key: &str| {
            let ask = AnyAsk::parse(path, query).unwrap();
            assert_eq!((&*ask.url(), &*ask.key()), (url, key));
        };
        check(
            "/api/properties",
            "type=condo&City=%20AUSTIN%20&page=1",
            "/api/properties/?city=austin&property_type=condo",
            "hearth:properties:v2:city=austin&property_type=condo",
        );
        check(
            "/api/recipes/count/",
            "page=7&sort=title",
            "/api/recipes/count/",
            "hearth:recipes:v3:@count:",
        );
        check(
            "/api/properties/0042",
            "x=1",
            "/api/properties/42/",
            "hearth:properties:v2:@object:42",
        );
        check(
            "/api/properties/42/history",
            "",
            "/api/properties/42/history/",
            "hearth:properties:v2:@history:42:",
        );
        check(
            "/api/properties/similar/",
            "to=42&price=450000.00&type=house&city=Austin&page=3&q=x",
            "/api/properties/similar/?city=austin&price=450000&property_type=house&to=42",
            "hearth:properties:v2:@similar:city=austin&price=450000&property_type=house&to=42",
        );
    }

    #[test]
    fn unknown_paths_are_not_found_and_invalid_parameters_are_named() {
        for path in [
            "/api/",
            "/api/cars/",
            "/api/properties/x/",
            "/api/properties/42/x/",
            "/api/properties/42/history/x",
            "/api/properties//",
            "/api/recipes/similar/",
            "/properties",
        ] {
            assert_eq!(
                AnyAsk::parse(path, "").err(),
                Some(UrlError::NotFound),
                "{path}"
            );
        }
        let check = |path: &str, query: &str, parameter: &str| {
            let Err(UrlError::Parameters(rejection)) = AnyAsk::parse(path, query) else {
                panic!("{path}?{query} was accepted");
            };
            assert_eq!(rejection.errors()[0].parameter, parameter);
        };
        check("/api/properties/", "bedrooms=abc", "bedrooms");
        check("/api/properties/facets/", "max_price=-1", "max_price");
        check(
            "/api/properties/similar/",
            "city=x&price=1&type=house",
            "to",
        );
        check(
            "/api/properties/similar/",
            "city=x&price=y&type=house&to=1",
            "price",
        );
    }

    #[test]
    fn lifetimes_are_those_that_the_catalogue_declares() {
        for (url, policy) in [
            ("/api/recipes/", "every 86400 s"),
            ("/api/recipes/facets/", "every 86400 s"),
            ("/api/recipes/trending/", "every 60 s, stored 300 s"),
            ("/api/properties/", "standard"),
            ("/api/properties/facets/", "standard"),
            ("/api/properties/trending/", "every 60 s, stored 300 s"),
        ] {
            let ask = AnyAsk::parse(url, "").unwrap();
            let policy = policy.replace("standard", &CachePolicy::standard().to_string());
            assert_eq!(ask.policy().to_string(), policy, "{url}");
        }
    }

    #[test]
    fn a_search_is_never_stored() {
        let ask = AnyAsk::parse("/api/properties/", "q=garden").unwrap();
        assert!(!ask.policy().is_stored());
        let ask = AnyAsk::parse("/api/properties/", "").unwrap();
        assert!(ask.policy().is_stored());
    }
}
