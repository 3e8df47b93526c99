//! Bad input: no text and no list makes this crate panic, and what is refused is refused with its place.
//!
//! Files that were valid are spoiled in every way a file gets spoiled, and more; what is still accepted must make a
//! market on which the mechanisms and the audit run. `tests/corpus` holds small files that reached a new branch of
//! the readers in a coverage-guided run; a file's ending names its reader.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

#[path = "support/dice.rs"]
mod dice;

use std::fs;
use std::path::Path;

use dice::Dice;
use migiude_matching::formats::{FormatError, Listing, Names, Place, glasgow, json, result, suite};
use migiude_matching::{
    Market, MarketBuilder, MarketError, Side, audit, break_ties, candidate_optimal, explain, menu,
    opening_optimal,
};

/// The reader that a file's ending names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Glasgow,
    Suite,
    Json,
    Result,
}

/// The files of the corpus, by name.
fn corpus() -> Vec<(Reader, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let reader = |path: &Path| match path.extension().unwrap().to_str().unwrap() {
        "glasgow" => Reader::Glasgow,
        "suite" => Reader::Suite,
        "json" => Reader::Json,
        "result" => Reader::Result,
        other => panic!("no reader for .{other}"),
    };
    paths.iter().map(|path| (reader(path), fs::read(path).unwrap())).collect()
}

/// Reads bytes as a file would be read, holds a refusal against the text and uses what was accepted. Tells whether
/// it was.
fn read(reader: Reader, bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let listing = match reader {
        Reader::Glasgow => glasgow::read(&text),
        Reader::Suite => suite::read(&text),
        Reader::Json => json::read(&text),
        Reader::Result => return read_result(&text),
    };
    match listing {
        Ok(listing) => use_listing(&listing),
        Err(refusal) => hold_place(&refusal, &text),
    }
}

fn read_result(text: &str) -> bool {
    match result::read(text) {
        Err(refusal) => hold_place(&refusal, text),
        Ok(claims) => {
            let (candidates, openings) = (Names::counted(3), Names::counted(2));
            let (matching, misfits) = claims.matching(&candidates, &openings);
            assert!(misfits.iter().all(|misfit| !misfit.to_string().is_empty()));
            let mut market = Market::builder();
            (0..3).for_each(|_| market.candidate([1, 0]));
            (0..2).for_each(|quota| market.opening(quota, [2, 0, 1]));
            audit(&market.build().unwrap(), &matching);
            true
        }
    }
}

/// A refusal names a line that is there, or a member.
fn hold_place(refusal: &FormatError, text: &str) -> bool {
    match &refusal.place {
        Place::Line(line) => assert!((1..=text.split('\n').count()).contains(line), "{refusal} of {text:?}"),
        Place::Member(path) => assert!(!path.is_empty(), "{refusal} of {text:?}"),
    }
    false
}

/// What a reader accepted makes a market, is written and read again as it was, and is matched.
fn use_listing(listing: &Listing) -> bool {
    assert_eq!(json::read(&json::write(listing)).as_ref(), Ok(listing));
    if let Ok(text) = glasgow::write(listing) {
        assert_eq!(glasgow::read(&text).unwrap().lists, listing.lists);
    }
    if let Ok(text) = suite::write(listing) {
        let again = suite::read(&text).unwrap();
        // The members of a couple come together in a suite file.
        assert!(!listing.couples.is_empty() || again == *listing, "{text:?}");
    }
    use_market(&listing.market().expect("a reader leaves the constructor nothing to refuse"));
    true
}

fn use_market(market: &Market) {
    let strict = break_ties(market, 7);
    for matching in [candidate_optimal(&strict).matching, opening_optimal(&strict).matching] {
        assert!(audit(market, &matching).is_stable());
        for candidate in market.each_candidate().take(3) {
            for opening in market.each_opening().take(3) {
                explain(market, &matching, candidate, opening);
            }
        }
    }
    for candidate in market.each_candidate().take(2) {
        menu(&strict, candidate);
    }
}

/// What a spoiled file may hold where it did not.
const WORDS: [&str; 40] = [
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "#",
    "(",
    ")",
    "((",
    "()",
    "0",
    "1",
    "3",
    "-1",
    "+1",
    "1.5",
    "1e3",
    "-0",
    "4294967295",
    "4294967296",
    "4000000000",
    "99999999999999999999999999",
    "\0",
    "\u{feff}",
    "٣",
    "\u{a0}",
    "\u{2028}",
    "\u{85}",
    "r ",
    "c ",
    "p ",
    "null",
    "true",
    "[[",
    "]",
    "{\"quota\":",
    "\"list\":[]",
    "\"\\ud800\"",
    "\"candidates\":{}",
    "{\"slots\":2,\"list\":[]}",
];

/// A file spoiled in one to three places.
fn spoil(dice: &mut Dice, corpus: &[(Reader, Vec<u8>)]) -> (Reader, Vec<u8>) {
    let (reader, mut bytes) = dice.pick(corpus).clone();
    for _ in 0..=dice.below(2) {
        let (one, other) = (dice.place(bytes.len()), dice.place(bytes.len()));
        let (from, to) = (one.min(other), one.max(other));
        match dice.below(8) {
            0 => bytes.iter_mut().skip(from).take(1).for_each(|byte| *byte ^= 1 << dice.below(8)),
            1 => bytes.iter_mut().skip(from).take(1).for_each(|byte| *byte = dice.below(256) as u8),
            2 => bytes.truncate(from),
            3 => drop(bytes.drain(from..to.min(from + 8))),
            4 => bytes = [&bytes[..to], &bytes[from.max(to.saturating_sub(40))..]].concat(),
            5 => {
                let mut lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
                let (line, place) = (*dice.pick(&lines), dice.place(lines.len()));
                lines.insert(place, line);
                bytes = lines.join(&b'\n');
            }
            _ => drop(bytes.splice(from..from, dice.pick(&WORDS).bytes())),
        }
    }
    (reader, bytes)
}

#[test]
fn every_file_of_the_corpus_is_read_or_refused_with_its_place() {
    let files = corpus();
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(files.len() <= 100 && bytes <= 100_000, "the corpus has {} files, {bytes} bytes", files.len());
    for reader in [Reader::Glasgow, Reader::Suite, Reader::Json, Reader::Result] {
        let of_reader = files.iter().filter(|(of, _)| *of == reader);
        let accepted = of_reader.clone().filter(|(reader, bytes)| read(*reader, bytes)).count();
        assert!(accepted > 0 && accepted < of_reader.count(), "{reader:?} needs good and bad files");
    }
}

#[test]
fn twenty_thousand_spoiled_files_are_read_or_refused_with_their_place() {
    let (mut dice, corpus) = (Dice::new(1), corpus());
    let good: Vec<_> = corpus.iter().filter(|(reader, bytes)| read(*reader, bytes)).cloned().collect();
    let mut accepted = 0;
    for _ in 0..20_000 {
        let from = if dice.once_in(3) { &corpus } else { &good };
        let (reader, bytes) = spoil(&mut dice, from);
        accepted += u32::from(read(reader, &bytes));
    }
    assert!(
        (1_000..19_000).contains(&accepted),
        "{accepted} accepted: the mutations are too mild or too wild"
    );
}

#[test]
fn two_thousand_files_of_random_bytes_are_refused_with_their_place() {
    let mut dice = Dice::new(2);
    for _ in 0..2_000 {
        let length = dice.below(80);
        let bytes: Vec<u8> = (0..length).map(|_| dice.below(256) as u8).collect();
        for reader in [Reader::Glasgow, Reader::Suite, Reader::Json, Reader::Result] {
            read(reader, &bytes);
        }
    }
}

/// Lists of up to five entries, now and then with one that names nobody or stands there twice.
fn wild_lists(dice: &mut Dice, agents: u32, partners: u32) -> Vec<Vec<Vec<u32>>> {
    let entry = |dice: &mut Dice| match dice.below(40) {
        0 => partners,
        1 => u32::MAX - dice.below(2),
        _ => dice.below(partners.max(1)),
    };
    let list = |dice: &mut Dice| {
        let mut entries: Vec<u32> = (0..dice.below(5)).map(|_| entry(dice)).collect();
        if !dice.once_in(8) {
            entries.sort_unstable();
            entries.dedup();
            dice.shuffle(&mut entries);
        }
        let size = 1 + dice.below(3) as usize;
        let mut groups: Vec<Vec<u32>> = entries.chunks(size).map(<[u32]>::to_vec).collect();
        if dice.once_in(10) {
            groups.push(Vec::new());
        }
        groups
    };
    (0..agents).map(|_| list(dice)).collect()
}

#[test]
fn the_constructor_refuses_the_entry_that_is_wrong_and_nothing_else() {
    let mut dice = Dice::new(3);
    let (mut built, mut refused) = (0, 0);
    for _ in 0..5_000 {
        let (n, m) = (dice.below(6), dice.below(6));
        let (candidates, openings) = (wild_lists(&mut dice, n, m), wild_lists(&mut dice, m, n));
        let mut market = MarketBuilder::default();
        candidates.iter().for_each(|groups| market.candidate_with_ties(groups));
        let quota = |dice: &mut Dice| *dice.pick(&[0, 1, 2, u32::MAX]);
        openings.iter().for_each(|groups| market.opening_with_ties(quota(&mut dice), groups));
        let lists = |side: Side| match side {
            Side::Candidate => (&candidates, m),
            Side::Opening => (&openings, n),
        };
        let right = |side: Side| {
            let (lists, partners) = lists(side);
            lists.iter().map(|groups| groups.concat()).all(|mut entries| {
                entries.sort_unstable();
                entries.is_sorted_by(|one, next| one < next) && entries.iter().all(|&entry| entry < partners)
            })
        };
        match market.build() {
            Ok(market) => {
                built += 1;
                assert!(right(Side::Candidate) && right(Side::Opening));
                use_market(&market);
            }
            Err(MarketError::Unknown { side, agent, entry }) => {
                refused += 1;
                let (lists, partners) = lists(side);
                assert!(entry >= partners && lists[agent as usize].concat().contains(&entry));
            }
            Err(MarketError::Repeated { side, agent, entry }) => {
                refused += 1;
                let named = lists(side).0[agent as usize].concat();
                assert!(named.into_iter().filter(|other| *other == entry).count() > 1);
            }
            Err(other) => panic!("so small a market is refused: {other}"),
        }
    }
    assert!(built > 500 && refused > 500, "{built} built, {refused} refused");
}

#[test]
fn a_head_count_of_four_thousand_million_costs_nothing() {
    for head in ["4000000000\n4000000000\n", "4294967295\n1\n", "1\n4294967295\n1 1\n", "0\n4294967295\n"] {
        assert!(glasgow::read(head).is_err());
    }
}

#[test]
fn a_quota_of_four_thousand_million_takes_whoever_comes() {
    let listing = glasgow::read("2\n2\n1 2 1\n2 2\n1 4294967295 1\n2 4294967295 (2 1)\n").unwrap();
    use_listing(&listing);
    let market = listing.market().unwrap();
    assert_eq!(candidate_optimal(&break_ties(&market, 0)).matching.holders(2), [vec![], vec![0, 1]]);
}

/// A hundred thousand of everything that could be walked through once for each entry: any square would be ten
/// thousand million steps, which nobody waits for.
#[test]
fn long_lists_and_many_dropped_entries_are_not_squared() {
    const MANY: u32 = 100_000;
    // One opening that lists all, and nobody lists it; one candidate who lists all openings, in vain.
    let mut market = Market::builder();
    market.candidate(0..MANY);
    (1..MANY).for_each(|_| market.candidate([]));
    market.opening(1, 1..MANY);
    (1..MANY).for_each(|_| market.opening(MANY, []));
    let market = market.build().unwrap();
    assert_eq!(market.dropped().len(), 2 * MANY as usize - 1);
    assert!(
        market.was_dropped(Side::Candidate, 0, MANY - 1) && market.was_dropped(Side::Opening, 0, MANY - 1)
    );
    use_market(&market);

    // One opening for all, one tie.
    let mut market = Market::builder();
    (0..MANY).for_each(|_| market.candidate([0]));
    market.opening_with_ties(MANY / 2, [(0..MANY).collect::<Vec<_>>()]);
    use_market(&market.build().unwrap());

    // The same as files: one line of all, and a line each.
    let all: Vec<String> = (1..=MANY).map(|id| id.to_string()).collect();
    let lines: String = all.iter().map(|id| format!("{id} 1\n")).collect();
    let text = format!("{MANY}\n1\n{lines}1 7 ({})\n", all.join(" "));
    assert_eq!(glasgow::read(&text).unwrap().market().unwrap().pairs(), MANY as usize);
    let lines: String = all.iter().map(|id| format!("r {id} 1\n")).collect();
    let text = format!("{lines}p 1 7 {}\n", all.join(" "));
    let listing = suite::read(&text).unwrap();
    assert_eq!(suite::write(&listing).unwrap(), text);
    assert_eq!(json::read(&json::write(&listing)).unwrap(), listing);
    let couples: String = (0..MANY / 50).map(|at| format!("c a{at} b{at} 1 1\n")).collect();
    let listing = suite::read(&format!("{couples}p 1 7\n")).unwrap();
    assert_eq!(suite::write(&listing).unwrap(), format!("{couples}p 1 7\n"));
    assert_eq!(json::read(&json::write(&listing)).unwrap(), listing);
}
