//! Addresses of pages.

use catalogue::normalizer::{Query, Schema, View};

/// The list of a query in a view. The view is no part of the query, so it stands behind it.
pub fn list(query: &Query, view: View) -> String {
    in_view(query.url(&format!("/{}", query.schema().catalogue)), view)
}

/// An address with its view, unless that is the usual one.
pub fn in_view(address: String, view: View) -> String {
    match view {
        View::Grid => address,
        View::List if address.contains('?') => address + "&view=list",
        View::List => address + "?view=list",
    }
}

/// A row's page.
pub fn object(schema: &Schema, id: i64) -> String {
    format!("/{}/{id}", schema.catalogue)
}

/// The login page, which leads back to the given address of the admin's.
pub fn log_in(next: &str) -> String {
    if next == "/admin" {
        return "/admin/login".to_owned();
    }
    // Everything but letters, digits, `/`, `-` and `_` as percent escapes.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte);
    let mut address = "/admin/login?next=".to_owned();
    for byte in next.bytes() {
        if plain(byte) {
            address.push(char::from(byte));
        } else {
            address += &format!("%{byte:02X}");
        }
    }
    address
}
