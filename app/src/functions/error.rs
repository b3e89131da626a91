//! How a server function fails.

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// Why a server function has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FunctionError {
    /// The arguments cannot be meant; says which and why.
    Rejected(String),
    /// The server cannot answer now.
    Unavailable,
    /// The question did not arrive, or the answer did not.
    Transport,
}

impl FromServerFnError for FunctionError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(why) => Self::Rejected(why),
            _ => Self::Transport,
        }
    }
}
