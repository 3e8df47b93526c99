//! The facets by which openings and profiles are counted and filtered: the values a record has, and what a person
//! may type for them.
//!
//! A stored value never changes with the language: the short name of a choice, or a proper name. A closed facet
//! knows all its values and refuses others; an open one (municipality, industry, start) takes what is typed.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use migiude_index::Synonyms;
use unicode_normalization::UnicodeNormalization;

use crate::domain::{
    Areas, CandidateFacts, Choice, Contract, ContractWish, Days, FirmFacts, HORIZONS, MoveWish, OpeningFacts,
    RESIDENCES, Range, Start, Track, TrialKind,
};
use crate::rules::prefectures;
use crate::texts::Lang;

/// A facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Kind of trial.
    Kind,
    /// Region of the firm, of the eight on the ministry's maps.
    Region,
    /// Prefecture of the firm; prefectures a candidate wants.
    Pref,
    /// Municipality of the firm.
    Muni,
    /// Industry of the firm: what stands before the slash of 業種.
    Industry,
    /// Role, under one name for its synonyms.
    Role,
    /// Contract offered or wanted.
    Contract,
    /// Days a week, in four steps; a range is in every step that it touches.
    Days,
    /// Share of remote work: none, some, all.
    Remote,
    /// Pay for a day, in steps; a range is in every step that it touches.
    Pay,
    /// Month in which the trial starts.
    Start,
    /// When the firm means to hand over.
    Horizon,
    /// Whether the firm helps with a home.
    Residence,
    /// What a candidate wants to become.
    Track,
    /// Whether a candidate wants to move.
    Move,
}

/// The value of [`Facet::Pref`] of a candidate who would work anywhere.
pub const EVERYWHERE: &str = "全国";
/// The value of [`Facet::Start`] of an opening that starts at any time.
pub const ANY_TIME: &str = "any_time";

/// Steps of days a week: code and the most hundredths of a day.
const DAYS: [(&str, u16); 4] = [("le1", 100), ("1to2", 200), ("2to3", 300), ("over3", u16::MAX)];
/// Steps of pay for a day: code and the amount below which it lies, in yen.
const PAY: [(&str, u64); 6] =
    [("none", 1), ("to1", 10_000), ("to2", 20_000), ("to3", 30_000), ("to5", 50_000), ("over5", u64::MAX)];
const REMOTE: [&str; 3] = ["none", "part", "full"];

impl Facet {
    /// Those of openings, in the order in which a page offers them.
    pub fn of_openings() -> &'static [Self] {
        use Facet::*;
        &[Kind, Region, Pref, Muni, Industry, Role, Days, Remote, Contract, Pay, Start, Horizon, Residence]
    }

    /// Those of profiles, in the order in which a page offers them.
    pub fn of_profiles() -> &'static [Self] {
        use Facet::*;
        &[Pref, Track, Contract, Days, Move]
    }

    /// Its name in addresses and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Pref => "pref",
            Self::Muni => "muni",
            Self::Industry => "industry",
            Self::Kind => "kind",
            Self::Contract => "contract",
            Self::Days => "days",
            Self::Remote => "remote",
            Self::Role => "role",
            Self::Pay => "pay",
            Self::Start => "start",
            Self::Horizon => "horizon",
            Self::Residence => "residence",
            Self::Track => "track",
            Self::Move => "move",
        }
    }

    /// The facet of this name.
    pub fn named(name: &str) -> Option<Self> {
        use Facet::*;
        let all = [
            Kind, Region, Pref, Muni, Industry, Role, Days, Remote, Contract, Pay, Start, Horizon, Residence,
            Track, Move,
        ];
        all.into_iter().find(|facet| facet.name() == fold(name))
    }

    /// Its heading.
    pub fn label(self, lang: Lang) -> String {
        lang.say(&format!("facet-{}", self.name()))
    }

    /// A stored value as people read it.
    pub fn value_label(self, value: &str, lang: Lang) -> String {
        match self {
            Self::Region | Self::Pref => match lang {
                Lang::Ja => value.to_owned(),
                Lang::En => latin(value),
            },
            Self::Muni | Self::Industry | Self::Role => value.to_owned(),
            Self::Start if value == ANY_TIME => lang.say("facet-start-any_time"),
            Self::Start => value.to_owned(),
            Self::Horizon | Self::Residence => lang.say(&format!("posting-choice-{}-{value}", self.name())),
            Self::Days | Self::Remote | Self::Pay => lang.say(&format!("facet-{}-{value}", self.name())),
            Self::Kind => choice_label::<TrialKind>(value, lang),
            Self::Contract => {
                let offered = choice_label::<Contract>(value, lang);
                if offered == value { choice_label::<ContractWish>(value, lang) } else { offered }
            }
            Self::Track => choice_label::<Track>(value, lang),
            Self::Move => choice_label::<MoveWish>(value, lang),
        }
    }

    /// The stored values that what a person typed stands for: a stored value itself, its name in either language,
    /// the beginning of such a name (雇用 stands for both kinds of employment), a prefecture without its 県.
    /// None when a closed facet has no such value. An open facet stands for every value among `present` that begins
    /// so, or for the text itself.
    pub(super) fn read(self, typed: &str, side: Side, present: &[String]) -> Option<Vec<String>> {
        let typed = typed.trim();
        let found = match self {
            Self::Pref => read_prefecture(typed, side),
            Self::Role => read_open(&role_of(typed).unwrap_or_default(), present),
            Self::Muni | Self::Industry | Self::Start => read_open(&one_spelling(typed), present),
            Self::Days => match read_number(typed) {
                Some(days) => days_steps(Range::exactly(days)),
                None => self.read_closed(typed, side),
            },
            Self::Remote if fold(typed).trim_end_matches('%') == "0" => vec!["none".to_owned()],
            Self::Remote if fold(typed).trim_end_matches('%') == "100" => vec!["full".to_owned()],
            _ => self.read_closed(typed, side),
        };
        if found.is_empty() { None } else { Some(found) }
    }

    /// Whether its values are not all known beforehand.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Self::Muni | Self::Industry | Self::Role | Self::Start)
    }

    /// What one may type for it, for a refusal.
    pub(super) fn known(self, side: Side, lang: Lang) -> Vec<String> {
        match self {
            Self::Pref => ["岡山県", "岡山", "Okayama"].map(str::to_owned).to_vec(),
            _ => self.closed(side).iter().map(|value| self.value_label(value, lang)).collect(),
        }
    }

    fn read_closed(self, typed: &str, side: Side) -> Vec<String> {
        let typed = fold(typed);
        let names = |value: &str| {
            let labels = Lang::ALL.map(|lang| fold(&self.value_label(value, lang)));
            labels.into_iter().chain([value.to_owned()])
        };
        let matching = |test: &dyn Fn(&str) -> bool| -> Vec<String> {
            let values = self.closed(side).into_iter();
            values.filter(|value| names(value).any(|name| test(&name))).map(str::to_owned).collect()
        };
        let exactly = matching(&|name| name == typed);
        if !exactly.is_empty() || typed.is_empty() {
            return exactly;
        }
        matching(&|name| name.starts_with(&typed) || name.ends_with(&typed))
    }

    fn closed(self, side: Side) -> Vec<&'static str> {
        match (self, side) {
            (Self::Kind, _) => codes::<TrialKind>(),
            (Self::Contract, Side::Openings) => codes::<Contract>(),
            (Self::Contract, Side::Profiles) => codes::<ContractWish>(),
            (Self::Track, _) => codes::<Track>(),
            (Self::Move, _) => codes::<MoveWish>(),
            (Self::Days, _) => DAYS.iter().map(|(code, _)| *code).collect(),
            (Self::Remote, _) => REMOTE.to_vec(),
            (Self::Pay, _) => PAY.iter().map(|(code, _)| *code).collect(),
            (Self::Horizon, _) => HORIZONS.to_vec(),
            (Self::Residence, _) => RESIDENCES.to_vec(),
            (Self::Region, _) => prefectures::regions().to_vec(),
            (Self::Pref | Self::Muni | Self::Industry | Self::Role | Self::Start, _) => Vec::new(),
        }
    }
}

/// Which of the two collections is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Posts of firms.
    Openings,
    /// What candidates show.
    Profiles,
}

impl Side {
    /// The facets of its records.
    pub fn facets(self) -> &'static [Facet] {
        match self {
            Self::Openings => Facet::of_openings(),
            Self::Profiles => Facet::of_profiles(),
        }
    }
}

/// The values of an opening.
pub(super) fn of_opening(opening: &OpeningFacts, firm: &FirmFacts) -> Vec<(String, Vec<String>)> {
    gathered([
        (Facet::Kind, vec![opening.kind.code().to_owned()]),
        (
            Facet::Region,
            prefectures::find(&firm.prefecture).map(|row| row.region_block.clone()).into_iter().collect(),
        ),
        (Facet::Pref, vec![firm.prefecture.clone()]),
        (Facet::Muni, firm.municipality.iter().map(|name| one_spelling(name)).collect()),
        (Facet::Industry, firm.industry.iter().filter_map(|text| industry_of(text)).collect()),
        (Facet::Role, opening.role.iter().filter_map(|text| role_of(text)).collect()),
        (Facet::Contract, vec![opening.contract.code().to_owned()]),
        (Facet::Days, opening.days.map(days_steps).unwrap_or_default()),
        (Facet::Remote, opening.remote.map(remote_share).into_iter().collect()),
        (Facet::Pay, opening.pay.and_then(|pay| pay.a_day(opening.days)).map(pay_steps).unwrap_or_default()),
        (Facet::Start, opening.start.map(start_month).into_iter().collect()),
        (Facet::Horizon, told_of(opening, "horizon", &HORIZONS)),
        (Facet::Residence, told_of(opening, "residence", &RESIDENCES)),
    ])
}

/// The values of a profile.
pub(super) fn of_profile(candidate: &CandidateFacts) -> Vec<(String, Vec<String>)> {
    let areas = match &candidate.areas {
        None => Vec::new(),
        Some(Areas::Everywhere) => vec![EVERYWHERE.to_owned()],
        Some(Areas::Prefectures(list)) => list.clone(),
    };
    gathered([
        (Facet::Pref, areas),
        (Facet::Track, candidate.track.iter().map(|choice| choice.code().to_owned()).collect()),
        (Facet::Contract, candidate.contract.iter().map(|choice| choice.code().to_owned()).collect()),
        (Facet::Days, candidate.days.map(days_steps).unwrap_or_default()),
        (Facet::Move, candidate.move_wish.iter().map(|choice| choice.code().to_owned()).collect()),
    ])
}

fn gathered<const N: usize>(values: [(Facet, Vec<String>); N]) -> Vec<(String, Vec<String>)> {
    let told = values.into_iter().filter(|(_, values)| !values.is_empty());
    told.map(|(facet, values)| (facet.name().to_owned(), values)).collect()
}

/// The trade a firm names first: 製造業／清酒 → 製造業.
fn industry_of(written: &str) -> Option<String> {
    let one = one_spelling(written);
    let first = one.split('/').next().unwrap_or_default().trim();
    (!first.is_empty()).then(|| first.to_owned())
}

/// The role under one name for its synonyms, without what stands in brackets behind it: 社長の右腕 is a 右腕, as what it ends
/// in says.
fn role_of(written: &str) -> Option<String> {
    let one = one_spelling(written);
    let name = one.split('（').next().unwrap_or_default().trim();
    let endings = name.char_indices().filter_map(|(at, _)| name.get(at..));
    let mut endings = endings.take_while(|ending| ending.chars().nth(1).is_some());
    let known = endings.find_map(|ending| synonyms().group_of(ending)?.terms.first().cloned());
    (!name.is_empty()).then(|| known.unwrap_or_else(|| name.to_owned()))
}

fn synonyms() -> &'static Synonyms {
    static SYNONYMS: LazyLock<Synonyms> = LazyLock::new(Synonyms::default);
    &SYNONYMS
}

/// A choice that an opening may tell beyond the columns of a sheet.
fn told_of(opening: &OpeningFacts, name: &str, codes: &[&str]) -> Vec<String> {
    opening.more.get(name).filter(|code| codes.contains(&code.as_str())).into_iter().cloned().collect()
}

fn pay_steps(pay: Range<u64>) -> Vec<String> {
    let mut floor = 0;
    let mut steps = Vec::new();
    for (code, below) in PAY {
        if pay.max >= floor && pay.min < below {
            steps.push(code.to_owned());
        }
        floor = below;
    }
    steps
}

/// The name of a prefecture or region in Latin letters.
fn latin(name: &str) -> String {
    let region = match name {
        "東北" => "Tohoku",
        "関東" => "Kanto",
        "中部" => "Chubu",
        "近畿" => "Kinki",
        "中国" => "Chugoku",
        "四国" => "Shikoku",
        "九州・沖縄" => "Kyushu and Okinawa",
        _ => return prefectures::find(name).map_or(name, |row| row.romaji.as_str()).to_owned(),
    };
    region.to_owned()
}

fn days_steps(days: Days) -> Vec<String> {
    let mut floor = 0;
    let mut steps = Vec::new();
    for (code, most) in DAYS {
        if days.max > floor && days.min <= most {
            steps.push(code.to_owned());
        }
        floor = most;
    }
    steps
}

fn remote_share(remote: Range<u8>) -> String {
    match (remote.min, remote.max) {
        (_, 0) => "none",
        (100.., _) => "full",
        _ => "part",
    }
    .to_owned()
}

fn start_month(start: Start) -> String {
    match start {
        Start::Day(day) => format!("{:04}-{:02}", day.year(), day.month()),
        Start::Month { year, month } => format!("{year:04}-{month:02}"),
        Start::AnyTime => ANY_TIME.to_owned(),
    }
}

fn read_prefecture(typed: &str, side: Side) -> Vec<String> {
    if side == Side::Profiles && ["全国", "everywhere"].contains(&fold(typed).as_str()) {
        return vec![EVERYWHERE.to_owned()];
    }
    if let Some(name) = prefectures::parse(typed) {
        return vec![name.to_owned()];
    }
    if let Some(names) = prefectures::region_word(typed) {
        return names.iter().map(|name| (*name).to_owned()).collect();
    }
    let romaji = |row: &&prefectures::Prefecture| fold(&row.romaji) == fold(typed);
    prefectures::all().iter().find(romaji).map(|row| row.kanji.clone()).into_iter().collect()
}

fn read_open(typed: &str, present: &[String]) -> Vec<String> {
    if typed.is_empty() || present.iter().any(|value| value == typed) {
        return [typed].into_iter().filter(|text| !text.is_empty()).map(str::to_owned).collect();
    }
    let begin: BTreeSet<_> = present.iter().filter(|value| value.starts_with(typed)).cloned().collect();
    if begin.is_empty() { vec![typed.to_owned()] } else { begin.into_iter().collect() }
}

/// Days a week as a number, in hundredths: 1, 週1, 週1日, 0.5.
fn read_number(typed: &str) -> Option<u16> {
    let typed = fold(typed);
    let number = typed.trim_start_matches('週').trim_end_matches(['日', '回']);
    let days: f64 = number.parse().ok()?;
    (days > 0.0 && days <= 7.0).then(|| (days * 100.0).round() as u16)
}

fn codes<C: Choice>() -> Vec<&'static str> {
    C::ALL.iter().map(|choice| choice.code()).collect()
}

fn choice_label<C: Choice>(code: &str, lang: Lang) -> String {
    let choice = C::ALL.iter().find(|choice| choice.code() == code);
    choice.map_or(code, |choice| lang.pick(choice.ja(), choice.en())).to_owned()
}

/// One width for the signs that sheets mix: full-width commas and brackets, half-width letters and slashes.
fn one_spelling(text: &str) -> String {
    let folded = text.trim().nfkc();
    folded
        .map(|sign| match sign {
            ',' => '，',
            '(' => '（',
            ')' => '）',
            other => other,
        })
        .collect()
}

fn fold(text: &str) -> String {
    text.trim().nfkc().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(facet: Facet, typed: &str, side: Side) -> Vec<String> {
        facet.read(typed, side, &[]).unwrap_or_default()
    }

    #[test]
    fn a_choice_is_read_by_its_code_and_by_its_name_in_either_language() {
        for typed in ["trial_cxo", "cxo", "お試しCxO", "お試しＣｘＯ", "Trial CxO", "TRIAL CXO"] {
            assert_eq!(read(Facet::Kind, typed, Side::Openings), ["trial_cxo"], "{typed}");
        }
        for typed in ["service", "業務委託", "Contract work"] {
            assert_eq!(read(Facet::Contract, typed, Side::Openings), ["service"], "{typed}");
        }
    }

    #[test]
    fn the_beginning_of_several_names_stands_for_all_of_them() {
        assert_eq!(read(Facet::Contract, "雇用", Side::Openings), ["permanent", "fixed_term"]);
        assert_eq!(read(Facet::Contract, "雇用", Side::Profiles), ["employment"]);
    }

    #[test]
    fn a_prefecture_is_read_short_long_in_latin_letters_and_by_its_region() {
        for typed in ["岡山", "岡山県", "okayama", " 岡山 "] {
            assert_eq!(read(Facet::Pref, typed, Side::Openings), ["岡山県"], "{typed}");
        }
        assert_eq!(read(Facet::Pref, "四国", Side::Openings).len(), 4);
        assert_eq!(Facet::Pref.read("岡三県", Side::Openings, &[]), None);
        assert_eq!(Facet::Pref.read("全国", Side::Openings, &[]), None);
        assert_eq!(read(Facet::Pref, "全国", Side::Profiles), [EVERYWHERE]);
    }

    #[test]
    fn days_are_read_as_steps_and_as_numbers() {
        for typed in ["1", "週1", "週１日", "0.5", "le1", "週1日以下"] {
            assert_eq!(read(Facet::Days, typed, Side::Openings), ["le1"], "{typed}");
        }
        assert_eq!(read(Facet::Days, "3", Side::Openings), ["2to3"]);
        assert_eq!(read(Facet::Days, "5", Side::Openings), ["over3"]);
        assert_eq!(Facet::Days.read("8", Side::Openings, &[]), None);
        assert_eq!(days_steps(Range { min: 100, max: 200 }), ["le1", "1to2"]);
    }

    #[test]
    fn an_open_facet_completes_what_is_there_and_takes_what_is_not() {
        let present = ["高梁市".to_owned(), "高松市".to_owned()];
        assert_eq!(Facet::Muni.read("高梁", Side::Openings, &present), Some(vec!["高梁市".to_owned()]));
        assert_eq!(Facet::Muni.read("萩市", Side::Openings, &present), Some(vec!["萩市".to_owned()]));
        assert_eq!(Facet::Muni.read(" ", Side::Openings, &present), None);
    }

    #[test]
    fn the_industry_is_what_stands_before_the_slash() {
        assert_eq!(industry_of("製造業／清酒").as_deref(), Some("製造業"));
        assert_eq!(industry_of("運輸業,郵便業/運送").as_deref(), Some("運輸業，郵便業"));
        assert_eq!(industry_of("卸売業").as_deref(), Some("卸売業"));
        assert_eq!(industry_of("／"), None);
    }

    #[test]
    fn pay_is_in_every_step_that_it_touches() {
        let pay = |min, max| pay_steps(Range { min, max });
        assert_eq!(pay(0, 0), ["none"]);
        assert_eq!(pay(9_999, 9_999), ["to1"]);
        assert_eq!(pay(10_000, 10_000), ["to2"]);
        assert_eq!(pay(15_000, 30_000), ["to2", "to3", "to5"]);
        assert_eq!(pay(80_000, 80_000), ["over5"]);
    }

    #[test]
    fn a_role_has_one_name_for_its_synonyms() {
        assert_eq!(role_of("番頭（帳場）"), role_of("社長補佐"));
        assert_eq!(role_of("社長の右腕"), role_of("番頭"));
        assert_eq!(role_of("味噌づくり責任者").as_deref(), Some("味噌づくり責任者"));
        assert_eq!(role_of("（未定）"), None);
    }

    #[test]
    fn regions_are_read_and_said_in_both_languages() {
        assert_eq!(read(Facet::Region, "中国", Side::Openings), ["中国"]);
        assert_eq!(read(Facet::Region, "Shikoku", Side::Openings), ["四国"]);
        assert_eq!(Facet::Region.value_label("九州・沖縄", Lang::En), "Kyushu and Okinawa");
        assert_eq!(Facet::Pref.value_label("岡山県", Lang::En), "Okayama");
    }
}
