//! What the addresses of editors' lists say.

use catalogue::{
    Catalogue, Edit, Encoding, Field,
    normalizer::{Rejection, Schema},
};
use site::{Admin, EditorsQuery, drafts};
use time::{Date, OffsetDateTime, format_description::well_known::Iso8601};

/// The address of a list of rows: which rows, in which order, with which columns.
#[derive(Debug, Clone)]
pub struct RowsAddress {
    /// The catalogue.
    pub catalogue: &'static Catalogue,
    /// Which rows.
    pub wanted: EditorsQuery,
    /// The columns that were chosen; none chosen are the usual ones.
    chosen: Vec<&'static Field>,
    /// The field by which the rows are ordered, and whether the greatest value comes first.
    pub order: Option<(&'static Field, bool)>,
}

/// How many rows a page has, unless the address says otherwise.
const PAGE_SIZE: &str = "50";

impl RowsAddress {
    /// All rows, the newest first.
    pub fn all(catalogue: &'static Catalogue) -> Self {
        Self {
            catalogue,
            wanted: EditorsQuery::all(catalogue.schema),
            chosen: Vec::new(),
            order: None,
        }
    }

    /// Reads a raw query.
    ///
    /// # Errors
    /// If a parameter has an invalid value.
    pub fn read(catalogue: &'static Catalogue, raw: &str) -> Result<Self, Rejection> {
        let mut address = Self::all(catalogue);
        let mut rest = Vec::new();
        for (name, value) in pairs(raw) {
            match &*name {
                "columns" => {
                    let fields = value.split(',').filter_map(|path| field(catalogue, path));
                    address.chosen.extend(fields);
                }
                "order" => {
                    let (path, descending) = match value.strip_prefix('-') {
                        Some(path) => (path, true),
                        None => (&*value, false),
                    };
                    address.order = field(catalogue, path).map(|field| (field, descending));
                }
                _ => rest.push((name, value)),
            }
        }
        let sized = rest
            .iter()
            .any(|(name, _)| name == "page_size" || name == "limit");
        if !sized {
            rest.push(("page_size".to_owned(), PAGE_SIZE.to_owned()));
        }
        address.wanted = EditorsQuery::read(catalogue.schema, &written(&rest))?;
        Ok(address)
    }

    /// The fields that have columns.
    pub fn columns(&self) -> Vec<&'static Field> {
        if !self.chosen.is_empty() {
            return self.chosen.clone();
        }
        Self::offered(self.catalogue)
            .filter(|field| is_usual(field))
            .collect()
    }

    /// The fields that can have columns.
    pub fn offered(catalogue: &'static Catalogue) -> impl Iterator<Item = &'static Field> {
        catalogue.fields.iter().filter(|field| {
            let is_title = field.path == "id" || catalogue.named.contains(&field.path);
            let is_long = matches!(field.encoding, Encoding::Lines)
                || matches!(field.edit, Some(Edit::Text { most: 1_000.. }));
            !is_title && !is_long && field.path != "version"
        })
    }

    /// The same list at another page.
    pub fn at_page(&self, page: u64) -> String {
        let mut address = self.clone();
        address.wanted.query = address.wanted.query.at_page(page);
        address.to_string()
    }

    /// The same list in the order of a field; in the reverse one, if that is the order already.
    pub fn ordered_by(&self, field: &'static Field) -> String {
        let is_ascending = self
            .order
            .is_some_and(|(by, descending)| by.path == field.path && !descending);
        let mut address = self.clone();
        address.order = Some((field, is_ascending));
        address.wanted.query = address.wanted.query.at_page(1);
        address.to_string()
    }

    /// The query of the rows, as an edit of all of them says it.
    pub fn matching(&self) -> String {
        let query = self.wanted.query.at_page(1);
        let mut raw = query.as_str().to_owned();
        if self.wanted.drafts_only
            && let Some((name, draft)) = drafts(self.catalogue.schema)
        {
            raw = written(
                &pairs(&raw)
                    .into_iter()
                    .filter(|(known, _)| known != name)
                    .chain([(name.to_owned(), draft.to_owned())])
                    .collect::<Vec<_>>(),
            );
        }
        raw
    }

    /// What a parameter is set to, as the form of the filters shows it.
    pub fn value(&self, parameter: &str) -> String {
        match drafts(self.catalogue.schema) {
            Some((name, draft)) if name == parameter && self.wanted.drafts_only => draft.to_owned(),
            _ => self
                .wanted
                .query
                .value(parameter)
                .unwrap_or_default()
                .to_owned(),
        }
    }

    /// Whether any filter or search is set.
    pub fn is_filtered(&self) -> bool {
        let all = Self::all(self.catalogue).wanted.query;
        let ours = self.wanted.query.at_page(1);
        let bare = |raw: &str| {
            let pairs = pairs(raw).into_iter();
            let pairs = pairs.filter(|(name, _)| name != "page_size");
            written(&pairs.collect::<Vec<_>>())
        };
        self.wanted.drafts_only || bare(ours.as_str()) != bare(all.as_str())
    }

    /// The parameters of the address without those that choose columns.
    pub fn without_columns(&self) -> Vec<(String, String)> {
        let mut bare = self.clone();
        bare.chosen.clear();
        bare.wanted.query = bare.wanted.query.at_page(1);
        let address = bare.to_string();
        let query = address.split_once('?').map(|(_, query)| query);
        pairs(query.unwrap_or_default())
    }

    /// The parameters of the address besides those of the filters: which columns, in which order.
    pub fn others(&self) -> Vec<(&'static str, String)> {
        let mut others = Vec::new();
        if !self.chosen.is_empty() {
            let columns = self.chosen.iter().map(|field| field.path);
            others.push(("columns", columns.collect::<Vec<_>>().join(",")));
        }
        if let Some((field, descending)) = self.order {
            let sign = if descending { "-" } else { "" };
            others.push(("order", format!("{sign}{}", field.path)));
        }
        others
    }
}

impl std::fmt::Display for RowsAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let page = self.wanted.query.page();
        let mut all: Vec<(String, String)> = pairs(&self.matching())
            .into_iter()
            .filter(|(name, value)| !(name == "page_size" && value == PAGE_SIZE))
            .filter(|(name, value)| !(name == "status" && value == "any"))
            .collect();
        let others = self.others().into_iter();
        all.extend(others.map(|(name, value)| (name.to_owned(), value)));
        if page > 1 {
            all.push(("page".to_owned(), page.to_string()));
        }
        f.write_str(&Admin::Rows(self.catalogue.schema).path())?;
        if !all.is_empty() {
            write!(f, "?{}", written(&all))?;
        }
        Ok(())
    }
}

fn field(catalogue: &'static Catalogue, path: &str) -> Option<&'static Field> {
    catalogue.fields.iter().find(|field| field.path == path)
}

/// Whether a field has a column unless others are chosen: numbers and choices do, unless they are
/// details of a group.
fn is_usual(field: &Field) -> bool {
    let is_value = matches!(
        field.edit,
        Some(Edit::Choice(_) | Edit::Number { .. } | Edit::Flag | Edit::Date | Edit::Token)
    );
    (is_value && !field.path.contains('.'))
        || [
            "updated_at",
            "location.city",
            "office.name",
            "district",
            "postal_code",
            "phone",
        ]
        .contains(&field.path)
}

/// The address of a page of the history: of what, by whom, when.
#[derive(Debug, Clone, Default)]
pub struct HistoryAddress {
    /// Of rows of this catalogue.
    pub schema: Option<&'static Schema>,
    /// Of this row of it.
    pub id: Option<i64>,
    /// By this editor; an empty name is that of whoever works on the database itself.
    pub who: Option<String>,
    /// From this day on, such as `2026-11-29`.
    pub from: Option<String>,
    /// Up to this day.
    pub to: Option<String>,
    /// That were committed before this revision.
    pub before: Option<i64>,
    /// What is wrong with the address.
    pub error: Option<String>,
}

/// The name by which the history's address calls whoever works on the database itself.
pub const DATABASE: &str = "-";

impl HistoryAddress {
    /// Reads a raw query. What it does not understand it says, and leaves out.
    pub fn read(raw: &str) -> Self {
        let mut address = Self::default();
        for (name, value) in pairs(raw) {
            if value.is_empty() {
                continue;
            }
            let mut wrong = |expected: &str| {
                address.error = Some(format!("{name}={value}: expected {expected}"));
            };
            match &*name {
                "catalogue" => match catalogue::edited_by_name(&value) {
                    Some(catalogue) => address.schema = Some(catalogue.schema),
                    None => wrong("a catalogue"),
                },
                "id" => match value.parse() {
                    Ok(id) => address.id = Some(id),
                    Err(_) => wrong("the number of a row"),
                },
                "who" if value == DATABASE => address.who = Some(String::new()),
                "who" => address.who = Some(value),
                "from" | "to" if day(&value).is_none() => wrong("a day, such as 2026-11-29"),
                "from" => address.from = Some(value),
                "to" => address.to = Some(value),
                "before" => address.before = value.parse().ok(),
                _ => {}
            }
        }
        address
    }

    /// The milliseconds since 1970 from which on edits are wanted, and before which.
    pub fn times(&self) -> (Option<i64>, Option<i64>) {
        const DAY: i64 = 86_400_000;
        let start = |text: &Option<String>| day(text.as_deref()?);
        (start(&self.from), start(&self.to).map(|to| to + DAY))
    }

    /// The address of what was edited before a revision.
    pub fn before(&self, place: i64) -> String {
        let older = Self {
            before: Some(place),
            ..self.clone()
        };
        older.to_string()
    }

    /// The history of a row.
    pub fn of_row(schema: &'static Schema, id: i64) -> Self {
        Self {
            schema: Some(schema),
            id: Some(id),
            ..Self::default()
        }
    }
}

impl std::fmt::Display for HistoryAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let who = self.who.as_deref();
        let who = who.map(|who| if who.is_empty() { DATABASE } else { who });
        let all = [
            (
                "catalogue",
                self.schema.map(|schema| schema.catalogue.to_owned()),
            ),
            ("id", self.id.map(|id| id.to_string())),
            ("who", who.map(str::to_owned)),
            ("from", self.from.clone()),
            ("to", self.to.clone()),
            ("before", self.before.map(|place| place.to_string())),
        ];
        let all = all
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        let all: Vec<(String, String)> = all.collect();
        f.write_str(&Admin::History.path())?;
        if !all.is_empty() {
            write!(f, "?{}", written(&all))?;
        }
        Ok(())
    }
}

/// The milliseconds since 1970 at which a day begins, in UTC.
fn day(text: &str) -> Option<i64> {
    let date = Date::parse(text, &Iso8601::DATE).ok()?;
    let begin = OffsetDateTime::new_utc(date, time::Time::MIDNIGHT);
    i64::try_from(begin.unix_timestamp_nanos() / 1_000_000).ok()
}

/// The parameters of a raw query, decoded.
fn pairs(raw: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(raw.as_bytes())
        .into_owned()
        .collect()
}

/// A raw query of parameters.
fn written(pairs: &[(String, String)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    query.finish()
}
