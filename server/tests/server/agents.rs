//! Agents: what homes embed, and what is computed from homes.

use serde_json::json;

use crate::{
    on_both,
    support::{Answer, Server},
};

/// An agent who sells several homes, with the id of the office.
async fn busy(server: &Server) -> (i64, i64) {
    let agent = server
        .number(
            "SELECT agent_id FROM properties WHERE status = 'active' GROUP BY agent_id
             ORDER BY count(*) DESC, agent_id LIMIT 1",
        )
        .await;
    let office = format!("SELECT office_id FROM agents WHERE id = {agent}");
    (agent, server.number(&office).await)
}

fn is_hit(answer: &Answer) -> bool {
    answer.header("cache-status").contains("hit")
}

on_both! {
    async fn the_name_of_an_office_is_new_in_the_next_answer_on_every_node(server: Server) {
        let (agent, office) = busy(&server).await;
        let home = server.number(&format!("SELECT min(id) FROM properties WHERE status = 'active' AND agent_id = {agent}")).await;
        let nodes = [server.another_node().await, server.another_node().await, server];
        let pages = [
            format!("/agents/{agent}"), format!("/properties/{home}"), format!("/api/agents/{agent}/"),
            format!("/api/properties/{home}/"), format!("/api/properties/?agent={agent}"),
        ];
        // Of the list, the page that shows the agent.
        let city = nodes[0].get(&format!("/api/agents/{agent}/")).await.json()["office"]["city"].as_str().unwrap().replace(' ', "+");
        let list = format!("/agents?city={city}&page_size=100");
        let pages: Vec<&str> = pages.iter().map(String::as_str).chain([&*list]).collect();
        for (round, name) in ["Doves & Daughters", "Owls of Old Town"].into_iter().enumerate() {
            for page in &pages {
                for node in &nodes {
                    assert_eq!(node.get(page).await.status, 200, "{page}");
                }
            }
            nodes[round].sql(&format!("UPDATE offices SET name = '{name}' WHERE id = {office}")).await;
            for node in &nodes {
                node.caught_up().await;
                for page in &pages {
                    let text = node.get(page).await.text().replace("&amp;", "&");
                    assert!(text.contains(name), "{page} shows an older name than {name}");
                }
            }
        }
    }

    async fn figures_are_touched_by_the_homes_of_their_agent_alone(server: Server) {
        let (agent, _) = busy(&server).await;
        let figure = |name: &str| format!("/api/agents/{agent}/computed/{name}/");
        let homes = server.number(&format!("SELECT count(*) FROM properties WHERE status = 'active' AND agent_id = {agent}")).await;
        let average = server.number(&format!("SELECT CAST(round(avg(price_cents)) AS bigint) FROM properties \
            WHERE status = 'active' AND agent_id = {agent}")).await;
        assert_eq!(server.get(&figure("homes-for-sale")).await.json(), json!({"rows": homes, "value": homes}));
        assert_eq!(server.get(&figure("average-price")).await.json(),
            json!({"rows": homes, "value": format!("{}.{:02}", average / 100, average % 100)}));
        assert!(server.get(&figure("days-on-the-market")).await.json()["value"].as_i64() >= Some(0));
        // A home of somebody else.
        server.sql(&format!("UPDATE properties SET price_cents = price_cents + 100 WHERE agent_id <> {agent} AND status = 'active' \
            AND id = (SELECT min(id) FROM properties WHERE agent_id <> {agent} AND status = 'active')")).await;
        server.caught_up().await;
        for name in ["homes-for-sale", "average-price", "days-on-the-market"] {
            assert!(is_hit(&server.get(&figure(name)).await), "{name} was touched by the home of another agent");
        }
        server.sql(&format!("UPDATE properties SET status = 'sold' WHERE id = (SELECT min(id) FROM properties \
            WHERE status = 'active' AND agent_id = {agent})")).await;
        server.caught_up().await;
        assert_eq!(server.get(&figure("homes-for-sale")).await.json()["value"], homes - 1);
        assert_eq!(server.get(&figure("median-nonsense")).await.status, 404);
        assert_eq!(server.get("/api/properties/7/computed/homes-for-sale/").await.status, 404);
    }

    async fn an_agent_moves_only_to_an_office_that_exists(server: Server) {
        let refused = server.patch("/api/agents/7/", json!({"office.id": 999_999})).await;
        assert!(refused.status.is_client_error() && refused.text().contains("999999"), "{}", refused.text());
        let other = server.number("SELECT max(id) FROM offices").await;
        let edit = json!({"office.id": other, "takes_clients": false, "licensed_on": "2001-02-03",
            "specialties": ["lofts", "families"], "languages": "Español, English"});
        let moved = server.patch("/api/agents/7/", edit).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
        let agent = server.get("/api/agents/7/").await.json();
        assert_eq!(agent["office"]["id"], other);
        assert_eq!((&agent["takes_clients"], &agent["licensed_on"]), (&json!(false), &json!("2001-02-03")));
        assert_eq!(agent["specialties"], json!(["families", "lofts"]));
        assert_eq!(agent["languages"], json!(["espanol", "english"]));
        let city = agent["office"]["city"].as_str().unwrap().replace(' ', "+");
        let there = server.get(&format!("/api/agents/?city={city}&takes_clients=no&page_size=100")).await.json();
        let ids: Vec<i64> = there["results"].as_array().unwrap().iter().map(|it| it["id"].as_i64().unwrap()).collect();
        assert!(ids.contains(&7), "{ids:?}");
    }
}
