//! Ids are types: the id of an opening is not the id of a firm.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where new ids come from. Time and chance come in as arguments, so a test can hand out its own.
pub trait IdSource {
    /// An id that was never given before.
    fn next(&mut self) -> Uuid;
}

impl<F: FnMut() -> Uuid> IdSource for F {
    fn next(&mut self) -> Uuid {
        self()
    }
}

macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes the next id of the source.
            pub fn new(source: &mut dyn IdSource) -> Self {
                Self(source.next())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

typed_id!(
    /// A firm.
    FirmId
);
typed_id!(
    /// An opening of a firm.
    OpeningId
);
typed_id!(
    /// A candidate.
    CandidateId
);
typed_id!(
    /// Somebody who may log in.
    PersonId
);
typed_id!(
    /// An organisation that works with the desk.
    PartnerId
);
typed_id!(
    /// A candidate's interest in an opening, with its history.
    ApplicationId
);
typed_id!(
    /// A conversation between a candidate and a firm.
    ThreadId
);
typed_id!(
    /// A time at which a firm can be visited.
    SlotId
);
typed_id!(
    /// Somebody who stands on a rank-order list: an opening on a candidate's, a candidate on an opening's.
    RankedId
);

impl From<OpeningId> for RankedId {
    fn from(id: OpeningId) -> Self {
        Self(id.0)
    }
}

impl From<CandidateId> for RankedId {
    fn from(id: CandidateId) -> Self {
        Self(id.0)
    }
}

impl From<RankedId> for OpeningId {
    fn from(id: RankedId) -> Self {
        Self(id.0)
    }
}

impl From<RankedId> for CandidateId {
    fn from(id: RankedId) -> Self {
        Self(id.0)
    }
}
