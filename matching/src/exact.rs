//! Whether all of some conditions can hold at once: the exact search behind the questions that are hard.
//!
//! The only file that names the solver, `batsat` (clause learning, after Eén & Sörensson 2003). Conditions are
//! *clauses*, of which each wants at least one of its literals true, and *counters* (totalizers, Bailleux &
//! Boufkhad 2003), which say how many of some literals are true.
//!
//! Guaranteed: an answer is right, never a guess; the same formula asked the same questions in the same order
//! gives the same answers; no clock, no chance. Not guaranteed: any bound on the time, so the caller's
//! `patience` is asked every so often and its `false` ends the search. A formula too large to be held is
//! refused with [`Verdict::TooLarge`].

use std::cell::Cell;
use std::ops::Not;

use batsat::{Callbacks, Solver, SolverInterface, lbool};

/// How much a formula may hold, counted in literals of its clauses and eight for each variable: about a
/// gigabyte in the solver.
const LARGEST: usize = 1 << 25;
/// What a variable weighs in that count.
const VARIABLE: usize = 8;
/// Conflicts of the search between two questions for patience, at first.
const CONFLICTS: u64 = 500;

/// A variable, or its negation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Lit(batsat::Lit);

impl Not for Lit {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0)
    }
}

/// What a search found.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// All conditions can hold at once: like this.
    Possible(Model),
    /// They cannot while these of the assumptions hold; none of them means that they never can.
    Impossible(Vec<Lit>),
    /// Patience ended first; asked again, the search goes on with what it has learnt.
    Stopped,
    /// The formula holds more than [`LARGEST`], so nothing was searched.
    TooLarge,
}

/// Values under which all conditions hold.
#[derive(Debug)]
pub(crate) struct Model(Vec<lbool>);

impl Model {
    /// Whether a literal of the formula is true.
    pub(crate) fn holds(&self, lit: Lit) -> bool {
        (self.0[lit.0.var().idx() as usize] == lbool::TRUE) == lit.0.sign()
    }
}

/// Conditions that are to hold at once.
pub(crate) struct Formula {
    solver: Solver<Allowance>,
    always: Lit,
    size: usize,
}

impl Formula {
    /// No conditions.
    pub(crate) fn new() -> Self {
        let mut solver = Solver::new(batsat::SolverOpts::default(), Allowance(Cell::new(0)));
        let always = Lit(batsat::Lit::new(solver.new_var_default(), true));
        solver.add_clause_reuse(&mut vec![always.0]);
        Self { solver, always, size: VARIABLE }
    }

    /// The literal that is always true; its negation never is.
    pub(crate) fn always(&self) -> Lit {
        self.always
    }

    /// A new variable.
    pub(crate) fn variable(&mut self) -> Lit {
        if !self.makes_room(VARIABLE) {
            // The formula will not be searched, so any literal does.
            return self.always;
        }
        Lit(batsat::Lit::new(self.solver.new_var_default(), true))
    }

    /// Wants at least one of the literals true; none at all is never true.
    pub(crate) fn clause(&mut self, literals: impl IntoIterator<Item = Lit>) {
        let mut literals: Vec<batsat::Lit> = literals.into_iter().map(|lit| lit.0).collect();
        if self.makes_room(literals.len()) {
            self.solver.add_clause_reuse(&mut literals);
        }
    }

    /// Counts literals: `out[t - 1]` is true exactly when at least `t` of them are, `t = 1..=up_to`. A literal
    /// that stands there twice counts twice. About `n·up_to` clauses for `n` literals.
    pub(crate) fn counter(&mut self, literals: &[Lit], up_to: usize) -> Vec<Lit> {
        let mut counts: Vec<Vec<Lit>> = literals.iter().map(|&lit| vec![lit]).collect();
        // Neighbours are added in pairs until one count is left, so that no count is long before it must be.
        while counts.len() > 1 && self.size <= LARGEST {
            let mut pairs = counts.chunks_exact(2);
            let mut sums: Vec<Vec<Lit>> = Vec::with_capacity(counts.len().div_ceil(2));
            for pair in &mut pairs {
                sums.push(self.sum(&pair[0], &pair[1], up_to));
            }
            sums.extend(pairs.remainder().iter().cloned());
            counts = sums;
        }
        let mut count = counts.pop().unwrap_or_default();
        count.resize(up_to, !self.always);
        count
    }

    /// The counter of two counters' literals together: each counts all its literals or up to `up_to` at least.
    /// With it a counter is told of more literals: `sum(&count, &counter(more, k), k)`. At most `up_to` long,
    /// shorter when the two together are.
    pub(crate) fn sum(&mut self, one: &[Lit], other: &[Lit], up_to: usize) -> Vec<Lit> {
        let longest = (one.len() + other.len()).min(up_to);
        let sum: Vec<Lit> = (0..longest).map(|_| self.variable()).collect();
        for i in 0..=one.len() {
            if self.size > LARGEST {
                break;
            }
            for j in 0..=other.len() {
                // At least i and at least j make at least i + j.
                if let Some(&reached) = (i + j).checked_sub(1).and_then(|at| sum.get(at)) {
                    let (first, second) = (last(one, i), last(other, j));
                    self.clause(
                        [Some(reached), first.map(Not::not), second.map(Not::not)].into_iter().flatten(),
                    );
                }
                // At most i and at most j make at most i + j.
                if let Some(&beyond) = sum.get(i + j) {
                    self.clause(
                        [Some(!beyond), one.get(i).copied(), other.get(j).copied()].into_iter().flatten(),
                    );
                }
            }
        }
        sum
    }

    /// Searches for values under which all conditions and the assumptions hold. `patience` is asked before the
    /// search and every so often in it, about every twentieth of the work done so far.
    pub(crate) fn solve(&mut self, assumptions: &[Lit], patience: &mut dyn FnMut() -> bool) -> Verdict {
        if self.size > LARGEST {
            return Verdict::TooLarge;
        }
        let assumed: Vec<batsat::Lit> = assumptions.iter().map(|lit| lit.0).collect();
        // The solver starts its restarts anew after each stop, so a stop must become rarer as the work grows.
        let mut conflicts = CONFLICTS;
        while patience() {
            self.solver.cb().0.set(conflicts);
            let found = self.solver.solve_limited(&assumed);
            if found == lbool::TRUE {
                return Verdict::Possible(Model(self.solver.get_model().to_vec()));
            }
            if found == lbool::FALSE {
                // The solver gives a core as the clause it learnt: the assumptions negated.
                let to_blame = |lit: &Lit| self.solver.unsat_core_contains_lit(!lit.0);
                return Verdict::Impossible(assumptions.iter().copied().filter(to_blame).collect());
            }
            conflicts += conflicts / 20;
        }
        Verdict::Stopped
    }

    /// Counts what is about to be added; `false` when it is too much.
    fn makes_room(&mut self, more: usize) -> bool {
        self.size = self.size.saturating_add(more);
        self.size <= LARGEST
    }
}

/// The literal "at least `count`" of a counter; none for 0, which always holds.
fn last(counter: &[Lit], count: usize) -> Option<Lit> {
    count.checked_sub(1).map(|at| counter[at])
}

/// How many conflicts the solver may still meet before it hands back. Without conflicts it needs no limit: it
/// decides each variable once and is done.
struct Allowance(Cell<u64>);

impl Callbacks for Allowance {
    fn on_new_clause(&mut self, _: &[batsat::Lit], _: batsat::ClauseKind) {
        let left = self.0.get_mut();
        *left = left.saturating_sub(1);
    }

    fn stop(&self) -> bool {
        self.0.get() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(verdict: Verdict) -> Option<Model> {
        match verdict {
            Verdict::Possible(model) => Some(model),
            Verdict::Impossible(_) => None,
            Verdict::Stopped | Verdict::TooLarge => panic!("the formula is small"),
        }
    }

    /// `pigeons` want one hole each of `holes`; the literal of each pigeon that it must have one.
    fn pigeons(formula: &mut Formula, pigeons: usize, holes: usize) -> Vec<Lit> {
        let sits: Vec<Vec<Lit>> =
            (0..pigeons).map(|_| (0..holes).map(|_| formula.variable()).collect()).collect();
        for hole in 0..holes {
            let here: Vec<Lit> = sits.iter().map(|pigeon| pigeon[hole]).collect();
            let count = formula.counter(&here, 2);
            formula.clause([!count[1]]);
        }
        sits.into_iter()
            .map(|pigeon| {
                let housed = formula.variable();
                formula.clause([!housed].into_iter().chain(pigeon));
                housed
            })
            .collect()
    }

    #[test]
    fn a_counter_counts_every_choice_of_values_right() {
        for (literals, up_to) in [(0, 2), (1, 1), (3, 0), (5, 5), (6, 2), (7, 9), (8, 3)] {
            let mut formula = Formula::new();
            let counted: Vec<Lit> = (0..literals).map(|_| formula.variable()).collect();
            let count = formula.counter(&counted, up_to);
            assert_eq!(count.len(), up_to);
            for choice in 0..1u32 << literals {
                let chosen = counted
                    .iter()
                    .enumerate()
                    .map(|(at, &lit)| if choice >> at & 1 == 1 { lit } else { !lit });
                let model =
                    model(formula.solve(&chosen.collect::<Vec<_>>(), &mut || true)).expect("any choice");
                for (at, &lit) in count.iter().enumerate() {
                    assert_eq!(
                        model.holds(lit),
                        choice.count_ones() as usize > at,
                        "{choice:b} of {literals}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_counter_told_of_more_literals_counts_them_all_and_a_repeated_one_twice() {
        let mut formula = Formula::new();
        let lits: Vec<Lit> = (0..4).map(|_| formula.variable()).collect();
        let first = formula.counter(&[lits[0], lits[0], !lits[1]], 3);
        let more = formula.counter(&lits[2..], 3);
        let count = formula.sum(&first, &more, 3);
        for choice in 0..16u32 {
            let value = |at: usize| choice >> at & 1;
            let chosen: Vec<Lit> =
                (0..4).map(|at| if value(at) == 1 { lits[at] } else { !lits[at] }).collect();
            let model = model(formula.solve(&chosen, &mut || true)).expect("any choice");
            let true_ones = 2 * value(0) + 1 - value(1) + value(2) + value(3);
            assert_eq!(
                (1..=3).map(|t| model.holds(count[t - 1])).collect::<Vec<_>>(),
                [1, 2, 3].map(|t| true_ones >= t)
            );
        }
    }

    #[test]
    fn more_pigeons_than_holes_cannot_be_housed_and_the_core_says_who() {
        let mut formula = Formula::new();
        let housed = pigeons(&mut formula, 7, 5);
        assert!(model(formula.solve(&housed[..5], &mut || true)).is_some());
        let Verdict::Impossible(core) = formula.solve(&housed, &mut || true) else { panic!("seven in five") };
        assert!(core.len() >= 6 && core.iter().all(|lit| housed.contains(lit)));
        let Verdict::Impossible(again) = formula.solve(&core, &mut || true) else { panic!("a core is one") };
        assert!(again.len() >= 6);
        // Without assumptions nothing is impossible; with a contradiction nothing is possible, whoever is
        // blamed.
        assert!(model(formula.solve(&[], &mut || true)).is_some());
        formula.clause([]);
        let Verdict::Impossible(core) = formula.solve(&housed, &mut || true) else { panic!("never") };
        assert!(core.is_empty());
    }

    #[test]
    fn contradicting_assumptions_are_both_blamed() {
        let mut formula = Formula::new();
        let (rain, sun) = (formula.variable(), formula.variable());
        formula.clause([rain, sun]);
        let Verdict::Impossible(core) = formula.solve(&[sun, rain, !rain], &mut || true) else {
            panic!("both")
        };
        assert_eq!(core, [rain, !rain]);
    }

    #[test]
    fn a_search_stops_when_patience_ends_and_can_go_on() {
        let mut formula = Formula::new();
        let housed = pigeons(&mut formula, 11, 10);
        assert!(matches!(formula.solve(&housed, &mut || false), Verdict::Stopped));
        let mut asked = 0;
        let mut twice = || {
            asked += 1;
            asked <= 2
        };
        assert!(matches!(formula.solve(&housed, &mut twice), Verdict::Stopped));
        assert_eq!(asked, 3);
        assert!(model(formula.solve(&housed[1..], &mut || true)).is_some());
    }

    #[test]
    fn a_formula_too_large_to_hold_is_refused() {
        let mut formula = Formula::new();
        let lit = formula.variable();
        assert!(model(formula.solve(&[lit], &mut || true)).is_some());
        formula.clause(std::iter::repeat_n(lit, LARGEST));
        // What is said after that costs nothing more.
        assert_eq!(formula.counter(&vec![lit; 100_000], 100_000).len(), 100_000);
        assert!(matches!(formula.solve(&[], &mut || true), Verdict::TooLarge));
    }

    #[test]
    fn the_same_questions_get_the_same_answers() {
        let answers = || {
            let mut formula = Formula::new();
            let housed = pigeons(&mut formula, 6, 6);
            let model = model(formula.solve(&housed, &mut || true)).expect("six in six");
            let Verdict::Impossible(core) = formula.solve(&[!housed[0], housed[0]], &mut || true) else {
                panic!()
            };
            (model.0.iter().map(|value| value.to_u8()).collect::<Vec<_>>(), core)
        };
        assert_eq!(answers(), answers());
    }
}
