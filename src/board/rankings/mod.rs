//! Rank-order lists (希望順位表) that candidates and firms make themselves, for one round, sealed from everybody else.
//!
//! ```text
//! pool (applications under way) ──save──▶ version ──certify──▶ certificate + receipt
//!                                   ▲         └─ any change withdraws the certificate
//!                                   └─ undo, redo and restore add a version too: none is ever changed
//! ```
//! A list belongs to a [`Ranker`]: the candidate, or a member of the firm for one of its openings. There is no proxy, and
//! an operator learns of a list only whether it is certified. The deadline is decided by the database's clock inside the
//! transaction that certifies: a list counts when that clock shows no later than `closes_at`.
//!
//! Whoever saves, certifies or moves the deadline takes the round's turn first (`store::rankings::take_turn`), so the
//! freeze of the round, which takes it too, sees every list that was accepted in time.

mod certify;
pub mod commitment;
mod couples;
mod error;
mod remind;
mod save;
mod sheet;
mod window;

pub use certify::{Certified, certify, receipts};
pub use commitment::{Opening, Receipt};
pub use couples::{Link, Wish, agree, ask, end, of as couple_of};
pub use error::RankingError;
pub use remind::{STEPS, remind};
pub use save::{Change, Saved, save};
pub use sheet::{Phase, Sheet, firm_rounds, history, rounds, sheet};
pub use window::{NewWindow, entrants, set_window, window};

use crate::accounts::{CandidateSelf, FirmMember};
use crate::domain::{OpeningId, Owner, PersonId};

/// Who makes a list, with the permission to do so.
#[derive(Clone, Debug)]
pub enum Ranker {
    /// A candidate ranks openings.
    Candidate(CandidateSelf),
    /// A firm ranks candidates for one of its openings.
    Firm(FirmMember, OpeningId),
}

impl Ranker {
    /// Whose list it is.
    pub fn owner(&self) -> Owner {
        match self {
            Self::Candidate(own) => Owner::Candidate(own.candidate()),
            Self::Firm(_, opening) => Owner::Opening(*opening),
        }
    }

    /// Who acts.
    pub fn person(&self) -> PersonId {
        match self {
            Self::Candidate(own) => own.person(),
            Self::Firm(member, _) => member.person(),
        }
    }

    /// Where the list is made.
    pub fn path(&self, round: i64) -> String {
        match self {
            Self::Candidate(_) => format!("/me/rounds/{round}/ranking"),
            Self::Firm(member, opening) => {
                format!("/firm/{}/rounds/{round}/ranking/{opening}", member.firm())
            }
        }
    }

    /// The role for the journal.
    fn acts_as(&self) -> &'static str {
        match self {
            Self::Candidate(_) => "candidate",
            Self::Firm(..) => "firm",
        }
    }
}
