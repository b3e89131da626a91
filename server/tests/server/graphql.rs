//! GraphQL on the same entries.

use std::time::Instant;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    on_both,
    process::Process,
    support::{Answer, Server, TOKEN},
};

const PATH: &str = "/api/graphql";

/// A request by POST.
async fn post(server: &Server, body: Value) -> Answer {
    let headers = [("content-type", "application/json")];
    let body = body.to_string().into_bytes();
    server.send(Method::POST, PATH, &headers, body).await
}

/// The response to a query by POST, which must have no errors.
async fn data(server: &Server, query: &str) -> Value {
    let answer = post(server, json!({ "query": query })).await;
    let mut response = answer.json();
    assert_eq!(response.get("errors"), None, "{query}: {response}");
    assert_eq!(answer.status, StatusCode::OK, "{query}");
    response["data"].take()
}

/// The same, by an editor.
async fn edit(server: &Server, query: &str) -> Answer {
    let token = format!("Bearer {TOKEN}");
    let headers = [
        ("content-type", "application/json"),
        ("authorization", &token),
    ];
    let body = json!({ "query": query }).to_string().into_bytes();
    server.send(Method::POST, PATH, &headers, body).await
}

/// How many statements the database ran for a response.
fn statements(answer: &Answer) -> u32 {
    let timing = answer.header("server-timing");
    let ran = timing.split("queries;desc=\"").nth(1).unwrap();
    ran.trim_end_matches('"').parse().unwrap()
}

/// How a query is written: its text, its variables and the operation's name.
type Spelling = (&'static str, Value, Option<&'static str>);

/// Twenty spellings of one query.
fn spellings() -> Vec<Spelling> {
    let plain = |text| (text, Value::Null, None);
    vec![
        plain("{properties(city:[\"austin\"],bedrooms:2){count nodes{id price}}}"),
        plain(
            "query { properties(city: [\"austin\"], bedrooms: 2) { count, nodes { id, price } } }",
        ),
        plain(
            "query Homes { properties(bedrooms: 2, city: [\"austin\"]) { count nodes { id price } } }",
        ),
        plain(
            "# a comment\n{\n  properties(\n    bedrooms: 2\n    city: \"AUSTIN\"\n  ) { count nodes { id price } }\n}",
        ),
        plain("{properties(city:[\"Austin\",\" austin \"],bedrooms:2){count nodes{id price}}}"),
        plain(
            "{properties(city:[\"austin\"],bedrooms:2,page:1,pageSize:20){count nodes{id price}}}",
        ),
        plain(
            "{properties(city:[\"austin\"],bedrooms:2,sort:\"-created_at\",status:[\"active\"]){count nodes{id price}}}",
        ),
        plain(
            "{properties(city:[\"austin\"],bedrooms:2,minPrice:0,state:[]){count nodes{id price}}}",
        ),
        plain("{properties(city:[\"austin\"],bedrooms:2,maxPrice:null){count nodes{id price}}}"),
        plain("{properties(city:[\"austin\"],bedrooms:2){nodes{price id} count}}"),
        plain(
            "{homes:properties(city:[\"austin\"],bedrooms:2){all:count rows:nodes{key:id asked:price}}}",
        ),
        plain(
            "{properties(city:[\"austin\"],bedrooms:2){...on PropertyList{count}nodes{...on Property{id}price}}}",
        ),
        plain(
            "{properties(city:[\"austin\"],bedrooms:2){...page}} fragment page on PropertyList{count nodes{...row}} fragment row on Property{id price}",
        ),
        plain("{properties(city:[\"austin\"],bedrooms:2){count nodes{id price id}count}}"),
        plain(
            "{properties(city:[\"austin\"],bedrooms:2){count @include(if:true) nodes{id price address @skip(if:true)}}}",
        ),
        (
            "query($city:[String!],$beds:Int){properties(city:$city,bedrooms:$beds){count nodes{id price}}}",
            json!({"city": ["austin"], "beds": 2}),
            None,
        ),
        (
            "query($city:[String!]=[\"austin\"],$beds:Int=2){properties(city:$city,bedrooms:$beds){count nodes{id price}}}",
            json!({}),
            None,
        ),
        (
            "query($yes:Boolean!){properties(city:[\"austin\"],bedrooms:2){count nodes{id price @include(if:$yes)}}}",
            json!({"yes": true}),
            None,
        ),
        (
            "query($all:[String!]){properties(city:[\"austin\"],bedrooms:2,propertyType:$all){count nodes{id price}}}",
            json!({"all": null}),
            None,
        ),
        (
            "query One{properties{count}} query Two{properties(city:[\"austin\"],bedrooms:2){count nodes{id price}}}",
            Value::Null,
            Some("Two"),
        ),
    ]
}

/// A spelling of a request as its body.
fn body((query, variables, name): &Spelling) -> Value {
    json!({ "query": query, "variables": variables, "operationName": name })
}

on_both! {
    async fn twenty_spellings_of_one_query_are_one_load(server: Server) {
        let list = server.get("/api/properties/?bedrooms=2&city=dallas").await;
        assert!(list.header("cache-status").contains("stored"));
        let all = spellings();
        assert_eq!(all.len(), 20);
        let mut addresses = std::collections::BTreeSet::new();
        for (at, spelling) in all.iter().enumerate() {
            let answer = post(&server, body(spelling)).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            let status = answer.header("cache-status");
            assert!(status.contains("key=\"hearth:properties:v2:bedrooms=2&city=austin\""), "{status}");
            assert_eq!(status.starts_with("hearth-memory; hit"), at > 0, "{}: {status}", spelling.0);
            addresses.insert(answer.header("link").to_owned());
        }
        // The order of fields and their aliases decide the bytes of a response, and nothing else does.
        assert_eq!(addresses.len(), 3, "{addresses:?}");
        // The same entry answers the REST API and pages.
        let rest = server.get("/api/properties/?bedrooms=2&city=austin").await;
        assert!(rest.header("cache-status").starts_with("hearth-memory; hit"));
        let page = server.get("/properties?bedrooms=2&city=austin").await;
        assert!(page.header("cache-status").starts_with("hearth-memory; hit"));
    }

    async fn a_query_gives_what_the_rest_api_gives(server: Server) {
        let rest = server.get("/api/properties/?city=austin&page=2&page_size=5&sort=price").await.json();
        let list = data(&server, "{properties(city:\"austin\",page:2,pageSize:5,sort:\"price\"){
            count nodes{id title propertyType price bedrooms bathrooms latitude viewCount version createdAt
              location{id city postalCode} agent{id name office{name city}} nodeId __typename}
            pageInfo{page pageSize pages hasNextPage hasPreviousPage}}}").await;
        let list = &list["properties"];
        assert_eq!(list["count"], rest["count"]);
        let pages = rest["count"].as_u64().unwrap().div_ceil(5);
        assert_eq!(list["pageInfo"], json!({"page": 2, "pageSize": 5, "pages": pages, "hasNextPage": pages > 2, "hasPreviousPage": true}));
        let rows = rest["results"].as_array().unwrap();
        assert_eq!(list["nodes"].as_array().unwrap().len(), rows.len());
        for (node, row) in list["nodes"].as_array().unwrap().iter().zip(rows) {
            let id = row["id"].to_string();
            assert_eq!(node["id"], id);
            assert_eq!(node["nodeId"], format!("properties:{id}"));
            assert_eq!(node["__typename"], "Property");
            for [name, rest] in [["title", "title"], ["propertyType", "property_type"], ["price", "price"], ["bathrooms", "bathrooms"], ["createdAt", "created_at"], ["viewCount", "view_count"]] {
                assert_eq!(node[name], row[rest], "{name}");
            }
            assert_eq!(node["location"]["postalCode"], row["location"]["postal_code"]);
            assert_eq!(node["agent"]["office"]["name"], row["agent"]["office"]["name"]);
        }
        let id = rows[0]["id"].as_i64().unwrap();
        let one = data(&server, &format!("{{property(id:{id}){{id history{{at price}} similar{{id}}}} again:property(id:\"0{id}\"){{title}}
            node(id:\"properties:{id}\"){{nodeId ...on Property{{price}} ...on Recipe{{servings}}}} recipe(id:7){{title steps nutrition{{calories}}}}}}")).await;
        assert_eq!(one["property"]["history"], server.get(&format!("/api/properties/{id}/history/")).await.json());
        assert_eq!(one["again"]["title"], rows[0]["title"]);
        assert_eq!(one["node"], json!({"nodeId": format!("properties:{id}"), "price": rows[0]["price"]}));
        let recipe = server.get("/api/recipes/7/").await.json();
        assert_eq!(one["recipe"], json!({"title": recipe["title"], "steps": recipe["steps"], "nutrition": {"calories": recipe["nutrition"]["calories"]}}));
        let facets = data(&server, "{recipes(cuisine:\"italian\"){facets{count cuisine{total options{value count}}}} trendingRecipes{id}}").await;
        let rest = server.get("/api/recipes/facets/?cuisine=italian").await.json();
        let cuisine = rest["facets"].as_array().unwrap().iter().find(|facet| facet["name"] == "cuisine").unwrap();
        assert_eq!(facets["recipes"]["facets"]["count"], rest["count"]);
        assert_eq!(facets["recipes"]["facets"]["cuisine"]["options"][0]["count"], cuisine["options"][0]["count"]);
        let trending = server.get("/api/recipes/trending/").await.json();
        assert_eq!(facets["trendingRecipes"].as_array().unwrap().len(), trending["results"].as_array().unwrap().len());
    }

    async fn fields_come_in_the_order_in_which_they_are_selected(server: Server) {
        for n in 0..12 {
            // The first is loaded, and ready last.
            let query = format!("{{slow:properties(minPrice:{n},pageSize:100){{nodes{{title id}} count}} quick:recipe(id:7){{title id}} facts:agents{{count facets{{city{{total}}}}}}}}");
            let text = post(&server, json!({"query": query})).await.text();
            let places = ["{\"data\":{\"slow\":{\"nodes\":[{\"title\":", "],\"count\":", "\"quick\":{\"title\":", "\"facts\":{\"count\":"].map(|part| text.find(part));
            assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}: {text}");
        }
    }

    async fn what_a_row_does_not_embed_is_looked_up(server: Server) {
        let list = data(&server, "{properties(pageSize:100){nodes{agent{id name biography languages office{name address} homesForSale averagePrice}}}}").await;
        let first = &list["properties"]["nodes"][0]["agent"];
        let id = first["id"].as_str().unwrap();
        let agent = server.get(&format!("/api/agents/{id}/")).await.json();
        for name in ["name", "biography", "languages"] {
            assert_eq!(first[name], agent[name]);
        }
        assert_eq!(first["office"], json!({"name": agent["office"]["name"], "address": agent["office"]["address"]}));
        let homes = server.get(&format!("/api/agents/{id}/computed/homes-for-sale/")).await.json();
        assert_eq!(first["homesForSale"], homes["value"]);
    }

    async fn an_edit_is_in_the_next_response_and_touches_no_other(server: Server) {
        let home = "{property(id:7){price}}";
        let other = "{property(id:9){price}}";
        data(&server, home).await;
        data(&server, other).await;
        server.patch("/api/properties/7/", json!({"price": "123456.00"})).await;
        assert_eq!(data(&server, home).await, json!({"property": {"price": "123456.00"}}));
        let hit = post(&server, json!({"query": other})).await;
        assert!(hit.header("cache-status").starts_with("hearth-memory; hit"), "{}", hit.header("cache-status"));
        // An edit that bypasses the server, of an answer that was empty, and of one that was null.
        let empty = "{properties(city:\"nowhere-yet\"){count nodes{id}} property(id:999999){id}}";
        assert_eq!(data(&server, empty).await, json!({"properties": {"count": 0, "nodes": []}, "property": null}));
        let hit = post(&server, json!({"query": empty})).await;
        assert!(hit.header("cache-status").starts_with("hearth-memory; hit"), "empty lists and nulls are cached");
        server.sql("UPDATE locations SET city = 'Nowhere yet' WHERE id = (SELECT location_id FROM properties WHERE id = 9)").await;
        server.sql("UPDATE properties SET status = 'active' WHERE id = 9").await;
        server.caught_up().await;
        let now = data(&server, empty).await;
        assert!(now["properties"]["count"].as_u64().unwrap() > 0, "{now}");
    }

    async fn a_mutation_is_an_edit(server: Server) {
        let query = "{property(id:7){price version}}";
        let before = data(&server, query).await;
        let version = before["property"]["version"].as_i64().unwrap();
        let set = |version: i64, price: &str| format!(
            "mutation{{updateProperty(id:7,ifVersion:{version},set:{{price:\"{price}\",bedrooms:3}}){{id price bedrooms version}}}}");
        let nobody = post(&server, json!({"query": set(version, "1.00")})).await;
        assert_eq!((nobody.status, nobody.header("www-authenticate")), (StatusCode::UNAUTHORIZED, "Bearer"));
        assert_eq!(nobody.json()["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
        let saved = edit(&server, &set(version, "777.00")).await;
        assert_eq!(saved.json()["data"]["updateProperty"], json!({"id": "7", "price": "777.00", "bedrooms": 3, "version": version + 1}));
        assert_eq!(data(&server, query).await["property"]["price"], "777.00");
        let late = edit(&server, &set(version, "1.00")).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{}", late.text());
        let error = &late.json()["errors"][0];
        assert_eq!(error["extensions"]["code"], "CONFLICT");
        assert_eq!(error["extensions"]["version"], version + 1);
        let wrong = edit(&server, "mutation{updateProperty(id:7,set:{bedrooms:-1}){id}}").await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        assert_eq!(wrong.json()["errors"][0]["extensions"]["fields"][0]["field"], "bedrooms");
        let missing = edit(&server, "mutation{deleteProperty(id:999999){id}}").await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        let by_get = server.get("/api/graphql?query=mutation%7BdeleteProperty(id%3A7)%7Bid%7D%7D").await;
        assert_eq!(by_get.status, StatusCode::METHOD_NOT_ALLOWED);
        let gone = edit(&server, "mutation{deleteProperty(id:7){id}}").await;
        assert_eq!(gone.json()["data"]["deleteProperty"]["id"], "7");
        assert_eq!(data(&server, "{property(id:7){id}}").await, json!({"property": null}));
    }

    async fn the_schema_is_for_those_who_may_log_in(server: Server) {
        let query = "{__schema{queryType{name} types{name fields{args{type{name ofType{name ofType{name}}}}}}}}";
        assert_eq!(post(&server, json!({"query": query})).await.status, StatusCode::UNAUTHORIZED);
        let seen = edit(&server, query).await;
        assert_eq!(seen.json()["data"]["__schema"]["queryType"]["name"], "Query");
        assert_eq!(seen.header("cache-control"), "no-store");
        // As deep as the query that tools send, which follows nine types of types.
        let of = "{kind name ofType".repeat(9) + "{kind name" + &"}".repeat(10);
        let deep = format!("query Tools{{__schema{{types{{...full}}}}}} fragment full on __Type{{fields(includeDeprecated:true){{args{{...input}}}}}} fragment input on __InputValue{{name type{{...of}}}} fragment of on __Type{of}");
        let seen = edit(&server, &deep).await.json();
        assert!(seen["data"]["__schema"]["types"].is_array(), "{seen}");
        let editor = server.get("/admin/graphql").await;
        assert_eq!((editor.status, editor.header("location")), (StatusCode::SEE_OTHER, "/admin/login?next=/admin/graphql"));
    }

    async fn responses_are_confirmed_and_said_in_the_media_type_that_is_preferred(server: Server) {
        let path = "/api/graphql?query={property(id:7){id%20price}}";
        let first = server.get(path).await;
        assert_eq!(first.header("content-type"), "application/json");
        assert_eq!(first.header("cache-control"), "public, no-cache");
        assert_eq!(first.header("vary"), "accept-encoding");
        let etag = first.header("etag").to_owned();
        let again = server.send(Method::GET, path, &[("if-none-match", &etag)], Vec::new()).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        server.patch("/api/properties/7/", json!({"price": "31.00"})).await;
        let again = server.send(Method::GET, path, &[("if-none-match", &etag)], Vec::new()).await;
        assert_eq!(again.json()["data"]["property"]["price"], "31.00");
        let accept = [("accept", "application/graphql-response+json, application/json;q=0.9")];
        let other = server.send(Method::GET, path, &accept, Vec::new()).await;
        assert_eq!(other.header("content-type"), "application/graphql-response+json");
        // The address of the text that all spellings become.
        let spelled = server.get("/api/graphql?query=query%20Q{property(id:%22007%22){...on%20Property{id}price}}").await;
        let canonical = spelled.header("link").trim_start_matches('<').split('>').next().unwrap().to_owned();
        let there = server.get(&canonical).await;
        assert_eq!(there.body, spelled.body);
        assert!(there.header("cache-status").starts_with("hearth-memory; hit"));
        assert_eq!(server.send(Method::HEAD, path, &[], Vec::new()).await.status, StatusCode::OK);
        assert_eq!(server.get("/api/graphql/?query={property(id:7){id%20price}}").await.body, other.body);
        let put = server.send(Method::PUT, PATH, &[], Vec::new()).await;
        assert_eq!((put.status, put.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD, POST"));
    }

    async fn a_search_is_answered_and_not_stored(server: Server) {
        for _ in 0..2 {
            let answer = post(&server, json!({"query": "{properties(q:\"garden\"){count nodes{id}}}"})).await;
            assert!(answer.json()["data"]["properties"]["count"].as_u64().unwrap() > 0);
            assert_eq!(answer.header("cache-control"), "no-store");
            assert_eq!(answer.header("cache-status"), "hearth-memory; fwd=bypass; detail=bypass");
        }
    }

    async fn a_persisted_query_needs_its_own_hash(server: Server) {
        let named = |hash: &str, query: Option<&str>| {
            let mut body = json!({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash}}});
            if let Some(query) = query {
                body["query"] = query.into();
            }
            body
        };
        let hash = "1c2bfe286b9aa46c6caffe106d80501a8fe687bde77ea972150a2e610bed7730";
        let unknown = post(&server, named(hash, None)).await;
        assert_eq!(unknown.json()["errors"][0]["message"], "PersistedQueryNotFound");
        assert_eq!((unknown.status, unknown.header("cache-control")), (StatusCode::OK, "no-store"));
        for wrong in [named(hash, Some("{recipes{count}}")), named("7", None), named(&"x".repeat(64), None)] {
            assert_eq!(post(&server, wrong).await.status, StatusCode::BAD_REQUEST);
        }
        assert_eq!(post(&server, named(hash, Some("{agents {count}}"))).await.status, StatusCode::OK);
        let by_hash = post(&server, named(&hash.to_uppercase(), None)).await;
        assert!(by_hash.json()["data"]["agents"]["count"].as_u64().unwrap() > 0);
    }

    async fn an_error_in_one_field_leaves_the_others_and_is_not_stored(server: Server) {
        let query = "{recipe(id:7){title} property(id:7){price}}";
        data(&server, "{recipe(id:7){title}}").await;
        server.sql("ALTER TABLE properties RENAME TO hidden").await;
        let partly = post(&server, json!({"query": query})).await;
        let response = partly.json();
        server.sql("ALTER TABLE hidden RENAME TO properties").await;
        assert_eq!(partly.status, StatusCode::OK, "{response}");
        assert!(response["data"]["recipe"]["title"].is_string());
        assert!(response["data"]["property"].is_null());
        let error = &response["errors"][0];
        assert_eq!((&error["path"], &error["extensions"]["code"]), (&json!(["property"]), &json!("UNAVAILABLE")));
        assert!(!response.to_string().contains("hidden") && !response.to_string().contains("column"), "{response}");
        assert_eq!(partly.header("cache-control"), "no-store");
        assert!(data(&server, query).await["property"]["price"].is_string());
    }

    async fn an_error_is_not_hidden_by_the_response_from_before_it(server: Server) {
        server.sql("UPDATE locations SET city = 'Two of them'
            WHERE id IN (SELECT location_id FROM properties WHERE id IN (7, 9))").await;
        server.sql("UPDATE properties SET status = CASE WHEN id IN (7, 9) THEN 'active' ELSE 'sold' END
            WHERE city_key = 'two-of-them'").await;
        server.caught_up().await;
        let second = "{properties(city:\"two of them\",pageSize:1,page:2){nodes{id}}}";
        assert_eq!(data(&server, second).await["properties"]["nodes"].as_array().unwrap().len(), 1);
        server.patch("/api/properties/7/", json!({"status": "sold"})).await;
        // There is no second page any more; that the database is out of reach is not the reason.
        let gone = post(&server, json!({"query": second})).await;
        assert!(!gone.header("cache-status").contains("cut-off"), "{}", gone.header("cache-status"));
        assert_eq!(gone.json()["errors"][0]["extensions"]["code"], "NOT_FOUND", "{}", gone.text());
        // The first one is another answer.
        let first = "{properties(city:\"two of them\",pageSize:1){nodes{id}}}";
        assert_eq!(data(&server, first).await["properties"]["nodes"][0]["id"], "9");
    }

    async fn a_hundred_homes_with_agent_and_office_are_three_statements(server: Server) {
        let query = "{properties(pageSize:100,status:\"any\"){count nodes{id price agent{name office{name}}}}}";
        // What is not embedded is looked up for all of them together: in one more snapshot.
        let whole = "{properties(pageSize:100,status:\"any\"){nodes{agent{name biography office{name address}}}}}";
        for (query, most) in [(query, 3), (query, 0), (whole, 2), (whole, 0)] {
            let answer = post(&server, json!({"query": query})).await;
            assert_eq!(answer.json()["data"]["properties"]["nodes"].as_array().unwrap().len(), 100);
            let ran = statements(&answer);
            assert!(ran <= most, "{ran} statements");
        }
    }
}

/// What is refused must cost nothing.
#[tokio::test]
async fn bombs_are_refused_without_a_statement() {
    let Some(server) = Server::start(crate::support::On::Sqlite).await else {
        return;
    };
    let nested = |depth: usize| {
        let open = "similar{".repeat(depth);
        format!("{{property(id:7){{{open}id{}}}}}", "}".repeat(depth))
    };
    let aliases: String = (0..1_500)
        .map(|n| format!("a{n}:properties(bedrooms:{}){{count}}", n % 100))
        .collect();
    let mut doubling = "{...f0}".to_owned();
    for level in 0..100 {
        let next = level + 1;
        doubling += &format!("fragment f{level} on Query{{...f{next} ...f{next}}}");
    }
    doubling += "fragment f100 on Query{properties{count}}";
    let bombs = [
        ("a depth bomb", json!({"query": nested(40)}).to_string()),
        (
            "one that the parser must not see",
            json!({"query": nested(4_000)}).to_string(),
        ),
        (
            "an alias bomb",
            json!({"query": format!("{{{aliases}}}")}).to_string(),
        ),
        (
            "answers that multiply",
            json!({"query": nested(5)}).to_string(),
        ),
        (
            "fragments that double",
            json!({"query": doubling}).to_string(),
        ),
        (
            "a fragment in itself",
            json!({"query": "{...a} fragment a on Query{...a}"}).to_string(),
        ),
        (
            "a batch of 1,000",
            json!(vec![json!({"query": "{properties{count}}"}); 1_000]).to_string(),
        ),
        (
            "a document of 1 MB",
            json!({"query": format!("{{properties{{count}}}}#{}", "x".repeat(1 << 20))})
                .to_string(),
        ),
        ("no JSON", "query".to_owned()),
        ("nothing", String::new()),
    ];
    for (what, body) in bombs {
        let started = Instant::now();
        let answer = server
            .send(Method::POST, PATH, &[], body.into_bytes())
            .await;
        println!("{what}: {} after {:?}", answer.status, started.elapsed());
        assert!(answer.status.is_client_error(), "{what}: {}", answer.text());
        assert!(
            answer.json()["errors"][0]["message"].is_string(),
            "{what}: {}",
            answer.text()
        );
        assert_eq!(statements(&answer), 0, "{what}");
        assert_eq!(answer.header("cache-control"), "no-store", "{what}");
    }
}

/// The lists of the issue of caches: 25 combinations, three kinds of clients, three spellings each.
#[test]
fn a_page_the_rest_api_and_graphql_share_the_load_of_a_list() {
    let process = Process::with("info", &[("HEARTH_MEMORY_MB", "64")]);
    // How often memory did not have a list of recipes.
    let lists = |metrics: &str| -> u64 {
        let of_lists = metrics.lines().filter(|line| {
            let about = [
                "hearth_misses_total{",
                "tier=\"memory\"",
                "catalogue=\"recipes\"",
                "kind=\"list\"",
            ];
            about.iter().all(|about| line.contains(about))
        });
        let counts = of_lists.map(|line| line.rsplit(' ').next().unwrap());
        counts.map(|count| count.parse::<u64>().unwrap()).sum()
    };
    assert_eq!(lists(&process.metrics()), 0);
    for cuisine in ["italian", "thai", "mexican", "chinese", "indian"] {
        for diet in ["vegan", "keto", "gluten-free", "paleo", ""] {
            let upper = cuisine.to_uppercase();
            let query = |text: String| {
                format!(
                    "/api/graphql?query={}",
                    text.replace('"', "%22").replace(' ', "%20")
                )
            };
            let args = format!("cuisine:\"{cuisine}\",diet:\"{diet}\",pageSize:100");
            let other = format!("pageSize:100,page:1,diet:[\"{diet}\"],cuisine:[\" {upper}\"]");
            for path in [
                format!("/api/recipes/?cuisine={cuisine}&diet={diet}&page_size=100"),
                format!("/api/recipes?page=1&page_size=500&cuisine={upper}&diet={diet}"),
                format!("/api/recipes/?limit=100&cuisine=%20{cuisine}&diet={diet}&utm_source=x"),
                format!("/recipes?cuisine={cuisine}&diet={diet}&page_size=100"),
                format!("/recipes?page=1&page_size=500&cuisine={upper}&diet={diet}"),
                format!("/recipes?limit=100&cuisine=%20{cuisine}&diet={diet}&utm_source=x"),
                query(format!("{{recipes({args}){{nodes{{title}}}}}}")),
                query(format!(
                    "{{found:recipes({other}){{count nodes{{id name:title}}}}}}"
                )),
                query(format!(
                    "query Q{{recipes({args}){{...on RecipeList{{nodes{{title}}}}}}}}"
                )),
            ] {
                process.status_of(&path);
            }
        }
    }
    assert_eq!(lists(&process.metrics()), 25);
}
