//! Regions written as a few lines of text, in a real database with a real index.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::accounts::Operator;
use crate::clock::StillClock;
use crate::domain::{
    CandidateId, Changes, Consent, ListSource, OpeningId, RankEntry, RankList, Region, Round, Settings,
};
use crate::rounds::{self, Publication, RoundError};
use crate::search::samples::{Desk, candidate, counting, firm, opening};

/// One line an agent: `C-1: M-1 (M-2 M-3)` is a candidate's list with a tie, `M-1(2): C-1` an opening's with two
/// seats. `-` instead of a list is no list; `C-1!` has not consented, `M-1!` is a draft; `certified` before a line
/// makes that list a certified one, beside the imported one of another line.
pub(super) fn region(lines: &str) -> Region {
    let mut ids = counting();
    let house = firm(&mut ids, "備中酒造株式会社", "岡山県", "製造業／酒蔵");
    let mut region = Region::default();
    let mut candidates: BTreeMap<String, CandidateId> = BTreeMap::new();
    let mut openings: BTreeMap<String, OpeningId> = BTreeMap::new();
    let said: Vec<(ListSource, String, &str)> = lines
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (source, line) = match line.strip_prefix("certified ") {
                Some(line) => (ListSource::Certified, line),
                None => (ListSource::Imported, line),
            };
            let (who, list) = line.split_once(": ").unwrap();
            let hidden = who.ends_with('!');
            let (key, seats) =
                who.trim_end_matches('!').split_once('(').unwrap_or((who.trim_end_matches('!'), "1)"));
            if key.starts_with('C') && !candidates.contains_key(key) {
                let mut one = candidate(&mut ids, key, "計画を現場の言葉にする参謀", &["事業計画"]);
                one.facts.consent = if hidden { Consent::Unknown } else { Consent::Given };
                candidates.insert(key.to_owned(), one.id);
                region.candidates.push(one);
            } else if key.starts_with('M') && !openings.contains_key(key) {
                let mut one = opening(&mut ids, &house, key, "社長の右腕", "酒蔵の社長を支える右腕を募集");
                one.facts.seats = seats.trim_end_matches(')').parse().unwrap();
                one.blocks.extend(hidden.then(|| "W-PAY-MISSING".to_owned()));
                openings.insert(key.to_owned(), one.id);
                region.openings.push(one);
            }
            (source, key.to_owned(), list)
        })
        .collect();
    region.firms.push(house);
    for (source, key, list) in said.into_iter().filter(|(.., list)| *list != "-") {
        region.rankings.push(if let Some(&owner) = candidates.get(&key) {
            RankList::OfCandidate { owner, source, entries: entries(list, &openings) }
        } else {
            RankList::OfOpening { owner: openings[&key], source, entries: entries(list, &candidates) }
        });
    }
    region
}

fn entries<Id: Copy>(list: &str, ids: &BTreeMap<String, Id>) -> Vec<RankEntry<Id>> {
    let mut rank = 0;
    let mut tied = false;
    list.split_whitespace()
        .map(|word| {
            rank += u32::from(!tied);
            tied = (tied || word.starts_with('(')) && !word.ends_with(')');
            let partner = ids[word.trim_matches(['(', ')'])];
            RankEntry { partner, rank, memo: None }
        })
        .collect()
}

/// Three people want the brewery's two posts; everyone brought a list.
pub(super) const THREE_FOR_TWO: &str = "
    C-1: M-1 M-2
    C-2: M-1
    C-3: M-2 M-1
    M-1: C-1 C-2 C-3
    M-2: C-1 C-3
";

/// A desk with its operator and a clock that stands still.
pub(super) struct Town {
    pub desk: Desk,
    pub operator: Operator,
    pub clock: StillClock,
}

impl Town {
    pub(super) async fn of(lines: &str) -> Self {
        let region = region(lines);
        let desk = Desk::with(&region).await;
        desk.save(Changes { rankings: region.rankings, ..Changes::default() }).await;
        let clock = StillClock(Timestamp::from_second(1_795_000_000).unwrap());
        Self { desk, operator: Operator::at_the_console(), clock }
    }

    pub(super) async fn new_round(&self, settings: Settings) -> i64 {
        rounds::new(&self.operator, &self.desk.db, &self.clock, settings).await.unwrap().number
    }

    pub(super) async fn freeze(&self) -> Result<Round, RoundError> {
        rounds::freeze(&self.operator, &self.desk.db, &self.clock, None, None).await
    }

    pub(super) async fn run(&self) -> Result<Round, RoundError> {
        rounds::run(&self.operator, &self.desk.db, &self.clock, None).await
    }

    pub(super) async fn publish(&self, number: i64) -> Result<Publication, RoundError> {
        rounds::publish(&self.operator, &self.desk.db, &self.clock, Some(number)).await
    }

    /// A new round that has been run.
    pub(super) async fn proposed(&self, settings: Settings) -> i64 {
        let number = self.new_round(settings).await;
        self.freeze().await.unwrap();
        self.run().await.unwrap();
        number
    }

    /// The pairs of a round as `C-1 M-1`.
    pub(super) async fn pairs(&self, number: i64) -> Vec<String> {
        let view = rounds::show(&self.desk.db, Some(number)).await.unwrap();
        view.pairs.iter().map(|pair| format!("{} {}", pair.candidate, pair.opening)).collect()
    }

    pub(super) async fn stage(&self, number: i64) -> &'static str {
        rounds::round(&self.desk.db, Some(number)).await.unwrap().stage.name().as_str()
    }
}
