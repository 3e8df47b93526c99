//! Pages, orders and facets: what belongs together agrees, whatever changes in the meantime.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a failed test")]

mod common;

use common::{opening, shelf_of};
use migiude_index::{Answer, BadCursor, Cursor, Document, Kind, Page, Query, Sort};

fn facets(answer: &Answer) -> String {
    format!("{:?}", answer.facets)
}

/// Fifty openings, posted and closing in groups, written in several commits so that they lie in several segments.
fn fifty() -> common::Shelf {
    let shelf = shelf_of(&[]);
    let mut writer = shelf.index.writer().unwrap();
    for i in 0..50 {
        let (posted_at, closes_at) = (i / 10, (i % 3 > 0).then_some(i % 5));
        let text = if i % 7 == 0 { "番頭を求む。番頭は週1日から。" } else { "番頭を求む" };
        writer.put(&Document { posted_at, closes_at, ..opening(&format!("{i:02}"), text) });
        if i % 12 == 0 {
            writer.commit(i as u64 + 2).unwrap();
        }
    }
    writer.commit(60).unwrap();
    drop(writer);
    shelf
}

fn ids(answer: &Answer) -> Vec<String> {
    answer.hits.iter().map(|hit| hit.id.clone()).collect()
}

#[test]
fn pages_follow_each_other_without_gap_or_repeat_and_lead_back() {
    let shelf = fifty();
    for (text, sort) in [
        ("番頭", Sort::Relevance),
        ("番頭", Sort::Newest),
        ("番頭", Sort::Closing),
        ("", Sort::Relevance),
        ("", Sort::Closing),
    ] {
        let page = |page: Page, limit| {
            let query = Query { page, limit, sort, ..Query::new(Kind::Opening, text) };
            let answer = shelf.index.search(&query).unwrap();
            assert_eq!(answer.total, 50);
            answer
        };
        let whole = ids(&page(Page::First, 100));
        assert_eq!(whole.len(), 50);
        let first = page(Page::First, 7);
        assert_eq!((first.start, first.before.as_ref()), (0, None));
        let (mut rows, mut last) = (ids(&first), first);
        while let Some(after) = last.after.clone() {
            let next = page(Page::After(after.to_string().parse().unwrap()), 7);
            assert_eq!(next.start, rows.len() as u64);
            let back = page(Page::Before(next.before.clone().unwrap()), 7);
            assert_eq!((ids(&back), back.start), (ids(&last), last.start));
            rows.extend(ids(&next));
            last = next;
        }
        assert_eq!(rows, whole, "{text} {sort:?}");
    }
}

#[test]
fn the_newest_the_soonest_to_close_and_the_best_come_first() {
    let shelf = fifty();
    let first =
        |text, sort| ids(&shelf.index.search(&Query { sort, ..Query::new(Kind::Opening, text) }).unwrap());
    assert_eq!(first("番頭", Sort::Newest)[..2], ["40", "41"]);
    assert_eq!(first("", Sort::Relevance)[..2], ["40", "41"]);
    assert_eq!(first("", Sort::Closing)[..3], ["05", "10", "20"]);
    assert_eq!(first("番頭", Sort::Relevance)[..3], ["00", "07", "14"]);
}

#[test]
fn what_is_posted_or_taken_down_between_two_pages_moves_nobody() {
    let shelf = fifty();
    let page =
        |page| shelf.index.search(&Query { page, limit: 10, ..Query::new(Kind::Opening, "番頭") }).unwrap();
    let whole = ids(&shelf.index.search(&Query { limit: 100, ..Query::new(Kind::Opening, "番頭") }).unwrap());
    let first = page(Page::First);
    let mut writer = shelf.index.writer().unwrap();
    for id in &whole[3..9] {
        writer.delete(Kind::Opening, id);
    }
    // Words that make 番頭 rarer or more common, and texts that make the others longer or shorter.
    for i in 0..40 {
        writer.put(&opening(&format!("new{i}"), if i % 2 == 0 { "何もない" } else { "番頭、番頭、番頭" }));
    }
    writer.commit(100).unwrap();
    let second = page(Page::After(first.after.unwrap()));
    assert_eq!(ids(&second), whole[10..20]);
}

#[test]
fn a_place_in_a_list_that_is_none_is_refused() {
    for written in ["", "x", "1", "1.", ".a", "１.a"] {
        assert_eq!(written.parse::<Cursor>(), Err(BadCursor), "{written}");
    }
    let far: Cursor = "-9223372036854775808.zz".parse().unwrap();
    let query = Query { page: Page::After(far), ..Query::new(Kind::Opening, "番頭") };
    let answer = fifty().index.search(&query).unwrap();
    assert_eq!((answer.total, answer.start, answer.hits.len()), (50, 50, 0));
}

#[test]
fn a_facet_that_is_filtered_by_still_counts_its_other_values() {
    let with = |id: &str, pref: &str, days: &str| Document {
        facets: vec![("pref".into(), vec![pref.into()]), ("days".into(), vec![days.into()])],
        ..opening(id, "番頭を求む")
    };
    let shelf = shelf_of(&[
        with("a", "高知県", "1"),
        with("b", "高知県", "2"),
        with("c", "島根県", "1"),
        with("d", "鳥取県", "2"),
    ]);
    let mut query = Query::new(Kind::Opening, "番頭");
    let one = |facet: &str, value: &str| (facet.to_owned(), vec![value.to_owned()]);
    query.filters = vec![one("pref", "高知県")];
    let answer = shelf.index.search(&query).unwrap();
    assert_eq!(answer.total, 2);
    assert_eq!(
        facets(&answer),
        r#"[("days", [("1", 1), ("2", 1)]), ("pref", [("高知県", 2), ("島根県", 1), ("鳥取県", 1)])]"#
    );
    query.filters = vec![one("pref", "高知県"), one("days", "1")];
    let answer = shelf.index.search(&query).unwrap();
    assert_eq!(answer.total, 1);
    assert_eq!(
        facets(&answer),
        r#"[("days", [("1", 1), ("2", 1)]), ("pref", [("島根県", 1), ("高知県", 1)])]"#
    );
    // Each number is what choosing that value finds.
    for (facet, values) in &answer.facets {
        for (value, count) in values {
            let mut alone = query.clone();
            alone.filters.retain(|(name, _)| name != facet);
            alone.filters.push((facet.clone(), vec![value.clone()]));
            assert_eq!(shelf.index.search(&alone).unwrap().total, *count, "{facet} {value}");
        }
    }
}

#[test]
fn a_marked_document_is_left_out_of_list_total_and_facets() {
    let marked = |id: &str, mark: &str| Document {
        marks: vec![mark.into()],
        facets: vec![("pref".into(), vec!["高知県".into()])],
        ..opening(id, "番頭を求む")
    };
    let shelf = shelf_of(&[marked("a", "x"), marked("b", "y"), marked("c", "y")]);
    let query = Query { without: vec!["y".into(), "z".into()], ..Query::new(Kind::Opening, "番頭") };
    let answer = shelf.index.search(&query).unwrap();
    assert_eq!((ids(&answer), answer.total), (vec!["a".to_owned()], 1));
    assert_eq!(facets(&answer), r#"[("pref", [("高知県", 1)])]"#);
}
