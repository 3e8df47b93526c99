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
//! Cost: O(m) time, each entry is looked at once by either side; m bits, four bytes for each partner wanted and some
//! 32 an agent beside the market.

use crate::market::{Edge, Preferences};
use crate::places::Places;

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
    /// Which entries of the receivers' lists are held.
    pub places: Places,
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
    let Proposers { lists, partners, units } = proposers;
    let mut desks = Desks::new(receivers, units);
    let agents = 0..lists.len() as u32;
    // What is left of each list.
    let left = |agent| (lists.range(agent).start as u32, lists.range(agent).end as u32);
    let mut left: Vec<(u32, u32)> = agents.clone().map(left).collect();
    let mut proposals = 0;
    // A proposer stands here once for each partner it is still looking for. Whoever has to look again waits for
    // the next wave, so that the memory of many is fetched at once.
    let mut looking: Vec<u32> = Vec::new();
    for agent in agents {
        let wanted = (partners(agent) as usize).min(lists.list(agent).len());
        looking.extend(std::iter::repeat_n(agent, wanted));
    }
    let mut displaced = Vec::new();
    while !looking.is_empty() {
        for agent in looking.drain(..) {
            let (next, end) = &mut left[agent as usize];
            for edge in &lists.edges()[*next as usize..*end as usize] {
                *next += 1;
                proposals += 1;
                if edge.rank < desks.desks[edge.partner as usize].cutoff {
                    desks.admit(edge.partner, edge.rank, agent, &mut displaced);
                    break;
                }
            }
        }
        std::mem::swap(&mut looking, &mut displaced);
    }
    Held { places: desks.held, proposals }
}

/// What the receivers hold.
struct Desks<'a, U> {
    /// The entries of the receivers' lists.
    edges: &'a [Edge],
    units: &'a U,
    desks: Vec<Desk>,
    held: Places,
}

/// One receiver; its own numbers lie together, so that a proposal touches them at once.
struct Desk {
    /// Whoever ranks below this is admitted: the worst rank held once the quota is filled, else everyone.
    cutoff: u32,
    quota: u32,
    start: u32,
    end: u32,
    /// The units held; fits, as 32 bits of agents hold 32 bits of units each.
    load: u64,
}

impl<'a, U: Fn(u32) -> u32> Desks<'a, U> {
    fn new<Q: Fn(u32) -> u32>(receivers: &Receivers<'a, Q>, units: &'a U) -> Self {
        const EVERYONE: u32 = u32::MAX;
        const NO_ONE: u32 = 0;
        let desk = |agent: u32| {
            let (quota, list) = ((receivers.quota)(agent), receivers.lists.range(agent));
            let cutoff = if quota == 0 { NO_ONE } else { EVERYONE };
            Desk { cutoff, quota, start: list.start as u32, end: list.end as u32, load: 0 }
        };
        let edges = receivers.lists.edges();
        let desks = (0..receivers.lists.len() as u32).map(desk).collect();
        Self { edges, units, desks, held: Places::none_of(edges.len()) }
    }

    /// Holds a proposer whose rank is below the cutoff; who has to go then is looking again.
    fn admit(&mut self, receiver: u32, rank: u32, proposer: u32, looking: &mut Vec<u32>) {
        let desk = &mut self.desks[receiver as usize];
        let quota = u64::from(desk.quota);
        let was_filled = desk.load >= quota;
        self.held.put((desk.start + rank - 1) as usize);
        desk.load += u64::from((self.units)(proposer));
        if desk.load < quota {
            return;
        }
        // Once filled, the worst rank held only ever improves, so it walks down the list once in all.
        let mut end = if was_filled { desk.start + desk.cutoff } else { desk.end } as usize;
        loop {
            let last = self.held.last_before(end);
            let holder = self.edges[last].partner;
            let without = desk.load - u64::from((self.units)(holder));
            if without < quota {
                desk.cutoff = last as u32 - desk.start + 1;
                return;
            }
            self.held.take(last);
            desk.load = without;
            looking.push(holder);
            end = last;
        }
    }
}
