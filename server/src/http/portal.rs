//! The portal as connections see it, from before it can be reached to its end.

use std::{
    future::ready,
    net::IpAddr,
    sync::{Arc, OnceLock},
};

use axum::{extract::Request, response::Response};
use futures::future::Either;
use leptos_cached::Fault;
use site::{Fixed, Route};

use super::{
    App,
    front::{Answering, Front},
    operations,
    unavailable::unavailable,
};

/// The portal: closed until its node has reached the database, then open. Cheap to clone; all clones
/// open at once.
#[derive(Clone, Default)]
pub struct Portal(Arc<OnceLock<Front>>);

impl Portal {
    /// Opens it, for good.
    pub fn open(&self, app: App) {
        // It is opened once.
        let _ = self.0.set(super::service(app));
    }

    /// Answers a request of a client with this address, if that is known.
    pub(crate) fn answer(&self, request: Request, address: Option<IpAddr>) -> Answering {
        match self.0.get() {
            Some(front) => front.answer(request, address),
            None => Either::Left(ready(Ok(closed(&request)))),
        }
    }

    /// Says from now on that the node is not ready, and asks clients to close their connections.
    pub(crate) fn leave(&self) {
        if let Some(front) = self.0.get() {
            front.app().leave();
        }
    }

    /// Ends the event streams.
    pub(crate) fn end_streams(&self) {
        if let Some(front) = self.0.get() {
            front.app().end_streams();
        }
    }
}

impl From<App> for Portal {
    fn from(app: App) -> Self {
        let portal = Self::default();
        portal.open(app);
        portal
    }
}

/// The answer of a node that has not reached the database yet: it is alive, but not ready.
fn closed(request: &Request) -> Response {
    match Route::parse(request.uri().path(), "") {
        Ok(Route::Fixed(Fixed::Health)) => operations::healthy(),
        Ok(Route::Fixed(Fixed::Ready)) => {
            operations::not_ready("starting: the database cannot be reached\n")
        }
        _ => unavailable(request.headers(), Fault::Unavailable),
    }
}
