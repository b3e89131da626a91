//! Who is measured, and against whom.

use anyhow::Result;
use services::redis::Redis;

use super::{
    entrant::{Asks, Entrant},
    paths::{self, LIST, PAGE, REDIS_KEYS},
    probe::Probe,
    redis_benchmark::RedisBenchmark,
    references::References,
    stage::Stage,
};

/// Everything on a stage: ours, and with `references` what it is compared with. Those that are
/// compared stand side by side.
pub(super) fn all(
    stage: &Stage,
    references: Option<&References>,
    redis: &Redis,
) -> Result<Vec<Entrant>> {
    let probe = Probe::new();
    let body = |path: &str| probe.get(&format!("{}{path}", stage.node.url), &[]);
    let list = body(LIST)?;
    let ours = |id, name, asks| Entrant {
        id,
        name,
        reference: false,
        base: stage.node.url.clone(),
        headers: Vec::new(),
        asks,
        pids: vec![stage.node.pid],
        expect: None,
    };
    let memory = |id, name, asks| Entrant {
        expect: Some("hearth-memory; hit"),
        ..ours(id, name, asks)
    };
    let redis_hit = |id, name, asks| Entrant {
        base: stage.forgetful.url.clone(),
        pids: vec![stage.forgetful.pid],
        expect: Some("hearth-redis; hit"),
        ..ours(id, name, asks)
    };
    let brotli = || ("Accept-Encoding", "br".to_owned());

    let mut field = vec![memory("memory", "memory hit", Asks::One(LIST))];
    if let Some(references) = references {
        field.insert(
            0,
            references.nginx("nginx", "nginx, the list as a file", "/list.json"),
        );
        field.push(references.bare_list("bare", "bare axum handler, the list"));
        field.push(references.nginx("nginx-br", "nginx, the list's brotli file", "/list.json.br"));
        field.push(Entrant {
            headers: vec![brotli()],
            ..memory("memory-br", "memory hit, brotli", Asks::One(LIST))
        });
        field.push(Entrant {
            headers: vec![("If-None-Match", list.etag.clone())],
            ..ours("not-modified", "304", Asks::One(LIST))
        });
        field.push(references.bare_page("bare-page", "bare axum handler, the page"));
    }
    field.push(ours("page", "page hit (HTML)", Asks::One(PAGE)));
    if let Some(references) = references {
        field.push(references.nginx("nginx-page", "nginx, the page as a file", "/page.html"));
        field.push(references.nginx(
            "nginx-page-br",
            "nginx, the page's brotli file",
            "/page.html.br",
        ));
        field.push(Entrant {
            headers: vec![brotli()],
            ..ours("page-br", "page hit, brotli", Asks::One(PAGE))
        });
        let port = redis.port;
        let asks = match redis.tool("redis-benchmark") {
            Some(tool) => Asks::Redis(RedisBenchmark { tool, port }, list.body.len()),
            None => Asks::Missing("redis-benchmark is not installed".to_owned()),
        };
        field.push(Entrant {
            reference: true,
            base: String::new(),
            pids: redis.pid().into_iter().collect(),
            ..ours("redis-benchmark", "redis-benchmark GET, same size", asks)
        });
    }
    let lists = paths::pages(stage.listed, REDIS_KEYS);
    field.push(redis_hit(
        "redis",
        "redis hit, 100 lists in turn",
        Asks::Each(lists),
    ));
    if references.is_some() {
        field.push(redis_hit(
            "redis-one",
            "redis hit, one list",
            Asks::One(LIST),
        ));
        field.push(memory(
            "cached",
            "laboratory: cached",
            Asks::One("/api/properties/cached/"),
        ));
    }
    field.push(ours(
        "optimized",
        "laboratory: optimized",
        Asks::One("/api/properties/live/optimized/"),
    ));
    field.push(ours(
        "naive",
        "laboratory: naive",
        Asks::One("/api/properties/live/naive/"),
    ));
    field.push(ours("cold", "cold, a new price range each", Asks::Cold));
    field.push(ours(
        "counted",
        "cold, a new page, count known",
        Asks::Counted,
    ));
    Ok(field)
}
