//! What means the same, and what must stay apart.

mod common;

use common::{opening, shelf, shelf_of};
use migiude_index::{Document, Doubt, Group, Index, Kind, Query, Reason, Synonyms};

#[test]
fn synonyms_are_found_behind_the_word_and_say_so() {
    let shelf = shelf(&["社長の右腕を求む", "番頭を求む", "酒の話"]);
    assert_eq!(shelf.find("番頭"), ["1", "0"]);
    let reasons = shelf.ask("番頭").hits[1].reasons.clone();
    assert_eq!(reasons, [Reason::Synonym { asked: "番頭".into(), found: "右腕".into() }]);
}

#[test]
fn related_groups_are_found_last_and_only_in_headings() {
    let mut related = opening("related", "本文");
    related.strong = vec!["COO".into()];
    let documents = [
        related,
        opening("itself", "番頭を求む"),
        opening("same", "参謀を求む"),
        opening("mention", "COOは別の人"),
    ];
    assert_eq!(shelf_of(&documents).find("番頭"), ["itself", "same", "related"]);
}

#[test]
fn groups_that_must_stay_apart_do_not_find_each_other() {
    let pairs = [
        ("派遣", "出向"),
        ("雇用契約", "従業員"),
        ("雇用", "業務委託"),
        ("準委任", "請負"),
        ("時給", "年収"),
        ("お試し事業承継", "お試しCxO"),
        ("番頭", "後継者"),
    ];
    for (one, other) in pairs {
        let shelf = shelf(&[&format!("{one}です"), &format!("{other}です")]);
        assert_eq!(shelf.find(one), ["0"], "{one}");
        assert_eq!(shelf.find(other), ["1"], "{other}");
    }
}

#[test]
fn an_operators_own_synonyms_are_used_without_a_new_index() {
    let shelf = shelf(&["庭師の会社"]);
    assert_eq!(shelf.find("グリーンキーパー"), [""; 0]);
    let group =
        Group {
            id: "own".into(), terms: vec!["グリーンキーパー".into(), "庭師".into()], ..Group::default()
        };
    let index = shelf.index.clone().with_synonyms(Synonyms::default().and(&[group]));
    let answer = index.search(&Query::new(Kind::Opening, "グリーンキーパー")).unwrap();
    assert_eq!(answer.total, 1);
}

#[test]
fn a_term_within_a_longer_one_that_stays_apart_does_not_count_and_the_same_term_elsewhere_does() {
    let mut within = opening("within", "本文");
    within.title = "お試しCxOの募集".into();
    let mut both = opening("both", "本文");
    both.title = "お試しCxOの募集。お試しは一日から".into();
    let shelf = shelf_of(&[within, both]);
    assert_eq!(shelf.find("お試し事業承継"), ["both"]);
}

#[test]
fn a_term_is_found_however_the_dictionary_cuts_it_and_however_it_is_inflected() {
    let shelf = shelf(&["後継ぎ募集", "家業を引き継いで十年", "ほかのこと"]);
    let mut found = shelf.find("跡取り");
    found.sort();
    assert_eq!(found, ["0"]);
    assert_eq!(shelf.find("事業承継"), ["1"]);
}

#[test]
fn a_region_of_the_table_finds_what_is_related_to_it_in_headings() {
    let shikoku = |related: &[&str]| Group {
        id: "shikoku".into(),
        terms: vec!["四国".into()],
        related: related.iter().map(|id| (*id).to_owned()).collect(),
        ..Group::default()
    };
    let kagawa =
        Group { id: "kagawa".into(), terms: vec!["香川県".into(), "香川".into()], ..Group::default() };
    let table = Synonyms::default().and(&[shikoku(&["kagawa"]), kagawa]);
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create_with(dir.path(), &table).unwrap();
    let mut tagged = opening("tagged", "うどんの町");
    tagged.strong = vec!["香川県".into()];
    let mut writer = index.writer().unwrap();
    writer.put_all(&[tagged, opening("mention", "香川県から取り寄せる")], Document::clone);
    writer.commit(1).unwrap();
    drop(writer);
    let found = |index: &Index| {
        let answer = index.search(&Query::new(Kind::Opening, "四国")).unwrap();
        answer.hits.into_iter().map(|hit| (hit.id, hit.reasons)).collect::<Vec<_>>()
    };
    let reason = Reason::Synonym { asked: "四国".into(), found: "香川県".into() };
    assert_eq!(found(&index), [("tagged".into(), vec![reason])]);
    // Whoever asks with other groups gets what those say, although the index has marked the old ones.
    assert_eq!(found(&index.clone().with_synonyms(table.and(&[shikoku(&[])]))), []);
    // An index is of its table.
    assert!(Index::open_with(dir.path(), &table).is_ok());
    assert!(matches!(Index::open(dir.path()), Err(Doubt::Stale(_))));
}

#[test]
fn own_words_join_every_group_that_has_one_of_them_and_nobody_leaves_its_group() {
    let shelf =
        shelf(&["番頭を求む", "右腕を求む", "帳場さんを求む", "女将を求む", "湯守を求む", "湯番を求む"]);
    let lists = [vec!["番頭".into(), "帳場さん".into()], vec!["湯守".into(), "湯番".into()]];
    let index = shelf.index.clone().with_synonyms(Synonyms::default().extended(&lists));
    let found = |asked: &str| {
        let answer = index.search(&Query::new(Kind::Opening, asked)).unwrap();
        let mut ids: Vec<String> = answer.hits.into_iter().map(|hit| hit.id).collect();
        ids.sort();
        ids
    };
    for asked in ["番頭", "右腕", "帳場さん"] {
        assert_eq!(found(asked), ["0", "1", "2"], "{asked}");
    }
    assert_eq!(found("湯守"), ["4", "5"]);
    assert_eq!(found("女将"), ["3"]);
}

#[test]
fn words_of_groups_that_stay_apart_are_told() {
    let table = Synonyms::default();
    let words = ["夜間".to_owned(), "派遣".to_owned(), "出向".to_owned()];
    assert_eq!(table.kept_apart(&words), Some(("派遣", "出向")));
    assert_eq!(table.kept_apart(&words[..2]), None);
}
