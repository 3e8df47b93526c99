//! `interests.csv`: one row is a person's interest in an opening.

use super::super::cells::{choice, date, name};
use super::super::columns::{Column, Type};
use super::super::patch::patch_of;
use super::super::row::Cells;
use crate::domain::{Interest, InterestKind};

/// The columns of `interests.csv`.
pub(in crate::intake) const COLUMNS: &[Column] = &[
    Column::must("候補者ID", Type::Id, &["候補者No", "人材ID", "登録番号"]),
    Column::may("氏名", Type::NameBesideId, &["お名前", "名前"]),
    Column::must("募集ID", Type::Id, &["求人ID", "募集No", "案件ID"]),
    Column::may("企業名", Type::NameBesideId, &["会社名", "事業者名", "社名", "法人名"]),
    Column::may("区分", Type::Value, &["種別", "応募区分"]),
    Column::may("経路", Type::Short, &["きっかけ", "媒体"]),
    Column::may("応募日", Type::Value, &["申込日", "受付日"]),
    Column::may("メモ", Type::Long, &["備考", "特記事項"]),
];

/// What a row says of an interest.
pub(in crate::intake) struct InterestRow {
    /// 候補者ID
    pub(in crate::intake) candidate: String,
    /// 募集ID
    pub(in crate::intake) opening: String,
    /// Everything that may be left open.
    pub(in crate::intake) rest: InterestPatch,
}

patch_of! {
    /// The optional cells of an interest.
    InterestPatch for Interest { kind: InterestKind, channel: String, on: jiff::civil::Date, memo: String }
}

/// Reads a row; `None` when a required cell could not be read.
pub(in crate::intake) fn read(row: &mut Cells<'_>) -> Option<InterestRow> {
    let candidate = row.required("候補者ID", name::id);
    let opening = row.required("募集ID", name::id);
    let rest = InterestPatch {
        kind: row.answer("区分", choice::optional),
        channel: row.optional("経路", name::text),
        on: row.optional("応募日", date::day),
        memo: row.optional("メモ", name::text),
    };
    Some(InterestRow { candidate: candidate?, opening: opening?, rest })
}
