//! The words of the house: typed ids, and the facts that people, firms, openings, candidates, their lists and our
//! letters to them consist of.
//!
//! Useful for saying what a thing *is*. Not useful for reading it from a sheet (`intake`), keeping it
//! (`store`) or deciding anything about it (the workrooms).

mod candidate;
mod choices;
mod firm;
mod frozen;
mod ids;
mod letter;
mod opening;
mod person;
mod profile;
mod quantities;
mod rank_order;
mod ranking;
mod region;
mod round;
mod sealed;
mod visit;

pub use candidate::{Candidate, CandidateFacts};
pub use choices::{
    Choice, Consent, Contract, ContractWish, CoupleCondition, InterestKind, MoveWish, Often, OneOnly,
    OpenName, Profit, Resolve, Scope, SideJob, Succession, Track, TrialKind, Visibility, VisitKind,
};
pub use firm::{Firm, FirmFacts};
pub use frozen::{
    Audited, Checklist, Frozen, FrozenCandidate, FrozenOpening, LeftOut, Lists, Parent, Proposal, Source,
};
pub use ids::{
    ApplicationId, CandidateId, FirmId, IdSource, OpeningId, PartnerId, PersonId, RankedId, SlotId, ThreadId,
};
pub use letter::{Letter, Recipient, Stops, Told};
pub use opening::{HORIZONS, Opening, OpeningFacts, RESIDENCES};
pub use person::{Person, Role, RoleKind, Standing};
pub use profile::{Block, ProfileFacts};
pub use quantities::{Areas, Days, Length, Pay, PayUnit, Range, Start};
pub use rank_order::{RankOrder, RankStep};
pub use ranking::{Couple, Interest, ListSource, Owner, RankEntry, RankList};
pub use region::{Changes, Region};
pub use round::{
    Locked, Mechanism, Placement, Proposed, Round, Settings, Stage, StageName, Stamp, WrongStage,
};
pub use sealed::{Sealable, Sealed};
pub use visit::{Slot, SlotFacts};
