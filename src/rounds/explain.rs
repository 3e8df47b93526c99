//! What a participant is told: the result, why in one wording, and what comes next.
//!
//! Somebody who was not ranked and somebody who was outranked read the same words in the same places. Anything
//! finer would let one participant read another's list.

use super::RoundError;
use super::error::Step;
use super::round;
use crate::domain::{Consent, Firm, Frozen, Opening, Owner, Proposal, Source, Stage};
use crate::store::{Db, shown};
use crate::texts::Lang;

/// The result of one participant.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultView {
    /// The number of the round.
    pub round: i64,
    /// Whose result it is.
    pub owner: Owner,
    /// What came of it.
    pub outcome: Outcome,
    /// Whether a shortlist stood in for the participant's own list.
    pub stood_in: bool,
}

/// What came of a participant's round.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A candidate is placed.
    Opening {
        /// Where.
        opening: Box<Opening>,
        /// At whose firm.
        firm: Box<Firm>,
        /// Whether the firm's name may be shown; else the desk tells it.
        firm_named: bool,
    },
    /// An opening has found people.
    Candidates {
        /// The name of each, with true; the key alone, with false, without consent.
        people: Vec<(String, bool)>,
        /// Seats nobody took.
        free_seats: u32,
    },
    /// Nobody was found.
    Unmatched,
    /// Took no part in this round.
    NotTakingPart,
}

/// Looks up what a participant may know of a published round: the own result.
///
/// # Errors
/// [`RoundError::WrongStage`] until the round is published; [`RoundError::Altered`] when what is stored is not
/// what was sealed.
pub async fn result_for(db: &Db, owner: Owner, round: i64) -> Result<ResultView, RoundError> {
    let found = self::round(db, Some(round)).await?;
    let Stage::Published(locked, proposed, _) = &found.stage else {
        return Err(RoundError::WrongStage { number: round, is: found.stage.name(), step: Step::Tell });
    };
    if !locked.input.is_intact() || !proposed.proposal.is_intact() {
        return Err(RoundError::Altered { number: round });
    }
    let (input, result) = (locked.input.record(), proposed.proposal.record());
    let (outcome, source) = match owner {
        Owner::Candidate(id) => match input.candidates.iter().position(|one| one.id == id) {
            Some(at) => (of_candidate(db, input, result, at).await?, input.candidates[at].source),
            None => (Outcome::NotTakingPart, Source::Nothing),
        },
        Owner::Opening(id) => match input.openings.iter().position(|one| one.id == id) {
            Some(at) => (of_opening(db, input, result, at).await?, input.openings[at].source),
            None => (Outcome::NotTakingPart, Source::Nothing),
        },
    };
    Ok(ResultView { round, owner, outcome, stood_in: source == Source::Shortlist })
}

async fn of_candidate(db: &Db, input: &Frozen, result: &Proposal, at: usize) -> Result<Outcome, RoundError> {
    let Some(got) = result.opening_of.get(at).copied().flatten() else { return Ok(Outcome::Unmatched) };
    let altered = || RoundError::Altered { number: input.round };
    let id = input.openings.get(got as usize).ok_or_else(altered)?.id;
    let opening = shown::opening(db, id).await?.ok_or_else(altered)?;
    let firm = shown::firm(db, opening.firm).await?.ok_or_else(altered)?;
    let firm_named = firm.facts.may_be_named();
    Ok(Outcome::Opening { opening: Box::new(opening), firm: Box::new(firm), firm_named })
}

async fn of_opening(db: &Db, input: &Frozen, result: &Proposal, at: usize) -> Result<Outcome, RoundError> {
    let mut people = Vec::new();
    for (candidate, _) in result.pairs().filter(|&(_, opening)| opening as usize == at) {
        let altered = || RoundError::Altered { number: input.round };
        let frozen = input.candidates.get(candidate as usize).ok_or_else(altered)?;
        let person = shown::candidate(db, frozen.id).await?.ok_or_else(altered)?;
        people.push(match person.facts.consent {
            Consent::Given => (person.facts.name, true),
            Consent::Unknown => (frozen.key.clone(), false),
        });
    }
    if people.is_empty() {
        return Ok(Outcome::Unmatched);
    }
    let free_seats = input.openings[at].quota.saturating_sub(people.len() as u32);
    Ok(Outcome::Candidates { people, free_seats })
}

impl ResultView {
    /// The result in a sentence, without names.
    pub fn headline(&self, lang: Lang) -> String {
        match &self.outcome {
            Outcome::Opening { .. } => lang.say("result-opening"),
            Outcome::Candidates { people, .. } => {
                lang.say_with("result-candidates", &[("count", &people.len())])
            }
            Outcome::Unmatched => lang.say("result-unmatched"),
            Outcome::NotTakingPart => lang.say("result-not-taking-part"),
        }
    }

    /// How results come about. It is the same for everyone on a side, whatever the others' lists say.
    pub fn reason(&self, lang: Lang) -> String {
        match self.owner {
            Owner::Candidate(_) => lang.say("result-reason-candidate"),
            Owner::Opening(_) => lang.say("result-reason-opening"),
        }
    }

    /// What the participant can do now.
    pub fn next_step(&self, lang: Lang) -> String {
        lang.say(match (&self.outcome, self.owner) {
            (Outcome::Opening { .. }, _) => "result-next-opening",
            (Outcome::Candidates { .. }, _) => "result-next-candidates",
            (Outcome::Unmatched | Outcome::NotTakingPart, Owner::Candidate(_)) => {
                "result-next-candidate-free"
            }
            (Outcome::Unmatched | Outcome::NotTakingPart, Owner::Opening(_)) => "result-next-opening-free",
        })
    }
}
