//! Rank-order lists: entries gathered owner by owner, ranks closed up, the whole list replaced.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Known;
use crate::domain::{CandidateId, ListSource, OpeningId, Owner, RankEntry, RankList};
use crate::intake::code::Code;
use crate::intake::kinds::Kind;
use crate::intake::kinds::rankings::read;
use crate::intake::log::{Fate, Log};
use crate::intake::patch::Patch;

/// Every list known so far, of every source.
pub(in crate::intake) struct Rankings {
    pub(in crate::intake) records: Vec<RankList>,
    imported: HashMap<Owner, usize>,
}

/// An accepted row.
struct Entry {
    line: usize,
    candidate: CandidateId,
    opening: OpeningId,
    rank: u32,
    memo: Patch<String>,
}

/// What an entry was in the list before: its rank and memo.
type Former = HashMap<(CandidateId, OpeningId), (u32, Option<String>)>;

impl Rankings {
    /// The lists of the store.
    pub(in crate::intake) fn of(lists: &[RankList]) -> Self {
        let imported = lists.iter().enumerate().filter(|(_, list)| list.source() == ListSource::Imported);
        let imported = imported.map(|(at, list)| (list.owner(), at)).collect();
        Self { records: lists.to_vec(), imported }
    }

    /// Takes in a sheet of either kind of list.
    pub(in crate::intake) fn import(&mut self, log: &mut Log<'_>, kind: Kind, known: &Known<'_>) {
        let mut lists: BTreeMap<Owner, Vec<Entry>> = BTreeMap::new();
        let mut pairs = HashSet::new();
        log.each_row(|line, cells| {
            let Some(row) = read(cells).filter(|_| !cells.is_rejected()) else {
                return;
            };
            let candidate = known.candidate(&row.candidate, "候補者ID", "氏名", cells);
            let opening = known.opening(&row.opening, cells);
            let Some((candidate, opening)) = candidate.zip(opening) else {
                return;
            };
            if !pairs.insert((candidate.id, opening.id)) {
                return cells.say_whole(Code::DupEntry);
            }
            let owner = match kind {
                Kind::RankingsOpenings => Owner::Opening(opening.id),
                _ => Owner::Candidate(candidate.id),
            };
            let (candidate, opening) = (candidate.id, opening.id);
            lists.entry(owner).or_default().push(Entry {
                line,
                candidate,
                opening,
                rank: row.rank,
                memo: row.memo,
            });
        });
        let codes = known.codes();
        let silent = self.records.iter().filter(|list| list.source() == ListSource::Imported);
        let silent = silent.map(RankList::owner).filter(|owner| {
            matches!(owner, Owner::Opening(_)) == (kind == Kind::RankingsOpenings)
                && !lists.contains_key(owner)
        });
        log.name_missing(silent.map(|owner| codes.owner(owner)));
        for (owner, entries) in lists {
            self.replace(owner, entries, log);
        }
    }

    fn replace(&mut self, owner: Owner, mut entries: Vec<Entry>, log: &mut Log<'_>) {
        entries.sort_by_key(|entry| entry.rank);
        let ranks = close_up(&entries, log);
        let former = self.imported.get(&owner).map(|at| former(&self.records[*at])).unwrap_or_default();
        let mut written = Vec::with_capacity(entries.len());
        for (entry, rank) in entries.into_iter().zip(ranks) {
            let before = former.get(&(entry.candidate, entry.opening));
            let mut memo = before.and_then(|(_, memo)| memo.clone());
            entry.memo.write(&mut memo);
            log.settle(
                entry.line,
                match before {
                    None => Fate::New,
                    Some(before) if *before == (rank, memo.clone()) => Fate::Unchanged,
                    Some(_) => Fate::Updated,
                },
            );
            written.push((entry.candidate, entry.opening, rank, memo));
        }
        // Within a tie the order says nothing: keep it the same for the same entries.
        written.sort_by_key(|(candidate, opening, rank, _)| (*rank, *candidate, *opening));
        let source = ListSource::Imported;
        let list = match owner {
            Owner::Candidate(owner) => {
                let entry = |(_, partner, rank, memo)| RankEntry { partner, rank, memo };
                RankList::OfCandidate { owner, source, entries: written.into_iter().map(entry).collect() }
            }
            Owner::Opening(owner) => {
                let entry = |(partner, _, rank, memo)| RankEntry { partner, rank, memo };
                RankList::OfOpening { owner, source, entries: written.into_iter().map(entry).collect() }
            }
        };
        let at = *self.imported.entry(owner).or_insert(self.records.len());
        match self.records.get_mut(at) {
            Some(known) => *known = list,
            None => self.records.push(list),
        }
    }
}

/// Closes ranks up to 1, 2, 3 …; equal ranks stay equal and are told as ties, ranks left out before a row as gaps.
/// The entries come in order of rank.
fn close_up(entries: &[Entry], log: &mut Log<'_>) -> Vec<u32> {
    let mut ranks = Vec::with_capacity(entries.len());
    let (mut closed, mut expected) = (0, 1_u64);
    for group in entries.chunk_by(|one, two| one.rank == two.rank) {
        closed += 1;
        let rank = u64::from(group[0].rank);
        for entry in group {
            if group.len() > 1 {
                log.add(entry.line, "順位", Code::Tie);
            }
            if rank > expected {
                log.add(entry.line, "順位", Code::RankGap);
            }
            ranks.push(closed);
        }
        expected = rank + group.len() as u64;
    }
    ranks
}

fn former(list: &RankList) -> Former {
    match list {
        RankList::OfCandidate { owner, entries, .. } => {
            let entry =
                |entry: &RankEntry<OpeningId>| ((*owner, entry.partner), (entry.rank, entry.memo.clone()));
            entries.iter().map(entry).collect()
        }
        RankList::OfOpening { owner, entries, .. } => {
            let entry =
                |entry: &RankEntry<CandidateId>| ((entry.partner, *owner), (entry.rank, entry.memo.clone()));
            entries.iter().map(entry).collect()
        }
    }
}
