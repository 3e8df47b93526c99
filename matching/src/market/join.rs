//! The two sides' lists become one market: every pair learns its place on the other side, every other entry goes.

use super::{Dropped, Edge, MarketError, Preferences, Side};
use crate::lists::{Lists, ranks};

/// Joins lists whose entries all name somebody; answers both sides and the entries that were dropped.
pub(super) fn join(
    candidates: Lists,
    openings: Lists,
) -> Result<(Preferences, Preferences, Vec<Dropped>), MarketError> {
    let mut dropped = Vec::new();
    let offers = offers(&openings, candidates.len());
    let mut candidates = answer(candidates, offers, openings.len(), &mut dropped)?;
    let openings = hand_back(&mut candidates, openings, &mut dropped);
    Ok((candidates, openings, dropped))
}

/// For each candidate the openings that list it, by their number; a *place*, from 1, stands where a rank will be.
struct Offers {
    starts: Vec<u32>,
    edges: Vec<Edge>,
}

/// Counting-sort transposition of the openings' lists.
fn offers(openings: &Lists, candidates: usize) -> Offers {
    let mut starts = vec![0u32; candidates + 1];
    for &candidate in openings.entries() {
        starts[candidate as usize + 1] += 1;
    }
    let mut before = 0;
    for slot in &mut starts[1..] {
        before += std::mem::replace(slot, before);
    }
    // `starts[c + 1]` is where the row of c begins, and moves on to its end while the row is filled.
    let mut edges = vec![Edge::default(); openings.entries().len()];
    for opening in 0..openings.len() {
        for (place, &candidate) in (1..).zip(openings.list(opening)) {
            let next = &mut starts[candidate as usize + 1];
            edges[*next as usize] = Edge { partner: opening as u32, rank: place };
            *next += 1;
        }
    }
    Offers { starts, edges }
}

/// Puts each candidate's offers into the candidate's own order, over the offers themselves. Entries without an offer
/// are dropped, and groups that lose members stay groups.
fn answer(
    candidates: Lists,
    offers: Offers,
    openings: usize,
    dropped: &mut Vec<Dropped>,
) -> Result<Preferences, MarketError> {
    /// No candidate has this number.
    const NOBODY: u32 = u32::MAX;
    /// In place of a place, which begins at 1: the candidate has named the opening already.
    const NAMED: u32 = 0;
    let repeated = |side, agent, entry| Err(MarketError::Repeated { side, agent, entry });
    let Offers { mut starts, mut edges } = offers;
    // For each opening the candidate that met it last, and at which place the opening lists that candidate.
    let mut met = vec![(NOBODY, NAMED); openings];
    let mut tied = Vec::new();
    // What is written never overtakes what is still to be read: a candidate keeps at most its offers.
    let (mut written, mut read) = (0, 0);
    for candidate in 0..candidates.len() as u32 {
        let end = starts[candidate as usize + 1] as usize;
        for offer in &edges[read..end] {
            let earlier = std::mem::replace(&mut met[offer.partner as usize], (candidate, offer.rank));
            if earlier.0 == candidate {
                return repeated(Side::Opening, offer.partner, candidate);
            }
        }
        let mut kept = 0;
        for (own_rank, opening) in candidates.ranked(candidate as usize) {
            match std::mem::replace(&mut met[opening as usize], (candidate, NAMED)) {
                (last, NAMED) if last == candidate => return repeated(Side::Candidate, candidate, opening),
                (last, place) if last == candidate => {
                    if own_rank == kept {
                        tied.resize(written, false);
                        tied.push(true);
                    }
                    kept = own_rank;
                    edges[written] = Edge { partner: opening, rank: place };
                    written += 1;
                }
                _ => dropped.push(Dropped { side: Side::Candidate, agent: candidate, entry: opening }),
            }
        }
        read = end;
        starts[candidate as usize + 1] = written as u32;
    }
    edges.truncate(written);
    edges.shrink_to_fit();
    Ok(Preferences { starts, edges, tied })
}

/// Puts every pair of the candidates' side into its place in the list its opening handed in, and gives the
/// candidates ranks for places.
fn hand_back(candidates: &mut Preferences, openings: Lists, dropped: &mut Vec<Dropped>) -> Preferences {
    let starts = openings.starts();
    let places = openings.entries().len();
    // With every entry answered and no ties a place is a rank, and the lists may go before their edges come.
    let unsettled = (candidates.edges.len() < places || openings.has_ties()).then_some(openings);
    let mut edges = vec![UNANSWERED; places];
    for candidate in 0..candidates.len() as u32 {
        for (rank, edge) in candidates.ranked(candidate) {
            edges[place(&starts, edge)] = Edge { partner: candidate, rank };
        }
    }
    match unsettled {
        None => Preferences { starts, edges, tied: Vec::new() },
        Some(lists) => settle(candidates, lists, &starts, edges, dropped),
    }
}

/// What an entry holds until its candidate answers: a rank that nobody has.
const UNANSWERED: Edge = Edge { partner: 0, rank: 0 };

/// Where among all entries of the openings a candidate stands, given its place in one list.
fn place(starts: &[u32], edge: Edge) -> usize {
    starts[edge.partner as usize] as usize + edge.rank as usize - 1
}

/// Drops the unanswered entries of the openings, moves the others together and ranks them.
fn settle(
    candidates: &mut Preferences,
    lists: Lists,
    told: &[u32],
    mut edges: Vec<Edge>,
    dropped: &mut Vec<Dropped>,
) -> Preferences {
    // An entry is needed until it is dropped or ranked, so its rank takes its place.
    let (mut entries, told_tied) = lists.into_entries_and_ties();
    let mut starts = vec![0];
    let mut tied = Vec::new();
    let mut written = 0;
    for (opening, range) in (0..).zip(told.windows(2).map(|ends| ends[0] as usize..ends[1] as usize)) {
        let (mut kept, mut rank) = (0, 0);
        for (told_rank, place) in ranks(&told_tied, range.clone()).zip(range) {
            if edges[place] == UNANSWERED {
                dropped.push(Dropped { side: Side::Opening, agent: opening, entry: entries[place] });
                continue;
            }
            if told_rank == kept {
                tied.resize(written, false);
                tied.push(true);
            } else {
                rank += 1;
            }
            kept = told_rank;
            entries[place] = rank;
            edges[written] = edges[place];
            written += 1;
        }
        starts.push(written as u32);
    }
    edges.truncate(written);
    edges.shrink_to_fit();
    for edge in &mut candidates.edges {
        edge.rank = entries[place(told, *edge)];
    }
    Preferences { starts, edges, tied }
}
