//! Serves the example: `cargo run -p normalizer-alone`.

use normalizer_alone::{Answers, app};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3002").await?;
    println!("http://{}/recipes?diet=vegan", listener.local_addr()?);
    axum::serve(listener, app(Answers::default())).await
}
