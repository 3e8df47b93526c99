use serde::{Deserialize, Serialize};

use super::{FirmId, OpeningId, SlotId, VisitKind};

/// A time at which a firm receives people who applied for one of its openings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Ours.
    pub id: SlotId,
    /// For whom it is: who applied for this opening.
    pub opening: OpeningId,
    /// Whose opening that is.
    pub firm: FirmId,
    /// What it is for.
    pub kind: VisitKind,
    /// When it begins, milliseconds.
    pub starts_at: i64,
    /// When it ends.
    pub ends_at: i64,
    /// Where.
    pub place: String,
    /// For how many.
    pub capacity: i64,
    /// What else there is to know.
    pub facts: SlotFacts,
    /// Since when it does not take place.
    pub cancelled_at: Option<i64>,
}

/// What who comes ought to know. Each may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotFacts {
    /// Where one meets, and whom.
    pub meeting: String,
    /// Who pays for the way and the night.
    pub cost: String,
    /// Who is there, and how everybody stays safe.
    pub safety: String,
}

impl Slot {
    /// How long somebody may look on without its being work.
    const LOOKING_ON: i64 = 3 * 24 * 60 * 60_000;

    /// Whether it still takes place.
    pub fn is_on(&self) -> bool {
        self.cancelled_at.is_none()
    }

    /// Whether it is so long that looking on may count as work.
    pub fn may_be_work(&self) -> bool {
        self.kind == VisitKind::Visit && self.ends_at - self.starts_at > Self::LOOKING_ON
    }
}
