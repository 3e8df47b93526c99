//! The sample region of the convention: 24 sound firms, 36 sound openings, 120 sound candidates and the everyday mess.

use super::{Desk, problems};
use crate::intake::RawFile;
use crate::texts::Lang;

fn sample() -> Vec<RawFile> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/coordinator");
    crate::intake::gather(&[folder.into()]).expect("the sample is there").files
}

fn import(desk: &mut Desk) -> crate::intake::Plan {
    let files = sample();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    desk.import_bytes(&files)
}

#[test]
fn the_sample_region_is_taken_in_and_the_second_time_changes_nothing() {
    let mut desk = Desk::default();
    let first = import(&mut desk);
    let counts = |plan: &crate::intake::Plan| {
        let files = plan.report.files.iter();
        files
            .map(|f| (f.kind.name(), f.rows, f.accepted, f.warned, f.rejected, f.skipped))
            .collect::<Vec<_>>()
    };
    let expected = [
        ("firms", 28, 19, 7, 1, 1),
        ("openings", 40, 28, 8, 3, 1),
        ("candidates", 126, 110, 12, 3, 1),
        ("interests", 626, 612, 6, 7, 1),
        ("rankings_candidates", 409, 388, 16, 4, 1),
        ("rankings_openings", 463, 451, 6, 5, 1),
        ("couples", 5, 3, 1, 0, 1),
    ];
    assert_eq!(counts(&first), expected);
    let region = &desk.region;
    assert_eq!((region.firms.len(), region.openings.len(), region.candidates.len()), (24, 36, 120));
    assert_eq!(first.report.files.iter().map(|file| file.updated).sum::<usize>(), 0);

    let second = import(&mut desk);
    assert!(second.changes.is_empty());
    assert_eq!(counts(&second), expected);
    for (one, two) in first.report.files.iter().zip(&second.report.files) {
        assert_eq!(one.problems, two.problems, "{}", one.file);
    }
    assert!(second.report.files.iter().all(|file| file.new == 0 && file.updated == 0));
    assert!(second.report.files.iter().all(|file| file.missing.is_empty()));
}

#[test]
fn the_firms_of_the_sample_meet_what_they_should() {
    let files = sample();
    let firms = files.iter().find(|file| file.name == "firms.csv").expect("firms");
    let plan = Desk::default().import_bytes(&[("firms.csv", &firms.bytes)]);
    let expected = [
        "6 企業名 E-REQUIRED",
        "10 W-DUP-FIRM",
        "11 法人番号 W-CORPNO-MISSING",
        "17 創業年 W-UNPARSED",
        "24 後継者の状況 W-AMBIGUOUS",
    ];
    for problem in expected {
        assert!(problems(&plan).iter().any(|found| found == problem), "{problem} in {:?}", problems(&plan));
    }
}

#[test]
fn every_row_the_sample_loses_can_be_mended_and_imported_again() {
    let mut desk = Desk::default();
    let plan = import(&mut desk);
    let firms =
        plan.rejects.iter().find(|rejects| rejects.name == "firms-rejected.csv").expect("firms are rejected");
    let text = String::from_utf8(firms.to_csv(Lang::Ja)).expect("UTF-8");
    assert!(text.starts_with('\u{FEFF}'));
    let mended = text.replace("ｆ－０２７,\u{3000},", "ｆ－０２７,青沢自動車,");
    assert_ne!(mended, text);
    let again = desk.import(&[(&firms.name, &mended)]);
    assert_eq!(problems(&again), [""; 0]);
    assert_eq!(again.report.files[0].new, 1);
    assert_eq!(desk.region.firms.len(), 25);
}
