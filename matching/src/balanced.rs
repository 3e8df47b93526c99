//! Compromises between the two sides: the balanced and the sex-equal stable matching.
//!
//! Each side pays the sum of its ranks over the matched pairs. *Balanced* is the stable matching in which the side
//! that pays more pays least, *sex-equal* the one in which both pay as equally as can be (Gusfield & Irving 1989).
//! Both are NP-hard (Feder 1995; Kato 1993), so what is delivered is stated with each answer:
//! - `exact`: nothing better exists. Either no way leads on (one side pays more already at its own optimum), or the
//!   best found meets the bound, or the search through all stable matchings ended within the limit. The search
//!   leaves out what lies below a matching that is already too dear for the candidates.
//! - else the best found, and a `bound` no stable matching can be below. For the balanced one it comes from minimum
//!   cuts: whatever the shares of the two sides, the dearer side pays at least the least weighted sum (Lagrangean
//!   relaxation); the best shares are found by following the corners of the convex hull. For the sex-equal
//!   one it is what the common divisor of all changes leaves.
//!
//! Cost: a handful of minimum cuts, then O(log + arcs of a rotation) for each stable matching looked at. Limits: strict
//! lists; ranks are weighed alike on both sides, however much longer the lists of one side are.

use crate::lattice::{Lattice, Walk};
use crate::matching::Matching;
use crate::optimum::{Pair, least_closed_set};

/// A stable matching between the two sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compromise {
    /// The matching: of those that are equally good the one that costs the candidates least.
    pub matching: Matching,
    /// The sum of the ranks the candidates give.
    pub candidate_cost: u64,
    /// The sum of the ranks the openings give.
    pub opening_cost: u64,
    /// What was made small: the larger of the two, or their difference.
    pub objective: u64,
    /// No stable matching has a smaller objective than this.
    pub bound: u64,
    /// Whether no stable matching has a smaller objective than the one found.
    pub exact: bool,
}

/// The stable matching in which the side that pays more pays as little as can be; exact whenever no more than
/// `limit` stable matchings have to be looked at.
///
/// ```
/// use migiude_matching::{Lattice, Market, balanced, sex_equal};
///
/// // Haruka (0), Kenji (1) and Mei (2) like the brewery (0), the inn (1) and the foundry (2) in a circle, and are
/// // liked the other way round: the sides pay 3 and 9, 6 and 6, or 9 and 3.
/// let mut market = Market::builder();
/// market.candidate([0, 1, 2]);
/// market.candidate([1, 2, 0]);
/// market.candidate([2, 0, 1]);
/// market.opening(1, [1, 2, 0]);
/// market.opening(1, [2, 0, 1]);
/// market.opening(1, [0, 1, 2]);
/// let market = market.build()?;
/// let strict = market.strict().expect("no ties");
/// let lattice = Lattice::of(&strict);
/// let compromise = balanced(&lattice, 1_000);
/// assert!(compromise.exact);
/// assert_eq!((compromise.candidate_cost, compromise.opening_cost), (6, 6));
/// assert_eq!(sex_equal(&lattice, 1_000).objective, 0);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn balanced(lattice: &Lattice<'_>, limit: u64) -> Compromise {
    compromise(lattice, limit, Aim::Balanced)
}

/// The stable matching in which both sides pay as equally as can be; exact whenever no more than `limit` stable
/// matchings have to be looked at.
pub fn sex_equal(lattice: &Lattice<'_>, limit: u64) -> Compromise {
    compromise(lattice, limit, Aim::SexEqual)
}

#[derive(Clone, Copy)]
enum Aim {
    Balanced,
    SexEqual,
}

/// What both sides pay, or by how much a rotation changes that.
#[derive(Clone, Copy)]
struct Costs {
    candidates: i64,
    openings: i64,
}

impl Costs {
    /// How much more the candidates pay. A rotation always raises it.
    fn lean(self) -> i64 {
        self.candidates - self.openings
    }

    fn plus(self, change: Self) -> Self {
        let candidates = self.candidates + change.candidates;
        Self { candidates, openings: self.openings + change.openings }
    }

    fn minus(self, change: Self) -> Self {
        let candidates = self.candidates - change.candidates;
        Self { candidates, openings: self.openings - change.openings }
    }
}

impl Aim {
    fn objective(self, costs: Costs) -> i64 {
        match self {
            Self::Balanced => costs.candidates.max(costs.openings),
            Self::SexEqual => costs.lean().abs(),
        }
    }

    /// What is compared: the objective, and among equally good ones the candidates' cost.
    fn key(self, costs: Costs) -> (i64, i64) {
        (self.objective(costs), costs.candidates)
    }

    /// A key that no matching below one of these costs falls short of: one more rotation costs the candidates one
    /// rank at least and gains the openings as much.
    fn best_below(self, costs: Costs) -> (i64, i64) {
        let next = costs.plus(Costs { candidates: 1, openings: -1 });
        let objective = match self {
            Self::Balanced => next.candidates,
            Self::SexEqual => next.lean().max(0),
        };
        (objective, next.candidates)
    }
}

fn compromise(lattice: &Lattice<'_>, limit: u64, aim: Aim) -> Compromise {
    let mut search = Search::new(lattice, aim);
    let bound = search.run(limit);
    let Search { best: Best { closed, costs, .. }, .. } = search;
    let objective = aim.objective(costs);
    Compromise {
        matching: lattice.matching_of(&closed),
        candidate_cost: costs.candidates.unsigned_abs(),
        opening_cost: costs.openings.unsigned_abs(),
        objective: objective.unsigned_abs(),
        bound: bound.unsigned_abs(),
        exact: objective == bound,
    }
}

/// The best closed set so far.
struct Best {
    closed: Vec<bool>,
    costs: Costs,
}

struct Search<'l> {
    lattice: &'l Lattice<'l>,
    aim: Aim,
    /// What the candidate-optimal matching costs.
    top: Costs,
    changes: Vec<Costs>,
    best: Best,
}

impl<'l> Search<'l> {
    fn new(lattice: &'l Lattice<'l>, aim: Aim) -> Self {
        let pay = |pair: Pair| Costs {
            candidates: i64::from(pair.candidate_rank),
            openings: i64::from(pair.opening_rank),
        };
        let nothing = Costs { candidates: 0, openings: 0 };
        let top = lattice.pairs(lattice.candidate_optimal()).map(pay).fold(nothing, Costs::plus);
        let change = |rotation| {
            lattice.found.steps(rotation).iter().fold(nothing, |change, step| {
                let [from, to] = [step.from, step.to].map(|index| pay(lattice.pair(step.candidate, index)));
                change.plus(to).minus(from)
            })
        };
        let best = Best { closed: vec![false; lattice.rotations()], costs: top };
        Self { lattice, aim, top, changes: lattice.found.each().map(change).collect(), best }
    }

    /// Finds the best it can; answers what no stable matching falls short of.
    fn run(&mut self, limit: u64) -> i64 {
        let everything = vec![true; self.changes.len()];
        let bottom = self.costs_of(&everything);
        // When one side pays more already at its own optimum, all others are dearer for it.
        if self.top.lean() >= 0 {
            return self.aim.objective(self.top);
        }
        self.consider(&everything, bottom);
        if bottom.lean() <= 0 {
            return self.aim.objective(bottom);
        }
        self.fill(vec![false; self.changes.len()], self.top);
        let dearer_side = self.follow_the_hull(bottom);
        if self.walk_through_all(limit) {
            return self.aim.objective(self.best.costs);
        }
        match self.aim {
            Aim::Balanced => dearer_side,
            Aim::SexEqual => self.least_remainder(),
        }
    }

    fn costs_of(&self, closed: &[bool]) -> Costs {
        let eliminated = self.changes.iter().zip(closed).filter(|&(_, &closed)| closed);
        eliminated.fold(self.top, |costs, (&change, _)| costs.plus(change))
    }

    fn is_better(&self, costs: Costs) -> bool {
        self.aim.key(costs) < self.aim.key(self.best.costs)
    }

    fn consider(&mut self, closed: &[bool], costs: Costs) {
        if self.is_better(costs) {
            self.best = Best { closed: closed.to_vec(), costs };
        }
    }

    /// Eliminates from a matching that is cheaper for the candidates whatever leaves it so, in order, and tries
    /// what would tip it over.
    fn fill(&mut self, mut closed: Vec<bool>, mut costs: Costs) {
        let order = &self.lattice.found.order;
        for rotation in self.lattice.found.each() {
            let index = rotation as usize;
            if closed[index] || !order.before(rotation).iter().all(|&before| closed[before as usize]) {
                continue;
            }
            closed[index] = true;
            let next = costs.plus(self.changes[index]);
            self.consider(&closed, next);
            if next.lean() <= 0 {
                costs = next;
            } else {
                closed[index] = false;
            }
        }
    }

    /// Finds the edge of the convex hull of all costs on which both sides would pay the same, by minimum cuts;
    /// answers what the dearer side pays there, rounded up.
    fn follow_the_hull(&mut self, bottom: Costs) -> i64 {
        let (mut cheap, mut dear) = (self.top, bottom);
        loop {
            // The weights for which both ends of the edge are equally good.
            let mut shares = Costs {
                candidates: cheap.openings - dear.openings,
                openings: dear.candidates - cheap.candidates,
            };
            let weights = loop {
                let weighted = self.changes.iter().map(|&change| product(shares, change));
                let size: i128 = weighted.clone().map(i128::abs).sum();
                if size <= i128::from(i64::MAX / 4) {
                    break weighted.map(|weight| weight as i64).collect::<Vec<_>>();
                }
                // Any shares give a bound, so rounded ones do.
                shares = Costs { candidates: shares.candidates / 2 + 1, openings: shares.openings / 2 + 1 };
            };
            let closed = least_closed_set(&self.lattice.found.order, &weights);
            let costs = self.costs_of(&closed);
            self.consider(&closed, costs);
            let least = product(shares, costs);
            let is_end = least >= product(shares, cheap).min(product(shares, dear));
            let is_between = cheap.lean() < costs.lean() && costs.lean() < dear.lean();
            if is_end || !is_between || costs.lean() == 0 {
                let both = i128::from(shares.candidates) + i128::from(shares.openings);
                return (least + both - 1).div_euclid(both) as i64;
            }
            if costs.lean() < 0 {
                cheap = costs;
                self.fill(closed, costs);
            } else {
                dear = costs;
            }
        }
    }

    /// Looks at one stable matching after the other; answers whether none is left out that could be better.
    fn walk_through_all(&mut self, limit: u64) -> bool {
        let mut walk = Walk::new(&self.lattice.found.order);
        let mut costs = self.top;
        for _ in 0..limit {
            // Back to where something can be added, unless it is too dear there already.
            let next = loop {
                let hopeless = self.aim.best_below(costs) >= self.aim.key(self.best.costs);
                if let Some(rotation) = if hopeless { None } else { walk.add() } {
                    break rotation;
                }
                let Some(rotation) = walk.take_back() else { return true };
                costs = costs.minus(self.changes[rotation as usize]);
            };
            costs = costs.plus(self.changes[next as usize]);
            if self.is_better(costs) {
                let mut closed = vec![false; self.changes.len()];
                walk.set().iter().for_each(|&rotation| closed[rotation as usize] = true);
                self.best = Best { closed, costs };
            }
        }
        false
    }

    /// The difference between the sides changes by multiples of a number only, so it cannot come nearer to 0 than
    /// what is left over.
    fn least_remainder(&self) -> i64 {
        let divisor = self.changes.iter().fold(0, |divisor, change| common_divisor(divisor, change.lean()));
        let left_over = self.top.lean().rem_euclid(divisor.max(1));
        left_over.min(divisor - left_over)
    }
}

/// What both sides pay, each counted by its share.
fn product(shares: Costs, costs: Costs) -> i128 {
    i128::from(shares.candidates) * i128::from(costs.candidates)
        + i128::from(shares.openings) * i128::from(costs.openings)
}

fn common_divisor(mut one: i64, mut other: i64) -> i64 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}
