//! What other ways of placing people would have done, to be held beside the stable matching.
//!
//! | way | what it is best at | what it costs |
//! |---|---|---|
//! | [`maximum_weight`] | the greatest sum of weights: the price of stability | blocking pairs; small markets only |
//! | [`maximum_cardinality`] | as many people placed as at all possible | blocking pairs, truth |
//! | [`serial_dictatorship`] | truthful; nobody is better off unless another is worse off | the openings' wishes |
//! | [`random_dictatorship`] | the same, with a lottery for the order | the same |
//! | [`first_come`] | what happens without a round: the first to apply has the seat | everything but speed |
//!
//! Source: Abdulkadiroğlu & Sönmez 1998 for the dictatorships, Hopcroft & Karp 1973 for the cardinality, Kuhn 1955
//! and Munkres 1957 for the weight.
//!
//! Guaranteed: each is valid, and the same for the same market, order and seed; ties in a list are taken in the order
//! in which they are written. Not guaranteed: stability, by any of them; how far each is from it, the audit counts.
//!
//! Cost: O(m) and an audit; O(m · √agents) for the cardinality. Limits: the weight takes the cube of its market, so
//! beyond [`MOST_CELLS`] it is refused.
//!
//! ```
//! use migiude_matching::{Market, comparisons};
//!
//! // Haruka likes the brewery (0) best, Kenji and Mei the inn (1); the brewery prefers Kenji, the inn Haruka.
//! let mut market = Market::builder();
//! market.candidate([0, 1]);
//! market.candidate([1, 0]);
//! market.candidate([1]);
//! market.opening(1, [1, 0]);
//! market.opening(1, [0, 1, 2]);
//! let market = market.build()?;
//! // Mei comes first and takes the inn, and Kenji the brewery: two are placed, and Haruka and Kenji want the inn.
//! let dictators = comparisons::serial_dictatorship(&market, &[2, 1, 0]);
//! assert_eq!((dictators.placed, dictators.candidate_cost), (2, 1 + 2));
//! assert_eq!(dictators.blocking_pairs, 2);
//! # Ok::<(), migiude_matching::MarketError>(())
//! ```

use thiserror::Error;

use crate::audit::audit;
use crate::flow::{heaviest_assignment, largest_matching};
use crate::market::Market;
use crate::matching::Matching;
use crate::optimum::{Pair, Weight, both_ranks};
use crate::ties::Lottery;
use crate::{Candidate, Opening};

/// A matching and the figures to compare it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Who got which opening.
    pub matching: Matching,
    /// How many were placed.
    pub placed: u32,
    /// The sum of the ranks the candidates got.
    pub candidate_cost: u64,
    /// The sum of the ranks the openings got.
    pub opening_cost: u64,
    /// How many pairs would rather have each other.
    pub blocking_pairs: usize,
}

impl Compared {
    /// The figures of a valid matching, by whatever mechanism. O(m).
    pub fn of(market: &Market, matching: Matching) -> Self {
        let found = audit(market, &matching);
        Self {
            placed: found.placed,
            candidate_cost: found.candidate_cost(),
            opening_cost: found.opening_cost(),
            blocking_pairs: found.blocking_pairs.len(),
            matching,
        }
    }
}

/// The candidates choose one after the other, in this order, each the best opening on its list that lists it and has
/// a free seat. Whoever is not in the order gets nothing, and a number that is no candidate's is passed over. O(m).
pub fn serial_dictatorship(market: &Market, order: &[Candidate]) -> Compared {
    let mut seats = Seats::of(market);
    for &candidate in order {
        if !seats.is_waiting(candidate) {
            continue;
        }
        let mut list = market.candidates().list(candidate).iter();
        if let Some(edge) = list.find(|edge| seats.free[edge.partner as usize] > 0) {
            seats.take(candidate, edge.partner);
        }
    }
    Compared::of(market, seats.taken)
}

/// [`serial_dictatorship`] in the candidates' order of the [lottery](crate::ties) of `seed`. O(m).
pub fn random_dictatorship(market: &Market, seed: u64) -> Compared {
    let lottery = Lottery::draw(seed, market.candidates().len(), market.openings().len());
    let mut order: Vec<Candidate> = market.each_candidate().collect();
    order.sort_unstable_by_key(|&candidate| lottery.candidates[candidate as usize]);
    serial_dictatorship(market, &order)
}

/// No round at all: applications arrive in this order, and one is accepted at once when the two list each other, the
/// candidate has nothing yet and a seat is free. Any other has no effect. O(applications · length of a list).
///
/// ```
/// use migiude_matching::{Market, comparisons::first_come};
///
/// // Haruka would rather have the inn (1), but the brewery (0) was quicker; Kenji then gets the inn, and Mei is late.
/// let mut market = Market::builder();
/// market.candidate([1, 0]);
/// market.candidate([1]);
/// market.candidate([1]);
/// market.opening(1, [0]);
/// market.opening(1, [0, 2, 1]);
/// let arrived = first_come(&market.build()?, [(0, 0), (1, 1), (0, 1), (2, 1)]);
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| arrived.matching.opening_of(candidate));
/// assert_eq!((haruka, kenji, mei), (Some(0), Some(1), None));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn first_come(market: &Market, applications: impl IntoIterator<Item = (Candidate, Opening)>) -> Compared {
    let mut seats = Seats::of(market);
    for (candidate, opening) in applications {
        let has_seat = seats.free.get(opening as usize).is_some_and(|&free| free > 0);
        let accept =
            |candidate| market.candidates().list(candidate).iter().any(|edge| edge.partner == opening);
        if has_seat && seats.is_waiting(candidate) && accept(candidate) {
            seats.take(candidate, opening);
        }
    }
    Compared::of(market, seats.taken)
}

/// Seats that are taken at once and for good.
struct Seats {
    free: Vec<u32>,
    taken: Matching,
}

impl Seats {
    fn of(market: &Market) -> Self {
        let free = market.each_opening().map(|opening| market.quota(opening)).collect();
        Self { free, taken: Matching::empty(market.candidates().len()) }
    }

    /// Whether this is a candidate without an opening.
    fn is_waiting(&self, candidate: Candidate) -> bool {
        (candidate as usize) < self.taken.len() && self.taken.opening_of(candidate).is_none()
    }

    fn take(&mut self, candidate: Candidate, opening: Opening) {
        self.free[opening as usize] -= 1;
        self.taken.assign(candidate, opening);
    }
}

/// A matching that places as many as possible, whoever likes whom how much; one of perhaps many. Of any size.
/// Hopcroft & Karp with seats, O(m · √agents).
///
/// ```
/// use migiude_matching::{Market, candidate_optimal, comparisons::maximum_cardinality};
///
/// // Haruka takes either; Kenji only the brewery (0), which likes Haruka better, as she does it; the inn (1) waits.
/// // Mei has the foundry (2) in any case.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([0]);
/// market.candidate([2]);
/// market.opening(1, [0, 1]);
/// market.opening(1, [0]);
/// market.opening(1, [2]);
/// let market = market.build()?;
/// assert_eq!(candidate_optimal(&market.strict().expect("no ties")).matching.size(), 2);
/// assert_eq!(maximum_cardinality(&market).placed, 3);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn maximum_cardinality(market: &Market) -> Compared {
    Compared::of(market, largest_matching(market))
}

/// Every acceptable pair, in the order of the candidates' lists.
fn pairs(market: &Market) -> impl Iterator<Item = Pair> {
    market.each_candidate().flat_map(|candidate| {
        market.candidates().ranked(candidate).map(move |(candidate_rank, edge)| Pair {
            candidate,
            opening: edge.partner,
            candidate_rank,
            opening_rank: edge.rank,
        })
    })
}

/// The number of cells, candidates times (seats plus candidates), up to which [`maximum_weight`] is computed: some
/// 500 candidates with as many seats. The method takes time with the cube of that, and more where weights are alike.
pub const MOST_CELLS: u64 = 500_000;

/// Why no matching of maximum weight is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// The market is larger than the method can serve in reasonable time.
    #[error(
        "the market has {cells} cells, candidates times seats and candidates; at most {MOST_CELLS} are served"
    )]
    TooLarge {
        /// Candidates times (seats plus candidates).
        cells: u64,
    },
    /// Weights so large that their sums do not fit.
    #[error("a weight of {weight} is too large to be summed over all candidates")]
    TooHeavy {
        /// The first such weight.
        weight: i64,
    },
}

/// A matching whose pairs weigh as much as possible together; a pair of negative weight is never taken. What a stable
/// matching weighs less than this is the price of stability ([`total_weight`] weighs it, and
/// [`optimum`](crate::optimum()) finds the heaviest stable one, by the weights negated).
/// O(candidates² · (candidates + seats)).
///
/// # Errors
/// A market beyond [`MOST_CELLS`], weights too large to be summed.
///
/// ```
/// use migiude_matching::{Market, comparisons::maximum_weight};
///
/// // Haruka would bring the brewery (0) 5 and the inn (1) 4; Kenji 3 and nothing; Mei is not wanted.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([0, 1]);
/// market.candidate([]);
/// market.opening(1, [0, 1]);
/// market.opening(1, [0, 1]);
/// let brings = [[5, 4], [3, 0]];
/// let weight = |pair: migiude_matching::Pair| brings[pair.candidate as usize][pair.opening as usize];
/// let heaviest = maximum_weight(&market.build()?, &weight).expect("it is small");
/// assert_eq!([0, 1].map(|candidate| heaviest.matching.opening_of(candidate)), [Some(1), Some(0)]);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn maximum_weight(market: &Market, weight: Weight<'_>) -> Result<Compared, Refused> {
    let candidates = market.candidates().len();
    // More seats than people on the list are never used.
    let seats = |opening| (market.quota(opening) as usize).min(market.openings().list(opening).len());
    let all_seats: usize = market.each_opening().map(seats).sum();
    let columns = all_seats + candidates;
    let cells = (candidates as u64).saturating_mul(columns as u64);
    if cells > MOST_CELLS {
        return Err(Refused::TooLarge { cells });
    }
    let most = i64::MAX / 8 / (candidates as i64 + 1);
    if let Some(weight) = pairs(market).map(weight).find(|weight| weight.unsigned_abs() > most.unsigned_abs())
    {
        return Err(Refused::TooHeavy { weight });
    }

    let mut first_seat = Vec::with_capacity(market.openings().len());
    let mut opening_of_seat = Vec::with_capacity(all_seats);
    for opening in market.each_opening() {
        first_seat.push(opening_of_seat.len());
        opening_of_seat.resize(opening_of_seat.len() + seats(opening), opening);
    }
    // Every row must have a column, so each candidate finds one of weight 0 for having nothing; worse than that, at
    // -1, is whatever is not acceptable.
    let mut table = vec![-1; cells as usize];
    for row in table.chunks_mut(columns.max(1)) {
        row[all_seats..].fill(0);
    }
    for pair in pairs(market) {
        let first = pair.candidate as usize * columns + first_seat[pair.opening as usize];
        table[first..first + seats(pair.opening)].fill(weight(pair));
    }
    let assigned = heaviest_assignment(candidates, table);
    let opening = |column: usize| opening_of_seat.get(column).copied();
    Ok(Compared::of(market, Matching::new(assigned.into_iter().map(opening))))
}

/// The weight of a matching: the sum over its acceptable pairs. O(m); a sum of 64-bit weights always fits.
pub fn total_weight(market: &Market, matching: &Matching, weight: Weight<'_>) -> i128 {
    let taken = pairs(market).filter(|pair| matching.opening_of(pair.candidate) == Some(pair.opening));
    taken.map(|pair| i128::from(weight(pair))).sum()
}

/// What an operator's page holds beside a stable matching, each by its name in files: `maximum_cardinality`;
/// `maximum_weight`, where the market is small enough, a pair weighing what its two ranks together fall short of
/// the worst two of the market, and one more; `random_dictatorship` by the lottery of `seed`; `first_come`, should
/// the candidates apply in their order, each down its list. Costs what its members cost.
pub fn beside(market: &Market, seed: u64) -> Vec<(&'static str, Compared)> {
    let mut all = vec![("maximum_cardinality", maximum_cardinality(market))];
    let worst = pairs(market).map(both_ranks).max().unwrap_or(0);
    if let Ok(heaviest) = maximum_weight(market, &|pair| worst - both_ranks(pair) + 1) {
        all.push(("maximum_weight", heaviest));
    }
    all.push(("random_dictatorship", random_dictatorship(market, seed)));
    let applications = pairs(market).map(|pair| (pair.candidate, pair.opening));
    all.push(("first_come", first_come(market, applications)));
    all
}
