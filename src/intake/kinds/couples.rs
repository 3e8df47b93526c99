//! `couples.csv`: one row is two people who want to move together.

use super::super::cells::{choice, name};
use super::super::columns::{Column, Type};
use super::super::patch::patch_of;
use super::super::row::Cells;
use crate::domain::{Couple, CoupleCondition, OneOnly};

/// The columns of `couples.csv`.
pub(in crate::intake) const COLUMNS: &[Column] = &[
    Column::must("候補者ID1", Type::Id, &["候補者No1", "候補者ID（1人目）"]),
    Column::may("氏名1", Type::NameBesideId, &["お名前1"]),
    Column::must("候補者ID2", Type::Id, &["候補者No2", "候補者ID（2人目）"]),
    Column::may("氏名2", Type::NameBesideId, &["お名前2"]),
    Column::may("条件", Type::Value, &["希望条件"]),
    Column::may("片方のみの場合", Type::Value, &["片方だけの場合"]),
    Column::may("備考", Type::Long, &["メモ", "特記事項"]),
];

/// What a row says of a pair.
pub(in crate::intake) struct CoupleRow {
    /// 候補者ID1
    pub(in crate::intake) one: String,
    /// 候補者ID2
    pub(in crate::intake) two: String,
    /// Everything that may be left open.
    pub(in crate::intake) rest: CouplePatch,
}

patch_of! {
    /// The optional cells of a pair.
    CouplePatch for Couple { condition: CoupleCondition, one_only: OneOnly, note: String }
}

/// Reads a row; `None` when a required cell could not be read.
pub(in crate::intake) fn read(row: &mut Cells<'_>) -> Option<CoupleRow> {
    let one = row.required("候補者ID1", name::id);
    let two = row.required("候補者ID2", name::id);
    let rest = CouplePatch {
        condition: row.answer("条件", choice::optional),
        one_only: row.answer("片方のみの場合", choice::optional),
        note: row.optional("備考", name::text),
    };
    Some(CoupleRow { one: one?, two: two?, rest })
}
