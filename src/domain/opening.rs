use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Contract, Days, FirmId, Length, OpeningId, Pay, Range, Start, TrialKind};

/// An opening of a firm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// Ours; never changes.
    pub id: OpeningId,
    /// The firm that posts it.
    pub firm: FirmId,
    /// The coordinator's 募集ID.
    pub code: Option<String>,
    /// What is known of it.
    pub facts: OpeningFacts,
    /// Codes of the content checks that keep it a draft; empty when nothing in the opening itself stands
    /// against publication (the firm must also [`may_be_named`](super::FirmFacts::may_be_named)).
    pub blocks: Vec<String>,
}

/// What is known of an opening. `None` is "not told".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpeningFacts {
    /// 種別
    pub kind: TrialKind,
    /// 役割
    pub role: Option<String>,
    /// タイトル
    pub title: String,
    /// ミッション
    pub mission: Option<String>,
    /// 業務内容
    pub work: String,
    /// 勤務日数/週
    pub days: Option<Days>,
    /// リモート率, percent.
    pub remote: Option<Range<u8>>,
    /// 契約形態
    pub contract: Contract,
    /// 報酬
    pub pay: Option<Pay>,
    /// 勤務地
    pub place: Option<String>,
    /// 期間
    pub length: Option<Length>,
    /// 募集人数: the quota, 1 to 20.
    pub seats: u8,
    /// 開始時期
    pub start: Option<Start>,
    /// 応募締切
    pub deadline: Option<Date>,
    /// 求める人物
    pub wanted: Option<String>,
    /// 歓迎スキル
    pub skills: Vec<String>,
    /// 任せない範囲
    pub not_entrusted: Option<String>,
    /// 就業時間
    pub hours: Option<String>,
    /// 変更の範囲
    pub changes: Option<String>,
    /// 試用期間
    pub probation: Option<String>,
    /// 社会保険
    pub insurance: Option<String>,
    /// 受動喫煙対策
    pub smoking: Option<String>,
    /// 掲載日
    pub posted_on: Option<Date>,
    /// 備考: for the desk alone, never shown.
    pub note: Option<String>,
    /// Whatever else was written for the public, by the name of its field in the form of the opening.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub more: BTreeMap<String, String>,
}

/// When a firm means to hand over, as its opening may say under `horizon`.
pub const HORIZONS: [&str; 5] = ["within_1", "within_3", "within_5", "later", "open"];

/// What a firm does about a home for who comes, as its opening may say under `residence`.
pub const RESIDENCES: [&str; 4] = ["home", "allowance", "search", "none"];
