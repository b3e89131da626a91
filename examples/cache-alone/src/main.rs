//! Serves the example: `cargo run -p cache-alone`.

use std::sync::Arc;

use cache_alone::{Database, app};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let database = Database::new(&[("Emma", "novels"), ("Leaves of Grass", "poems")]);
    let app = app(Arc::new(database)).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3003").await?;
    println!("http://{}/shelves/novels", listener.local_addr()?);
    axum::serve(listener, app).await
}
