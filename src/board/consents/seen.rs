use crate::domain::{
    Areas, Block, CandidateFacts, ContractWish, Days, MoveWish, Resolve, Scope, SideJob, Start, Track,
};

/// What stands where the name or the employer of a person stood in what they wrote.
const HIDDEN: &str = "〇〇";
/// Shorter names are too likely to be a part of other words.
const SHORTEST: usize = 2;

/// A candidate as a firm sees the person. Never part of it, in any scope: mail, telephone, the desk's note, the
/// least a day must earn, and from which firms the person hides.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// How much it is.
    pub scope: Scope,
    /// 氏名; with the identity alone.
    pub name: Option<String>,
    /// ふりがな; with the identity alone.
    pub kana: Option<String>,
    /// 居住地; with the identity alone.
    pub home: Option<String>,
    /// 現職; with the identity alone.
    pub present_job: Option<String>,
    /// 見出し
    pub headline: Option<String>,
    /// 希望トラック
    pub track: Option<Track>,
    /// How far the person would go.
    pub resolve: Option<Resolve>,
    /// 希望地域
    pub areas: Option<Areas>,
    /// ゆかりの地域
    pub ties: Option<String>,
    /// 希望業種
    pub industries: Option<String>,
    /// 週稼働日数
    pub days: Option<Days>,
    /// From when the person could begin.
    pub free_from: Option<Start>,
    /// 関わり方
    pub availability: Option<String>,
    /// 希望契約
    pub contract: Option<ContractWish>,
    /// 副業許可
    pub side_job: SideJob,
    /// 移住意向
    pub move_wish: Option<MoveWish>,
    /// 職務要約
    pub summary: Option<String>,
    /// スキル
    pub skills: Vec<String>,
    /// 実績
    pub achievements: Option<String>,
    /// 志望動機
    pub motive: Option<String>,
    /// 学びたいこと
    pub learn: Option<String>,
    /// What the person would need to live there; with the identity alone, as are the next two.
    pub housing: Option<String>,
    /// なりわい
    pub livelihood: Option<String>,
    /// コミュニティ
    pub community: Option<String>,
}

impl Seen {
    /// What may be seen of a candidate in a scope.
    pub fn of(facts: &CandidateFacts, scope: Scope) -> Self {
        let known = scope == Scope::Identity;
        let names = if known { Vec::new() } else { telling(facts) };
        let said = |text: &Option<String>| text.as_deref().map(|text| hide(text, &names));
        let only_known = |text: &Option<String>| text.clone().filter(|_| known);
        Self {
            scope,
            name: known.then(|| facts.name.clone()),
            kana: only_known(&facts.kana),
            home: only_known(&facts.home),
            present_job: only_known(&facts.present_job),
            headline: said(&facts.headline),
            track: facts.track,
            resolve: facts.more.resolve,
            areas: facts.areas.clone(),
            ties: facts.ties.clone(),
            industries: facts.industries.clone(),
            days: facts.days,
            free_from: facts.more.free_from,
            availability: said(&facts.more.availability),
            contract: facts.contract,
            side_job: facts.side_job,
            move_wish: facts.move_wish,
            summary: said(&facts.summary),
            skills: facts.skills.iter().map(|skill| hide(skill, &names)).collect(),
            achievements: said(&facts.achievements),
            motive: said(&facts.motive),
            learn: said(&facts.more.learn),
            housing: only_known(&facts.more.housing),
            livelihood: only_known(&facts.more.livelihood),
            community: only_known(&facts.more.community),
        }
    }
}

/// Words that would tell who it is: the name, its parts, the address, and the firms the person hides from.
fn telling(facts: &CandidateFacts) -> Vec<&str> {
    let parts = facts.name.split_whitespace();
    let employers = facts.more.blocks.iter().filter_map(|block| match block {
        Block::Name(name) => Some(name.as_str()),
        Block::Number(_) => None,
    });
    let contact = [Some(facts.mail.as_str()), facts.phone.as_deref()].into_iter().flatten();
    let all = [facts.name.as_str()].into_iter().chain(parts).chain(employers).chain(contact);
    all.filter(|word| word.chars().count() >= SHORTEST).collect()
}

fn hide(text: &str, words: &[&str]) -> String {
    let joined = words.first().map(|name| name.split_whitespace().collect::<String>());
    let text = match joined.filter(|name| name.chars().count() >= SHORTEST) {
        Some(name) => text.replace(&name, HIDDEN),
        None => text.to_owned(),
    };
    words.iter().fold(text, |text, word| text.replace(word, HIDDEN))
}
