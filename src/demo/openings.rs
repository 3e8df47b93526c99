//! The openings: what a firm asks for, told from its story, with terms that fit each other.

use super::calendar::Day;
use super::cells::{bullets, days_a_week, separator, wide};
use super::firms::{Firm, name_written};
use super::rng::Rng;
use super::telling::Facts;
use super::vocabulary::{BACKGROUND, Mission, Prefecture, VOCABULARY};

/// A fictional opening.
pub struct Opening {
    pub id: String,
    /// Index into the firms.
    pub firm: usize,
    pub succession: bool,
    pub employment: bool,
    /// Days a week in tenths.
    pub days: i64,
    /// Percent of the work done from elsewhere.
    pub remote: i64,
    /// Keys of `issue_tags`.
    pub tags: Vec<&'static str>,
    pub skills: Vec<&'static str>,
    pub role: String,
    /// The trouble the titles speak of.
    pub issue: &'static str,
    pub posted: Day,
    /// The cells of its row.
    pub row: Vec<String>,
}

/// The header of `openings.csv`.
pub const HEADER: [&str; 27] = [
    "募集ID",
    "企業ID",
    "企業名",
    "種別",
    "役割",
    "タイトル",
    "ミッション",
    "業務内容",
    "勤務日数/週",
    "リモート率",
    "契約形態",
    "報酬",
    "勤務地",
    "期間",
    "募集人数",
    "開始時期",
    "応募締切",
    "求める人物",
    "歓迎スキル",
    "任せない範囲",
    "就業時間",
    "変更の範囲",
    "試用期間",
    "社会保険",
    "受動喫煙対策",
    "掲載日",
    "備考",
];

/// One and a half openings a firm: each has one, and every further one goes to a firm drawn by chance (three at most).
pub fn openings(seed: u64, firms: &[Firm], area: &[&'static Prefecture], today: Day) -> Vec<Opening> {
    let mut rng = Rng::of(seed, "openings of firms", 0);
    let mut counts = vec![1; firms.len()];
    let mut further = firms.len() / 2;
    while further > 0 {
        let firm = rng.below(firms.len());
        if counts[firm] < 3 {
            counts[firm] += 1;
            further -= 1;
        }
    }
    let owners =
        counts.iter().enumerate().flat_map(|(firm, &count)| (0..count).map(move |turn| (firm, turn)));
    owners
        .enumerate()
        .map(|(index, (firm, turn))| {
            let place = format!("{}{}", area[firms[firm].prefecture].name, firms[firm].town);
            let mut rng = Rng::of(seed, "opening", index);
            let terms = Terms::draw(&firms[firm], turn, today, &mut rng);
            opening(index, firm, turn, &firms[firm], &place, &terms, &mut rng)
        })
        .collect()
}

/// The terms of an opening, drawn together because they depend on each other.
struct Terms {
    succession: bool,
    role_key: &'static str,
    role: String,
    contract: Contract,
    days: i64,
    remote: i64,
    months: i64,
    missions: Vec<&'static Mission>,
    posted: Day,
    deadline: Day,
    start: Day,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Contract {
    Service,
    FixedTerm,
    Permanent,
}

impl Terms {
    fn draw(firm: &Firm, turn: usize, today: Day, rng: &mut Rng) -> Terms {
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
            "0.5" => 5,
            "2" => 20,
            "3" | "5" => 30,
            _ => 10,
        };
        let remote = match rng.weighted(&shares.remote_share.weights()) {
            _ if employed => rng.range(0, 4) * 10,
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

    fn employed(&self) -> bool {
        self.contract != Contract::Service
    }

    fn has(&self, tags: &[&str]) -> bool {
        self.missions.iter().any(|mission| tags.contains(&mission.tag.as_str()))
    }

    /// The issue of the first mission that is not the succession itself.
    fn issue(&self) -> &'static str {
        let special = self.missions.iter().find(|mission| mission.tag != "succession");
        &VOCABULARY.issue_tags[&special.unwrap_or(&self.missions[0]).tag]
    }

    /// What is known of the opening, on top of what is known of its firm.
    fn facts(&self, firm: &Firm) -> Facts {
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
        facts.never_say(true, &["若い"]);
        facts.never_say(self.remote < 40, &["リモート可", "オンライン"]);
        facts.never_say(!(40..=80).contains(&self.remote), &["二地域"]);
        facts.never_say(self.remote < 20, &["地域に住む必要は"]);
        facts.never_say(
            !self.succession,
            &[
                "お試し事業承継",
                "代目候補",
                "渡したい",
                "渡す日",
                "引き継ぎの準備",
                "会社を続ける役",
                "並走",
                "継ぐか",
                "五年かけて",
                "株や",
            ],
        );
        facts.never_say(self.succession, &["お試しCxO", "右腕を募集", "右腕を希望"]);
        facts.never_say(self.role_key != "migiude", &["右腕", "仕事を半分に", "一人で決めていた"]);
        facts.never_say(
            self.employed(),
            &[
                "業務委託",
                "毎日来ていただく",
                "地域に住む",
                "体験",
                "副業",
                "本業",
                "夜または週末",
                "訪問",
                "オンライン",
            ],
        );
        facts.never_say(self.months != 3, &["業務委託の三か月"]);
        facts.never_say(self.contract == Contract::Permanent, &["三か月"]);
        facts.never_say(!self.has(&["product", "brand"]), &["看板の一品"]);
        facts.never_say(!self.has(&["sales", "ec", "brand", "store"]), &["売り方"]);
        facts.never_say(!self.has(&["price", "cost"]), &["値段と段取り"]);
        facts.never_say(!self.has(&["dx", "system", "quality", "knowhow"]), &["記録を仕組みに"]);
        facts.never_say(!self.has(&["price", "cost", "plan", "production"]), &["言葉を数字に"]);
        facts.never_say(!self.has(&["overseas", "inbound"]), &["英語"]);
        facts.never_say(self.role_key != "cfo" && !self.succession, &["財務三表"]);
        facts.never_say(!firm.trade.food, &["秘伝"]);
        facts.never_say(!"EABI".contains(&firm.story.industry), &["仕入れや製造", "一品", "商品"]);
        facts
    }
}

fn opening(
    index: usize,
    firm_index: usize,
    turn: usize,
    firm: &Firm,
    place: &str,
    terms: &Terms,
    rng: &mut Rng,
) -> Opening {
    let bank = &VOCABULARY.bank;
    let facts = terms.facts(firm);
    let skills = skills(&terms.missions);
    let goals: Vec<String> = terms
        .missions
        .iter()
        .map(|mission| facts.fill(&format!("{}。3か月の目標: {}", mission.text, mission.goal), rng))
        .collect();
    let (wants, limits) = (rng.range(2, 3) as usize, rng.range(2, 3) as usize);
    let wants = facts.tell(&bank.want, wants, rng);
    let limits = facts.tell(&bank.scope_no, limits, rng);
    let employed = terms.employed();
    let legal = |items: &'static [String], rng: &mut Rng| {
        if employed { rng.pick(items).clone() } else { String::new() }
    };

    let row = vec![
        format!("M-{:03}", index + 1),
        firm.id.clone(),
        name_written(&firm.name, rng),
        match (terms.succession, rng.chance(6)) {
            (true, false) => "お試し事業承継",
            (true, true) => "お試し承継",
            (false, false) => "お試しCxO",
            (false, true) => "おためしCxO",
        }
        .to_owned(),
        terms.role.clone(),
        title(&facts, rng),
        bullets(&goals, rng),
        description(firm, turn, terms, &facts, rng),
        days_a_week(terms.days, rng),
        remote_written(terms.remote, rng),
        match (terms.contract, rng.chance(8)) {
            (Contract::Service, false) => "業務委託",
            (Contract::Service, true) => "業務委託（準委任）",
            (Contract::FixedTerm, false) => "雇用（有期）",
            (Contract::FixedTerm, true) => "契約社員",
            (Contract::Permanent, false) => "雇用（無期）",
            (Contract::Permanent, true) => "正社員",
        }
        .to_owned(),
        pay(terms, rng),
        format!("{place}{}", rng.weighted(&[("", 50), ("（本社）", 40), ("（本社ほか）", 10)])),
        match terms.contract {
            Contract::Permanent => "期間の定めなし".to_owned(),
            _ => length_written(terms.months, rng),
        },
        rng.weighted(&[("1", 68), ("1名", 6), ("１", 4), ("2", 14), ("2名", 2), ("3", 4), ("若干名", 2)])
            .to_owned(),
        if rng.chance(12) { "随時".to_owned() } else { terms.start.month_written(rng) },
        terms.deadline.written(rng),
        bullets(&wants, rng),
        skills.join(separator(rng)),
        bullets(&limits, rng),
        legal(&BACKGROUND.hours, rng),
        legal(&BACKGROUND.change_scopes, rng),
        legal(&BACKGROUND.probations, rng),
        if employed {
            "健康保険、厚生年金、雇用保険、労災保険".to_owned()
        } else {
            String::new()
        },
        legal(&BACKGROUND.smoking, rng),
        terms.posted.written(rng),
        rng.weighted(&[
            ("", 70),
            ("見学は随時受け付け", 12),
            ("先に紹介会で説明", 10),
            ("社長面談は火曜の午後", 8),
        ])
        .to_owned(),
    ];
    Opening {
        id: row[0].clone(),
        firm: firm_index,
        succession: terms.succession,
        employment: employed,
        days: terms.days,
        remote: terms.remote,
        tags: terms.missions.iter().map(|mission| mission.tag.as_str()).collect(),
        skills,
        role: terms.role.clone(),
        issue: terms.issue(),
        posted: terms.posted,
        row,
    }
}

/// Two or three missions: first one the role is made for, then others the firm speaks of.
fn missions(firm: &Firm, role: &str, rng: &mut Rng) -> Vec<&'static Mission> {
    let industry = firm.story.industry.as_str();
    let mut facts = Facts::default();
    facts.know("any", "");
    facts.never_say(!firm.trade.food, &["飲食店", "食材", "仕込み"]);
    facts.never_say(!firm.trade.food && industry != "E", &["料理人"]);
    facts.never_say(!firm.trade.food && industry != "I", &["中元"]);
    facts.never_say(
        !"EABI".contains(industry),
        &["商品", "品目", "看板の品", "店の棚", "直売", "受注から出荷", "展示会", "季節の品", "販売サイト"],
    );
    facts.never_say(!"MNHOP".contains(industry), &["曜日と季節", "予約と請求"]);
    facts.never_say(!"DLR".contains(industry), &["写真と報告"]);
    facts.never_say(industry != "E", &["検査の書類"]);

    let wanted = &BACKGROUND.roles[role].tags;
    let told = &firm.story.mission_tags;
    let allowed = |mission: &&Mission| facts.allow(&mission.text) && facts.allow(&mission.goal);
    let mut all: Vec<&'static Mission> = VOCABULARY.mission.iter().filter(allowed).collect();
    rng.shuffle(&mut all);
    // Stable: within a class the shuffled order stays.
    all.sort_by_key(|mission| match (wanted.contains(&mission.tag), told.contains(&mission.tag)) {
        (true, true) => 0,
        (true, false) => 1,
        (false, true) => 2,
        (false, false) => 3,
    });
    let first = all.remove(0);
    all.sort_by_key(|mission| (!told.contains(&mission.tag), mission.tag == first.tag));
    all.truncate(rng.range(1, 2) as usize);
    all.insert(0, first);
    all
}

/// The skills that answer the missions, at most four.
fn skills(missions: &[&'static Mission]) -> Vec<&'static str> {
    let mut skills: Vec<&str> = Vec::new();
    for skill in missions.iter().flat_map(|mission| &BACKGROUND.tag_skills[&mission.tag]) {
        if !skills.contains(&skill.as_str()) {
            skills.push(skill);
        }
    }
    skills.truncate(4);
    skills
}

/// A title of 22–48 characters if one can be told, else the first that can.
fn title(facts: &Facts, rng: &mut Rng) -> String {
    let mut titles = facts.tell(&VOCABULARY.bank.title_template, usize::MAX, rng);
    let fitting = titles.iter().position(|title| (22..=48).contains(&title.chars().count()));
    titles.swap_remove(fitting.unwrap_or(0))
}

/// 業務内容: the place, the trouble, the work, then the president's own words. A second opening of the firm is told another way.
fn description(firm: &Firm, turn: usize, terms: &Terms, facts: &Facts, rng: &mut Rng) -> String {
    let (story, bank) = (firm.story, &VOCABULARY.bank);
    let opening_words =
        if turn == 0 { [&story.scene, &story.strength] } else { [&story.history, &story.strength] };
    let mut paragraphs = vec![
        opening_words.map(|text| facts.fill(text, rng)).concat(),
        [&story.issue, &story.why_now].map(|text| facts.fill(text, rng)).concat(),
    ];
    let work = match terms.missions.as_slice() {
        [first, second, ..] => {
            format!("{}として、{}仕事と、{}仕事をお願いします。", terms.role, first.text, second.text)
        }
        _ => format!("{}として、{}仕事をお願いします。", terms.role, terms.missions[0].text),
    };
    paragraphs.push(facts.fill(&work, rng) + where_to_work(terms, rng));
    if terms.succession {
        let background = facts.tell(&bank.succession_background, 1, rng);
        paragraphs.push(background.concat() + &facts.tell(&bank.handover_outlook, 1, rng).concat());
    }
    let mut quotes = story.quotes.iter().cycle().skip(turn).take(story.quotes.len());
    let quote = quotes.find(|quote| facts.allow(quote)).map_or("", String::as_str);
    let words = [
        facts.tell(&bank.story_honest, 1, rng),
        facts.tell(&bank.story_invite, 1, rng),
        facts.tell(&bank.story_close, 1, rng),
    ];
    paragraphs.push(format!("社長からひとこと。\n{quote}\n{}", words.concat().concat()));
    paragraphs.join("\n\n")
}

fn where_to_work(terms: &Terms, rng: &mut Rng) -> &'static str {
    match terms.remote {
        100 => "打合せと資料づくりはすべて画面越しで進められます。",
        60..100 => "普段はご自宅などから進め、月に一、二度、現地で顔を合わせます。",
        30..60 => "半分ほどは現場で、残りはご自宅などから進めます。",
        _ => rng.weighted(&[
            ("本社に席を用意しています。", 50),
            ("朝の点検から一緒に歩き、社員の顔と名前を覚えるところから始めます。", 50),
        ]),
    }
}

fn remote_written(remote: i64, rng: &mut Rng) -> String {
    match (remote, rng.weighted(&[(0, 75), (1, 12), (2, 13)])) {
        (100, 1) => "フルリモート".to_owned(),
        (10..=90, 1) => format!("{}割", remote / 10),
        (_, 2) => wide(&format!("{remote}%")),
        _ => format!("{remote}%"),
    }
}

fn length_written(months: i64, rng: &mut Rng) -> String {
    match (months, rng.weighted(&[(0, 70), (1, 15), (2, 15)])) {
        (6, 1) => "半年".to_owned(),
        (12, 1) => "1年".to_owned(),
        (_, 1) => format!("{months}ヶ月"),
        (_, 2) => format!("{months}か月（延長相談可）"),
        _ => format!("{months}か月"),
    }
}

/// Pay: by the month for a contract for services, growing with the days; well above every minimum wage for employment.
fn pay(terms: &Terms, rng: &mut Rng) -> String {
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
