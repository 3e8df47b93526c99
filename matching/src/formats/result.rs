//! The JSON of a result: who got which opening, with what the audit counted.
//!
//! Reading it asks for the `candidates` map alone, so that another implementation's result can be audited too;
//! whatever does not fit the market is told in [`Misfit`]s, not refused.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::pairs::Pairs;
use super::{Fault, FormatError, Names, json};
use crate::audit::Audit;
use crate::market::{Dropped, Market, Side};
use crate::matching::Matching;

/// All that a result file says.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The mechanism by its name on the command line.
    pub mechanism: &'a str,
    /// The candidates' keys.
    pub candidates: &'a Names,
    /// The openings' keys.
    pub openings: &'a Names,
    /// The market as it was before ties were broken.
    pub market: &'a Market,
    /// Its matching.
    pub matching: &'a Matching,
    /// The audit of the matching against the market.
    pub audit: &'a Audit,
    /// The seed of the lottery, when one was used.
    pub lottery_seed: Option<u64>,
}

#[derive(Serialize)]
struct RecordText<'a> {
    mechanism: &'a str,
    candidates: Pairs<Option<&'a str>>,
    openings: Pairs<Vec<&'a str>>,
    size: u32,
    candidate_cost: u64,
    opening_cost: u64,
    blocking_pairs: usize,
    dropped: Vec<DroppedText<'a>>,
    lottery_seed: Option<u64>,
}

#[derive(Serialize)]
struct DroppedText<'a> {
    side: &'static str,
    agent: &'a str,
    entry: &'a str,
}

/// Writes a result. A dropped entry reads `{"side": "candidate", "agent": "C-1", "entry": "O-9"}`: C-1 lists O-9,
/// which does not list C-1.
pub fn write(record: &Record<'_>) -> String {
    let Record { candidates, openings, market, matching, audit, .. } = *record;
    let opening_of = |candidate| matching.opening_of(candidate).map(|opening| openings.key(opening));
    let held_by = matching.holders(openings.len());
    let held = held_by.iter().map(|held| held.iter().map(|&candidate| candidates.key(candidate)).collect());
    let dropped = |drop: &Dropped| match drop.side {
        Side::Candidate => DroppedText {
            side: "candidate",
            agent: candidates.key(drop.agent),
            entry: openings.key(drop.entry),
        },
        Side::Opening => DroppedText {
            side: "opening",
            agent: openings.key(drop.agent),
            entry: candidates.key(drop.entry),
        },
    };
    json::to_text(&RecordText {
        mechanism: record.mechanism,
        candidates: Pairs(candidates.keys().iter().cloned().zip((0..).map(opening_of)).collect()),
        openings: Pairs(openings.keys().iter().cloned().zip(held).collect()),
        size: audit.placed,
        candidate_cost: audit.candidate_cost(),
        opening_cost: audit.opening_cost(),
        blocking_pairs: audit.blocking_pairs.len(),
        dropped: market.dropped().iter().map(dropped).collect(),
        lottery_seed: record.lottery_seed,
    })
}

/// What somebody's result file claims; it has not been held against any market yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    candidates: Vec<(String, Option<String>)>,
    openings: Option<Vec<(String, Vec<String>)>>,
}

#[derive(Deserialize)]
struct ClaimsText {
    candidates: Option<Pairs<Option<String>>>,
    openings: Option<Pairs<Vec<String>>>,
}

/// Where a result does not fit the keys of its market or contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Misfit {
    /// A key that the market does not have.
    #[error("there is no {side} `{key}` in the market")]
    Unknown {
        /// The side it was claimed for.
        side: Side,
        /// The key.
        key: String,
    },
    /// A candidate that sits in several seats.
    #[error("candidate `{candidate}` has several seats: {}", openings.join(", "))]
    SeveralSeats {
        /// Who.
        candidate: String,
        /// Where, as often as it sits there.
        openings: Vec<String>,
    },
    /// The candidate's entry names an opening whose own entry does not name the candidate.
    #[error("candidate `{candidate}` has opening `{opening}`, but the opening does not have the candidate")]
    NotHeld {
        /// Who.
        candidate: String,
        /// Where.
        opening: String,
    },
    /// The opening's entry names a candidate whose own entry does not name the opening.
    #[error("opening `{opening}` has candidate `{candidate}`, but the candidate does not have the opening")]
    NotHolding {
        /// Who.
        candidate: String,
        /// Where.
        opening: String,
    },
}

/// Reads a result; members it does not know are left aside.
///
/// # Errors
/// What is not JSON, has no `candidates` (or null: no matching was found), or names a key twice.
pub fn read(text: &str) -> Result<Claims, FormatError> {
    let ClaimsText { candidates, openings } = json::parse(text)?;
    let Some(candidates) = candidates else {
        return Err(Fault::Json("the result holds no matching".to_owned()).at_member("candidates".to_owned()));
    };
    once(Side::Candidate, "candidates", &candidates)?;
    if let Some(openings) = &openings {
        once(Side::Opening, "openings", openings)?;
    }
    Ok(Claims { candidates: candidates.0, openings: openings.map(|openings| openings.0) })
}

fn once<V>(side: Side, member: &str, pairs: &Pairs<V>) -> Result<(), FormatError> {
    Names::new(pairs.0.iter().map(|(key, _)| key.clone()))
        .map(drop)
        .map_err(|id| Fault::AgentTwice { side, id }.at_member(member.to_owned()))
}

impl Claims {
    /// The matching of the `candidates` map, and everything that does not fit. A candidate that the map leaves
    /// out is unmatched; an `openings` map that is there must say the same.
    pub fn matching(&self, candidates: &Names, openings: &Names) -> (Matching, Vec<Misfit>) {
        let mut misfits = Vec::new();
        let mut opening_of = vec![None; candidates.len()];
        for (key, opening) in &self.candidates {
            let candidate = candidates.number(key);
            if candidate.is_none() {
                misfits.push(Misfit::Unknown { side: Side::Candidate, key: key.clone() });
            }
            let Some(opening) = opening else { continue };
            match (candidate, openings.number(opening)) {
                (_, None) => misfits.push(Misfit::Unknown { side: Side::Opening, key: opening.clone() }),
                (Some(candidate), number) => opening_of[candidate as usize] = number,
                (None, _) => {}
            }
        }
        if let Some(held) = &self.openings {
            compare(&opening_of, held, candidates, openings, &mut misfits);
        }
        (Matching::new(opening_of), misfits)
    }
}

/// Holds the `openings` map against what the candidates' map says.
fn compare(
    opening_of: &[Option<u32>],
    held: &[(String, Vec<String>)],
    candidates: &Names,
    openings: &Names,
    misfits: &mut Vec<Misfit>,
) {
    let mut seats: Vec<Vec<u32>> = vec![Vec::new(); candidates.len()];
    for (opening, holders) in held {
        let number = openings.number(opening);
        if number.is_none() {
            misfits.push(Misfit::Unknown { side: Side::Opening, key: opening.clone() });
        }
        for holder in holders {
            match (candidates.number(holder), number) {
                (Some(candidate), Some(number)) => seats[candidate as usize].push(number),
                (Some(_), None) => {}
                (None, _) => misfits.push(Misfit::Unknown { side: Side::Candidate, key: holder.clone() }),
            }
        }
    }
    for ((candidate, seats), &claimed) in candidates.keys().iter().zip(&seats).zip(opening_of) {
        let key = |opening: u32| openings.key(opening).to_owned();
        if seats.len() > 1 {
            let openings = seats.iter().map(|&opening| key(opening)).collect();
            misfits.push(Misfit::SeveralSeats { candidate: candidate.clone(), openings });
        }
        for &opening in seats.iter().filter(|&&opening| claimed != Some(opening)) {
            misfits.push(Misfit::NotHolding { candidate: candidate.clone(), opening: key(opening) });
        }
        if let Some(opening) = claimed.filter(|claimed| !seats.contains(claimed)) {
            misfits.push(Misfit::NotHeld { candidate: candidate.clone(), opening: key(opening) });
        }
    }
}
