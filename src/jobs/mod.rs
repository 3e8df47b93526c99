//! The door of time: what has to happen without anybody asking.

mod feed_index;

pub use feed_index::feed_index;
