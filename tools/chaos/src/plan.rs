//! What the fault injector does and when, made in advance from a seed: the same seed, the same plan.
//!
//! A plan is a series of rounds: some faults, which may overlap, and a quiet interval in which the
//! cluster is examined. Kinds of fault are dealt like cards: each comes up once before any comes up
//! again. Some have a second one in the middle of the first, which finds what neither does alone: a
//! node that starts while it is cut off, a database that restarts while Redis is away.

use std::{fmt, time::Duration};

use rand::{Rng as _, SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;

use super::fault::{Fault, How, Link, NODES};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Planned {
    /// Since the start, without the pauses of the quiet intervals.
    pub(super) at: Duration,
    pub(super) lasts: Duration,
    pub(super) fault: Fault,
}

#[derive(PartialEq, Eq, Debug)]
pub(super) struct Plan {
    pub(super) faults: Vec<Planned>,
    /// When everything is healed and cold keys are requested.
    pub(super) quiet: Vec<Duration>,
    pub(super) length: Duration,
}

/// How long the first round waits, so that there is a baseline to compare with.
const WARM_UP: Duration = Duration::from_secs(4);

/// The minimum length of a quiet interval: longer than a lease, so that every node has one again.
const QUIET: Duration = Duration::from_secs(4);

/// The maximum number of faults in a round.
const ROUND: usize = 5;

impl Plan {
    /// Rounds for about `length`.
    pub(super) fn new(seed: u64, length: Duration) -> Self {
        let mut dealer = Dealer::new(seed, Kind::ALL.to_vec());
        let mut plan = Self::empty();
        while plan.length < length {
            let faults = dealer.random.random_range(1..=ROUND);
            // Faults in quick succession overlap, others do not.
            let gap = dealer.random.random_range(400..4_000);
            plan.round(&mut dealer, faults, gap);
        }
        plan
    }

    /// One of each important kind, as quickly as they can follow each other.
    pub(super) fn short(seed: u64) -> Self {
        let mut dealer = Dealer::new(seed, Kind::IMPORTANT.to_vec());
        let mut plan = Self::empty();
        for _ in 0..2 {
            plan.round(&mut dealer, Kind::IMPORTANT.len().div_ceil(2), 1_500);
        }
        plan
    }

    fn empty() -> Self {
        Self {
            faults: Vec::new(),
            quiet: Vec::new(),
            length: WARM_UP,
        }
    }

    /// Adds faults that begin `gap` milliseconds apart on average, and the quiet interval after them.
    fn round(&mut self, dealer: &mut Dealer, faults: usize, gap: u64) {
        let mut at = self.length;
        let mut healed = at;
        for _ in 0..faults {
            let planned = dealer.deal(at, &self.faults);
            healed = healed.max(planned.at + planned.lasts);
            self.faults.push(planned);
            if let Some(within) = dealer.within(&planned, &self.faults) {
                healed = healed.max(within.at + within.lasts);
                self.faults.push(within);
            }
            at = planned.at
                + Duration::from_millis(dealer.random.random_range(gap / 2..gap * 3 / 2));
        }
        let quiet = healed + QUIET;
        self.quiet.push(quiet);
        self.length = quiet + Duration::from_millis(dealer.random.random_range(500..2_000));
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for planned in &self.faults {
            writeln!(
                f,
                "{:7.1} s  for {:4.1} s  {}",
                planned.at.as_secs_f64(),
                planned.lasts.as_secs_f64(),
                planned.fault
            )?;
        }
        write!(f, "{:7.1} s  end", self.length.as_secs_f64())
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Kill,
    Pause,
    FeedCut,
    FeedBlackhole,
    FeedDelay,
    PostgresCut,
    PostgresBlackhole,
    RedisCut,
    RedisBlackhole,
    RedisDelay,
    LoseRedis,
    FlushRedis,
    RestoreRedis,
    RestartPostgres,
    CrashPostgres,
    TerminateBackends,
}

impl Kind {
    const ALL: [Self; 16] = [
        Self::Kill,
        Self::Pause,
        Self::FeedCut,
        Self::FeedBlackhole,
        Self::FeedDelay,
        Self::PostgresCut,
        Self::PostgresBlackhole,
        Self::RedisCut,
        Self::RedisBlackhole,
        Self::RedisDelay,
        Self::LoseRedis,
        Self::FlushRedis,
        Self::RestoreRedis,
        Self::RestartPostgres,
        Self::CrashPostgres,
        Self::TerminateBackends,
    ];

    const IMPORTANT: [Self; 11] = [
        Self::Kill,
        Self::Pause,
        Self::FeedCut,
        Self::FeedBlackhole,
        Self::PostgresCut,
        Self::PostgresBlackhole,
        Self::LoseRedis,
        Self::FlushRedis,
        Self::RestoreRedis,
        Self::CrashPostgres,
        Self::TerminateBackends,
    ];

    /// How long it lasts, in milliseconds.
    fn lasts(self) -> std::ops::Range<u64> {
        match self {
            Self::Kill => 200..1_500,
            // A lease is 1.8 s.
            Self::Pause => 2_500..4_000,
            Self::FlushRedis | Self::TerminateBackends => 20..50,
            Self::RestoreRedis => 100..1_500,
            Self::RestartPostgres | Self::CrashPostgres => 100..1_200,
            _ => 800..5_000,
        }
    }

    fn against(self, node: usize, delay: Duration) -> Fault {
        match self {
            Self::Kill => Fault::Kill(node),
            Self::Pause => Fault::Pause(node),
            Self::FeedCut => Fault::Link(node, Link::Feed, How::Cut),
            Self::FeedBlackhole => Fault::Link(node, Link::Feed, How::Blackhole),
            Self::FeedDelay => Fault::Link(node, Link::Feed, How::Delay(delay)),
            Self::PostgresCut => Fault::Link(node, Link::Postgres, How::Cut),
            Self::PostgresBlackhole => Fault::Link(node, Link::Postgres, How::Blackhole),
            Self::RedisCut => Fault::Link(node, Link::Redis, How::Cut),
            Self::RedisBlackhole => Fault::Link(node, Link::Redis, How::Blackhole),
            Self::RedisDelay => Fault::Link(node, Link::Redis, How::Delay(delay)),
            Self::LoseRedis => Fault::LoseRedis,
            Self::FlushRedis => Fault::FlushRedis,
            Self::RestoreRedis => Fault::RestoreRedis,
            Self::RestartPostgres => Fault::RestartPostgres { immediate: false },
            Self::CrashPostgres => Fault::RestartPostgres { immediate: true },
            Self::TerminateBackends => Fault::TerminateBackends,
        }
    }
}

struct Dealer {
    random: ChaCha8Rng,
    deck: Vec<Kind>,
    left: Vec<Kind>,
}

impl Dealer {
    fn new(seed: u64, deck: Vec<Kind>) -> Self {
        Self {
            random: ChaCha8Rng::seed_from_u64(seed),
            deck,
            left: Vec::new(),
        }
    }

    /// The next kind, against a target that is not under attack at the time.
    fn deal(&mut self, at: Duration, before: &[Planned]) -> Planned {
        let kind = self.left.pop().unwrap_or_else(|| {
            self.left.clone_from(&self.deck);
            self.left.shuffle(&mut self.random);
            // The deck is never empty.
            self.left.pop().unwrap_or(Kind::FlushRedis)
        });
        let lasts = Duration::from_millis(self.random.random_range(kind.lasts()));
        let delay = Duration::from_millis(self.random.random_range(5..400));
        let node = self.random.random_range(0..NODES);
        // The node that is free first is taken.
        let free_at = |fault| free_at(fault, before);
        let candidates = (0..NODES).map(|turn| kind.against((node + turn) % NODES, delay));
        let fault = candidates
            .min_by_key(|fault| free_at(*fault).max(at))
            .unwrap_or(Fault::FlushRedis);
        Planned {
            at: free_at(fault).max(at),
            lasts,
            fault,
        }
    }

    /// A fault in the middle of another one, for every second one that has such.
    fn within(&mut self, outer: &Planned, before: &[Planned]) -> Option<Planned> {
        let (kind, fault) = match outer.fault {
            Fault::Link(node, Link::Feed | Link::Postgres, How::Cut | How::Blackhole) => {
                (Kind::Kill, Fault::Kill(node))
            }
            Fault::LoseRedis | Fault::RestoreRedis => {
                let immediate = self.random.random();
                (Kind::RestartPostgres, Fault::RestartPostgres { immediate })
            }
            _ => return None,
        };
        let lasts = Duration::from_millis(self.random.random_range(kind.lasts()));
        let at = outer.at + outer.lasts / 3;
        let is_free = free_at(fault, before) <= at;
        (self.random.random::<bool>() && is_free).then_some(Planned { at, lasts, fault })
    }
}

/// When a fault's target is free: a little after it was healed.
fn free_at(fault: Fault, before: &[Planned]) -> Duration {
    let same = before
        .iter()
        .filter(|other| other.fault.target() == fault.target());
    same.map(|other| other.at + other.lasts + Duration::from_millis(300))
        .max()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::fault::Target;

    const FIVE_MINUTES: Duration = Duration::from_secs(300);

    #[test]
    fn the_same_seed_makes_the_same_plan() {
        assert_eq!(Plan::new(7, FIVE_MINUTES), Plan::new(7, FIVE_MINUTES));
        assert_ne!(Plan::new(7, FIVE_MINUTES), Plan::new(8, FIVE_MINUTES));
    }

    #[test]
    fn every_kind_comes_up() {
        let kinds = |plan: &Plan| -> BTreeSet<_> {
            plan.faults
                .iter()
                .map(|planned| planned.fault.kind())
                .collect()
        };
        for seed in 0..20 {
            assert_eq!(kinds(&Plan::new(seed, FIVE_MINUTES)).len(), Kind::ALL.len());
            // And those that lie within others.
            assert!(kinds(&Plan::short(seed)).len() >= Kind::IMPORTANT.len());
        }
    }

    #[test]
    fn nothing_is_attacked_twice_at_once() {
        for seed in 0..20 {
            let plan = Plan::new(seed, FIVE_MINUTES);
            for (index, one) in plan.faults.iter().enumerate() {
                for other in &plan.faults[index + 1..] {
                    let apart = one.at + one.lasts < other.at || other.at + other.lasts < one.at;
                    assert!(
                        apart || one.fault.target() != other.fault.target(),
                        "seed {seed}: {one:?} and {other:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn quiet_intervals_come_after_everything_is_healed() {
        for seed in 0..20 {
            let plan = Plan::new(seed, FIVE_MINUTES);
            for quiet in &plan.quiet {
                let active = plan.faults.iter().find(|planned| {
                    planned.at <= *quiet && *quiet < planned.at + planned.lasts + QUIET
                });
                assert_eq!(active, None, "seed {seed} at {quiet:?}");
            }
        }
    }

    #[test]
    fn nodes_start_while_they_are_cut_off() {
        for seed in 0..20 {
            let plan = Plan::new(seed, FIVE_MINUTES);
            let started = plan.faults.iter().filter(|kill| {
                let Fault::Kill(node) = kill.fault else {
                    return false;
                };
                let starts = kill.at + kill.lasts;
                plan.faults.iter().any(|cut| {
                    cut.fault.target() == Target::ToPostgres(node)
                        && cut.at < starts
                        && starts < cut.at + cut.lasts
                })
            });
            assert!(started.count() > 0, "seed {seed}");
        }
    }

    #[test]
    fn some_faults_overlap() {
        let plan = Plan::new(1, FIVE_MINUTES);
        let overlap = plan
            .faults
            .windows(2)
            .filter(|pair| pair[1].at < pair[0].at + pair[0].lasts);
        assert!(overlap.count() > 5);
    }
}
