//! A round from its making to what people are told, over a real database.

use migiude_matching::formats::{glasgow, json};
use migiude_matching::{break_ties, candidate_optimal};

use super::region::{THREE_FOR_TWO, Town};
use crate::domain::{Mechanism, Owner, Settings};
use crate::rounds::{self, ErrorKind, Format, Move, Outcome, RoundError};
use crate::store::shown;
use crate::texts::Lang;

#[tokio::test]
async fn a_round_is_made_frozen_run_and_published() {
    let town = Town::of(THREE_FOR_TWO).await;
    let number = town.new_round(Settings { seed: 7, ..Settings::default() }).await;
    assert_eq!((number, town.stage(1).await), (1, "draft"));
    town.freeze().await.unwrap();
    assert_eq!(town.stage(1).await, "frozen");
    town.run().await.unwrap();
    assert_eq!(town.stage(1).await, "proposed");
    assert!(!town.publish(1).await.unwrap().already);
    assert_eq!(town.stage(1).await, "published");

    let view = rounds::show(&town.desk.db, None).await.unwrap();
    assert_eq!(town.pairs(1).await, ["C-1 M-1", "C-3 M-2"]);
    assert_eq!(view.unmatched_candidates, ["C-2"]);
    assert!(view.unmatched_openings.is_empty() && view.unfilled.is_empty() && view.intact);
    assert_eq!(view.audit.unwrap().candidate_ranks, [2]);
    assert_eq!(view.settings.seed, 7);
    assert_eq!(view.published.unwrap().by, "console");
}

#[tokio::test]
async fn a_frozen_input_is_never_changed() {
    let town = Town::of(THREE_FOR_TWO).await;
    town.new_round(Settings::default()).await;
    let before = town.freeze().await.unwrap();
    let again = town.freeze().await.unwrap_err();
    assert!(matches!(again, RoundError::WrongStage { number: 1, .. }), "{again}");
    assert_eq!(again.kind(), ErrorKind::Refused);
    assert!(again.say(Lang::Ja).contains("round new"), "{}", again.say(Lang::Ja));
    assert_eq!(rounds::round(&town.desk.db, None).await.unwrap(), before);
}

#[tokio::test]
async fn a_seed_given_at_the_freeze_is_the_one_that_is_kept() {
    let town = Town::of(THREE_FOR_TWO).await;
    town.new_round(Settings::default()).await;
    let db = &town.desk.db;
    let round = rounds::freeze(&town.operator, db, &town.clock, None, Some(5)).await.unwrap();
    assert_eq!(round.stage.locked().unwrap().input.record().settings.seed, 5);
    assert_eq!(rounds::round(db, None).await.unwrap().settings.seed, 5);
}

#[tokio::test]
async fn a_round_run_twice_gives_the_same_and_writes_nothing() {
    let town = Town::of(THREE_FOR_TWO).await;
    town.proposed(Settings::default()).await;
    let first = rounds::round(&town.desk.db, None).await.unwrap();
    assert_eq!(town.run().await.unwrap(), first);
    town.publish(1).await.unwrap();
    let published = rounds::round(&town.desk.db, None).await.unwrap();
    assert_eq!(town.run().await.unwrap(), published);
}

#[tokio::test]
async fn steps_out_of_order_are_refused_and_say_what_to_do() {
    let town = Town::of(THREE_FOR_TWO).await;
    assert!(matches!(town.freeze().await, Err(RoundError::NoRound)));
    town.new_round(Settings::default()).await;
    for refused in [
        town.run().await.unwrap_err(),
        town.publish(1).await.unwrap_err(),
        rounds::compare(&town.desk.db, None, None).await.unwrap_err(),
        rounds::export(&town.desk.db, None, Format::Json).await.unwrap_err(),
    ] {
        assert_eq!(refused.kind(), ErrorKind::Refused);
        assert!(refused.say(Lang::En).contains("`round freeze`"), "{}", refused.say(Lang::En));
    }
    town.freeze().await.unwrap();
    let refused = town.publish(1).await.unwrap_err();
    assert!(refused.say(Lang::Ja).contains("round run"), "{}", refused.say(Lang::Ja));
    assert_eq!(town.publish(9).await.unwrap_err().kind(), ErrorKind::Unknown);
}

#[tokio::test]
async fn a_region_where_nobody_takes_part_is_not_frozen() {
    let town = Town::of("C-1!: -\n M-1!: -").await;
    town.new_round(Settings::default()).await;
    assert!(matches!(town.freeze().await, Err(RoundError::NothingToFreeze { number: 1 })));
    assert_eq!(town.stage(1).await, "draft");
}

#[tokio::test]
async fn a_shortlist_from_the_index_stands_in_and_is_flagged() {
    let town = Town::of("C-1: -\n C-2: M-1\n M-1: C-1 C-2\n M-2: -").await;
    let number = town.proposed(Settings::default()).await;
    let view = rounds::show(&town.desk.db, Some(number)).await.unwrap();
    assert_eq!(view.checklist.candidates.shortlist, 1);
    assert_eq!(view.checklist.openings.shortlist, 1);
    assert_eq!(view.pairs.len(), 2, "{:?}", view.pairs);
    let of = |key: &str| view.pairs.iter().find(|pair| pair.candidate == key).unwrap();
    assert!(of("C-1").candidate_stands_in);
    assert!(!of("C-2").candidate_stands_in && !of("C-2").opening_stands_in);
}

#[tokio::test]
async fn whoever_solves_the_exported_market_gets_the_same_pairs() {
    let town =
        Town::of("C-1: (M-1 M-2)\n C-2: (M-1 M-2)\n C-3: M-1\n M-1: (C-1 C-2 C-3)\n M-2: (C-1 C-2)").await;
    let number = town.proposed(Settings { seed: 11, ..Settings::default() }).await;
    let ours = town.pairs(number).await;
    for format in [Format::Json, Format::Glasgow] {
        let text = rounds::export(&town.desk.db, None, format).await.unwrap();
        let listing = match format {
            Format::Json => json::read(&text).unwrap(),
            Format::Glasgow => glasgow::read(&text).unwrap(),
        };
        let market = listing.market().unwrap();
        let matching = candidate_optimal(&break_ties(&market, 11)).matching;
        let theirs: Vec<String> = matching.pairs().map(|(c, o)| format!("C-{} M-{}", c + 1, o + 1)).collect();
        assert_eq!(theirs, ours, "{text}");
    }
}

#[tokio::test]
async fn both_mechanisms_stand_side_by_side() {
    let town = Town::of("C-1: M-1 M-2\n C-2: M-2 M-1\n M-1: C-2 C-1\n M-2: C-1 C-2").await;
    town.proposed(Settings::default()).await;
    let compared = rounds::compare(&town.desk.db, None, None).await.unwrap();
    let [candidates, openings] = &compared.figures[..] else { panic!("two mechanisms") };
    assert_eq!(candidates.audit.candidate_ranks, [2]);
    assert_eq!(openings.audit.candidate_ranks, [0, 2]);
    assert_eq!(openings.mechanism, Mechanism::OpeningOptimal);
    let change = &compared.between_mechanisms[0];
    assert_eq!((change.candidate.as_str(), change.what()), ("C-1", Move::Moved));
    assert_eq!((change.rank_before, change.rank_now), (Some(1), Some(2)));
    assert_eq!((compared.with, compared.between_mechanisms.len()), (None, 2));
}

#[tokio::test]
async fn unranked_and_outranked_read_the_same() {
    // M-1 ranks C-2 below C-1, and C-3 not at all.
    let town = Town::of("C-1: M-1\n C-2: M-1\n C-3: M-1\n M-1: C-1 C-2").await;
    let number = town.proposed(Settings::default()).await;
    let db = &town.desk.db;
    let told = async |key: &str| {
        let id = shown::candidate_by_code(db, key).await.unwrap().unwrap();
        rounds::result_for(db, Owner::Candidate(id), number).await
    };
    assert!(
        matches!(told("C-2").await, Err(RoundError::WrongStage { .. })),
        "nothing before the publication"
    );
    town.publish(number).await.unwrap();
    let (outranked, unranked) = (told("C-2").await.unwrap(), told("C-3").await.unwrap());
    assert_eq!(outranked.outcome, Outcome::Unmatched);
    assert_eq!((outranked.stood_in, &outranked.outcome), (unranked.stood_in, &unranked.outcome));
    for lang in Lang::ALL {
        let words =
            |view: &rounds::ResultView| (view.headline(lang), view.reason(lang), view.next_step(lang));
        assert_eq!(words(&outranked), words(&unranked));
    }
    let placed = told("C-1").await.unwrap();
    let Outcome::Opening { opening, firm_named, .. } = placed.outcome else { panic!("placed") };
    assert_eq!((opening.code.as_deref(), firm_named), (Some("M-1"), true));
}

#[tokio::test]
async fn a_firm_reads_no_name_without_consent() {
    let town = Town::of("C-1!: M-1\n C-2: M-1\n M-1(3): C-1 C-2").await;
    let number = town.proposed(Settings::default()).await;
    town.publish(number).await.unwrap();
    let opening = shown::opening_by_code(&town.desk.db, "M-1").await.unwrap().unwrap();
    let told = rounds::result_for(&town.desk.db, Owner::Opening(opening), number).await.unwrap();
    let people = vec![("C-1".to_owned(), false), ("架空 C-2".to_owned(), true)];
    assert_eq!(told.outcome, Outcome::Candidates { people, free_seats: 1 });
}
