//! The firms: a trade with its story, a place that fits it, and figures that fit each other.

use std::collections::BTreeSet;

use super::calendar::{Day, year_written};
use super::cells::wide;
use super::people;
use super::places::{Trades, place};
use super::rng::Rng;
use super::telling::{Facts, kanji};
use super::vocabulary::{BACKGROUND, Prefecture, Story, Trade, VOCABULARY};

/// A fictional firm.
pub struct Firm {
    pub id: String,
    pub name: String,
    pub story: &'static Story,
    pub trade: &'static Trade,
    /// Index into the prefectures of the region; the centre is 0.
    pub prefecture: usize,
    /// A successor is decided; the firm only seeks a right hand.
    pub decided: bool,
    pub registered: Day,
    pub facts: Facts,
    /// How much everybody likes this firm, 0–30.
    pub appeal: i64,
    /// The cells of its row.
    pub row: Vec<String>,
}

/// The header of `firms.csv`.
pub const HEADER: &str = "企業ID,企業名,企業名カナ,法人番号,都道府県,市区町村,業種,従業員数,年商,創業年,\
    代表者名,社長年齢,後継者の状況,黒字/赤字,オープンネーム同意,紹介元,会社概要,登録日,備考";

/// The firms of a region, with names and corporate numbers that occur once.
pub fn firms(seed: u64, count: usize, area: &[&'static Prefecture], today: Day) -> Vec<Firm> {
    let mut stems = stems();
    Rng::of(seed, "stems", 0).shuffle(&mut stems);
    let mut trades = Trades::of(area);
    let mut taken = BTreeSet::new();
    let first_number = Rng::of(seed, "corporate numbers", 0).below(100_000_000);
    (0..count)
        .map(|index| {
            let mut rng = Rng::of(seed, "firm", index);
            let story = trades.next(&mut rng);
            let suffix = rng.pick(&story.name_suffix);
            let (name, kana) = (index..)
                .map(|turn| &stems[turn % stems.len()])
                .map(|(stem, kana)| {
                    (format!("{stem}{suffix}"), format!("{kana}{}", BACKGROUND.suffixes[suffix]))
                })
                .find(|(name, _)| taken.insert(name.clone()))
                .expect("there are more stems than firms of one trade");
            // A step without common factor with 10^8 visits every base once.
            let base = 990_000_000_000 + (first_number as u64 + index as u64 * 7_368_787) % 100_000_000;
            firm(index, story, (name, kana), base, area, today, &mut rng)
        })
        .collect()
}

fn firm(
    index: usize,
    story: &'static Story,
    (stem, kana): (String, String),
    base: u64,
    area: &[&'static Prefecture],
    today: Day,
    rng: &mut Rng,
) -> Firm {
    let shares = &VOCABULARY.distributions;
    let trade = &BACKGROUND.trades[&story.id];
    let (prefecture, town) = place(trade.needs, area, rng);
    let this_year = today.civil().0;
    let founded = founded(trade.since, this_year, rng);
    let years = this_year - founded;
    // Since 2006 no 有限会社 can be founded, but 合同会社 can (会社法).
    let name = match rng.below(100) {
        ..42 => format!("株式会社{stem}"),
        42..70 => format!("{stem}株式会社"),
        _ if founded < 2006 => format!("有限会社{stem}"),
        _ => format!("合同会社{stem}"),
    };
    let generation = 1 + (years - 10).max(0) / 30;
    let bell = &shares.president_age;
    let mut president_age = rng.around(bell.mean, bell.sd).clamp(bell.min, bell.max);
    if generation == 1 {
        president_age = president_age.max(24 + years);
    }
    let mut employees = rng.quantile(&[2, 4, 6, 9, 11, 14, 18, 24, 35, 60, 180]);
    if employees > trade.most {
        employees = 3 + employees % (trade.most - 2);
    }
    let sales = (employees * rng.range(8, 18)).clamp(12, 3000);
    let profitable = rng.weighted(&shares.profitable.weights()) == "yes";
    let (successor, decided) = match rng.weighted(&shares.successor_state.weights()) {
        "closes_in_own_generation" => ("自分の代で廃業予定", false),
        "decided_right_hand_only" => ("後継者決定済", true),
        "not_considered" => ("未検討", false),
        _ => ("決めたいが決められていない", false),
    };
    let open_name = rng.chance(95);
    let registered = today.plus(-rng.range(60, 330));

    let mut facts = Facts::default();
    facts.know("firm", &name);
    facts.know("pref", &area[prefecture].name);
    facts.know("town", town);
    facts.know("trade", &trade.noun);
    facts.know("place", &story.place);
    facts.know("product", &story.products[0]);
    facts.know("product2", &story.products[1]);
    facts.know("founded", founded.to_string());
    facts.know("years", years.to_string());
    facts.know("pres_age", president_age.to_string());
    facts.know("emp", employees.to_string());
    facts.know("sales", sales_band(sales));
    facts.know("protect", story.protect.trim_end_matches('。'));
    if generation > 1 {
        facts.know("gen", kanji(generation));
    }
    facts.know("next_gen", kanji(generation + 1));
    let industry = story.industry.as_str();
    facts.never_say(!profitable, "黒字 業績は安定");
    facts.never_say(generation == 1, "先代 継いだ 創業の家 創業者");
    facts.never_say(years < 60, "老舗");
    facts.never_say(employees < 8, "社内の幹部 勤続十年");
    facts.never_say(employees > 40, "小さな");
    facts.never_say(!open_name, "町にも公表 名前のある会社");
    facts.never_say(industry != "E", "製造と営業");
    facts.never_say(!"EABI".contains(industry), "主な販路 県内が六割");
    facts.never_say("DHGLRPK".contains(industry), "お客様を迎える場所");
    facts.never_say(!story_mentions(story, "職人"), "職人");

    let row = vec![
        format!("F-{:03}", index + 1),
        name_written(&name, rng),
        kana,
        number_written(corporate_number(base), rng),
        area[prefecture].name.clone(),
        town.to_owned(),
        format!("{}／{}", BACKGROUND.industries[industry], story.trade_ja),
        match rng.weighted(&[(0, 75), (1, 12), (2, 8), (3, 5)]) {
            1 => format!("{employees}名"),
            2 => format!("{employees}名（パート含む）"),
            3 => wide(&employees.to_string()),
            _ => employees.to_string(),
        },
        money_written(sales * 1_000_000, rng),
        year_written(founded, rng),
        people::president(index, rng),
        if rng.chance(15) { format!("{president_age}歳") } else { president_age.to_string() },
        successor.to_owned(),
        match (profitable, rng.chance(10)) {
            (true, false) => "黒字",
            (true, true) => "○",
            (false, false) => "赤字",
            (false, true) => "×",
        }
        .to_owned(),
        match (open_name, rng.chance(10)) {
            (true, false) => "同意",
            (true, true) => "同意済",
            (false, _) => "確認中",
        }
        .to_owned(),
        rng.pick(&BACKGROUND.introducers).clone(),
        overview(story, &facts, rng),
        registered.written(rng),
        "デモ用の架空企業".to_owned(),
    ];
    let appeal = rng.range(0, 20) + if profitable { 5 } else { 0 } + (years / 30).min(5);
    Firm { id: row[0].clone(), name, story, trade, prefecture, decided, registered, facts, appeal, row }
}

/// 会社概要: who and where first, then what else may be said, last the strength; 120–300 characters.
fn overview(story: &Story, facts: &Facts, rng: &mut Rng) -> String {
    let (first, others) = VOCABULARY.bank.overview.split_at(1);
    let mut sentences = facts.tell(first, 1, rng);
    let count = rng.range(2, 3) as usize;
    sentences.extend(facts.tell(others, count, rng));
    sentences.push(facts.fill(&story.strength, rng));
    sentences.concat()
}

/// Whether any part of a story that may be told has `word`.
fn story_mentions(story: &Story, word: &str) -> bool {
    [&story.scene, &story.strength, &story.issue, &story.why_now, &story.protect]
        .iter()
        .any(|text| text.contains(word))
}

/// All stems with their katakana.
fn stems() -> Vec<(String, String)> {
    let parts = &BACKGROUND.stems;
    let joined = parts.heads.iter().flat_map(|(head, head_kana)| {
        parts
            .tails
            .iter()
            .map(move |(tail, tail_kana)| (format!("{head}{tail}"), format!("{head_kana}{tail_kana}")))
    });
    parts.whole.iter().cloned().chain(joined).collect()
}

/// A founding year: median 1962, one in eight before 1900, none before the trade began, and old trades with old firms.
fn founded(since: i64, this_year: i64, rng: &mut Rng) -> i64 {
    let drawn = rng.quantile(&[1640, 1895, 1922, 1945, 1962, 1970, 1978, 1986, 2012]);
    if since >= 1950 {
        rng.range(since, (since + 30).min(this_year - 5))
    } else if drawn < since {
        rng.range(since, since + 35)
    } else {
        drawn.min(1980)
    }
}

fn sales_band(millions: i64) -> &'static str {
    match millions {
        ..30 => "3千万円未満",
        30..100 => "3千万〜1億円",
        100..300 => "1〜3億円",
        300..1000 => "3〜10億円",
        _ => "10〜30億円",
    }
}

/// A 12-digit base with its check digit in front (法人番号の指定等に関する省令 第2条).
pub fn corporate_number(base: u64) -> String {
    let digits = (0..12).map(|place| base / 10_u64.pow(place) % 10);
    let sum: u64 = digits.zip([1, 2].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    format!("{}{base:012}", 9 - sum % 9)
}

fn number_written(number: String, rng: &mut Rng) -> String {
    match rng.weighted(&[(0, 88), (1, 6), (2, 6)]) {
        1 => format!("{}-{}-{}-{}", &number[..1], &number[1..5], &number[5..9], &number[9..]),
        2 => wide(&number),
        _ => number,
    }
}

/// The name as typed: sometimes with the short legal form.
pub fn name_written(name: &str, rng: &mut Rng) -> String {
    match rng.weighted(&[(0, 85), (1, 10), (2, 5)]) {
        1 => name.replace("株式会社", "(株)").replace("有限会社", "(有)"),
        2 => name.replace("株式会社", "㈱").replace("有限会社", "㈲"),
        _ => name.to_owned(),
    }
}

fn money_written(yen: i64, rng: &mut Rng) -> String {
    let millions = yen / 1_000_000;
    let (oku, rest) = (millions / 100, millions % 100 * 100);
    match rng.weighted(&[(0, 65), (1, 25), (2, 10)]) {
        1 if oku > 0 && rest > 0 => format!("{oku}億{rest}万円"),
        1 if oku > 0 => format!("{oku}億円"),
        1 => format!("{rest}万円"),
        2 => format!("約{millions}百万円"),
        _ => yen.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_the_published_example() {
        // 国税庁: 7000012050002
        assert_eq!(corporate_number(12_050_002), "7000012050002");
        assert_eq!(corporate_number(990_000_000_001), "8990000000001");
    }

    #[test]
    fn no_firm_is_older_than_its_trade_or_founded_tomorrow() {
        for trade in BACKGROUND.trades.values() {
            for index in 0..100 {
                let year = founded(trade.since, 2026, &mut Rng::of(5, "founded", index));
                assert!((trade.since..=2021).contains(&year), "{} {year}", trade.noun);
            }
        }
    }
}
