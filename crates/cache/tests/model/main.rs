//! A model of the revision protocol, every state of which is looked at.
//!
//! The tests beside this one drive the code through orders of events that somebody thought of, or
//! that chance brought up. Here the protocol is written down once more, small enough that a
//! checker ([stateright](https://docs.rs/stateright)) can try every order there is, and see that
//! none breaks the promise:
//!
//! > No asker who comes to a node after an edit was acknowledged is given, as current, an answer
//! > from before that edit.
//!
//! A checker that cannot fail proves nothing. So each rule of the protocol is left out once
//! ([`Flaw`]), and the checker must find the stale answer that follows.
//!
//! # What is in it
//!
//! | here | in the code |
//! |---|---|
//! | [`editing`]: commit, list the nodes, wait, strike off, acknowledge | the server's `Store::acknowledged`, `behind`, `strike_off` |
//! | [`following`]: register, confirm, apply, grant, publish, restart | `follow`, `beat`, `Log::apply`, `Log::grant`; the server's `Store::register`, `confirm`, `publish` |
//! | [`asking`]: arrive, memory, shared tier, load, land | `Tiers::answer`, `answer_by_flight`, `fly`, `load`; `Log::arrival`, `Log::verdict` |
//!
//! There is one question. An edit touches it, or is of a row that it is not about. Any two edits
//! may be under way at once, and there is no end to their number.
//!
//! Every step is taken by itself, at any time or never, with any other steps and any time in
//! between. Therefore some things need no step of their own:
//!
//! - a node that is stopped, or starved, in the middle of anything: it takes no step for a while;
//! - a feed that is cut or lags: `Apply`, `Confirm` or `Publish` do not come;
//! - an editor that is stopped, whose listing fails or who dies: its next step does not come;
//! - a message that is late: the step that it causes comes late. A `SET` may arrive after any
//!   other; the shared tier may lose an entry, and may answer with any that it was ever given.
//!
//! # What is left out, and why that hides nothing
//!
//! - *Time* is counted in ticks of one clock, and a lease is as long as an editor's wait. In the
//!   code it is a tenth shorter, for clocks that do not run alike; here they do.
//! - *A lease* is counted from the moment at which the database executes the confirmation. The
//!   node's clock was read before that, so that its lease ends earlier: again the worst case.
//! - *The changes* may be applied one by one at any time, and `reached` be published at any time,
//!   not only in the turns of the follower's loop. The row of a node that was killed goes at once;
//!   in truth it makes editors wait, which they may do here for no reason.
//! - *Askers* are watched one at a time. What others do is there: at any time a flight may find an
//!   answer or read one, for one of them or as a refresh. A flight that has begun, but has not
//!   looked anywhere yet, is as good as none. Looking at the lease and at the position is one
//!   step: in the code a position that is read later is a newer one, which believes less.
//! - *The verdict* looks for changes up to the arrival, not further. How far an entry was verified
//!   only saves work. An answer that is ahead is believed once the node has applied its revision.
//! - *Other nodes* matter to a node in two ways: what they put into the shared tier, and how long
//!   they hold up an acknowledgement. So one node with [`House::others`], who may put there
//!   whatever can be read, and for whom nobody waits, stands for a node in a fleet of any size. Two
//!   nodes, fully drawn, are checked as well: they test this argument.
//! - *A log that is forgotten*, and answers older than it, only make a node believe less.
//! - *A restore of the database* from a backup, and the tags that tell of it, have tests of their
//!   own; here revisions are never issued twice.
//!
//! # Bounds
//!
//! A state's numbers are bounded by [`House::lease`] and [`House::window`], and nothing else is:
//! histories are endless, and all of them are covered, as long as nobody is further behind the
//! database than the window. See [`normal`] for how states are made few. States are told apart by
//! 64-bit fingerprints: that two of a few million share one is possible, but not to be expected.

mod alive;
mod asking;
mod editing;
mod flaw;
mod following;
mod model;
mod normal;
mod state;

use std::{collections::BTreeSet, time::Instant};

use stateright::{Checker, HasDiscoveries, Model};

use flaw::Flaw;
use model::{House, NO_STALE_ANSWER};

/// A node in a fleet of any size.
const ANY_FLEET: House<1> = House {
    flaw: None,
    lease: 2,
    window: 2,
    other_rows: true,
    others: true,
};

/// Two nodes, and nothing else.
const TWO_NODES: House<2> = House {
    flaw: None,
    lease: 1,
    window: 2,
    other_rows: false,
    others: false,
};

/// Looks at every state of a house, and prints how many there are.
fn keeps_the_promise<const NODES: usize>(house: House<NODES>) {
    let started = Instant::now();
    let checker = house.checker().threads(2).spawn_bfs().join();
    println!(
        "{house:?}: {} states, {} steps, {:?}",
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
    keeps_the_promise(House {
        lease: 1,
        window: 3,
        ..ANY_FLEET
    });
}

#[test]
fn two_nodes_keep_the_promise() {
    keeps_the_promise(TWO_NODES);
}

/// Looks for a stale answer, which must be there, and prints how it comes about.
fn breaks_the_promise(flaw: Flaw) {
    breaks_the_promise_of(House {
        flaw: Some(flaw),
        lease: 1,
        ..ANY_FLEET
    });
}

fn breaks_the_promise_of<const NODES: usize>(house: House<NODES>) {
    let started = Instant::now();
    let broken = HasDiscoveries::AnyOf(BTreeSet::from([NO_STALE_ANSWER]));
    let checker = house.checker().finish_when(broken).spawn_bfs().join();
    println!(
        "{house:?}: found among {} states, {:?}",
        checker.unique_state_count(),
        started.elapsed()
    );
    let path = checker.assert_any_discovery(NO_STALE_ANSWER);
    for step in path.into_actions() {
        println!("    {step:?}");
    }
}

#[test]
fn belief_by_key_is_found() {
    breaks_the_promise(Flaw::BelievesByKey);
}

#[test]
fn belief_in_joined_loads_is_found() {
    breaks_the_promise(Flaw::BelievesJoinedLoads);
}

#[test]
fn a_lease_without_end_is_found() {
    breaks_the_promise(Flaw::LeaseNeverEnds);
}

#[test]
fn belief_without_a_lease_is_found() {
    breaks_the_promise(Flaw::BelievesWithoutLease);
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
fn a_lease_though_struck_off_is_found() {
    breaks_the_promise(Flaw::LeaseThoughStruckOff);
}

#[test]
fn acknowledgement_at_once_is_found() {
    breaks_the_promise(Flaw::AcknowledgesAtOnce);
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
fn two_nodes_are_found_out_as_well() {
    for flaw in [
        Flaw::BelievesByKey,
        Flaw::BelievesJoinedLoads,
        Flaw::LeaseNeverEnds,
        Flaw::AcknowledgesAtOnce,
    ] {
        breaks_the_promise_of(House {
            flaw: Some(flaw),
            ..TWO_NODES
        });
    }
}
