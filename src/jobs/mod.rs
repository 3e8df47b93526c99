//! The door of time: what has to happen without anybody asking.

mod alerts;
mod feed_index;
mod postings;
mod reminders;
mod send_letters;

pub use alerts::tell_news;
pub use feed_index::feed_index;
pub use postings::keep_postings;
pub use reminders::remind;
pub use send_letters::send_letters;
