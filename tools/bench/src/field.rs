//! What is measured, and what it is compared with.

use anyhow::Result;
use services::redis::Redis;

use super::{
    entrant::{Entrant, Requests},
    paths::{self, GRAPHQL, LIST, PAGE, REDIS_KEYS},
    probe::Probe,
    redis_benchmark::RedisBenchmark,
    references::References,
    stage::Stage,
};

/// All entrants on a stage: ours and, with `references`, what they are compared with. Entrants that
/// are compared with each other are neighbors.
pub(super) fn all(
    stage: &Stage,
    references: Option<&References>,
    redis: &Redis,
) -> Result<Vec<Entrant>> {
    let probe = Probe::new();
    let body = |path: &str| probe.get(&format!("{}{path}", stage.node.url), &[]);
    let list = body(LIST)?;
    let ours = |id, name, requests| Entrant {
        id,
        name,
        reference: false,
        base: stage.node.url.clone(),
        headers: Vec::new(),
        requests,
        pids: vec![stage.node.pid],
        expect: None,
    };
    let memory = |id, name, requests| Entrant {
        expect: Some("hearth-memory; hit"),
        ..ours(id, name, requests)
    };
    let redis_hit = |id, name, requests| Entrant {
        base: stage.forgetful.url.clone(),
        pids: vec![stage.forgetful.pid],
        expect: Some("hearth-redis; hit"),
        ..ours(id, name, requests)
    };
    let brotli = || ("Accept-Encoding", "br".to_owned());

    let mut field = vec![
        memory("memory", "memory hit", Requests::One(LIST)),
        memory("graphql", "memory hit by GraphQL", Requests::One(GRAPHQL)),
    ];
    if let Some(references) = references {
        field.insert(
            0,
            references.nginx("nginx", "nginx, the list as a file", "/list.json"),
        );
        field.push(references.bare_list("bare", "bare axum handler, the list"));
        field.push(references.nginx("nginx-br", "nginx, the list's brotli file", "/list.json.br"));
        field.push(Entrant {
            headers: vec![brotli()],
            ..memory("memory-br", "memory hit, brotli", Requests::One(LIST))
        });
        field.push(Entrant {
            headers: vec![("If-None-Match", list.etag.clone())],
            ..ours("not-modified", "304", Requests::One(LIST))
        });
        field.push(references.bare_page("bare-page", "bare axum handler, the page"));
    }
    field.push(ours("page", "page hit (HTML)", Requests::One(PAGE)));
    if let Some(references) = references {
        field.push(references.nginx("nginx-page", "nginx, the page as a file", "/page.html"));
        field.push(references.nginx(
            "nginx-page-br",
            "nginx, the page's brotli file",
            "/page.html.br",
        ));
        field.push(Entrant {
            headers: vec![brotli()],
            ..ours("page-br", "page hit, brotli", Requests::One(PAGE))
        });
        let port = redis.port;
        let requests = match redis.tool("redis-benchmark") {
            Some(tool) => Requests::Redis(RedisBenchmark { tool, port }, list.body.len()),
            None => Requests::Missing("redis-benchmark is not installed".to_owned()),
        };
        field.push(Entrant {
            reference: true,
            base: String::new(),
            pids: redis.pid().into_iter().collect(),
            ..ours(
                "redis-benchmark",
                "redis-benchmark GET, same size",
                requests,
            )
        });
    }
    let lists = paths::pages(stage.listed, REDIS_KEYS);
    field.push(redis_hit(
        "redis",
        "redis hit, 100 lists in turn",
        Requests::Each(lists),
    ));
    if references.is_some() {
        field.push(redis_hit(
            "redis-one",
            "redis hit, one list",
            Requests::One(LIST),
        ));
        field.push(memory(
            "cached",
            "laboratory: cached",
            Requests::One("/api/properties/cached/"),
        ));
    }
    field.push(ours(
        "optimized",
        "laboratory: optimized",
        Requests::One("/api/properties/live/optimized/"),
    ));
    field.push(ours(
        "naive",
        "laboratory: naive",
        Requests::One("/api/properties/live/naive/"),
    ));
    field.push(ours("cold", "cold, a new price range each", Requests::Cold));
    field.push(ours(
        "counted",
        "cold, a new page, count known",
        Requests::Counted,
    ));
    Ok(field)
}
