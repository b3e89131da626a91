//! `hearth user` and `hearth token`.

use std::error::Error;

use crate::{
    credentials,
    store::{Role, Store},
};

/// Adds an account with a random password, and prints both.
pub(super) async fn add_user(store: &Store, name: &str, role: Role) -> Result<(), Box<dyn Error>> {
    let password = credentials::random_secret();
    let hash = credentials::hash_password(password.clone()).await?;
    store
        .put_account(name, &hash, role, credentials::now_millis())
        .await?;
    println!("account {name} ({role}), password {password}");
    Ok(())
}

/// Adds a bearer token, and prints it.
pub(super) async fn add_token(store: &Store, name: &str) -> Result<(), Box<dyn Error>> {
    let token = credentials::random_secret();
    store
        .put_token(
            name,
            &credentials::hash_token(&token),
            credentials::now_millis(),
        )
        .await?;
    println!("token {name}: {token}");
    Ok(())
}

/// Creates the account `admin` if there are no accounts.
pub(super) async fn ensure_admin(
    store: &Store,
    password: Option<&str>,
) -> Result<(), Box<dyn Error>> {
    if store.has_accounts().await? {
        return Ok(());
    }
    let chosen = password.map_or_else(credentials::random_secret, ToOwned::to_owned);
    let hash = credentials::hash_password(chosen.clone()).await?;
    store
        .put_account("admin", &hash, Role::Admin, credentials::now_millis())
        .await?;
    if password.is_none() {
        eprintln!("created the account admin with the password {chosen} (shown only once)");
    }
    Ok(())
}
