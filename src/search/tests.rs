//! What the desk and the public find, and that the index comes back from whatever happens to it.

use std::path::{Path, PathBuf};

use super::samples::{Desk, asking, openings, profiles, small_region, small_region_from};
use super::*;
use crate::domain::{Block, Changes, Consent, Visibility};
use crate::texts::Lang;

async fn desk() -> (Desk, Search) {
    let desk = Desk::with(&small_region()).await;
    let search = desk.search().await;
    (desk, search)
}

/// What a caller would compare: keys, scores and reasons of some questions.
async fn answers(search: &Search) -> Vec<(String, f32, Vec<Reason>)> {
    let mut all = Vec::new();
    for text in ["番頭", "酒蔵", "工場長 酒", ""] {
        let ask = Ask { shown_only: false, ..Ask::new(text) };
        let found = search.openings(&ask).await.unwrap();
        all.extend(found.hits.into_iter().map(|hit| (hit.key, hit.score, hit.reasons)));
        let found = search.profiles(&ask).await.unwrap();
        all.extend(found.hits.into_iter().map(|hit| (hit.key, hit.score, hit.reasons)));
    }
    all
}

#[tokio::test]
async fn a_president_s_words_find_the_opening_and_say_why() {
    let (_desk, search) = desk().await;
    let found = search.openings(&Ask::new("番頭 週一 酒")).await.unwrap();
    assert_eq!(found.hits[0].key, "M-001");
    let reasons: Vec<_> = found.hits[0].reasons.iter().map(|reason| say_reason(reason, Lang::Ja)).collect();
    assert!(reasons.contains(&"「番頭」を言いかえた「右腕」に一致".to_owned()), "{reasons:?}");
}

#[tokio::test]
async fn the_public_sees_no_draft_and_nobody_without_consent() {
    let (_desk, search) = desk().await;
    assert!(openings(&search, "工場長候補", &[]).await.contains(&"M-003".to_owned()));
    assert!(profiles(&search, "工場長", &[]).await.contains(&"C-003".to_owned()));
    let public = search.openings(&Ask::new("")).await.unwrap();
    assert_eq!((public.total, public.hits.len()), (2, 2));
    let public = search.profiles(&Ask::new("工場長")).await.unwrap();
    assert!(public.hits.iter().all(|hit| hit.key != "C-003"));
}

#[tokio::test]
async fn names_addresses_and_notes_are_not_in_the_index() {
    let (_desk, search) = desk().await;
    for secret in ["架空", "c-001@example.jp", "09000000000", "極秘"] {
        assert_eq!(profiles(&search, secret, &[]).await, [""; 0], "{secret}");
        assert_eq!(openings(&search, secret, &[]).await, [""; 0], "{secret}");
    }
}

#[tokio::test]
async fn filters_narrow_and_are_counted_over_what_was_found() {
    let (_desk, search) = desk().await;
    assert_eq!(openings(&search, "", &[("pref", "広島")]).await, ["M-002"]);
    assert_eq!(openings(&search, "", &[("pref", "広島"), ("pref", "岡山")]).await.len(), 3);
    assert_eq!(openings(&search, "", &[("industry", "宿泊業")]).await, ["M-002"]);
    assert_eq!(openings(&search, "", &[("muni", "高梁"), ("pref", "岡山県")]).await.len(), 2);
    assert_eq!(profiles(&search, "", &[("pref", "全国")]).await, ["C-002"]);
    let found = search.openings(&asking("", &[])).await.unwrap();
    let pref = found.facets.iter().find(|one| one.facet == Facet::Pref).unwrap();
    assert_eq!(pref.values, [("岡山県".to_owned(), 1), ("広島県".to_owned(), 1)]);
}

#[tokio::test]
async fn what_an_opening_tells_of_handing_over_homes_and_pay_can_be_filtered_by() {
    let (desk, search) = desk().await;
    let mut told = small_region().openings[0].clone();
    told.facts.more.insert("horizon".to_owned(), "within_3".to_owned());
    told.facts.more.insert("residence".to_owned(), "allowance".to_owned());
    desk.save(Changes { openings: vec![told], ..Changes::default() }).await;
    search.catch_up().await.unwrap();
    for filter in
        [("horizon", "3年以内"), ("residence", "家賃を補助する"), ("role", "右腕"), ("region", "中国")]
    {
        let found = openings(&search, "", &[filter]).await;
        assert!(found.contains(&"M-001".to_owned()), "{filter:?}: {found:?}");
    }
    assert_eq!(openings(&search, "", &[("horizon", "within_3")]).await, ["M-001"]);
    assert_eq!(openings(&search, "", &[("horizon", "5年以内")]).await, [""; 0]);
    assert_eq!(openings(&search, "", &[("pay", "無償")]).await, [""; 0]);
}

#[tokio::test]
async fn a_filter_that_means_nothing_is_refused_with_those_that_do() {
    let (_desk, search) = desk().await;
    let refused = search.openings(&asking("", &[("colour", "red")])).await.unwrap_err();
    assert!(refused.is_bad_question());
    assert!(refused.say(Lang::Ja).contains("pref"), "{}", refused.say(Lang::Ja));
    let refused = search.openings(&asking("", &[("track", "両方")])).await.unwrap_err();
    assert!(refused.is_bad_question());
    let refused = search.openings(&asking("", &[("contract", "応相談")])).await.unwrap_err();
    assert!(refused.say(Lang::Ja).contains("業務委託"), "{}", refused.say(Lang::Ja));
}

#[tokio::test]
async fn a_change_is_found_once_the_index_caught_up() {
    let (desk, search) = desk().await;
    let mut region = small_region();
    region.openings[1].facts.title = "海外展開を担う副社長".to_owned();
    desk.save(Changes { openings: vec![region.openings[1].clone()], ..Changes::default() }).await;
    assert_eq!(search.catch_up().await.unwrap(), 1);
    assert_eq!(openings(&search, "海外展開", &[]).await, ["M-002"]);
    assert_eq!(search.catch_up().await.unwrap(), 0);
}

#[tokio::test]
async fn a_firm_that_withdraws_its_name_takes_its_openings_with_it() {
    let (desk, search) = desk().await;
    let mut region = small_region();
    region.firms[0].facts.open_name = crate::domain::OpenName::Refused;
    desk.save(Changes { firms: vec![region.firms[0].clone()], ..Changes::default() }).await;
    search.catch_up().await.unwrap();
    let found = search.openings(&Ask::new("酒蔵")).await.unwrap();
    assert_eq!((found.total, found.hits.len()), (0, 0));
}

#[tokio::test]
async fn a_withdrawn_consent_holds_even_before_the_index_knows() {
    let (desk, search) = desk().await;
    let mut withdrawn = small_region().candidates.into_iter().find(|one| one.codes[0] == "C-001").unwrap();
    withdrawn.facts.consent = Consent::Unknown;
    desk.save(Changes { candidates: vec![withdrawn], ..Changes::default() }).await;
    for _ in 0..2 {
        let found = search.profiles(&Ask::new("参謀")).await.unwrap();
        assert_eq!((found.total, found.hits.len()), (0, 0));
        search.catch_up().await.unwrap();
    }
    assert_eq!(profiles(&search, "参謀", &[]).await, ["C-001"]);
}

#[tokio::test]
async fn a_profile_is_found_by_those_to_whom_its_owner_shows_it() {
    let (desk, search) = desk().await;
    let shown = small_region().candidates.into_iter().find(|one| one.codes[0] == "C-001").unwrap();
    let by_firms = async || search.profiles(&Ask::new("参謀")).await.unwrap().total;
    let by_the_desk = async || profiles(&search, "参謀", &[]).await.len();
    for (chosen, firms, the_desk) in [
        (Visibility::Firms, 1, 1),
        (Visibility::Desk, 0, 1),
        (Visibility::Nobody, 0, 0),
        (Visibility::Firms, 1, 1),
    ] {
        let mut candidate = shown.clone();
        candidate.facts.more.visibility = Some(chosen);
        desk.save(Changes { candidates: vec![candidate], ..Changes::default() }).await;
        search.catch_up().await.unwrap();
        assert_eq!((by_firms().await, by_the_desk().await), (firms, the_desk), "{chosen:?}");
        assert!(search.check().await.unwrap().is_sound());
    }
}

#[tokio::test]
async fn who_hides_from_a_firm_does_not_read_its_openings_either() {
    let (_desk, search) = desk().await;
    let all = search.openings(&Ask::new("")).await.unwrap();
    let employer = Block::Name(all.hits[0].record.firm.facts.name.clone());
    let rest = search.openings(&Ask { barred: vec![employer.clone()], ..Ask::new("") }).await.unwrap();
    assert!(rest.total < all.total);
    assert!(rest.hits.iter().all(|hit| !employer.meets(&hit.record.firm.facts)));
}

#[tokio::test]
async fn what_was_stored_before_a_process_ended_is_fed_by_the_next() {
    let (desk, search) = desk().await;
    let mut changed = small_region().openings[0].clone();
    changed.facts.title = "杜氏と歩む専務".to_owned();
    drop(search);
    desk.save(Changes { openings: vec![changed], ..Changes::default() }).await;
    let search = desk.search().await;
    assert_eq!(openings(&search, "杜氏", &[]).await, ["M-001"]);
    assert!(search.check().await.unwrap().is_sound());
}

#[tokio::test]
async fn while_another_process_feeds_an_answer_says_that_it_may_be_incomplete() {
    let (desk, search) = desk().await;
    let elsewhere = std::fs::File::open(desk.index().join("LOCK")).unwrap();
    elsewhere.lock().unwrap();
    let changed = small_region().openings[0].clone();
    desk.save(Changes { openings: vec![changed], ..Changes::default() }).await;
    assert_eq!(search.catch_up().await.unwrap(), 0);
    assert_eq!(search.openings(&Ask::new("")).await.unwrap().behind, 1);
    elsewhere.unlock().unwrap();
    assert_eq!(search.catch_up().await.unwrap(), 1);
    assert_eq!(search.openings(&Ask::new("")).await.unwrap().behind, 0);
}

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

#[tokio::test]
async fn an_index_with_any_file_cut_short_garbled_or_lost_comes_back_by_itself() {
    let (desk, search) = desk().await;
    let before = answers(&search).await;
    drop(search);
    for at in 0..files_below(&desk.index()).len() {
        for damage in ["cut", "garbled", "lost"] {
            let files = files_below(&desk.index());
            let Some(file) = files.get(at) else { continue };
            let bytes = std::fs::read(file).unwrap();
            match damage {
                "cut" => std::fs::write(file, &bytes[..bytes.len() / 2]).unwrap(),
                "garbled" => std::fs::write(file, "何かの文字列".repeat(50)).unwrap(),
                _ => std::fs::remove_file(file).unwrap(),
            }
            let search = desk.search().await;
            assert_eq!(answers(&search).await, before, "{damage}: {}", file.display());
            assert!(search.check().await.unwrap().is_sound());
        }
    }
    std::fs::remove_dir_all(desk.index()).unwrap();
    assert_eq!(answers(&desk.search().await).await, before);
}

#[tokio::test]
async fn a_running_process_follows_a_rebuild_by_another() {
    let (desk, search) = desk().await;
    let before = answers(&search).await;
    let other = desk.search().await;
    assert_eq!(other.rebuild().await.unwrap(), 6);
    assert_eq!(answers(&search).await, before);
    let mut changed = small_region().openings[0].clone();
    changed.facts.title = "杜氏と歩む専務".to_owned();
    desk.save(Changes { openings: vec![changed], ..Changes::default() }).await;
    other.catch_up().await.unwrap();
    assert_eq!(openings(&search, "杜氏", &[]).await, ["M-001"]);
}

#[tokio::test]
async fn an_index_of_another_database_is_not_believed() {
    let (desk, search) = desk().await;
    drop(search);
    let other = Desk::with(&small_region_from(100)).await;
    let search = Search::open(other.db.clone(), desk.index()).await.unwrap();
    assert_eq!(openings(&search, "右腕", &[]).await, ["M-001"]);
    assert!(search.check().await.unwrap().is_sound());
}

#[tokio::test]
async fn an_index_ahead_of_a_restored_database_is_not_believed() {
    let (desk, search) = desk().await;
    let restored = Desk::with(&small_region()).await;
    desk.save(Changes { openings: small_region().openings, ..Changes::default() }).await;
    search.catch_up().await.unwrap();
    drop(search);
    let search = Search::open(restored.db.clone(), desk.index()).await.unwrap();
    assert!(search.check().await.unwrap().is_sound());
}

#[tokio::test]
async fn an_empty_desk_finds_nothing_and_begins_with_the_first_record() {
    let desk = Desk::with(&crate::domain::Region::default()).await;
    let search = desk.search().await;
    assert_eq!(openings(&search, "", &[]).await, [""; 0]);
    let region = small_region();
    desk.save(Changes { candidates: region.candidates, ..Changes::default() }).await;
    search.catch_up().await.unwrap();
    assert_eq!(profiles(&search, "", &[]).await.len(), 3);
}
