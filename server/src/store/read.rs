//! Loading answers: the rows, the count and the stamp, all from one snapshot.

use cache::{Change, Loaded, Origin, Revision, Stamp};
use catalogue::{Catalogue, Image, Predicate, normalizer::Query, write_row};
use sea_query::{Expr, ExprTrait, Query as Sql};

use super::{
    Database, Purpose, Question, Representation, Store, StoreError,
    database::Transaction,
    question::Asks,
    select::{self, HasTerm},
};

impl Origin for Store {
    type Question = Question;
    type Body = Representation;
    type Error = StoreError;

    async fn load(
        &self,
        question: &Question,
    ) -> Result<Loaded<Question, Representation>, StoreError> {
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        // The first statement of the transaction fixes its snapshot.
        let stamp = stamp(&mut snapshot).await?;
        let catalogue = question.catalogue();
        let (shows, body) = match question.asks() {
            Asks::List(query, predicate) => self.list(&mut snapshot, query, predicate).await?,
            Asks::Object(id) => (vec![*id], object(&mut snapshot, catalogue, *id).await?),
        };
        Ok(Loaded {
            stamp,
            shows,
            parts: Vec::new(),
            body,
        })
    }

    fn is_unreachable(error: &StoreError) -> bool {
        error.is_unreachable()
    }

    async fn head(&self) -> Result<Option<Stamp>, StoreError> {
        self.confirm().await
    }

    async fn reached(&self, revision: u64) -> Result<(), StoreError> {
        self.publish(revision).await
    }

    async fn revisions_from(
        &self,
        stamp: Stamp,
        limit: usize,
    ) -> Result<Vec<Revision<Image>>, StoreError> {
        self.feed_revisions_from(stamp, limit).await
    }

    async fn last_revisions(&self, limit: usize) -> Result<Vec<Revision<Image>>, StoreError> {
        self.feed_last_revisions(limit).await
    }
}

/// The change of one row, as the log knows it.
pub(super) type RowChange = Change<Image>;

async fn stamp(snapshot: &mut Transaction) -> Result<Stamp, StoreError> {
    let counter = Sql::select()
        .columns(["revision", "tag"])
        .from("revision_counter")
        .to_owned();
    let record = snapshot.target().fetch_optional(&counter).await?;
    let record = record.ok_or_else(|| StoreError::Unexpected("no revision counter".to_owned()))?;
    super::feed::read_stamp(&record)
}

async fn object(
    snapshot: &mut Transaction,
    catalogue: &'static Catalogue,
    id: i64,
) -> Result<Representation, StoreError> {
    let mut select = select::rows(catalogue);
    select.and_where(Expr::col((catalogue.name(), "id")).eq(id));
    let Some(record) = snapshot.target().fetch_optional(&select).await? else {
        return Ok(Representation::new("null".into(), false, None));
    };
    let values = select::values(catalogue, &record)?;
    let version = catalogue
        .fields
        .iter()
        .position(|field| field.path == "version");
    let version = version.map(|place| record.get(place)).transpose()?;
    let mut json = Vec::with_capacity(4_096);
    write_row(catalogue, &values, &mut json);
    Ok(Representation::new(json.into(), true, version))
}

impl Store {
    async fn list(
        &self,
        snapshot: &mut Transaction,
        query: &Query,
        predicate: &Predicate,
    ) -> Result<(Vec<i64>, Representation), StoreError> {
        let catalogue = predicate.catalogue();
        let mut condition = select::condition(predicate, self.has_term());
        if let Some(text) = query.text("q") {
            condition = condition.add(select::search(catalogue, text));
        }
        let mut count = select::count(catalogue);
        count.cond_where(condition.clone());
        let record = snapshot.target().fetch_optional(&count).await?;
        let count = record
            .map(|record| record.get::<i64>(0))
            .transpose()?
            .unwrap_or_default();
        let count = u64::try_from(count).unwrap_or_default();

        let (page, size, offset) = (query.page(), query.page_size(), query.offset());
        let records = if offset < count {
            let mut select = select::rows(catalogue);
            select.cond_where(condition).limit(size).offset(offset);
            select::order(&mut select, catalogue, catalogue.sort(query));
            snapshot.target().fetch(&select).await?
        } else {
            Vec::new()
        };

        let path = format!("/api/{}/", catalogue.name());
        let link = |page: Option<u64>| {
            page.map_or(serde_json::Value::Null, |page| {
                query.at_page(page).url(&path).into()
            })
        };
        let next = link((offset.saturating_add(size) < count).then_some(page.saturating_add(1)));
        let previous = link((page > 1).then(|| page - 1));
        let mut json = Vec::with_capacity(64 + records.len() * 2_800);
        json.extend_from_slice(
            format!(r#"{{"count":{count},"next":{next},"previous":{previous},"results":["#)
                .as_bytes(),
        );
        let mut shows = Vec::with_capacity(records.len());
        for (place, record) in records.iter().enumerate() {
            if place > 0 {
                json.push(b',');
            }
            let values = select::values(catalogue, record)?;
            write_row(catalogue, &values, &mut json);
            shows.push(record.get(0)?);
        }
        json.extend_from_slice(b"]}");
        // The first page exists even when it is empty; a page past the last does not.
        let found = page == 1 || offset < count;
        Ok((shows, Representation::new(json.into(), found, None)))
    }

    fn has_term(&self) -> HasTerm {
        match self.database {
            Database::Postgres(..) => HasTerm::Strpos,
            Database::Sqlite(..) => HasTerm::Instr,
        }
    }
}
