//! Fixed addresses: without a catalogue, and without parameters that decide the answer.

/// A fixed address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixed {
    /// Server-sent events.
    Live,
    /// The GraphQL API.
    Graphql,
    /// GraphiQL, where editors write queries.
    Graphiql,
    /// What search engines may crawl.
    Robots,
    /// The index of the sitemap's parts.
    Sitemap,
    /// Whether the process answers.
    Health,
    /// Whether the node may serve cached answers.
    Ready,
    /// Metrics for Prometheus.
    Metrics,
}

impl Fixed {
    const ALL: [Self; 8] = [
        Self::Live,
        Self::Graphql,
        Self::Graphiql,
        Self::Robots,
        Self::Sitemap,
        Self::Health,
        Self::Ready,
        Self::Metrics,
    ];

    /// Its path.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Live => "/live",
            Self::Graphql => "/api/graphql",
            Self::Graphiql => "/admin/graphql",
            Self::Robots => "/robots.txt",
            Self::Sitemap => "/sitemap.xml",
            Self::Health => "/healthz",
            Self::Ready => "/readyz",
            Self::Metrics => "/metrics",
        }
    }

    /// The fixed address with this path.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fixed| fixed.path() == path)
    }
}
