// Puts GraphiQL, the usual editor of GraphQL queries, into its page. It is the only code of this site that is not ours.

import "graphiql/graphiql.css";
import "./graphiql/page.css";

import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const place = document.getElementById("graphiql");

async function fetcher(operation) {
  const headers = { "content-type": "application/json", "x-csrf-token": place.dataset.csrf };
  const response = await fetch("/api/graphql", { method: "POST", headers, body: JSON.stringify(operation) });
  return response.json();
}

const defaultQuery = `# The newest homes in a city.
# The book on the left explains all types.
{
  properties(city: "austin", pageSize: 5) {
    count
    nodes {
      id
      title
      price
      agent {
        name
      }
    }
  }
}
`;

createRoot(place).render(createElement(GraphiQL, { fetcher, defaultQuery }));
