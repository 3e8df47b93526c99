//! The openings: what a firm asks for, told from its story, with terms that fit each other.

use std::collections::BTreeMap;

use super::calendar::Day;
use super::cells::{bullets, days_a_week, separator};
use super::firms::{Firm, name_written};
use super::rng::Rng;
use super::telling::Facts;
use super::terms::{Contract, Terms, length_written, pay, remote_written, skills};
use super::vocabulary::{BACKGROUND, VOCABULARY};

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
    pub posted: Day,
    /// The cells of its row.
    pub row: Vec<String>,
}

/// The header of `openings.csv`.
pub const HEADER: &str = "募集ID,企業ID,企業名,種別,役割,タイトル,ミッション,業務内容,勤務日数/週,リモート率,\
    契約形態,報酬,勤務地,期間,募集人数,開始時期,応募締切,求める人物,歓迎スキル,任せない範囲,\
    就業時間,変更の範囲,試用期間,社会保険,受動喫煙対策,掲載日,備考";

/// One and a half openings a firm: each has one, and every further one goes to a firm drawn by chance (three at most).
pub fn openings(seed: u64, firms: &[Firm], today: Day) -> Vec<Opening> {
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
    let mut titles = BTreeMap::new();
    owners
        .enumerate()
        .map(|(index, (owner, turn))| {
            let mut rng = Rng::of(seed, "opening", index);
            let terms = Terms::draw(&firms[owner], turn, today, &mut rng);
            opening(index, owner, &firms[owner], &terms, &mut titles, &mut rng)
        })
        .collect()
}

/// How often each title template was told.
type Told = BTreeMap<&'static str, usize>;

fn opening(
    index: usize,
    owner: usize,
    firm: &Firm,
    terms: &Terms,
    titles: &mut Told,
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
        title(terms, &facts, titles, rng),
        bullets(&goals, rng),
        description(firm, terms, &facts, rng),
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
        format!(
            "{}{}",
            facts.fill("{pref}{town}", rng),
            rng.weighted(&[("", 50), ("（本社）", 40), ("（本社ほか）", 10)])
        ),
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
        firm: owner,
        succession: terms.succession,
        employment: employed,
        days: terms.days,
        remote: terms.remote,
        tags: terms.missions.iter().map(|mission| mission.tag.as_str()).collect(),
        skills,
        role: terms.role.clone(),
        posted: terms.posted,
        row,
    }
}

/// A title of 22–48 characters if one can be told; among those the one least often `told` in the region so far.
fn title(terms: &Terms, facts: &Facts, told: &mut Told, rng: &mut Rng) -> String {
    let mut facts = facts.clone();
    facts.know("n2", terms.missions.len().to_string());
    let templates = rng.sample(&VOCABULARY.bank.title_template, usize::MAX).into_iter().map(String::as_str);
    let allowed: Vec<&'static str> = templates.filter(|template| facts.allow(template)).collect();
    let titles = allowed.into_iter().map(|template| (template, facts.fill(template, rng)));
    let best = titles.min_by_key(|(template, title)| {
        let fits = (22..=48).contains(&title.chars().count());
        (!fits, told.get(template).copied().unwrap_or(0))
    });
    let (template, title) = best.expect("some titles need nothing but trade and role");
    *told.entry(template).or_default() += 1;
    title
}

/// 業務内容: the place, the trouble, the work, then the president's own words. A second opening of the firm is told another way.
fn description(firm: &Firm, terms: &Terms, facts: &Facts, rng: &mut Rng) -> String {
    let (story, bank) = (firm.story, &VOCABULARY.bank);
    let opening_words =
        if terms.turn == 0 { [&story.scene, &story.strength] } else { [&story.history, &story.strength] };
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
    let mut quotes = story.quotes.iter().cycle().skip(terms.turn).take(story.quotes.len());
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
