//! Serves the example: `cargo run -p minimal`, with `REDIS_URL` for a shared tier.

use leptos_cached::{Cache, Options};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cache = Cache::start(Options::from_env()).await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3001").await?;
    println!("http://{}/?tag=love,hope", listener.local_addr()?);
    Ok(axum::serve(listener, minimal::app(cache)).await?)
}
