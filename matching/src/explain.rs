//! Why a candidate did not get an opening: one pair, or every listed pair of a round.
//!
//! The data of an [`Explanation`] holds ranks and the cutoff, which belong to an audit. A participant is told
//! [`ForParticipant`] only: "it did not list you" and "it filled with people it placed higher" read the same
//! there, or an answer would reveal another's list.
//!
//! Cost: [`explain`] reads both lists of its pair; [`Reasons`] reads the market once and then answers all listed
//! pairs in O(m) together.

use crate::market::{Edge, Market, Side};
use crate::matching::Matching;
use crate::{Candidate, Opening};

/// Five reasons, or that none is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// They are matched with each other.
    Matched,
    /// The candidate did not list the opening.
    YouDidNotList,
    /// The opening did not list the candidate.
    NotListedByOpening,
    /// The candidate got something it likes at least as much.
    YouDidBetter,
    /// The opening's seats went to people it placed higher, or as high and luckier in the lottery.
    FilledWithPreferred,
    /// A rule beyond the lists: the opening offers no seat, or the matching came from a mechanism with rules
    /// that this market does not know, since both would rather have each other.
    Rule,
}

impl Answer {
    /// The answer's name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::YouDidNotList => "you_did_not_list",
            Self::NotListedByOpening => "not_listed_by_opening",
            Self::YouDidBetter => "you_did_better",
            Self::FilledWithPreferred => "filled_with_preferred",
            Self::Rule => "rule",
        }
    }
}

/// An answer with its facts. Ranks are dense, 1 = best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The opening asked about.
    pub opening: Opening,
    /// The reason.
    pub answer: Answer,
    /// The rank the candidate gives the opening, when both list each other.
    pub candidate_rank: Option<u32>,
    /// The rank the opening gives the candidate, when both list each other.
    pub opening_rank: Option<u32>,
    /// What the candidate got, and its rank there in the candidate's list.
    pub got: Option<(Opening, u32)>,
    /// The seats of the opening.
    pub quota: u32,
    /// How many of them are taken.
    pub holders: u32,
    /// The worst rank the opening holds, when it is full.
    pub cutoff: Option<u32>,
}

impl Explanation {
    /// What the candidate itself may be told, given its own list as it certified it, best group first.
    ///
    /// The list has to come from the caller because a market forgets where an entry stood that the other side did
    /// not return: an answer by the market alone would tell the candidate which of two lower entries had not
    /// listed it. Ranks and cutoffs are left out for the same reason.
    ///
    /// ```
    /// use migiude_matching::{ForParticipant, Market, Matching, explain};
    ///
    /// // The brewery (0) takes Mei; it placed Haruka below her and did not list Kenji. Both are told the same.
    /// let mut market = Market::builder();
    /// let lists = [[0], [0], [0]];
    /// lists.iter().for_each(|list| market.candidate(*list));
    /// market.opening(1, [2, 0]);
    /// let market = market.build()?;
    /// let matching = Matching::new([None, None, Some(0)]);
    /// let told = [0, 1].map(|who| explain(&market, &matching, who, 0).for_participant(&[lists[who as usize]]));
    /// assert_eq!(told, [ForParticipant::NotPlaced; 2]);
    /// # Ok::<(), migiude_matching::MarketError>(())
    /// ```
    pub fn for_participant<G: AsRef<[Opening]>>(&self, own_list: &[G]) -> ForParticipant {
        let group = |opening| own_list.iter().position(|group| group.as_ref().contains(&opening));
        let Some(wish) = group(self.opening) else {
            return match self.answer {
                Answer::Matched => ForParticipant::Matched,
                _ => ForParticipant::YouDidNotList,
            };
        };
        match self.got.and_then(|(got, _)| group(got)) {
            _ if self.answer == Answer::Matched => ForParticipant::Matched,
            Some(got) if got <= wish => ForParticipant::YouDidBetter,
            // That an opening has no seat is true for everybody, whoever it listed.
            _ if self.quota == 0 || self.answer == Answer::Rule => ForParticipant::Rule,
            _ => ForParticipant::NotPlaced,
        }
    }
}

/// The answers a participant may see. All but [`ForParticipant::Rule`] follow from what the participant knows
/// already, its own list and its own result, so they reveal nobody else's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForParticipant {
    /// You have it.
    Matched,
    /// You did not list it.
    YouDidNotList,
    /// You got one that you like at least as much.
    YouDidBetter,
    /// Its seats were filled by people it placed higher, or it did not place you. One wording for both.
    NotPlaced,
    /// A rule stopped it: it offers no seat, or a rule beyond the lists was at work. The second is said only where
    /// the opening would have taken you, so whoever has such rules decides whether to tell it or
    /// [`ForParticipant::NotPlaced`].
    Rule,
}

impl ForParticipant {
    /// The answer's name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::YouDidNotList => "you_did_not_list",
            Self::YouDidBetter => "you_did_better",
            Self::NotPlaced => "not_placed",
            Self::Rule => "rule",
        }
    }
}

/// What an opening holds in a matching.
#[derive(Debug, Clone, Copy, Default)]
struct Hold {
    quota: u32,
    holders: u32,
    /// The worst rank it holds, 0 when it holds nobody.
    worst: u32,
}

impl Hold {
    fn add(&mut self, rank: u32) {
        self.holders += 1;
        self.worst = self.worst.max(rank);
    }

    /// The worst rank held by a full opening.
    fn cutoff(self) -> Option<u32> {
        (self.holders >= self.quota && self.worst > 0).then_some(self.worst)
    }
}

/// Says why `candidate` does not have `opening` in a valid matching. O(both lists).
///
/// # Panics
/// If the market has no such candidate or opening.
///
/// ```
/// use migiude_matching::{Answer, Market, Matching, explain};
///
/// // The brewery has one seat and prefers Kenji (1) to Haruka (0); Mei (2) never listed it.
/// let mut market = Market::builder();
/// market.candidate([0]);
/// market.candidate([0]);
/// market.candidate([]);
/// market.opening(1, [1, 0, 2]);
/// let market = market.build()?;
/// let matching = Matching::new([None, Some(0), None]);
/// let [haruka, kenji, mei] = [0, 1, 2].map(|candidate| explain(&market, &matching, candidate, 0).answer);
/// assert_eq!(haruka, Answer::FilledWithPreferred);
/// assert_eq!(kenji, Answer::Matched);
/// assert_eq!(mei, Answer::YouDidNotList);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn explain(market: &Market, matching: &Matching, candidate: Candidate, opening: Opening) -> Explanation {
    let mut hold = Hold { quota: market.quota(opening), ..Hold::default() };
    for (rank, edge) in market.openings().ranked(opening) {
        if matching.opening_of(edge.partner) == Some(opening) {
            hold.add(rank);
        }
    }
    let got = got(market, matching, candidate);
    let pair = market.candidates().ranked(candidate).find(|(_, edge)| edge.partner == opening);
    reason(market, candidate, opening, got, pair, hold)
}

/// What a candidate got, and the rank it gives it.
fn got(market: &Market, matching: &Matching, candidate: Candidate) -> Option<(Opening, u32)> {
    let opening = matching.opening_of(candidate)?;
    let (rank, _) = market.candidates().ranked(candidate).find(|(_, edge)| edge.partner == opening)?;
    Some((opening, rank))
}

/// The one true answer, from the facts of the pair.
fn reason(
    market: &Market,
    candidate: Candidate,
    opening: Opening,
    got: Option<(Opening, u32)>,
    pair: Option<(u32, Edge)>,
    hold: Hold,
) -> Explanation {
    let cutoff = hold.cutoff();
    let answer = match pair {
        _ if got.is_some_and(|(got, _)| got == opening) => Answer::Matched,
        None if market.was_dropped(Side::Candidate, candidate, opening) => Answer::NotListedByOpening,
        None => Answer::YouDidNotList,
        Some((rank, _)) if got.is_some_and(|(_, got)| got <= rank) => Answer::YouDidBetter,
        Some((_, edge)) if cutoff.is_some_and(|cutoff| cutoff <= edge.rank) => Answer::FilledWithPreferred,
        Some(_) => Answer::Rule,
    };
    Explanation {
        opening,
        answer,
        candidate_rank: pair.map(|(rank, _)| rank),
        opening_rank: pair.map(|(_, edge)| edge.rank),
        got,
        quota: hold.quota,
        holders: hold.holders,
        cutoff,
    }
}

/// The reasons of a whole round: the cutoffs of all openings are found once, each answer then follows at once.
#[derive(Debug, Clone)]
pub struct Reasons<'a> {
    market: &'a Market,
    matching: &'a Matching,
    holds: Vec<Hold>,
}

impl<'a> Reasons<'a> {
    /// Reads what every opening holds in a valid matching. O(m), 12 bytes an opening.
    pub fn of(market: &'a Market, matching: &'a Matching) -> Self {
        let hold = |opening| Hold { quota: market.quota(opening), ..Hold::default() };
        let mut holds: Vec<Hold> = market.each_opening().map(hold).collect();
        for candidate in market.each_candidate() {
            if let Some(opening) = matching.opening_of(candidate) {
                let mut list = market.candidates().list(candidate).iter();
                if let Some(edge) = list.find(|edge| edge.partner == opening) {
                    holds[opening as usize].add(edge.rank);
                }
            }
        }
        Self { market, matching, holds }
    }

    /// Why a candidate has, or does not have, each opening that it listed: first those that list it too, in the
    /// order of its list, then those that do not. O(its list + log of the dropped entries).
    ///
    /// ```
    /// use migiude_matching::{Answer, Market, Reasons, candidate_optimal};
    ///
    /// // Haruka likes the foundry (2), the inn (1), then the brewery (0). Mei has the foundry, Kenji is at the inn.
    /// let mut market = Market::builder();
    /// market.candidate([2, 1, 0]);
    /// market.candidate([1]);
    /// market.candidate([2]);
    /// market.opening(1, [0]);
    /// market.opening(2, [0, 1]);
    /// market.opening(1, [2]);
    /// let market = market.build()?;
    /// let matching = candidate_optimal(&market.strict().expect("no ties")).matching;
    /// let reasons = Reasons::of(&market, &matching);
    /// let answers: Vec<_> = reasons.of_candidate(0).map(|why| (why.opening, why.answer)).collect();
    /// assert_eq!(
    ///     answers,
    ///     [(1, Answer::Matched), (0, Answer::YouDidBetter), (2, Answer::NotListedByOpening)]
    /// );
    /// # Ok::<(), migiude_matching::MarketError>(())
    /// ```
    pub fn of_candidate(&self, candidate: Candidate) -> impl Iterator<Item = Explanation> {
        let got = got(self.market, self.matching, candidate);
        let reason = move |opening, pair| {
            reason(self.market, candidate, opening, got, pair, self.holds[opening as usize])
        };
        let answered = self.market.candidates().ranked(candidate);
        let answered = answered.map(move |(rank, edge)| reason(edge.partner, Some((rank, edge))));
        let unanswered = self.market.dropped_of(Side::Candidate, candidate);
        answered.chain(unanswered.iter().map(move |drop| reason(drop.entry, None)))
    }
}
