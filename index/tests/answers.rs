//! What an answer holds: totals, facets, pages, marks; and that there is one to every question.

mod common;

use common::{marked, opening, plain, shelf, shelf_of, word};
use migiude_index::{Answer, Document, Kind, Note, Query, Reason};

#[test]
fn marks_lie_on_the_characters_as_written() {
    let shelf = shelf(&["弊社は㈱髙山酒造。ﾏｰｹﾃｨﾝｸﾞと廣報の担当を週一で求めます。"]);
    for (asked, written) in
        [("高山酒造", "髙山酒造"), ("マーケティング", "ﾏｰｹﾃｨﾝｸﾞ"), ("広報", "廣報"), ("週1", "週一")]
    {
        let hit = shelf.only_hit(asked);
        assert!(marked(&hit.snippet).contains(&written), "{asked}: {:?}", hit.snippet);
    }
}

#[test]
fn a_title_is_marked_and_stays_whole() {
    let mut document = opening("1", "本文");
    document.title = "酒蔵の番頭を募集".into();
    let hit = shelf_of(&[document]).only_hit("番頭");
    assert_eq!((plain(&hit.title).as_str(), marked(&hit.title)), ("酒蔵の番頭を募集", vec!["番頭"]));
    assert_eq!(plain(&hit.snippet), "本文");
}

#[test]
fn the_passage_shown_is_the_one_with_the_words() {
    let far = format!("{}番頭を求む{}", "前置きです。".repeat(60), "後書きです。".repeat(60));
    let hit = shelf(&[&far]).only_hit("番頭");
    assert_eq!(marked(&hit.snippet), ["番頭"]);
    assert!(plain(&hit.snippet).chars().count() <= 122);
}

fn in_pref(id: &str, pref: &str, days: &[&str], shown: bool) -> Document {
    let facets = vec![
        ("pref".to_owned(), vec![pref.to_owned()]),
        ("days".to_owned(), days.iter().map(|day| day.to_string()).collect()),
    ];
    Document { facets, shown, ..opening(id, "番頭を求む") }
}

#[test]
fn totals_and_facets_count_what_the_list_shows() {
    let shelf = shelf_of(&[
        in_pref("a", "高知県", &["1", "2"], true),
        in_pref("b", "高知県", &["1"], true),
        in_pref("c", "島根県", &["2"], true),
        in_pref("d", "島根県", &["5"], false),
        Document { facets: vec![("pref".into(), vec!["東京都".into()])], ..opening("e", "旅館") },
    ]);
    let facets = |answer: &Answer| format!("{:?}", answer.facets);
    let all = shelf.ask("番頭");
    assert_eq!(all.total, 3);
    assert_eq!(facets(&all), r#"[("days", [("1", 2), ("2", 2)]), ("pref", [("高知県", 2), ("島根県", 1)])]"#);
    let mut query = Query::new(Kind::Opening, "番頭");
    query.filters =
        vec![("pref".into(), vec!["高知県".into(), "東京都".into()]), ("days".into(), vec!["2".into()])];
    let filtered = shelf.index.search(&query).unwrap();
    assert_eq!(filtered.total, 1);
    assert_eq!(
        facets(&filtered),
        r#"[("days", [("1", 2), ("2", 1)]), ("pref", [("島根県", 1), ("高知県", 1)])]"#
    );
    let filter = |facet: &str, value: &str| Reason::Filter { facet: facet.into(), value: value.into() };
    assert_eq!(filtered.hits[0].reasons, [word("番頭"), filter("pref", "高知県"), filter("days", "2")]);
    query.filters.clear();
    query.shown_only = false;
    assert_eq!(shelf.index.search(&query).unwrap().total, 4);
    query.filters = vec![("pref".into(), vec!["なし".into()])];
    assert_eq!(shelf.index.search(&query).unwrap().total, 0);
}

#[test]
fn an_index_may_be_searched_from_many_threads() {
    let shelf = shelf(&["番頭を求む"]);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let index = shelf.index.clone();
            scope.spawn(move || {
                for _ in 0..20 {
                    assert_eq!(index.search(&Query::new(Kind::Opening, "番頭")).unwrap().total, 1);
                }
            });
        }
    });
}

#[test]
fn openings_and_profiles_are_apart() {
    let profile = Document { kind: Kind::Profile, ..opening("x", "番頭の経験") };
    let shelf = shelf_of(&[opening("x", "番頭を求む"), profile]);
    assert_eq!((shelf.index.count(Kind::Opening), shelf.index.count(Kind::Profile)), (1, 1));
    assert_eq!(shelf.find("番頭"), ["x"]);
    assert_eq!(shelf.find("経験"), [""; 0]);
}

#[test]
fn a_text_that_is_too_long_is_cut_with_a_note() {
    let shelf = shelf(&["番頭を求む"]);
    let answer = shelf.ask(&"番頭".repeat(10_000));
    assert!(matches!(answer.notes.first(), Some(Note::Cut { .. })), "{:?}", answer.notes);
    let many: Vec<String> = (0..100).map(|i| format!("w{i}")).collect();
    assert!(matches!(shelf.ask(&many.join(" ")).notes.first(), Some(Note::Cut { .. })));
}

#[test]
fn only_signs_find_nothing_and_say_so() {
    let shelf = shelf(&["番頭を求む"]);
    let answer = shelf.ask("！？ ☆");
    assert_eq!(answer.total, 0);
    assert_eq!(answer.notes, [Note::Ignored { word: "！？".into() }, Note::Ignored { word: "☆".into() }]);
    assert_eq!(shelf.ask("番頭 ☆").total, 1);
}

#[test]
fn any_string_is_answered() {
    let shelf = shelf(&["番頭を求む", "マーケティング", "kintone 週1日", "東京都 公認会計士 サーバー"]);
    let alphabet: Vec<char> = "番頭京都会計士週一二十月日ーｰサーﾊﾞｶﾞパﾟ゛あいうがgＡa1０ \u{3000}\n\t、。・-'\"*()[]:^~?\\+&|!=$@々ヶ㈱①髙﨑\u{3099}\u{309a}\u{fe0f}\u{e0100}\u{200d}\u{202e}\0é한ไ🍶𠮷".chars().collect();
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..3_000 {
        let length = next(24);
        let text: String = (0..length).map(|_| alphabet[next(alphabet.len())]).collect();
        let answer = shelf.ask(&text);
        assert!(answer.total <= 4, "{text:?}");
        let fewer = answer.notes.iter().find_map(|note| match note {
            Note::Fewer { found, .. } => Some(*found),
            _ => None,
        });
        for hit in &answer.hits {
            assert_eq!(plain(&hit.title), "");
            // What the index found and what is shown as the reason are computed apart and must agree.
            assert_eq!(hit.reasons.len(), fewer.unwrap_or(answer.hits[0].reasons.len()), "{text:?}");
            assert!(!hit.reasons.is_empty() || text.trim().is_empty() || answer.total == 4, "{text:?}");
        }
    }
    for hard in
        ["\u{301}".repeat(10_000), "ー".repeat(5_000), "が".repeat(5_000), "a".repeat(70_000), "\0".into()]
    {
        shelf.ask(&hard);
    }
}

#[test]
fn a_document_of_any_text_is_taken() {
    let hard = [
        "\u{301}".repeat(10_000),
        "ー".repeat(100_000),
        "漢".repeat(100_000),
        "a".repeat(200_000),
        "\0\r\n".into(),
    ];
    let texts: Vec<&str> = hard.iter().map(String::as_str).collect();
    assert_eq!(shelf(&texts).index.count(Kind::Opening), 5);
}
