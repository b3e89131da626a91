//! What is requested most, by day, and which node begins a job.

use std::time::Duration;

use cache::Requested;
use sea_query::{Cond, Expr, ExprTrait, OnConflict, Order, Query};

use super::{Purpose, Store, StoreError, statement::insert};
use crate::credentials::now_millis;

/// For how many days it is noted what was requested.
const DAYS: i64 = 7;

/// How many addresses of a day are noted.
const A_DAY: u64 = 2_000;

/// How many rows one statement writes.
const BATCH: usize = 500;

/// What is requested less often in a period is not noted.
const SELDOM: u64 = 2;

impl Store {
    /// Adds what was requested in a period to what is noted, and drops what is a week old, or not
    /// among the most popular of its day.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn note_requested(&self, requested: &[Requested]) -> Result<(), StoreError> {
        let today = now_millis() / (24 * 60 * 60 * 1_000);
        let mut noted: Vec<&Requested> =
            requested.iter().filter(|one| one.times >= SELDOM).collect();
        // In one order on all nodes, so that they cannot deadlock.
        noted.sort_by(|one, other| one.url.cmp(&other.url));
        // Two keys can have one URL only if a catalogue's version has just changed.
        noted.dedup_by(|one, other| one.url == other.url);
        for batch in noted.chunks(BATCH) {
            let rows = batch.iter().map(|one| {
                let times = i64::try_from(one.times).unwrap_or(i64::MAX);
                [today.into(), (*one.url).into(), times.into()]
            });
            let mut statement = insert("requested", ["day", "url", "times"], rows);
            statement.on_conflict(
                OnConflict::columns(["day", "url"])
                    .value("times", Expr::cust("requested.times + excluded.times"))
                    .to_owned(),
            );
            let mut transaction = self.database.begin(Purpose::Write).await?;
            transaction.target().execute(&statement).await?;
            transaction.commit().await?;
        }
        let popular = Query::select()
            .column("url")
            .from("requested")
            .and_where(Expr::col("day").eq(today))
            .order_by("times", Order::Desc)
            .limit(A_DAY)
            .to_owned();
        let others = Expr::col("url").not_in_subquery(popular);
        let old = Expr::col("day").lt(today - DAYS);
        let drop = Query::delete()
            .from_table("requested")
            .cond_where(
                Cond::any()
                    .add(old)
                    .add(Expr::col("day").eq(today).and(others)),
            )
            .to_owned();
        let mut transaction = self.database.begin(Purpose::Write).await?;
        transaction.target().execute(&drop).await?;
        transaction.commit().await
    }

    /// The canonical URLs that were requested most in the last days, with how often; the first is
    /// the most popular.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn most_requested(&self, count: u64) -> Result<Vec<(String, u64)>, StoreError> {
        let select = Query::select()
            .column("url")
            .expr(Expr::cust("CAST(sum(times) AS bigint)"))
            .from("requested")
            .group_by_col("url")
            .order_by_expr(Expr::cust("sum(times)"), Order::Desc)
            .order_by("url", Order::Asc)
            .limit(count)
            .to_owned();
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let records = snapshot.target().fetch(&select).await?;
        let read = |record: &super::database::Record| {
            let times = record.get::<i64>(1)?;
            Ok((record.get(0)?, u64::try_from(times).unwrap_or_default()))
        };
        records.iter().map(read).collect()
    }

    /// Whether this node is to begin a job now: no node has for this long.
    ///
    /// # Errors
    /// If the database cannot be reached or refuses.
    pub async fn may_begin(&self, job: &'static str, every: Duration) -> Result<bool, StoreError> {
        let now = now_millis();
        let known = insert("jobs", ["name", "begun"], [[job.into(), 0.into()]])
            .on_conflict(OnConflict::column("name").do_nothing().to_owned())
            .to_owned();
        let every = i64::try_from(every.as_millis()).unwrap_or(i64::MAX);
        let update = Query::update()
            .table("jobs")
            .value("begun", now)
            .and_where(Expr::col("name").eq(job))
            .and_where(Expr::col("begun").lte(now.saturating_sub(every)))
            .to_owned();
        let mut transaction = self.database.begin(Purpose::Write).await?;
        transaction.target().execute(&known).await?;
        let claimed = transaction.target().execute(&update).await?;
        transaction.commit().await?;
        Ok(claimed > 0)
    }
}
