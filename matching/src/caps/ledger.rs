//! Which seats the rules allow at a time: the greedy choice of a matroid, kept up to date seat by seat.
//!
//! Think of opening `o` as seats `(o, 1), (o, 2), …`, as many as somebody wants. All seats of all openings stand in
//! one fixed order: those up to the target before those beyond it, and in either half round by round, in each round
//! by the order of the openings. The ledger holds the seats that one would get by walking down that order and
//! keeping every seat the rules still allow.
//!
//! Some seats are *allowed* together when every region could still be filled up to its floor without breaking a
//! cap: with `g(o)` the seats of an opening and `g(r) = max(floor of r, sum of g over what is directly inside r)`,
//! when `g(r) ≤ cap of r` everywhere. Without floors this says that no region holds more than its cap. The family
//! is laminar, so the allowed sets are the independent sets of a matroid (those that lie below some set with
//! `floor ≤ seats ≤ cap` everywhere, an M♮-convex family; Kojima, Tamura & Yokoo 2018). Hence, when one seat more
//! is wanted, at most one seat goes: the last in the order among those whose going lets the others stay, that is
//! the seats of the innermost region that is full, without those that a floor in it needs.
//!
//! Cost of a seat: O(log² regions + log openings) without floors, and O(log openings) more for every floor around it.

use std::ops::Range;

use super::Regions;
use super::rooms::Rooms;
use crate::Opening;
use crate::market::Market;

/// A seat by its place in the order: earlier is less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seat {
    beyond_target: bool,
    round: u32,
    turn: u32,
    opening: Opening,
}

/// More than any number of seats, and far from overflow.
const UNLIMITED: i64 = i64::MAX / 4;

/// A region that has a rule.
struct Node {
    around: Option<usize>,
    /// The innermost region with a floor that is around it.
    floor_around: Option<usize>,
    cap: i64,
    floor: i64,
    /// The sum of `g` over what is directly inside; kept up to date where there is a floor.
    inside: i64,
    /// Where the last seats of what is inside lie in the tournament.
    leaves: Range<usize>,
    /// For a region with a floor: where, outside it, the last of its seats that the floor does not need lies.
    leaf: usize,
}

/// The seats of an opening.
struct Account {
    taken: u32,
    limit: u32,
    target: u32,
    turn: u32,
    region: Option<usize>,
    floor_around: Option<usize>,
    leaf: usize,
}

/// The seats that the rules allow so far.
pub(crate) struct Ledger {
    nodes: Vec<Node>,
    accounts: Vec<Account>,
    /// What the floors still ask for.
    owed: u64,
    /// The room of the regions without a floor.
    rooms: Rooms,
    last: Tournament,
}

impl Ledger {
    /// No seat yet, under the caps alone.
    pub(crate) fn with_caps(market: &Market, regions: &Regions) -> Self {
        Self::new(market, regions, None)
    }

    /// No seat yet, under caps and floors, and with so many people for the whole market: at no time may the seats
    /// taken and those the floors still ask for be more than that.
    pub(crate) fn with_floors(market: &Market, regions: &Regions, people: u64) -> Self {
        Self::new(market, regions, Some(people))
    }

    fn new(market: &Market, regions: &Regions, people: Option<u64>) -> Self {
        let mut nodes: Vec<Node> = Vec::new();
        let mut add = |around: Option<usize>, cap, floor| {
            let floor_around =
                around.and_then(|n: usize| if nodes[n].floor > 0 { Some(n) } else { nodes[n].floor_around });
            nodes.push(Node { around, floor_around, cap, floor, inside: 0, leaves: 0..0, leaf: 0 });
            nodes.len() - 1
        };
        let whole =
            people.map(|people| add(None, i64::try_from(people).unwrap_or(i64::MAX).min(UNLIMITED), 0));
        // The node of each region, or of the next around it when it has no rule itself.
        let mut node_of = vec![whole; regions.all().len()];
        for &number in regions.outer_first() {
            let region = &regions.all()[number];
            let around = region.within.map_or(whole, |outer| node_of[outer]);
            let floor = if people.is_some() { i64::from(region.floor) } else { 0 };
            let rules = region.cap.is_some() || floor > 0;
            let cap = region.cap.map_or(UNLIMITED, i64::from);
            node_of[number] = if rules { Some(add(around, cap, floor)) } else { around };
        }

        let turns = turns(market, regions);
        let account = |opening: Opening| {
            let region = regions.innermost(opening).map_or(whole, |region| node_of[region]);
            let floor_around =
                region.and_then(|n| if nodes[n].floor > 0 { Some(n) } else { nodes[n].floor_around });
            let target = regions.target(opening).unwrap_or_else(|| market.quota(opening));
            let (limit, turn) = (market.quota(opening), turns[opening as usize]);
            Account { taken: 0, limit, target, turn, region, floor_around, leaf: 0 }
        };
        let mut accounts: Vec<Account> = market.each_opening().map(account).collect();
        let leaves = lay_out(&mut nodes, &mut accounts);
        let owed = owe(&mut nodes);
        let room = |node: &Node| if node.floor > 0 { UNLIMITED } else { node.cap - node.inside };
        let rooms = Rooms::new(
            nodes.iter().map(|node| node.around).collect(),
            &nodes.iter().map(room).collect::<Vec<_>>(),
        );
        Self { nodes, accounts, owed, rooms, last: Tournament::new(leaves) }
    }

    /// Lets an opening have no more than so many seats, whatever its quota.
    pub(crate) fn limit(&mut self, opening: Opening, seats: u32) {
        let limit = &mut self.accounts[opening as usize].limit;
        *limit = seats.min(*limit);
    }

    /// How many candidates the floors still ask for.
    pub(crate) fn owed(&self) -> u64 {
        self.owed
    }

    /// Asks for one seat more at an opening. Answers which opening has one seat less for it, or none when there is
    /// room; the opening itself, when it does not get the seat.
    pub(crate) fn take(&mut self, opening: Opening) -> Option<Opening> {
        let account = &self.accounts[opening as usize];
        if account.taken >= account.limit {
            return Some(opening);
        }
        let full = self.innermost_full(opening);
        self.enter(opening, full, 1);
        let full = full?;
        let last = self.last.of(self.nodes[full].leaves.clone());
        let loser = last.expect("the seat just taken is among those that may go").opening;
        self.enter(loser, Some(full), -1);
        Some(loser)
    }

    /// The first region around an opening that has no room for a seat more.
    fn innermost_full(&mut self, opening: Opening) -> Option<usize> {
        let Account { region, floor_around, .. } = self.accounts[opening as usize];
        let (mut next, mut floor_around) = (region, floor_around);
        loop {
            if let Some(full) = self.rooms.innermost_full(next, floor_around) {
                return Some(full);
            }
            let number = floor_around?;
            let node = &self.nodes[number];
            if node.inside < node.floor {
                return None;
            }
            if node.inside >= node.cap {
                return Some(number);
            }
            (next, floor_around) = (node.around, node.floor_around);
        }
    }

    /// Enters a seat more or less, in the regions around the opening up to `end`, or to the first whose floor
    /// takes it up.
    fn enter(&mut self, opening: Opening, end: Option<usize>, change: i32) {
        let account = &mut self.accounts[opening as usize];
        account.taken = account.taken.saturating_add_signed(change);
        let (mut next, mut floor_around) = (account.region, account.floor_around);
        loop {
            let ends_before =
                |end: &usize| self.nodes[*end].floor == 0 && self.nodes[*end].floor_around == floor_around;
            let stop = end.filter(ends_before).or(floor_around);
            self.rooms.widen(next, stop, i64::from(-change));
            let Some(number) = stop.filter(|_| stop != end) else { break };
            let node = &mut self.nodes[number];
            let before = node.inside;
            node.inside += i64::from(change);
            if before.max(node.inside) <= node.floor {
                self.owed = self.owed.saturating_add_signed(i64::from(-change));
                break;
            }
            (next, floor_around) = (node.around, node.floor_around);
        }
        self.note_last_seat(opening);
    }

    /// Notes the last seat of an opening, and of the regions around it that have a floor.
    fn note_last_seat(&mut self, opening: Opening) {
        let &Account { taken, target, turn, region, floor_around, leaf, .. } =
            &self.accounts[opening as usize];
        if region.is_none() {
            return;
        }
        let beyond_target = taken > target;
        let round = if beyond_target { taken - target } else { taken };
        self.last.set(leaf, (taken > 0).then_some(Seat { beyond_target, round, turn, opening }));
        let mut next = floor_around;
        while let Some(number) = next {
            let Node { floor, inside, ref leaves, leaf, floor_around, .. } = self.nodes[number];
            let last = if inside > floor { self.last.of(leaves.clone()) } else { None };
            self.last.set(leaf, last);
            next = floor_around;
        }
    }
}

/// Enters what the floors ask for before anybody sits; answers how much that is in all.
fn owe(nodes: &mut [Node]) -> u64 {
    let mut owed = 0;
    for number in (0..nodes.len()).rev() {
        let Node { around, floor, inside, .. } = nodes[number];
        let asked = floor.max(inside);
        match around {
            Some(around) => nodes[around].inside += asked,
            None => owed += asked.unsigned_abs(),
        }
    }
    owed
}

/// The place of each opening in the order; those in no region follow.
fn turns(market: &Market, regions: &Regions) -> Vec<u32> {
    let mut turns = vec![u32::MAX; market.openings().len()];
    let outside = market.each_opening().filter(|&opening| regions.innermost(opening).is_none());
    for (turn, opening) in (0..).zip(regions.order().iter().copied().chain(outside)) {
        if let Some(place) = turns.get_mut(opening as usize) {
            *place = turn;
        }
    }
    turns
}

/// Gives every opening and every region with a floor a leaf, so that what is inside a region lies together, and
/// what is inside a region with a floor lies apart from what is around it. Answers how many leaves there are.
fn lay_out(nodes: &mut [Node], accounts: &mut [Account]) -> usize {
    let mut size = vec![0; nodes.len()];
    for account in accounts.iter() {
        if let Some(region) = account.region {
            size[region] += 1;
        }
    }
    for number in (0..nodes.len()).rev() {
        if let Some(around) = nodes[number].around {
            size[around] += if nodes[number].floor > 0 { 1 } else { size[number] };
        }
    }
    let mut end = 0;
    let mut free = vec![0; nodes.len()];
    for number in 0..nodes.len() {
        let apart = nodes[number].floor > 0;
        if apart {
            let outside = nodes[number].around.map_or(&mut end, |around| &mut free[around]);
            nodes[number].leaf = *outside;
            *outside += 1;
        }
        let start = match nodes[number].around {
            Some(around) if !apart => &mut free[around],
            _ => &mut end,
        };
        let leaves = *start..*start + size[number];
        *start = leaves.end;
        free[number] = leaves.start;
        nodes[number].leaves = leaves;
    }
    for account in accounts {
        if let Some(region) = account.region {
            account.leaf = free[region];
            free[region] += 1;
        }
    }
    end
}

/// The last of some seats in any range: a binary tree of winners in an array.
struct Tournament {
    leaves: usize,
    winners: Vec<Option<Seat>>,
}

impl Tournament {
    fn new(leaves: usize) -> Self {
        Self { leaves, winners: vec![None; 2 * leaves] }
    }

    fn set(&mut self, leaf: usize, seat: Option<Seat>) {
        let mut at = self.leaves + leaf;
        self.winners[at] = seat;
        while at > 1 {
            at /= 2;
            let winner = self.winners[2 * at].max(self.winners[2 * at + 1]);
            if std::mem::replace(&mut self.winners[at], winner) == winner {
                break;
            }
        }
    }

    fn of(&self, range: Range<usize>) -> Option<Seat> {
        let (mut from, mut to) = (range.start + self.leaves, range.end + self.leaves);
        let mut winner = None;
        while from < to {
            if from % 2 == 1 {
                winner = winner.max(self.winners[from]);
                from += 1;
            }
            if to % 2 == 1 {
                to -= 1;
                winner = winner.max(self.winners[to]);
            }
            from /= 2;
            to /= 2;
        }
        winner
    }
}
