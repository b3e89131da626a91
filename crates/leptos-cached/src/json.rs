//! The JSON of an answer as a value.

/// A value that is read from the JSON of an answer: every type that serde can read.
///
/// A type that serde cannot read may say itself how it is read. In the browser that can be worth
/// it: `serde_json` is a large part of a small download, and [`number`] asks the browser.
pub trait FromJson: Sized + Send + Sync + 'static {
    /// Reads a value.
    ///
    /// # Errors
    /// If the JSON holds something else.
    fn from_json(json: &str) -> Result<Self, Unreadable>;
}

/// The JSON of an answer is not what its reader expects: a mistake of the server's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

impl<T: serde::de::DeserializeOwned + Send + Sync + 'static> FromJson for T {
    fn from_json(json: &str) -> Result<Self, Unreadable> {
        serde_json::from_str(json).map_err(|error| Unreadable(error.to_string()))
    }
}

/// The member of a JSON object that is a number, as the browser reads it.
///
/// # Errors
/// If the text is no JSON object, or has no such number; and outside of a browser.
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
