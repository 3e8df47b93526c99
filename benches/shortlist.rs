//! Shortlists of 10,000 openings and 100,000 profiles, the best fifty of both sides.
//!
//! `cargo bench --bench shortlist`. Time and memory stand beside the limits we hold ourselves to; memory is that of this
//! process (Linux), the region itself included.

mod common;

use std::time::Instant;

use common::town;
use migiude::config::DataDir;
use migiude::search::shortlist::{Fit, Weights};
use migiude::store::{Db, region as stored};

const OPENINGS: usize = 10_000;
const CANDIDATES: usize = 100_000;
const BEST: usize = 50;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let place = tempfile::TempDir::with_prefix("migiude-bench-").expect("a temporary directory");
    let data = DataDir::at(place.path());
    data.create().expect("a data directory");
    let region = runtime.block_on(async {
        let db = Db::open_file(&data.database()).await.expect("a database");
        town::settle(&db, OPENINGS, CANDIDATES).await;
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
    println!("{:<32} {:>8} MB (limit 2,048), {before} MB before", "resident at most", resident_mb("VmHWM"));
}

fn resident_mb(figure: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
