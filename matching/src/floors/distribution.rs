//! Which way of spreading seats over the openings lets a fair matching keep caps and floors: exact search.
//!
//! A matching is fair when at every opening everybody down to the worst one held is there or at something it prefers.
//! With one literal for each acceptable pair, one for "has this or something better" and one for "the opening holds
//! somebody from here on downwards", that is one clause a pair; caps, floors and quotas are counters.

use crate::caps::Regions;
use crate::exact::{Formula, Lit, Verdict};
use crate::market::StrictMarket;

/// What the search found.
pub(super) enum Found {
    /// A fair matching that keeps the rules holds so many at each opening.
    Seats(Vec<u32>),
    /// There is no such matching.
    Nothing,
    /// Patience ended first, or the market is too large for the search.
    Stopped,
}

/// Looks for the seats of some fair matching that keeps all caps and floors. Exponential at worst.
pub(super) fn find(
    market: &StrictMarket<'_>,
    regions: &Regions,
    patience: &mut dyn FnMut() -> bool,
) -> Found {
    let mut formula = Formula::new();
    let lists = market.candidates();
    let pairs: Vec<Lit> = lists.edges().iter().map(|_| formula.variable()).collect();
    // The candidate of the pair has its opening or something it prefers.
    let content: Vec<Lit> = lists.edges().iter().map(|_| formula.variable()).collect();
    for candidate in market.each_candidate() {
        let mut better = None;
        for place in lists.range(candidate) {
            formula.clause([Some(!content[place]), Some(pairs[place]), better].into_iter().flatten());
            formula.clause([!pairs[place], content[place]]);
            if let Some(better) = better {
                formula.clause([!better, content[place]]);
                formula.clause([!better, !pairs[place]]);
            }
            better = Some(content[place]);
        }
    }
    let mut held: Vec<Vec<Lit>> = vec![Vec::new(); regions.all().len()];
    for opening in market.each_opening() {
        let here = market.openings().list(opening).iter();
        let here: Vec<usize> =
            here.map(|edge| lists.range(edge.partner).start + edge.rank as usize - 1).collect();
        // Somebody below is held, so whoever stands above is content.
        let mut below: Option<Lit> = None;
        for &place in here.iter().rev() {
            let from_here = formula.variable();
            formula.clause([!pairs[place], from_here]);
            if let Some(below) = below {
                formula.clause([!below, from_here]);
                formula.clause([!below, content[place]]);
            }
            below = Some(from_here);
        }
        let literals: Vec<Lit> = here.iter().map(|&place| pairs[place]).collect();
        at_most(&mut formula, &literals, market.quota(opening));
        if let Some(region) = regions.innermost(opening) {
            held[region].extend(literals);
        }
    }
    for &number in regions.outer_first().iter().rev() {
        let region = &regions.all()[number];
        let mut literals = std::mem::take(&mut held[number]);
        if let Some(cap) = region.cap {
            at_most(&mut formula, &literals, cap);
        }
        at_least(&mut formula, &literals, region.floor);
        if let Some(outer) = region.within {
            if held[outer].len() < literals.len() {
                std::mem::swap(&mut held[outer], &mut literals);
            }
            held[outer].append(&mut literals);
        }
    }
    match formula.solve(&[], patience) {
        Verdict::Possible(model) => {
            let mut seats = vec![0; market.openings().len()];
            for (edge, &pair) in lists.edges().iter().zip(&pairs) {
                seats[edge.partner as usize] += u32::from(model.holds(pair));
            }
            Found::Seats(seats)
        }
        Verdict::Impossible(_) => Found::Nothing,
        Verdict::Stopped | Verdict::TooLarge => Found::Stopped,
    }
}

/// Wants no more than so many of the literals true.
fn at_most(formula: &mut Formula, literals: &[Lit], limit: u32) {
    let limit = limit as usize;
    if limit < literals.len() {
        let beyond = formula.counter(literals, limit + 1)[limit];
        formula.clause([!beyond]);
    }
}

/// Wants at least so many of the literals true.
fn at_least(formula: &mut Formula, literals: &[Lit], limit: u32) {
    let Some(last) = (limit as usize).checked_sub(1) else { return };
    if last < literals.len() {
        let enough = formula.counter(literals, limit as usize)[last];
        formula.clause([enough]);
    } else {
        formula.clause([]);
    }
}
