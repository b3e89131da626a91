//! Passwords and tokens: generating, hashing, checking.

use std::{
    sync::{Arc, LazyLock},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use argon2::{
    Argon2, PasswordHash, PasswordHasher, PasswordVerifier,
    password_hash::{self, SaltString, rand_core::OsRng},
};
use rand::{Rng, distr::Alphanumeric};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use tokio::{sync::Semaphore, time::timeout};

/// How many passwords are checked at once: each takes 19 MiB and a core.
static HASHING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    Arc::new(Semaphore::new(cores))
});

/// How long a login waits for its turn.
const PATIENCE: Duration = Duration::from_secs(2);

/// A secret of 24 random letters and digits, about 143 bits.
pub fn random_secret() -> String {
    rand::rng()
        .sample_iter(Alphanumeric)
        .take(24)
        .map(char::from)
        .collect()
}

/// The argon2id hash of a password, as a PHC string. Runs on a separate thread, because it is
/// deliberately slow.
///
/// # Errors
/// If hashing fails, or the server is shutting down.
pub async fn hash_password(password: String) -> Result<String, CredentialsError> {
    tokio::task::spawn_blocking(move || {
        let salt = SaltString::generate(&mut OsRng);
        Ok(Argon2::default()
            .hash_password(password.as_bytes(), &salt)?
            .to_string())
    })
    .await?
}

/// Whether a password is the one that was hashed. Without a hash (there is no such account) it
/// takes as long and fails, so that names cannot be guessed from the timing.
///
/// # Errors
/// If the server is shutting down.
pub async fn check_password(
    password: String,
    hash: Option<String>,
) -> Result<bool, CredentialsError> {
    let slot = match timeout(PATIENCE, Arc::clone(&HASHING).acquire_owned()).await {
        Ok(slot) => slot,
        Err(_) => return Err(CredentialsError::Busy),
    };
    tokio::task::spawn_blocking(move || {
        // Held until the hash is made, even if nobody waits for it any more.
        let _slot = slot;
        let Some(hash) = hash else {
            let salt = SaltString::generate(&mut OsRng);
            let _ = Argon2::default().hash_password(password.as_bytes(), &salt)?;
            return Ok(false);
        };
        let parsed = PasswordHash::new(&hash)?;
        Ok(Argon2::default()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok())
    })
    .await?
}

/// The hash under which a bearer token is stored. Tokens are random, so a plain SHA-256 is enough.
pub fn hash_token(token: &str) -> String {
    Sha256::digest(token.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Whether two secrets are equal, in a time that depends on their lengths alone.
pub fn same_secret(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// Milliseconds since 1970.
pub fn now_millis() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Why a password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    /// The hash cannot be computed or parsed.
    #[error("cannot hash or verify the password: {0}")]
    Hash(password_hash::Error),
    /// Too many passwords are being checked.
    #[error("too many passwords are being checked")]
    Busy,
    /// The server is shutting down.
    #[error("the server is shutting down")]
    Stopping(#[from] tokio::task::JoinError),
}

impl From<password_hash::Error> for CredentialsError {
    fn from(error: password_hash::Error) -> Self {
        Self::Hash(error)
    }
}
