//! The strongly stable matching best for the candidates, when there is one.
//!
//! A matching is *strongly stable* when no candidate and opening that are not matched could come together so
//! that one of them gains and the other does not lose. So nobody has a reason, and nobody can be bribed at no
//! cost, to leave it. A free candidate applies to all openings of its next group; an opening strikes whoever
//! is worse than as many applicants as it has seats. Of what remains contested, the candidates are *critical*
//! who compete for fewer seats than they are, whoever of them is seated; the openings they want strike their
//! last groups, and so on (Irving, Manlove & Scott 2003, "Strong stability in the Hospitals/Residents
//! problem", with ties on both sides). Which definition of blocking that is,
//! [`audit::ties`](crate::audit::ties) prints.
//!
//! Guaranteed: found when one exists, and then best for every candidate among all strongly stable matchings.
//! Not guaranteed: existence; that the obstacle named is the only one.
//!
//! Cost: O(m) for all applications; each round of contests O(m), when few must be reseated, and at worst
//! O(m²) in all, the bound of the source. 12 bytes an entry and some 40 an agent beside the market.

use crate::applications::{Applications, Desk};
use crate::market::Market;
use crate::matching::Matching;
use crate::obstacle::{Obstacle, Why};
use crate::{Candidate, Opening};

/// The strongly stable matching that every candidate likes best, or why there is none.
///
/// # Errors
/// The market has no strongly stable matching: the [`Obstacle`] names a knot of candidates and openings.
///
/// ```
/// use migiude_matching::{Market, Why, strongly_stable};
///
/// // Haruka and Kenji like the brewery (0) and the inn (1) equally and are equally welcome there; Mei is not.
/// let mut market = Market::builder();
/// market.candidate_with_ties([[0, 1]]);
/// market.candidate_with_ties([[0, 1]]);
/// market.candidate([0]);
/// market.opening_with_ties(1, [vec![0, 1], vec![2]]);
/// market.opening_with_ties(1, [[0, 1]]);
/// let outcome = strongly_stable(&market.build()?).expect("whoever sits where, both are content");
/// assert_eq!((outcome.size(), outcome.opening_of(2)), (2, None));
///
/// // With the brewery alone one of the two is left out, who would gain while the brewery would not lose.
/// let mut market = Market::builder();
/// market.candidate([0]);
/// market.candidate([0]);
/// market.opening_with_ties(1, [[0, 1]]);
/// let obstacle = strongly_stable(&market.build()?).expect_err("one seat for two equals");
/// assert_eq!((obstacle.why, obstacle.candidates, obstacle.openings), (Why::TooFewSeats, vec![0, 1], vec![0]));
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn strongly_stable(market: &Market) -> Result<Matching, Obstacle> {
    let mut applications = Applications::new(market);
    let mut seating = Seating::new(market);
    loop {
        applications.settle(last_are_dominated);
        let critical = seating.seat(&applications);
        if critical.is_empty() {
            break;
        }
        for opening in critical {
            applications.strike_last(opening);
        }
    }
    seating.obstacle(&applications).map_or(Ok(()), Err)?;
    Ok(Matching::new(seating.seat_of))
}

/// As many as there are seats are better than the last group.
fn last_are_dominated(desk: &Desk, quota: u32) -> bool {
    desk.held - desk.held_last >= quota
}

/// Who sits where among those whose applications stand.
///
/// An opening with more applicants than seats is *contested*: those better than its last group are sure of
/// it, the last group competes for the room that is left. A candidate sure of an opening sits there; the
/// others are seated along augmenting paths.
struct Seating<'a> {
    market: &'a Market,
    seat_of: Vec<Option<Opening>>,
    /// Seats left to the last group of each contested opening, and how many of them are taken.
    room: Vec<u32>,
    taken: Vec<u32>,
    /// The search that saw an opening last, and by whom it came there.
    seen: Vec<u64>,
    reached_by: Vec<Candidate>,
    searches: u64,
    contests: Vec<Contest>,
    /// The last contest that made an opening strike its last group, counted from 1.
    contest_of: Vec<usize>,
}

/// Candidates who compete for openings that cannot seat them all.
struct Contest {
    candidates: Vec<Candidate>,
    openings: Vec<Opening>,
    /// The contest of the same round with which it shares an opening.
    joins: Option<usize>,
}

impl<'a> Seating<'a> {
    fn new(market: &'a Market) -> Self {
        let openings = market.openings().len();
        Self {
            market,
            seat_of: vec![None; market.candidates().len()],
            room: vec![0; openings],
            taken: vec![0; openings],
            seen: vec![0; openings],
            reached_by: vec![0; openings],
            searches: 0,
            contests: Vec::new(),
            contest_of: vec![0; openings],
        }
    }

    /// Seats whom it can, keeping seats where it can; answers the openings of the critical candidates, who
    /// cannot all be seated.
    fn seat(&mut self, applications: &Applications<'_>) -> Vec<Opening> {
        for opening in self.market.each_opening() {
            let desk = applications.desk(opening);
            let sure = desk.held - desk.held_last;
            self.room[opening as usize] = self.market.quota(opening).saturating_sub(sure);
            self.taken[opening as usize] = 0;
        }
        let mut unseated = Vec::new();
        for candidate in self.market.each_candidate() {
            let mut standing = applications.standing(candidate);
            let sure = standing.find(|edge| {
                let desk = applications.desk(edge.partner);
                desk.held <= self.market.quota(edge.partner) || edge.rank < desk.last_rank
            });
            let before =
                std::mem::replace(&mut self.seat_of[candidate as usize], sure.map(|edge| edge.partner));
            if sure.is_some() {
                continue;
            }
            let may_keep = |&opening: &Opening| {
                self.taken[opening as usize] < self.room[opening as usize]
                    && applications.standing(candidate).any(|edge| edge.partner == opening)
            };
            match before.filter(may_keep) {
                Some(opening) => self.sit(candidate, opening),
                None => unseated.push(candidate),
            }
        }
        let first_of_round = self.contests.len() + 1;
        unseated.retain(|&candidate| !self.finds_seat(candidate, applications, first_of_round));
        self.contests[first_of_round - 1..].iter().flat_map(|contest| &contest.openings).copied().collect()
    }

    fn sit(&mut self, candidate: Candidate, opening: Opening) {
        self.seat_of[candidate as usize] = Some(opening);
        self.taken[opening as usize] += 1;
    }

    /// Seats a candidate for whom others may have to move; if nothing helps, those it asked are a contest.
    fn finds_seat(
        &mut self,
        candidate: Candidate,
        applications: &Applications<'_>,
        first_of_round: usize,
    ) -> bool {
        self.searches += 1;
        let mut contest = Contest { candidates: vec![candidate], openings: Vec::new(), joins: None };
        let mut met = Vec::new();
        let mut next = 0;
        while let Some(&asking) = contest.candidates.get(next) {
            next += 1;
            for edge in applications.standing(asking) {
                let opening = edge.partner as usize;
                if self.contest_of[opening] >= first_of_round {
                    // Nobody there can move: that was tried in this round. They all compete together.
                    met.push(self.contest_of[opening]);
                    continue;
                }
                if std::mem::replace(&mut self.seen[opening], self.searches) == self.searches {
                    continue;
                }
                self.reached_by[opening] = asking;
                if self.taken[opening] < self.room[opening] {
                    self.move_up(edge.partner);
                    return true;
                }
                contest.openings.push(edge.partner);
                let applied = applications.last_group(edge.partner);
                let seated = applied.filter(|&other| self.seat_of[other as usize] == Some(edge.partner));
                contest.candidates.extend(seated);
            }
        }
        self.contests.push(contest);
        let this = self.contests.len();
        for &opening in &self.contests[this - 1].openings {
            self.contest_of[opening as usize] = this;
        }
        for earlier in met {
            let earlier = self.whole(earlier);
            if earlier != this {
                self.contests[earlier - 1].joins = Some(this);
            }
        }
        false
    }

    /// Seats whoever reached the opening there, whoever reached what that one leaves there, and so on.
    fn move_up(&mut self, opening: Opening) {
        self.taken[opening as usize] += 1;
        let mut vacant = Some(opening);
        while let Some(opening) = vacant {
            vacant = self.seat_of[self.reached_by[opening as usize] as usize].replace(opening);
        }
    }

    /// The contest that stands for all those joined with this one.
    fn whole(&self, mut contest: usize) -> usize {
        while let Some(larger) = self.contests[contest - 1].joins {
            contest = larger;
        }
        contest
    }

    /// What is wrong with the final seating, if anything is: an opening that was ever replete must be full,
    /// any other must have all who applied.
    fn obstacle(&self, applications: &Applications<'_>) -> Option<Obstacle> {
        let mut seated = vec![0u32; self.market.openings().len()];
        self.seat_of.iter().flatten().for_each(|&opening| seated[opening as usize] += 1);
        let due = |opening: Opening| {
            let desk = applications.desk(opening);
            if desk.replete { self.market.quota(opening) } else { desk.held }
        };
        let opening = self.market.each_opening().find(|&opening| seated[opening as usize] < due(opening))?;
        Some(if applications.desk(opening).held < due(opening) {
            self.too_few_seats(opening)
        } else {
            self.torn(opening, applications)
        })
    }

    /// The contest that made an opening strike those it now misses.
    fn too_few_seats(&self, opening: Opening) -> Obstacle {
        let whole = self.whole(self.contest_of[opening as usize]);
        let parts =
            || (1..=whole).filter(|&part| self.whole(part) == whole).map(|part| &self.contests[part - 1]);
        let candidates = parts().flat_map(|contest| &contest.candidates).copied();
        let openings = parts().flat_map(|contest| &contest.openings).copied();
        Obstacle::at(opening, Why::TooFewSeats, candidates, openings)
    }

    /// Those an opening misses because they sit elsewhere as gladly.
    fn torn(&self, opening: Opening, applications: &Applications<'_>) -> Obstacle {
        let applies =
            |&candidate: &Candidate| applications.standing(candidate).any(|edge| edge.partner == opening);
        let elsewhere = |&candidate: &Candidate| self.seat_of[candidate as usize] != Some(opening);
        let listed = self.market.openings().list(opening).iter().map(|edge| edge.partner);
        let candidates: Vec<Candidate> = listed.filter(applies).filter(elsewhere).collect();
        let seats: Vec<Opening> = candidates.iter().filter_map(|&c| self.seat_of[c as usize]).collect();
        Obstacle::at(opening, Why::Torn, candidates, seats)
    }
}
