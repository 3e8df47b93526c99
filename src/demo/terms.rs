//! The terms of an opening, drawn together because they depend on each other, and what may therefore be said of it.

use super::calendar::Day;
use super::cells::wide;
use super::firms::Firm;
use super::rng::Rng;
use super::telling::Facts;
use super::vocabulary::{BACKGROUND, Mission, VOCABULARY};

/// What is agreed between a firm and the person it finds.
pub struct Terms {
    /// How many openings of the firm come before this one.
    pub turn: usize,
    pub succession: bool,
    /// Key of the role in the background.
    pub role_key: &'static str,
    pub role: String,
    pub contract: Contract,
    /// Days a week in tenths.
    pub days: i64,
    /// Percent of the work done from elsewhere.
    pub remote: i64,
    pub months: i64,
    /// The first is the one the role is made for.
    pub missions: Vec<&'static Mission>,
    pub posted: Day,
    pub deadline: Day,
    pub start: Day,
}

/// 業務委託, 雇用（有期）, 雇用（無期）.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Contract {
    Service,
    FixedTerm,
    Permanent,
}

impl Terms {
    /// The terms of the `turn`-th opening of `firm`.
    pub fn draw(firm: &Firm, turn: usize, today: Day, rng: &mut Rng) -> Terms {
        let shares = &VOCABULARY.distributions;
        let succession = !firm.decided && rng.chance(if turn == 0 { 42 } else { 15 });
        // The roles of a story end in the right hand and the successor; a firm's second opening takes another role than its first.
        let special: Vec<&str> =
            firm.story.roles.iter().map(String::as_str).filter(|role| *role != "successor").collect();
        let role_key = if succession { "successor" } else { special[(turn + rng.below(2)) % special.len()] };
        let mut role = rng.pick(&BACKGROUND.roles[role_key].names).clone();
        if succession && firm.facts.allow("{gen}") && rng.chance(35) {
            role = firm.facts.fill("{next_gen}代目候補", rng);
        }
        let contract =
            rng.weighted(&[(Contract::Service, 76), (Contract::FixedTerm, 15), (Contract::Permanent, 9)]);
        let employed = contract != Contract::Service;
        let days = match rng.weighted(&shares.days_per_week.weights()) {
            _ if employed => rng.weighted(&[(30, 2), (40, 2), (50, 6)]),
            "0.5" if !succession => 5,
            "2" => 20,
            "3" | "5" => 30,
            _ => 10,
        };
        let remote = match rng.weighted(&shares.remote_share.weights()) {
            _ if employed => rng.range(0, 4) * 10,
            // Whoever is to take over a firm has to be seen there.
            "60-90" | "100" if succession => 50,
            "0-20" => rng.range(0, 2) * 10,
            "20-60" => rng.range(2, 6) * 10,
            "60-90" => rng.range(6, 9) * 10,
            _ => 100,
        };
        let months = match rng.weighted(&shares.trial_months.weights()) {
            "6" => 6,
            "12" => 12,
            _ => 3,
        };
        let posted = today.plus(-rng.range(3, 80)).max(firm.registered);
        let deadline = today.plus(rng.range(14, 60));
        let start = deadline.plus(rng.range(30, 150));
        let missions = missions(firm, role_key, rng);
        Terms {
            turn,
            succession,
            role_key,
            role,
            contract,
            days,
            remote,
            months,
            missions,
            posted,
            deadline,
            start,
        }
    }

    /// Whether labour law applies.
    pub fn employed(&self) -> bool {
        self.contract != Contract::Service
    }

    /// The first mission that is not the succession itself.
    fn main(&self) -> &'static Mission {
        self.missions.iter().find(|mission| mission.tag != "succession").unwrap_or(&self.missions[0])
    }

    /// Whether the main mission has one of `tags` (parted by spaces).
    fn leads(&self, tags: &str) -> bool {
        tags.split(' ').any(|tag| tag == self.main().tag)
    }

    /// What the opening is about, in words.
    pub fn issue(&self) -> &'static str {
        &VOCABULARY.issue_tags[&self.main().tag]
    }

    /// What is known of the opening, on top of what is known of its firm.
    pub fn facts(&self, firm: &Firm) -> Facts {
        let mut facts = firm.facts.clone();
        facts.know("role", &self.role);
        facts.know("issue", self.issue());
        facts.know("years_side", if self.months == 3 { "2" } else { "3" });
        if self.days >= 10 {
            facts.know("days", (self.days / 10).to_string());
        }
        if self.contract != Contract::Permanent {
            facts.know("months", self.months.to_string());
        }
        if let Some(skill) = skills(&self.missions).first() {
            facts.know("skill", *skill);
        }
        // The linter reads it as an age limit, whatever the sentence means.
        facts.never_say(true, "若い");
        facts.never_say(self.remote < 40, "リモート可 オンライン");
        facts.never_say(!(40..=80).contains(&self.remote), "二地域");
        facts.never_say(self.remote < 20, "地域に住む必要は");
        facts.never_say(
            !self.succession,
            "お試し事業承継 代目候補 渡したい 渡す日 引き継ぎの準備 会社を続ける役 並走 継ぐか 五年かけて 株や",
        );
        facts.never_say(self.succession, "お試しCxO 右腕を募集 右腕を希望");
        facts.never_say(self.role_key != "migiude", "右腕 仕事を半分に 一人で決めていた");
        facts.never_say(
            self.employed(),
            "業務委託 毎日来ていただく 地域に住む 体験 副業 本業 夜または週末 訪問 オンライン",
        );
        facts.never_say(self.months != 3, "業務委託の三か月");
        facts.never_say(self.contract == Contract::Permanent, "三か月");
        facts.never_say(!self.leads("product brand"), "看板の一品");
        facts.never_say(!self.leads("sales ec brand store"), "売り方");
        facts.never_say(!self.leads("price cost"), "値段と段取り");
        facts.never_say(!self.leads("dx system quality knowhow"), "記録を仕組みに");
        facts.never_say(!self.leads("price cost plan production"), "言葉を数字に");
        facts.never_say(!self.leads("overseas inbound"), "英語");
        facts.never_say(self.role_key != "cfo" && !self.succession, "財務三表");
        facts.never_say(!firm.trade.food, "秘伝");
        facts.never_say(
            !"EABI".contains(&firm.story.industry),
            "仕入れや製造 一品 看板の品 インターネットの注文",
        );
        facts
    }
}

/// Two or three missions: first one the role is made for, then others the firm speaks of.
fn missions(firm: &Firm, role: &str, rng: &mut Rng) -> Vec<&'static Mission> {
    let (industry, food) = (firm.story.industry.as_str(), firm.trade.food);
    let of = |industries: &str| industries.contains(industry);
    let mut facts = Facts::default();
    facts.never_say(!food, "飲食店 食材 仕込み");
    facts.never_say(!food && !of("E"), "料理人");
    facts.never_say(!food && !of("EI"), "中元 商品 季節の品");
    facts.never_say(!of("EABI"), "品目 看板の品 店の棚 直売 売り場 受注から出荷 展示会 販売サイト");
    facts.never_say(!of("MNHOP"), "曜日と季節 予約と請求");
    facts.never_say(!of("DLR"), "写真と報告");
    facts.never_say(!of("E"), "検査の書類");
    facts.never_say(firm.story.place != "宿" && !of("HK"), "滞在の企画");

    let wanted = &BACKGROUND.roles[role].tags;
    let told = &firm.story.mission_tags;
    let allowed = |mission: &&Mission| {
        let words = [&mission.text, &mission.goal];
        words.iter().all(|text| facts.allow(text))
    };
    let mut rest: Vec<&'static Mission> = VOCABULARY.mission.iter().filter(allowed).collect();
    rng.shuffle(&mut rest);
    // Sorting is stable: among equals the shuffled order stays.
    rest.sort_by_key(|mission| (!wanted.contains(&mission.tag), !told.contains(&mission.tag)));
    let first = rest.remove(0);
    rest.sort_by_key(|mission| (!told.contains(&mission.tag), mission.tag == first.tag));
    rest.truncate(rng.range(1, 2) as usize);
    rest.insert(0, first);
    rest
}

/// The skills that answer the missions, at most four.
pub fn skills(missions: &[&'static Mission]) -> Vec<&'static str> {
    let mut skills: Vec<&str> = Vec::new();
    for skill in missions.iter().flat_map(|mission| &BACKGROUND.tag_skills[&mission.tag]) {
        if !skills.contains(&skill.as_str()) {
            skills.push(skill);
        }
    }
    skills.truncate(4);
    skills
}

/// Percent as written.
pub fn remote_written(remote: i64, rng: &mut Rng) -> String {
    match (remote, rng.weighted(&[(0, 75), (1, 12), (2, 13)])) {
        (100, 1) => "フルリモート".to_owned(),
        (10..=90, 1) => format!("{}割", remote / 10),
        (_, 2) => wide(&format!("{remote}%")),
        _ => format!("{remote}%"),
    }
}

/// Months as written.
pub fn length_written(months: i64, rng: &mut Rng) -> String {
    match (months, rng.weighted(&[(0, 70), (1, 15), (2, 15)])) {
        (6, 1) => "半年".to_owned(),
        (12, 1) => "1年".to_owned(),
        (_, 1) => format!("{months}ヶ月"),
        (_, 2) => format!("{months}か月（延長相談可）"),
        _ => format!("{months}か月"),
    }
}

/// Pay: by the month for a contract for services, growing with the days; well above every minimum wage for employment.
pub fn pay(terms: &Terms, rng: &mut Rng) -> String {
    if terms.employed() {
        let ten_thousands = rng.range(9, 17) * 50;
        return match (terms.days, rng.weighted(&[(0, 55), (1, 45)])) {
            (30, _) => format!("時給{}円", rng.range(18, 28) * 100),
            (_, 0) => format!("年収{ten_thousands}万円"),
            _ => format!("月額{}万円", ten_thousands / 13),
        };
    }
    if rng.chance(4) {
        return "成果連動（売上の5%）".to_owned();
    }
    let base = match terms.days {
        5 => rng.weighted(&[(3, 75), (5, 25)]),
        10 => rng.weighted(&[(3, 25), (5, 50), (10, 25)]),
        20 => rng.weighted(&[(8, 30), (10, 50), (15, 20)]),
        _ => rng.weighted(&[(15, 40), (20, 35), (30, 25)]),
    };
    match rng.weighted(&[(0, 45), (1, 14), (2, 14), (3, 14), (4, 12), (5, 1)]) {
        1 => format!("月{base}万円（交通費別途）"),
        2 => format!("月額{base}万円〜{}万円", base + 2),
        3 => format!("月{},000円", base * 10),
        4 => format!("月額{}万円（税別）", wide(&base.to_string())),
        5 => format!("{base}万円"),
        _ => format!("月額{base}万円"),
    }
}
