//! Market files: what is written is read again as it was, and what cannot be is refused where it stands.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

use migiude_matching::formats::{Couple, Fault, FormatError, Listing, Names, Place, WriteError};
use migiude_matching::formats::{glasgow, json, result, suite};
use migiude_matching::{Market, MarketBuilder, Matching, Side, audit};
use proptest::prelude::*;

fn names(keys: &[&str]) -> Names {
    Names::new(keys.iter().map(|key| (*key).to_owned())).unwrap()
}

fn refused(read: Result<Listing, FormatError>) -> (usize, Fault) {
    match read.unwrap_err() {
        FormatError { place: Place::Line(line), fault } => (line, fault),
        other => panic!("refused without a line: {other}"),
    }
}

fn refused_member(text: &str) -> (String, Fault) {
    match json::read(text).unwrap_err() {
        FormatError { place: Place::Member(path), fault } => (path, fault),
        other => panic!("refused without a member: {other}"),
    }
}

/// Haruka, Kenji and Mei; the brewery with two seats and the inn with none.
fn region() -> Listing {
    let mut lists = MarketBuilder::default();
    lists.candidate([1, 0]);
    lists.candidate_with_ties([[0, 1]]);
    lists.candidate([]);
    lists.opening_with_ties(2, [vec![1], vec![0, 2]]);
    lists.opening(0, [0]);
    let (candidates, openings) = (names(&["Haruka", "健二", "Mei \"M\""]), names(&["酒蔵", "inn"]));
    Listing { candidates, openings, lists, ..Listing::default() }
}

#[test]
fn json_keeps_keys_order_ties_and_quotas() {
    let region = region();
    assert_eq!(json::read(&json::write(&region)), Ok(region));
}

#[test]
fn glasgow_text_names_the_keys_in_comments_and_keeps_the_lists() {
    let text = glasgow::write(&region()).unwrap();
    let expected = "# candidate 1 = Haruka\n# candidate 2 = 健二\n# candidate 3 = Mei \"M\"\n# opening 1 = 酒蔵\n\
                    # opening 2 = inn\n3\n2\n1 2 1\n2 (1 2)\n3\n1 2 2 (1 3)\n2 0 1\n";
    assert_eq!(text, expected);
    assert_eq!(glasgow::read(&text).unwrap().lists, region().lists);
}

#[test]
fn a_key_with_a_line_break_cannot_leave_its_comment() {
    let mut region = region();
    region.candidates = names(&["1\n9 9 9", "2", "3"]);
    region.openings = Names::counted(2);
    let text = glasgow::write(&region).unwrap();
    assert!(text.starts_with("# candidate 1 = 1 9 9 9\n3\n2\n"));
}

#[test]
fn glasgow_lines_may_come_in_any_order_with_blanks_and_comments() {
    let plain = glasgow::read("2\n1\n1 1\n2 1\n1 1 (2 1)\n").unwrap();
    let loose = "# a region\n\n2 # candidates\r\n1\n\n2 1\n 1   1\n1 1 ( 2 1 ) # one seat\n";
    assert_eq!(glasgow::read(loose), Ok(plain));
}

#[test]
fn suite_text_keeps_couples_who_choose_together() {
    let text = "r 1 10 20\nc 2 3 10 20 10 -1\nr 4\np 10 1 2 1\np 20 1 3 1\n";
    let listing = suite::read(text).unwrap();
    let list = vec![[Some(0), Some(1)], [Some(0), None]];
    assert_eq!(listing.couples, [Couple { members: [1, 2], list }]);
    assert_eq!(listing.candidates, names(&["1", "2", "3", "4"]));
    assert_eq!(suite::write(&listing).unwrap(), text);
    assert_eq!(json::read(&json::write(&listing)), Ok(listing));
}

#[test]
fn json_couples_need_not_stand_among_the_candidates() {
    let text = r#"{"candidates": {"C-1": ["O-1", ["O-2", "O-3"]]},
        "openings": {"O-1": {"quota": 2, "list": ["C-1", "C-5"]}, "O-2": {"quota": 1, "list": []},
                     "O-3": {"quota": 1, "list": ["C-4"]}},
        "couples": [{"members": ["C-4", "C-5"], "list": [["O-1", "O-2"], ["O-1", null]]}]}"#;
    let listing = json::read(text).unwrap();
    assert_eq!(listing.candidates, names(&["C-1", "C-4", "C-5"]));
    let list = vec![[Some(0), Some(1)], [Some(0), None]];
    assert_eq!(listing.couples, [Couple { members: [1, 2], list }]);
}

#[test]
fn json_candidates_may_have_slots_or_days_and_those_of_one_are_written_as_a_plain_list() {
    let file = |candidates: &str| {
        format!(r#"{{"candidates": {{{candidates}}}, "openings": {{"o": {{"quota": 2, "list": ["a"]}}}}}}"#)
    };
    for (size, slots, days) in [("slots", vec![3, 1, 0], vec![]), ("days", vec![], vec![3, 1, 2])] {
        let last = slots.get(2).or(days.get(2)).unwrap();
        let text = file(&format!(
            r#""a": {{"{size}": 3, "list": ["o"]}}, "b": {{"list": [["o"]], "{size}": 1}}, "c": {{"{size}": {last}, "list": []}}"#
        ));
        let listing = json::read(&text).unwrap();
        assert_eq!((&listing.slots, &listing.days), (&slots, &days));
        let written = json::write(&listing);
        assert_eq!(json::read(&written).as_ref(), Ok(&listing));
        assert_eq!(written.matches(size).count(), 2, "{written}");
        assert_eq!(glasgow::write(&listing), Err(WriteError::Sizes));
        assert_eq!(suite::write(&listing), Err(WriteError::Sizes));
    }
    let ones = json::read(&file(r#""a": {"slots": 1, "list": ["o"]}"#)).unwrap();
    assert_eq!(Ok(&ones), json::read(&file(r#""a": ["o"]"#)).as_ref());
    assert_eq!((ones.slots.len(), ones.days.len()), (0, 0));
}

#[test]
fn every_malformed_glasgow_line_is_refused_with_its_number() {
    let unknown = |side, id: &str| Fault::Unknown { side, id: id.to_owned() };
    for (text, line, fault) in [
        ("", 1, Fault::NotACount(Side::Candidate)),
        ("2 1\n1 1\n", 1, Fault::NotACount(Side::Candidate)),
        ("1\n", 1, Fault::NotACount(Side::Opening)),
        ("1\n-1\n", 2, Fault::NotANumber("-1".to_owned())),
        ("1\n+1\n", 2, Fault::NotANumber("+1".to_owned())),
        ("4294967295\n4294967295\n1 1\n", 3, Fault::TooFewLines { expected: 8_589_934_590, found: 1 }),
        ("1\n1\n1 1\n1 1 1\n1\n", 5, Fault::ExtraLine),
        ("1\n1\n# one\n1 2\n1 1 1\n", 4, unknown(Side::Opening, "2")),
        ("1\n1\n1 0\n1 1 1\n", 3, unknown(Side::Opening, "0")),
        ("1\n1\n1 1\n1 1 2\n", 4, unknown(Side::Candidate, "2")),
        ("1\n1\n2 1\n1 1 1\n", 3, unknown(Side::Candidate, "2")),
        ("2\n1\n1 1\n1 1\n1 1\n", 4, Fault::AgentTwice { side: Side::Candidate, id: "1".to_owned() }),
        ("1\n1\n1 1 1\n1 1 1\n", 3, Fault::EntryTwice("1".to_owned())),
        ("1\n1\n1 1\n1\n", 4, Fault::NoQuota),
        ("1\n1\n1 1\n1 4294967296\n", 4, Fault::NotANumber("4294967296".to_owned())),
        ("1\n1\n1 (1\n1 1 1\n", 3, Fault::UnmatchedTie),
        ("1\n1\n1 1)\n1 1 1\n", 3, Fault::UnmatchedTie),
        ("1\n1\n1 ((1))\n1 1 1\n", 3, Fault::NestedTie),
        ("1\n1\n1 ()\n1 1 1\n", 3, Fault::EmptyTie),
        ("1\n1\n1 one\n1 1 1\n", 3, Fault::NotANumber("one".to_owned())),
    ] {
        assert_eq!(refused(glasgow::read(text)), (line, fault), "{text:?}");
    }
}

#[test]
fn every_malformed_suite_line_is_refused_with_its_number() {
    let unknown = |side, id: &str| Fault::Unknown { side, id: id.to_owned() };
    for (text, line, fault) in [
        ("r 1\nx 2\n", 2, Fault::UnknownLine("x".to_owned())),
        ("r\n", 1, Fault::NoId),
        ("c 1\n", 1, Fault::HalfPair),
        ("r 1\n\nc 2 1\n", 3, Fault::AgentTwice { side: Side::Candidate, id: "1".to_owned() }),
        ("c 1 1\n", 1, Fault::AgentTwice { side: Side::Candidate, id: "1".to_owned() }),
        ("p 1 1\np 1 1\n", 2, Fault::AgentTwice { side: Side::Opening, id: "1".to_owned() }),
        ("r 1 9\np 2 1 1\n", 1, unknown(Side::Opening, "9")),
        ("r 1 2\np 2 1 1 7\n", 2, unknown(Side::Candidate, "7")),
        ("r 1 2 2\np 2 1 1\n", 1, Fault::EntryTwice("2".to_owned())),
        ("r 1 2\np 2\n", 2, Fault::NoQuota),
        ("r 1 2\np 2 many 1\n", 2, Fault::NotANumber("many".to_owned())),
        ("c 1 2 3\np 3 1 1\n", 1, Fault::HalfPair),
        ("c 1 2 -1 -1\np 3 1 1\n", 1, Fault::EmptyPair),
        ("c 1 2 3 3 3 3\np 3 1 1\n", 1, Fault::PairTwice),
        ("r 1 (2)\np 2 1 1\n", 1, unknown(Side::Opening, "(2)")),
    ] {
        assert_eq!(refused(suite::read(text)), (line, fault), "{text:?}");
    }
}

#[test]
fn a_json_market_is_refused_with_the_member_that_is_wrong() {
    let unknown = |side, id: &str| Fault::Unknown { side, id: id.to_owned() };
    let twice = |side, id: &str| Fault::AgentTwice { side, id: id.to_owned() };
    let couple = |members: &str, list: &str| {
        format!(
            r#"{{"candidates": {{"a": ["o"]}}, "openings": {{"o": {{"quota": 1, "list": []}}}},
                "couples": [{{"members": {members}, "list": {list}}}]}}"#
        )
    };
    for (text, member, fault) in [
        (
            r#"{"candidates": {"a": [], "a": []}, "openings": {}}"#.to_owned(),
            "candidates",
            twice(Side::Candidate, "a"),
        ),
        (
            r#"{"candidates": {"a": ["o"]}, "openings": {}}"#.to_owned(),
            r#"candidates."a""#,
            unknown(Side::Opening, "o"),
        ),
        (
            r#"{"candidates": {"a": [["o"], "o"]}, "openings": {"o": {"quota": 1, "list": []}}}"#.to_owned(),
            r#"candidates."a""#,
            Fault::EntryTwice("o".to_owned()),
        ),
        (
            r#"{"candidates": {}, "openings": {"o": {"quota": 1, "list": ["x"]}}}"#.to_owned(),
            r#"openings."o".list"#,
            unknown(Side::Candidate, "x"),
        ),
        (r#"{"candidates": {"a": [[]]}, "openings": {}}"#.to_owned(), r#"candidates."a""#, Fault::EmptyTie),
        (
            r#"{"candidates": {"a": {"slots": 2, "list": ["x"]}}, "openings": {}}"#.to_owned(),
            r#"candidates."a""#,
            unknown(Side::Opening, "x"),
        ),
        (
            r#"{"candidates": {"a": {"days": 2, "list": []}, "b": {"days": 0, "list": []}}, "openings": {}}"#
                .to_owned(),
            r#"candidates."b".days"#,
            Fault::NoDays,
        ),
        (
            r#"{"candidates": {"a": {"days": 2, "list": []}, "b": {"slots": 1, "list": []}}, "openings": {}}"#
                .to_owned(),
            r#"candidates."a".days"#,
            Fault::SlotsAndDays,
        ),
        (
            r#"{"candidates": {"a": {"days": 2, "slots": 2, "list": []}}, "openings": {}}"#.to_owned(),
            r#"candidates."a".days"#,
            Fault::SlotsAndDays,
        ),
        (
            r#"{"candidates": {"a": {"slots": 1, "list": []}}, "openings": {},
                "couples": [{"members": ["a", "b"], "list": []}]}"#
                .to_owned(),
            "couples[0].members",
            Fault::MemberWithSize("a".to_owned()),
        ),
        (
            r#"{"candidates": {"a": {"days": 2, "list": []}}, "openings": {},
                "couples": [{"members": ["b", "c"], "list": []}]}"#
                .to_owned(),
            r#"candidates."a""#,
            Fault::CouplesAndSizes,
        ),
        (couple(r#"["b", "b"]"#, "[]"), "couples[0].members", Fault::MemberTwice("b".to_owned())),
        (couple(r#"["a", "b"]"#, "[]"), "couples[0].members", Fault::MemberWithList("a".to_owned())),
        (couple(r#"["b", "c"]"#, "[[null, null]]"), "couples[0].list", Fault::EmptyPair),
        (couple(r#"["b", "c"]"#, r#"[["o", "p"]]"#), "couples[0].list", unknown(Side::Opening, "p")),
    ] {
        assert_eq!(refused_member(&text), (member.to_owned(), fault), "{text}");
    }
}

#[test]
fn a_text_that_is_not_a_json_market_is_refused_with_its_line() {
    for (text, line) in [
        ("", 1),
        ("[]", 1),
        ("{\"candidates\": {}}", 1),
        ("{\"candidates\": {},\n \"openings\": {},\n \"regions\": []}", 3),
        ("{\"candidates\": {},\n \"candidates\": {}, \"openings\": {}}", 2),
        ("{\"candidates\": {\"a\": [1]}, \"openings\": {}}", 1),
        ("{\"candidates\": {\"a\": [[[\"o\"]]]}, \"openings\": {}}", 1),
        ("{\"candidates\": {},\n \"openings\": {\"o\": {\"quota\": -1, \"list\": []}}}", 2),
        ("{\"candidates\": {},\n \"openings\": {\"o\": {\"quota\": 1.5, \"list\": []}}}", 2),
        ("{\"candidates\": {},\n \"openings\": {\"o\": {\"list\": []}}}", 2),
        ("{\"candidates\": {\"a\": [],\n \"b\": {\"list\": []}}, \"openings\": {}}", 2),
        ("{\"candidates\": {\"a\": [],\n \"b\": {\"slots\": null, \"list\": []}}, \"openings\": {}}", 2),
        ("{\"candidates\": {\"a\": [],\n \"b\": {\"slots\": 2}}, \"openings\": {}}", 2),
        (
            "{\"candidates\": {\"a\": [],\n \"b\": {\"slots\": 2, \"slots\": 2, \"list\": []}}, \"openings\": {}}",
            2,
        ),
        ("{\"candidates\": {\"a\": [],\n \"b\": {\"slot\": 2, \"list\": []}}, \"openings\": {}}", 2),
        (
            "{\"candidates\": {\"a\": [],\n \"b\": {\"slots\": 4294967296, \"list\": []}}, \"openings\": {}}",
            2,
        ),
        ("{\"candidates\": {\"a\": [],\n \"b\": {\"days\": -1, \"list\": []}}, \"openings\": {}}", 2),
        ("{\"candidates\": {\"a\": [],\n \"b\": {\"days\": 1.5, \"list\": []}}, \"openings\": {}}", 2),
        ("{\"candidates\": {\"a\": [],\n \"b\": 2}, \"openings\": {}}", 2),
        ("{\"candidates\": {}, \"openings\": {}} and more", 1),
    ] {
        let (found, fault) = refused(json::read(text));
        assert_eq!(found, line, "{text:?}");
        assert!(matches!(fault, Fault::Json(_)), "{text:?}");
    }
}

#[test]
fn what_is_not_of_the_shape_is_told_with_its_column_and_without_names_of_types() {
    let told = |text: &str| json::read(text).unwrap_err().to_string();
    let text = r#"{"candidates": {"a": []}, "openings": {"o": 7}}"#;
    assert_eq!(
        told(text),
        "line 1: invalid type: integer `7`, expected an object of a quota and a list, column 45"
    );
    let claims = |text: &str| migiude_matching::formats::result::read(text).unwrap_err().to_string();
    assert!(claims("null").contains("expected a result's object"));
    assert!(claims(r#"{"candidates": {"a": 1}}"#).contains("expected an opening's key or a list of keys"));
}

#[test]
fn deep_nesting_is_refused_without_deep_recursion() {
    let deep = format!("{{\"candidates\": {{\"a\": {}", "[".repeat(1_000_000));
    assert!(matches!(refused(json::read(&deep)).1, Fault::Json(_)));
}

#[test]
fn a_format_refuses_to_write_what_it_cannot_hold() {
    assert_eq!(suite::write(&region()), Err(WriteError::Key("Mei \"M\"".to_owned())));
    let mut tied = region();
    tied.candidates = Names::counted(3);
    assert_eq!(suite::write(&tied), Err(WriteError::Ties));
    let coupled = suite::read("c 1 2 3 3\np 3 2 1 2\n").unwrap();
    assert_eq!(glasgow::write(&coupled), Err(WriteError::Couples));
}

#[test]
fn a_result_tells_the_costs_and_what_was_dropped() {
    let listing = json::read(
        r#"{"candidates": {"a": ["p", "o"], "b": ["o"]}, "openings": {"o": {"quota": 1, "list": ["a", "b"]},
            "p": {"quota": 1, "list": []}}}"#,
    )
    .unwrap();
    let market = listing.market().unwrap();
    let matching = Matching::new([Some(0), None]);
    let audit = audit(&market, &matching);
    let (candidates, openings) = (&listing.candidates, &listing.openings);
    let record = result::Record {
        mechanism: "candidate-optimal",
        candidates,
        openings,
        places: result::Places::One(&matching),
        figures: (&audit).into(),
        dropped: market.dropped(),
        lottery_seed: Some(7),
        facts: result::Facts::default(),
    };
    let text = result::write(&record);
    let expected = serde_json::json!({
        "mechanism": "candidate-optimal", "candidates": {"a": "o", "b": null}, "openings": {"o": ["a"], "p": []},
        "size": 1, "candidate_cost": 1, "opening_cost": 1, "blocking_pairs": 0,
        "dropped": [{"side": "candidate", "agent": "a", "entry": "p"}], "lottery_seed": 7,
    });
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), expected);
    assert_eq!(result::read(&text).unwrap().matching(candidates, openings), (matching, vec![]));
}

#[test]
fn a_result_that_contradicts_itself_is_told_in_every_point() {
    let (candidates, openings) = (names(&["a", "b", "c"]), names(&["o", "p"]));
    let text = r#"{"candidates": {"a": "o", "b": "p", "c": null, "z": "o"},
                   "openings": {"o": ["a", "a"], "p": ["c", "y"], "q": []}, "anything": [1]}"#;
    let (matching, misfits) = result::read(text).unwrap().matching(&candidates, &openings);
    assert_eq!(matching, Matching::new([Some(0), Some(1), None]));
    let told: Vec<String> = misfits.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "there is no candidate `z` in the market",
            "there is no candidate `y` in the market",
            "there is no opening `q` in the market",
            "candidate `a` has several seats: o, o",
            "candidate `b` has opening `p`, but the opening does not have the candidate",
            "opening `p` has candidate `c`, but the candidate does not have the opening",
        ]
    );
}

#[test]
fn a_result_needs_nothing_but_its_candidates() {
    let (candidates, openings) = (names(&["a", "b"]), names(&["o"]));
    let claims = result::read(r#"{"candidates": {"b": "o"}}"#).unwrap();
    assert_eq!(claims.matching(&candidates, &openings), (Matching::new([None, Some(0)]), vec![]));
    let claims = result::read(r#"{"candidates": {"b": ["o"], "a": []}}"#).unwrap();
    assert_eq!(claims.matching(&candidates, &openings), (Matching::new([None, Some(0)]), vec![]));
    assert!(result::read(r#"{"openings": {"o": ["b"]}}"#).is_err());
    assert!(result::read(r#"{"candidates": null, "reason": "none"}"#).is_err());
    assert!(result::read(r#"{"candidates": {"a": "o", "a": null}}"#).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_a_reader_panic(text in "[rcp0-9(){}\\[\\]\":,# \n-]{0,60}") {
        let readers = [glasgow::read(&text), suite::read(&text), json::read(&text)];
        let markets: Vec<Market> = readers.into_iter().flatten().map(|listing| listing.market().unwrap()).collect();
        prop_assert!(markets.iter().all(|market| market.pairs() <= text.len()));
    }

    #[test]
    fn generated_markets_come_back_as_they_were(
        wishes in proptest::collection::vec((proptest::sample::subsequence(vec![0u32, 1, 2], 0..=3), 0..3usize), 0..5),
        quotas in proptest::collection::vec(any::<u32>(), 3),
        sizes in proptest::collection::vec(prop_oneof![Just(1), 2..=u32::MAX], 5), days in any::<bool>()
    ) {
        let mut lists = MarketBuilder::default();
        for (wishes, cut) in &wishes {
            // The first `cut` wishes are equally good, the others follow one by one.
            let (tie, rest) = wishes.split_at((*cut).min(wishes.len()));
            let groups = std::iter::once(tie).filter(|tie| !tie.is_empty()).chain(rest.chunks(1));
            lists.candidate_with_ties(groups);
        }
        for quota in quotas {
            lists.opening(quota, (0..wishes.len() as u32).rev());
        }
        let (candidates, openings) = (Names::counted(wishes.len() as u32), Names::counted(3));
        let listing = Listing { candidates, openings, lists, ..Listing::default() };
        prop_assert_eq!(json::read(&json::write(&listing)).unwrap(), listing.clone());
        prop_assert_eq!(glasgow::read(&glasgow::write(&listing).unwrap()).unwrap(), listing.clone());
        if let Ok(text) = suite::write(&listing) {
            prop_assert_eq!(suite::read(&text).unwrap(), listing.clone());
        }
        let mut sized = listing;
        let sizes = sizes[..wishes.len()].to_vec();
        if sizes.iter().any(|&size| size != 1) {
            *if days { &mut sized.days } else { &mut sized.slots } = sizes;
        }
        prop_assert_eq!(json::read(&json::write(&sized)).unwrap(), sized);
    }
}
