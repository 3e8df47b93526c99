//! Rounds with a window: certified lists of that round alone, and not before the deadline.

use super::region::{THREE_FOR_TWO, Town};
use crate::board::rankings::commitment::canonical;
use crate::domain::{
    CandidateId, Mechanism, OpeningId, Owner, PersonId, RankOrder, RankedId, Settings, Source,
};
use crate::rounds::{self, ErrorKind, Format, RoundError};
use crate::store::people::{self, NewPerson};
use crate::store::rankings::{self as rows, Certificate, Version, Window};
use crate::store::shown;
use crate::texts::Lang;

const HOUR: i64 = 60 * 60_000;

impl Town {
    /// Sets the window of a round around the database's present.
    async fn window(&self, round: i64, opens: i64, closes: i64) -> i64 {
        let mut tx = self.desk.db.begin().await.unwrap();
        let now = tx.now_ms().await.unwrap();
        let window = Window {
            round,
            opens_at: now + opens,
            closes_at: now + closes,
            ties: true,
            note: String::new(),
            draft: true,
            mechanism: Mechanism::default(),
        };
        rows::set(&mut tx, &window, "console", now).await.unwrap();
        tx.commit().await.unwrap();
        window.closes_at
    }

    async fn candidate(&self, key: &str) -> CandidateId {
        shown::candidate_by_code(&self.desk.db, key).await.unwrap().unwrap()
    }

    async fn opening(&self, key: &str) -> OpeningId {
        shown::opening_by_code(&self.desk.db, key).await.unwrap().unwrap()
    }

    async fn apply(&self, candidate: &str, opening: &str, stage: &str) {
        let (candidate, opening) = (self.candidate(candidate).await, self.opening(opening).await);
        let mut tx = self.desk.db.begin().await.unwrap();
        rows::apply(&mut tx, candidate, opening, stage, 0).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Everybody talks to everybody.
    async fn all_apply(&self, candidates: &[&str], openings: &[&str]) {
        for candidate in candidates {
            for opening in openings {
                self.apply(candidate, opening, "ready").await;
            }
        }
    }

    /// A certified list, as `C-1: M-1 (M-2 M-3)`.
    async fn certify(&self, round: i64, line: &str) -> String {
        let (who, list) = line.split_once(": ").unwrap();
        let owner = if who.starts_with('C') {
            Owner::Candidate(self.candidate(who).await)
        } else {
            Owner::Opening(self.opening(who).await)
        };
        let mut groups: Vec<Vec<RankedId>> = Vec::new();
        let mut tied = false;
        for word in list.split_whitespace() {
            let key = word.trim_matches(['(', ')']);
            let id: RankedId = match owner {
                Owner::Candidate(_) => self.opening(key).await.into(),
                Owner::Opening(_) => self.candidate(key).await.into(),
            };
            if tied {
                groups.last_mut().unwrap().push(id);
            } else {
                groups.push(vec![id]);
            }
            tied = (tied || word.starts_with('(')) && !word.ends_with(')');
        }
        let order = RankOrder::new(groups).unwrap();
        let by = PersonId::new(&mut || uuid::Uuid::from_u128(77));
        let mut tx = self.desk.db.begin().await.unwrap();
        let person = NewPerson {
            id: by,
            login: "somebody".to_owned(),
            mail: None,
            name: "somebody".to_owned(),
            lang: "ja".to_owned(),
            password_hash: None,
        };
        people::add(&mut tx, &person, 0).await.unwrap();
        let number = rows::latest(&mut tx, round, owner).await.unwrap().map_or(1, |latest| latest.number + 1);
        let certificate = Certificate {
            number: format!("{round}-{who}-{number}"),
            round,
            version: number,
            ranks: order.len() as i64,
            commitment: canonical(round, owner, number, &order),
            salt: String::new(),
            certified_at: 0,
            withdrawn_at: None,
        };
        let saved_by = String::new();
        let version = Version { number, order, saved_at: 0, saved_by, undo: None, redo: None };
        rows::add(&mut tx, round, owner, &version, by).await.unwrap();
        rows::certify(&mut tx, owner, &certificate, by).await.unwrap();
        tx.commit().await.unwrap();
        certificate.number
    }
}

#[tokio::test]
async fn a_round_is_not_frozen_before_its_deadline_and_says_when_it_may_be() {
    let town = Town::of(THREE_FOR_TWO).await;
    let round = town.new_round(Settings::default()).await;
    town.all_apply(&["C-1"], &["M-1"]).await;
    town.certify(round, "C-1: M-1").await;
    town.certify(round, "M-1: C-1").await;
    let closes = town.window(round, -HOUR, HOUR).await;
    let refused = town.freeze().await.unwrap_err();
    assert!(matches!(refused, RoundError::StillOpen { number: 1, closes_at } if closes_at == closes));
    assert_eq!(refused.kind(), ErrorKind::Refused);
    for lang in Lang::ALL {
        assert!(!refused.say(lang).contains("rankings-"), "{}", refused.say(lang));
    }
    assert_eq!(town.stage(round).await, "draft");
    town.window(round, -HOUR, -1).await;
    town.freeze().await.unwrap();
    assert_eq!(town.stage(round).await, "frozen");
}

#[tokio::test]
async fn it_reads_certified_lists_of_that_round_and_neither_imported_ones_nor_stand_ins() {
    // Everybody brought an imported list that says the opposite; C-3 and M-2 have certified nothing here.
    let town = Town::of("C-1: M-2 M-1\n C-2: M-2\n C-3: M-2\n M-1: C-2 C-1\n M-2: C-3").await;
    let (other, round) =
        (town.new_round(Settings::default()).await, town.new_round(Settings::default()).await);
    town.all_apply(&["C-1", "C-2", "C-3"], &["M-1", "M-2"]).await;
    town.certify(other, "C-3: M-1").await;
    for line in ["C-1: M-1 M-2", "C-2: (M-1 M-2)", "M-1: C-1 C-2"] {
        town.certify(round, line).await;
    }
    town.window(round, -HOUR, -1).await;
    let frozen = town.freeze().await.unwrap();
    let input = frozen.stage.locked().unwrap().input.record().clone();
    assert!(input.candidates.iter().all(|one| one.source == Source::Certified));
    let keys: Vec<_> = input.candidates.iter().map(|one| one.key.as_str()).collect();
    assert_eq!((keys, input.openings.len()), (vec!["C-1", "C-2"], 1));
    assert_eq!(input.candidates[1].list, [[0]], "an opening that certified nothing takes no part");
    assert_eq!(input.checklist.left_out.uncertified, 2);
    town.run().await.unwrap();
    assert_eq!(town.pairs(round).await, ["C-1 M-1"]);
    assert!(!town.publish(round).await.unwrap().already);
}

#[tokio::test]
async fn a_certificate_that_was_withdrawn_does_not_count_and_neither_does_a_pair_that_parted() {
    let town = Town::of("C-1: -\n C-2: -\n M-1(2): -\n M-2: -").await;
    let round = town.new_round(Settings::default()).await;
    town.all_apply(&["C-1", "C-2"], &["M-1", "M-2"]).await;
    for line in ["C-1: M-2 M-1", "C-2: M-1", "M-1: C-1 C-2", "M-2: C-1"] {
        town.certify(round, line).await;
    }
    // C-2 changed the list afterwards, and C-1 parted from M-2.
    let mut tx = town.desk.db.begin().await.unwrap();
    rows::withdraw(&mut tx, "1-C-2-1", 5).await.unwrap();
    tx.commit().await.unwrap();
    town.apply("C-1", "M-2", "withdrawn").await;
    town.window(round, -HOUR, -1).await;
    town.freeze().await.unwrap();
    town.run().await.unwrap();
    assert_eq!(town.pairs(round).await, ["C-1 M-1"]);
}

#[tokio::test]
async fn nothing_that_is_shown_or_written_of_it_tells_a_rank() {
    let town = Town::of("C-1: -\n C-2: -\n M-1: -\n M-2: -").await;
    let round = town.new_round(Settings::default()).await;
    town.all_apply(&["C-1", "C-2"], &["M-1", "M-2"]).await;
    for line in ["C-1: M-1 M-2", "C-2: M-2 M-1", "M-1: C-2 C-1", "M-2: C-1 C-2"] {
        town.certify(round, line).await;
    }
    town.window(round, -HOUR, -1).await;
    town.freeze().await.unwrap();
    town.run().await.unwrap();
    let view = rounds::show(&town.desk.db, Some(round)).await.unwrap();
    assert!(view.sealed && view.pairs.iter().all(|pair| pair.candidate_rank == 0 && pair.opening_rank == 0));
    let audit = view.audit.unwrap();
    assert!(audit.candidate_ranks.is_empty() && audit.opening_ranks.is_empty(), "two people are told apart");
    let compared = rounds::compare(&town.desk.db, Some(round), None).await.unwrap();
    assert!(compared.sealed && compared.between_mechanisms.is_empty());
    for format in [Format::Json, Format::Glasgow] {
        let refused = rounds::export(&town.desk.db, Some(round), format).await.unwrap_err();
        assert!(matches!(refused, RoundError::ListsSealed { number: 1 }), "{refused}");
    }
}

#[tokio::test]
async fn a_round_without_a_window_is_held_as_ever() {
    let town = Town::of(THREE_FOR_TWO).await;
    let (with, without) =
        (town.new_round(Settings::default()).await, town.new_round(Settings::default()).await);
    town.window(with, -HOUR, HOUR).await;
    town.freeze().await.unwrap();
    assert_eq!(town.stage(without).await, "frozen");
    let view = rounds::show(&town.desk.db, Some(without)).await.unwrap();
    assert!(!view.sealed && view.checklist.candidates.imported == 3);
    assert!(rounds::export(&town.desk.db, Some(without), Format::Json).await.is_ok());
}
