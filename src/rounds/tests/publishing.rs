//! What is never published, and what holds afterwards.

use super::region::{THREE_FOR_TWO, Town};
use crate::domain::{Proposal, Sealed, Settings, Stamp};
use crate::rounds::{self, RoundError};
use crate::store::rounds as rows;

/// The stored proposal of the latest round, changed.
async fn changed(town: &Town, change: impl FnOnce(&mut Proposal)) -> Sealed<Proposal> {
    let round = rounds::round(&town.desk.db, None).await.unwrap();
    let mut proposal = round.stage.proposed().unwrap().proposal.record().clone();
    change(&mut proposal);
    Sealed::new(proposal)
}

async fn store(town: &Town, text: &str, hash: &str) {
    let mut tx = town.desk.db.begin().await.unwrap();
    rows::overwrite_proposal(&mut tx, 1, text, hash).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_round_frozen_before_another_was_published_is_refused() {
    let town = Town::of(THREE_FOR_TWO).await;
    let first = town.proposed(Settings::default()).await;
    let second = town.proposed(Settings::default()).await;
    town.publish(second).await.unwrap();
    let refused = town.publish(first).await.unwrap_err();
    assert!(matches!(refused, RoundError::ParentMoved { number: 1, published: 2 }), "{refused}");
    assert_eq!(town.stage(first).await, "proposed");
}

#[tokio::test]
async fn an_edited_result_is_refused() {
    let town = Town::of(THREE_FOR_TWO).await;
    town.proposed(Settings::default()).await;
    let sealed = changed(&town, |_| {}).await;
    let edited = changed(&town, |proposal| proposal.opening_of.reverse()).await;
    store(&town, edited.text(), sealed.hash()).await;
    assert!(matches!(town.publish(1).await, Err(RoundError::Altered { number: 1 })));
    assert!(matches!(town.run().await, Err(RoundError::Altered { number: 1 })));
    let view = rounds::show(&town.desk.db, None).await.unwrap();
    assert!(!view.intact && view.pairs.is_empty());
}

#[tokio::test]
async fn an_unstable_result_is_refused_even_when_its_hash_fits() {
    let town = Town::of(THREE_FOR_TWO).await;
    town.proposed(Settings::default()).await;
    let forged = changed(&town, |proposal| proposal.opening_of = vec![None, Some(0), Some(1)]).await;
    store(&town, forged.text(), forged.hash()).await;
    let refused = town.publish(1).await.unwrap_err();
    assert!(matches!(refused, RoundError::NotClean { problems: 0, blocking: 2, .. }), "{refused}");
    assert_eq!(town.stage(1).await, "proposed");
}

#[tokio::test]
async fn another_stable_result_than_the_mechanisms_is_refused() {
    let town = Town::of("C-1: M-1 M-2\n C-2: M-2 M-1\n M-1: C-2 C-1\n M-2: C-1 C-2").await;
    town.proposed(Settings::default()).await;
    let forged = changed(&town, |proposal| proposal.opening_of.reverse()).await;
    store(&town, forged.text(), forged.hash()).await;
    assert!(matches!(town.publish(1).await, Err(RoundError::Altered { number: 1 })));
}

#[tokio::test]
async fn a_publication_cut_off_before_its_commit_leaves_a_proposal_that_can_be_published() {
    let town = Town::of(THREE_FOR_TWO).await;
    town.proposed(Settings::default()).await;
    let mut tx = town.desk.db.begin().await.unwrap();
    let turn = rows::take_turn_to_publish(&mut tx).await.unwrap();
    let stamp = Stamp { at_ms: 0, by: "console".to_owned() };
    assert!(rows::publish(&mut tx, 1, turn, &stamp).await.unwrap());
    drop(tx);
    assert_eq!(town.stage(1).await, "proposed");
    assert!(!town.publish(1).await.unwrap().already);
}

#[tokio::test]
async fn publishing_twice_says_so_and_places_once() {
    let town = Town::of(THREE_FOR_TWO).await;
    town.proposed(Settings::default()).await;
    town.publish(1).await.unwrap();
    assert!(town.publish(1).await.unwrap().already);
    let placements = rows::placements(&mut town.desk.db.begin_reading().await.unwrap()).await.unwrap();
    assert_eq!(placements.len(), 2);
}

#[tokio::test]
async fn of_two_rounds_published_at_once_one_is_refused() {
    let town = Town::of(THREE_FOR_TWO).await;
    let first = town.proposed(Settings::default()).await;
    let second = town.proposed(Settings::default()).await;
    let (one, other) = tokio::join!(town.publish(first), town.publish(second));
    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1);
}

#[tokio::test]
async fn the_next_round_leaves_out_whom_the_last_one_placed() {
    let town = Town::of("C-1: M-1\n C-2: M-1\n C-3: M-2 M-1\n M-1(2): C-1 C-2 C-3\n M-2: C-3").await;
    town.proposed(Settings::default()).await;
    town.publish(1).await.unwrap();
    assert_eq!(town.pairs(1).await, ["C-1 M-1", "C-2 M-1", "C-3 M-2"]);
    town.new_round(Settings::default()).await;
    assert!(matches!(town.freeze().await, Err(RoundError::NothingToFreeze { number: 2 })));
    let checklist = rounds::checklist(&town.desk.db, None).await.unwrap();
    assert_eq!((checklist.left_out.placed, checklist.left_out.filled), (3, 2));
}

#[tokio::test]
async fn a_half_filled_opening_offers_its_free_seats_to_the_next_round() {
    let town = Town::of("C-1: M-1\n C-2: M-2\n M-1(2): C-1\n M-2: -").await;
    town.proposed(Settings::default()).await;
    town.publish(1).await.unwrap();
    assert_eq!(town.pairs(1).await, ["C-1 M-1", "C-2 M-2"]);
    town.new_round(Settings::default()).await;
    let checklist = rounds::checklist(&town.desk.db, None).await.unwrap();
    assert_eq!((checklist.openings.imported, checklist.seats), (1, 1));
}

#[tokio::test]
async fn a_round_with_the_placed_decides_anew_and_replaces_what_held() {
    let town = Town::of(THREE_FOR_TWO).await;
    town.proposed(Settings::default()).await;
    town.publish(1).await.unwrap();
    let again = town.proposed(Settings { with_placed: true, ..Settings::default() }).await;
    let compared = rounds::compare(&town.desk.db, None, None).await.unwrap();
    assert_eq!((compared.with, compared.unchanged, compared.since.len()), (Some(1), 3, 0));
    town.publish(again).await.unwrap();
    let placements = rows::placements(&mut town.desk.db.begin_reading().await.unwrap()).await.unwrap();
    assert!(placements.len() == 2 && placements.iter().all(|one| one.round == again));
}
