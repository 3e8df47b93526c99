//! Rank-order lists that their owners make themselves, round by round: windows in which they may, versions, certificates,
//! and the pools from which they are made. What one owner wrote is read by that owner, by the freeze of the round after
//! its deadline, and by nobody else.

mod certificates;
mod pools;
mod versions;
mod windows;

pub use certificates::{
    Certificate, Said, add as certify, certificates, certificates_with_lists, certified, receipt, withdraw,
};
pub use pools::{
    Entrant, FirmList, Named, candidates_for, entrants, firm_lists, holders, openings_for, owing, pairs,
    take_reminder,
};
#[cfg(test)]
pub(crate) use pools::{apply, introduce};
#[cfg(test)]
pub(crate) use versions::raw;
pub use versions::{Version, add, history, latest, version};
pub use windows::{Window, certified_rounds, latest_window, set, take_turn, window, windows};

use super::StoreError;
use super::region::read_id;
use crate::domain::Owner;

/// How an owner stands in these tables.
pub(super) fn key(owner: Owner) -> (&'static str, String) {
    match owner {
        Owner::Candidate(id) => ("candidate", id.to_string()),
        Owner::Opening(id) => ("opening", id.to_string()),
    }
}

fn read_owner(kind: &str, id: &str) -> Result<Owner, StoreError> {
    Ok(match kind {
        "candidate" => Owner::Candidate(read_id("owner of a list", id)?),
        _ => Owner::Opening(read_id("owner of a list", id)?),
    })
}
