//! Hearth's asks, one per file: the URL, what the answer depends on, how long it is cached.

mod computed;
mod count;
mod facets;
mod history;
mod list;
mod object;
mod similar;
mod touch;
mod trending;

pub use computed::Computed;
pub use count::Count;
pub use facets::Facets;
pub use history::History;
pub use list::List;
pub use object::Object;
pub use similar::Similar;
pub use touch::{Decisive, Touch};
pub use trending::Trending;

/// How a list and its facets are cached, by the lifetimes that are declared with the catalogue. A
/// text search is answered and never stored.
fn lists(query: &catalogue::normalizer::Query) -> ask::CachePolicy {
    let interval = catalogue::lifetimes(query.schema().catalogue).lists;
    let policy = interval.map_or_else(ask::CachePolicy::standard, ask::CachePolicy::every);
    policy.unless_bypass(query)
}

/// The implementation that all asks share: the parts of [`ask::Ask`] that follow from the others,
/// and parsing from a URL. The catalogue comes from a field that is its schema or a query; a query
/// that is a search or a preview is answered and never stored.
macro_rules! ask {
    ($name:ident, schema $field:ident) => {
        ask!($name, |ask| ask.$field, |_| Self::CACHE);
    };
    ($name:ident, query $field:ident) => {
        ask!($name, |ask| ask.$field.schema(), |ask| Self::CACHE
            .unless_bypass(&ask.$field));
    };
    ($name:ident, |$about:ident| $schema:expr, |$cached:pat_param| $policy:expr) => {
        impl $name {
            pub(crate) fn schema(&self) -> &'static ::catalogue::normalizer::Schema {
                let $about = self;
                $schema
            }

            pub(crate) fn cache_policy(&self) -> ::ask::CachePolicy {
                let $cached = self;
                $policy
            }
        }

        impl ::ask::FromUrl for $name {
            fn from_url(path: &str, query: &str) -> Result<Self, ::ask::UrlError> {
                match $crate::AnyAsk::parse(path, query)?.kind() {
                    $crate::Kind::$name(ask) => Ok(ask.clone()),
                    _ => Err(::ask::UrlError::NotFound),
                }
            }
        }

        impl From<$name> for $crate::AnyAsk {
            fn from(ask: $name) -> Self {
                Self::new($crate::Kind::$name(ask))
            }
        }

        impl ::ask::Ask for $name {
            type Image = ::catalogue::Image;

            fn url(&self) -> std::borrow::Cow<'_, str> {
                self.canonical_url().into()
            }

            fn key(&self) -> std::borrow::Cow<'_, str> {
                self.cache_key().into()
            }

            fn catalogue(&self) -> &'static str {
                self.schema().catalogue
            }

            fn policy(&self) -> ::ask::CachePolicy {
                self.cache_policy()
            }

            fn is_touched_by(
                &self,
                before: Option<&::catalogue::Image>,
                after: Option<&::catalogue::Image>,
            ) -> bool {
                self.touch().is_touched_by(before, after)
            }

            fn is_withdrawn(&self, image: Option<&::catalogue::Image>) -> bool {
                ::catalogue::by_name(self.schema().catalogue)
                    .is_none_or(|catalogue| catalogue.is_withdrawn(image))
            }
        }
    };
}
use ask;
