//! Going: everything about a candidate is told in a file, and taken away when the candidate says so.

use super::ProfileError;
use crate::accounts::{CandidateSelf, Tools};
use crate::board::consents::save as save_row;
use crate::domain::{
    Candidate, CandidateFacts, CandidateId, Consent, Letter, ProfileFacts, Recipient, Role, SideJob,
    Visibility,
};
use crate::store::journal::{self, Entry};
use crate::store::leaving as rows;
use crate::store::outbox::{self, Topic};
use crate::store::{Db, StoreError, consents, letters, people};

pub use rows::Trace as Leaving;

/// What would go, and what would stay.
pub async fn leaving(db: &Db, candidate: CandidateId) -> Result<Leaving, StoreError> {
    rows::trace(db, candidate).await
}

/// Deletes everything about a candidate and closes the account, unless the same person has other roles here: then the
/// account stays for those. The last letter says that it is done.
///
/// What a round has already worked with stays, by number and without a name: a result that was published could not be
/// verified otherwise. The journal keeps that something was done, not what it said.
pub async fn delete(own: &CandidateSelf, tools: Tools<'_>) -> Result<(), ProfileError> {
    let (id, now) = (own.candidate(), tools.now_ms());
    let person = people::person(tools.db, own.person(), now).await?.ok_or(ProfileError::NotFound)?;
    let mut tx = tools.db.begin().await?;
    let candidate = consents::candidate_in(&mut tx, id).await?.ok_or(ProfileError::NotFound)?;
    rows::clear(&mut tx, id, now).await?;
    if rows::remove(&mut tx, id).await? {
        outbox::push(&mut tx, &[(Topic::Profile, id.to_string())]).await?;
    } else {
        save_row(&mut tx, emptied(candidate), now).await?;
    }
    let role = Role::Candidate(id);
    if person.roles.iter().any(|one| *one != role) {
        people::revoke(&mut tx, person.id, &role).await?;
    } else {
        rows::close_account(&mut tx, person.id).await?;
    }
    if let Some(address) = person.mail {
        let to = Recipient { person: None, address, lang: person.lang };
        letters::post(&mut tx, &tools.new_id(), &Letter::Deleted, &to, None, now).await?;
    }
    journal::add(
        &mut tx,
        &Entry {
            at: now,
            person: Some(person.id),
            acted_as: "candidate".to_owned(),
            action: "profile.delete".to_owned(),
            subject_kind: "candidate".to_owned(),
            subject: id.to_string(),
            facts: "{}".to_owned(),
        },
    )
    .await?;
    Ok(tx.commit().await?)
}

/// What is left of somebody whom the record of a round names: an id.
fn emptied(candidate: Candidate) -> Candidate {
    let id = candidate.id;
    let facts = CandidateFacts {
        name: "（退会した方）".to_owned(),
        // Addresses are unique; this one is nobody's.
        mail: format!("{id}@deleted.invalid"),
        kana: None,
        phone: None,
        home: None,
        ties: None,
        track: None,
        areas: None,
        industries: None,
        days: None,
        move_wish: None,
        contract: None,
        present_job: None,
        side_job: SideJob::Unknown,
        headline: None,
        summary: None,
        skills: Vec::new(),
        achievements: None,
        motive: None,
        consent: Consent::Unknown,
        registered_on: None,
        note: None,
        more: ProfileFacts { visibility: Some(Visibility::Nobody), ..ProfileFacts::default() },
    };
    Candidate { facts, ..candidate }
}
