//! The room as its callers see it: sheets in, plan and report out. `Desk` is a store in memory.

mod editions;
mod files;
mod mess;
mod properties;
mod relations;
mod sample;

use jiff::civil::date;
use uuid::Uuid;

use super::{FileReport, Level, Plan, RawFile, open, plan};
use crate::domain::{CandidateFacts, FirmFacts, OpeningFacts, Region};

/// A desk that imports what it is given and remembers.
#[derive(Default)]
struct Desk {
    region: Region,
    ids: u128,
}

impl Desk {
    /// A desk that knows the firm F-1, its opening M-1 and the candidates C-1 and C-2.
    fn with_a_firm_an_opening_and_two_candidates() -> Self {
        let mut desk = Self::default();
        let people =
            candidates(&[&[], &[("候補者ID", "C-2"), ("氏名", "赤木 次郎"), ("メール", "jiro@example.jp")]]);
        desk.import(&[
            ("firms.csv", &firms(&[&[]])),
            ("openings.csv", &openings(&[&[]])),
            ("candidates.csv", &people),
        ]);
        assert_eq!((desk.region.openings.len(), desk.region.candidates.len()), (1, 2));
        desk
    }

    fn import(&mut self, files: &[(&str, &str)]) -> Plan {
        let raw = files.iter().map(|(name, text)| (*name, text.as_bytes()));
        self.import_bytes(&raw.collect::<Vec<_>>())
    }

    fn import_bytes(&mut self, files: &[(&str, &[u8])]) -> Plan {
        let files =
            files.iter().map(|(name, bytes)| RawFile { name: (*name).to_owned(), bytes: bytes.to_vec() });
        let sheets = open(files.collect()).expect("no file is refused");
        let mut next = || {
            self.ids += 1;
            Uuid::from_u128(self.ids)
        };
        let plan = plan(&self.region, sheets, date(2026, 11, 22), &mut next);
        for file in &plan.report.files {
            assert_eq!(
                file.rows,
                file.accepted + file.warned + file.rejected + file.skipped,
                "{}",
                file.file
            );
            assert_eq!(
                file.new + file.updated + file.unchanged,
                file.accepted + file.warned,
                "{}",
                file.file
            );
        }
        self.region.apply(plan.changes.clone());
        plan
    }

    fn firm(&self) -> &FirmFacts {
        &self.region.firms.last().expect("a firm").facts
    }

    fn opening(&self) -> &OpeningFacts {
        &self.region.openings.last().expect("an opening").facts
    }

    fn candidate(&self) -> &CandidateFacts {
        &self.region.candidates.last().expect("a candidate").facts
    }
}

fn only_file(plan: &Plan) -> &FileReport {
    assert_eq!(plan.report.files.len(), 1);
    &plan.report.files[0]
}

/// The problems of the only file, as `row column code`.
fn problems(plan: &Plan) -> Vec<String> {
    let file = only_file(plan);
    let words = file.problems.iter().map(|problem| {
        let column = problem.column.map_or(String::new(), |column| format!("{column} "));
        format!("{} {column}{}", problem.row, problem.code.name())
    });
    words.collect()
}

/// New, updated and unchanged rows of the only file.
fn fates(plan: &Plan) -> (usize, usize, usize) {
    let file = only_file(plan);
    (file.new, file.updated, file.unchanged)
}

fn is_rejected(plan: &Plan) -> bool {
    plan.report
        .files
        .iter()
        .flat_map(|file| &file.problems)
        .any(|problem| problem.code.level() == Level::Reject)
}

/// Cells that differ from the sound row.
type Differences<'a> = &'a [(&'a str, &'a str)];

/// A sheet of sound rows, each with some cells changed; a column named nowhere else is added.
fn sheet(sound: &[(&str, &str)], rows: &[Differences<'_>]) -> String {
    let mut columns: Vec<&str> = sound.iter().map(|(column, _)| *column).collect();
    for (column, _) in rows.iter().flat_map(|row| row.iter()) {
        if !columns.contains(column) {
            columns.push(column);
        }
    }
    let mut lines = vec![columns.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(",")];
    for row in rows {
        let cell = |column: &&str| {
            let given = row.iter().chain(sound).find(|(name, _)| name == column);
            quoted(given.map_or("", |(_, value)| value))
        };
        lines.push(columns.iter().map(cell).collect::<Vec<_>>().join(","));
    }
    lines.join("\n") + "\n"
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn firms(rows: &[Differences<'_>]) -> String {
    let sound = [
        ("企業ID", "F-1"),
        ("企業名", "株式会社青木"),
        ("法人番号", "8990010407747"),
        ("都道府県", "山口県"),
        ("市区町村", "萩市"),
        ("オープンネーム同意", "同意"),
    ];
    sheet(&sound, rows)
}

fn openings(rows: &[Differences<'_>]) -> String {
    let sound = [
        ("募集ID", "M-1"),
        ("企業ID", "F-1"),
        ("企業名", "株式会社青木"),
        ("種別", "お試しCxO"),
        ("タイトル", "右腕を募集"),
        ("業務内容", "社長の隣で働く"),
        ("契約形態", "業務委託"),
        ("報酬", "月3万円"),
        ("募集人数", "1"),
    ];
    sheet(&sound, rows)
}

/// What makes an opening a sound employment.
const EMPLOYMENT: [(&str, &str); 7] = [
    ("契約形態", "雇用（有期）"),
    ("報酬", "月35万円"),
    ("就業時間", "9:00～18:00（休憩60分）"),
    ("変更の範囲", "変更なし"),
    ("試用期間", "なし（本採用から）"),
    ("社会保険", "完備"),
    ("受動喫煙対策", "屋内禁煙"),
];

fn candidates(rows: &[Differences<'_>]) -> String {
    let sound =
        [("候補者ID", "C-1"), ("氏名", "青木 太郎"), ("メール", "taro@example.jp"), ("個人情報同意", "同意")];
    sheet(&sound, rows)
}

fn interests(rows: &[Differences<'_>]) -> String {
    sheet(&[("候補者ID", "C-1"), ("募集ID", "M-1"), ("区分", "応募")], rows)
}

fn couples(rows: &[Differences<'_>]) -> String {
    let sound = [
        ("候補者ID1", "C-1"),
        ("候補者ID2", "C-2"),
        ("条件", "同じ企業"),
        ("片方のみの場合", "二人とも辞退"),
    ];
    sheet(&sound, rows)
}
