use super::Chance;
use super::secret::new_id;
use crate::clock::Clock;
use crate::store::Db;

/// What a workroom that writes works with: the database, the time, and chance.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// The database.
    pub db: &'a Db,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Where ids and secrets come from.
    pub chance: &'a dyn Chance,
}

impl Tools<'_> {
    /// Milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// A new id for a row: a UUID of version 7 as text, so that ids sort by time. Parse it into a typed id.
    pub fn new_id(&self) -> String {
        new_id(self.clock, self.chance)
    }

    /// A new typed id.
    pub fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(&self) -> T {
        self.new_id().parse().expect("a new id is a UUID, and every typed id is one")
    }
}
