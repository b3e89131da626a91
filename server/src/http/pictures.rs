//! Pictures of recipes as files, for other sites that show what a link leads to: these read no SVG.

use std::time::Duration;

use app::dish_file;
use ask::CachePolicy;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use catalogue::recipes::{Recipe, SCHEMA};
use leptos_cached::{Fault, mark_cut_off, negotiate};
use resvg::{tiny_skia, usvg};
use site::{AnyAsk, Object};
use tokio::{sync::Semaphore, time::timeout};
use xxhash_rust::xxh3::xxh3_64;

use super::App;
use crate::answers::of_load;

/// Drawing takes a fifth of a second of a core, so one picture is drawn at a time.
static DRAWING: Semaphore = Semaphore::const_new(1);

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(2);

const PNG: HeaderValue = HeaderValue::from_static("image/png");

pub(super) fn routes() -> Router<App> {
    Router::new().route("/recipes/{id}/picture.png", get(recipe))
}

async fn recipe(
    State(app): State<App>,
    Path(id): Path<String>,
    accepted: HeaderMap,
) -> Result<Response, Fault> {
    let id = id.parse().map_err(|_| Fault::NotFound)?;
    let ask = AnyAsk::from(Object {
        schema: &SCHEMA,
        id,
    });
    let answer = app.tiers.answer(&ask).await;
    let answer = answer.map_err(|failure| of_load(&failure))?;
    let body = &answer.entry.body;
    if !body.found() {
        return Err(Fault::NotFound);
    }
    let recipe = body.read::<Recipe>()?;
    let svg = dish_file(
        recipe.id,
        &recipe.title,
        &recipe.cuisine,
        &recipe.ingredients,
    );
    let is_current = !answer.trail.cut_off;
    let etag = format!("\"{:016x}\"", xxh3_64(svg.as_bytes()));
    let etag = HeaderValue::try_from(etag).map_err(|_| Fault::Unavailable)?;
    let refusal = negotiate::refusal(&accepted, &etag, None);
    let mut response = if let Some(status) = refusal.filter(|_| is_current) {
        status.into_response()
    } else {
        let turn = timeout(PATIENCE, DRAWING.acquire()).await;
        let turn = turn.map_err(|_| Fault::Busy)?;
        let drawing = move || {
            // Until it is drawn, whether or not the client still waits.
            let _turn = turn;
            draw(&svg)
        };
        let drawn = tokio::task::spawn_blocking(drawing).await.ok().flatten();
        let png = drawn.ok_or_else(|| {
            tracing::error!(id, "cannot draw a recipe");
            Fault::Unavailable
        })?;
        ([(header::CONTENT_TYPE, PNG)], png).into_response()
    };
    let headers = response.headers_mut();
    if is_current {
        headers.insert(header::ETAG, etag);
        app.downstream.set(headers, CachePolicy::standard());
    } else {
        mark_cut_off(headers, answer.entry.age());
    }
    Ok(response)
}

/// An SVG file as a PNG file; `None` if it is not one, or too large.
fn draw(svg: &str) -> Option<Vec<u8>> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).ok()?;
    let size = tree.size().to_int_size();
    let mut picture = tiny_skia::Pixmap::new(size.width(), size.height())?;
    resvg::render(
        &tree,
        tiny_skia::Transform::default(),
        &mut picture.as_mut(),
    );
    // Without the last two bits of each color, which nobody sees, a file has half the size: some sites
    // show no picture of more than 600 kB. The table covers everything, so nothing is transparent.
    let pixels = picture.pixels().iter();
    let colors: Vec<u8> = pixels
        .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
        .map(|color| color & 0xfc)
        .collect();
    let mut file = Vec::with_capacity(1 << 19);
    let mut encoder = png::Encoder::new(&mut file, size.width(), size.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::Adaptive);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&colors).ok()?;
    writer.finish().ok()?;
    Some(file)
}
