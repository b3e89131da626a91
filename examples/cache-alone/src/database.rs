//! A database in memory that logs its changes: what triggers do in Hearth's.

use std::{collections::BTreeMap, convert::Infallible};

use cache::{Cause, Change, Feed, Revision, Stamp};
use parking_lot::Mutex;

/// The name under which changes of books are logged.
pub(crate) const CATALOGUE: &str = "books";

/// A book.
#[derive(Clone, Debug)]
pub struct Book {
    pub(crate) title: String,
    pub(crate) shelf: String,
}

/// Books, and the log of their changes.
pub struct Database(Mutex<Tables>);

struct Tables {
    books: BTreeMap<i64, Book>,
    /// Consecutive revisions, never empty.
    log: Vec<Revision<Book>>,
}

impl Tables {
    fn head(&self) -> Stamp {
        self.log.last().map_or(Stamp::NOWHERE, |last| last.stamp)
    }
}

impl Database {
    /// A database with these books: titles, and the shelves they are on. Their ids count from 1.
    pub fn new(books: &[(&str, &str)]) -> Self {
        let book = |&(title, shelf): &(&str, &str)| Book {
            title: title.to_owned(),
            shelf: shelf.to_owned(),
        };
        let stamp = Stamp {
            revision: 1,
            tag: rand::random(),
        };
        let changes = vec![Change::everything(CATALOGUE)];
        Self(Mutex::new(Tables {
            books: (1..).zip(books.iter().map(book)).collect(),
            log: vec![Revision {
                stamp,
                at: None,
                changes,
            }],
        }))
    }

    /// Moves a book. Returns the revision; `None` if there is no such book.
    pub(crate) fn put_on_shelf(&self, id: i64, shelf: &str) -> Option<u64> {
        let mut tables = self.0.lock();
        let book = tables.books.get_mut(&id)?;
        let before = Some(book.clone());
        shelf.clone_into(&mut book.shelf);
        let change = Change::Row {
            catalogue: CATALOGUE,
            id,
            before,
            after: Some(book.clone()),
            cause: Cause::default(),
        };
        let stamp = Stamp {
            revision: tables.head().revision + 1,
            tag: rand::random(),
        };
        let changes = vec![change];
        tables.log.push(Revision {
            stamp,
            at: None,
            changes,
        });
        Some(stamp.revision)
    }
}

// ANCHOR: read
impl Database {
    /// The books on a shelf with their ids, and the stamp of what was read: both in one snapshot,
    /// here under one lock, in a database in one transaction.
    pub(crate) fn read(&self, shelf: &str) -> (Stamp, Vec<(i64, Book)>) {
        let tables = self.0.lock();
        let books = tables.books.iter().filter(|(_, book)| book.shelf == shelf);
        let books = books.map(|(id, book)| (*id, book.clone())).collect();
        (tables.head(), books)
    }
}
// ANCHOR_END: read

// ANCHOR: feed
impl Feed for Database {
    type Image = Book;
    type Error = Infallible;

    /// Several nodes would also be listed here, so that editors can wait for them.
    async fn head(&self) -> Result<Option<Stamp>, Infallible> {
        Ok(Some(self.0.lock().head()))
    }

    async fn revisions_from(
        &self,
        stamp: Stamp,
        limit: usize,
    ) -> Result<Vec<Revision<Book>>, Infallible> {
        let tables = self.0.lock();
        // None if the stamp is of another history. A revision has one change here.
        let at = tables.log.iter().position(|logged| logged.stamp == stamp);
        let from = at.map_or(&[][..], |at| &tables.log[at..]);
        Ok(from.iter().take(limit + 1).cloned().collect())
    }

    async fn last_revisions(&self, limit: usize) -> Result<Vec<Revision<Book>>, Infallible> {
        let tables = self.0.lock();
        let from = tables.log.len().saturating_sub(limit.max(1));
        Ok(tables.log[from..].to_vec())
    }
}
// ANCHOR_END: feed
