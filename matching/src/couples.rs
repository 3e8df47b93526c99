//! Couples, and any two who move together: joint lists over pairs of openings.
//!
//! With couples a stable matching need not exist, and to tell whether one does is NP-hard (Ronn 1990). What stable
//! means has to be said first, since definitions differ: here it is [`STABILITY`](crate::audit::couples::STABILITY),
//! which the [audit](crate::audit::couples) reads by itself.
//!
//! [`match_couples`] first takes the parts of the market that cannot touch each other apart. In each it takes the
//! couples in one after the other (Roth & Peranson 1999, with the orders of Ashlagi, Braverman & Hassidim 2014);
//! where that goes round, it searches exactly. When none exists, the operator has chosen beforehand what to have
//! [instead](Otherwise): the proof, the matching with the fewest blocks (Manlove, McBride & Trimble 2017), or the
//! fewest extra seats with which one exists (the idea of Nguyen & Vohra 2018, who show that a few always do under
//! their definition when seats may also be taken away).
//!
//! Guaranteed: what is called stable is, and what is called proven is proven; without couples it is the stable
//! matching best for the candidates; the search answers a stable matching that no other beats for one single or
//! couple without being worse for another; the same market and lottery give the same matching. Not guaranteed:
//! that a stable matching taken in one by one is the best of several, that nobody gains by an untrue list (with
//! couples no stable mechanism can promise that, not even to singles), and any time: `patience` is asked every so
//! often, and its `false` ends the search with what is known. In ties the insertion follows the lottery; the
//! search looks at the ties as they are, so a proof holds for every lottery.
//!
//! Cost: some moves for each couple while insertion succeeds; the search holds about quota × list for each opening
//! that cannot seat everybody it lists.

mod answer;
mod clash;
mod conditions;
mod counts;
mod insertion;
mod market;
mod search;
mod seating;
#[cfg(test)]
mod tests;
mod units;

pub use answer::{CouplesAnswer, Method, Otherwise};
pub use clash::Clash;
pub(crate) use market::spoken;
pub use market::{Couple, CoupledMarket, CouplesError, DroppedChoice};

use search::{ExtraSeats, Part, Stable, Unstable};
use seating::Seating;
use units::Units;

use crate::Candidate;
use crate::audit::couples::audit_couples;
use crate::deferred_acceptance::candidate_optimal;
use crate::market::{Market, StrictMarket};
use crate::matching::Matching;
use crate::ties::break_ties;

/// Matches singles and couples. Ties are broken by the lottery of `seed`, as in [`break_ties`].
///
/// ```
/// use migiude_matching::{Couple, CoupledMarket, CouplesAnswer, Market, Otherwise, match_couples};
///
/// // Haruka wants the brewery (0), then the inn (1). Kenji and Mei want the brewery and the inn, together or not
/// // at all. The brewery prefers Kenji to Haruka, the inn prefers Haruka to Mei: whoever is seated, somebody blocks.
/// let mut lists = Market::builder();
/// lists.candidate([0, 1]);
/// lists.candidate([]);
/// lists.candidate([]);
/// lists.opening(1, [1, 0]);
/// lists.opening(1, [0, 2]);
/// let couple = Couple { members: [1, 2], list: vec![[Some(0), Some(1)]] };
/// let market = CoupledMarket::new(&lists, vec![couple])?;
/// let ask = |otherwise| match_couples(&market, 0, otherwise, &mut || true);
///
/// let CouplesAnswer::Impossible(clashes) = ask(Otherwise::Proof) else { panic!("nothing is stable") };
/// assert_eq!((&clashes[0].couples[..], &clashes[0].singles[..]), (&[0][..], &[0][..]));
/// // One seat more at the inn, and all three have what they want most.
/// let CouplesAnswer::ExtraSeats { extra_seats, .. } = ask(Otherwise::ExtraSeats) else { panic!("it helps") };
/// assert_eq!(extra_seats.len(), 1);
/// # Ok::<(), migiude_matching::CouplesError>(())
/// ```
pub fn match_couples(
    market: &CoupledMarket,
    seed: u64,
    otherwise: Otherwise,
    patience: &mut dyn FnMut() -> bool,
) -> CouplesAnswer {
    let strict = break_ties(market.market(), seed);
    let units = Units::of(market, &strict);
    let with_ties = market.market().has_ties().then(|| Units::of(market, market.market()));
    let searched = with_ties.as_ref().unwrap_or(&units);
    let alone = singles_alone(market, &strict);
    let mut matching = alone.clone();

    let mut seating = Seating::new(&strict, &units);
    let (mut method, mut stopped, mut unstable) = (Method::Insertion, false, Vec::new());
    let parts = units.parts(&strict);
    for part in &parts {
        let inserted = insertion::insert_couples(&mut seating, part, &alone, patience);
        seating.write(part, &mut matching);
        if inserted {
            continue;
        }
        method = Method::Search;
        let part = Part { market: market.market(), units: searched, part };
        match part.stable(patience, &mut matching) {
            Stable::Found => {}
            Stable::Never(why) => unstable.push((part, why)),
            Stable::Stopped => stopped = true,
        }
    }

    match otherwise {
        Otherwise::Proof if !unstable.is_empty() => impossible(unstable, patience),
        Otherwise::FewestBlocks if stopped || !unstable.is_empty() => {
            let parts: Vec<Part<'_>> = unstable.into_iter().map(|(part, _)| part).collect();
            let at_least = fewest_blocks(market, &parts, &alone, patience, &mut matching);
            let blocking = audit_couples(market, &matching).blocking;
            CouplesAnswer::FewestBlocks { matching, blocking, at_least }
        }
        _ if stopped => CouplesAnswer::stopped(market, matching),
        Otherwise::ExtraSeats if !unstable.is_empty() => extra_seats(market, unstable, matching, patience),
        Otherwise::Proof | Otherwise::FewestBlocks | Otherwise::ExtraSeats => {
            CouplesAnswer::Stable { matching, method }
        }
    }
}

/// The stable matching best for the singles, were there no couples.
fn singles_alone(market: &CoupledMarket, strict: &StrictMarket<'_>) -> Matching {
    if market.couples().is_empty() {
        return candidate_optimal(strict).matching;
    }
    let is_single = |candidate: Candidate| market.couple_of(candidate).is_none();
    let mut singles = Market::builder();
    for candidate in strict.each_candidate() {
        let list = strict.candidates().list(candidate).iter().filter(|_| is_single(candidate));
        singles.candidate(list.map(|edge| edge.partner));
    }
    for opening in strict.each_opening() {
        let list = strict.openings().list(opening).iter().map(|edge| edge.partner);
        singles.opening(strict.quota(opening), list.filter(|&candidate| is_single(candidate)));
    }
    let singles = singles.build().expect("part of a market is one");
    candidate_optimal(&singles.strict().expect("part of a market without ties has none")).matching
}

fn impossible(
    unstable: Vec<(Part<'_>, Box<Unstable<'_>>)>,
    patience: &mut dyn FnMut() -> bool,
) -> CouplesAnswer {
    CouplesAnswer::Impossible(unstable.into_iter().map(|(_, why)| why.clash(patience)).collect())
}

/// Gives each part, which has no stable matching, one with the fewest blocks that are found. Answers how many
/// there are at least in all.
fn fewest_blocks(
    market: &CoupledMarket,
    parts: &[Part<'_>],
    alone: &Matching,
    patience: &mut dyn FnMut() -> bool,
    matching: &mut Matching,
) -> usize {
    // Where insertion was left, or the singles alone: whichever is better to begin with.
    let (left, singles) = (audit_couples(market, matching).blocking, audit_couples(market, alone).blocking);
    let mut at_least = 0;
    for part in parts {
        let [left, singles] = [&left, &singles].map(|blocking| part.blocks(market, blocking));
        if singles < left {
            part.copy(alone, matching);
        }
        at_least += part.fewest_blocks(left.min(singles), patience, matching);
    }
    at_least
}

/// Gives each part the seats it needs. The matching is kept as it is when the search is stopped.
fn extra_seats(
    market: &CoupledMarket,
    unstable: Vec<(Part<'_>, Box<Unstable<'_>>)>,
    matching: Matching,
    patience: &mut dyn FnMut() -> bool,
) -> CouplesAnswer {
    let (mut enlarged, mut extra_seats, mut at_least) = (matching.clone(), Vec::new(), 0);
    let mut hopeless = Vec::new();
    let mut stopped = false;
    for (part, why) in unstable {
        match part.extra_seats(patience, &mut enlarged) {
            ExtraSeats::Found { seats, fewest } => {
                extra_seats.extend(seats);
                at_least += fewest;
            }
            ExtraSeats::Never => hopeless.push((part, why)),
            ExtraSeats::Stopped => stopped = true,
        }
    }
    if !hopeless.is_empty() {
        return impossible(hopeless, patience);
    }
    if stopped {
        return CouplesAnswer::stopped(market, matching);
    }
    extra_seats.sort_unstable();
    CouplesAnswer::ExtraSeats { matching: enlarged, extra_seats, at_least }
}
