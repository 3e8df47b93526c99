//! Does an employment opening limit or prefer an age or a sex? (W-AGE-WORD, W-SEX-WORD of the import
//! convention, §8.)
//!
//! Narrower than the [linter](crate::rules::wording), because it also reads narrative fields: facts about the
//! president, the firm, its staff and its customers are no condition on the person sought. The table gives
//! wording that limits and, for each trap, the factual phrase around it that shows it does not.
//!
//! 労働施策総合推進法9条, 男女雇用機会均等法5条.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::rules::phrases::{self, Phrases};
use crate::rules::table;
use crate::rules::wording::Category;

/// What the fields of one opening say about the age and the sex of the person sought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgeSex {
    /// The first words that limit or prefer an age, in NFKC and without spaces.
    pub age: Option<String>,
    /// The first words that limit or prefer a sex, or the first gendered job name.
    pub sex: Option<String>,
}

#[derive(Deserialize)]
struct Phrase {
    #[cfg(test)]
    id: String,
    category: Category,
    verdict: Verdict,
    pattern: String,
    #[cfg(test)]
    example: String,
}

#[derive(PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Limits,
    Fact,
}

impl Phrase {
    /// The pattern with `{n0}` (a number), `{n}` (an age) and `{d}` (a decade of life) written out.
    fn regex(&self) -> String {
        self.pattern
            .replace("{n}", "{n0}(?:歳|才)")
            .replace("{n0}", "(?:1[01][0-9]|[0-9]{1,2}|[〇一二三四五六七八九十]{1,4})")
            .replace("{d}", "(?:[1-9]0|[一二三四五六七八九]?十)(?:歳|才)?代")
    }
}

static TABLE: LazyLock<Vec<Phrase>> = LazyLock::new(|| table::rows(include_str!("data/age_sex.csv")));

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let patterns: Vec<_> = TABLE.iter().map(Phrase::regex).collect();
    Phrases::new(&patterns).expect("the patterns compiled into the program are regular expressions")
});

/// Reads the fields that describe the work and the person sought: タイトル, 役割, ミッション, 業務内容,
/// 求める人物. Only for 雇用; other contracts are not bound by §8.
pub fn age_or_sex<'a>(fields: impl IntoIterator<Item = &'a str>) -> AgeSex {
    let mut found = AgeSex::default();
    for line in fields.into_iter().flat_map(phrases::lines) {
        for hit in standing(&line) {
            let words = match TABLE[hit.pattern].category {
                Category::Age => &mut found.age,
                _ => &mut found.sex,
            };
            words.get_or_insert_with(|| line[hit.span].to_owned());
        }
    }
    found
}

fn standing(line: &str) -> Vec<phrases::Hit> {
    let role = |pattern: usize| (TABLE[pattern].category, TABLE[pattern].verdict == Verdict::Fact);
    phrases::upheld(PHRASES.hits(line, |_| true), role)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], age: bool, sex: bool) {
        for text in texts {
            let found = age_or_sex([*text]);
            assert_eq!((found.age.is_some(), found.sex.is_some()), (age, sex), "{text}: {found:?}");
        }
    }

    #[test]
    fn every_row_of_the_table_judges_its_own_example() {
        for row in TABLE.iter() {
            let found = age_or_sex([row.example.as_str()]);
            let words = if row.category == Category::Age { found.age } else { found.sex };
            assert_eq!(words.is_some(), row.verdict == Verdict::Limits, "{}: {words:?}", row.id);
            let line = phrases::lines(&row.example).next().expect("a line");
            assert!(PHRASES.hits(&line, |pattern| TABLE[pattern].id == row.id).len() == 1, "{}", row.id);
        }
    }

    #[test]
    fn an_age_as_a_condition_on_the_person_sought_is_found() {
        check(
            &[
                "35歳まで",
                "３５歳以下の方",
                "35才未満",
                "三十五歳まで",
                "五十歳までの方を想定しています。",
                "40歳以内の方を希望します",
                "45歳ぐらいまでの方",
                "35歳までに限ります",
                "社長が求めるのは35歳以下の方です",
                "経験者(35歳迄)",
                "20代の社員も活躍中。35歳以下の方を募集",
                "25歳から35歳まで",
                "30代歓迎",
                "３０代歓迎",
                "20代の方限定",
                "三十代の方限定",
                "20代・30代の方、大歓迎",
                "20代〜30代歓迎",
                "30代の方を歓迎します",
                "40代の後継者候補を募集",
                "若い方",
                "若い方歓迎",
                "若い方を求めています",
                "若手歓迎",
                "若手人材を募集",
                "若手の方歓迎",
                "若手の後継者を求めます",
                "若い方に来てほしい",
                "若い方が来てくれると助かります",
                "30歳代の方歓迎",
                "30代くらいまでの方",
                "二十代〜三十代の方を歓迎します",
                "35歳まで、長く勤められる方",
                "25歳から35歳までの、長く働ける方",
                "35歳以下の方がいると助かります",
                "35歳以下の方が望ましい",
                "定年65歳、40歳以下の方を募集",
                "社長は72歳。35歳以下の後継者を募集",
                "年齢制限あり",
                "若手・中堅歓迎",
                "社長が35歳までを希望",
            ],
            true,
            false,
        );
    }

    #[test]
    fn a_fact_about_president_firm_or_staff_is_no_age_limit() {
        check(
            &[
                "社長は72歳",
                "社長は今年72歳になります",
                "64歳の社長は打ち明けます",
                "20代の社員も活躍中",
                "20代の社員も活躍中です。30代の社員も在籍しています",
                "20代から60代まで働いています",
                "20代から60代までの社員が働いています",
                "創業35年",
                "創業35年以内の会社",
                "経験3年以上",
                "年齢不問",
                "年齢は問いません",
                "60歳まで現場に立つつもりでした",
                "社長は75歳まで現役です",
                "65歳までに事業を引き継ぎたい",
                "定年60歳(65歳まで再雇用)",
                "若手から年長者まで幅広い世代がいます",
                "若手社員が活躍しています",
                "若い職人が鉄板を返します",
                "若い人に技術を伝える",
                "若手の採用と定着",
                "四十代に入り",
                "三代目候補募集",
                "1990年代の機械",
                "10年以内に引き継ぐ",
                "20代向けの商品を企画",
                "年齢の上限はありません",
                "年齢制限なし",
                "先代は70歳まで釜の前に立ちました",
                "若い方にも年配の方にも愛される味",
                "30代限定ではありません",
                "若手に限らず歓迎",
                "代表者の年齢は72歳です",
                "平均年齢は35歳です",
                "70歳まで働ける職場です",
                "70歳までに誰かへ渡したい",
                "12歳以下のお子さん向けの教室",
                "65歳以上の方が多い町です",
                "普通自動車免許(18歳以上)",
                "20代から60代まで幅広い方が活躍しています",
                "22歳から68歳の方が働いています",
            ],
            false,
            false,
        );
    }

    #[test]
    fn a_sex_that_is_limited_or_preferred_is_found() {
        check(
            &[
                "女性のみ",
                "男性限定",
                "女性歓迎",
                "女性優先",
                "男性希望",
                "男性の方を希望します",
                "女性スタッフ募集",
                "主婦歓迎",
                "主夫歓迎",
                "主婦の方も歓迎します",
                "主婦限定",
                "主婦優先",
                "女性ならではの視点を生かせます",
                "営業マン募集",
                "営業マン",
                "看護婦",
                "ウェイトレス",
                "ｳｪｲﾄﾚｽ募集",
                "女性の方のご応募を歓迎します",
                "女性に限ります",
                "男性が望ましい",
                "女性事務員を急募",
                "ホテルマン",
                "営業マンとして活躍していただきます",
                "女性のかた歓迎",
            ],
            false,
            true,
        );
        check(&["30代の女性歓迎", "女性(30代まで)歓迎"], true, true);
    }

    #[test]
    fn a_fact_about_staff_or_customers_is_no_limit_by_sex() {
        check(
            &[
                "年齢や性別は問いません",
                "性別不問",
                "女性も活躍中です",
                "女性社員が多数在籍しています",
                "社員は男性3名、女性5名です",
                "女性の役職者は18%です",
                "女性に人気の商品",
                "女性向けの商品を企画",
                "主婦に人気の店",
                "キーマンとなる取引先へ同行します",
                "男女を問わず歓迎",
                "男女問わず募集",
                "社長の娘夫婦は遠くで暮らしています",
                "女将が切り盛りしています",
                "女性限定ではありません",
                "女性だけでなく男性も活躍しています",
                "主婦(主夫)歓迎",
                "男性・女性ともに歓迎",
                "女性限定の宿泊プランを企画",
                "女性だけの職場です",
                "女性活躍推進企業です",
            ],
            false,
            false,
        );
    }

    #[test]
    fn any_of_the_fields_can_carry_the_words() {
        let found = age_or_sex(["【週3日】後継者候補募集", "", "仕入れ\n若手歓迎", "女性のみ"]);
        assert_eq!((found.age.as_deref(), found.sex.as_deref()), (Some("若手歓迎"), Some("女性のみ")));
    }
}
