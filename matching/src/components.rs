//! The parts of a market that have nothing to do with each other, solved apart and side by side.
//!
//! Two agents are connected when a chain of mutually acceptable pairs leads from one to the other. What happens in
//! one connected component is no concern of another: a matching is stable exactly when its part in every component
//! is, numbers of stable matchings multiply, and an objective that is a sum over pairs is best when each part is.
//! A search whose cost grows faster than the market gains most.
//!
//! Guaranteed: every list of a component is whole, with its ties, ranks and quota, and agents keep their order; what
//! is answered does not depend on the number of threads, nor on which of them was faster. Not guaranteed: that there
//! is more than one component; one opening that everybody lists makes one of all.
//!
//! Limits: rules that bind several openings (regional caps) or several candidates (couples) connect what this market
//! does not show, so markets with such rules are solved whole. A lottery is drawn for the whole market first: drawn
//! for each part it would be another one.
//!
//! Cost: O(m) time and 12 bytes an agent to find the components, as much time again to take all of them out.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::market::Market;
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// The connected components of a market, by their first candidate. Whoever has an empty list is in none.
#[derive(Debug, Clone)]
pub struct Components<'a> {
    market: &'a Market,
    candidates: Groups,
    openings: Groups,
}

/// One connected component. The agents of its market are numbered from 0 in the order of the whole.
#[derive(Debug, Clone)]
pub struct Component<'a> {
    /// Candidate `c` of this market is candidate `candidates[c]` of the whole.
    pub candidates: &'a [Candidate],
    /// Opening `o` of this market is opening `openings[o]` of the whole.
    pub openings: &'a [Opening],
    /// The market of these agents alone, lent when they are all there are. What was dropped from the whole market is
    /// not told again.
    pub market: Cow<'a, Market>,
}

/// The connected components of a market. O(m), without recursion.
///
/// ```
/// use migiude_matching::{Market, candidate_optimal, components};
///
/// // Haruka and Kenji know the brewery (0) and the inn (1), Mei and the foundry (2) know each other only.
/// let mut market = Market::builder();
/// market.candidate([0, 1]);
/// market.candidate([0]);
/// market.candidate([2]);
/// market.opening(1, [1, 0]);
/// market.opening(1, [0]);
/// market.opening(1, [2]);
/// let market = market.build()?;
///
/// let parts = components(&market);
/// assert_eq!(parts.len(), 2);
/// assert_eq!((parts.get(0).candidates, parts.get(1).openings), (&[0, 1][..], &[2][..]));
///
/// let solve = |part: &Market| candidate_optimal(&part.strict().expect("no ties")).matching;
/// let matching = parts.join(parts.solve(2, solve));
/// assert_eq!(matching, solve(&market));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn components(market: &Market) -> Components<'_> {
    let mut of_candidate = vec![NONE; market.candidates().len()];
    let mut of_opening = vec![NONE; market.openings().len()];
    let mut count = 0;
    let mut reached = Vec::new();
    for first in market.each_candidate() {
        if of_candidate[first as usize] != NONE || market.candidates().list(first).is_empty() {
            continue;
        }
        of_candidate[first as usize] = count;
        reached.push(first);
        while let Some(candidate) = reached.pop() {
            for opening in market.candidates().list(candidate).iter().map(|edge| edge.partner) {
                if std::mem::replace(&mut of_opening[opening as usize], count) != NONE {
                    continue;
                }
                for candidate in market.openings().list(opening).iter().map(|edge| edge.partner) {
                    if std::mem::replace(&mut of_candidate[candidate as usize], count) == NONE {
                        reached.push(candidate);
                    }
                }
            }
        }
        count += 1;
    }
    let groups = |of_agent: Vec<u32>| Groups::new(of_agent, count as usize);
    Components { market, candidates: groups(of_candidate), openings: groups(of_opening) }
}

/// Solves the components of a market apart, on at most so many threads, and joins their matchings.
///
/// The mechanism is any that takes a market to a matching; for one that can fail, or counts, use
/// [`Components::solve`].
///
/// ```
/// use std::thread::available_parallelism;
/// use migiude_matching::{Market, audit, opening_optimal, solve_apart};
///
/// // Haruka and the brewery (0), Kenji and the inn (1), Mei and the foundry (2): three components.
/// let mut market = Market::builder();
/// for agent in 0..3 {
///     market.candidate([agent]);
///     market.opening(1, [agent]);
/// }
/// let market = market.build()?;
/// let threads = available_parallelism().map_or(1, |threads| threads.get());
/// let mechanism = |part: &Market| opening_optimal(&part.strict().expect("no ties")).matching;
/// assert_eq!(audit(&market, &solve_apart(&market, threads, mechanism)).placed, 3);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn solve_apart(
    market: &Market,
    threads: usize,
    mechanism: impl Fn(&Market) -> Matching + Sync,
) -> Matching {
    let parts = components(market);
    parts.join(parts.solve(threads, mechanism))
}

impl<'a> Components<'a> {
    /// The number of components.
    pub fn len(&self) -> usize {
        self.candidates.len()
    }

    /// Whether nobody finds anybody acceptable.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes one component out of the market, in the time and memory of its own size.
    ///
    /// # Panics
    /// If there are not so many components.
    pub fn get(&self, component: usize) -> Component<'_> {
        let (candidates, openings) = (self.candidates.members(component), self.openings.members(component));
        let whole = candidates.len() == self.market.candidates().len()
            && openings.len() == self.market.openings().len();
        let market = if whole {
            Cow::Borrowed(self.market)
        } else {
            Cow::Owned(self.market.part(
                candidates,
                openings,
                |candidate| self.candidates.number[candidate as usize],
                |opening| self.openings.number[opening as usize],
            ))
        };
        Component { candidates, openings, market }
    }

    /// Answers for every component, in order, on at most so many threads.
    ///
    /// A thread holds one component's market at a time. The answers are the same whatever the number of threads; one
    /// component, or one thread, starts none.
    pub fn solve<T: Send>(&self, threads: usize, solve: impl Fn(&Market) -> T + Sync) -> Vec<T> {
        let answer = |component| solve(&self.get(component).market);
        let threads = threads.min(self.len());
        if threads <= 1 {
            return (0..self.len()).map(answer).collect();
        }
        let next = AtomicUsize::new(0);
        let work = || {
            let claim = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&next| next < self.len());
            std::iter::from_fn(claim).map(|component| (component, answer(component))).collect::<Vec<_>>()
        };
        let mut answers = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            let answers = workers.into_iter().flat_map(|worker| match worker.join() {
                Ok(answers) => answers,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            answers.collect::<Vec<_>>()
        });
        answers.sort_unstable_by_key(|&(component, _)| component);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    /// What a matching of the whole, all of whose pairs are acceptable, says of one component.
    pub(crate) fn part_of(&self, whole: &Matching, component: usize) -> Matching {
        let candidates = self.candidates.members(component).iter();
        let opening_of = |&candidate| Some(self.openings.number[whole.opening_of(candidate)? as usize]);
        Matching::new(candidates.map(opening_of))
    }

    /// The matching of the whole market whose parts are these, one a component, in order. O(candidates).
    ///
    /// # Panics
    /// If a part names a candidate or an opening that its component does not have.
    pub fn join(&self, parts: impl IntoIterator<Item = Matching>) -> Matching {
        let mut whole = Matching::empty(self.market.candidates().len());
        for (component, part) in (0..self.len()).zip(parts) {
            let (candidates, openings) =
                (self.candidates.members(component), self.openings.members(component));
            for (candidate, opening) in part.pairs() {
                whole.assign(candidates[candidate as usize], openings[opening as usize]);
            }
        }
        whole
    }
}

/// Stands for no component.
const NONE: u32 = u32::MAX;

/// The agents of one side by component.
#[derive(Debug, Clone)]
struct Groups {
    starts: Vec<u32>,
    members: Vec<u32>,
    /// The number of each agent within its component.
    number: Vec<u32>,
}

impl Groups {
    /// Groups the agents by their components, of which there are `count`; the counting sort keeps their order.
    fn new(of_agent: Vec<u32>, count: usize) -> Self {
        let mut starts = vec![0; count + 1];
        of_agent.iter().filter(|&&component| component != NONE).for_each(|&c| starts[c as usize + 1] += 1);
        for component in 0..count {
            starts[component + 1] += starts[component];
        }
        let mut members = vec![0; starts[count] as usize];
        let mut next = starts.clone();
        let mut number = of_agent;
        for (agent, slot) in (0..).zip(&mut number).filter(|(_, component)| **component != NONE) {
            let component = *slot as usize;
            let place = next[component];
            members[place as usize] = agent;
            next[component] += 1;
            *slot = place - starts[component];
        }
        Self { starts, members, number }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn range(&self, component: usize) -> Range<usize> {
        self.starts[component] as usize..self.starts[component + 1] as usize
    }

    fn members(&self, component: usize) -> &[u32] {
        &self.members[self.range(component)]
    }
}
