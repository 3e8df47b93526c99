//! Shortlists of 10,000 openings and 100,000 profiles, the best fifty of both sides.
//!
//! `cargo bench --bench shortlist`. Time and memory stand beside the limits we hold ourselves to; memory is that of this
//! process (Linux), the region itself included.

use std::time::Instant;

use migiude::clock::SystemClock;
use migiude::config::DataDir;
use migiude::demo::{Size, region};
use migiude::intake::{self, RawFile};
use migiude::search::shortlist::{Fit, Weights};
use migiude::store::{Db, region as stored};

/// These have some 10,000 openings.
const FIRMS: usize = 6_700;
const CANDIDATES: usize = 100_000;
const BEST: usize = 50;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let place = tempfile::TempDir::with_prefix("migiude-bench-").expect("a temporary directory");
    let data = DataDir::at(place.path());
    data.create().expect("a data directory");
    let region = runtime.block_on(async {
        let db = Db::open_file(&data.database()).await.expect("a database");
        let invented = region(1, Size { firms: FIRMS, candidates: CANDIDATES }, (2026, 11, 22));
        let asked = ["firms.csv", "openings.csv", "candidates.csv"];
        let sheets = invented.sheets.into_iter().filter(|sheet| asked.contains(&sheet.name));
        let file = |sheet: migiude::demo::Sheet| RawFile {
            name: sheet.name.to_owned(),
            bytes: sheet.text.into_bytes(),
        };
        let sheets = intake::open(sheets.map(file).collect());
        let Ok(sheets) = sheets else { unreachable!("the generator writes sheets that can be opened") };
        intake::take_in(&db, &SystemClock, sheets).await.expect("an import");
        stored::snapshot(&db).await.expect("a region")
    });
    let before = resident_mb("VmRSS");
    println!("{} openings, {} profiles", region.openings.len(), region.candidates.len());
    let begun = Instant::now();
    let fit = Fit::new(&region, &Weights::default());
    println!("{:<32} {:>8.1} s", "texts compared", begun.elapsed().as_secs_f64());
    let candidates: Vec<_> = region.candidates.iter().map(|one| one.id).collect();
    let openings: Vec<_> = region.openings.iter().map(|one| one.id).collect();
    let edges = fit.edges(BEST, &candidates, &openings);
    println!("{:<32} {:>8.1} s (limit 240)", "all shortlists", begun.elapsed().as_secs_f64());
    println!("{} pairs, {} cut off", edges.pairs.len(), edges.cut_off);
    println!(
        "{:<32} {:>8} MB (limit 2,048), {before} MB before",
        "resident at most",
        resident_mb("VmHWM")
    );
}

fn resident_mb(figure: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
