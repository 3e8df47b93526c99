//! Pages under load: 10,000 openings, 20,000 people, 50 readers at once, beside a bare handler that asks the database and
//! the index the same things.
//!
//! `cargo bench --bench pages`. Server time is measured inside the process (no network between) with readers who look at
//! a page for a second before the next; throughput with readers who never pause, site and bare handlers in turns in one
//! run, compared as a ratio. Memory is that of the real binary after the same reading (Linux).

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path as InPath, Query, State};
use axum::http::{Request, header};
use axum::routing::get;
use migiude::accounts::SystemChance;
use migiude::clock::SystemClock;
use migiude::config::DataDir;
use migiude::demo::{Size, region};
use migiude::intake::{self, RawFile};
use migiude::search::{Ask, Search};
use migiude::store::{Db, shown};
use migiude::web::{Web, router};
use tower::ServiceExt;

/// 6,700 firms have some 10,000 openings.
const FIRMS: usize = 6_700;
const CANDIDATES: usize = 20_000;
const READERS: usize = 50;
/// Pages each reader opens in a turn.
const PAGES: usize = 40;
const TURNS: usize = 3;
/// How long a reader looks at a page; nobody reads faster.
const LOOK: Duration = Duration::from_secs(1);
/// Pages each reader opens while looking at them.
const LOOKED_AT: usize = 15;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let place = tempfile::TempDir::with_prefix("migiude-bench-").expect("a temporary directory");
    let data = DataDir::at(place.path());
    data.create().expect("a data directory");
    let (web, paths) = runtime.block_on(settle(&data));
    println!("{} openings to read", paths.len());
    runtime.block_on(compare(web, &paths));
    println!(
        "{:<44} {:>8} MB  (limit 300)",
        "serving, resident after the same reading",
        memory(&data, &paths)
    );
}

/// An invented region, imported and indexed.
async fn settle(data: &DataDir) -> (Web, Vec<String>) {
    let db = Db::open_file(&data.database()).await.expect("a database");
    let invented = region(1, Size { firms: FIRMS, candidates: CANDIDATES }, (2026, 11, 22));
    let file = |sheet: &migiude::demo::Sheet| RawFile {
        name: sheet.name.to_owned(),
        bytes: sheet.text.clone().into_bytes(),
    };
    let sheets = intake::open(invented.sheets.iter().map(file).collect());
    let Ok(sheets) = sheets else { unreachable!("the generator writes sheets that can be opened") };
    intake::take_in(&db, &SystemClock, sheets).await.expect("an import");
    let search = Search::open(db.clone(), data.index()).await.expect("an index");
    search.catch_up().await.expect("an index up to date");
    let mut paths = Vec::new();
    for words in ["酒", "旅館", "営業", "経理", "番頭", "週一", "リモート", "製造"] {
        let ask = Ask { limit: 100, ..Ask::new(words) };
        let found = search.openings(&ask).await.expect("an answer");
        paths.extend(found.hits.into_iter().map(|hit| format!("/openings/{}", hit.record.opening.id)));
    }
    paths.sort();
    paths.dedup();
    let web = Web {
        db,
        search,
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        https: false,
        origin: "http://localhost:8080".into(),
    };
    (web, paths)
}

/// The same queries without a page around them.
fn bare(web: Web) -> Router {
    async fn opening(State(web): State<Web>, InPath(id): InPath<String>) -> String {
        let opening =
            shown::opening(&web.db, id.parse().expect("an id")).await.expect("a row").expect("an opening");
        let firm = shown::firm(&web.db, opening.firm).await.expect("a row").expect("a firm");
        format!("{}{}", opening.facts.title, firm.facts.name)
    }
    async fn openings(State(web): State<Web>, Query(query): Query<BTreeMap<String, String>>) -> String {
        let words = query.get("q").cloned().unwrap_or_default();
        let ask = Ask::new(words);
        let found = web.search.openings(&ask).await.expect("an answer");
        format!("{} {}", found.total, found.hits.len())
    }
    Router::new().route("/openings", get(openings)).route("/openings/{id}", get(opening)).with_state(web)
}

/// What a reader opens: two pages of openings for every search.
fn page(paths: &[String], number: usize) -> String {
    const QUESTIONS: [&str; 4] = ["酒", "営業 週一", "旅館", ""];
    if number.is_multiple_of(3) {
        let question: String =
            QUESTIONS[number / 3 % QUESTIONS.len()].bytes().map(|byte| format!("%{byte:02X}")).collect();
        format!("/openings?q={question}")
    } else {
        paths[number * 7919 % paths.len()].clone()
    }
}

async fn compare(web: Web, paths: &[String]) {
    let (site, bare) = (router(web.clone()), bare(web));
    let (mut site_took, mut bare_took) = (Duration::ZERO, Duration::ZERO);
    // A first turn warms both up and is not counted.
    for turn in 0..=TURNS {
        let (took, _) = read(&site, paths, PAGES, Duration::ZERO).await;
        let (bare_turn, _) = read(&bare, paths, PAGES, Duration::ZERO).await;
        if turn > 0 {
            site_took += took;
            bare_took += bare_turn;
        }
    }
    let mut of_site = read(&site, paths, LOOKED_AT, LOOK).await.1;
    let mut of_bare = read(&bare, paths, LOOKED_AT, LOOK).await.1;
    let ratio = bare_took.as_secs_f64() / site_took.as_secs_f64();
    let row = |name: &str, times: &mut Vec<Duration>| {
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        println!("{name:<44} p50 {:>6.1} ms   p95 {:>6.1} ms   p99 {:>6.1} ms", at(0.5), at(0.95), at(0.99));
    };
    row("pages, 50 readers", &mut of_site);
    row("bare handler, 50 readers", &mut of_bare);
    println!("{:<44} {:>8.0} %   (limit 60)", "throughput of pages to that of bare handlers", ratio * 100.0);
}

/// Fifty readers, each opening so many pages one after another and looking at each for a while.
async fn read(site: &Router, paths: &[String], pages: usize, look: Duration) -> (Duration, Vec<Duration>) {
    let begun = Instant::now();
    let mut readers = tokio::task::JoinSet::new();
    for reader in 0..READERS {
        let site = site.clone();
        let pages: Vec<String> = (0..pages).map(|number| page(paths, reader * PAGES + number)).collect();
        readers.spawn(async move {
            let mut times = Vec::with_capacity(pages.len());
            // They do not all come at the same moment.
            tokio::time::sleep(look * reader as u32 / READERS as u32).await;
            for address in pages {
                let request =
                    Request::get(&address).header(header::HOST, "localhost:8080").body(Body::empty());
                let begun = Instant::now();
                let answer = site.clone().oneshot(request.expect("a request")).await.expect("an answer");
                assert!(answer.status().is_success(), "{address}: {}", answer.status());
                to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
                times.push(begun.elapsed());
                tokio::time::sleep(look.saturating_sub(begun.elapsed())).await;
            }
            times
        });
    }
    let times = readers.join_all().await.into_iter().flatten().collect();
    (begun.elapsed(), times)
}

/// Resident memory of the real server, in megabytes, after fifty readers.
fn memory(data: &DataDir, paths: &[String]) -> u64 {
    let mut server = Command::new(env!("CARGO_BIN_EXE_migiude"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(data.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let port = port_of(&mut server);
    std::thread::scope(|readers| {
        for reader in 0..READERS {
            readers.spawn(move || {
                for number in 0..PAGES {
                    fetch(port, &page(paths, reader * PAGES + number));
                }
            });
        }
    });
    let kb = resident_kb(server.id());
    server.kill().expect("a child of ours");
    server.wait().expect("a child of ours");
    kb / 1024
}

fn port_of(server: &mut Child) -> u16 {
    let output = BufReader::new(server.stdout.take().expect("piped"));
    let mut lines = output.lines().map_while(Result::ok);
    let port = lines.find_map(|line| {
        let (_, rest) = line.split_once("http://localhost:")?;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    // The rest of what it prints is not read; it prints no more than fits into the pipe.
    port.expect("the server says where it serves")
}

fn fetch(port: u16, address: &str) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    write!(stream, "GET {address} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")
        .expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{address}");
}

fn resident_kb(process: u32) -> u64 {
    let status = std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status"));
    let status = status.unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
