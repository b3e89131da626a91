//! What is awake in the browser. Everything works without it; it saves requests and waiting.

mod filter_form;
mod form;
mod live_form;
mod sort_form;
mod view_toggle;

pub use filter_form::FilterForm;
pub use live_form::LiveForm;
pub use sort_form::SortForm;
pub use view_toggle::{LiveToggle, ViewToggle};
