//! The interactive parts of pages. Everything works without them; they save requests and time.

mod filter_form;
mod form;
mod live_form;
mod sort_form;
mod view_toggle;

pub use filter_form::FilterForm;
pub use live_form::LiveForm;
pub use sort_form::SortForm;
pub use view_toggle::{LiveToggle, ViewToggle};
