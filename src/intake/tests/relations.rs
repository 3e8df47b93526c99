//! Interests, rank-order lists and couples.

use super::{Desk, candidates, couples, fates, interests, openings, problems};
use crate::domain::{InterestKind, RankList};
use crate::intake::Plan;

const NONE: [&str; 0] = [];

/// A desk with openings M-1 … M-6 and candidates C-1, C-2 (who is C-9 too).
fn desk() -> Desk {
    let mut desk = Desk::with_a_firm_an_opening_and_two_candidates();
    let codes = ["M-2", "M-3", "M-4", "M-5", "M-6"].map(|code| [("募集ID", code)]);
    let rows: Vec<&[(&str, &str)]> = codes.iter().map(|cells| cells.as_slice()).collect();
    let twice = [("候補者ID", "C-9"), ("氏名", "赤木次郎"), ("メール", "jiro@example.jp")];
    let people = candidates(&[&[("候補者ID", "C-2"), twice[1], twice[2]], &twice]);
    desk.import(&[("openings.csv", &openings(&rows)), ("candidates.csv", &people)]);
    desk
}

fn rank(desk: &mut Desk, entries: &[(&str, &str)]) -> Plan {
    let rows = entries.iter().map(|(opening, rank)| format!("C-1,青木太郎,{rank},{opening},株式会社青木,\n"));
    let text = format!("候補者ID,氏名,順位,募集ID,企業名,メモ\n{}", rows.collect::<String>());
    desk.import(&[("rankings_candidates.csv", &text)])
}

/// The ranks of C-1's list in the order of openings M-1, M-2 …, 0 for those not on it.
fn ranks(desk: &Desk) -> Vec<u32> {
    let Some(RankList::OfCandidate { entries, .. }) = desk.region.rankings.first() else { return Vec::new() };
    let rank = |opening: &crate::domain::Opening| {
        entries.iter().find(|entry| entry.partner == opening.id).map_or(0, |entry| entry.rank)
    };
    desk.region.openings.iter().map(rank).collect()
}

#[test]
fn relations_to_unknown_ids_are_refused_and_to_merged_ids_told() {
    let mut desk = desk();
    let plan = desk.import(&[(
        "interests.csv",
        &interests(&[
            &[("候補者ID", "C-404"), ("募集ID", "M-404")],
            &[("候補者ID", "c－９"), ("氏名", "赤木　次郎")],
            &[("候補者ID", "C-1"), ("氏名", "別人"), ("企業名", "㈱別")],
            &[("募集ID", "M-2"), ("氏名", "青木太郎"), ("企業名", "青木(株)")],
        ]),
    )]);
    assert_eq!(
        problems(&plan),
        [
            "2 候補者ID E-UNKNOWN-CANDIDATE",
            "2 募集ID E-UNKNOWN-OPENING",
            "3 候補者ID W-ID-ALIAS",
            "4 氏名 W-NAME-MISMATCH",
            "4 企業名 W-NAME-MISMATCH",
        ]
    );
    assert_eq!(desk.region.interests.len(), 3);
}

#[test]
fn the_same_interest_twice_is_merged_and_an_application_wins() {
    let mut desk = desk();
    let text = interests(&[&[("区分", "いいね"), ("経路", "SNS")], &[("経路", "知人"), ("メモ", "面談")]]);
    let plan = desk.import(&[("interests.csv", &text)]);
    assert_eq!(problems(&plan), ["3 W-DUP-INTEREST"]);
    let interest = &desk.region.interests[0];
    assert_eq!(interest.kind, Some(InterestKind::Application));
    assert_eq!((interest.channel.as_deref(), interest.memo.as_deref()), (Some("SNS"), Some("面談")));
    let again = desk.import(&[("interests.csv", &text)]);
    assert_eq!((fates(&again), again.changes.is_empty()), ((0, 0, 2), true));
}

#[test]
fn ranks_are_closed_up_with_ties_and_gaps_told() {
    let mut desk = desk();
    let plan = rank(&mut desk, &[("M-1", "①"), ("M-2", "第二希望"), ("M-3", "5位"), ("M-4", "6")]);
    assert_eq!(problems(&plan), ["4 順位 W-RANK-GAP"]);
    assert_eq!(ranks(&desk), [1, 2, 3, 4, 0, 0]);
    let plan = rank(&mut desk, &[("M-4", "3"), ("M-2", "2"), ("M-3", "2"), ("M-1", "1")]);
    assert_eq!(problems(&plan), ["3 順位 W-TIE", "4 順位 W-TIE"]);
    assert_eq!(ranks(&desk), [1, 2, 2, 3, 0, 0]);
    let plan = rank(&mut desk, &[("M-1", "1"), ("M-2", "2"), ("M-3", "2"), ("M-4", "4")]);
    assert_eq!(problems(&plan), ["3 順位 W-TIE", "4 順位 W-TIE"]);
    let plan = rank(&mut desk, &[("M-1", "2")]);
    assert_eq!(problems(&plan), ["2 順位 W-RANK-GAP"]);
    assert_eq!(ranks(&desk), [1, 0, 0, 0, 0, 0]);
}

#[test]
fn rows_that_are_refused_take_no_rank() {
    let mut desk = desk();
    let plan = rank(
        &mut desk,
        &[("M-1", "1"), ("M-404", "2"), ("M-1", "3"), ("M-2", "◎"), ("M-3", ""), ("M-4", "2")],
    );
    assert_eq!(
        problems(&plan),
        ["3 募集ID E-UNKNOWN-OPENING", "4 E-DUP-ENTRY", "5 順位 E-RANK", "6 順位 E-REQUIRED"]
    );
    assert_eq!(ranks(&desk), [1, 0, 0, 2, 0, 0]);
}

#[test]
fn a_later_edition_replaces_a_list_unless_none_of_its_rows_is_accepted() {
    let mut desk = desk();
    rank(&mut desk, &[("M-1", "1"), ("M-2", "2"), ("M-3", "3")]);
    let plan = rank(&mut desk, &[("M-1", "1"), ("M-3", "2"), ("M-4", "3")]);
    assert_eq!((problems(&plan).len(), fates(&plan)), (NONE.len(), (1, 1, 1)));
    assert_eq!(ranks(&desk), [1, 0, 2, 3, 0, 0]);
    let plan = rank(&mut desk, &[("M-404", "1")]);
    assert!(plan.changes.is_empty());
    assert_eq!(ranks(&desk), [1, 0, 2, 3, 0, 0]);
    assert_eq!(plan.report.files[0].missing, ["C-1"]);
}

#[test]
fn a_list_of_an_opening_belongs_to_the_opening() {
    let mut desk = desk();
    let text = "募集ID,順位,候補者ID\nM-1,1,C-9\nM-1,2,C-1\nM-1,3,C-2\n";
    let plan = desk.import(&[("rankings_openings.csv", text)]);
    assert_eq!(problems(&plan), ["2 候補者ID W-ID-ALIAS", "4 E-DUP-ENTRY"]);
    let entries = match &desk.region.rankings[0] {
        RankList::OfOpening { entries, .. } => entries.as_slice(),
        RankList::OfCandidate { .. } => &[],
    };
    let names =
        entries.iter().map(|entry| desk.region.candidates.iter().position(|one| one.id == entry.partner));
    assert_eq!(names.collect::<Vec<_>>(), [Some(1), Some(0)]);
}

#[test]
fn couples_are_two_known_people_once_and_in_one_pair() {
    let mut desk = desk();
    desk.import(&[(
        "candidates.csv",
        &candidates(&[&[("候補者ID", "C-3"), ("氏名", "緑川"), ("メール", "m@example.jp")]]),
    )]);
    let text = couples(&[
        &[],
        &[("候補者ID1", "C-2"), ("候補者ID2", "C-1"), ("備考", "夫婦")],
        &[("候補者ID2", "C-1")],
        &[("候補者ID1", "C-3")],
        &[("条件", "同じ県")],
        &[("候補者ID1", "C-404")],
        &[("候補者ID1", "C-9"), ("候補者ID2", "C-2")],
    ]);
    let plan = desk.import(&[("couples.csv", &text)]);
    assert_eq!(
        problems(&plan),
        [
            "3 W-DUP-COUPLE",
            "4 E-COUPLE-SELF",
            "5 E-COUPLE-OVERLAP",
            "6 E-COUPLE-CONFLICT",
            "7 候補者ID1 E-UNKNOWN-CANDIDATE",
            "8 E-COUPLE-SELF",
        ]
    );
    assert_eq!(desk.region.couples.len(), 1);
    assert_eq!(desk.region.couples[0].note.as_deref(), Some("夫婦"));
    let plan = desk.import(&[("couples.csv", &couples(&[&[("条件", "近く")]]))]);
    assert_eq!(fates(&plan), (0, 1, 0));
}
