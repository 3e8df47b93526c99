//! Deferred acceptance: the stable matching best for every candidate, or best for every opening.
//!
//! One side proposes down its lists, the other holds the best it has seen so far (Gale & Shapley 1962). Proposers
//! are served one by one, the displaced in later waves; neither the outcome nor the number of proposals depends
//! on that order (McVitie & Wilson 1971). Openings that propose reach the stable matching best
//! for all of them (Roth 1984).
//!
//! Guaranteed: the outcome is stable; the proposing side's outcome is best for each of its members among all
//! stable matchings; candidates cannot gain by an untrue list when *they* propose. Not guaranteed: openings with
//! several seats can gain by an untrue list under either.
//!
//! Cost: O(m) time, each entry is looked at once; m bits, some 12 bytes an agent
//! beside the market.

use crate::market::{Edge, Market, StrictMarket};
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// What a run of deferred acceptance gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Who got which opening.
    pub matching: Matching,
    /// How many proposals were made: a measure of the work, the same in every order of proposing.
    pub proposals: u64,
}

/// The stable matching that every candidate likes best (candidates propose). The default mechanism.
///
/// ```
/// use migiude_matching::{Market, candidate_optimal};
///
/// // Haruka and Kenji both want the brewery (0) first, Mei the inn (1). The brewery prefers Kenji.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([0, 1]);
/// market.candidate([1]);
/// market.opening(1, [1, 0]);
/// market.opening(1, [0, 2]);
/// let market = market.build()?;
/// let outcome = candidate_optimal(&market.strict().expect("no ties"));
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| outcome.matching.opening_of(candidate));
/// assert_eq!((haruka, kenji, mei), (Some(1), Some(0), None));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn candidate_optimal(market: &StrictMarket<'_>) -> Outcome {
    let candidates = market.candidates();
    let mut seats = Seats::new(market);
    let mut proposals = 0;
    let mut displaced = Vec::new();
    for candidate in market.each_candidate() {
        proposals += seats.seek(first_and_rest(candidates.list(candidate)), &mut displaced);
    }
    // A displaced candidate goes on below the opening it lost: the edge it lost tells the rank it gave it.
    let edges = market.openings().edges();
    let below = |lost: &Edge| &candidates.list(lost.partner)[lost.rank as usize..];
    while !displaced.is_empty() {
        for some in std::mem::take(&mut displaced).chunks(WAVE) {
            // Looked up step by step for all, because the processor then waits for many of them at once.
            let lost: Vec<Edge> = some.iter().map(|&place| edges[place as usize]).collect();
            let rests: Vec<&[Edge]> = lost.iter().map(below).collect();
            let nexts: Vec<Option<(Edge, &[Edge])>> = rests.into_iter().map(first_and_rest).collect();
            for next in nexts {
                proposals += seats.seek(next, &mut displaced);
            }
        }
    }
    Outcome { matching: seats.matching(market), proposals }
}

/// The stable matching that every opening likes best (openings propose); every candidate likes it least.
///
/// ```
/// use migiude_matching::{Market, opening_optimal};
///
/// // Haruka prefers the brewery (0), Kenji the inn (1), Mei takes either; each opening prefers the other's fan.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([1, 0]);
/// market.candidate([0, 1]);
/// market.opening(1, [1, 0, 2]);
/// market.opening(1, [0, 1, 2]);
/// let market = market.build()?;
/// let outcome = opening_optimal(&market.strict().expect("no ties"));
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| outcome.matching.opening_of(candidate));
/// assert_eq!((haruka, kenji, mei), (Some(1), Some(0), None));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn opening_optimal(market: &StrictMarket<'_>) -> Outcome {
    opening_optimal_without(market, None)
}

/// [`opening_optimal`] of the market that one candidate has left.
pub(crate) fn opening_optimal_without(market: &StrictMarket<'_>, absent: Option<Candidate>) -> Outcome {
    let mut hands = Hands { held: vec![NOTHING; market.candidates().len()], absent };
    let mut next: Vec<usize> =
        market.each_opening().map(|opening| market.openings().range(opening).start).collect();
    let mut proposals = 0;
    let mut lost = Vec::new();
    for opening in market.each_opening() {
        let offers = (market.quota(opening) as usize).min(market.openings().list(opening).len());
        for _ in 0..offers {
            proposals += hands.offer(market, opening, &mut next[opening as usize], &mut lost);
        }
    }
    while !lost.is_empty() {
        for some in std::mem::take(&mut lost).chunks(WAVE) {
            let edges = market.candidates().edges();
            let losers: Vec<Opening> = some.iter().map(|&place| edges[place as usize].partner).collect();
            for opening in losers {
                proposals += hands.offer(market, opening, &mut next[opening as usize], &mut lost);
            }
        }
    }
    Outcome { matching: hands.matching(market), proposals }
}

/// How many displaced agents are looked up together.
const WAVE: usize = 4096;

fn first_and_rest(list: &[Edge]) -> Option<(Edge, &[Edge])> {
    list.split_first().map(|(&first, rest)| (first, rest))
}

/// What each candidate holds while openings propose.
struct Hands {
    /// The rank, in its own list, of what a candidate holds.
    held: Vec<u32>,
    absent: Option<Candidate>,
}

/// The rank of holding nothing: worse than any.
const NOTHING: u32 = u32::MAX;

impl Hands {
    /// Offers one seat down the opening's list from `next` on. If somebody gives another opening up for it, the
    /// place of that edge among the candidates' is noted in `lost`. Answers how many proposals it took.
    fn offer(&mut self, market: &Market, opening: Opening, next: &mut usize, lost: &mut Vec<u32>) -> u64 {
        let end = market.openings().range(opening).end;
        let mut proposals = 0;
        for edge in &market.openings().edges()[*next..end] {
            *next += 1;
            if self.absent == Some(edge.partner) {
                continue;
            }
            proposals += 1;
            let held = &mut self.held[edge.partner as usize];
            if edge.rank < *held {
                let given_up = std::mem::replace(held, edge.rank);
                if given_up != NOTHING {
                    lost.push((market.candidates().range(edge.partner).start as u32) + given_up - 1);
                }
                break;
            }
        }
        proposals
    }

    fn matching(&self, market: &Market) -> Matching {
        let opening = |(candidate, &rank): (Candidate, &u32)| {
            (rank != NOTHING).then(|| market.candidates().list(candidate)[rank as usize - 1].partner)
        };
        Matching::new((0..).zip(&self.held).map(opening))
    }
}

/// Whom the openings hold while candidates propose.
struct Seats {
    openings: Vec<Seat>,
    /// One bit for each entry of the openings' lists.
    held: Vec<u64>,
}

/// One opening; its own numbers lie together, so that a proposal touches them at once.
///
/// Once full, the worst rank held only ever improves, so it walks down the bits once in all, whatever the quota:
/// the one structure serves an opening of one seat and of ten thousand. A hopeless proposal costs one read of
/// the cutoff.
struct Seat {
    /// Whoever ranks below this is admitted: the worst rank held when full, else everyone.
    cutoff: u32,
    free: u32,
    start: u32,
    end: u32,
}

impl Seats {
    fn new(market: &Market) -> Self {
        const EVERYONE: u32 = u32::MAX;
        const NO_ONE: u32 = 0;
        let seat = |opening: Opening| {
            let (free, list) = (market.quota(opening), market.openings().range(opening));
            let cutoff = if free == 0 { NO_ONE } else { EVERYONE };
            Seat { cutoff, free, start: list.start as u32, end: list.end as u32 }
        };
        Self {
            openings: market.each_opening().map(seat).collect(),
            held: vec![0; market.pairs().div_ceil(64)],
        }
    }

    /// Proposes down the rest of a candidate's list until it is admitted. If somebody has to stand up for it, the
    /// place of that edge among the openings' is noted in `displaced`. Answers how many proposals it took.
    fn seek(&mut self, next: Option<(Edge, &[Edge])>, displaced: &mut Vec<u32>) -> u64 {
        let Some((mut edge, rest)) = next else { return 0 };
        let mut rest = rest.iter();
        let length = rest.len() as u64 + 1;
        while edge.rank >= self.openings[edge.partner as usize].cutoff {
            let Some(&next) = rest.next() else { return length };
            edge = next;
        }
        displaced.extend(self.admit(edge.partner, edge.rank));
        length - rest.len() as u64
    }

    /// Seats the candidate at `rank`, which is below the cutoff; answers the place of who has to stand up.
    fn admit(&mut self, opening: Opening, rank: u32) -> Option<u32> {
        let Self { openings, held } = self;
        let seat = &mut openings[opening as usize];
        let place = (seat.start + rank - 1) as usize;
        held[place / 64] |= 1 << (place % 64);
        if seat.free > 1 {
            seat.free -= 1;
            return None;
        }
        let was_full = std::mem::take(&mut seat.free) == 0;
        let end = if was_full { seat.start + seat.cutoff - 1 } else { seat.end };
        seat.cutoff = last_held_before(held, end) - seat.start + 1;
        if !was_full {
            return None;
        }
        held[end as usize / 64] &= !(1 << (end % 64));
        Some(end)
    }

    fn matching(&self, market: &Market) -> Matching {
        let mut matching = Matching::empty(market.candidates().len());
        let mut opening = 0;
        for (word, &held) in self.held.iter().enumerate() {
            let mut bits = held;
            while bits != 0 {
                let place = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                while place >= self.openings[opening].end as usize {
                    opening += 1;
                }
                matching.assign(market.openings().edges()[place].partner, opening as Opening);
            }
        }
        matching
    }
}

/// The last place held before `end`; there is one, since the opening has just admitted somebody.
fn last_held_before(held: &[u64], end: u32) -> u32 {
    let last = end - 1;
    let mut word = last as usize / 64;
    let mut bits = held[word] & (u64::MAX >> (63 - last % 64));
    while bits == 0 {
        word -= 1;
        bits = held[word];
    }
    word as u32 * 64 + 63 - bits.leading_zeros()
}
