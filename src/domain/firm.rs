use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{FirmId, OpenName, Profit, Range, Succession};

/// A firm with the numbers under which coordinators know it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Firm {
    /// Ours; never changes.
    pub id: FirmId,
    /// The coordinator's 企業ID, the current one first; older and merged ones keep working.
    pub codes: Vec<String>,
    /// What is known of it.
    pub facts: FirmFacts,
}

/// What is known of a firm. `None` is "not told".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirmFacts {
    /// 企業名, with the legal form written out.
    pub name: String,
    /// 企業名カナ, in katakana.
    pub kana: Option<String>,
    /// 法人番号: 13 digits whose check digit holds.
    pub corporate_number: Option<String>,
    /// 都道府県, official name.
    pub prefecture: String,
    /// 市区町村, official name where it is known.
    pub municipality: Option<String>,
    /// 町名・番地, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// 業種, as written.
    pub industry: Option<String>,
    /// 従業員数
    pub employees: Option<u32>,
    /// 年商, yen.
    pub revenue: Option<Range<u64>>,
    /// 創業年, western.
    pub founded: Option<i16>,
    /// 代表者名
    pub president: Option<String>,
    /// 社長年齢
    pub president_age: Option<u8>,
    /// 後継者の状況
    pub succession: Option<Succession>,
    /// 黒字/赤字
    pub profit: Option<Profit>,
    /// オープンネーム同意
    pub open_name: OpenName,
    /// 紹介元
    pub referred_by: Option<String>,
    /// 会社概要
    pub about: Option<String>,
    /// ホームページ: http or https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// 登録日
    pub registered_on: Option<Date>,
    /// 備考: for the desk alone, never shown.
    pub note: Option<String>,
}

impl FirmFacts {
    /// What is known of a firm that has only said which it is.
    pub fn new(name: &str, corporate_number: &str, prefecture: &str) -> Self {
        Self {
            name: name.to_owned(),
            kana: None,
            corporate_number: Some(corporate_number.to_owned()),
            prefecture: prefecture.to_owned(),
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
        }
    }

    /// Whether the law and the firm allow its openings to be shown under its own name.
    pub fn may_be_named(&self) -> bool {
        self.corporate_number.is_some() && self.open_name == OpenName::Agreed
    }
}
