//! A round that is held on the lists its people certified, on both engines, from the first entry to the published pairs.

use migiude::accounts::{From, NewAccount, SignedIn, SystemChance, Tools, create_account, log_in, signed_in};
use migiude::board::rankings::{self, Change, Ranker, RankingError, Wish};
use migiude::clock::SystemClock;
use migiude::domain::{CoupleCondition, OneOnly, OpeningId, RankOrder, RankedId, Role, Standing};
use migiude::store::{Db, region, shown};

use crate::house::{PASSWORD, on_both_engines};

const HOUR: i64 = 60 * 60_000;

on_both_engines! {
    fn a_sealed_round_goes_from_the_lists_to_the_pairs(town: Town) {
        let (town, rankers) = town.with_rankers(2, 2, false);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let openings: Vec<OpeningId> =
            rankers.openings.iter().map(|(id, _)| id.parse().expect("an id")).collect();
        runtime.block_on(async {
            let db = town.tables().await;
            let mut people = Vec::new();
            for mail in &rankers.candidates {
                people.push(enter(&db, mail).await.candidate().expect("a candidate"));
            }
            // Both want the first opening most; its firm prefers the second of them.
            for own in &people {
                let ranker = Ranker::Candidate(own.clone());
                certify(&db, &ranker, &[openings[0].into(), openings[1].into()]).await;
            }
            for (at, opening) in openings.iter().enumerate() {
                let firm = shown::opening(&db, *opening).await.expect("a query").expect("an opening").firm;
                let new = NewAccount {
                    mail: format!("firm{at}@example.jp"),
                    name: "社長".to_owned(),
                    lang: "ja".to_owned(),
                    password: PASSWORD.to_owned(),
                    roles: vec![Role::Firm(firm, Standing::Admin)],
                };
                create_account(&new, tools(&db)).await.expect("an account");
                let member = enter(&db, &new.mail).await.member_of(firm).expect("a member");
                let order: [RankedId; 2] = [people[1].candidate().into(), people[0].candidate().into()];
                if at == 0 {
                    town.move_deadline(&db, 100 * HOUR).await;
                    let owed = rankings::remind(tools(&db)).await.expect("reminders");
                    assert_eq!(owed, 1, "the firm with an account has certified nothing yet");
                }
                certify(&db, &Ranker::Firm(member, *opening), &order).await;
            }
            let wish = Wish { condition: Some(CoupleCondition::SameTown), one_only: Some(OneOnly::OneIsFine) };
            rankings::ask(&people[0], &rankers.candidates[1], &wish, tools(&db)).await.expect("asked");
            let link = rankings::couple_of(&people[1], &db).await.expect("a query").remove(0);
            rankings::agree(&people[1], &link.id, tools(&db)).await.expect("agreed");
            assert!(!region::snapshot(&db).await.expect("the region").couples.is_empty());
            db.close().await;
        });
        let early = town.round(&["freeze"]);
        assert!(early.code != 0 && early.err.contains("順位表を受け付けています"), "{early:?}");
        runtime.block_on(async {
            let db = town.tables().await;
            town.move_deadline(&db, -1).await;
            let own = enter(&db, &rankers.candidates[0]).await.candidate().expect("a candidate");
            let late = rankings::certify(&Ranker::Candidate(own), 1, 1, tools(&db)).await;
            assert!(matches!(late, Err(RankingError::Closed { certified_at: Some(_), .. })), "{late:?}");
            db.close().await;
        });
        for step in ["freeze", "run", "publish"] {
            town.round(&[step]).done();
        }
        let round = town.shown_round();
        assert_eq!((&round["stage"], &round["blocking_pairs"]), (&"published".into(), &0.into()));
        assert_eq!(round["pairs"].as_array().expect("pairs").len(), 2, "{round:#}");
        assert!(round["pairs"][0]["candidate_rank"].is_null(), "no rank is told: {round:#}");
        assert!(town.round(&["export"]).code != 0, "sealed lists are not written out");
    }

    fn a_change_and_a_certificate_at_once_never_both_hold(town: Town) {
        let (town, rankers) = town.with_rankers(1, 3, false);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let ids: Vec<RankedId> = rankers.openings.iter().map(|(id, _)| id.parse().expect("an id")).collect();
        runtime.block_on(async {
            let db = town.tables().await;
            let own = enter(&db, &rankers.candidates[0]).await.candidate().expect("a candidate");
            let ranker = Ranker::Candidate(own);
            let (mut changed, mut certified) = (0, 0);
            for turn in 0..20 {
                let sheet = rankings::sheet(&ranker, &db, 1).await.expect("the list");
                let mut groups: Vec<_> = ids.iter().map(|id| vec![*id]).collect();
                groups.rotate_left(turn % 3);
                let change = Change::Order(RankOrder::new(groups).expect("a list"));
                let change = rankings::save(&ranker, 1, sheet.version, &change, tools(&db));
                let certify = rankings::certify(&ranker, 1, sheet.version, tools(&db));
                // Each is asked first every other time.
                let (change, certify) = if turn % 2 == 0 {
                    tokio::join!(change, certify)
                } else {
                    let (certify, change) = tokio::join!(certify, change);
                    (change, certify)
                };
                changed += usize::from(change.is_ok());
                certified += usize::from(certify.is_ok());
                let after = rankings::sheet(&ranker, &db, 1).await.expect("the list");
                if let Some(certificate) = after.certificate {
                    assert_eq!(certificate.version, after.version, "turn {turn}: {change:?} {certify:?}");
                }
            }
            assert!(changed > 0 && certified > 0, "{changed} changed, {certified} certified");
            db.close().await;
        });
    }
}

fn tools(db: &Db) -> Tools<'_> {
    Tools { db, clock: &SystemClock, chance: &SystemChance }
}

async fn enter(db: &Db, mail: &str) -> SignedIn {
    let (_, token) = log_in(mail, PASSWORD, &From::default(), tools(db)).await.expect("a session");
    signed_in(db, &token, &SystemClock).await.expect("a query").expect("somebody")
}

/// Ranks and certifies, and certifies what is certified once more.
async fn certify(db: &Db, ranker: &Ranker, best_first: &[RankedId]) {
    let order = RankOrder::new(best_first.iter().map(|id| vec![*id]).collect()).expect("a list");
    let saved = rankings::save(ranker, 1, 0, &Change::Order(order), tools(db)).await.expect("saved");
    let version = saved.sheet.version;
    let first = rankings::certify(ranker, 1, version, tools(db)).await.expect("certified");
    let again = rankings::certify(ranker, 1, version, tools(db)).await.expect("certified");
    assert_eq!(first, again, "done twice, it is done once");
    let (_, receipts) = rankings::receipts(ranker, db, 1).await.expect("receipts");
    assert!(receipts[0].receipt.is_opened_by(&receipts[0].opening));
    let (_, versions, more) = rankings::history(ranker, db, 1, i64::MAX).await.expect("a history");
    assert!(versions.len() == 1 && !more);
}
