//! The one door of a market with couples: what cannot be is refused, what only one side says is dropped and
//! reported.

use thiserror::Error;

use crate::market::{Market, MarketBuilder, MarketError};
use crate::{Candidate, Opening};

/// Two candidates who rank pairs of openings together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Couple {
    /// The two, by number.
    pub members: [Candidate; 2],
    /// The joint choices, best first; none = that member unmatched.
    pub list: Vec<[Option<Opening>; 2]>,
}

impl Couple {
    /// What a matching gives the two; `[None, None]` is nothing, which is worse than any choice of the list.
    pub fn pair_in(&self, matching: &crate::Matching) -> [Option<Opening>; 2] {
        self.members.map(|member| matching.opening_of(member))
    }
}

/// A joint choice that was dropped because an opening in it does not list the member it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DroppedChoice {
    /// The couple, by number.
    pub couple: u32,
    /// The choice as it stood in the joint list.
    pub choice: [Option<Opening>; 2],
}

/// Singles with lists of their own, couples with joint lists, and openings that rank everybody one by one.
///
/// ```
/// use migiude_matching::{CoupledMarket, Couple, Market};
///
/// // Haruka wants the brewery (0). Kenji and Mei go to the brewery and the inn (1), or both to the foundry (2),
/// // which has never heard of Mei.
/// let mut lists = Market::builder();
/// lists.candidate([0]);
/// lists.candidate([]);
/// lists.candidate([]);
/// lists.opening(1, [1, 0]);
/// lists.opening(1, [2]);
/// lists.opening(2, [1]);
/// let couple = Couple { members: [1, 2], list: vec![[Some(0), Some(1)], [Some(2), Some(2)]] };
/// let market = CoupledMarket::new(&lists, vec![couple])?;
/// assert_eq!(market.couples()[0].list, [[Some(0), Some(1)]]);
/// assert_eq!(market.dropped()[0].choice, [Some(2), Some(2)]);
/// # Ok::<(), migiude_matching::CouplesError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoupledMarket {
    market: Market,
    couples: Vec<Couple>,
    couple_of: Vec<u32>,
    dropped: Vec<DroppedChoice>,
}

/// No couple has this number.
const SINGLE: u32 = u32::MAX;

impl CoupledMarket {
    /// Checks the couples against the lists and builds the market.
    ///
    /// A joint choice is dropped, and reported by [`dropped`](Self::dropped), when an opening in it does not list
    /// the member it is for; what singles and openings list in vain is reported by the [`Market`], among it the
    /// member an opening lists though no choice left in the joint list names that opening for it.
    /// O(entries + joint choices, sorted).
    ///
    /// # Errors
    /// Couples that cannot be, and everything that [`MarketBuilder::build`] refuses.
    pub fn new(lists: &MarketBuilder, couples: Vec<Couple>) -> Result<Self, CouplesError> {
        let couple_of = check_members(lists, &couples)?;
        for (number, couple) in (0..).zip(&couples) {
            check_list(number, &couple.list, lists.openings().len())?;
        }
        let (couples, dropped) = keep_mutual(lists, couples, &couple_of);
        let market = everybody(lists, &couples, &couple_of)?;
        Ok(Self { market, couples, couple_of, dropped })
    }

    /// Everybody one by one. The list of a couple's member holds the openings its joint list names for it, in
    /// the order in which they first come up: it says what is acceptable, and nothing of what the member prefers.
    pub fn market(&self) -> &Market {
        &self.market
    }

    /// The couples with what is left of their joint lists.
    pub fn couples(&self) -> &[Couple] {
        &self.couples
    }

    /// The couple of a candidate, by number; none for a single.
    pub fn couple_of(&self, candidate: Candidate) -> Option<u32> {
        self.couple_of.get(candidate as usize).copied().filter(|&couple| couple != SINGLE)
    }

    /// What was dropped of the joint lists: by couple, each in the order of its list.
    pub fn dropped(&self) -> &[DroppedChoice] {
        &self.dropped
    }

    /// The same market with more seats at some openings. Openings that do not exist are left aside.
    pub fn with_extra_seats(&self, extra: &[(Opening, u32)]) -> Self {
        let mut quotas: Vec<u32> =
            self.market.each_opening().map(|opening| self.market.quota(opening)).collect();
        for &(opening, seats) in extra {
            if let Some(quota) = quotas.get_mut(opening as usize) {
                *quota = quota.saturating_add(seats);
            }
        }
        Self { market: self.market.with_quotas(quotas), ..self.clone() }
    }
}

/// Why couples were refused. Couples, candidates and openings are numbers from 0.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CouplesError {
    /// A member that does not exist.
    #[error("couple {couple} has candidate {candidate} as a member, who does not exist")]
    UnknownMember {
        /// The couple.
        couple: u32,
        /// Who does not exist.
        candidate: Candidate,
    },
    /// A member of two couples, or twice of one.
    #[error("candidate {candidate} is member of a couple twice, the second time of couple {couple}")]
    MemberTwice {
        /// The couple that names the candidate again.
        couple: u32,
        /// Who is named again.
        candidate: Candidate,
    },
    /// A member with a list of its own.
    #[error("candidate {candidate}, member of couple {couple}, has a list of its own")]
    MemberWithList {
        /// The couple.
        couple: u32,
        /// Whose list it is.
        candidate: Candidate,
    },
    /// A joint choice of an opening that does not exist.
    #[error("couple {couple} lists opening {opening}, which does not exist")]
    UnknownOpening {
        /// The couple.
        couple: u32,
        /// What does not exist.
        opening: Opening,
    },
    /// A joint choice of nothing at all.
    #[error("couple {couple} lists a choice without any opening")]
    EmptyChoice {
        /// The couple.
        couple: u32,
    },
    /// The same joint choice twice.
    #[error("couple {couple} lists the same choice twice: {}", spoken(*choice))]
    ChoiceTwice {
        /// The couple.
        couple: u32,
        /// The choice.
        choice: [Option<Opening>; 2],
    },
    /// More couples or joint choices than 32 bits count.
    #[error("there are more couples or joint choices than fit in 32 bits")]
    TooLarge,
    /// The lists are refused, whoever is coupled.
    #[error(transparent)]
    Market(#[from] MarketError),
}

/// A pair of openings in words.
pub(crate) fn spoken(choice: [Option<Opening>; 2]) -> String {
    let [one, other] =
        choice.map(|opening| opening.map_or("no opening".to_owned(), |number| format!("opening {number}")));
    format!("{one} and {other}")
}

/// The couple of every candidate, [`SINGLE`] for a single.
fn check_members(lists: &MarketBuilder, couples: &[Couple]) -> Result<Vec<u32>, CouplesError> {
    let choices: usize = couples.iter().map(|couple| couple.list.len()).sum();
    if couples.len() >= SINGLE as usize || choices >= u32::MAX as usize {
        return Err(CouplesError::TooLarge);
    }
    let mut couple_of = vec![SINGLE; lists.candidates().len()];
    for (couple, candidate) in
        (0..).zip(couples).flat_map(|(number, couple)| couple.members.map(|c| (number, c)))
    {
        let of =
            couple_of.get_mut(candidate as usize).ok_or(CouplesError::UnknownMember { couple, candidate })?;
        if std::mem::replace(of, couple) != SINGLE {
            return Err(CouplesError::MemberTwice { couple, candidate });
        }
        if !lists.candidates().list(candidate as usize).is_empty() {
            return Err(CouplesError::MemberWithList { couple, candidate });
        }
    }
    Ok(couple_of)
}

fn check_list(couple: u32, list: &[[Option<Opening>; 2]], openings: usize) -> Result<(), CouplesError> {
    let unknown = |opening: &&Opening| **opening as usize >= openings;
    if let Some(&opening) = list.iter().flatten().flatten().find(unknown) {
        return Err(CouplesError::UnknownOpening { couple, opening });
    }
    if list.contains(&[None, None]) {
        return Err(CouplesError::EmptyChoice { couple });
    }
    let mut sorted = list.to_vec();
    sorted.sort_unstable();
    match sorted.windows(2).find(|choices| choices[0] == choices[1]) {
        Some(choices) => Err(CouplesError::ChoiceTwice { couple, choice: choices[0] }),
        None => Ok(()),
    }
}

/// Drops the joint choices in which an opening does not list the member it is for.
fn keep_mutual(
    lists: &MarketBuilder,
    mut couples: Vec<Couple>,
    couple_of: &[u32],
) -> (Vec<Couple>, Vec<DroppedChoice>) {
    // Sorted, because openings are read in order.
    let mut listed_by: Vec<Vec<Opening>> = vec![Vec::new(); couple_of.len()];
    for opening in 0..lists.openings().len() {
        for &candidate in lists.openings().list(opening) {
            if couple_of.get(candidate as usize).is_some_and(|&couple| couple != SINGLE) {
                listed_by[candidate as usize].push(opening as Opening);
            }
        }
    }
    let listed = |member: Candidate, opening: Option<Opening>| {
        opening.is_none_or(|opening| listed_by[member as usize].binary_search(&opening).is_ok())
    };
    let mut dropped = Vec::new();
    for (number, couple) in (0..).zip(&mut couples) {
        let [one, other] = couple.members;
        couple.list.retain(|&choice| {
            let kept = listed(one, choice[0]) && listed(other, choice[1]);
            if !kept {
                dropped.push(DroppedChoice { couple: number, choice });
            }
            kept
        });
    }
    (couples, dropped)
}

/// The market of everybody one by one.
fn everybody(lists: &MarketBuilder, couples: &[Couple], couple_of: &[u32]) -> Result<Market, MarketError> {
    let mut market = Market::builder();
    let mut named = Named { by: vec![SINGLE; lists.openings().len()] };
    for (candidate, &couple) in (0..).zip(couple_of) {
        match couples.get(couple as usize) {
            None => market.candidate_with_ties(lists.candidates().groups(candidate as usize)),
            Some(couple) => {
                let place = usize::from(couple.members[1] == candidate);
                let openings = couple.list.iter().filter_map(|choice| choice[place]);
                market.candidate(openings.filter(|&opening| named.first_by(candidate, opening)));
            }
        }
    }
    for opening in 0..lists.openings().len() {
        market.opening_with_ties(lists.quota(opening as Opening), lists.openings().groups(opening));
    }
    market.build()
}

/// By whom each opening was named last.
struct Named {
    by: Vec<Candidate>,
}

impl Named {
    /// Whether the candidate, who comes after all asked about before, names the opening for the first time.
    fn first_by(&mut self, candidate: Candidate, opening: Opening) -> bool {
        std::mem::replace(&mut self.by[opening as usize], candidate) != candidate
    }
}
