//! `firms.csv`: one row is a firm.

use super::super::cells::{amount, choice, contact, date, money, name, place};
use super::super::columns::{Column, Type};
use super::super::patch::patch_of;
use super::super::row::Cells;
use crate::domain::{FirmFacts, OpenName, Profit, Range, Succession};

/// The columns of `firms.csv`.
pub(in crate::intake) const COLUMNS: &[Column] = &[
    Column::must("企業ID", Type::Id, &["企業No", "企業番号", "会社ID"]),
    Column::must("企業名", Type::FirmName, &["会社名", "事業者名", "社名", "法人名"]),
    Column::may("企業名カナ", Type::Value, &["フリガナ", "会社名カナ"]),
    Column::may("法人番号", Type::Value, &["法人No", "法人番号（13桁）"]),
    Column::must("都道府県", Type::Value, &["県名", "県"]),
    Column::may("市区町村", Type::Value, &["市町村", "所在市町村"]),
    Column::may("業種", Type::Short, &["業界"]),
    Column::may("従業員数", Type::Value, &["社員数", "従業員"]),
    Column::may("年商", Type::Money, &["売上高", "売上", "年商（円）"]),
    Column::may("創業年", Type::Value, &["創業", "設立年"]),
    Column::may("代表者名", Type::PersonName, &["代表者", "社長名"]),
    Column::may("社長年齢", Type::Value, &["代表者年齢", "年齢（社長）"]),
    Column::may("後継者の状況", Type::Value, &["後継者", "後継者有無"]),
    Column::may("黒字/赤字", Type::Value, &["損益", "直近決算", "黒字・赤字"]),
    Column::may("オープンネーム同意", Type::Value, &["社名公開", "実名公開の同意"]),
    Column::may("紹介元", Type::Short, &["紹介者", "経由"]),
    Column::may("会社概要", Type::Long, &["企業概要", "会社紹介"]),
    Column::may("登録日", Type::Value, &["受付日", "登録年月日"]),
    Column::may("備考", Type::Long, &["メモ", "特記事項"]),
];

/// What a row says of a firm.
pub(in crate::intake) struct FirmRow {
    /// 企業ID
    pub(in crate::intake) code: String,
    /// 企業名
    pub(in crate::intake) name: String,
    /// 都道府県
    pub(in crate::intake) prefecture: String,
    /// Everything that may be left open.
    pub(in crate::intake) rest: FirmPatch,
}

patch_of! {
    /// The optional cells of a firm.
    FirmPatch for FirmFacts {
        kana: String, corporate_number: String, municipality: String, industry: String, employees: u32,
        revenue: Range<u64>, founded: i16, president: String, president_age: u8, succession: Succession,
        profit: Profit, open_name: OpenName, referred_by: String, about: String,
        registered_on: jiff::civil::Date, note: String,
    }
}

/// Reads a row; `None` when a required cell could not be read.
pub(in crate::intake) fn read(row: &mut Cells<'_>) -> Option<FirmRow> {
    let code = row.required("企業ID", name::id);
    let firm_name = row.required("企業名", name::firm);
    let prefecture = row.required("都道府県", place::prefecture);
    let revenue_unit = row.unit("年商");
    let rest = FirmPatch {
        kana: row.optional("企業名カナ", name::katakana),
        corporate_number: row.optional("法人番号", contact::corporate_number),
        municipality: row.optional("市区町村", |text| place::municipality(text, prefecture.as_deref())),
        industry: row.optional("業種", name::text),
        employees: row.optional("従業員数", amount::count),
        revenue: row.optional("年商", |text| money::money(text, revenue_unit)),
        founded: row.optional("創業年", date::year),
        president: row.optional("代表者名", name::person),
        president_age: row.optional("社長年齢", amount::age),
        succession: row.answer("後継者の状況", choice::succession),
        profit: row.answer("黒字/赤字", choice::optional),
        open_name: row.answer("オープンネーム同意", choice::optional),
        referred_by: row.optional("紹介元", name::text),
        about: row.optional("会社概要", name::text),
        registered_on: row.optional("登録日", date::day),
        note: row.optional("備考", name::text),
    };
    Some(FirmRow { code: code?, name: firm_name?, prefecture: prefecture?, rest })
}

impl FirmRow {
    /// The facts of a firm nobody knew before.
    pub(in crate::intake) fn facts(&self) -> FirmFacts {
        let mut facts = FirmFacts {
            name: self.name.clone(),
            kana: None,
            corporate_number: None,
            prefecture: self.prefecture.clone(),
            municipality: None,
            address: None,
            industry: None,
            employees: None,
            revenue: None,
            founded: None,
            president: None,
            president_age: None,
            succession: None,
            profit: None,
            open_name: OpenName::Asking,
            referred_by: None,
            about: None,
            website: None,
            registered_on: None,
            note: None,
        };
        self.rest.write(&mut facts);
        facts
    }
}
