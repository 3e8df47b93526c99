use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::profile::plain_name;
use super::{
    Areas, Block, CandidateId, Consent, ContractWish, Days, FirmFacts, MoveWish, ProfileFacts, SideJob,
    Track, Visibility,
};

/// A candidate with the numbers under which coordinators know the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Ours; never changes.
    pub id: CandidateId,
    /// The coordinator's 候補者ID, the current one first; older and merged ones keep working.
    pub codes: Vec<String>,
    /// What is known of the person.
    pub facts: CandidateFacts,
}

/// What is known of a candidate. `None` is "not told".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CandidateFacts {
    /// 氏名
    pub name: String,
    /// ふりがな
    pub kana: Option<String>,
    /// メール, lower case: the person's key.
    pub mail: String,
    /// 電話番号, digits with the leading 0.
    pub phone: Option<String>,
    /// 居住地
    pub home: Option<String>,
    /// ゆかりの地域
    pub ties: Option<String>,
    /// 希望トラック
    pub track: Option<Track>,
    /// 希望地域
    pub areas: Option<Areas>,
    /// 希望業種
    pub industries: Option<String>,
    /// 週稼働日数
    pub days: Option<Days>,
    /// 移住意向
    pub move_wish: Option<MoveWish>,
    /// 希望契約
    pub contract: Option<ContractWish>,
    /// 現職
    pub present_job: Option<String>,
    /// 副業許可
    pub side_job: SideJob,
    /// 見出し
    pub headline: Option<String>,
    /// 職務要約
    pub summary: Option<String>,
    /// スキル
    pub skills: Vec<String>,
    /// 実績
    pub achievements: Option<String>,
    /// 志望動機
    pub motive: Option<String>,
    /// 個人情報同意: without it the person is kept but not shown to firms.
    pub consent: Consent,
    /// 登録日
    pub registered_on: Option<Date>,
    /// 備考: for the desk alone, never shown.
    pub note: Option<String>,
    /// What sheets have no column for: filled in by the person in the product.
    #[serde(default, skip_serializing_if = "ProfileFacts::is_empty")]
    pub more: ProfileFacts,
}

impl CandidateFacts {
    /// Whether firms may find the person: there is consent, and the person did not choose otherwise.
    pub fn may_be_found(&self) -> bool {
        let visible = self.more.visibility.is_none_or(|chosen| chosen == Visibility::Firms);
        self.consent == Consent::Given && visible
    }

    /// Whether this firm and the person are kept from each other: the person's employer, for example.
    pub fn bars(&self, firm: &FirmFacts) -> bool {
        self.more.blocks.iter().any(|block| block.meets(firm))
    }

    /// The keys of firms that no shortlist may bring together with the person: those the person hides from, and whatever
    /// the present job may name as the employer. A name of one or two characters is part of too many words to tell.
    pub fn kept_apart(&self) -> Vec<String> {
        const NAME: std::ops::RangeInclusive<usize> = 3..=30;
        let job: Vec<char> =
            self.present_job.as_deref().map(plain_name).unwrap_or_default().chars().collect();
        let parts = NAME.flat_map(|length| job.windows(length));
        let blocks = self.more.blocks.iter().map(Block::key);
        blocks.chain(parts.map(|part| part.iter().collect())).collect()
    }
}

impl CandidateFacts {
    /// What is known of somebody who has only said who they are.
    pub fn new(name: &str, mail: &str) -> Self {
        Self {
            name: name.to_owned(),
            kana: None,
            mail: mail.to_owned(),
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
            more: Default::default(),
        }
    }
}
