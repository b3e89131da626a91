//! The types of the GraphQL API, made from the catalogues' declarations.

use std::collections::HashMap;

use ask::{Ask, CachePolicy};
use async_graphql::{
    ValidationMode,
    dynamic::{
        Field, FieldFuture, InputValue, Interface, InterfaceField, Object, ResolverContext, Schema,
        SchemaError, Type, TypeRef,
    },
};
use catalogue::{
    Aggregate, Catalogue, Encoding,
    normalizer::{Kind, Query},
};
use site::{AnyAsk, Count, Facets, History, List, Trending};

use super::{
    hooks::Hooks,
    mutations,
    names::{camel, pascal, row_type, trending_field},
    resolve,
    values::{self, DATE_TIME, MONEY, Shown},
};

/// The type of the fields that an operation starts from.
pub(super) const QUERY: &str = "Query";
/// The type of the fields that a mutation starts from.
const MUTATION: &str = "Mutation";
/// A row of any catalogue.
pub(super) const NODE: &str = "Node";

/// The schema, and what normalizing an operation has to know of its fields.
pub(super) struct Types {
    /// Checks operations as they are sent; executes mutations and introspection.
    pub(super) checking: Schema,
    /// Executes normalized queries, which need no more checks.
    pub(super) executing: Schema,
    shapes: HashMap<String, HashMap<String, Shape>>,
}

/// What normalizing an operation has to know of a field.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// The type of the objects that it gives; `None` for plain values.
    pub(super) object: Option<String>,
    pub(super) takes: Takes,
    /// How many answers it may need.
    pub(super) answers: u64,
    pub(super) gives: Gives,
    /// What is there of its row without looking it up, if that is embedded in another one.
    pub(super) embedded: Option<Embedded>,
}

/// What a row embeds of another: the fields of its catalogue whose paths have this beginning.
#[derive(Debug, Clone)]
pub(super) struct Embedded {
    pub(super) catalogue: &'static Catalogue,
    pub(super) below: String,
}

/// Which arguments a field takes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Takes {
    Nothing,
    /// The parameters of a catalogue's list.
    List(&'static Catalogue),
    /// The id of a row.
    Id,
    /// The id of a row among those of all catalogues.
    NodeId,
}

/// How many objects or values a field gives, at most.
#[derive(Debug, Clone, Copy)]
pub(super) enum Gives {
    /// About so many.
    About(u64),
    /// A page of the list that it is in.
    Page,
}

impl Types {
    /// The types of all catalogues.
    ///
    /// # Errors
    /// If they contradict each other, which a test would show.
    pub(super) fn new() -> Result<Self, SchemaError> {
        let Gathered { types, shapes } = Gathered::all();
        let checking = Schema::build(QUERY, Some(MUTATION), None).extension(Hooks);
        let executing = Schema::build(QUERY, Some(MUTATION), None)
            .validation_mode(ValidationMode::Fast)
            .disable_introspection()
            .extension(Hooks);
        let checking = types.into_iter().fold(checking, |all, it| all.register(it));
        let again = Gathered::all().types.into_iter();
        Ok(Self {
            checking: checking.finish()?,
            executing: again.fold(executing, |all, it| all.register(it)).finish()?,
            shapes,
        })
    }

    /// What is known of a field of a type.
    pub(super) fn shape(&self, of: &str, field: &str) -> Option<&Shape> {
        self.shapes.get(of)?.get(field)
    }
}

/// A field with its shape.
struct Described {
    name: String,
    field: Field,
    shape: Shape,
}

impl Described {
    /// A field of what is in the answer already.
    fn new<F>(name: impl Into<String>, of: TypeRef, resolver: F) -> Self
    where
        F: for<'a> Fn(ResolverContext<'a>) -> FieldFuture<'a> + Send + Sync + 'static,
    {
        let name = name.into();
        let object = (!values::is_scalar(of.type_name())).then(|| of.type_name().to_owned());
        let shape = Shape {
            object,
            takes: Takes::Nothing,
            answers: 0,
            gives: Gives::About(1),
            embedded: None,
        };
        let field = Field::new(&*name, of, resolver);
        Self { name, field, shape }
    }

    fn about(mut self, about: impl Into<String>) -> Self {
        self.field = self.field.description(about);
        self
    }

    /// The same, which needs answers of its own.
    fn needs(mut self, answers: u64) -> Self {
        self.shape.answers = answers;
        self
    }

    fn gives(mut self, gives: Gives) -> Self {
        self.shape.gives = gives;
        self
    }

    fn takes(mut self, takes: Takes) -> Self {
        self.shape.takes = takes;
        self
    }

    fn argument(mut self, argument: InputValue) -> Self {
        self.field = self.field.argument(argument);
        self
    }
}

#[derive(Default)]
struct Gathered {
    types: Vec<Type>,
    shapes: HashMap<String, HashMap<String, Shape>>,
}

impl Gathered {
    fn all() -> Self {
        let mut all = Self::default();
        all.types.extend(values::scalars().map(Type::from));
        let node = Interface::new(NODE)
            .description("A row of any catalogue.")
            .field(
                InterfaceField::new("nodeId", TypeRef::named_nn(TypeRef::ID))
                    .description("Its id among the rows of all catalogues, for `node`."),
            );
        all.types.push(node.into());
        // Of a row that there is not, only this can be selected.
        let node_id = plain("nodeId", TypeRef::ID).shape;
        let of_node = HashMap::from([("nodeId".to_owned(), node_id)]);
        all.shapes.insert(NODE.to_owned(), of_node);
        all.shared_objects();
        let mut roots = vec![node_field()];
        let mut mutations = Object::new(MUTATION).description(
            "Edits, acknowledged once no node serves an answer from before them. They need a bearer \
             token, or a session with its CSRF token in `x-csrf-token`, and POST.",
        );
        for catalogue in catalogue::all() {
            all.row(catalogue);
            all.facets(catalogue);
            all.list(catalogue);
            roots.extend(root_fields(catalogue));
            let (input, fields) = mutations::of(catalogue);
            all.types.push(input.into());
            mutations = fields.into_iter().fold(mutations, Object::field);
        }
        all.object(Object::new(QUERY), roots);
        all.types.push(mutations.into());
        all
    }

    /// Adds a type with these fields.
    fn object(&mut self, object: Object, fields: Vec<Described>) {
        let name = object.type_name().to_owned();
        let shapes = fields.iter().map(|it| (it.name.clone(), it.shape.clone()));
        self.shapes.insert(name, shapes.collect());
        let fields = fields.into_iter().map(|it| it.field);
        self.types.push(fields.fold(object, Object::field).into());
    }

    /// The types that do not depend on a catalogue.
    fn shared_objects(&mut self) {
        self.object(
            Object::new("PageInfo").description("Where a page is in its list."),
            vec![
                plain("page", "Int").about("Counted from 1."),
                plain("pageSize", "Int").about("How many rows a page has at most."),
                plain("pages", "Int").about("How many pages the list has."),
                plain("hasNextPage", "Boolean"),
                plain("hasPreviousPage", "Boolean"),
            ],
        );
        self.object(
            Object::new("Facet").description("The options of one facet."),
            vec![
                plain("total", "Int").about("How many rows match the filters of all other facets."),
                objects("options", "FacetOption").about("Empty for a scale."),
                Described::new("scale", TypeRef::named("FacetScale"), |ctx| {
                    resolve::inner_or_null(&ctx, "scale")
                })
                .about("Null for a facet with options, and where no row matches."),
            ],
        );
        self.object(
            Object::new("FacetOption").description("An option of a facet."),
            vec![
                plain("value", "String").about("As the argument takes it."),
                plain("count", "Int").about("How many rows there are with it."),
                nullable("label", "String")
                    .about("As the rows spell it, where that says more: San José for san-jose."),
            ],
        );
        self.object(
            Object::new("FacetScale").description(
                "Marks with about the same number of rows between any two adjacent ones.",
            ),
            vec![
                list("marks", "Float").about("In the argument's unit, ascending."),
                list("counts", "Int").about("How many rows lie from each mark to the next."),
            ],
        );
        self.object(
            Object::new("Price").description("A price that a row has or had."),
            vec![
                plain("at", DATE_TIME).about("When it took effect."),
                plain("price", MONEY),
            ],
        );
        self.object(
            Object::new("Deleted").description("What is left of a row."),
            vec![
                plain("id", "ID"),
                plain("revision", "String").about("That of the edit."),
            ],
        );
    }

    /// The type of a catalogue's rows, and those of the objects in them.
    fn row(&mut self, catalogue: &'static Catalogue) {
        let name = row_type(catalogue);
        let mut fields = self.fields_below(catalogue, "", &name);
        let node_id = Described::new("nodeId", TypeRef::named_nn(TypeRef::ID), |ctx| {
            resolve::node_id(&ctx)
        });
        fields.push(node_id.about("Its id for `node`."));
        if catalogue
            .fields
            .iter()
            .any(|it| it.encoding == Encoding::Money)
        {
            let of = TypeRef::named_nn_list_nn("Price");
            let prices = Described::new("history", of, resolve::history).needs(1);
            let about = cached("The prices that it has had.", History::CACHE);
            fields.push(prices.gives(Gives::About(4)).about(about));
        }
        if AnyAsk::examples(catalogue.schema).iter().any(is_similar) {
            let of = TypeRef::named_nn_list_nn(&*name);
            let similar = Described::new("similar", of, resolve::similar).needs(1);
            fields.push(similar.gives(Gives::About(6)).about("Those most like it."));
        }
        for what in catalogue.computed {
            let scalar = match what.aggregate {
                Aggregate::Average { encoding, .. } => values::shown("", encoding).scalar,
                Aggregate::Count | Aggregate::MedianDays { .. } => "Int",
            };
            let value = Described::new(camel(what.name), TypeRef::named(scalar), |ctx| {
                resolve::computed(ctx, what)
            });
            let policy = what
                .every
                .map_or(CachePolicy::on_change(), CachePolicy::every);
            let about = cached(
                "Computed from the rows that refer to it; null if there are none.",
                policy,
            );
            fields.push(value.needs(1).about(about));
        }
        let object = Object::new(name)
            .description(format!("A row of the catalogue {}.", catalogue.name()))
            .implement(NODE);
        self.object(object, fields);
    }

    /// The fields of a row below a part of their path, `agent.` for example, in a type of that name.
    fn fields_below(
        &mut self,
        catalogue: &'static Catalogue,
        below: &str,
        name: &str,
    ) -> Vec<Described> {
        let mut fields: Vec<Described> = Vec::new();
        for field in catalogue.fields {
            let Some(rest) = field.path.strip_prefix(below) else {
                continue;
            };
            let Some((inner, _)) = rest.split_once('.') else {
                fields.push(member(rest, values::shown(field.path, field.encoding)));
                continue;
            };
            let is_there = |it: &Described| it.name == camel(inner);
            if fields.last().is_some_and(is_there) {
                continue;
            }
            // A row of another catalogue, of which this one embeds a part.
            let other = field.embedded_table().and_then(catalogue::by_name);
            let embedded = other.map(|other| other.schema);
            let of = match other {
                Some(other) => row_type(other),
                None => {
                    let of = format!("{name}{}", pascal(inner));
                    let inside = self.fields_below(catalogue, &format!("{below}{inner}."), &of);
                    let about = format!("A part of {name}.");
                    self.object(Object::new(&*of).description(about), inside);
                    of
                }
            };
            let mut object =
                Described::new(
                    camel(inner),
                    TypeRef::named_nn(&*of),
                    move |ctx| match embedded {
                        Some(schema) => resolve::embedded(&ctx, inner, schema),
                        None => resolve::inner(&ctx, inner),
                    },
                );
            if embedded.is_some() {
                object = object.about(
                    "What a list shows of it costs nothing more; its other fields are looked up.",
                );
                object.shape.embedded = Some(Embedded {
                    catalogue,
                    below: format!("{below}{inner}."),
                });
            }
            fields.push(object);
        }
        fields
    }

    fn facets(&mut self, catalogue: &'static Catalogue) {
        let count = plain("count", "Int").about("How many rows match all filters.");
        let each = catalogue.facets.iter().map(|facet| {
            Described::new(camel(facet.name), TypeRef::named_nn("Facet"), |ctx| {
                resolve::inner(&ctx, facet.name)
            })
            .gives(Gives::About(10))
            .about(facet.label)
        });
        let object = Object::new(facets_type(catalogue))
            .description("How many rows each further choice would leave.");
        self.object(object, std::iter::once(count).chain(each).collect());
    }

    fn list(&mut self, catalogue: &'static Catalogue) {
        let all = Query::all(catalogue.schema);
        let (lists, facets) = (
            List { query: all.clone() }.policy(),
            Facets::of(&all).policy(),
        );
        let rows = TypeRef::named_nn_list_nn(row_type(catalogue));
        let options = TypeRef::named_nn(facets_type(catalogue));
        let fields = vec![
            Described::new("count", TypeRef::named_nn("Int"), |ctx| {
                resolve::count(&ctx)
            })
            .about(cached(
                "How many rows match, on all pages together.",
                Count::CACHE,
            )),
            Described::new("nodes", rows, |ctx| resolve::nodes(&ctx))
                .gives(Gives::Page)
                .about(cached("The rows of this page.", lists)),
            Described::new("facets", options, resolve::facets)
                .needs(1)
                .about(cached(
                    "How many rows each further choice would leave.",
                    facets,
                )),
            Described::new("pageInfo", TypeRef::named_nn("PageInfo"), |ctx| {
                resolve::page_info(&ctx)
            }),
        ];
        let about = format!("A page of a list of {}.", catalogue.name());
        self.object(Object::new(list_type(catalogue)).description(about), fields);
    }
}

/// The fields of the query about a catalogue.
fn root_fields(catalogue: &'static Catalogue) -> Vec<Described> {
    let list = TypeRef::named(list_type(catalogue));
    let mut rows = Described::new(catalogue.name(), list, move |ctx| {
        resolve::list(ctx, catalogue)
    })
    .needs(1)
    .takes(Takes::List(catalogue))
    .about(format!(
        "A list, with the parameters of GET /api/{}/. Both share one cached answer.",
        catalogue.name()
    ));
    for parameter in catalogue.schema.all() {
        let of = values::taken(catalogue, parameter).taken();
        rows = rows.argument(
            InputValue::new(camel(parameter.name), of)
                .description(about(parameter.kind, parameter.default)),
        );
    }
    let row = TypeRef::named(row_type(catalogue));
    let one = Described::new(catalogue.singular, row, move |ctx| {
        resolve::row(ctx, catalogue)
    })
    .needs(1)
    .takes(Takes::Id)
    .about("One row; null if there is none.")
    .argument(InputValue::new("id", TypeRef::named_nn(TypeRef::ID)));
    let most = TypeRef::named_nn_list(row_type(catalogue));
    let schema = catalogue.schema;
    let trending = Described::new(trending_field(catalogue), most, move |ctx| {
        resolve::trending(ctx, schema)
    })
    .needs(1)
    .gives(Gives::About(12))
    .about(cached("The most viewed rows.", Trending::cache(schema)));
    vec![rows, one, trending]
}

fn node_field() -> Described {
    Described::new("node", TypeRef::named(NODE), resolve::node)
        .needs(1)
        .takes(Takes::NodeId)
        .about("The row with this nodeId; null if there is none.")
        .argument(InputValue::new("id", TypeRef::named_nn(TypeRef::ID)))
}

/// A field that shows the member of that name.
fn member(name: &'static str, Shown { scalar, is_list }: Shown) -> Described {
    let of = match is_list {
        true => TypeRef::named_nn_list_nn(scalar),
        false => TypeRef::named_nn(scalar),
    };
    Described::new(camel(name), of, move |ctx| {
        resolve::member(ctx, name, scalar)
    })
}

fn plain(name: &'static str, scalar: &'static str) -> Described {
    member(
        name,
        Shown {
            scalar,
            is_list: false,
        },
    )
}

fn list(name: &'static str, scalar: &'static str) -> Described {
    member(
        name,
        Shown {
            scalar,
            is_list: true,
        },
    )
}

fn nullable(name: &'static str, scalar: &'static str) -> Described {
    Described::new(name, TypeRef::named(scalar), move |ctx| {
        resolve::member_or_null(&ctx, name, scalar)
    })
}

fn objects(name: &'static str, of: &'static str) -> Described {
    Described::new(name, TypeRef::named_nn_list_nn(of), move |ctx| {
        resolve::objects(&ctx, name)
    })
}

fn list_type(catalogue: &Catalogue) -> String {
    row_type(catalogue) + "List"
}

fn facets_type(catalogue: &Catalogue) -> String {
    row_type(catalogue) + "Facets"
}

fn is_similar(ask: &AnyAsk) -> bool {
    matches!(ask.kind(), site::Kind::Similar(_))
}

/// What an argument takes, in words.
fn about(kind: Kind, default: Option<&str>) -> String {
    let values = match kind {
        Kind::Choices { of, .. } | Kind::Choice(of) => format!("One of {}.", of.join(", ")),
        Kind::Number { min, max } | Kind::Money { min, max } | Kind::Integer { min, max, .. } => {
            format!("From {min} to {max}.")
        }
        Kind::Tokens { .. } => "In any spelling.".to_owned(),
        Kind::Text => "Words to search for. The answer is not cached.".to_owned(),
        Kind::Flag => "The answer is not cached.".to_owned(),
    };
    match default {
        Some(default) => format!("{values} Default: {default}."),
        None => values,
    }
}

fn cached(about: &str, policy: CachePolicy) -> String {
    format!("{about} Revalidated: {policy}.")
}
