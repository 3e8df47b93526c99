//! A large town for benches: many invented regions, each imported as its sheets are, put together in one database.
//!
//! The generator is made for the region of one desk; what it writes for several of them has the same numbers and addresses,
//! which are told apart here.

use migiude::clock::SystemClock;
use migiude::demo::{Size, region};
use migiude::domain::{Changes, Region};
use migiude::intake::{self, RawFile};
use migiude::store::{Db, region as stored};

/// Firms of one region; they have half as many openings again.
const FIRMS: usize = 1_400;

/// Fills a database with this many openings and candidates.
pub async fn settle(db: &Db, openings: usize, candidates: usize) {
    let regions = openings.div_ceil(FIRMS * 3 / 2).max(1);
    let people = candidates.div_ceil(regions);
    let mut made = tokio::task::JoinSet::new();
    for seed in 0..regions {
        made.spawn(async move { (seed, one(seed as u64, people).await) });
    }
    while let Some(one) = made.join_next().await {
        let (seed, region) = one.expect("a region");
        let mut tx = db.begin().await.expect("a transaction");
        stored::save(&mut tx, &told_apart(region, seed), 0).await.expect("room");
        tx.commit().await.expect("a commit");
    }
}

/// A region, imported by itself.
async fn one(seed: u64, candidates: usize) -> Region {
    let place = tempfile::TempDir::with_prefix("migiude-bench-").expect("a temporary directory");
    let db = Db::open_file(&place.path().join("region.db")).await.expect("a database");
    let invented = tokio::task::spawn_blocking(move || {
        region(seed + 1, Size { firms: FIRMS, candidates }, (2026, 11, 22))
    });
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
        firm.codes.iter_mut().for_each(apart);
        // Without a number no opening of the firm would be shown.
        firm.facts.corporate_number = Some(format!("9{seed:06}{at:06}"));
    }
    openings.iter_mut().filter_map(|opening| opening.code.as_mut()).for_each(apart);
    for candidate in &mut candidates {
        candidate.codes.iter_mut().for_each(apart);
        candidate.facts.mail.insert_str(0, &format!("{seed}."));
    }
    Changes { firms, openings, candidates, ..Changes::default() }
}
