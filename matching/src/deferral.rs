//! Deferred acceptance in which a proposer may hold several partners and take up several units of each: the common
//! core of [`slots`](crate::slots) and [`days`](crate::days).
//!
//! A receiver goes down its own order and holds whoever has proposed until its quota is filled; whoever comes
//! after that is sent away and goes on down its list. With one unit each that is Gale & Shapley 1962; with several
//! partners for a proposer, Roth 1984; with several units, the integral variant of Dean, Goemans & Immorlica 2006,
//! in which the last one held may reach beyond the quota. The units held above any place, counted up to the quota,
//! only ever grow: whoever is sent away once would be sent away for ever, so the order of the proposals does not
//! matter (McVitie & Wilson 1971).
//!
//! Cost: O(m) time; m bytes and some 24 an agent beside the market.

use crate::market::Preferences;

/// The proposing side: its lists, how many partners each one may hold, how many units each one takes up.
pub(crate) struct Proposers<'a, P, U> {
    pub lists: &'a Preferences,
    pub partners: P,
    pub units: U,
}

/// The receiving side: its lists and how many units each one has.
pub(crate) struct Receivers<'a, Q> {
    pub lists: &'a Preferences,
    pub quota: Q,
}

/// Who is held in the end.
pub(crate) struct Held {
    /// One mark for each entry of the receivers' lists.
    pub marks: Vec<bool>,
    /// How many proposals were made, the same in every order of proposing.
    pub proposals: u64,
}

/// Runs the proposals to their end; the lists of both sides are strict.
pub(crate) fn defer<P, U, Q>(proposers: &Proposers<'_, P, U>, receivers: &Receivers<'_, Q>) -> Held
where
    P: Fn(u32) -> u32,
    U: Fn(u32) -> u32,
    Q: Fn(u32) -> u32,
{
    let lists = proposers.lists;
    let agents = 0..lists.len() as u32;
    let mut desks = Desks::new(receivers, &proposers.units);
    let mut next: Vec<usize> = agents.clone().map(|agent| lists.range(agent).start).collect();
    let mut proposals = 0;
    // A proposer stands here once for each partner it is still looking for.
    let mut looking = Vec::new();
    for agent in agents {
        let wanted = ((proposers.partners)(agent) as usize).min(lists.list(agent).len());
        looking.extend(std::iter::repeat_n(agent, wanted));
        while let Some(agent) = looking.pop() {
            let place = &mut next[agent as usize];
            for edge in &lists.edges()[*place..lists.range(agent).end] {
                *place += 1;
                proposals += 1;
                if edge.rank < desks.cutoffs[edge.partner as usize] {
                    desks.admit(edge.partner, edge.rank, agent, &mut looking);
                    break;
                }
            }
        }
    }
    Held { marks: desks.marks, proposals }
}

/// Admits everyone: there is room.
const EVERYONE: u32 = u32::MAX;
/// Admits no one: the quota is 0.
const NO_ONE: u32 = 0;

/// What the receivers hold.
struct Desks<'a, U, Q> {
    receivers: &'a Receivers<'a, Q>,
    units: &'a U,
    marks: Vec<bool>,
    /// Whoever ranks below this is admitted: the worst rank held once the quota is filled.
    cutoffs: Vec<u32>,
    /// The units held; fits, as 32 bits of agents hold 32 bits of units each.
    loads: Vec<u64>,
}

impl<'a, U: Fn(u32) -> u32, Q: Fn(u32) -> u32> Desks<'a, U, Q> {
    fn new(receivers: &'a Receivers<'a, Q>, units: &'a U) -> Self {
        let agents = receivers.lists.len();
        let cutoff = |agent| if (receivers.quota)(agent) == 0 { NO_ONE } else { EVERYONE };
        Self {
            receivers,
            units,
            marks: vec![false; receivers.lists.edges().len()],
            cutoffs: (0..agents as u32).map(cutoff).collect(),
            loads: vec![0; agents],
        }
    }

    /// Holds a proposer whose rank is below the cutoff; who has to go then is looking again.
    fn admit(&mut self, receiver: u32, rank: u32, proposer: u32, looking: &mut Vec<u32>) {
        let list = self.receivers.lists.range(receiver);
        let cutoff = &mut self.cutoffs[receiver as usize];
        let load = &mut self.loads[receiver as usize];
        let quota = u64::from((self.receivers.quota)(receiver));
        self.marks[list.start + rank as usize - 1] = true;
        *load += u64::from((self.units)(proposer));
        if *load < quota {
            return;
        }
        // Once filled, the worst rank held only ever improves, so it walks down the list once in all.
        let mut last = if *cutoff == EVERYONE { list.end - 1 } else { list.start + *cutoff as usize - 1 };
        loop {
            while !self.marks[last] {
                last -= 1;
            }
            let holder = self.receivers.lists.edges()[last].partner;
            let without = *load - u64::from((self.units)(holder));
            if without < quota {
                break;
            }
            self.marks[last] = false;
            *load = without;
            looking.push(holder);
        }
        *cutoff = (last - list.start) as u32 + 1;
    }
}
