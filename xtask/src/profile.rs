//! The build profiles.

/// What the compiler spends its time on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Profile {
    /// Quick to rebuild: for `dev`.
    Dev,
    /// Optimized, quick to build from scratch: for `run` and for all tests, so that nothing is built twice.
    Ci,
    /// What is deployed and measured.
    Release,
}

impl Profile {
    /// The one that `--release` stands for, or else that of the tests.
    pub(crate) fn of(release: bool) -> Self {
        match release {
            true => Self::Release,
            false => Self::Ci,
        }
    }

    /// Cargo's name for it, and that of its output directory, except that `dev` goes to `debug`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Ci => "ci",
            Self::Release => "release",
        }
    }

    pub(crate) fn directory(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            other => other.name(),
        }
    }
}
