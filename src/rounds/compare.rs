//! What an operator weighs before publishing: both mechanisms side by side, and what changes for whom.

use std::collections::BTreeMap;

use super::error::Step;
use super::market::market;
use super::propose::{audited, solve, solve_by};
use super::show::Ranks;
use super::steps::{aside, find};
use super::{RoundError, sealed};
use crate::domain::{Audited, CandidateId, Frozen, Mechanism, Round};
use crate::store::Db;

/// A round compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The number of the round.
    pub number: i64,
    /// The mechanism it was made with.
    pub mechanism: Mechanism,
    /// What each mechanism would give on the same input.
    pub figures: Vec<Figures>,
    /// Candidates whose opening depends on the mechanism: before = candidate-optimal, now = opening-optimal.
    pub between_mechanisms: Vec<Change>,
    /// The round it is held against: the one asked for, else the published round it builds upon.
    pub with: Option<i64>,
    /// Candidates of both rounds who fare otherwise: before = the other round, now = this one.
    pub since: Vec<Change>,
    /// Whether the lists are sealed: then nobody's changes are named.
    pub sealed: bool,
    /// Candidates of both rounds who fare the same.
    pub unchanged: usize,
    /// Candidates who take part in this round and did not in the other.
    pub newcomers: usize,
}

/// The result of one mechanism in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Which.
    pub mechanism: Mechanism,
    /// What its audit found, ranks obtained on both sides included.
    pub audit: Audited,
}

/// What changes for a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The candidate's key.
    pub candidate: String,
    /// The opening's key before; none when unmatched.
    pub before: Option<String>,
    /// The opening's key now; none when unmatched.
    pub now: Option<String>,
    /// The rank the candidate gives the former in this round, when it is still possible.
    pub rank_before: Option<u32>,
    /// The rank the candidate gives the present one.
    pub rank_now: Option<u32>,
}

/// A change in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Nothing before, something now.
    Placed,
    /// Something before, nothing now.
    Lost,
    /// Another opening.
    Moved,
}

impl Change {
    /// The change in a word.
    pub fn what(&self) -> Move {
        match (&self.before, &self.now) {
            (None, _) => Move::Placed,
            (_, None) => Move::Lost,
            _ => Move::Moved,
        }
    }
}

/// Compares the result of a round under both mechanisms, and with another round: the one given, else the
/// published one it builds upon. Results are computed again from the frozen inputs; nothing is written.
///
/// # Errors
/// [`RoundError::WrongStage`] when one of the two is still a draft.
pub async fn compare(db: &Db, number: Option<i64>, with: Option<i64>) -> Result<Comparison, RoundError> {
    let mut tx = db.begin_reading().await?;
    let round = find(&mut tx, number).await?;
    let input = input(&round)?.clone();
    let with = with.or(input.parent.as_ref().map(|parent| parent.round));
    let other = match with {
        Some(other) => Some(self::input(&find(&mut tx, Some(other)).await?)?.clone()),
        None => None,
    };
    drop(tx);
    let number = round.number;
    let mut compared =
        aside(move || think(&input, other.as_ref())).await?.ok_or(RoundError::Altered { number })?;
    if sealed::is_sealed(db, number).await? {
        veil(&mut compared);
    }
    Ok(compared)
}

/// Of sealed lists only totals are compared: who would fare otherwise, and at which rank, shows what a list says.
fn veil(compared: &mut Comparison) {
    compared.sealed = true;
    compared.between_mechanisms.clear();
    compared.since.clear();
    compared.figures.iter_mut().for_each(|one| sealed::veil_ranks(&mut one.audit));
}

fn input(round: &Round) -> Result<&Frozen, RoundError> {
    let number = round.number;
    match round.stage.locked() {
        None => Err(RoundError::WrongStage { number, is: round.stage.name(), step: Step::Compare }),
        Some(locked) if !locked.input.is_intact() => Err(RoundError::Altered { number }),
        Some(locked) => Ok(locked.input.record()),
    }
}

/// None when an input is not a market: nothing we froze is that.
fn think(input: &Frozen, other: Option<&Frozen>) -> Option<Comparison> {
    let market = market(input).ok()?;
    let seed = input.settings.seed;
    let [best, worst] = Mechanism::ALL.map(|mechanism| solve_by(mechanism, &market, seed));
    let figures = Mechanism::ALL
        .into_iter()
        .zip([&best, &worst])
        .map(|(mechanism, matching)| Figures { mechanism, audit: audited(&market, matching) })
        .collect();
    let ranks = Ranks::of(input);
    let change = |candidate: u32, before: Option<u32>, now: Option<u32>| Change {
        candidate: input.candidates[candidate as usize].key.clone(),
        before: before.map(|opening| input.openings[opening as usize].key.clone()),
        now: now.map(|opening| input.openings[opening as usize].key.clone()),
        rank_before: before.map(|opening| ranks.of_pair(candidate, opening).0),
        rank_now: now.map(|opening| ranks.of_pair(candidate, opening).0),
    };
    let between_mechanisms = market
        .each_candidate()
        .map(|candidate| (candidate, best.opening_of(candidate), worst.opening_of(candidate)))
        .filter(|(_, before, now)| before != now)
        .map(|(candidate, before, now)| change(candidate, before, now))
        .collect();
    let mut comparison = Comparison {
        number: input.round,
        mechanism: input.settings.mechanism,
        figures,
        between_mechanisms,
        with: other.map(|other| other.round),
        since: Vec::new(),
        sealed: false,
        unchanged: 0,
        newcomers: 0,
    };
    if let Some(other) = other {
        since(&mut comparison, input, other)?;
    }
    Some(comparison)
}

/// Holds the candidates of both rounds against each other.
fn since(comparison: &mut Comparison, input: &Frozen, other: &Frozen) -> Option<()> {
    let before = keys_by_candidate(other)?;
    let now = keys_by_candidate(input)?;
    let ranks = Ranks::of(input);
    let openings: BTreeMap<&str, u32> = input.openings.iter().map(|one| one.key.as_str()).zip(0..).collect();
    for (candidate, of_candidate) in (0..).zip(&input.candidates) {
        let now = now.get(&of_candidate.id).copied().flatten();
        let Some(before) = before.get(&of_candidate.id).copied() else {
            comparison.newcomers += 1;
            continue;
        };
        if before == now {
            comparison.unchanged += 1;
            continue;
        }
        let rank = |key: Option<&str>| {
            let opening = openings.get(key?)?;
            Some(ranks.of_pair(candidate, *opening).0).filter(|&rank| rank > 0)
        };
        comparison.since.push(Change {
            candidate: of_candidate.key.clone(),
            before: before.map(str::to_owned),
            now: now.map(str::to_owned),
            rank_before: rank(before),
            rank_now: rank(now),
        });
    }
    Some(())
}

/// The opening of each candidate, by its key.
fn keys_by_candidate(input: &Frozen) -> Option<BTreeMap<CandidateId, Option<&str>>> {
    let market = market(input).ok()?;
    let matching = solve(&market, input);
    let key = |candidate| {
        let opening = matching.opening_of(candidate)?;
        Some(input.openings[opening as usize].key.as_str())
    };
    Some((0..).zip(&input.candidates).map(|(number, one)| (one.id, key(number))).collect())
}
