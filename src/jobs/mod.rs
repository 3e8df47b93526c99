//! The door of time: what has to happen without anybody asking.

mod feed_index;
mod reminders;

pub use feed_index::feed_index;
pub use reminders::remind;
