//! A model of the revision protocol, every state of which is checked.
//!
//! The other tests drive the code through orders of events that someone thought of, or that chance
//! produced. Here the protocol is written down a second time, small enough that a checker
//! ([stateright](https://docs.rs/stateright)) can try every order and show that none breaks the
//! promise:
//!
//! > No caller that arrives at a node after an edit was acknowledged is given, as current, an
//! > answer from before that edit.
//!
//! A checker that cannot fail proves nothing. So each rule of the protocol is left out once
//! ([`Flaw`]), and the checker must find the stale answer that follows.
//!
//! # What is modeled
//!
//! | here | in the code |
//! |---|---|
//! | [`editing`]: commit, list the nodes, wait, strike off, acknowledge | the server's `Store::acknowledged`, `behind`, `strike_off` |
//! | [`following`]: register, confirm, apply, grant, publish, restart | `follow`, `beat`, `Log::apply`, `Log::end_beat`; the server's `Store::register`, `confirm`, `publish` |
//! | [`asking`]: arrive, memory, shared tier, load, finish | `Tiers::answer`, `answer_by_flight`, `run_load`, `load`; `Log::arrival`, `Log::verdict` |
//!
//! Answers that are composed of others have a model of their own ([`composing`]).
//!
//! There is one ask. An edit either touches its answer or is of a row that the ask is not about.
//! Two edits may be under way at any time, and their total number is unlimited.
//!
//! Every step is taken separately, at any time or never, with any other steps and any amount of
//! time in between. Therefore some things need no separate step:
//!
//! - a node that is stopped, or starved, in the middle of anything: it takes no step for a while;
//! - a feed that is cut or lags: `Apply`, `Confirm` or `Publish` is not taken;
//! - an editor that is stopped, fails to list the nodes, or dies: its next step is not taken;
//! - a late message: the step that it causes is taken late. A `SET` may arrive after any other; the
//!   shared tier may lose an entry, and may answer with any entry that it was ever given.
//!
//! # What is left out, and why that hides nothing
//!
//! - *Time* is counted in ticks of one clock, and a lease is as long as an editor's wait. In the
//!   code it is a tenth shorter, because clocks may run at different speeds; here they do not.
//! - *A lease* is counted from when the database executes the confirmation. The code counts it from
//!   a clock reading before that, so its leases end earlier: again, this is the worst case.
//! - *The changes* may be applied one by one at any time, and `reached` may be published at any
//!   time, not only in the order of the follower's loop. The row of a killed node disappears
//!   immediately; in the code it makes editors wait, which they may do here for no reason.
//! - *Callers* are watched one at a time. The effects of others are included: at any time a flight
//!   may find an answer or read one, for one of them or as a refresh. A flight that has begun but
//!   has not looked anywhere yet is equivalent to none. The lease and the position are read in one
//!   step: in the code a position that is read later is newer, for which fewer answers are valid.
//! - *The verdict* looks for changes up to the arrival, not further. How far an entry was verified
//!   only saves work. An answer that is ahead is valid once the node has applied its revision.
//! - *Other nodes* affect a node in two ways: by what they put into the shared tier, and by how
//!   long they delay an acknowledgement. So one node with [`Fleet::others`], which may put there
//!   whatever can be read, and for which no editor waits, stands for a node in a fleet of any size.
//!   Two nodes, fully modeled, are checked as well, to test this argument.
//! - *A dropped log*, and answers older than the log, only make fewer answers valid.
//! - *A restore of the database* from a backup, and the tags that reveal it, have separate tests;
//!   here revisions are never issued twice.
//!
//! # Bounds
//!
//! A state's numbers are bounded by [`Fleet::lease`] and [`Fleet::window`], and nothing else is:
//! histories are endless, and all of them are covered, as long as nothing is further behind the
//! database than the window. See [`normal`] for how the number of states is reduced. States are
//! identified by 64-bit fingerprints: a collision among a few million is possible, but unlikely.

mod alive;
mod asking;
mod composing;
mod editing;
mod flaw;
mod following;
mod model;
mod normal;
mod state;

use std::{collections::BTreeSet, time::Instant};

use stateright::{Checker, HasDiscoveries, Model};

use flaw::Flaw;
use model::{Fleet, NO_STALE_ANSWER};

/// A node in a fleet of any size.
const ANY_FLEET: Fleet<1> = Fleet {
    flaw: None,
    lease: 2,
    window: 2,
    other_rows: true,
    others: true,
};

/// Two nodes, without any others.
const TWO_NODES: Fleet<2> = Fleet {
    flaw: None,
    lease: 1,
    window: 2,
    other_rows: false,
    others: false,
};

/// Checks every state of a fleet, and prints how many there are.
fn keeps_the_promise<const NODES: usize>(fleet: Fleet<NODES>) {
    let started = Instant::now();
    let checker = fleet.checker().threads(2).spawn_bfs().join();
    println!(
        "{fleet:?}: {} states, {} steps, {:?}",
        checker.unique_state_count(),
        checker.state_count(),
        started.elapsed()
    );
    assert!(checker.is_done());
    checker.assert_properties();
}

#[test]
fn a_node_in_any_fleet_keeps_the_promise() {
    keeps_the_promise(ANY_FLEET);
}

#[test]
fn three_revisions_behind_it_keeps_the_promise() {
    keeps_the_promise(Fleet {
        lease: 1,
        window: 3,
        ..ANY_FLEET
    });
}

#[test]
fn two_nodes_keep_the_promise() {
    keeps_the_promise(TWO_NODES);
}

/// Looks for a stale answer, which must exist, and prints the steps that lead to it.
fn breaks_the_promise(flaw: Flaw) {
    breaks_the_promise_of(Fleet {
        flaw: Some(flaw),
        lease: 1,
        ..ANY_FLEET
    });
}

fn breaks_the_promise_of<const NODES: usize>(fleet: Fleet<NODES>) {
    let started = Instant::now();
    let broken = HasDiscoveries::AnyOf(BTreeSet::from([NO_STALE_ANSWER]));
    let checker = fleet.checker().finish_when(broken).spawn_bfs().join();
    println!(
        "{fleet:?}: found among {} states, {:?}",
        checker.unique_state_count(),
        started.elapsed()
    );
    let path = checker.assert_any_discovery(NO_STALE_ANSWER);
    for step in path.into_actions() {
        println!("    {step:?}");
    }
}

#[test]
fn validity_by_key_is_found() {
    breaks_the_promise(Flaw::ValidByKey);
}

#[test]
fn validity_of_all_joined_loads_is_found() {
    breaks_the_promise(Flaw::JoinedLoadsValid);
}

#[test]
fn a_lease_without_end_is_found() {
    breaks_the_promise(Flaw::LeaseNeverEnds);
}

#[test]
fn validity_without_a_lease_is_found() {
    breaks_the_promise(Flaw::ValidWithoutLease);
}

#[test]
fn a_lease_from_the_reply_is_found() {
    breaks_the_promise(Flaw::LeaseFromReply);
}

#[test]
fn a_lease_before_the_changes_is_found() {
    breaks_the_promise(Flaw::LeaseBeforeChanges);
}

#[test]
fn registration_after_the_lease_is_found() {
    breaks_the_promise(Flaw::RegistersAfterLease);
}

#[test]
fn a_lease_while_struck_off_is_found() {
    breaks_the_promise(Flaw::LeaseWhileStruckOff);
}

#[test]
fn immediate_acknowledgement_is_found() {
    breaks_the_promise(Flaw::AcknowledgesImmediately);
}

#[test]
fn a_list_from_before_the_commit_is_found() {
    breaks_the_promise(Flaw::ListsBeforeCommit);
}

#[test]
fn striking_off_unseen_is_found() {
    breaks_the_promise(Flaw::StrikesOffUnseen);
}

#[test]
fn silence_counted_from_the_commit_is_found() {
    breaks_the_promise(Flaw::SilenceSinceCommit);
}

#[test]
fn beats_that_start_again_are_found() {
    breaks_the_promise(Flaw::BeatsStartAgain);
}

#[test]
fn flaws_are_found_with_two_nodes_as_well() {
    for flaw in [
        Flaw::ValidByKey,
        Flaw::JoinedLoadsValid,
        Flaw::LeaseNeverEnds,
        Flaw::AcknowledgesImmediately,
    ] {
        breaks_the_promise_of(Fleet {
            flaw: Some(flaw),
            ..TWO_NODES
        });
    }
}
