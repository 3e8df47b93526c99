//! The region in dense columns: only those who take part, and only the fields that may count.

use std::collections::{BTreeMap, HashMap};

use migiude_index::{Synonyms, normalise};

use crate::domain::{
    Areas, CandidateFacts, CandidateId, Contract, ContractWish, Days, Firm, FirmFacts, FirmId, MoveWish,
    Opening, OpeningFacts, OpeningId, Range, Region, SideJob, Start, Track, TrialKind,
};
use crate::rules::prefectures;
use crate::search::may_be_shown;

/// What may count of a candidate.
#[derive(Debug)]
pub(super) struct Person {
    pub id: CandidateId,
    /// The place in the region's candidates.
    pub row: usize,
    pub areas: Option<Wanted>,
    pub track: Option<Track>,
    pub days: Option<Days>,
    pub contract: Option<ContractWish>,
    pub moving: Option<MoveWish>,
    pub side_job: SideJob,
    /// Numbers of skills, sorted.
    pub skills: Vec<u32>,
    /// Number of what is written as wanted industries.
    pub industries: Option<u32>,
    /// Firms that the person and they keep from each other, sorted.
    pub barred: Vec<FirmId>,
    /// The month before which the person cannot begin.
    pub free_from: Option<Month>,
    /// The least a day must earn, in yen.
    pub floor: Option<u64>,
}

/// A month, counted from the year 0.
pub(super) type Month = i32;

/// Where a candidate wants to work.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted {
    Everywhere,
    /// One bit a prefecture, in JIS order.
    Prefectures(u64),
}

/// What may count of an opening and its firm.
#[derive(Debug)]
pub(super) struct Post {
    pub id: OpeningId,
    /// The place in the region's openings.
    pub row: usize,
    /// Whose it is.
    pub firm: FirmId,
    /// The bit of the firm's prefecture.
    pub prefecture: u64,
    pub kind: TrialKind,
    pub days: Option<Days>,
    pub remote: Option<Range<u8>>,
    pub contract: Contract,
    /// Numbers of skills, sorted.
    pub skills: Vec<u32>,
    /// Number of what is written as the firm's industry.
    pub industry: Option<u32>,
    /// The month in which it starts; none for any time.
    pub start: Option<Month>,
    /// The most a day earns, in yen.
    pub most: Option<u64>,
    /// How the pay for a day stands among all posts, in thousandths: 0 the lowest, 1000 the highest.
    pub pay: Option<u16>,
}

/// Everybody who takes part, in order of id.
#[derive(Debug)]
pub(super) struct Columns {
    pub persons: Vec<Person>,
    pub posts: Vec<Post>,
    /// For each wording of wanted industries, whether each wording of an industry is among them.
    pub welcome: Vec<Vec<bool>>,
}

impl Columns {
    pub(super) fn of(region: &Region) -> Self {
        let mut skills = Numbers::default();
        let firms = by_key(&region.firms);
        let (mut wishes, mut industries) = (Numbers::default(), Numbers::default());
        let persons = region
            .candidates
            .iter()
            .enumerate()
            .filter(|(_, candidate)| candidate.facts.may_be_found())
            .map(|(row, candidate)| {
                let facts = &candidate.facts;
                let barred = barred(facts, &firms);
                Person { barred, ..person(candidate.id, row, facts, &mut skills, &mut wishes) }
            })
            .collect();
        let mut posts = Vec::new();
        let mut daily = Vec::new();
        for (row, opening) in region.openings.iter().enumerate() {
            let firm = region.firms.binary_search_by_key(&opening.firm, |firm| firm.id);
            let Some(firm) = firm.ok().and_then(|at| region.firms.get(at)) else { continue };
            if may_be_shown(opening, &firm.facts) {
                daily.push(pay_a_day(&opening.facts).map(|range| range.min));
                posts.push(post(opening, row, &firm.facts, &mut skills, &mut industries));
            }
        }
        for (post, standing) in posts.iter_mut().zip(standings(&daily)) {
            post.pay = standing;
        }
        let wishes: Vec<_> = wishes.texts().into_iter().map(words_of).collect();
        let industries = industries.texts();
        let welcome = wishes.iter().map(|wish| industries.iter().map(|one| is_among(one, wish)).collect());
        Self { persons, posts, welcome: welcome.collect() }
    }

    pub(super) fn person(&self, id: CandidateId) -> Option<usize> {
        self.persons.binary_search_by_key(&id, |person| person.id).ok()
    }

    pub(super) fn post(&self, id: OpeningId) -> Option<usize> {
        self.posts.binary_search_by_key(&id, |post| post.id).ok()
    }
}

fn person(
    id: CandidateId,
    row: usize,
    facts: &CandidateFacts,
    skills: &mut Numbers,
    wishes: &mut Numbers,
) -> Person {
    let areas = facts.areas.as_ref().map(|areas| match areas {
        Areas::Everywhere => Wanted::Everywhere,
        Areas::Prefectures(list) => Wanted::Prefectures(list.iter().fold(0, |set, name| set | bit(name))),
    });
    Person {
        id,
        row,
        areas,
        track: facts.track,
        days: facts.days,
        contract: facts.contract,
        moving: facts.move_wish,
        side_job: facts.side_job,
        skills: skills.all(&facts.skills),
        industries: facts.industries.as_deref().map(|text| wishes.of(normalise(text))),
        barred: Vec::new(),
        free_from: facts.more.free_from.and_then(month),
        floor: facts.more.pay_floor,
    }
}

/// Firms by the keys under which a candidate may know them.
fn by_key(firms: &[Firm]) -> HashMap<String, Vec<FirmId>> {
    let mut by_key: HashMap<_, Vec<FirmId>> = HashMap::new();
    for firm in firms {
        firm.facts.keys().into_iter().for_each(|key| by_key.entry(key).or_default().push(firm.id));
    }
    by_key
}

fn barred(facts: &CandidateFacts, firms: &HashMap<String, Vec<FirmId>>) -> Vec<FirmId> {
    let mut barred: Vec<FirmId> =
        facts.kept_apart().iter().filter_map(|key| firms.get(key)).flatten().copied().collect();
    barred.sort_unstable();
    barred.dedup();
    barred
}

fn post(
    opening: &Opening,
    row: usize,
    firm: &FirmFacts,
    skills: &mut Numbers,
    industries: &mut Numbers,
) -> Post {
    let facts = &opening.facts;
    Post {
        id: opening.id,
        row,
        firm: opening.firm,
        prefecture: bit(&firm.prefecture),
        kind: facts.kind,
        days: facts.days,
        remote: facts.remote,
        contract: facts.contract,
        skills: skills.all(&facts.skills),
        industry: firm.industry.as_deref().map(|text| industries.of(normalise(text))),
        start: facts.start.and_then(month),
        most: pay_a_day(facts).map(|range| range.max),
        pay: None,
    }
}

/// The month of a start; none for any time.
fn month(start: Start) -> Option<Month> {
    let (year, month) = match start {
        Start::Day(day) => (day.year(), day.month()),
        Start::Month { year, month } => (year, month),
        Start::AnyTime => return None,
    };
    Some(Month::from(year) * 12 + Month::from(month))
}

/// Texts by dense numbers.
#[derive(Default)]
struct Numbers(HashMap<String, u32>);

impl Numbers {
    fn of(&mut self, text: String) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(text).or_insert(next)
    }

    fn all(&mut self, texts: &[String]) -> Vec<u32> {
        let mut numbers: Vec<u32> = texts.iter().map(|text| self.of(meaning(text))).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn texts(self) -> Vec<String> {
        let by_number: BTreeMap<u32, String> =
            self.0.into_iter().map(|(text, number)| (number, text)).collect();
        by_number.into_values().collect()
    }
}

/// One name for the spellings and synonyms of a skill.
fn meaning(skill: &str) -> String {
    match Synonyms::default().group_of(skill) {
        Some(group) => group.id.clone(),
        None => normalise(skill),
    }
}

/// 0 for what is no prefecture.
fn bit(prefecture: &str) -> u64 {
    let at = prefectures::all().iter().position(|row| row.kanji == prefecture);
    at.map_or(0, |at| 1 << at)
}

/// The words of a wish without 業: 農林水産、建設業 → 農林水産, 建設.
fn words_of(wish: String) -> Vec<String> {
    let words =
        wish.split(['、', ',', '，', '/', '・', ';', ' ', '\n']).map(|word| word.trim_end_matches('業'));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_among(industry: &str, wish: &[String]) -> bool {
    wish.iter().any(|word| industry.contains(word.as_str()))
}

fn pay_a_day(facts: &OpeningFacts) -> Option<Range<u64>> {
    facts.pay?.a_day(facts.days)
}

/// For each amount the share of amounts below it, in thousandths.
fn standings(amounts: &[Option<u64>]) -> Vec<Option<u16>> {
    let mut sorted: Vec<u64> = amounts.iter().flatten().copied().collect();
    sorted.sort_unstable();
    let others = sorted.len().saturating_sub(1).max(1);
    let standing = |amount: &u64| (sorted.partition_point(|one| one < amount) * 1000 / others) as u16;
    amounts.iter().map(|amount| amount.as_ref().map(standing)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_pay_stands_equal() {
        let standings = standings(&[Some(10), None, Some(30), Some(10)]);
        assert_eq!(standings, [Some(0), None, Some(1000), Some(0)]);
    }

    #[test]
    fn a_skill_is_the_same_in_other_words_and_widths() {
        assert_eq!(meaning("ＳＮＳ運用"), meaning("広報"));
        assert_eq!(meaning("ｋｉｎｔｏｎｅ"), meaning("kintone"));
        assert_ne!(meaning("接客"), meaning("採用"));
    }

    #[test]
    fn a_wanted_industry_is_found_in_the_firm_s_words() {
        let wish = words_of("農林水産、建設業".to_owned());
        assert!(is_among("建設業/総合工事", &wish));
        assert!(!is_among("製造業/清酒", &wish));
    }
}
