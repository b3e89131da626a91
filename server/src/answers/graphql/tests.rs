//! Generated queries: each meaning is written in several spellings, and must always become the same
//! text, which no other meaning becomes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use async_graphql::{Request, Variables};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};
use serde_json::{Value, json};

use super::{operation::Operation, schema::Types};

/// How many meanings are generated, and in how many spellings each is written.
const MEANINGS: usize = 1_500;
const SPELLINGS: usize = 4;

/// What a query means: fields of the root, in order.
type Meaning = Vec<Field>;

/// A field: its name in the response, its own, its arguments as a canonical list has them, and what
/// is selected of it, in order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Field {
    key: String,
    name: &'static str,
    arguments: BTreeMap<&'static str, Vec<String>>,
    inside: Vec<Field>,
    /// The type that a fragment in it is on; empty for plain values.
    of: &'static str,
}

struct Generator(ChaCha8Rng);

impl Generator {
    fn below(&mut self, end: usize) -> usize {
        self.0.next_u32() as usize % end
    }

    fn tossed(&mut self) -> bool {
        self.below(2) == 0
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    fn shuffled<T>(&mut self, mut all: Vec<T>) -> Vec<T> {
        for at in (1..all.len()).rev() {
            let other = self.below(at + 1);
            all.swap(at, other);
        }
        all
    }

    /// Some of these fields without anything inside, at least one, in any order.
    fn plain(&mut self, names: &[&'static str]) -> Vec<Field> {
        let many = 1 + self.below(names.len());
        let chosen = self.shuffled(names.to_vec()).into_iter().take(many);
        chosen
            .map(|name| self.field(name, "", Vec::new()))
            .collect()
    }

    fn field(&mut self, name: &'static str, of: &'static str, inside: Vec<Field>) -> Field {
        let key = match self.below(6) {
            0 => format!("{name}{}", self.below(2)),
            _ => name.to_owned(),
        };
        let arguments = BTreeMap::new();
        Field {
            key,
            name,
            arguments,
            inside,
            of,
        }
    }

    fn meaning(&mut self) -> Meaning {
        let mut fields: Vec<Field> = (0..=self.below(2)).map(|_| self.root()).collect();
        let mut keys = BTreeSet::new();
        fields.retain(|field| keys.insert(field.key.clone()));
        fields
    }

    fn root(&mut self) -> Field {
        match self.below(4) {
            0 => {
                let inside = self.plain(&["id", "title", "price", "bedrooms"]);
                let mut home = self.field("property", "Property", inside);
                home.arguments.insert("id", vec![self.below(3).to_string()]);
                home
            }
            1 => {
                let mut list = self.list(
                    "recipes",
                    "RecipeList",
                    "Recipe",
                    &["title", "servings", "steps"],
                );
                if self.tossed() {
                    list.arguments.insert(
                        "cuisine",
                        vec![self.one_of(&["italian", "thai"]).to_owned()],
                    );
                }
                list
            }
            _ => {
                let mut list = self.list(
                    "properties",
                    "PropertyList",
                    "Property",
                    &["id", "price", "address"],
                );
                if self.tossed() {
                    let cities = ["austin", "dallas", "san-jose"];
                    let many = 1 + self.below(2);
                    let mut chosen: Vec<String> = self
                        .shuffled(cities.to_vec())
                        .into_iter()
                        .take(many)
                        .map(str::to_owned)
                        .collect();
                    chosen.sort_unstable();
                    list.arguments.insert("city", chosen);
                }
                if self.tossed() {
                    list.arguments
                        .insert("bedrooms", vec![self.one_of(&["1", "2", "3"]).to_owned()]);
                }
                if self.tossed() {
                    list.arguments.insert(
                        "maxPrice",
                        vec![self.one_of(&["400000", "400000.5", "450000"]).to_owned()],
                    );
                }
                if self.tossed() {
                    list.arguments
                        .insert("sort", vec![self.one_of(&["price", "-price"]).to_owned()]);
                }
                list
            }
        }
    }

    fn list(
        &mut self,
        name: &'static str,
        of: &'static str,
        row: &'static str,
        fields: &[&'static str],
    ) -> Field {
        let mut inside = vec![self.field("count", "", Vec::new())];
        let rows = self.plain(fields);
        inside.push(self.field("nodes", row, rows));
        if self.tossed() {
            let place = self.plain(&["page", "pages", "hasNextPage"]);
            inside.push(self.field("pageInfo", "PageInfo", place));
        }
        let many = 1 + self.below(inside.len());
        let inside = self.shuffled(inside).into_iter().take(many).collect();
        let mut list = self.field(name, of, inside);
        for (argument, values) in [("page", ["2", "3"]), ("pageSize", ["5", "100"])] {
            if self.tossed() {
                list.arguments
                    .insert(argument, vec![self.one_of(&values).to_owned()]);
            }
        }
        list
    }
}

/// Writes a meaning in one spelling.
struct Writer<'g> {
    generator: &'g mut Generator,
    /// The definitions of variables, their values, and named fragments.
    defined: Vec<String>,
    variables: serde_json::Map<String, Value>,
    fragments: String,
    fragment_count: usize,
}

impl Writer<'_> {
    fn write(generator: &mut Generator, meaning: &Meaning) -> Request {
        let mut writer = Writer {
            generator,
            defined: Vec::new(),
            variables: serde_json::Map::new(),
            fragments: String::new(),
            fragment_count: 0,
        };
        let body = writer.selection(meaning, "Query");
        let head = match (writer.defined.is_empty(), writer.generator.below(3)) {
            (true, 0) => String::new(),
            (true, 1) => "query".to_owned(),
            (true, _) => format!("query Q{} ", writer.generator.below(9)),
            (false, 0) => format!("query Named({})", writer.defined.join(", ")),
            (false, _) => format!("query({})", writer.defined.join(" ")),
        };
        let text = format!("{head}{body}{}", writer.fragments);
        Request::new(text).variables(Variables::from_json(Value::Object(writer.variables)))
    }

    fn space(&mut self) -> &'static str {
        self.generator
            .one_of(&[" ", "  ", ", ", "\n", "\t", " # a comment\n"])
    }

    fn selection(&mut self, fields: &[Field], of: &'static str) -> String {
        let mut written: Vec<String> = Vec::new();
        for field in fields {
            let text = self.field(field);
            let text = match self.generator.below(8) {
                0 => format!("...{{{text}}}"),
                1 => format!("... on {of} {{{text}}}"),
                2 => {
                    self.fragment_count += 1;
                    let name = format!("f{}", self.fragment_count);
                    let space = self.space();
                    self.fragments += &format!("{space}fragment {name} on {of}{{{text}}}");
                    format!("...{name}")
                }
                // Twice the same, or something that is skipped.
                3 if field.inside.is_empty() => format!("{text} {text}"),
                4 => format!("{text} skipped: __typename @skip(if: true)"),
                _ => text,
            };
            written.push(text);
        }
        let space = self.space();
        format!("{{{}}}", written.join(space))
    }

    fn field(&mut self, field: &Field) -> String {
        let mut text = match field.key == field.name {
            true => field.name.to_owned(),
            false => format!("{}: {}", field.key, field.name),
        };
        let mut arguments = Vec::new();
        for (name, values) in &field.arguments {
            let (of, value) = self.spelled(name, values);
            let value = match self.generator.below(3) {
                0 => self.variable(of, value),
                _ => literal(&value),
            };
            arguments.push(format!("{name}:{value}"));
        }
        let may_take = |name: &str| !field.arguments.contains_key(name);
        if field.of.ends_with("List") {
            for (name, default) in [
                ("page", "1"),
                ("pageSize", "20"),
                ("city", "[]"),
                ("q", "null"),
                ("minPrice", "0"),
            ] {
                let has = field.name == "properties" || !matches!(name, "city" | "minPrice");
                if has && may_take(name) && self.generator.below(6) == 0 {
                    arguments.push(format!("{name}: {default}"));
                }
            }
        }
        if !arguments.is_empty() {
            let space = self.space();
            text += &format!("({})", self.generator.shuffled(arguments).join(space));
        }
        if self.generator.below(8) == 0 {
            text += " @include(if: true)";
        }
        if !field.of.is_empty() {
            text += &self.selection(&field.inside, field.of);
        }
        text
    }

    /// An argument's values in some spelling, with the type of a variable for them.
    fn spelled(&mut self, name: &str, values: &[String]) -> (&'static str, Value) {
        match name {
            "city" | "cuisine" => {
                let values = values.iter().map(|value| match self.generator.below(4) {
                    0 => value.to_uppercase(),
                    1 => format!(" {value} "),
                    2 => value.replace('-', " "),
                    _ => value.clone(),
                });
                let values: Vec<String> = values.collect();
                let values = self.generator.shuffled(values);
                ("[String!]", json!(values))
            }
            "sort" => ("String", json!(values[0])),
            "maxPrice" => {
                let price: f64 = values[0].parse().unwrap();
                match self.generator.below(3) {
                    0 => ("Money", json!(format!("${price:.2}"))),
                    1 => ("Money", json!(price)),
                    _ => ("Money", json!(values[0])),
                }
            }
            "id" => {
                let id: i64 = values[0].parse().unwrap();
                match self.generator.tossed() {
                    true => ("ID!", json!(id)),
                    false => ("ID!", json!(format!("00{id}"))),
                }
            }
            _ => ("Int", json!(values[0].parse::<i64>().unwrap())),
        }
    }

    fn variable(&mut self, of: &str, value: Value) -> String {
        let name = format!("v{}", self.defined.len());
        if !of.ends_with('!') && self.generator.below(3) == 0 {
            self.defined
                .push(format!("${name}:{of}={}", literal(&value)));
        } else {
            self.defined.push(format!("${name}: {of}"));
            self.variables.insert(name.clone(), value);
        }
        format!("${name}")
    }
}

/// A value as it is written in a document: the same as JSON, as there are no objects.
fn literal(value: &Value) -> String {
    value.to_string()
}

async fn text_of(types: &Types, request: &Request) -> String {
    match types.operation(request).await {
        Ok(Operation::Query { text, is_stored }) => {
            assert!(is_stored);
            text
        }
        other => panic!("{}: {other:?}", request.query),
    }
}

#[tokio::test]
async fn spellings_of_one_meaning_have_one_text_and_no_two_meanings_share_one() {
    let types = Types::new().unwrap();
    let mut generator = Generator(ChaCha8Rng::seed_from_u64(19));
    let mut meanings: HashMap<String, Meaning> = HashMap::new();
    for _ in 0..MEANINGS {
        let meaning = generator.meaning();
        let mut texts = BTreeSet::new();
        for _ in 0..SPELLINGS {
            let request = Writer::write(&mut generator, &meaning);
            texts.insert(text_of(&types, &request).await);
        }
        assert_eq!(texts.len(), 1, "{meaning:?} has the texts {texts:?}");
        let text = texts.pop_first().unwrap();
        // The text is a query, and its own.
        assert_eq!(text_of(&types, &Request::new(&*text)).await, text);
        let other = meanings
            .entry(text.clone())
            .or_insert_with(|| meaning.clone());
        assert_eq!(*other, meaning, "both are {text}");
    }
    println!("{} meanings", meanings.len());
    assert!(meanings.len() > MEANINGS / 2);
}

#[tokio::test]
async fn what_is_wrong_is_said_in_words() {
    let types = Types::new().unwrap();
    for (query, why) in [
        ("{properties(bedrooms:\"many\"){count}}", "bedrooms"),
        (
            "{properties(bedrooms:-1){count}}",
            "a whole number from 0 to 100",
        ),
        (
            "{properties(minPrice:5,maxPrice:3){count}}",
            "at most max_price=3",
        ),
        ("{properties(color:\"red\"){count}}", "color"),
        ("{houses{count}}", "houses"),
        ("{properties}", "selection of subfields"),
        ("query($id:ID!){property(id:$id){id}}", "id"),
        (
            "{a:property(id:1){x:title} a:property(id:1){x:price}}",
            "x stands for two different fields",
        ),
        ("{property(id:1){title}", "expected"),
        ("subscription{properties{count}}", "subscription"),
        ("query A{__typename} query B{__typename}", "Operation name"),
        (
            "{properties(pageSize:100){nodes{similar{similar{id}}}}}",
            "the limit is 500",
        ),
    ] {
        let refused = types.operation(&Request::new(query)).await.unwrap_err();
        let said: Vec<&str> = refused.iter().map(|error| &*error.message).collect();
        assert!(said.concat().contains(why), "{query}: {said:?}");
    }
}

#[tokio::test]
async fn empty_selections_nodes_and_searches_have_a_text_too() {
    let types = Types::new().unwrap();
    let nothing = "{properties{count @skip(if:true)}}";
    let text = text_of(&types, &Request::new(nothing)).await;
    assert_eq!(text, "{properties{__typename@skip(if:true)}}");
    assert_eq!(text_of(&types, &Request::new(&*text)).await, text);
    let node = "{node(id:\"recipes:7\"){...on Recipe{title} ...on Property{price} nodeId}}";
    let text = text_of(&types, &Request::new(node)).await;
    assert_eq!(text, "{node:recipe(id:\"7\"){title nodeId}}");
    let nowhere = text_of(&types, &Request::new("{node(id:\"x\"){nodeId}}")).await;
    assert_eq!(nowhere, "{node(id:\"x\"){nodeId}}");
    let search = Request::new("{properties(q:\"a pool\"){count}}");
    let Ok(Operation::Query { text, is_stored }) = types.operation(&search).await else {
        panic!("a search is a query");
    };
    assert_eq!(
        (&*text, is_stored),
        ("{properties(q:\"a pool\"){count}}", false)
    );
}

/// The schema in the guides is the one that is served.
#[test]
fn the_schema_in_the_guides_is_this_one() {
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schema.graphql");
    let served = Types::new().unwrap().checking.sdl();
    if std::env::var_os("HEARTH_UPDATE_DOCS").is_some() {
        std::fs::write(FILE, &served).unwrap();
    }
    let written = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        written == served,
        "HEARTH_UPDATE_DOCS=1 writes docs/schema.graphql"
    );
}
