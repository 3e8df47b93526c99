//! What is suggested to who types or has mistyped: only what would be found.

mod common;

use common::{opening, shelf, shelf_of};
use migiude_index::{Kind, Note, Query};

fn suggested(shelf: &common::Shelf, typed: &str) -> Vec<(String, u64)> {
    let found = shelf.index.suggest(&Query::new(Kind::Opening, typed)).expect("an answer");
    found.into_iter().map(|one| (one.text, one.count)).collect()
}

#[test]
fn a_word_goes_on_as_words_of_the_collection_do_and_most_used_first() {
    let shelf = shelf(&["酒蔵の番頭", "酒蔵の仕事", "酒粕をつくる", "旅館の仕事"]);
    assert_eq!(suggested(&shelf, "酒"), [("酒蔵".into(), 2), ("酒粕".into(), 1)]);
    assert_eq!(suggested(&shelf, "番頭　酒"), [("番頭　酒蔵".into(), 2), ("番頭　酒粕".into(), 1)]);
    assert_eq!(suggested(&shelf, "さかぐ"), [("酒蔵".into(), 2)], "kana not yet converted");
    assert_eq!(suggested(&shelf, "旅"), [("旅館".into(), 1)]);
}

#[test]
fn nothing_is_suggested_that_is_not_found() {
    let shelf = shelf(&["酒蔵の番頭"]);
    for typed in ["", "　", "さ", "k", "女", "宇宙", "！？", "酒蔵の"] {
        assert_eq!(suggested(&shelf, typed), [], "{typed}");
    }
}

#[test]
fn words_of_hidden_documents_are_neither_suggested_nor_meant() {
    let mut hidden = opening("hidden", "クラフトビールの醸造");
    hidden.shown = false;
    let mut barred = opening("barred", "クラフトジンの蒸留");
    barred.marks = vec!["firm".into()];
    let shelf = shelf_of(&[hidden, barred, opening("shown", "番頭を求む")]);
    let ask = |text: &str| Query { without: vec!["firm".into()], ..Query::new(Kind::Opening, text) };
    assert_eq!(shelf.index.suggest(&ask("クラフト")).unwrap(), []);
    for asked in ["クラブトビル", "クラブトシン"] {
        assert_eq!(shelf.index.search(&ask(asked)).unwrap().notes, [], "{asked}");
    }
    let all = Query { shown_only: false, ..ask("クラフト") };
    assert_eq!(shelf.index.suggest(&all).unwrap().len(), 1);
}

#[test]
fn who_finds_nothing_is_asked_whether_a_word_like_it_was_meant() {
    let shelf = shelf(&["デザインの経験", "マーケティングの経験", "後継者を求む", "Pythonの経験"]);
    for (asked, meant) in [
        ("デザイソ", "デザイン"),
        ("マケーティグ", "マーケティング"),
        ("後継社", "後継者"),
        ("pithan", "python"),
    ] {
        let note = Note::Perhaps { asked: asked.into(), meant: vec![meant.into()] };
        assert_eq!(shelf.ask(asked).notes, [note], "{asked}");
    }
    assert_eq!(shelf.ask("獣医師").notes, []);
}
