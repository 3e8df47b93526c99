//! The door of time: what has to happen without anybody asking.

mod feed_index;
mod reminders;
mod send_letters;

pub use feed_index::feed_index;
pub use reminders::remind;
pub use send_letters::send_letters;
