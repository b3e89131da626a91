//! The JSON of an answer as a value.

/// A value that can be read from the JSON of an answer. Implemented for every type that serde can
/// deserialize.
///
/// A type that serde cannot deserialize may implement this by hand. In the browser that can be
/// worth it: `serde_json` is a large part of a small download, and [`number`] uses the browser's
/// own parser.
pub trait FromJson: Sized + Send + Sync + 'static {
    /// Parses a value.
    ///
    /// # Errors
    /// If the JSON is invalid or does not hold such a value.
    fn from_json(json: &str) -> Result<Self, Unreadable>;
}

/// The JSON of an answer is not what its reader expects, which is a bug in the server. Holds the
/// reason, or the name of the member that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

impl<T: serde::de::DeserializeOwned + Send + Sync + 'static> FromJson for T {
    fn from_json(json: &str) -> Result<Self, Unreadable> {
        serde_json::from_str(json).map_err(|error| Unreadable(error.to_string()))
    }
}

/// Reads a number from a member of a JSON object, with the browser's parser.
///
/// # Errors
/// If the text is not a JSON object, or the member is not a number; always outside of a browser.
pub fn number(json: &str, member: &str) -> Result<f64, Unreadable> {
    #[cfg(target_family = "wasm")]
    let number = js_sys::JSON::parse(json)
        .and_then(|object| js_sys::Reflect::get(&object, &member.into()))
        .ok()
        .and_then(|value| value.as_f64());
    #[cfg(not(target_family = "wasm"))]
    let number = {
        let _ = json;
        None
    };
    number.ok_or_else(|| Unreadable(member.to_owned()))
}
