//! `candidates.csv`: one row is a person.

use super::super::cells::{choice, contact, date, list, name, work};
use super::super::columns::{Column, Type};
use super::super::patch::patch_of;
use super::super::row::Cells;
use crate::domain::{
    Areas, CandidateFacts, Consent, ContractWish, Days, MoveWish, ProfileFacts, SideJob, Track,
};

/// The columns of `candidates.csv`.
pub(in crate::intake) const COLUMNS: &[Column] = &[
    Column::must("候補者ID", Type::Id, &["候補者No", "人材ID", "登録番号"]),
    Column::must("氏名", Type::PersonName, &["お名前", "名前"]),
    Column::may("ふりがな", Type::Value, &["フリガナ", "よみ"]),
    Column::must("メール", Type::Value, &["メールアドレス", "E-mail", "mail"]),
    Column::may("電話番号", Type::Value, &["電話", "携帯", "TEL"]),
    Column::may("居住地", Type::Short, &["住所", "お住まい"]),
    Column::may("ゆかりの地域", Type::Short, &["ゆかり", "縁のある地域"]),
    Column::may("希望トラック", Type::Value, &["希望コース", "志望区分"]),
    Column::may("希望地域", Type::Areas, &["希望エリア", "希望勤務地"]),
    Column::may("希望業種", Type::Short, &["興味のある業種"]),
    Column::may("週稼働日数", Type::Value, &["稼働可能日数", "週の稼働", "稼働日数"]),
    Column::may("移住意向", Type::Value, &["移住", "移住希望"]),
    Column::may("希望契約", Type::Value, &["契約希望"]),
    Column::may("現職", Type::Short, &["職業", "勤務先・職種"]),
    Column::may("副業許可", Type::Value, &["副業の許可", "本業の許可"]),
    Column::may("見出し", Type::Short, &["ひとこと", "キャッチ"]),
    Column::may("職務要約", Type::Long, &["経歴", "職務経歴"]),
    Column::may("スキル", Type::Tags, &["得意分野", "保有スキル"]),
    Column::may("実績", Type::Long, &["主な実績"]),
    Column::may("志望動機", Type::Long, &["動機", "応募動機"]),
    Column::may("個人情報同意", Type::Value, &["同意", "第三者提供の同意"]),
    Column::may("登録日", Type::Value, &["受付日", "申込日"]),
    Column::may("備考", Type::Long, &["メモ", "特記事項"]),
];

/// Columns that law and decency keep out: reported once a file, never copied (§3.6 of the convention).
pub(in crate::intake) const KEPT_OUT: [&str; 11] = [
    "性別",
    "年齢",
    "生年月日",
    "本籍",
    "出身地",
    "家族構成",
    "配偶者",
    "健康状態",
    "支持政党",
    "宗教",
    "顔写真",
];

/// What a row says of a person.
pub(in crate::intake) struct CandidateRow {
    /// 候補者ID
    pub(in crate::intake) code: String,
    /// 氏名
    pub(in crate::intake) name: String,
    /// メール
    pub(in crate::intake) mail: String,
    /// Everything that may be left open.
    pub(in crate::intake) rest: CandidatePatch,
}

patch_of! {
    /// The optional cells of a person.
    CandidatePatch for CandidateFacts {
        kana: String, phone: String, home: String, ties: String, track: Track, areas: Areas, industries: String,
        days: Days, move_wish: MoveWish, contract: ContractWish, present_job: String, side_job: SideJob,
        headline: String, summary: String, skills: Vec<String>, achievements: String, motive: String,
        consent: Consent, registered_on: jiff::civil::Date, note: String,
    }
}

/// Reads a row; `None` when a required cell could not be read.
pub(in crate::intake) fn read(row: &mut Cells<'_>) -> Option<CandidateRow> {
    let code = row.required("候補者ID", name::id);
    let person = row.required("氏名", name::person);
    let mail = row.required("メール", contact::mail);
    let rest = CandidatePatch {
        kana: row.optional("ふりがな", name::hiragana),
        phone: row.optional("電話番号", contact::telephone),
        home: row.optional("居住地", name::text),
        ties: row.optional("ゆかりの地域", name::text),
        track: row.answer("希望トラック", choice::optional),
        areas: row.optional("希望地域", list::areas),
        industries: row.optional("希望業種", name::text),
        days: row.optional("週稼働日数", work::days),
        move_wish: row.answer("移住意向", choice::optional),
        contract: row.answer("希望契約", choice::optional),
        present_job: row.optional("現職", name::text),
        side_job: row.answer("副業許可", choice::optional),
        headline: row.optional("見出し", name::text),
        summary: row.optional("職務要約", name::text),
        skills: row.optional("スキル", list::tags),
        achievements: row.optional("実績", name::text),
        motive: row.optional("志望動機", name::text),
        consent: row.answer("個人情報同意", choice::optional),
        registered_on: row.optional("登録日", date::day),
        note: row.optional("備考", name::text),
    };
    Some(CandidateRow { code: code?, name: person?, mail: mail?, rest })
}

impl CandidateRow {
    /// The facts of a person nobody knew before.
    pub(in crate::intake) fn facts(&self) -> CandidateFacts {
        let mut facts = CandidateFacts {
            name: self.name.clone(),
            kana: None,
            mail: self.mail.clone(),
            phone: None,
            home: None,
            ties: None,
            track: None,
            areas: None,
            industries: None,
            days: None,
            move_wish: None,
            contract: None,
            present_job: None,
            side_job: SideJob::Unknown,
            headline: None,
            summary: None,
            skills: Vec::new(),
            achievements: None,
            motive: None,
            consent: Consent::Unknown,
            registered_on: None,
            note: None,
            more: ProfileFacts::default(),
        };
        self.rest.write(&mut facts);
        facts
    }
}
