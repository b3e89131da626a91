//! The minimum that axum can do: it answers every GET with the same bytes. `cargo xtask bench`
//! measures the server against it.
//!
//! ```console
//! $ bare 127.0.0.1:3001 list.json application/json
//! ```

use std::error::Error;

use axum::{
    Router,
    http::{HeaderValue, header::CONTENT_TYPE},
    routing::get,
    serve::ListenerExt as _,
};
use bytes::Bytes;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, file, kind] = &arguments[..] else {
        return Err("usage: bare ADDRESS FILE CONTENT-TYPE".into());
    };
    let bytes = Bytes::from(tokio::fs::read(file).await?);
    let kind = HeaderValue::try_from(kind)?;
    let handler = get(async move || ([(CONTENT_TYPE, kind)], bytes));
    let listener = TcpListener::bind(address).await?.tap_io(|stream| {
        // A connection that refuses the option is served all the same.
        drop(stream.set_nodelay(true));
    });
    axum::serve(listener, Router::new().fallback(handler)).await?;
    Ok(())
}
