//! Accounts, sessions and tokens.

use std::{fmt, str::FromStr};

use sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::{Purpose, Store, StoreError, database::Record};

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// Everything.
    Admin,
    /// Look and edit.
    Editor,
    /// Look.
    Viewer,
}

impl Role {
    /// Whether it may do everything.
    pub fn is_admin(self) -> bool {
        matches!(self, Self::Admin)
    }

    /// Whether it may change rows.
    pub fn may_edit(self) -> bool {
        !matches!(self, Self::Viewer)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Admin => "admin",
            Self::Editor => "editor",
            Self::Viewer => "viewer",
        })
    }
}

impl FromStr for Role {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        match text {
            "admin" => Ok(Self::Admin),
            "editor" => Ok(Self::Editor),
            "viewer" => Ok(Self::Viewer),
            other => Err(StoreError::Unexpected(format!("role {other}"))),
        }
    }
}

/// An account that may log in.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The argon2 hash of its password, as a PHC string.
    pub password_hash: String,
    /// What it may do.
    pub role: Role,
}

impl Store {
    /// Whether there are any accounts.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn has_accounts(&self) -> Result<bool, StoreError> {
        let any = Query::select()
            .column("id")
            .from("accounts")
            .limit(1)
            .to_owned();
        Ok(self.first(&any).await?.is_some())
    }

    /// Adds an account, or gives the one with that name a new password and role.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn put_account(
        &self,
        name: &str,
        hash: &str,
        role: Role,
        now: i64,
    ) -> Result<(), StoreError> {
        let role = role.to_string();
        self.put(
            "accounts",
            ["name", "password_hash", "role", "created_at"],
            [name.into(), hash.into(), role.into(), now.into()],
            &["password_hash", "role"],
        )
        .await
    }

    /// The account with that name.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn account_by_name(&self, name: &str) -> Result<Option<Account>, StoreError> {
        self.account(Expr::col("name").eq(name)).await
    }

    /// The account with that id.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn account_by_id(&self, id: i64) -> Result<Option<Account>, StoreError> {
        self.account(Expr::col("id").eq(id)).await
    }

    async fn account(&self, which: Expr) -> Result<Option<Account>, StoreError> {
        let select = Query::select()
            .columns(["id", "name", "password_hash", "role"])
            .from("accounts")
            .and_where(which)
            .to_owned();
        let account = |record: Record| {
            Ok(Account {
                id: record.get(0)?,
                name: record.get(1)?,
                password_hash: record.get(2)?,
                role: record.get::<String>(3)?.parse()?,
            })
        };
        self.first(&select).await?.map(account).transpose()
    }

    /// Stores the hash of a bearer token, in place of the one with that name.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn put_token(&self, name: &str, hash: &str, now: i64) -> Result<(), StoreError> {
        self.put(
            "tokens",
            ["name", "hash", "created_at"],
            [name.into(), hash.into(), now.into()],
            &["hash", "created_at"],
        )
        .await
    }

    /// The name of the bearer token with that hash.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn token_name(&self, hash: &str) -> Result<Option<String>, StoreError> {
        let select = Query::select()
            .column("name")
            .from("tokens")
            .and_where(Expr::col("hash").eq(hash))
            .to_owned();
        let token = self.first(&select).await?;
        token.map(|record| record.get(0)).transpose()
    }

    /// Stores a session's record until `expires_at`, in milliseconds since 1970.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn put_session(
        &self,
        id: &str,
        record: &str,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        self.put(
            "sessions",
            ["id", "record", "expires_at"],
            [id.into(), record.into(), expires_at.into()],
            &["record", "expires_at"],
        )
        .await
    }

    /// The record of a session that has not expired.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn session(&self, id: &str, now: i64) -> Result<Option<String>, StoreError> {
        let select = Query::select()
            .column("record")
            .from("sessions")
            .and_where(Expr::col("id").eq(id))
            .and_where(Expr::col("expires_at").gt(now))
            .to_owned();
        let session = self.first(&select).await?;
        session.map(|record| record.get(0)).transpose()
    }

    /// Deletes a session, and all those that have expired.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn delete_session(&self, id: &str, now: i64) -> Result<(), StoreError> {
        let delete = Query::delete()
            .from_table("sessions")
            .cond_where(sea_query::any![
                Expr::col("id").eq(id),
                Expr::col("expires_at").lte(now)
            ])
            .to_owned();
        self.write(&delete).await
    }

    /// Deletes all sessions that have expired.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub(super) async fn delete_expired_sessions(&self, now: i64) -> Result<(), StoreError> {
        let delete = Query::delete()
            .from_table("sessions")
            .and_where(Expr::col("expires_at").lte(now))
            .to_owned();
        self.write(&delete).await
    }

    /// Inserts a row; if the first column's value already exists, replaces the columns in
    /// `replaced`.
    async fn put<const N: usize>(
        &self,
        table: &'static str,
        columns: [&'static str; N],
        values: [Expr; N],
        replaced: &[&'static str],
    ) -> Result<(), StoreError> {
        let conflict = OnConflict::column(columns[0])
            .update_columns(replaced.iter().copied())
            .to_owned();
        let insert = Query::insert()
            .into_table(table)
            .columns(columns)
            .values_panic(values)
            .on_conflict(conflict)
            .to_owned();
        self.write(&insert).await
    }

    pub(super) async fn first(
        &self,
        statement: &sea_query::SelectStatement,
    ) -> Result<Option<Record>, StoreError> {
        let mut transaction = self.database.begin(Purpose::Read).await?;
        transaction.target().fetch_optional(statement).await
    }

    async fn write(
        &self,
        statement: &impl sea_query::QueryStatementWriter,
    ) -> Result<(), StoreError> {
        let mut transaction = self.database.begin(Purpose::Write).await?;
        transaction.target().execute(statement).await?;
        transaction.commit().await
    }
}
