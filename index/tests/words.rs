//! What people type and what they expect to find.

mod common;

use common::{opening, shelf, shelf_of, word};
use migiude_index::{Note, Reason, normalise};

#[test]
fn two_spellings_of_the_same_word_find_each_other() {
    let pairs = [
        ("ＩＴ", "it"),
        ("ﾏｰｹﾃｨﾝｸﾞ", "マーケティング"),
        ("髙島屋", "高島屋"),
        ("長﨑", "長崎"),
        ("國學院", "国学院"),
        ("廣島", "広島"),
        ("渡邉", "渡辺"),
        ("齋藤", "斎藤"),
        ("週一", "週1"),
        ("週１", "週一"),
        ("月二回", "月2回"),
        ("サーバー", "サーバ"),
        ("メーカ", "メーカー"),
        ("葛󠄀城", "葛城"),
        ("カ\u{3099}ラス", "ガラス"),
        ("コ−ヒ−豆", "コーヒー豆"),
        ("ＫＩＮＴＯＮＥ", "kintone"),
        ("酒 蔵", "酒　蔵"),
        ("三代目", "3代目"),
        ("バイオリン", "ヴァイオリン"),
        ("引継ぎ", "引き継ぎ"),
        ("引継", "引継ぎ"),
        ("取組み", "取り組み"),
        ("受付", "受け付け"),
        ("申込", "申し込み"),
        ("組立", "組み立て"),
        ("見積り", "見積もり"),
        ("問合せ", "問い合わせ"),
        ("リンゴ", "りんご"),
        ("ものづくり", "モノづくり"),
        ("3ヶ月", "三か月"),
        ("３カ月", "3ヵ月"),
        ("週に一日", "週1日"),
        ("月に２回", "月二回"),
        ("焼物", "焼き物"),
    ];
    for (typed, written) in pairs {
        let shelf = shelf(&[&format!("当社は{written}のことを考えています。"), "ほかのことです。"]);
        assert_eq!(shelf.find(typed), ["0"], "{typed} → {written}");
        let shelf = common::shelf(&[&format!("当社は{typed}のことを考えています。"), "ほかのことです。"]);
        assert_eq!(shelf.find(written), ["0"], "{written} → {typed}");
    }
}

#[test]
fn a_verb_is_found_by_the_noun_made_of_it() {
    let shelf =
        shelf(&["お客さまの声を聞き、改善に取り組みます", "道具を一つずつ組み立てる仕事", "生き物の世話"]);
    assert_eq!(shelf.find("取組"), ["0"]);
    assert_eq!(shelf.find("組立て"), ["1"]);
    assert_eq!(shelf.find("生物"), [""; 0], "生き物 is another word than 生物");
}

#[test]
fn a_word_in_other_kana_is_the_word() {
    let shelf = shelf(&["りんごの園", "職人のそばで働く"]);
    let hit = shelf.only_hit("リンゴ");
    assert_eq!((hit.id.as_str(), hit.reasons), ("0", vec![word("リンゴ")]));
}

#[test]
fn kana_find_the_kanji_that_are_read_like_them() {
    let shelf = shelf(&["豆腐をつくる町工場", "温泉のある町", "倉敷で働く"]);
    for (kana, kanji, id) in [("とうふ", "豆腐", "0"), ("オンセン", "温泉", "1"), ("くらしき", "倉敷", "2")]
    {
        let hit = shelf.only_hit(kana);
        let reason = Reason::Synonym { asked: kana.into(), found: kanji.into() };
        assert_eq!((hit.id.as_str(), hit.reasons), (id, vec![reason]), "{kana}");
    }
}

#[test]
fn partner_is_not_broken_by_its_long_vowels() {
    let shelf = shelf(&["パートナーを募集", "パートを募集", "サーバーの管理", "サーバントリーダー"]);
    assert_eq!(shelf.find("パートナー"), ["0"]);
    assert_eq!(shelf.find("パートナ"), ["0"]);
    assert_eq!(shelf.find("サーバ"), ["2"]);
}

#[test]
fn numerals_that_count_no_time_stay_as_they_are() {
    assert_eq!(normalise("週一日、月十二回、三年"), "週1日、月12回、3年");
    assert_eq!(normalise("唯一日本で一番、統一日程"), "唯一日本で一番、統一日程");
    assert_eq!(normalise("三個入り、三か所、月に帰る"), "三個入り、三か所、月に帰る");
}

#[test]
fn a_false_friend_is_not_found_beside_a_true_hit() {
    let friends = [
        ("京都", "東京都で働く", "京都で働く"),
        ("人事", "個人事業主として契約", "人事の経験"),
        ("理事", "管理事業を担う", "協会の理事"),
        ("経理", "神経理学の研究", "経理の経験"),
        ("都市", "京都市の旅館", "都市の暮らし"),
    ];
    for (asked, false_friend, true_hit) in friends {
        let shelf = shelf(&[false_friend, true_hit]);
        assert_eq!(shelf.find(asked), ["1"], "{asked}");
        assert_eq!(shelf.only_hit(asked).reasons, [word(asked)]);
    }
}

#[test]
fn characters_across_words_are_found_when_nothing_else_is() {
    let shelf = shelf(&["東京都で働く", "大阪府で働く"]);
    let hit = shelf.only_hit("京都");
    assert_eq!((hit.id.as_str(), hit.reasons), ("0", vec![Reason::Part { asked: "京都".into() }]));
}

#[test]
fn a_piece_of_a_katakana_word_is_no_hit_even_when_nothing_else_is() {
    let shelf = shelf(&["フライス盤の前に立つ", "大型チェーンが近くにできた"]);
    assert_eq!(shelf.find("ライス"), [""; 0]);
    assert_eq!(shelf.find("ブロックチェーン"), [""; 0], "a chain of shops is only its second half");
}

#[test]
fn a_part_of_a_longer_word_is_found_behind_the_word_itself() {
    for (asked, longer, itself) in [
        ("会計", "公認会計士の事務所", "会計の経験"),
        ("後継", "後継ぎを探しています", "後継の問題"),
        ("エンジニア", "エンジニアリング会社", "エンジニアの経験"),
    ] {
        let shelf = shelf(&[longer, itself, "何もない"]);
        let found = shelf.find(asked);
        assert_eq!(found, ["1", "0"], "{asked}");
        let reasons = shelf.ask(asked).hits.into_iter().map(|hit| hit.reasons).collect::<Vec<_>>();
        assert_eq!(reasons, [vec![word(asked)], vec![Reason::Part { asked: asked.into() }]]);
    }
}

#[test]
fn a_rare_part_still_ranks_behind_a_common_word() {
    let mut texts = vec!["会計の経験"; 30];
    texts.push("公認会計士の事務所");
    let found = shelf(&texts).ask("会計");
    assert_eq!(found.total, 31);
    assert!(found.hits.iter().all(|hit| hit.id != "30"), "it is not among the first twenty");
}

#[test]
fn latin_words_are_whole_words() {
    let shelf = shelf(&["PROFITの大きい事業", "IT化を進める", "ITを使う"]);
    let mut found = shelf.find("IT");
    found.sort();
    assert_eq!(found, ["1", "2"]);
}

#[test]
fn a_single_character_matches_as_a_trade_but_not_in_the_narrative() {
    let mut trade = opening("trade", "老舗です");
    trade.strong = vec!["酒".into()];
    let shelf = shelf_of(&[trade, opening("narrative", "夜は酒も飲みます"), opening("brewery", "酒蔵です")]);
    let mut found = shelf.find("酒");
    found.sort();
    assert_eq!(found, ["brewery", "trade"]);
    let mut found = shelf.find("酒蔵");
    found.sort();
    assert_eq!(found, ["brewery", "trade"]);
    let narrative = common::shelf(&["夜は酒も飲みます"]);
    assert_eq!(narrative.find("酒"), [""; 0], "not even where nothing else is");
}

#[test]
fn one_slip_in_a_long_word_is_forgiven_and_named() {
    let shelf = shelf(&["マーケティングの経験", "ブランディングの経験", "kintoneの経験", "生産管理の経験"]);
    for (slip, meant, id) in [
        ("マーケテング", "マーケティング", "0"),
        ("マーケティンク", "マーケティング", "0"),
        ("マケーティング", "マーケティング", "0"),
        ("kintne", "kintone", "2"),
        ("kinotne", "kintone", "2"),
    ] {
        let hit = shelf.only_hit(slip);
        assert_eq!(hit.id, id, "{slip}");
        assert_eq!(hit.reasons, [Reason::Typo { asked: slip.into(), found: meant.into() }]);
    }
    assert_eq!(shelf.find("マケテング"), [""; 0], "two slips are too many");
    assert_eq!(shelf.find("主産管理"), [""; 0], "a kanji is never a slip");
    assert_eq!(shelf.find("kint"), [""; 0]);
}

#[test]
fn all_words_must_be_there() {
    let shelf = shelf(&["番頭を求む", "週1日の仕事", "番頭を週1日で求む"]);
    for query in ["番頭 週一", "番頭　週１", "週一、番頭"] {
        assert_eq!(shelf.find(query), ["2"], "{query}");
        assert_eq!(shelf.ask(query).notes, []);
    }
}

#[test]
fn where_no_document_has_all_words_those_with_most_are_found_and_a_note_says_so() {
    let shelf = shelf(&["番頭を求む", "週1日の仕事", "番頭を週1日で求む"]);
    let answer = shelf.ask("番頭 週一 宇宙飛行士");
    assert_eq!(answer.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["2"]);
    assert_eq!(answer.notes, [Note::Fewer { found: 2, asked: 3 }]);
    assert_eq!(answer.total, 1);
}

#[test]
fn a_sentence_is_understood_by_its_words() {
    let shelf = shelf(&["蔵元です。右腕となる方と週1日から始めます。", "旅館の女将を求む", "番頭の経験"]);
    assert_eq!(shelf.find("酒蔵で週1回働きたい番頭")[0], "0");
    assert_eq!(shelf.find("番頭週一酒蔵"), ["0"]);
    assert_eq!(shelf.find("女将のお役に立ちたい"), ["1"]);
    let shelf = common::shelf(&["豆腐店の後継ぎを求む", "この会社は人の顔が見える町にあります"]);
    assert_eq!(shelf.find("豆腐屋の仕事を探している人")[0], "0", "people and work are in every text");
}

#[test]
fn of_a_sentence_two_thirds_suffice_and_of_words_typed_apart_none_may_be_missing() {
    let shelf = shelf(&["漆器の工房で週末に営業をする", "漆器の営業をする", "営業をする"]);
    assert_eq!(shelf.find("週末に漆器を営業する"), ["0", "1"]);
    assert_eq!(shelf.find("週末 漆器 営業"), ["0"]);
}

#[test]
fn a_phrase_is_not_found_across_sentences() {
    let shelf = shelf(&["品質。管理は別の人です", "品質管理の経験"]);
    assert_eq!(shelf.find("品質管理")[0], "1");
    assert_eq!(shelf.ask("品質管理").total, 1);
}

#[test]
fn signs_around_a_word_do_not_matter() {
    let shelf = shelf(&["酒蔵の番頭を求む", "旅館の女将を求む"]);
    for query in ["酒蔵！", "「酒蔵」", "※酒蔵", "#酒蔵 ★番頭★", "酒蔵/番頭", "\"酒蔵\""]
    {
        assert_eq!(shelf.find(query), ["0"], "{query}");
    }
}

#[test]
fn place_names_with_small_ke_are_one_in_short_texts() {
    let mut document = opening("1", "会社が倒産");
    document.strong = vec!["霞ヶ関".into()];
    let shelf = shelf_of(&[document]);
    for spelling in ["霞ヶ関", "霞ケ関", "霞が関"] {
        assert_eq!(shelf.find(spelling), ["1"], "{spelling}");
    }
}
