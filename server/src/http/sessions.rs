//! Sessions in the database, so that all nodes share them.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

use crate::{credentials::now_millis, store::Store};

/// The session store of `tower-sessions`, on the portal's own database.
#[derive(Clone)]
pub(super) struct StoredSessions(pub(super) Arc<Store>);

impl fmt::Debug for StoredSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredSessions")
    }
}

fn backend(error: impl fmt::Display) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for StoredSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // An id is 128 random bits, so collisions are not to be expected.
        self.save(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let text =
            serde_json::to_string(record).map_err(|error| Error::Encode(error.to_string()))?;
        let expires_at = record.expiry_date.unix_timestamp().saturating_mul(1_000);
        self.0
            .put_session(&record.id.to_string(), &text, expires_at)
            .await
            .map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let text = self
            .0
            .session(&id.to_string(), now_millis())
            .await
            .map_err(backend)?;
        text.map(|text| {
            serde_json::from_str(&text).map_err(|error| Error::Decode(error.to_string()))
        })
        .transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.0
            .delete_session(&id.to_string(), now_millis())
            .await
            .map_err(backend)
    }
}
