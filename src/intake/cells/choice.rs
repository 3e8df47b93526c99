//! Closed lists of answers and their aliases (§5.8 of the convention).

use super::plain::{plain, without_brackets};
use super::{Read, Reading};
use crate::domain::{
    Choice, Consent, Contract, ContractWish, CoupleCondition, InterestKind, MoveWish, OneOnly, OpenName,
    Profit, SideJob, Succession, Track, TrialKind,
};
use crate::intake::code::Code;

/// A list of answers with what sheets also write for each.
pub(in crate::intake) trait Spoken: Choice {
    /// From the answer's Japanese name to its aliases.
    const ALSO: &'static [(&'static str, &'static [&'static str])];
}

/// The answer that a cell gives, or none: compared without width, case and spaces, then without bracketed remarks.
pub(in crate::intake) fn answer<C: Spoken>(text: &str) -> Option<C> {
    let whole = plain(text);
    find(&whole).or_else(|| find(&without_brackets(&whole)))
}

fn find<C: Spoken>(text: &str) -> Option<C> {
    let same = |alias: &str| plain(alias).eq_ignore_ascii_case(text);
    C::ALL.iter().copied().find(|choice| same(choice.ja())).or_else(|| {
        let (name, _) = C::ALSO.iter().find(|(_, aliases)| aliases.iter().any(|alias| same(alias)))?;
        C::from_ja(name)
    })
}

/// An answer in a column that may stay empty.
pub(in crate::intake) fn optional<C: Spoken>(text: &str) -> Reading<C> {
    answer(text).map_or(Err(Code::Unparsed), Read::sure)
}

/// An answer in a column that must have one.
pub(in crate::intake) fn required<C: Spoken>(text: &str) -> Reading<C> {
    answer(text).map_or(Err(Code::Enum), Read::sure)
}

/// 後継者の状況: that somebody is missing does not tell what the firm intends.
pub(in crate::intake) fn succession(text: &str) -> Reading<Succession> {
    optional(text).map_err(|code| {
        let bare = without_brackets(&plain(text));
        if ["なし", "いない", "不在", "後継者なし"].contains(&bare.as_str()) {
            Code::Ambiguous
        } else {
            code
        }
    })
}

macro_rules! aliases {
    ($list:ty { $($value:literal = [$($alias:literal),+],)+ }) => {
        impl Spoken for $list {
            const ALSO: &'static [(&'static str, &'static [&'static str])] = &[$(($value, &[$($alias),+])),+];
        }
    };
}

aliases!(TrialKind {
    "お試し事業承継" = ["おためし事業承継", "事業承継トライアル", "トライアル承継", "お試し承継"],
    "お試しCxO" = ["おためしCxO", "お試しCXO", "おためしCXO", "トライアルCxO", "CxOトライアル"],
});
aliases!(Contract {
    "業務委託" = ["業務委託（準委任）", "準委任", "委託契約", "業務委託契約"],
    "雇用（無期）" = ["正社員", "雇用", "無期雇用", "雇用・無期"],
    "雇用（有期）" = ["契約社員", "有期雇用", "有期", "雇用・有期", "パート"],
    "役員・取締役（委任）" = ["役員（委任）", "取締役（委任）"],
    "出向（在籍型）" = ["在籍型出向"],
    "見学・体験（無償）" = ["見学・体験"],
    "譲渡を前提" = ["譲渡前提"],
});
aliases!(Succession {
    "後継者決定済" = ["決定済", "決定", "後継者あり", "あり"],
    "決めたいが決められていない" = ["未定（決めたい）", "探している", "決めたい", "候補を探している"],
    "自分の代で廃業予定" = ["廃業予定", "自分の代まで", "廃業"],
    "未検討" = ["考えていない", "検討していない", "これから"],
});
aliases!(Profit {
    "黒字" = ["黒", "黒字決算", "○"],
    "赤字" = ["赤", "赤字決算", "×"],
});
aliases!(OpenName {
    "同意" = ["同意済", "済", "○", "可", "OK", "はい"],
    "未同意" = ["未", "×", "不可", "NG", "いいえ", "匿名希望"],
    "確認中" = ["検討中", "相談中", "△"],
});
aliases!(Track {
    "後継者候補" = ["後継ぎ", "承継希望", "後継者"],
    "経営幹部候補" = ["幹部", "右腕", "CxO", "幹部候補"],
    "両方" = ["どちらも", "どちらでも", "後継者候補・経営幹部候補"],
});
aliases!(MoveWish {
    "移住希望" = ["移住したい", "移住", "Uターン希望", "Iターン希望"],
    "二地域居住希望" = ["二地域居住", "二拠点", "二拠点希望"],
    "検討中" = ["未定", "検討", "相談したい"],
    "なし" = ["移住なし", "リモートのみ", "不可", "無し"],
});
aliases!(ContractWish {
    "業務委託" = ["委託", "業務委託希望"],
    "雇用" = ["正社員", "雇用希望"],
    "どちらでも" = ["問わない", "どちらも可", "両方"],
});
aliases!(SideJob {
    "許可済" = ["OK", "○", "あり", "取得済"],
    "申請中" = ["申請", "手続き中", "△"],
    "不要" = ["自営", "自営業のため不要", "対象外"],
    "未確認" = ["未", "×", "確認中"],
});
aliases!(Consent {
    "同意" = ["同意する", "同意済", "○", "はい", "済", "有"],
    "未確認" = ["未", "×", "いいえ", "確認中"],
});
aliases!(InterestKind {
    "応募" = ["エントリー", "申込"],
    "気になる" = ["いいね", "興味あり", "検討"],
});
aliases!(CoupleCondition {
    "同じ企業" = ["同一企業", "同じ会社"],
    "同じ市区町村" = ["同一市町村", "同じ市町村"],
    "同じ都道府県" = ["同一県", "同じ県"],
    "通える範囲" = ["近隣", "近く"],
});
aliases!(OneOnly {
    "二人とも辞退" = ["両方辞退", "二人一緒でなければ辞退"],
    "片方だけでも可" = ["片方可", "一人でも可"],
});

#[cfg(test)]
mod tests {
    use super::*;

    fn every_alias_names_an_answer<C: Spoken + PartialEq + std::fmt::Debug>() {
        for (value, aliases) in C::ALSO {
            let choice = C::from_ja(value);
            assert!(choice.is_some(), "{value}");
            for alias in *aliases {
                assert_eq!(answer::<C>(alias), choice, "{alias}");
            }
        }
        assert_eq!(C::ALSO.len(), C::ALL.len());
    }

    #[test]
    fn every_alias_of_the_convention_is_understood() {
        every_alias_names_an_answer::<TrialKind>();
        every_alias_names_an_answer::<Contract>();
        every_alias_names_an_answer::<Succession>();
        every_alias_names_an_answer::<Profit>();
        every_alias_names_an_answer::<OpenName>();
        every_alias_names_an_answer::<Track>();
        every_alias_names_an_answer::<MoveWish>();
        every_alias_names_an_answer::<ContractWish>();
        every_alias_names_an_answer::<SideJob>();
        every_alias_names_an_answer::<Consent>();
        every_alias_names_an_answer::<InterestKind>();
        every_alias_names_an_answer::<CoupleCondition>();
        every_alias_names_an_answer::<OneOnly>();
    }

    #[test]
    fn width_spaces_and_remarks_do_not_matter() {
        assert_eq!(answer("黒字（3期連続）"), Some(Profit::Black));
        assert_eq!(answer("ＯＫ　"), Some(OpenName::Agreed));
        assert_eq!(answer("雇用 (有期)"), Some(Contract::FixedTerm));
        assert_eq!(answer("業務委託(準委任)"), Some(Contract::Service));
        assert_eq!(required::<Contract>("応相談"), Err(Code::Enum));
        assert_eq!(required::<TrialKind>("アルバイト"), Err(Code::Enum));
        assert_eq!(optional::<Profit>("トントン"), Err(Code::Unparsed));
    }

    #[test]
    fn a_missing_successor_is_no_intention() {
        for text in ["なし", "いない", "不在", "後継者なし"] {
            assert_eq!(succession(text), Err(Code::Ambiguous), "{text}");
        }
        assert_eq!(succession("探している"), Read::sure(Succession::Undecided));
        assert_eq!(succession("海の近く"), Err(Code::Unparsed));
    }
}
