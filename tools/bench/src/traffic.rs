//! Traffic as readers send it, and what a cache makes of it.
//!
//! [`Addresses`] are canonical and ranked; [`Requests`] draws them by Zipf's law, each in one of its many spellings,
//! as people, forms and other sites write them. A [`Load`] sends these to one or more servers while homes are edited,
//! and counts by `Cache-Status` where the answers came from. All of it follows from a seed; with the same number of
//! connections and of requests, the same requests are sent.
//!
//! A page that was rendered just now has the `Cache-Status` of its list or row, so that it counts as a hit if that was
//! cached. All other answers say where they themselves came from.

mod address;
mod client;
mod draw;
mod edits;
mod load;
mod schedule;
mod spelling;
mod tally;

pub use self::{
    address::{Address, Addresses, Kind, Stock},
    client::Server,
    draw::{Request, Requests},
    edits::Edited,
    load::{Length, Live, Load, Outcome},
    tally::{Second, Source, Tally},
};
