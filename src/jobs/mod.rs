//! The door of time: what has to happen without anybody asking.

mod feed_index;
mod send_letters;

pub use feed_index::feed_index;
pub use send_letters::send_letters;
