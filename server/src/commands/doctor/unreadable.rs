//! What it means that something could not be read from the database.

use super::Check;
use crate::store::StoreError;

/// A check, or that it could not be made.
pub(super) fn or_unreadable(check: Result<Check, StoreError>, name: &'static str) -> Check {
    check.unwrap_or_else(|error| {
        let (what, remedy) = unreachable(&error);
        let mut check = Check::new(name);
        check.fail(what, remedy);
        check
    })
}

/// What an error of the database means, and what to do about it. The codes are PostgreSQL's
/// (its manual, appendix A).
pub(super) fn unreachable(error: &StoreError) -> (String, &'static str) {
    let StoreError::Database(sqlx) = error else {
        return (error.to_string(), "mend DATABASE_URL");
    };
    let code = sqlx.as_database_error().and_then(|error| error.code());
    let remedy = match code.as_deref() {
        Some("28P01" | "28000") => "mend the name or the password in DATABASE_URL",
        Some("3D000") => "create it with `createdb`, or mend the name in DATABASE_URL",
        Some("53300") => "raise max_connections, or run fewer nodes",
        Some("42501") => "grant the role the right; it must own the tables to migrate them",
        _ if error.is_unreachable() => {
            "start it, or mend the host in DATABASE_URL; look at the firewall between"
        }
        _ => "look at the database's log",
    };
    (error.to_string(), remedy)
}
