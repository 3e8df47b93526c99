//! How many an opening holds of those it likes at least so much, as literals for the exact search.

use crate::exact::{Formula, Lit};

/// For one opening and each rank it gives: "at least 1, 2, … of those up to this rank".
#[derive(Default)]
pub(super) struct Counts {
    by_rank: Vec<(u32, Vec<Lit>)>,
}

impl Counts {
    /// Counts one more candidate, true when the opening holds it, up to so many `seats` as matter. Candidates come
    /// best first.
    pub(super) fn add(&mut self, formula: &mut Formula, rank: u32, sits: Lit, seats: usize) {
        let count = one_more(formula, self.of_all(), sits, seats);
        match self.by_rank.last_mut() {
            Some((last, counted)) if *last == rank => *counted = count,
            _ => self.by_rank.push((rank, count)),
        }
    }

    /// At least 1, 2, … of all.
    pub(super) fn of_all(&self) -> &[Lit] {
        self.by_rank.last().map_or(&[], |(_, count)| count)
    }

    /// At least 1, 2, … of those of this rank or better.
    pub(super) fn up_to(&self, rank: u32) -> &[Lit] {
        let end = self.by_rank.partition_point(|&(last, _)| last <= rank);
        end.checked_sub(1).map_or(&[], |last| &self.by_rank[last].1)
    }
}

/// "At least 1, 2, … of them", up to `seats`, when one more is to be counted.
fn one_more(formula: &mut Formula, count: &[Lit], one: Lit, seats: usize) -> Vec<Lit> {
    let longer = (count.len() + 1).min(seats);
    let mut counted = Vec::with_capacity(longer);
    for at in 0..longer {
        let (fewer, same) = (at.checked_sub(1).map(|at| count[at]), count.get(at).copied());
        let now = formula.variable();
        if let Some(same) = same {
            formula.clause([!same, now]);
        }
        formula.clause([!one, now].into_iter().chain(fewer.map(|fewer| !fewer)));
        formula.clause([!now, one].into_iter().chain(same));
        if let Some(fewer) = fewer {
            formula.clause([!now, fewer]);
        }
        counted.push(now);
    }
    counted
}

/// At least one of some literals.
pub(super) fn any(formula: &mut Formula, lits: &[Lit]) -> Lit {
    match lits {
        [] => !formula.always(),
        [lit] => *lit,
        lits => {
            let any = formula.variable();
            for &lit in lits {
                formula.clause([!lit, any]);
            }
            formula.clause(lits.iter().copied().chain([!any]));
            any
        }
    }
}
