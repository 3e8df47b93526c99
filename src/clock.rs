//! Time as an argument: one trait, the real clock, and a clock that stands still.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The instant.
    fn now(&self) -> Timestamp;

    /// Milliseconds since 1970, as instants are stored.
    fn now_ms(&self) -> i64 {
        self.now().as_millisecond()
    }

    /// The day in Japan.
    fn today(&self) -> Date {
        in_japan(self.now()).date()
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still, for tests and for the demo's invented season.
#[derive(Clone, Copy, Debug)]
pub struct StillClock(pub Timestamp);

impl Clock for StillClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// The instant on a Japanese wall. Japan has had no summer time since 1951, so nine hours are exact.
pub fn in_japan(instant: Timestamp) -> DateTime {
    jiff::tz::offset(9).to_datetime(instant)
}
