//! Search at 100,000 openings and 100,000 profiles: questions as people type them, with facets and the records of the page;
//! indexing; and questions while the index is made anew.
//!
//! `cargo bench --bench search`. Figures stand beside the limits we hold ourselves to. `MIGIUDE_BENCH_TEXTS=file` writes the
//! texts as JSON lines for `benches/peers/search.py`, which asks other engines the same. `MIGIUDE_BENCH_DATA=dir` keeps the town
//! there, or takes the one that lies there already.

mod common;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use common::town;
use migiude::config::DataDir;
use migiude::search::{Ask, Found, Search, Sort};
use migiude::store::{Db, region as stored};

const OPENINGS: usize = 100_000;
const CANDIDATES: usize = 100_000;
/// Times every question is asked.
const TIMES: usize = 20;

/// What people ask for, with the filters they set.
const QUESTIONS: [(&str, &[(&str, &str)]); 24] = [
    ("番頭", &[]),
    ("右腕 週1", &[]),
    ("事業承継", &[]),
    ("後継者 酒蔵", &[]),
    ("酒", &[]),
    ("旅館の若女将", &[]),
    ("経理", &[("days", "le1")]),
    ("営業 リモート", &[("contract", "service")]),
    ("マーケティング", &[]),
    ("ﾏｰｹﾃｨﾝｸﾞ", &[]),
    ("マーケテイング", &[]),
    ("kintone", &[]),
    ("海外展開", &[("kind", "trial_cxo")]),
    ("工場長", &[]),
    ("人事 採用", &[]),
    ("商品開発", &[("pref", "岡山県"), ("pref", "広島県")]),
    ("社長の右腕として新しい売り先を探す仕事", &[]),
    ("京都", &[]),
    ("副業 週一 デザイン", &[]),
    ("DX", &[("remote", "full")]),
    ("製造業", &[]),
    ("", &[("pref", "山口県")]),
    ("", &[]),
    ("宇宙飛行士", &[]),
];

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let place = tempfile::TempDir::with_prefix("migiude-bench-").expect("a temporary directory");
    let kept = std::env::var_os("MIGIUDE_BENCH_DATA").map(std::path::PathBuf::from);
    let data = DataDir::at(kept.as_deref().unwrap_or(place.path()));
    let is_settled = data.database().exists();
    data.create().expect("a data directory");
    let search = runtime.block_on(settle(&data, is_settled));
    runtime.block_on(index(&search, &data));
    runtime.block_on(questions(&search));
    runtime.block_on(while_made_anew(&search));
}

/// A town, imported.
async fn settle(data: &DataDir, is_settled: bool) -> Search {
    let db = Db::open_file(&data.database()).await.expect("a database");
    if !is_settled {
        town::settle(&db, OPENINGS, CANDIDATES).await;
    }
    if let Some(path) = std::env::var_os("MIGIUDE_BENCH_TEXTS") {
        write_texts(&db, Path::new(&path)).await;
    }
    Search::open(db, data.index()).await.expect("an index")
}

/// One opening a line, as the index takes its texts.
async fn write_texts(db: &Db, path: &Path) {
    let region = stored::snapshot(db).await.expect("a region");
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("a file"));
    for opening in &region.openings {
        let facts = &opening.facts;
        let texts = [Some(&facts.title), facts.mission.as_ref(), Some(&facts.work), facts.wanted.as_ref()];
        let text = texts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n");
        writeln!(file, "{}", serde_json::json!({ "text": text })).expect("a line");
    }
}

async fn index(search: &Search, data: &DataDir) {
    let begun = Instant::now();
    let count = search.rebuild().await.expect("a rebuild");
    let took = begun.elapsed().as_secs_f64();
    println!("{count} documents");
    println!("{:<40} {:>10.0} a second (limit 5,000)", "indexing", count as f64 / took);
    let size = size_of(&data.index());
    println!("{:<40} {:>10.2} KB a document (limit 1.2)", "index", size as f64 / 1024.0 / count as f64);
}

fn size_of(dir: &Path) -> u64 {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let size = |entry: std::fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => size_of(&entry.path()),
        _ => entry.metadata().map_or(0, |file| file.len()),
    };
    entries.map(size).sum()
}

fn ask(number: usize) -> Ask {
    let (text, filters) = QUESTIONS[number % QUESTIONS.len()];
    let filters = filters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Ask { filters, ..Ask::new(text) }
}

async fn questions(search: &Search) {
    let mut all = Vec::new();
    let mut by_question: BTreeMap<usize, Vec<Duration>> = BTreeMap::new();
    for turn in 0..=TIMES {
        for number in 0..QUESTIONS.len() {
            let begun = Instant::now();
            let found = search.openings(&ask(number)).await.expect("an answer");
            let took = begun.elapsed();
            // The first turn warms up and is not counted.
            if turn == 0 {
                describe(number, &found);
                continue;
            }
            all.push(took);
            by_question.entry(number).or_default().push(took);
        }
    }
    for (number, times) in &mut by_question {
        row(&format!("{number:>2} {}", QUESTIONS[*number].0), times);
    }
    row("all questions (limits 5 and 30)", &mut all);
    let mut sorted = Vec::new();
    for sort in [Sort::Newest, Sort::Closing] {
        for number in 0..QUESTIONS.len() {
            let begun = Instant::now();
            search.openings(&Ask { sort, ..ask(number) }).await.expect("an answer");
            sorted.push(begun.elapsed());
        }
    }
    row("by time instead", &mut sorted);
}

fn describe<T>(number: usize, found: &Found<T>) {
    println!("{number:>2} finds {:>7}, with {} facets", found.total, found.facets.len());
}

fn row(name: &str, times: &mut [Duration]) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!("{name:<40} p50 {:>6.1} ms   p99 {:>6.1} ms", at(0.5), at(0.99));
}

/// Asks on while another task makes the index anew.
async fn while_made_anew(search: &Search) {
    let done = std::sync::Arc::new(AtomicBool::new(false));
    let asking = tokio::spawn({
        let (search, done) = (search.clone(), done.clone());
        async move {
            let mut times = Vec::new();
            while !done.load(Ordering::Acquire) {
                for (number, (text, _)) in QUESTIONS.iter().enumerate() {
                    let begun = Instant::now();
                    let found = search.openings(&ask(number)).await.expect("an answer");
                    times.push(begun.elapsed());
                    assert!(found.total > 0 || *text == "宇宙飛行士", "{text} finds nothing");
                }
            }
            times
        }
    });
    search.rebuild().await.expect("a rebuild");
    done.store(true, Ordering::Release);
    let mut times = asking.await.expect("answers");
    println!("{} questions were answered while the index was made anew", times.len());
    row("while the index is made anew", &mut times);
}
