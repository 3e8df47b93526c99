//! What somebody's result file claims, held against the keys of a market.
//!
//! The `candidates` map alone is asked for, so that another implementation's result can be audited too; whatever
//! does not fit the market is told in [`Misfit`]s, not refused.

use serde::Deserialize;
use serde::de::IgnoredAny;
use thiserror::Error;

use crate::Opening;
use crate::caps::Regions;
use crate::formats::caps::{self, RulesText};
use crate::formats::pairs::Pairs;
use crate::formats::{Fault, FormatError, Names, json};
use crate::market::{Market, Side};
use crate::matching::{ManyMatching, Matching};

/// What somebody's result file claims; it has not been held against any market yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    candidates: Vec<(String, Places)>,
    openings: Option<Vec<(String, Vec<String>)>>,
    extra_seats: Vec<(String, u32)>,
    unsplit: bool,
    rules: Option<RulesText>,
}

#[derive(Deserialize)]
#[serde(expecting = "a result's object")]
struct ClaimsText {
    candidates: Option<Pairs<Option<Places>>>,
    openings: Option<Pairs<Vec<String>>>,
    extra_seats: Option<Pairs<u32>>,
    over: Option<IgnoredAny>,
    rules: Option<RulesText>,
}

/// The openings of one candidate: a key, or a list of keys where candidates have slots.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "PlacesText")]
struct Places(Vec<String>);

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected an opening's key or a list of keys")]
enum PlacesText {
    One(String),
    Many(Vec<String>),
}

impl From<PlacesText> for Places {
    fn from(text: PlacesText) -> Self {
        match text {
            PlacesText::One(key) => Self(vec![key]),
            PlacesText::Many(keys) => Self(keys),
        }
    }
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
    let ClaimsText { candidates, openings, extra_seats, over, rules } = json::parse(text)?;
    let Some(candidates) = candidates else {
        return Err(Fault::Json("the result holds no matching".to_owned()).at_member("candidates".to_owned()));
    };
    once(Side::Candidate, "candidates", &candidates)?;
    if let Some(openings) = &openings {
        once(Side::Opening, "openings", openings)?;
    }
    let candidates = candidates.0.into_iter().map(|(key, places)| (key, places.unwrap_or_default()));
    Ok(Claims {
        candidates: candidates.collect(),
        openings: openings.map(|openings| openings.0),
        extra_seats: extra_seats.map_or_else(Vec::new, |seats| seats.0),
        unsplit: over.is_some(),
        rules,
    })
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
        let (places, mut misfits) = self.places(candidates, openings);
        for (candidate, places) in (0..).zip(&places).filter(|(_, places)| places.len() > 1) {
            misfits.push(several(candidates.key(candidate), places, openings));
        }
        (Matching::new(places.iter().map(|places| places.first().copied())), misfits)
    }

    /// The matching of the `candidates` map where a candidate may have several openings, and what does not fit.
    pub fn many_matching(&self, candidates: &Names, openings: &Names) -> (ManyMatching, Vec<Misfit>) {
        let (places, misfits) = self.places(candidates, openings);
        (ManyMatching::new(places), misfits)
    }

    /// The seats that the result says were added, opening by opening, and the keys the market does not have.
    pub fn extra_seats(&self, openings: &Names) -> (Vec<(Opening, u32)>, Vec<Misfit>) {
        let (mut seats, mut misfits) = (Vec::new(), Vec::new());
        for (key, extra) in &self.extra_seats {
            match openings.number(key) {
                Some(opening) => seats.push((opening, *extra)),
                None => misfits.push(Misfit::Unknown { side: Side::Opening, key: key.clone() }),
            }
        }
        (seats, misfits)
    }

    /// Whether the result lets the last candidate of an opening reach over its days.
    pub fn is_unsplit(&self) -> bool {
        self.unsplit
    }

    /// The regional rules that the result says it keeps; none when it speaks of none.
    ///
    /// # Errors
    /// As [`caps::read`].
    pub fn rules(&self, openings: &Names, market: &Market) -> Result<Option<Regions>, FormatError> {
        self.rules.clone().map(|rules| caps::regions(rules, openings, market)).transpose()
    }

    /// The openings of every candidate of the market.
    fn places(&self, candidates: &Names, openings: &Names) -> (Vec<Vec<u32>>, Vec<Misfit>) {
        let mut misfits = Vec::new();
        let mut places = vec![Vec::new(); candidates.len()];
        for (key, claimed) in &self.candidates {
            let candidate = candidates.number(key);
            if candidate.is_none() {
                misfits.push(Misfit::Unknown { side: Side::Candidate, key: key.clone() });
            }
            for opening in &claimed.0 {
                match (candidate, openings.number(opening)) {
                    (_, None) => misfits.push(Misfit::Unknown { side: Side::Opening, key: opening.clone() }),
                    (Some(candidate), Some(number)) => places[candidate as usize].push(number),
                    (None, Some(_)) => {}
                }
            }
        }
        if let Some(held) = &self.openings {
            compare(&places, held, candidates, openings, &mut misfits);
        }
        (places, misfits)
    }
}

fn several(candidate: &str, places: &[u32], openings: &Names) -> Misfit {
    let openings = places.iter().map(|&opening| openings.key(opening).to_owned()).collect();
    Misfit::SeveralSeats { candidate: candidate.to_owned(), openings }
}

/// Holds the `openings` map against what the candidates' map says.
fn compare(
    places: &[Vec<u32>],
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
    for ((candidate, seats), claimed) in candidates.keys().iter().zip(&seats).zip(places) {
        let key = |opening: u32| openings.key(opening).to_owned();
        if seats.len() > claimed.len().max(1) {
            misfits.push(several(candidate, seats, openings));
        }
        for &opening in seats.iter().filter(|opening| !claimed.contains(opening)) {
            misfits.push(Misfit::NotHolding { candidate: candidate.clone(), opening: key(opening) });
        }
        for &opening in claimed.iter().filter(|opening| !seats.contains(opening)) {
            misfits.push(Misfit::NotHeld { candidate: candidate.clone(), opening: key(opening) });
        }
    }
}
