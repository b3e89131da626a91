//! Addresses that stand for themselves: no catalogue, no parameters that decide an answer.

/// An address that stands for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixed {
    /// Server-sent events.
    Live,
    /// What search engines may look at.
    Robots,
    /// The index of the sitemap's parts.
    Sitemap,
    /// Whether the process answers.
    Health,
    /// Whether the node may serve what is cached.
    Ready,
    /// Figures for Prometheus.
    Metrics,
}

impl Fixed {
    const ALL: [Self; 6] = [
        Self::Live,
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
            Self::Robots => "/robots.txt",
            Self::Sitemap => "/sitemap.xml",
            Self::Health => "/healthz",
            Self::Ready => "/readyz",
            Self::Metrics => "/metrics",
        }
    }

    /// What stands at a path.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fixed| fixed.path() == path)
    }
}
