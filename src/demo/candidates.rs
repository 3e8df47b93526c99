//! The candidates: a career, a wish, and the texts that say both. What draws them to a firm is in `tastes`.

use std::collections::BTreeSet;

use super::calendar::Day;
use super::cells::{bullets, days_a_week, separator};
use super::firms::Firm;
use super::openings::Opening;
use super::people::{Person, telephone};
use super::rng::Rng;
use super::telling::Facts;
use super::vocabulary::{BACKGROUND, Field, Prefecture, Summary, VOCABULARY};

/// A fictional candidate.
pub struct Candidate {
    pub id: String,
    pub person: Person,
    pub field: &'static Field,
    pub summary: &'static Summary,
    pub skills: Vec<&'static str>,
    pub track: Track,
    /// Days a week in tenths.
    pub days: i64,
    pub contract: Wish,
    /// Indices into the prefectures of the region; empty means anywhere.
    pub areas: Vec<usize>,
    /// Letter of the wished industry.
    pub industry: Option<&'static str>,
    /// Lives in the region or has ties to it.
    pub near: bool,
    pub registered: Day,
    /// How much every firm likes this person, 0–30.
    pub appeal: i64,
    home: String,
    ties: String,
    moving: &'static str,
    job: String,
    side: &'static str,
    years: i64,
}

/// 後継者候補, 経営幹部候補, 両方.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Track {
    Successor,
    RightHand,
    Either,
}

/// The contract wished for: 業務委託, 雇用, どちらでも.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Service,
    Employment,
    Either,
}

/// The header of `candidates.csv`.
pub const HEADER: &str = "候補者ID,氏名,ふりがな,メール,電話番号,居住地,ゆかりの地域,希望トラック,希望地域,\
    希望業種,週稼働日数,移住意向,希望契約,現職,副業許可,見出し,職務要約,スキル,実績,\
    志望動機,個人情報同意,登録日,備考";

/// Candidate `index` of the region.
pub fn candidate(seed: u64, index: usize, area: &[&'static Prefecture], today: Day) -> Candidate {
    let shares = &VOCABULARY.distributions;
    let rng = &mut Rng::of(seed, "candidate", index);
    let summary = rng.pick(&VOCABULARY.summary);
    let field = &BACKGROUND.fields[&summary.field];

    let region = rng.weighted(&shares.candidate_home.weights());
    let local = region == "地元圏";
    let home = match BACKGROUND.homes.get(region) {
        Some(cities) => rng.pick(cities).clone(),
        None => {
            let prefecture = *rng.pick(area);
            format!("{}{}", prefecture.name, rng.pick(&prefecture.inland))
        }
    };
    let ties = if !local && rng.chance(55) {
        format!("{}（{}）", rng.pick(area).name, rng.pick(&BACKGROUND.relations))
    } else {
        String::new()
    };

    let (track, moving, days, contract) = match rng.weighted(&shares.candidate_intent.weights()) {
        "succession" => (
            rng.weighted(&[(Track::Successor, 60), (Track::Either, 40)]),
            rng.weighted(&[("移住希望", 55), ("検討中", 45)]),
            rng.weighted(&[(20, 30), (30, 30), (50, 40)]),
            rng.weighted(&[(Wish::Employment, 45), (Wish::Either, 45), (Wish::Service, 10)]),
        ),
        "two_base_or_move" => (
            rng.weighted(&[(Track::RightHand, 55), (Track::Either, 45)]),
            rng.weighted(&[("二地域居住希望", 60), ("移住希望", 40)]),
            rng.weighted(&[(10, 30), (20, 35), (30, 20), (50, 15)]),
            rng.weighted(&[(Wish::Service, 40), (Wish::Either, 50), (Wish::Employment, 10)]),
        ),
        _ => (
            rng.weighted(&[(Track::RightHand, 85), (Track::Either, 15)]),
            rng.weighted(&[("なし", 65), ("検討中", 35)]),
            rng.weighted(&[(5, 25), (10, 55), (20, 20)]),
            rng.weighted(&[(Wish::Service, 85), (Wish::Either, 15)]),
        ),
    };
    let areas = match rng.below(100) {
        ..12 => Vec::new(),
        12..80 => {
            let mut areas = vec![0];
            let others: Vec<usize> = (1..area.len()).collect();
            let count = rng.below(3);
            areas.extend(rng.sample(&others, count));
            areas
        }
        _ => vec![rng.below(area.len())],
    };
    let industry = rng.chance(55).then(|| rng.weighted(&shares.industry.weights()));
    let (job, side) = job(field, rng);
    let mut skills = rng.sample(&field.skills, 4);
    skills.sort_by_key(|skill| field.skills.iter().position(|other| &other == skill));
    Candidate {
        id: format!("C-{:04}", index + 1),
        person: Person::of(seed, index),
        field,
        summary,
        skills: skills.into_iter().map(String::as_str).collect(),
        track,
        days,
        contract,
        areas,
        industry,
        near: local || !ties.is_empty(),
        registered: today.plus(-rng.range(5, 150)),
        appeal: rng.range(0, 30),
        home,
        ties,
        moving: if local { "なし" } else { moving },
        job,
        side,
        years: rng.range(5, 28),
    }
}

impl Candidate {
    /// Makes this person the partner of `other`: same home and name, same wish where to live.
    pub fn marry(&mut self, other: &Candidate) {
        self.person.surname = other.person.surname;
        self.home = other.home.clone();
        self.ties = other.ties.clone();
        self.moving = other.moving;
        self.areas = other.areas.clone();
        self.near = other.near;
    }

    /// The cells of the row. `favourite` is the opening the motive was written for; `taken` the addresses already given.
    pub fn row(
        &self,
        seed: u64,
        index: usize,
        favourite: Option<(&Opening, &Firm)>,
        area: &[&'static Prefecture],
        taken: &mut BTreeSet<String>,
    ) -> Vec<String> {
        let rng = &mut Rng::of(seed, "candidate texts", index);
        let facts = self.facts(favourite);
        let bank = &VOCABULARY.bank;
        let deeds: Vec<&String> = bank
            .achievement
            .iter()
            .filter(|deed| self.field.deeds.iter().any(|word| deed.contains(word)))
            .collect();
        let deed_count = rng.range(2, 4) as usize;
        let deeds = facts.tell(&deeds, deed_count, rng);
        let mut motive = facts.tell(&bank.motive, 3, rng);
        motive.extend(facts.tell(&bank.motive_firm, 1, rng));
        motive.extend(facts.tell(&bank.motive_offer, 1, rng));
        motive.extend(facts.tell(&bank.motive_close, 1, rng));
        vec![
            self.id.clone(),
            self.person.name_written(rng),
            self.person.kana(),
            mail(self.person, taken, rng),
            telephone(index, rng),
            self.home.clone(),
            self.ties.clone(),
            match self.track {
                Track::Successor => "後継者候補",
                Track::RightHand => "経営幹部候補",
                Track::Either => "両方",
            }
            .to_owned(),
            self.areas_written(area, rng),
            self.industry.map(|letter| short_industry(letter).to_owned()).unwrap_or_default(),
            days_a_week(self.days, rng),
            self.moving.to_owned(),
            match self.contract {
                Wish::Service => "業務委託",
                Wish::Employment => "雇用",
                Wish::Either => "どちらでも",
            }
            .to_owned(),
            self.job.clone(),
            self.side.to_owned(),
            facts.tell(&BACKGROUND.headlines, 1, rng).concat(),
            self.career(&facts, rng),
            self.skills.join(separator(rng)),
            bullets(&deeds, rng),
            motive.concat(),
            rng.weighted(&[("同意", 88), ("同意済", 5), ("○", 5), ("未確認", 2)]).to_owned(),
            self.registered.written(rng),
            rng.weighted(&[("", 80), ("面談の記録あり", 12), ("オンライン面談済み", 8)]).to_owned(),
        ]
    }

    /// 職務要約: the career, four or five sentences on how this person works, and the time there is; 200–400 characters.
    fn career(&self, facts: &Facts, rng: &mut Rng) -> String {
        let bank = &VOCABULARY.bank;
        let mut sentences = vec![facts.fill(&self.summary.text, rng)];
        let count = rng.range(4, 5) as usize;
        sentences.extend(facts.tell(&bank.summary_second, count, rng));
        sentences.extend(facts.tell(&bank.summary_third, 1, rng));
        sentences.concat()
    }

    fn facts(&self, favourite: Option<(&Opening, &Firm)>) -> Facts {
        let mut facts = Facts::default();
        facts.know("years_exp", self.years.to_string());
        if !self.job.starts_with("独立") {
            facts.know("job", &self.job);
        }
        facts.know("skill", self.skills[0]);
        facts.know("skill2", self.skills[1]);
        facts.know("months", "3");
        if self.days >= 10 {
            facts.know("days", (self.days / 10).to_string());
        }
        facts.know("visit", (1 + self.years % 3).to_string());
        if let Some((opening, firm)) = favourite {
            facts.know("trade", &firm.story.trade_ja);
            facts.know("role", &opening.role);
            if let Some(tag) = opening.tags.iter().find(|tag| self.field.tags.iter().any(|own| own == *tag)) {
                facts.know("issue", &VOCABULARY.issue_tags[*tag]);
            }
            facts.never_say(!"EA".contains(&firm.story.industry), "作る工程");
        }
        let own_master = self.side == "不要";
        let moves = self.moving == "移住希望" || self.moving == "二地域居住希望";
        facts.never_say(self.side != "許可済", "許可も得 副業が認められ");
        facts.never_say(own_master, "本業 いまの会社 会社に勤め いまの勤務先");
        facts.never_say(!own_master, "独立して 二つの会社に関わって");
        facts.never_say(self.days != 10, "週に一日");
        facts.never_say(self.days > 20, "平日の夜 副業 毎週の夜");
        facts.never_say(self.days == 50, "勤めながら 本業 働く日数を増やす");
        facts.never_say(!moves, "二地域 二つの地域");
        facts.never_say(self.near, "縁がありません");
        facts.never_say(
            self.track == Track::RightHand,
            "引き継ぎは急がない 引き継ぎの年数 家業を継がなかった 経営を学びたい",
        );
        facts.never_say(!self.field.tags.iter().any(|tag| tag == "overseas"), "海外の取引 海外の相手");
        facts.never_say(!self.skills.contains(&"編集") && !self.skills.contains(&"デザイン"), "写真と文章");
        facts.never_say(self.years < 15, "部下を持つ 赤字の事業を 十年働き");
        facts.never_say(true, "求職中 御社の品");
        facts
    }

    fn areas_written(&self, area: &[&'static Prefecture], rng: &mut Rng) -> String {
        if self.areas.is_empty() {
            return rng.weighted(&[("全国", 80), ("こだわらない", 20)]).to_owned();
        }
        let short = rng.chance(15);
        let separator = rng.weighted(&[("、", 85), ("・", 15)]);
        let names: Vec<&str> = self.areas.iter().map(|&index| area[index].name.as_str()).collect();
        let names = names.into_iter().map(|name| if short { name.trim_end_matches('県') } else { name });
        names.collect::<Vec<_>>().join(separator)
    }
}

/// Today's job and the leave of the employer; the self-employed need none.
fn job(field: &'static Field, rng: &mut Rng) -> (String, &'static str) {
    let job = rng.pick(&field.jobs);
    let own_master = job.contains("代表") || job.contains("診断士");
    if own_master {
        (job.clone(), "不要")
    } else if rng.chance(12) {
        (format!("独立（元 {job}）"), "不要")
    } else {
        (job.clone(), rng.weighted(&[("許可済", 68), ("申請中", 18), ("未確認", 14)]))
    }
}

/// The name of an industry as people say it: its first part.
fn short_industry(letter: &str) -> &'static str {
    let name = BACKGROUND.industries.get(letter).map_or("", String::as_str);
    name.split(['，', '（']).next().unwrap_or(name)
}

/// An address nobody has: an `example` domain, with a number if the name is already taken.
fn mail(person: Person, taken: &mut BTreeSet<String>, rng: &mut Rng) -> String {
    let domain = rng.weighted(&[
        ("mail.example.jp", 55),
        ("example.com", 20),
        ("example.net", 15),
        ("example.jp", 10),
    ]);
    let mailbox = person.mailbox();
    let plain = format!("{mailbox}@{domain}");
    let numbered = (2..).map(|number| format!("{mailbox}{number}@{domain}"));
    std::iter::once(plain)
        .chain(numbered)
        .find(|address| taken.insert(address.clone()))
        .expect("numbers do not end")
}
