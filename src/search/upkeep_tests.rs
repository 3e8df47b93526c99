//! Somebody always answers: the index, or the records while there is none; and what changes is found wherever the index lies.

use std::path::Path;

use jiff::civil::Date;

use super::samples::{Desk, asking, counting_from, firm, opening, openings, profiles, small_region};
use super::*;
use crate::domain::{Block, Changes, Consent, Firm, Opening, Region};
use crate::store::outbox::Topic;
use crate::texts::Lang;

/// A search that nobody has made an index for.
async fn without_an_index(desk: &Desk) -> Search {
    Search::open_at_once(desk.db.clone(), desk.dir.path().join("elsewhere")).await.unwrap()
}

/// Forty openings of four firms over a month; every tenth is a draft.
fn busy_region() -> Region {
    let mut ids = counting_from(1000);
    let firms: Vec<Firm> =
        [("白壁酒造", "岡山県"), ("海辺の宿", "広島県"), ("霞浜運送", "山口県"), ("紺屋町織物", "岡山県")]
            .map(|(name, prefecture)| firm(&mut ids, name, prefecture, "製造業／酒蔵"))
            .to_vec();
    let one = |number: i8| -> Opening {
        let firm = &firms[number as usize % firms.len()];
        let role = ["番頭", "工場長", "営業部長"][number as usize % 3];
        let title = format!("{role}を募集します（{number}）");
        let mut one = opening(&mut ids, firm, &format!("N-{number:02}"), role, &title);
        one.facts.posted_on = Some(Date::constant(2026, 11, 1 + number % 10));
        one.facts.deadline = (number % 4 > 0).then(|| Date::constant(2026, 12, 1 + number % 7));
        one.blocks = if number % 10 == 9 { vec!["W-PAY-MISSING".to_owned()] } else { Vec::new() };
        one
    };
    let openings = (0..40).map(one).collect();
    Region { firms: firms.clone(), openings, ..Region::default() }
}

#[tokio::test]
async fn while_there_is_no_index_the_records_answer_and_say_so() {
    let desk = Desk::with(&small_region()).await;
    let search = without_an_index(&desk).await;
    let found = search.openings(&Ask::new("右腕")).await.unwrap();
    assert_eq!(found.hits[0].key, "M-001");
    assert_eq!(found.hits[0].reasons, [Reason::Word { asked: "右腕".to_owned() }]);
    assert!(found.is_from_records());
    assert!(say_note(&found.notes[0], Lang::Ja).contains("少したってから"));
    assert_eq!(profiles(&search, "ｗｅｂマーケティング", &[]).await, ["C-002"]);
    search.catch_up().await.unwrap();
    let found = search.openings(&Ask::new("右腕")).await.unwrap();
    assert_eq!((found.hits[0].key.as_str(), found.notes.as_slice()), ("M-001", [].as_slice()));
    assert!(search.check().await.unwrap().is_sound());
}

#[tokio::test]
async fn the_records_find_count_and_order_what_the_index_does() {
    let desk = Desk::with(&busy_region()).await;
    let (index, records) = (desk.search().await, without_an_index(&desk).await);
    let barred = vec![Block::Name("海辺の宿".to_owned())];
    let filters: [&[(&str, &str)]; 5] = [
        &[],
        &[("pref", "岡山")],
        &[("pref", "岡山"), ("role", "番頭")],
        &[("muni", "高梁"), ("days", "1"), ("pref", "広島"), ("pref", "山口")],
        &[("role", "庭師")],
    ];
    for text in ["", "番頭", "募集 工場長", "どこにもない言葉の並び"] {
        for filters in filters {
            for (sort, shown_only, barred) in [
                (Sort::Newest, true, Vec::new()),
                (Sort::Closing, true, barred.clone()),
                (Sort::Newest, false, Vec::new()),
            ] {
                let ask = Ask { sort, shown_only, barred, limit: 100, ..asking(text, filters) };
                let one = index.openings(&ask).await.unwrap();
                let other = records.openings(&ask).await.unwrap();
                assert!(other.is_from_records() && !one.is_from_records());
                let keys = |found: &Found<FoundOpening>| -> Vec<String> {
                    found.hits.iter().map(|hit| hit.key.clone()).collect()
                };
                assert_eq!(keys(&one), keys(&other), "{ask:?}");
                assert_eq!((one.total, &one.facets), (other.total, &other.facets), "{ask:?}");
            }
        }
    }
    let refused = records.openings(&asking("", &[("colour", "red")])).await.unwrap_err();
    assert!(refused.is_bad_question());
}

#[tokio::test]
async fn pages_of_the_records_fit_together_in_both_directions() {
    let desk = Desk::with(&busy_region()).await;
    let search = without_an_index(&desk).await;
    for (text, sort) in [("募集", Sort::Relevance), ("", Sort::Newest), ("", Sort::Closing)] {
        let mut ask = Ask { sort, limit: 7, ..Ask::new(text) };
        let whole = search.openings(&Ask { limit: 100, ..ask.clone() }).await.unwrap();
        let whole: Vec<String> = whole.hits.into_iter().map(|hit| hit.key).collect();
        assert_eq!(whole.len(), 36);
        let (mut forth, mut pages) = (Vec::new(), Vec::new());
        loop {
            let found = search.openings(&ask).await.unwrap();
            assert_eq!((found.total, found.start), (36, forth.len() as u64));
            let keys: Vec<String> = found.hits.into_iter().map(|hit| hit.key).collect();
            forth.extend(keys.clone());
            pages.push((keys, found.before));
            let Some(after) = found.after else { break };
            ask.page = Page::After(after);
        }
        assert_eq!(forth, whole);
        for two in pages.windows(2).rev() {
            ask.page = Page::Before(two[1].1.clone().unwrap());
            let found = search.openings(&ask).await.unwrap();
            let keys: Vec<String> = found.hits.into_iter().map(|hit| hit.key).collect();
            assert_eq!((keys, found.before), two[0].clone());
        }
    }
}

#[tokio::test]
async fn an_index_lost_under_a_running_process_is_made_anew_while_the_records_answer() {
    let desk = Desk::with(&small_region()).await;
    let search = desk.search().await;
    assert_eq!(openings(&search, "番頭", &[]).await, ["M-001"], "a synonym, which only the index knows");
    std::fs::remove_dir_all(desk.index()).unwrap();
    let found = search.openings(&Ask::new("右腕")).await.unwrap();
    assert_eq!((found.total, found.is_from_records()), (1, true));
    search.follow().await;
    assert!(
        search.openings(&Ask::new("右腕")).await.unwrap().is_from_records(),
        "nobody waits for a new one"
    );
    search.catch_up().await.unwrap();
    assert_eq!(openings(&search, "番頭", &[]).await, ["M-001"]);
    assert!(search.check().await.unwrap().is_sound());
}

#[tokio::test]
async fn a_damaged_index_answers_nobody_and_does_not_hold_up_the_start() {
    let desk = Desk::with(&small_region()).await;
    drop(desk.search().await);
    std::fs::write(desk.index().join("CURRENT"), "g99").unwrap();
    let search = Search::open_at_once(desk.db.clone(), desk.index()).await.unwrap();
    assert!(search.openings(&Ask::new("")).await.unwrap().is_from_records());
    assert_eq!(
        std::fs::read_to_string(desk.index().join("CURRENT")).unwrap(),
        "g99",
        "opening changes nothing"
    );
    search.catch_up().await.unwrap();
    assert!(!search.openings(&Ask::new("")).await.unwrap().is_from_records());
}

#[tokio::test]
async fn a_rebuild_that_fails_is_made_good_at_the_next_turn() {
    let desk = Desk::with(&small_region()).await;
    let search = without_an_index(&desk).await;
    let in_the_way = desk.dir.path().join("elsewhere/new");
    std::fs::create_dir_all(in_the_way.parent().unwrap()).unwrap();
    std::fs::write(&in_the_way, "somebody's file").unwrap();
    assert!(search.catch_up().await.is_err());
    let found = search.openings(&Ask::new("")).await.unwrap();
    assert_eq!((found.total, found.is_from_records()), (2, true));
    std::fs::remove_file(&in_the_way).unwrap();
    search.catch_up().await.unwrap();
    assert!(search.check().await.unwrap().is_sound());
}

#[tokio::test]
async fn what_changes_while_the_records_answer_is_found_at_once_and_stays_found() {
    let desk = Desk::with(&small_region()).await;
    let search = without_an_index(&desk).await;
    let mut changed = small_region().openings[0].clone();
    changed.facts.title = "杜氏と歩む専務".to_owned();
    desk.save(Changes { openings: vec![changed], ..Changes::default() }).await;
    assert_eq!(openings(&search, "杜氏", &[]).await, ["M-001"]);
    search.catch_up().await.unwrap();
    assert_eq!(openings(&search, "杜氏", &[]).await, ["M-001"]);
}

#[tokio::test]
async fn an_opening_that_is_taken_down_is_gone_before_the_index_knows() {
    let desk = Desk::with(&small_region()).await;
    let search = desk.search().await;
    let mut taken_down = small_region().openings[0].clone();
    taken_down.blocks = vec!["taken-down".to_owned()];
    desk.save(Changes { openings: vec![taken_down], ..Changes::default() }).await;
    let found = search.openings(&Ask::new("右腕")).await.unwrap();
    assert_eq!((found.total, found.hits.len(), found.is_from_records()), (0, 0, false));
    search.catch_up().await.unwrap();
    assert_eq!(search.openings(&Ask::new("右腕")).await.unwrap().total, 0);
}

#[tokio::test]
async fn each_of_several_processes_keeps_its_own_index_from_the_one_outbox() {
    let desk = Desk::with(&small_region()).await;
    let replicas = [
        desk.search().await,
        Search::open(desk.db.clone(), desk.dir.path().join("elsewhere")).await.unwrap(),
    ];
    let changed = |title: &str, blocks: &[&str]| {
        let mut one = small_region().openings[1].clone();
        one.facts.title = title.to_owned();
        one.blocks = blocks.iter().map(|block| (*block).to_owned()).collect();
        Changes { openings: vec![one], ..Changes::default() }
    };
    for (title, blocks, seen_by_anybody) in [
        ("海外展開を担う副社長", &[][..], 1),
        ("海外展開を担う専務", &[][..], 1),
        ("海外展開を担う専務", &["taken-down"][..], 0),
    ] {
        desk.save(changed(title, blocks)).await;
        for replica in &replicas {
            assert_eq!(replica.catch_up().await.unwrap(), 1);
            let found = replica.openings(&Ask::new("海外展開")).await.unwrap();
            assert_eq!((found.total, found.is_from_records()), (seen_by_anybody, false), "{title}");
            assert!(replica.check().await.unwrap().is_sound());
        }
    }
    let mut withdrawn = small_region().candidates.into_iter().find(|one| one.codes[0] == "C-001").unwrap();
    withdrawn.facts.consent = Consent::Unknown;
    desk.save(Changes { candidates: vec![withdrawn], ..Changes::default() }).await;
    for replica in &replicas {
        replica.catch_up().await.unwrap();
        assert_eq!(replica.profiles(&Ask::new("")).await.unwrap().total, 1);
    }
}

/// A reader that went past a number before it became visible would never come back to it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_reader_of_the_outbox_sees_a_later_entry_before_an_earlier_one() {
    let desk = Desk::with(&Region::default()).await;
    let entry = |name: &str| vec![(Topic::Opening, name.to_owned())];
    let (mut first, second) = (desk.db.begin().await.unwrap(), desk.db.clone());
    outbox::push(&mut first, &entry("first")).await.unwrap();
    let second = tokio::spawn(async move {
        let mut tx = second.begin().await.unwrap();
        outbox::push(&mut tx, &[(Topic::Opening, "second".to_owned())]).await.unwrap();
        tx.commit().await.unwrap();
    });
    for _ in 0..300 {
        assert_eq!(outbox::after(&desk.db, 0, 10).await.unwrap(), []);
        assert_eq!(outbox::head(&desk.db).await.unwrap(), 0);
    }
    assert!(!second.is_finished(), "who comes second waits for the first");
    first.commit().await.unwrap();
    second.await.unwrap();
    let seen = outbox::after(&desk.db, 0, 10).await.unwrap();
    let seen: Vec<_> = seen.iter().map(|entry| (entry.seq, entry.subject.as_str())).collect();
    assert_eq!(seen, [(1, "first"), (2, "second")]);
}

#[tokio::test]
async fn a_writer_that_fails_leaves_no_gap_in_the_outbox() {
    let desk = Desk::with(&Region::default()).await;
    for (name, lasts) in [("one", true), ("two", false), ("three", true)] {
        let mut tx = desk.db.begin().await.unwrap();
        outbox::push(&mut tx, &[(Topic::Opening, name.to_owned())]).await.unwrap();
        if lasts {
            tx.commit().await.unwrap();
        }
    }
    let seen: Vec<i64> =
        outbox::after(&desk.db, 0, 10).await.unwrap().iter().map(|entry| entry.seq).collect();
    assert_eq!(seen, [1, 2]);
}

#[tokio::test]
async fn a_command_waits_for_its_index() {
    let desk = Desk::with(&small_region()).await;
    let search = Search::open(desk.db.clone(), desk.dir.path().join("elsewhere")).await.unwrap();
    assert!(!search.openings(&Ask::new("")).await.unwrap().is_from_records());
    assert!(Path::exists(&desk.dir.path().join("elsewhere/CURRENT")));
}
