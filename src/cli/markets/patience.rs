//! How long an exact search may take. The matching crate knows no clock: it asks whether to go on.

use std::time::{Duration, Instant};

/// Seconds after which a search that has not ended is stopped, unless told otherwise.
pub(super) const SECONDS: u64 = 60;

/// Patience for so many seconds from now.
pub(super) fn of_seconds(seconds: u64) -> impl FnMut() -> bool {
    // A time that the clock cannot tell is never reached.
    let end = Instant::now().checked_add(Duration::from_secs(seconds));
    move || end.is_none_or(|end| Instant::now() < end)
}
