//! The stable matching that is best by weights on pairs, with pairs forced and forbidden: by a minimum cut.
//!
//! Egalitarian (fewest ranks over both sides), weighted by any scores, nearest to an earlier matching: each is a
//! sum over the matched pairs. A rotation changes such a sum by a fixed amount, so the best matching is the
//! closed set of rotations of least total weight: rotations that lower the sum are drawn to the source, those that
//! raise it to the sink, and an arc that cannot be cut keeps with each what must come before it (Irving, Leather &
//! Gusfield 1987; Picard 1976). A forced pair puts the rotation that makes it in and the one that ends it out; a
//! forbidden pair lets whoever has made it end it too, which is one more arc.
//!
//! Cost: O(n + moves) and one cut over the rotations that the wishes leave open. Guaranteed: the least sum; among
//! equally good matchings the one best for every candidate; wishes that cannot hold together are named, none too
//! many. Limits: sums beyond a quarter of an `i64` are refused; `weights` are minimised, so negate what should be
//! large.

use thiserror::Error;

use crate::flow::{Arc, minimum_cut};
use crate::lattice::{Lattice, StablePairs};
use crate::matching::Matching;
use crate::poset::{Poset, Rows};
use crate::rotations::Rotation;
use crate::{Candidate, Opening};

/// A pair of a matching, as weights see it. Ranks count from 1 = best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The candidate.
    pub candidate: Candidate,
    /// The opening.
    pub opening: Opening,
    /// The rank the candidate gives the opening.
    pub candidate_rank: u32,
    /// The rank the opening gives the candidate.
    pub opening_rank: u32,
}

/// What a pair costs.
pub type Weight<'a> = &'a dyn Fn(Pair) -> i64;

/// The weight of the egalitarian matching: both ranks of a pair.
pub fn both_ranks(pair: Pair) -> i64 {
    i64::from(pair.candidate_rank) + i64::from(pair.opening_rank)
}

/// The weight of the fewest moves: one for whoever is placed elsewhere than in an earlier matching, which may be
/// one of another market with the same numbers.
pub fn moved_from(earlier: &Matching) -> impl Fn(Pair) -> i64 {
    |pair| i64::from(earlier.opening_of(pair.candidate) != Some(pair.opening))
}

/// What a matching shall have besides being stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wish {
    /// The candidate is matched with the opening.
    Forced(Candidate, Opening),
    /// The candidate is not matched with the opening.
    Forbidden(Candidate, Opening),
}

impl Wish {
    /// The pair the wish is about.
    pub fn pair(self) -> (Candidate, Opening) {
        match self {
            Self::Forced(candidate, opening) | Self::Forbidden(candidate, opening) => (candidate, opening),
        }
    }
}

impl std::fmt::Display for Wish {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Forced(candidate, opening) => write!(f, "has candidate {candidate} at opening {opening}"),
            Self::Forbidden(candidate, opening) => {
                write!(f, "keeps candidate {candidate} from opening {opening}")
            }
        }
    }
}

/// Wishes that no stable matching fulfils together, though it would without any one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The wishes, in the order they were given.
    pub wishes: Vec<Wish>,
}

impl std::fmt::Display for Clash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no stable matching ")?;
        for (place, wish) in self.wishes.iter().enumerate() {
            f.write_str(if place > 0 { " and " } else { "" })?;
            write!(f, "{wish}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Clash {}

/// Why there is no best stable matching.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoOptimum {
    /// The wishes cannot hold together.
    #[error(transparent)]
    Clash(#[from] Clash),
    /// The weights are so large that their sums do not fit.
    #[error("the weights are too large to be summed over the rotations of this market")]
    TooLarge,
}

/// The best stable matching and what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Optimum {
    /// The matching.
    pub matching: Matching,
    /// The sum over its pairs of each of the weights, in their order.
    pub objectives: Vec<i64>,
}

/// The stable matching of least weight that fulfils all wishes.
///
/// With several weights each decides only among the matchings that are best by those before it; among what is best
/// by all, the matching best for every candidate is taken. Without weights it is the candidate-best that fulfils
/// the wishes.
///
/// # Errors
/// Wishes that clash, and weights whose sums do not fit; several weights are combined into one, so they have
/// to fit multiplied.
///
/// ```
/// use migiude_matching::{Lattice, Market, Wish, both_ranks, optimum};
///
/// // Haruka (0), Kenji (1) and Mei (2) like the brewery (0), the inn (1) and the foundry (2) in a circle, and are
/// // liked the other way round.
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
/// // All three stable matchings have 12 ranks in sum, so everybody's first choice is taken …
/// let egalitarian = optimum(&lattice, &[&both_ranks], &[])?;
/// assert_eq!(egalitarian.objectives, [12]);
/// assert_eq!(egalitarian.matching, *lattice.candidate_optimal());
/// // … unless Mei must not have the foundry. Then everybody gets the second choice.
/// let other = optimum(&lattice, &[&both_ranks], &[Wish::Forbidden(2, 2)])?;
/// assert_eq!([0, 1, 2].map(|candidate| other.matching.opening_of(candidate)), [Some(1), Some(2), Some(0)]);
/// let wishes = [Wish::Forced(0, 0), Wish::Forbidden(2, 2)];
/// let refused = optimum(&lattice, &[], &wishes).expect_err("Haruka has the brewery only when Mei has the foundry");
/// assert_eq!(
///     refused.to_string(),
///     "no stable matching has candidate 0 at opening 0 and keeps candidate 2 from opening 2"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn optimum(lattice: &Lattice<'_>, weights: &[Weight<'_>], wishes: &[Wish]) -> Result<Optimum, NoOptimum> {
    let pairs = lattice.stable_pairs();
    let Some(bounds) = Bounds::of(lattice, &pairs, wishes) else {
        return Err(clash(lattice, &pairs, wishes).into());
    };
    let each = weights.iter().map(|weight| of_rotations(lattice, weight));
    let weights_of_rotations = combined(lattice.rotations(), each.rev()).ok_or(NoOptimum::TooLarge)?;
    let matching = lattice.matching_of(&bounds.least_closed_set(&weights_of_rotations));
    let objectives = weights.iter().map(|weight| objective(lattice, &matching, weight));
    let objectives = objectives.collect::<Option<_>>().ok_or(NoOptimum::TooLarge)?;
    Ok(Optimum { matching, objectives })
}

/// How much each rotation changes the sum of a weight.
fn of_rotations(lattice: &Lattice<'_>, weight: Weight<'_>) -> Vec<i128> {
    let steps = |rotation| lattice.found.steps(rotation).iter();
    let change = |rotation| -> i128 {
        let at = |candidate, index| i128::from(weight(lattice.pair(candidate, index)));
        steps(rotation).map(|step| at(step.candidate, step.to) - at(step.candidate, step.from)).sum()
    };
    lattice.found.each().map(change).collect()
}

/// One weight in which the later outweigh the earlier, if the sum of all fits with room to spare.
fn combined(rotations: usize, weights: impl Iterator<Item = Vec<i128>>) -> Option<Vec<i64>> {
    let mut sum = vec![0i128; rotations];
    let mut size = 0i128;
    for more_important in weights {
        let factor = size + 1;
        size = 0;
        for (sum, weight) in sum.iter_mut().zip(more_important) {
            *sum = weight.checked_mul(factor)?.checked_add(*sum)?;
            size = size.checked_add(sum.checked_abs()?)?;
        }
        if size > i128::from(i64::MAX / 4) {
            return None;
        }
    }
    sum.into_iter().map(|weight| i64::try_from(weight).ok()).collect()
}

/// The sum of a weight over a matching's pairs, if it fits.
fn objective(lattice: &Lattice<'_>, matching: &Matching, weight: Weight<'_>) -> Option<i64> {
    i64::try_from(lattice.pairs(matching).map(|pair| i128::from(weight(pair))).sum::<i128>()).ok()
}

/// The closed set of least weight; of several the one contained in all others. The weights' sizes sum up to a
/// quarter of an `i64` at most.
pub(crate) fn least_closed_set(order: &Poset, weights: &[i64]) -> Vec<bool> {
    let requires = Rows::gather(order.len(), order.arcs());
    let nothing = || vec![false; order.len()];
    Bounds { requires, inside: nothing(), outside: nothing() }.least_closed_set(weights)
}

/// What wishes say of the rotations: the sets that fulfil them are those closed under `requires` between two bounds.
struct Bounds {
    /// For each rotation what has to be in a set that has it.
    requires: Rows,
    /// In every set that fulfils the wishes.
    inside: Vec<bool>,
    /// In none of them.
    outside: Vec<bool>,
}

impl Bounds {
    /// None when the wishes clash.
    fn of(lattice: &Lattice<'_>, pairs: &StablePairs, wishes: &[Wish]) -> Option<Self> {
        let (mut inside, mut outside, mut together) = (Vec::new(), Vec::new(), Vec::new());
        for wish in wishes {
            let (candidate, opening) = wish.pair();
            let stay = pairs.stay(candidate, opening);
            match wish {
                Wish::Forced(..) => {
                    let stay = stay?;
                    inside.extend(stay.made_by);
                    outside.extend(stay.ended_by);
                }
                Wish::Forbidden(..) => match stay.map(|stay| (stay.made_by, stay.ended_by)) {
                    None => {}
                    Some((None, None)) => return None,
                    Some((None, Some(ended_by))) => inside.push(ended_by),
                    Some((Some(made_by), None)) => outside.push(made_by),
                    Some((Some(made_by), Some(ended_by))) => together.push((made_by, ended_by)),
                },
            }
        }
        // Infinite capacities must not add up.
        together.sort_unstable();
        together.dedup();
        let rotations = lattice.rotations();
        let arcs = lattice.found.order.arcs().chain(together.iter().copied());
        let required_by = Rows::gather(rotations, arcs.clone().map(|(one, required)| (required, one)));
        let requires = Rows::gather(rotations, arcs);
        let (inside, outside) = (reach(&requires, inside), reach(&required_by, outside));
        let clash = inside.iter().zip(&outside).any(|(&inside, &outside)| inside && outside);
        (!clash).then_some(Self { requires, inside, outside })
    }

    /// Of the sets that fulfil the wishes one of least weight; of those the one contained in all others.
    fn least_closed_set(self, weights: &[i64]) -> Vec<bool> {
        const SOURCE: u32 = 0;
        const SINK: u32 = 1;
        let Self { requires, inside: mut set, outside } = self;
        let open = |rotation: Rotation| !set[rotation as usize] && !outside[rotation as usize];
        let rotations: Vec<Rotation> = (0..weights.len() as Rotation).filter(|&one| open(one)).collect();
        let mut vertex = vec![SOURCE; weights.len()];
        for (number, &rotation) in (2..).zip(&rotations) {
            vertex[rotation as usize] = number;
        }
        let infinite = 1 + rotations.iter().map(|&rotation| weights[rotation as usize].abs()).sum::<i64>();
        let mut arcs = Vec::new();
        for (number, &rotation) in (2..).zip(&rotations) {
            match weights[rotation as usize] {
                0 => {}
                gain @ ..0 => arcs.push(Arc { from: SOURCE, to: number, capacity: -gain }),
                loss => arcs.push(Arc { from: number, to: SINK, capacity: loss }),
            }
            let required = requires.row(rotation).iter().map(|&required| vertex[required as usize]);
            // What is required and not open is inside: else the rotation would be outside too.
            arcs.extend(required.filter(|&to| to != SOURCE).map(|to| Arc {
                from: number,
                to,
                capacity: infinite,
            }));
        }
        let cut = minimum_cut(rotations.len() + 2, SOURCE, SINK, arcs);
        for (&rotation, &chosen) in rotations.iter().zip(&cut.source_side[2..]) {
            set[rotation as usize] = chosen;
        }
        set
    }
}

/// What can be reached from some elements.
fn reach(next: &Rows, from: Vec<Rotation>) -> Vec<bool> {
    let mut reached = vec![false; next.len()];
    from.iter().for_each(|&element| reached[element as usize] = true);
    let mut open = from;
    while let Some(element) = open.pop() {
        for &next in next.row(element) {
            if !std::mem::replace(&mut reached[next as usize], true) {
                open.push(next);
            }
        }
    }
    reached
}

/// Some of the wishes that clash, none of which could be left out: from the front so many as are needed to clash, the
/// last of which is one of them; then again with those before it.
fn clash(lattice: &Lattice<'_>, pairs: &StablePairs, wishes: &[Wish]) -> Clash {
    let mut named = Vec::new();
    let mut rest = wishes;
    let holds = |named: &[Wish], more: &[Wish]| Bounds::of(lattice, pairs, &[named, more].concat()).is_some();
    while holds(&named, &[]) {
        let (mut hold, mut clash) = (0, rest.len());
        while hold + 1 < clash {
            let middle = (hold + clash) / 2;
            if holds(&named, &rest[..middle]) { hold = middle } else { clash = middle }
        }
        let Some((&last, before)) = rest[..clash].split_last() else { break };
        named.push(last);
        rest = before;
    }
    named.reverse();
    Clash { wishes: named }
}
