//! The keys that rows are found and sorted by, made by the same rule in Rust and in SQL.
//!
//! The rule is the normalizer's. Triggers apply it, so that a row edited by any program has the
//! right keys. PostgreSQL knows Unicode itself; for SQLite the rule is written into tables, from
//! which the view `folded` reads it. When the rule changes, the keys of all rows are made anew.

use std::{borrow::Cow, collections::BTreeSet};

use catalogue::{
    Catalogue, Key, Rule,
    normalizer::{Kind, fold, token},
    terms,
};
use sea_query::{Alias, Expr, ExprTrait, Order, Query, SimpleExpr};
use unicode_normalization::{
    UnicodeNormalization,
    char::{canonical_combining_class, compose},
};

use super::{
    Purpose, Store, StoreError,
    database::{Record, Transaction},
    statement::insert,
    triggers::embedding,
};

/// Increases when the rule does; the versions of Unicode and the synonyms are added to it.
const RULE: u32 = 1;

/// Rows that are read and written at once.
const ROWS: usize = 500;

impl Store {
    /// Brings the database's rule and all keys up to date. Several nodes may do so at once.
    pub(super) async fn renew_keys(&self) -> Result<(), StoreError> {
        let version = version();
        let known = Query::select()
            .column("version")
            .from("token_rule")
            .to_owned();
        if is_version(self.first(&known).await?, &version)? {
            return Ok(());
        }
        let mut transaction = self.database.begin(Purpose::Write).await?;
        // Others that come here wait for this row, and then find the rule up to date.
        let take = Query::update()
            .table("token_rule")
            .value("version", version.as_str())
            .and_where(Expr::col("version").ne(version.as_str()))
            .to_owned();
        if transaction.target().execute(&take).await? == 0 {
            return Ok(());
        }
        write_synonyms(&mut transaction).await?;
        if matches!(transaction, Transaction::Sqlite(_)) {
            write_letters(&mut transaction).await?;
        }
        renew(&mut transaction).await?;
        index_texts(&mut transaction).await?;
        transaction.commit().await
    }
}

/// What decides the keys: the rule, the version of Unicode, the synonyms, and which keys there are.
fn version() -> String {
    let (unicode, lower) = (
        unicode_normalization::UNICODE_VERSION,
        char::UNICODE_VERSION,
    );
    let synonyms = synonyms().into_iter();
    let synonyms: Vec<String> = synonyms.map(|pair| pair.join("=")).collect();
    let keys = embedding::in_order().into_iter().flat_map(|table| {
        let keys = keys_of(table).iter();
        keys.map(move |key| format!("{table}.{}", key.column))
    });
    let keys: Vec<String> = keys.collect();
    format!(
        "{RULE} {unicode:?} {lower:?} {} {}",
        synonyms.join(" "),
        keys.join(" ")
    )
}

fn is_version(known: Option<Record>, version: &str) -> Result<bool, StoreError> {
    let known = known.map(|record| record.get::<String>(0)).transpose()?;
    Ok(known.is_some_and(|known| known == version))
}

/// Parameter, token, and the one that is used instead, each once.
fn synonyms() -> BTreeSet<[&'static str; 3]> {
    let schemas = catalogue::schemas().into_iter();
    let parameters = schemas.flat_map(|schema| schema.parameters);
    let synonyms = parameters.flat_map(|parameter| {
        let pairs = match parameter.kind {
            Kind::Tokens { synonyms } => synonyms,
            _ => &[],
        };
        pairs
            .iter()
            .map(|(token, used)| [parameter.name, *token, *used])
    });
    synonyms.collect()
}

async fn write_synonyms(transaction: &mut Transaction) -> Result<(), StoreError> {
    let rows = synonyms().into_iter().map(|pair| pair.map(Into::into));
    fill(
        transaction,
        "synonyms",
        ["parameter", "token", "used"],
        rows,
    )
    .await
}

/// Replaces all rows of a table.
async fn fill<const N: usize>(
    transaction: &mut Transaction,
    table: &'static str,
    columns: [&'static str; N],
    rows: impl Iterator<Item = [SimpleExpr; N]>,
) -> Result<(), StoreError> {
    let empty = Query::delete().from_table(table).to_owned();
    transaction.target().execute(&empty).await?;
    let rows: Vec<_> = rows.collect();
    for rows in rows.chunks(ROWS) {
        let insert = insert(table, columns, rows.iter().cloned());
        transaction.target().execute(&insert).await?;
    }
    Ok(())
}

/// The rule as tables, for SQLite: what each letter becomes, the classes of marks, which two
/// characters become one, and which letters lose their accents.
async fn write_letters(transaction: &mut Transaction) -> Result<(), StoreError> {
    let rows = tokio::task::spawn_blocking(Letters::new)
        .await
        .map_err(|_| StoreError::Unexpected("the letters could not be computed".to_owned()))?;
    let text = |character: char| character.to_string().into();
    let letters = rows
        .letters
        .into_iter()
        .map(|(letter, becomes)| [text(letter), becomes.into()]);
    fill(transaction, "letters", ["letter", "becomes"], letters).await?;
    let marks = rows
        .marks
        .into_iter()
        .map(|(mark, class)| [text(mark), class.into()]);
    fill(transaction, "marks", ["mark", "class"], marks).await?;
    let compositions = rows.compositions.into_iter().map(|triple| triple.map(text));
    fill(
        transaction,
        "compositions",
        ["first", "second", "composed"],
        compositions,
    )
    .await?;
    let accents = rows
        .accents
        .into_iter()
        .map(|(letter, plain)| [text(letter), plain.into()]);
    fill(transaction, "accents", ["letter", "plain"], accents).await
}

/// The tables of the rule.
#[derive(Default)]
struct Letters {
    letters: Vec<(char, String)>,
    marks: Vec<(char, i32)>,
    compositions: Vec<[char; 3]>,
    accents: Vec<(char, String)>,
}

impl Letters {
    fn new() -> Self {
        let mut all = Self::default();
        for character in '\u{80}'..=char::MAX {
            all.add(character);
        }
        for character in 'A'..='Z' {
            all.add(character);
        }
        all
    }

    fn add(&mut self, character: char) {
        let class = canonical_combining_class(character);
        if class > 0 {
            self.marks.push((character, i32::from(class)));
        }
        // Syllables of Hangul are computed.
        if matches!(character, '\u{AC00}'..='\u{D7A3}') {
            return;
        }
        let small = small(character);
        let parts: String = small.nfd().collect();
        let is_small = small.chars().eq([character]);
        let is_one_part = parts.chars().eq([character]);
        if !is_one_part {
            self.letters.push((character, parts.clone()));
        }
        if !is_small {
            return;
        }
        let plain = fold(Cow::Borrowed(&small));
        if plain != small {
            self.accents.push((character, plain.into_owned()));
        }
        // The last two of the compositions that make this character.
        let composed = parts
            .chars()
            .try_fold(None, |first: Option<char>, second| match first {
                None => Ok(Some(second)),
                Some(first) => match compose(first, second) {
                    Some(both) if both == character => Err([first, second, both]),
                    Some(both) => Ok(Some(both)),
                    None => Ok(Some(second)),
                },
            });
        self.compositions.extend(composed.err());
    }
}

/// A character composed and in lower case, as [`fold`] has it before accents are taken away.
fn small(character: char) -> String {
    let composed: String = std::iter::once(character).nfkc().collect();
    let small: String = composed.chars().flat_map(char::to_lowercase).collect();
    small.nfkc().collect()
}

/// Makes the keys of all rows anew, and writes those that differ. The triggers would make them too,
/// but would log an edit of every row, and of every one that embeds it.
pub(super) async fn renew(transaction: &mut Transaction) -> Result<(), StoreError> {
    // What others copy comes first.
    for table in embedding::in_order() {
        renew_made(transaction, table).await?;
        renew_copied(transaction, table).await?;
    }
    Ok(())
}

/// Makes the keys of a table's rows that follow from their own texts.
async fn renew_made(transaction: &mut Transaction, table: &'static str) -> Result<(), StoreError> {
    // An index of texts has the others.
    let keys = keys_of(table).iter();
    let keys = keys.filter(|key| key.source().is_some() && !key.is_folded());
    let keys: Vec<Key> = keys.copied().collect();
    if keys.is_empty() {
        return Ok(());
    }
    let mut last = 0_i64;
    loop {
        let some = Query::select()
            .column("id")
            .columns(keys.iter().filter_map(Key::source))
            .columns(keys.iter().map(|key| key.column))
            .from(table)
            .and_where(Expr::col("id").gt(last))
            .order_by("id", Order::Asc)
            .limit(ROWS as u64)
            .to_owned();
        let rows = transaction.target().fetch(&some).await?;
        for record in &rows {
            last = record.get(0)?;
            let mut update = Query::update();
            update.table(table).and_where(Expr::col("id").eq(last));
            let mut differs = false;
            for (at, key) in keys.iter().enumerate() {
                let made = made(key, &record.get::<String>(1 + at)?);
                if made != record.get::<String>(1 + keys.len() + at)? {
                    update.value(key.column, made);
                    differs = true;
                }
            }
            if differs {
                transaction.target().execute(&update).await?;
            }
        }
        if rows.len() < ROWS {
            return Ok(());
        }
    }
}

/// The keys of a catalogue's rows.
fn keys_of(table: &str) -> &'static [Key] {
    catalogue::edited_by_name(table).map_or(&[], |catalogue| catalogue.keys)
}

/// What a key is, for the text that it follows from.
fn made(key: &Key, text: &str) -> String {
    match key.rule {
        Rule::Token { synonyms_of, .. } => {
            let mut schemas = catalogue::schemas().into_iter();
            let parameter = schemas.find_map(|schema| schema.parameter(synonyms_of?));
            parameter.map_or_else(|| token(text), |parameter| parameter.token(text))
        }
        Rule::Terms { .. } => terms(text),
        Rule::Folded { .. } | Rule::Copied { .. } => text.to_owned(),
    }
}

/// Copies the columns of embedded rows into a table's rows, where they differ.
async fn renew_copied(
    transaction: &mut Transaction,
    table: &'static str,
) -> Result<(), StoreError> {
    let Some(catalogue) = catalogue::edited_by_name(table) else {
        return Ok(());
    };
    for (join, columns) in embedding::copied(catalogue) {
        let columns = columns.join(", ");
        let there = format!(
            "(SELECT {columns} FROM {0} WHERE {0}.id = {table}.{1})",
            join.table, join.foreign_key
        );
        let copy = format!("UPDATE {table} SET ({columns}) = {there} WHERE ({columns}) <> {there}");
        transaction.target().run_generated(copy).await?;
    }
    Ok(())
}

/// A pattern of the texts in ASCII, whose words and order SQLite finds by itself.
const ASCII: &str = "NOT GLOB '*[^' || char(1) || '-' || char(127) || ']*'";

/// On SQLite, writes the words of all rows for the text search and the keys by which lists are
/// sorted. (On PostgreSQL indexes and generated columns have them.)
pub(super) async fn index_texts(transaction: &mut Transaction) -> Result<(), StoreError> {
    if matches!(transaction, Transaction::Postgres(..)) {
        return Ok(());
    }
    for catalogue in catalogue::edited() {
        index_words(transaction, catalogue).await?;
        index_order(transaction, catalogue).await?;
    }
    Ok(())
}

/// Writes the keys by which a catalogue's lists are sorted.
async fn index_order(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
) -> Result<(), StoreError> {
    let table = catalogue.name();
    for key in catalogue.keys {
        let (column, Rule::Folded { of }) = (key.column, key.rule) else {
            continue;
        };
        let lower = format!("UPDATE {table} SET {column} = lower({of}) WHERE {of} {ASCII}");
        transaction.target().run_generated(lower).await?;
        let others = Query::select()
            .columns(["id", of])
            .from(table)
            .and_where(Expr::cust(format!("NOT {of} {ASCII}")))
            .to_owned();
        for record in transaction.target().fetch(&others).await? {
            let text: String = record.get(1)?;
            let update = Query::update()
                .table(table)
                .value(column, fold(text.into()).into_owned())
                .and_where(Expr::col("id").eq(record.get::<i64>(0)?))
                .to_owned();
            transaction.target().execute(&update).await?;
        }
    }
    Ok(())
}

/// Writes the words of a catalogue's rows, on SQLite.
pub(super) async fn index_words(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
) -> Result<(), StoreError> {
    let name = catalogue.name();
    let words = format!("{name}_words");
    let columns = catalogue.searched.join(", ");
    let ascii = format!("{} {ASCII}", catalogue.searched.join(" || "));
    let begin = format!(
        "DELETE FROM {words};
         INSERT INTO {words} (rowid, {columns}) SELECT id, {columns} FROM {name} WHERE {ascii}"
    );
    transaction.target().run_generated(begin).await?;
    let mut last = 0_i64;
    loop {
        let others = Query::select()
            .column("id")
            .columns(catalogue.searched.iter().copied())
            .from(name)
            .and_where(Expr::cust(format!("NOT ({ascii})")))
            .and_where(Expr::col("id").gt(last))
            .order_by("id", Order::Asc)
            .limit(ROWS as u64)
            .to_owned();
        let rows = transaction.target().fetch(&others).await?;
        for record in &rows {
            last = record.get(0)?;
            let texts = (1..=catalogue.searched.len()).map(|column| record.get::<String>(column));
            let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
            let texts = texts.into_iter().map(|text| fold(text.into()).into_owned());
            let values = [last.into()].into_iter().chain(texts.map(Into::into));
            let mut insert = Query::insert();
            insert
                .into_table(Alias::new(&words))
                .columns(
                    ["rowid"]
                        .into_iter()
                        .chain(catalogue.searched.iter().copied()),
                )
                // A value for each column, so this cannot panic.
                .values_panic(values);
            transaction.target().execute(&insert).await?;
        }
        if rows.len() < ROWS {
            return Ok(());
        }
    }
}
