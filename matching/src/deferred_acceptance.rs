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
//! Cost: O(m) time, each entry is looked at once; beside the market m bits and some 12 bytes an agent.
//!
//! What takes the time is waiting for memory, since whoever is displaced is found, and asks, at random. So agents
//! are served in groups: what the next step needs is looked up for a whole group at once, and the processor waits
//! for many answers together.

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
    let (candidates, entries) = (market.candidates(), market.openings().edges());
    let mut seats = Seats::new(market);
    for first in market.each_candidate().step_by(GROUP) {
        let last = candidates.len().min(first as usize + GROUP) as Candidate;
        seats.serve((first..last).map(|candidate| (candidate, candidates.list(candidate))));
    }
    while !seats.displaced.is_empty() {
        for some in std::mem::take(&mut seats.displaced).chunks(GROUP) {
            let lost: Vec<Edge> = some.iter().map(|&place| entries[place as usize]).collect();
            // They go on below the opening they lost, which knows the rank they gave it.
            let below = |lost: &Edge| (lost.partner, &candidates.list(lost.partner)[lost.rank as usize..]);
            seats.serve(lost.iter().map(below));
        }
    }
    Outcome { matching: seats.matching, proposals: seats.proposals }
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
    let mut hands = Hands::new(market);
    if let Some(absent) = absent {
        hands.held[absent as usize].rank = Hand::REFUSES_ALL;
    }
    while !hands.queue.is_empty() {
        for some in std::mem::take(&mut hands.queue).chunks(GROUP) {
            hands.serve(some);
        }
    }
    let opening = |hand: &Hand| (hand.opening != Hand::NONE).then_some(hand.opening);
    Outcome { matching: Matching::new(hands.held.iter().map(opening)), proposals: hands.proposals }
}

/// How many agents are served together: enough to wait for at once, few enough to stay near.
const GROUP: usize = 256;

/// Whom the openings hold while candidates propose.
struct Seats {
    /// One an opening, and one more for where the last list ends.
    seats: Vec<Seat>,
    /// How many seats of each opening nobody has taken yet.
    free: Vec<u32>,
    /// One bit for each entry of the openings' lists: whether it is held.
    held: Vec<u64>,
    /// The places of those who have had to stand up and have not been served since.
    displaced: Vec<u32>,
    matching: Matching,
    proposals: u64,
}

/// What a proposal to an opening reads. Both are places among all entries of the openings' lists.
///
/// Once an opening is full its worst held place only ever improves, so it walks down the bits once in all, whatever
/// the quota: the one structure serves an opening of one seat and of ten thousand.
#[derive(Clone, Copy)]
struct Seat {
    start: u32,
    /// Whoever stands before this is admitted: the end of the list while a seat is free, then the worst held.
    cutoff: u32,
}

/// A candidate before one opening of its list, with the rest of the list after it.
struct Ask<'a> {
    candidate: Candidate,
    opening: Opening,
    /// Where the candidate stands in the opening's list.
    place: u32,
    rest: &'a [Edge],
}

impl Seats {
    fn new(market: &Market) -> Self {
        let seat = |opening: Opening| {
            let list = market.openings().range(opening);
            // Without a quota nobody stands before the cutoff.
            let cutoff = if market.quota(opening) == 0 { list.start } else { list.end };
            Seat { start: list.start as u32, cutoff: cutoff as u32 }
        };
        let end = market.pairs() as u32;
        Self {
            seats: market.each_opening().map(seat).chain([Seat { start: end, cutoff: end }]).collect(),
            free: market.each_opening().map(|opening| market.quota(opening)).collect(),
            held: vec![0; market.pairs().div_ceil(64)],
            displaced: Vec::new(),
            matching: Matching::empty(market.candidates().len()),
            proposals: 0,
        }
    }

    /// Lets each of a group propose down its list until it is admitted.
    fn serve<'a>(&mut self, group: impl Iterator<Item = (Candidate, &'a [Edge])>) {
        let asks: Vec<Option<Ask<'a>>> = group.map(|(candidate, list)| self.ask(candidate, list)).collect();
        asks.into_iter().flatten().for_each(|ask| self.seek(ask));
    }

    /// A candidate before the first opening of its list; without one it goes home.
    fn ask<'a>(&mut self, candidate: Candidate, list: &'a [Edge]) -> Option<Ask<'a>> {
        let Some((edge, rest)) = list.split_first() else {
            self.matching.set(candidate, None);
            return None;
        };
        self.proposals += 1;
        let place = self.seats[edge.partner as usize].start + (edge.rank - 1);
        Some(Ask { candidate, opening: edge.partner, place, rest })
    }

    fn seek(&mut self, mut ask: Ask<'_>) {
        while ask.place >= self.seats[ask.opening as usize].cutoff {
            match self.ask(ask.candidate, ask.rest) {
                Some(next) => ask = next,
                None => return,
            }
        }
        self.matching.assign(ask.candidate, ask.opening);
        self.admit(ask.opening, ask.place);
    }

    /// Seats whoever stands at `place`, which is before the cutoff; a full opening lets its worst go.
    fn admit(&mut self, opening: Opening, place: u32) {
        let opening = opening as usize;
        let end = self.seats[opening + 1].start;
        self.held[place as usize / 64] |= 1 << (place % 64);
        let cutoff = self.seats[opening].cutoff;
        if cutoff < end {
            self.held[cutoff as usize / 64] &= !(1 << (cutoff % 64));
            self.displaced.push(cutoff);
        } else {
            self.free[opening] -= 1;
            if self.free[opening] > 0 {
                return;
            }
        }
        self.seats[opening].cutoff = self.last_held_before(cutoff);
    }

    /// The last place held before `end`; there is one, since the opening has just admitted somebody.
    fn last_held_before(&self, end: u32) -> u32 {
        let last = end - 1;
        let mut word = last as usize / 64;
        let mut bits = self.held[word] & (u64::MAX >> (63 - last % 64));
        while bits == 0 {
            word -= 1;
            bits = self.held[word];
        }
        word as u32 * 64 + 63 - bits.leading_zeros()
    }
}

/// What the candidates hold while openings propose.
struct Hands<'a> {
    held: Vec<Hand>,
    openings: Vec<Offering<'a>>,
    /// The openings with an empty seat that have not been served since.
    queue: Vec<Opening>,
    proposals: u64,
}

/// What one candidate holds.
#[derive(Clone, Copy)]
struct Hand {
    /// Its rank in the candidate's own list.
    rank: u32,
    opening: Opening,
}

/// How far one opening has come.
#[derive(Clone, Copy)]
struct Offering<'a> {
    /// The part of its list it has not gone through.
    rest: &'a [Edge],
    /// How many of its seats are empty; they stay so once the list is at its end.
    empty: u32,
}

impl Hand {
    /// Stands for no opening.
    const NONE: Opening = u32::MAX;
    /// The rank of no opening: any other is better.
    const EMPTY: Self = Self { rank: u32::MAX, opening: Self::NONE };
    /// A rank than which none is better.
    const REFUSES_ALL: u32 = 0;

    fn accepts(self, edge: Edge) -> bool {
        edge.rank < self.rank
    }
}

impl<'a> Hands<'a> {
    fn new(market: &'a Market) -> Self {
        let offering =
            |opening| Offering { rest: market.openings().list(opening), empty: market.quota(opening) };
        Self {
            held: vec![Hand::EMPTY; market.candidates().len()],
            openings: market.each_opening().map(offering).collect(),
            queue: market.each_opening().filter(|&opening| market.quota(opening) > 0).collect(),
            proposals: 0,
        }
    }

    /// Lets each of a group offer its empty seats down its list.
    fn serve(&mut self, group: &[Opening]) {
        // Hands only improve, so whoever refuses now refuses for ever.
        let refused: Vec<bool> = group.iter().map(|&opening| self.first_refuses(opening)).collect();
        for (&opening, refused) in group.iter().zip(refused) {
            self.offer(opening, usize::from(refused));
        }
    }

    fn first_refuses(&self, opening: Opening) -> bool {
        let first = self.openings[opening as usize].rest.first();
        first.is_some_and(|&edge| !self.held[edge.partner as usize].accepts(edge))
    }

    /// Offers the empty seats of an opening down its list, of which the first so many are known to refuse.
    fn offer(&mut self, opening: Opening, refused: usize) {
        let Offering { rest, mut empty } = self.openings[opening as usize];
        let mut asked = refused;
        while empty > 0 && asked < rest.len() {
            let edge = rest[asked];
            asked += 1;
            let hand = &mut self.held[edge.partner as usize];
            if hand.accepts(edge) {
                let lost = std::mem::replace(hand, Hand { rank: edge.rank, opening }).opening;
                empty -= 1;
                self.vacate(lost);
            }
        }
        self.openings[opening as usize] = Offering { rest: &rest[asked..], empty };
        self.proposals += asked as u64;
    }

    /// Empties a seat of an opening that has lost somebody.
    fn vacate(&mut self, lost: Opening) {
        if lost == Hand::NONE {
            return;
        }
        let Offering { empty, .. } = &mut self.openings[lost as usize];
        if *empty == 0 {
            self.queue.push(lost);
        }
        *empty += 1;
    }
}
