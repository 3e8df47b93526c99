//! A large town for benches: many invented regions, each imported as its sheets are, put together in one database.
//!
//! The generator is made for the region of one desk; what it writes for several of them has the same numbers and addresses,
//! which are told apart here. Its texts are as long as good ones are, 700 characters of an opening and more; most that come in
//! sheets are shorter, so these are cut to about 300, by whole sentences.

use migiude::clock::SystemClock;
use migiude::demo::{Size, region};
use migiude::domain::{Changes, Region};
use migiude::intake::{self, RawFile};
use migiude::store::{Db, region as stored};

/// Firms of one region at most; they have half as many openings again.
const FIRMS: usize = 1_400;

/// Fills a database with this many openings and candidates.
pub async fn settle(db: &Db, openings: usize, candidates: usize) {
    let firms = FIRMS.min(openings.div_ceil(3) * 2);
    let regions = openings.div_ceil(firms * 3 / 2);
    let people = candidates.div_ceil(regions);
    let mut made = tokio::task::JoinSet::new();
    for seed in 0..regions {
        made.spawn(async move { (seed, one(seed as u64, firms, people).await) });
    }
    while let Some(one) = made.join_next().await {
        let (seed, region) = one.expect("a region");
        let mut tx = db.begin().await.expect("a transaction");
        stored::save(&mut tx, &told_apart(region, seed), 0).await.expect("room");
        tx.commit().await.expect("a commit");
    }
}

/// A region, imported by itself.
async fn one(seed: u64, firms: usize, candidates: usize) -> Region {
    let place = tempfile::TempDir::with_prefix("migiude-bench-").expect("a temporary directory");
    let db = Db::open_file(&place.path().join("region.db")).await.expect("a database");
    let invented =
        tokio::task::spawn_blocking(move || region(seed + 1, Size { firms, candidates }, (2026, 11, 22)));
    let sheets = invented.await.expect("sheets").sheets.into_iter();
    // Nothing is asked about interests and lists.
    let asked = ["firms.csv", "openings.csv", "candidates.csv"];
    let file =
        |sheet: migiude::demo::Sheet| RawFile { name: sheet.name.to_owned(), bytes: sheet.text.into_bytes() };
    let sheets = intake::open(sheets.filter(|sheet| asked.contains(&sheet.name)).map(file).collect());
    let Ok(sheets) = sheets else { unreachable!("the generator writes sheets that can be opened") };
    intake::take_in(&db, &SystemClock, sheets).await.expect("an import");
    stored::snapshot(&db).await.expect("a region")
}

fn told_apart(region: Region, seed: usize) -> Changes {
    let Region { mut firms, mut openings, mut candidates, .. } = region;
    let apart = |code: &mut String| code.push_str(&format!("-{seed}"));
    for (at, firm) in firms.iter_mut().enumerate() {
        shorten(&mut firm.facts.about, 60);
        firm.codes.iter_mut().for_each(apart);
        // Without a number no opening of the firm would be shown.
        firm.facts.corporate_number = Some(format!("9{seed:06}{at:06}"));
    }
    openings.iter_mut().filter_map(|opening| opening.code.as_mut()).for_each(apart);
    for opening in &mut openings {
        shorten(&mut opening.facts.mission, 60);
        opening.facts.work = beginning(&opening.facts.work, 140);
        shorten(&mut opening.facts.wanted, 40);
    }
    for candidate in &mut candidates {
        shorten(&mut candidate.facts.summary, 160);
        shorten(&mut candidate.facts.achievements, 80);
        shorten(&mut candidate.facts.motive, 60);
        candidate.codes.iter_mut().for_each(apart);
        candidate.facts.mail.insert_str(0, &format!("{seed}."));
    }
    Changes { firms, openings, candidates, ..Changes::default() }
}

fn shorten(text: &mut Option<String>, characters: usize) {
    *text = text.take().map(|text| beginning(&text, characters));
}

/// Whole sentences and lines from the beginning, up to so many characters; the first one in any case.
fn beginning(text: &str, characters: usize) -> String {
    let mut kept = String::new();
    for sentence in text.split_inclusive(['。', '\n']) {
        if !kept.is_empty() && kept.chars().count() + sentence.chars().count() > characters {
            break;
        }
        kept.push_str(sentence);
    }
    kept
}
