//! The interactive parts of pages. Everything works without them; they save requests and time.

#[cfg(any(feature = "ssr", feature = "admin"))]
mod live_dashboard;
#[cfg(any(feature = "ssr", feature = "admin"))]
mod live_stream;
#[cfg(any(feature = "ssr", feature = "admin"))]
mod live_tail;
#[cfg(any(feature = "ssr", feature = "admin"))]
mod request;
#[cfg(any(feature = "ssr", feature = "admin"))]
mod row_form;
#[cfg(any(feature = "ssr", feature = "admin"))]
mod rows_form;

mod filter_form;
mod form;
mod live_form;
mod sort_form;
mod view_toggle;

#[cfg(any(feature = "ssr", feature = "admin"))]
pub use live_dashboard::LiveDashboard;
#[cfg(any(feature = "ssr", feature = "admin"))]
pub use live_tail::LiveTail;
#[cfg(feature = "ssr")]
pub(crate) use live_tail::TailLine;
#[cfg(any(feature = "ssr", feature = "admin"))]
pub use row_form::RowForm;
#[cfg(any(feature = "ssr", feature = "admin"))]
pub use rows_form::RowsForm;

pub use filter_form::FilterForm;
pub use live_form::LiveForm;
pub use sort_form::SortForm;
pub use view_toggle::{LiveToggle, ViewToggle};
