//! `rankings_candidates.csv` and `rankings_openings.csv`: one row is an entry of a rank-order list.

use super::super::cells::{amount, name};
use super::super::columns::{Column, Type};
use super::super::patch::Patch;
use super::super::row::Cells;

/// The columns of `rankings_candidates.csv`.
pub(in crate::intake) const OF_CANDIDATES: &[Column] = &[
    Column::must("候補者ID", Type::Id, &["候補者No", "人材ID", "登録番号"]),
    Column::may("氏名", Type::NameBesideId, &["お名前", "名前"]),
    Column::must("順位", Type::Value, &["希望順位", "志望順", "希望順"]),
    Column::must("募集ID", Type::Id, &["求人ID", "募集No", "案件ID"]),
    Column::may("企業名", Type::NameBesideId, &["会社名", "事業者名", "社名", "法人名"]),
    Column::may("メモ", Type::Long, &["備考", "特記事項"]),
];

/// The columns of `rankings_openings.csv`.
pub(in crate::intake) const OF_OPENINGS: &[Column] = &[
    Column::must("募集ID", Type::Id, &["求人ID", "募集No", "案件ID"]),
    Column::may("企業名", Type::NameBesideId, &["会社名", "事業者名", "社名", "法人名"]),
    Column::must("順位", Type::Value, &["評価順位", "志望順", "希望順"]),
    Column::must("候補者ID", Type::Id, &["候補者No", "人材ID", "登録番号"]),
    Column::may("氏名", Type::NameBesideId, &["お名前", "名前"]),
    Column::may("メモ", Type::Long, &["備考", "特記事項"]),
];

/// What a row says: the same in both files, only the owner of the list differs.
pub(in crate::intake) struct RankingRow {
    /// 候補者ID
    pub(in crate::intake) candidate: String,
    /// 募集ID
    pub(in crate::intake) opening: String,
    /// 順位, as written: from 1, with ties and gaps.
    pub(in crate::intake) rank: u32,
    /// メモ
    pub(in crate::intake) memo: Patch<String>,
}

/// Reads a row; `None` when a required cell could not be read.
pub(in crate::intake) fn read(row: &mut Cells<'_>) -> Option<RankingRow> {
    let candidate = row.required("候補者ID", name::id);
    let opening = row.required("募集ID", name::id);
    let rank = row.required("順位", amount::rank);
    let memo = row.optional("メモ", name::text);
    Some(RankingRow { candidate: candidate?, opening: opening?, rank: rank?, memo })
}
