//! Promotion: deferred acceptance with ties that leaves fewer candidates unplaced.
//!
//! With ties the stable matchings differ in size, and the largest is hard to find (NP-hard). This mechanism
//! loses at most a third of it, usually much less. Candidates propose as in deferred acceptance, and two
//! things are new (Király 2013, "Linear time local approximation algorithm for maximum stable marriage"; here
//! with a quota for each opening):
//! - Among equally good openings a candidate prefers one with a free seat. Whoever sits while an equally good
//!   opening still has one is *uncertain*, and gives way to anybody, since it loses nothing by that.
//! - A candidate whom everybody has refused is *promoted* and goes through its list once more; among equally
//!   good candidates an opening prefers a promoted one.
//!
//! What is still undecided is decided by the one lottery of [`break_ties`]: candidates begin in its order,
//! and try equally good openings in it; of equally good holders the one it puts last stands up first, of
//! uncertain ones the one who came last.
//!
//! Guaranteed: the outcome is weakly stable; no weakly stable matching places more than one and a half times
//! as many; on strict lists it is the candidate-optimal matching. Not guaranteed: truth. A candidate can gain
//! by an untrue list here, also where it could not under a lottery, so this is to be chosen knowingly, never
//! a default: [`TRUTH_SAFE`].
//!
//! Cost: O(m log m) time; 8 bytes an entry and some 40 an agent beside the strict market of the lottery.

use std::collections::BinaryHeap;

use crate::applications::own_ranks;
use crate::deferred_acceptance::Outcome;
use crate::market::{Market, StrictMarket};
use crate::matching::Matching;
use crate::ties::{Lottery, break_ties};
use crate::{Candidate, Opening};

/// Whether no candidate can gain by an untrue list under this mechanism.
pub const TRUTH_SAFE: bool = false;

/// A weakly stable matching that places at least two thirds of the most any of them does.
///
/// ```
/// use migiude_matching::{Market, audit, promotion};
///
/// // Haruka and Kenji are equally welcome at the brewery (0); only Haruka would also take the inn (1). Mei has the
/// // foundry (2). If the lottery is kind to Haruka, Kenji gets nothing, unless he is promoted.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([0]);
/// market.candidate([2]);
/// market.opening_with_ties(1, [[0, 1]]);
/// market.opening(1, [0]);
/// market.opening(1, [2]);
/// let market = market.build()?;
/// for seed in 0..9 {
///     let outcome = promotion(&market, seed).matching;
///     let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| outcome.opening_of(candidate));
///     assert_eq!((haruka, kenji, mei), (Some(1), Some(0), Some(2)));
///     assert!(audit(&market, &outcome).is_stable());
/// }
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn promotion(market: &Market, seed: u64) -> Outcome {
    let strict = break_ties(market, seed);
    let lottery = Lottery::draw(seed, market.candidates().len(), market.openings().len());
    let mut order: Vec<Candidate> = market.each_candidate().collect();
    order.sort_unstable_by_key(|&candidate| lottery.candidates[candidate as usize]);
    let mut search = Search::new(market, &strict);
    let mut proposals = 0;
    for candidate in order {
        let mut seeking = Some(candidate);
        while let Some(candidate) = seeking {
            let Some(edge) = search.next_choice(candidate) else { break };
            proposals += 1;
            seeking = search.propose(candidate, edge);
        }
    }
    Outcome { matching: search.matching(), proposals }
}

/// How far a candidate has come in its list.
#[derive(Clone, Copy)]
struct Progress {
    /// The end of the group it proposes to, among all entries of the candidates.
    end: u32,
    /// Up to here the group has been searched for free seats; a seat once taken is never free again.
    looked: u32,
    /// Up to here the group, all of it full, has been asked to prefer this candidate to somebody.
    asked: u32,
    promoted: bool,
    /// The entry of its list it holds.
    held: Option<u32>,
}

/// One opening.
#[derive(Default)]
struct Seats {
    free: u32,
    /// Who came while a seat was free, and so may be uncertain.
    doubtful: Vec<Candidate>,
    /// Who has been seated, the worst first; some of them have left.
    seated: BinaryHeap<Standing>,
}

/// How an opening sees a candidate, the better the smaller.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    rank: u32,
    unpromoted: bool,
    /// The place in the opening's list after the lottery, from 0.
    place: u32,
}

struct Search<'a> {
    strict: &'a StrictMarket<'a>,
    /// Ranks before the lottery, of all entries; the lottery leaves groups where they were.
    candidate_ranks: Vec<u32>,
    opening_ranks: Vec<u32>,
    progress: Vec<Progress>,
    seats: Vec<Seats>,
}

impl<'a> Search<'a> {
    fn new(market: &Market, strict: &'a StrictMarket<'a>) -> Self {
        let progress = |candidate: Candidate| Progress::at(strict.candidates().range(candidate).start as u32);
        let seats = |opening: Opening| Seats { free: market.quota(opening), ..Seats::default() };
        Self {
            strict,
            candidate_ranks: own_ranks(market.candidates()),
            opening_ranks: own_ranks(market.openings()),
            progress: market.each_candidate().map(progress).collect(),
            seats: market.each_opening().map(seats).collect(),
        }
    }

    /// The entry of its list at which a candidate proposes next; none when it has been through the list twice.
    fn next_choice(&mut self, candidate: Candidate) -> Option<u32> {
        let list = self.strict.candidates().range(candidate);
        loop {
            if self.looks_for_free_seat(candidate) {
                return Some(self.progress[candidate as usize].looked);
            }
            let progress = &mut self.progress[candidate as usize];
            if progress.asked < progress.end {
                progress.asked += 1;
                return Some(progress.asked - 1);
            }
            if progress.end as usize == list.end {
                if progress.promoted {
                    return None;
                }
                *progress = Progress { promoted: true, ..Progress::at(list.start as u32) };
            }
            let ranks = &self.candidate_ranks[progress.end as usize..list.end];
            let group = ranks.iter().take_while(|&&rank| rank == ranks[0]).count() as u32;
            let start = progress.end;
            *progress = Progress { looked: start, asked: start, end: start + group, ..*progress };
        }
    }

    /// Whether an opening of the group a candidate has come to has a free seat; it is where the candidate
    /// looked last.
    fn looks_for_free_seat(&mut self, candidate: Candidate) -> bool {
        let progress = &mut self.progress[candidate as usize];
        let group = &self.strict.candidates().edges()[progress.looked as usize..progress.end as usize];
        let full = group.iter().take_while(|edge| self.seats[edge.partner as usize].free == 0).count() as u32;
        progress.looked += full;
        progress.looked < progress.end
    }

    /// Proposes at an entry of the candidate's list; answers who has to go on: the candidate, or who stood up.
    fn propose(&mut self, candidate: Candidate, entry: u32) -> Option<Candidate> {
        let edge = self.strict.candidates().edges()[entry as usize];
        let opening = edge.partner;
        let place = edge.rank - 1;
        let standing = Standing {
            rank: self.opening_ranks[self.strict.openings().range(opening).start + place as usize],
            unpromoted: !self.progress[candidate as usize].promoted,
            place,
        };
        let seats = &mut self.seats[opening as usize];
        let leaves = if seats.free > 0 {
            seats.free -= 1;
            seats.doubtful.push(candidate);
            None
        } else if let Some(uncertain) = self.uncertain(opening) {
            Some(uncertain)
        } else {
            match self.worst(opening) {
                Some((worst, holder)) if (standing.rank, standing.unpromoted) < worst => Some(holder),
                _ => return Some(candidate),
            }
        };
        if let Some(holder) = leaves {
            self.progress[holder as usize].held = None;
        }
        self.progress[candidate as usize].held = Some(entry);
        self.seats[opening as usize].seated.push(standing);
        leaves
    }

    /// A holder of a full opening for whom another one, as good to it, has a free seat. Who is once certain
    /// of an opening stays so, hence each is asked once.
    fn uncertain(&mut self, opening: Opening) -> Option<Candidate> {
        while let Some(holder) = self.seats[opening as usize].doubtful.pop() {
            if self.held(holder) == Some(opening) && self.looks_for_free_seat(holder) {
                return Some(holder);
            }
        }
        None
    }

    /// The worst holder of a full opening and how good it is; none when there are no seats.
    fn worst(&mut self, opening: Opening) -> Option<((u32, bool), Candidate)> {
        let list = self.strict.openings().list(opening);
        loop {
            let worst = self.seats[opening as usize].seated.peek()?;
            let (standing, holder) = ((worst.rank, worst.unpromoted), list[worst.place as usize].partner);
            if self.held(holder) == Some(opening)
                && self.progress[holder as usize].promoted != worst.unpromoted
            {
                return Some((standing, holder));
            }
            self.seats[opening as usize].seated.pop();
        }
    }

    fn held(&self, candidate: Candidate) -> Option<Opening> {
        let entry = self.progress[candidate as usize].held?;
        Some(self.strict.candidates().edges()[entry as usize].partner)
    }

    fn matching(&self) -> Matching {
        Matching::new((0..self.progress.len() as Candidate).map(|candidate| self.held(candidate)))
    }
}

impl Progress {
    /// Before the first group of a list.
    fn at(start: u32) -> Self {
        Self { end: start, looked: start, asked: start, promoted: false, held: None }
    }
}
