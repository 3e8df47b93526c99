//! Everything the desk needs as a sheet: firms, openings and candidates in the columns in which they are taken in, applications
//! and cases. Never a rank-order list.

use std::collections::BTreeMap;

use super::DeskError;
use super::sheets::{self, File, Form, Table};
use crate::accounts::{Operator, Tools};
use crate::clock::in_japan;
use crate::domain::{Areas, Candidate, Choice, Firm, Length, Opening, Pay, PayUnit, Range, Region, Start};
use crate::store::desk::{self as rows, ApplicationLine, CaseRow};
use crate::store::journal::{self, Entry};
use crate::store::region;
use crate::texts::Lang;

/// What may be written out.
pub const KINDS: [&str; 5] = ["firms", "openings", "candidates", "applications", "cases"];

/// Writes out all records of a kind, and notes who did.
///
/// # Errors
/// [`DeskError::NotFound`] for a kind that is none, [`DeskError::Sheet`].
pub async fn export(
    operator: &Operator,
    kind: &str,
    form: Form,
    tools: Tools<'_>,
) -> Result<File, DeskError> {
    let table = gather(kind, tools).await?;
    let count = table.rows.len();
    let written = tokio::task::spawn_blocking(move || sheets::write(&table, form)).await;
    let file = written.map_err(|cause| DeskError::Sheet(cause.to_string()))??;
    let entry = Entry {
        at: tools.now_ms(),
        person: operator.person(),
        acted_as: "operator".to_owned(),
        action: "export".to_owned(),
        subject_kind: "desk".to_owned(),
        subject: kind.to_owned(),
        facts: format!("{{\"rows\":{count},\"form\":\"{}\"}}", form.ending()),
    };
    let mut tx = tools.db.begin().await?;
    journal::add(&mut tx, &entry).await?;
    tx.commit().await?;
    Ok(file)
}

async fn gather(kind: &str, tools: Tools<'_>) -> Result<Table, DeskError> {
    let db = tools.db;
    Ok(match kind {
        "firms" => firms(&region::records(db).await?),
        "openings" => openings(&region::records(db).await?),
        "candidates" => candidates(&region::records(db).await?),
        "applications" => applications(&rows::applications(db).await?, &region::records(db).await?),
        "cases" => cases_table(&rows::all_cases(db).await?),
        _ => return Err(DeskError::NotFound),
    })
}

fn firms(region: &Region) -> Table {
    let header = vec![
        "企業ID",
        "企業名",
        "企業名カナ",
        "法人番号",
        "都道府県",
        "市区町村",
        "業種",
        "従業員数",
        "年商",
        "創業年",
        "代表者名",
        "社長年齢",
        "後継者の状況",
        "黒字/赤字",
        "オープンネーム同意",
        "紹介元",
        "会社概要",
        "登録日",
        "備考",
    ];
    let row = |firm: &Firm| {
        let facts = &firm.facts;
        vec![
            first(&firm.codes),
            facts.name.clone(),
            text(&facts.kana),
            text(&facts.corporate_number),
            facts.prefecture.clone(),
            text(&facts.municipality),
            text(&facts.industry),
            text(&facts.employees),
            facts.revenue.map(range).unwrap_or_default(),
            text(&facts.founded),
            text(&facts.president),
            text(&facts.president_age),
            choice(facts.succession),
            choice(facts.profit),
            facts.open_name.ja().to_owned(),
            text(&facts.referred_by),
            text(&facts.about),
            text(&facts.registered_on),
            text(&facts.note),
        ]
    };
    Table { name: "firms", header, rows: region.firms.iter().map(row).collect() }
}

fn openings(region: &Region) -> Table {
    let header = vec![
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
    let firms: BTreeMap<_, _> = region.firms.iter().map(|firm| (firm.id, firm)).collect();
    let row = |opening: &Opening| {
        let facts = &opening.facts;
        let firm = firms.get(&opening.firm);
        vec![
            text(&opening.code),
            firm.map(|firm| first(&firm.codes)).unwrap_or_default(),
            firm.map(|firm| firm.facts.name.clone()).unwrap_or_default(),
            facts.kind.ja().to_owned(),
            text(&facts.role),
            facts.title.clone(),
            text(&facts.mission),
            facts.work.clone(),
            facts.days.map(days).unwrap_or_default(),
            facts.remote.map(|share| range(share) + "%").unwrap_or_default(),
            facts.contract.ja().to_owned(),
            facts.pay.map(pay).unwrap_or_default(),
            text(&facts.place),
            facts.length.map(length).unwrap_or_default(),
            facts.seats.to_string(),
            facts.start.map(start).unwrap_or_default(),
            text(&facts.deadline),
            text(&facts.wanted),
            facts.skills.join("／"),
            text(&facts.not_entrusted),
            text(&facts.hours),
            text(&facts.changes),
            text(&facts.probation),
            text(&facts.insurance),
            text(&facts.smoking),
            text(&facts.posted_on),
            text(&facts.note),
        ]
    };
    Table { name: "openings", header, rows: region.openings.iter().map(row).collect() }
}

fn candidates(region: &Region) -> Table {
    let header = vec![
        "候補者ID",
        "氏名",
        "ふりがな",
        "メール",
        "電話番号",
        "居住地",
        "ゆかりの地域",
        "希望トラック",
        "希望地域",
        "希望業種",
        "週稼働日数",
        "移住意向",
        "希望契約",
        "現職",
        "副業許可",
        "見出し",
        "職務要約",
        "スキル",
        "実績",
        "志望動機",
        "個人情報同意",
        "登録日",
        "備考",
    ];
    let row = |one: &Candidate| {
        let facts = &one.facts;
        vec![
            first(&one.codes),
            facts.name.clone(),
            text(&facts.kana),
            facts.mail.clone(),
            text(&facts.phone),
            text(&facts.home),
            text(&facts.ties),
            choice(facts.track),
            facts.areas.as_ref().map(areas).unwrap_or_default(),
            text(&facts.industries),
            facts.days.map(days).unwrap_or_default(),
            choice(facts.move_wish),
            choice(facts.contract),
            text(&facts.present_job),
            facts.side_job.ja().to_owned(),
            text(&facts.headline),
            text(&facts.summary),
            facts.skills.join("／"),
            text(&facts.achievements),
            text(&facts.motive),
            facts.consent.ja().to_owned(),
            text(&facts.registered_on),
            text(&facts.note),
        ]
    };
    Table { name: "candidates", header, rows: region.candidates.iter().map(row).collect() }
}

fn applications(lines: &[ApplicationLine], region: &Region) -> Table {
    let header = vec![
        "候補者ID",
        "氏名",
        "募集ID",
        "タイトル",
        "企業名",
        "区分",
        "段階",
        "回答を待つ相手",
        "回答期限",
        "終了の理由",
        "開始",
        "更新",
    ];
    let people: BTreeMap<_, _> = region.candidates.iter().map(|one| (one.id.to_string(), one)).collect();
    let openings: BTreeMap<_, _> = region.openings.iter().map(|one| (one.id.to_string(), one)).collect();
    let firms: BTreeMap<_, _> = region.firms.iter().map(|firm| (firm.id, firm)).collect();
    let row = |line: &ApplicationLine| {
        let person = people.get(&line.candidate_id);
        let opening = openings.get(&line.opening_id);
        let firm = opening.and_then(|opening| firms.get(&opening.firm));
        vec![
            person.map(|one| first(&one.codes)).unwrap_or_default(),
            person.map(|one| one.facts.name.clone()).unwrap_or_default(),
            opening.map(|one| text(&one.code)).unwrap_or_default(),
            opening.map(|one| one.facts.title.clone()).unwrap_or_default(),
            firm.map(|firm| firm.facts.name.clone()).unwrap_or_default(),
            line.level.clone(),
            line.stage.clone(),
            line.waits_for.clone(),
            line.answer_by.map(instant).unwrap_or_default(),
            text(&line.reason),
            instant(line.created_at),
            instant(line.updated_at),
        ]
    };
    Table { name: "applications", header, rows: lines.iter().map(row).collect() }
}

fn cases_table(cases: &[CaseRow]) -> Table {
    let header = vec!["種類", "名前", "段階", "次にすること", "期限", "更新"];
    let say = |key: String| Lang::Ja.say(&key);
    let row = |case: &CaseRow| {
        vec![
            say(format!("desk-kind-{}", case.subject_kind)),
            case.name.clone(),
            say(format!("desk-stage-{}", case.stage)),
            case.next_step.clone(),
            text(&case.due_on),
            instant(case.updated_at),
        ]
    };
    Table { name: "cases", header, rows: cases.iter().map(row).collect() }
}

fn text<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map(T::to_string).unwrap_or_default()
}

fn first(codes: &[String]) -> String {
    codes.first().cloned().unwrap_or_default()
}

fn choice<T: Choice>(value: Option<T>) -> String {
    value.map(|one| one.ja().to_owned()).unwrap_or_default()
}

fn range<T: Copy + PartialEq + ToString>(range: Range<T>) -> String {
    if range.min == range.max {
        range.min.to_string()
    } else {
        format!("{}〜{}", range.min.to_string(), range.max.to_string())
    }
}

/// 「週1.5日」
fn days(days: Range<u16>) -> String {
    let number = |hundredths: u16| {
        let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    if days.min == days.max {
        format!("週{}日", number(days.min))
    } else {
        format!("週{}〜{}日", number(days.min), number(days.max))
    }
}

fn pay(pay: Pay) -> String {
    let unit = match pay.unit {
        PayUnit::Month => "月額",
        PayUnit::Hour => "時給",
        PayUnit::Day => "日給",
        PayUnit::Year => "年額",
        PayUnit::Success => "成果報酬",
        PayUnit::Unpaid => "無償",
    };
    pay.amount.map_or_else(|| unit.to_owned(), |amount| format!("{unit}{}円", range(amount)))
}

fn length(length: Length) -> String {
    match length {
        Length::Months(months) => format!("{}か月", range(months)),
        Length::Unlimited => "無期".to_owned(),
    }
}

fn start(start: Start) -> String {
    match start {
        Start::Day(date) => date.to_string(),
        Start::Month { year, month } => format!("{year}年{month}月"),
        Start::AnyTime => "随時".to_owned(),
    }
}

fn areas(areas: &Areas) -> String {
    match areas {
        Areas::Everywhere => "全国".to_owned(),
        Areas::Prefectures(list) => list.join("、"),
    }
}

/// `2026-12-05 17:00`, in Japan.
fn instant(ms: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(ms).ok().map(in_japan);
    at.map(|at| format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())).unwrap_or_default()
}
