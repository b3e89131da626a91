//! The usual before-and-after experiment, from the users' point of view: they look at a list of homes,
//! pause for one to two seconds, and look again. Five looks in six are at the cached list, the sixth at
//! the one that is read row by row. goose's report says how long they waited.
//!
//! ```console
//! $ users --host http://127.0.0.1:3000 --users 100 --increase-rate 50 --run-time 20s --report-file users.html
//! ```

use std::time::Duration;

use goose::prelude::*;

#[tokio::main]
async fn main() -> Result<(), GooseError> {
    let pause = (Duration::from_secs(1), Duration::from_secs(2));
    let reader = scenario!("Reader")
        .set_wait_time(pause.0, pause.1)?
        .register_transaction(transaction!(cached).set_weight(5)?)
        .register_transaction(transaction!(naive));
    GooseAttack::initialize()?
        .register_scenario(reader)
        .execute()
        .await?;
    Ok(())
}

async fn cached(user: &mut GooseUser) -> TransactionResult {
    look(user, "/api/properties/cached/").await
}

async fn naive(user: &mut GooseUser) -> TransactionResult {
    look(user, "/api/properties/live/naive/").await
}

/// Requests a path, and reads the whole answer.
async fn look(user: &mut GooseUser, path: &str) -> TransactionResult {
    let response = user.get(path).await?.response?;
    response.bytes().await?;
    Ok(())
}
