//! The list of one, as a page asks for it, beside 1,000 openings and 1,000 profiles; and the shortlists of 10,000 openings and
//! 100,000 profiles, the best fifty of both sides.
//!
//! `cargo bench --bench shortlist`. Time and memory stand beside the limits we hold ourselves to; memory is that of this
//! process (Linux), the region itself included; another process made the town.

mod common;

use std::path::Path;
use std::time::{Duration, Instant};

use common::town;
use migiude::accounts::{CandidateHand, Operator};
use migiude::clock::{Clock, SystemClock};
use migiude::config::DataDir;
use migiude::search::may_be_shown;
use migiude::search::shortlist::{Fit, Weights, for_candidate, for_opening};
use migiude::store::{Db, region as stored, shown};

const OPENINGS: usize = 10_000;
const CANDIDATES: usize = 100_000;
const BEST: usize = 50;

/// Openings and profiles of one desk.
const DESK: usize = 1_000;
/// Partners on a page.
const ON_A_PAGE: usize = 10;
/// The best of so many is taken, which a busy machine disturbs least.
const RUNS: usize = 10;

/// Names the directory in which this process is to make the town, and nothing else.
const SETTLE: &str = "MIGIUDE_BENCH_SETTLE";

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    if let Some(dir) = std::env::var_os(SETTLE) {
        let data = DataDir::at(Path::new(&dir));
        data.create().expect("a data directory");
        runtime.block_on(async {
            let db = Db::open_file(&data.database()).await.expect("a database");
            town::settle(&db, OPENINGS, CANDIDATES).await;
        });
        return;
    }
    let place = tempfile::TempDir::with_prefix("migiude-bench-").expect("a temporary directory");
    let this = std::env::current_exe().expect("a program");
    let settled = std::process::Command::new(this).env(SETTLE, place.path()).status().expect("a process");
    assert!(settled.success(), "the town was not made");
    let region = runtime.block_on(async {
        let db = Db::open_file(&DataDir::at(place.path()).database()).await.expect("a database");
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
    drop((edges, fit, region));
    runtime.block_on(lists_of_one());
}

fn resident_mb(figure: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

async fn lists_of_one() {
    let place = tempfile::TempDir::with_prefix("migiude-bench-").expect("a temporary directory");
    let db = Db::open_file(&place.path().join("desk.db")).await.expect("a database");
    town::settle(&db, DESK, DESK).await;
    let region = stored::snapshot(&db).await.expect("a region");
    let posted = shown::all_posted(&db).await.expect("openings").into_iter();
    let posted: Vec<_> =
        posted.filter(|(one, firm)| may_be_shown(one, &firm.facts)).map(|(one, _)| one.id).collect();
    println!("{} openings that are shown, {} profiles", posted.len(), region.candidates.len());
    let (mut of_candidate, mut of_opening) = (Duration::MAX, Duration::MAX);
    for number in 0..RUNS {
        let candidate = region.candidates[number * 97 % region.candidates.len()].id;
        let hand = CandidateHand::Proxy(Operator::at_the_console(), candidate);
        let begun = Instant::now();
        let list = for_candidate(&hand, &db, SystemClock.today(), ON_A_PAGE).await.expect("a database");
        assert!(list.is_some());
        of_candidate = of_candidate.min(begun.elapsed());
        let opening = posted[number * 89 % posted.len()];
        let begun = Instant::now();
        let list =
            for_opening(&Operator::at_the_console(), &db, opening, ON_A_PAGE).await.expect("a database");
        assert!(list.is_some());
        of_opening = of_opening.min(begun.elapsed());
    }
    for (what, time) in [("openings for a candidate", of_candidate), ("people for an opening", of_opening)] {
        println!("{what:<32} {:>8.1} ms (limit 100)", time.as_secs_f64() * 1000.0);
    }
}
