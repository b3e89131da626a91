//! What readers request, and what the answer must contain.

use std::collections::BTreeSet;

use rand::Rng;

use super::ledger::{Ledger, RANGE, edit_of, price, range, status, zone};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ask {
    /// A home, through the API.
    Object(usize),
    /// A home's page.
    Page(usize),
    /// A list, through the API.
    List(Listing),
    /// A list's page.
    ListPage(Listing),
    /// A home, by GraphQL.
    GraphqlObject(usize),
    /// A list, by GraphQL.
    GraphqlList(Listing),
}

/// A list that contains all hot homes that match: it is short enough for one page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Listing {
    /// The newest homes; the hot ones come first.
    Newest,
    /// The most expensive homes, likewise.
    Dearest,
    /// Every hot home, on the market or not.
    All,
    /// The homes that are off the market.
    Pending,
    /// The most expensive homes in a hot home's city.
    City(usize),
    /// The homes in a price range.
    Range(u64),
}

/// A hot home in an answer, with the edit that its price encodes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shown {
    pub(super) home: usize,
    pub(super) edit: u64,
}

impl Ask {
    /// A random ask. Price ranges are the one that a home is in and its neighbors.
    pub(super) fn any(random: &mut impl Rng, ledger: &Ledger, acknowledged: &[u64]) -> Self {
        let home = random.random_range(0..ledger.homes.len());
        let near = (acknowledged[home] / RANGE + random.random_range(0..3)).saturating_sub(1);
        let listing = match random.random_range(0..10) {
            0 => Listing::Newest,
            1 => Listing::Dearest,
            2 => Listing::All,
            3 => Listing::Pending,
            4 | 5 => Listing::City(home),
            _ => Listing::Range(near),
        };
        match random.random_range(0..100) {
            0..35 => Self::Object(home),
            35..45 => Self::GraphqlObject(home),
            45..50 => Self::Page(home),
            50..54 => Self::ListPage(listing),
            54..66 => Self::GraphqlList(listing),
            _ => Self::List(listing),
        }
    }

    /// Every ask about the homes as they are now.
    pub(super) fn all(ledger: &Ledger) -> Vec<Self> {
        let homes = 0..ledger.homes.len();
        let ranges: BTreeSet<u64> = ledger
            .acknowledged()
            .iter()
            .map(|edit| edit / RANGE)
            .collect();
        let whole = [
            Listing::Newest,
            Listing::Dearest,
            Listing::All,
            Listing::Pending,
        ];
        let lists = whole
            .into_iter()
            .chain(homes.clone().map(Listing::City))
            .chain(ranges.into_iter().map(Listing::Range));
        let lists =
            lists.flat_map(|it| [Self::List(it), Self::ListPage(it), Self::GraphqlList(it)]);
        let objects =
            homes.flat_map(|it| [Self::Object(it), Self::Page(it), Self::GraphqlObject(it)]);
        objects.chain(lists).collect()
    }

    pub(super) fn url(self, ledger: &Ledger) -> String {
        match self {
            Self::Object(home) => format!("/api/properties/{}/", ledger.homes[home].id),
            Self::Page(home) => format!("/properties/{}", ledger.homes[home].id),
            Self::List(listing) => format!("/api/properties/{}", listing.query(ledger)),
            Self::ListPage(listing) => format!("/properties{}", listing.query(ledger)),
            Self::GraphqlObject(home) => {
                let id = ledger.homes[home].id;
                graphql(&format!("{{property(id:{id}){{id price}}}}"))
            }
            Self::GraphqlList(listing) => {
                let arguments = listing.arguments(ledger);
                graphql(&format!("{{properties{arguments}{{nodes{{id price}}}}}}"))
            }
        }
    }

    /// Whether the answer must show a home after an edit.
    pub(super) fn shows(self, ledger: &Ledger, home: usize, edit: u64) -> bool {
        match self {
            Self::Object(only) | Self::Page(only) | Self::GraphqlObject(only) => home == only,
            Self::List(listing) | Self::ListPage(listing) | Self::GraphqlList(listing) => {
                listing.holds(ledger, home, edit)
            }
        }
    }

    /// The hot homes in an answer, or what is wrong with it.
    pub(super) fn read(self, ledger: &Ledger, body: &str) -> Result<Vec<Shown>, String> {
        let rows = match self {
            Self::Object(_) => vec![json::home(body)?],
            Self::List(_) => json::homes(body)?,
            Self::Page(home) => vec![(ledger.homes[home].id, html::price(body)?)],
            Self::ListPage(_) => html::cards(body)?,
            Self::GraphqlObject(_) => vec![json::of_graphql(body)?.home()?],
            Self::GraphqlList(_) => json::of_graphql(body)?.homes()?,
        };
        let mut shown = Vec::new();
        for (id, dollars) in rows {
            let Some(home) = ledger.place(id) else {
                continue;
            };
            match edit_of(dollars) {
                Some((owner, edit)) if owner == home => shown.push(Shown { home, edit }),
                _ => return Err(format!("home {id} has the price {dollars}, never its own")),
            }
        }
        Ok(shown)
    }

    /// How a page contradicts itself: it says above its list and on the button of its filters how
    /// many homes there are.
    pub(super) fn contradiction(self, body: &str) -> Option<String> {
        let Self::ListPage(_) = self else {
            return None;
        };
        let [listed, counted] = html::numbers(body).map(Option::unwrap_or_default);
        (listed != counted).then(|| format!("the list has {listed} and the filters {counted}"))
    }
}

impl Listing {
    fn query(self, ledger: &Ledger) -> String {
        match self {
            Self::Newest => String::new(),
            Self::Dearest => "?sort=-price".to_owned(),
            Self::All => format!("?min_price={}&page_size=100&status=any", zone()),
            Self::Pending => format!("?min_price={}&page_size=100&status=pending", zone()),
            Self::City(home) => format!("?city={}&sort=-price", ledger.homes[home].city),
            Self::Range(number) => {
                let (lowest, highest) = range(number);
                format!("?max_price={highest}&min_price={lowest}&page_size=100")
            }
        }
    }

    /// The same as the arguments of GraphQL's list.
    fn arguments(self, ledger: &Ledger) -> String {
        match self {
            Self::Newest => String::new(),
            Self::Dearest => "(sort:\"-price\")".to_owned(),
            Self::All => format!("(minPrice:{},pageSize:100,status:\"any\")", zone()),
            Self::Pending => format!("(minPrice:{},pageSize:100,status:\"pending\")", zone()),
            Self::City(home) => format!("(city:{:?},sort:\"-price\")", ledger.homes[home].city),
            Self::Range(number) => {
                let (lowest, highest) = range(number);
                format!("(maxPrice:{highest},minPrice:{lowest},pageSize:100)")
            }
        }
    }

    fn holds(self, ledger: &Ledger, home: usize, edit: u64) -> bool {
        let active = status(edit) == "active";
        match self {
            Self::Newest | Self::Dearest => active,
            Self::All => true,
            Self::Pending => !active,
            Self::City(hot) => active && ledger.homes[hot].city == ledger.homes[home].city,
            Self::Range(number) => {
                let (lowest, highest) = range(number);
                active && (lowest..=highest).contains(&price(home, edit))
            }
        }
    }
}

/// The address of a query by GraphQL.
fn graphql(query: &str) -> String {
    let query = query.replace(' ', "%20").replace('"', "%22");
    format!("/api/graphql?query={query}")
}

/// Answers of the API.
mod json {
    use serde::{Deserialize, Deserializer, de::Error as _};

    #[derive(Deserialize)]
    struct Row {
        #[serde(deserialize_with = "number_or_text")]
        id: u64,
        price: String,
    }

    /// An id is a number in the REST API, and a text in GraphQL.
    fn number_or_text<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
        let id = serde_json::Value::deserialize(from)?;
        let text = id.as_str().and_then(|text| text.parse().ok());
        text.or(id.as_u64())
            .ok_or_else(|| D::Error::custom("no id"))
    }

    #[derive(Deserialize)]
    struct Response {
        data: Data,
    }

    /// What a GraphQL response shows.
    #[derive(Deserialize)]
    pub(super) struct Data {
        property: Option<Row>,
        properties: Option<Nodes>,
    }

    #[derive(Deserialize)]
    struct Nodes {
        nodes: Vec<Row>,
    }

    pub(super) fn of_graphql(body: &str) -> Result<Data, String> {
        let response: Result<Response, _> = serde_json::from_str(body);
        response
            .map(|response| response.data)
            .map_err(|error| format!("no response: {error}"))
    }

    impl Data {
        pub(super) fn home(self) -> Result<(u64, u64), String> {
            dollars(&self.property.ok_or("no home")?)
        }

        pub(super) fn homes(self) -> Result<Vec<(u64, u64)>, String> {
            let list = self.properties.ok_or("no list")?;
            list.nodes.iter().map(dollars).collect()
        }
    }

    #[derive(Deserialize)]
    struct Rows {
        results: Vec<Row>,
    }

    /// The id of a home and its price in dollars.
    pub(super) fn home(body: &str) -> Result<(u64, u64), String> {
        serde_json::from_str(body)
            .map_err(|error| format!("no home: {error}"))
            .and_then(|row| dollars(&row))
    }

    pub(super) fn homes(body: &str) -> Result<Vec<(u64, u64)>, String> {
        let rows: Rows = serde_json::from_str(body).map_err(|error| format!("no list: {error}"))?;
        rows.results.iter().map(dollars).collect()
    }

    fn dollars(row: &Row) -> Result<(u64, u64), String> {
        let whole = row.price.strip_suffix(".00").unwrap_or(&row.price);
        // The prices of other homes may have cents; they are ignored.
        let whole = whole.split('.').next().unwrap_or_default();
        let price = whole.parse();
        price
            .map(|price| (row.id, price))
            .map_err(|_| format!("home {} has the price {:?}", row.id, row.price))
    }
}

/// Pages.
mod html {
    const CARD: &str = "class=\"price\">$";
    const ROW: &str = "id=\"row-";

    /// The price of the only home on a page.
    pub(super) fn price(body: &str) -> Result<u64, String> {
        let (_, after) = body
            .split_once("class=\"price large\">$")
            .ok_or("the page shows no price")?;
        dollars(after)
    }

    /// How many homes there are, as digits: above the list, and on the button of the filters.
    pub(super) fn numbers(body: &str) -> [Option<String>; 2] {
        ["data-announce", "id=\"show\""].map(|mark| {
            let (_, after) = body.split_once(mark)?;
            let (_, text) = after.split_once('>')?;
            let text = text.split('<').next().unwrap_or_default();
            Some(text.chars().filter(char::is_ascii_digit).collect())
        })
    }

    /// Ids and prices on a list's page: each card has its price before its link.
    pub(super) fn cards(body: &str) -> Result<Vec<(u64, u64)>, String> {
        let mut cards = Vec::new();
        for card in body.split(CARD).skip(1) {
            let (_, link) = card.split_once(ROW).ok_or("a card has no link")?;
            let digits = link.split('"').next().unwrap_or_default();
            let id = digits
                .parse()
                .map_err(|_| format!("a card is of home {digits:?}"))?;
            cards.push((id, dollars(card)?));
        }
        Ok(cards)
    }

    fn dollars(text: &str) -> Result<u64, String> {
        let digits: String = text
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == ',')
            .filter(char::is_ascii_digit)
            .collect();
        digits
            .parse()
            .map_err(|_| "a price has no digits".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger() -> Ledger {
        Ledger::new([(7, "austin".to_owned()), (9, "boston".to_owned())])
    }

    fn shown(home: usize, edit: u64) -> Shown {
        Shown { home, edit }
    }

    #[test]
    fn api_answers_are_read() {
        let ledger = ledger();
        let object = r#"{"id":9,"price":"50003001.00","status":"active","location":{"id":1}}"#;
        assert_eq!(Ask::Object(1).read(&ledger, object), Ok(vec![shown(1, 3)]));
        let list = format!(r#"{{"count":2,"results":[{object},{{"id":5,"price":"450000.50"}}]}}"#);
        let ask = Ask::List(Listing::Newest);
        assert_eq!(ask.read(&ledger, &list), Ok(vec![shown(1, 3)]));
        assert!(ask.read(&ledger, "{}").is_err());
        let of_another_home = object.replace("50003001", "50003000");
        assert!(Ask::Object(1).read(&ledger, &of_another_home).is_err());
        let response = r#"{"data":{"property":{"id":"9","price":"50003001.00"}}}"#;
        let ask = Ask::GraphqlObject(1);
        assert_eq!(ask.read(&ledger, response), Ok(vec![shown(1, 3)]));
        let response = r#"{"data":{"properties":{"nodes":[{"id":"7","price":"50002000.00"}]}}}"#;
        let ask = Ask::GraphqlList(Listing::Newest);
        assert_eq!(ask.read(&ledger, response), Ok(vec![shown(0, 2)]));
        assert!(
            ask.read(&ledger, r#"{"data":{"properties":null}}"#)
                .is_err()
        );
    }

    #[test]
    fn pages_are_read() {
        let ledger = ledger();
        let page = r#"<p class="price large">$50,003,001</p><p class="price">$1</p>"#;
        assert_eq!(Ask::Page(1).read(&ledger, page), Ok(vec![shown(1, 3)]));
        let cards = r#"<p class="price">$450,000</p><a id="row-5"><p class="price">$50,002,000</p><a id="row-7">"#;
        let ask = Ask::ListPage(Listing::Newest);
        assert_eq!(ask.read(&ledger, cards), Ok(vec![shown(0, 2)]));
        assert!(Ask::Page(1).read(&ledger, "<p>gone</p>").is_err());
        let page = r#"<p class="count" data-announce="">1,055 homes</p><button id="show" class="button">Show 1,055 homes</button>"#;
        assert_eq!(ask.contradiction(page), None);
        assert!(
            ask.contradiction(&page.replace("Show 1,055", "Show 1,056"))
                .is_some()
        );
        assert!(
            ask.contradiction(&page.replace("data-announce", ""))
                .is_some()
        );
    }

    #[test]
    fn lists_contain_the_homes_that_match() {
        let ledger = ledger();
        let holds = |listing: Listing, home, edit| listing.holds(&ledger, home, edit);
        assert!(holds(Listing::Newest, 0, 6) && !holds(Listing::Newest, 0, 7));
        assert!(!holds(Listing::Pending, 0, 6) && holds(Listing::Pending, 0, 7));
        assert!(holds(Listing::All, 0, 6) && holds(Listing::All, 0, 7));
        assert!(holds(Listing::City(1), 1, 1) && !holds(Listing::City(1), 0, 1));
        assert!(holds(Listing::Range(1), 0, RANGE) && !holds(Listing::Range(1), 0, RANGE - 1));
    }
}
