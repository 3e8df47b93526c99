//! `openings.csv`: one row is an opening of a firm.

use super::super::cells::{amount, choice, clean, date, list, name, pay, work};
use super::super::code::Code;
use super::super::columns::{Column, Type};
use super::super::patch::patch_of;
use super::super::row::Cells;
use crate::domain::{Contract, Days, Length, OpeningFacts, Pay, Range, Start, TrialKind};

/// The columns of `openings.csv`.
pub(in crate::intake) const COLUMNS: &[Column] = &[
    Column::must("募集ID", Type::Id, &["求人ID", "募集No", "案件ID"]),
    Column::may("企業ID", Type::Id, &["企業No", "企業番号", "会社ID"]),
    Column::may("企業名", Type::NameBesideId, &["会社名", "事業者名", "社名", "法人名"]),
    Column::must("種別", Type::Value, &["区分", "募集種別"]),
    Column::may("役割", Type::Short, &["ポジション", "役職"]),
    Column::must("タイトル", Type::Short, &["募集タイトル", "件名"]),
    Column::may("ミッション", Type::Long, &["目標", "3か月の目標"]),
    Column::must("業務内容", Type::Long, &["仕事内容", "お願いしたいこと"]),
    Column::may("勤務日数/週", Type::Value, &["週の稼働", "勤務日数", "稼働日数", "勤務日数（週）"]),
    Column::may("リモート率", Type::Value, &["リモート", "在宅割合"]),
    Column::must("契約形態", Type::Value, &["契約", "契約区分"]),
    Column::may("報酬", Type::Value, &["謝礼", "給与・報酬", "待遇"]),
    Column::may("勤務地", Type::Short, &["就業場所", "場所"]),
    Column::may("期間", Type::Value, &["契約期間", "トライアル期間"]),
    Column::may("募集人数", Type::Value, &["人数", "定員", "募集人員"]),
    Column::may("開始時期", Type::Value, &["開始日", "開始予定"]),
    Column::may("応募締切", Type::Value, &["締切", "締切日", "募集締切"]),
    Column::may("求める人物", Type::Long, &["求める人物像", "応募条件"]),
    Column::may("歓迎スキル", Type::Tags, &["スキル", "歓迎条件"]),
    Column::may("任せない範囲", Type::Long, &["任せないこと"]),
    Column::may("就業時間", Type::Short, &["勤務時間"]),
    Column::may("変更の範囲", Type::Short, &["業務・場所の変更の範囲"]),
    Column::may("試用期間", Type::Short, &["試用"]),
    Column::may("社会保険", Type::Short, &["加入保険", "保険"]),
    Column::may("受動喫煙対策", Type::Short, &["喫煙", "受動喫煙"]),
    Column::may("掲載日", Type::Value, &["公開日", "情報の時点"]),
    Column::may("備考", Type::Long, &["メモ", "特記事項"]),
];

/// What a row says of an opening.
pub(in crate::intake) struct OpeningRow {
    /// 募集ID
    pub(in crate::intake) code: String,
    /// 企業ID; empty where the cell is.
    pub(in crate::intake) firm_code: Option<String>,
    /// 企業名
    pub(in crate::intake) firm_name: Option<String>,
    /// 種別
    pub(in crate::intake) kind: TrialKind,
    /// タイトル
    pub(in crate::intake) title: String,
    /// 業務内容
    pub(in crate::intake) work: String,
    /// 契約形態
    pub(in crate::intake) contract: Contract,
    /// Everything that may be left open.
    pub(in crate::intake) rest: OpeningPatch,
}

patch_of! {
    /// The optional cells of an opening.
    OpeningPatch for OpeningFacts {
        role: String, mission: String, days: Days, remote: Range<u8>, pay: Pay, place: String, length: Length,
        seats: u8, start: Start, deadline: jiff::civil::Date, wanted: String, skills: Vec<String>,
        not_entrusted: String, hours: String, changes: String, probation: String, insurance: String,
        smoking: String, posted_on: jiff::civil::Date, note: String,
    }
}

/// Reads a row; `None` when a required cell could not be read.
pub(in crate::intake) fn read(row: &mut Cells<'_>) -> Option<OpeningRow> {
    let code = row.required("募集ID", name::id);
    let firm_code = row.optional("企業ID", name::id).value().cloned();
    let firm_name = row.optional("企業名", name::firm).value().cloned();
    let kind = row.required("種別", choice::required);
    let title = row.required("タイトル", name::text);
    let work = row.required("業務内容", name::text);
    let contract = row.required("契約形態", choice::required);
    let seats = row.optional("募集人数", amount::places);
    if seats.value().is_none() && !row.found_in("募集人数") {
        row.say("募集人数", Code::QuotaAssumed);
    }
    let names_no_pay = |text: &str| clean::is_marker(text) || pay::is_left_open(text);
    let rest = OpeningPatch {
        role: row.optional("役割", name::text),
        mission: row.optional("ミッション", name::text),
        days: row.optional("勤務日数/週", work::days),
        remote: row.answer("リモート率", work::percent),
        pay: row.optional_unless("報酬", names_no_pay, |text| pay::pay(text, contract)),
        place: row.optional("勤務地", name::text),
        length: row.optional("期間", work::length),
        seats,
        start: row.optional("開始時期", date::start),
        deadline: row.optional("応募締切", date::day),
        wanted: row.optional("求める人物", name::text),
        skills: row.optional("歓迎スキル", list::tags),
        not_entrusted: row.optional("任せない範囲", name::text),
        hours: row.optional("就業時間", name::text),
        changes: row.optional("変更の範囲", name::text),
        probation: row.optional("試用期間", name::text),
        insurance: row.optional("社会保険", name::text),
        smoking: row.optional("受動喫煙対策", name::text),
        posted_on: row.optional("掲載日", date::day),
        note: row.optional("備考", name::text),
    };
    Some(OpeningRow {
        code: code?,
        firm_code,
        firm_name,
        kind: kind?,
        title: title?,
        work: work?,
        contract: contract?,
        rest,
    })
}

impl OpeningRow {
    /// The facts of an opening nobody knew before.
    pub(in crate::intake) fn facts(&self) -> OpeningFacts {
        let mut facts = OpeningFacts {
            kind: self.kind,
            role: None,
            title: self.title.clone(),
            mission: None,
            work: self.work.clone(),
            days: None,
            remote: None,
            contract: self.contract,
            pay: None,
            place: None,
            length: None,
            seats: 1,
            start: None,
            deadline: None,
            wanted: None,
            skills: Vec::new(),
            not_entrusted: None,
            hours: None,
            changes: None,
            probation: None,
            insurance: None,
            smoking: None,
            posted_on: None,
            note: None,
            more: std::collections::BTreeMap::new(),
        };
        self.rest.write(&mut facts);
        facts
    }
}
