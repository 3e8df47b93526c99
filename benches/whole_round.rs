//! A whole region through the real binary: import, freeze, run, and the demo, beside the limits we hold ourselves to.
//!
//! `cargo bench --bench whole_round`. Memory is the kernel's high-water mark of the process (Linux only).

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use migiude::config::DataDir;
use migiude::demo::{Size, region};
use migiude::rounds;
use migiude::store::Db;

/// 1,350 firms have 2,025 openings.
const FIRMS: usize = 1_350;
const CANDIDATES: usize = 10_000;

fn main() {
    let place = tempfile::TempDir::with_prefix("migiude-bench-").expect("a temporary directory");
    let sheets = place.path().join("sheets");
    write_region(&sheets);
    let desk = Desk { data: place.path().join("data") };

    println!("{:<52} {:>10} {:>10} {:>8}", "", "measured", "limit", "");
    let import = desk.run(["import".as_ref(), sheets.as_os_str()]);
    seconds("import of 2,025 openings and 10,000 candidates", import.took, 60.0);
    megabytes("  its peak memory", import.peak_kb, 500.0);

    desk.run(["round", "new"]);
    let freeze = desk.run(["round", "freeze", "--seed", "1"]);
    let run = desk.run(["round", "run"]);
    seconds("round, from freeze to audited proposal", freeze.took + run.took, 90.0);
    seconds("  of which matching and audit", thinking(&desk), 0.2);

    let demo = measure(Command::new(BINARY).args(["demo", "--once"]));
    seconds("cold demo --once", demo.took, 15.0);
    megabytes("serving demo, resident", serving_kb(), 200.0);
}

const BINARY: &str = env!("CARGO_BIN_EXE_migiude");

struct Desk {
    data: std::path::PathBuf,
}

struct Measured {
    took: Duration,
    peak_kb: u64,
}

impl Desk {
    fn run<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Measured {
        measure(Command::new(BINARY).args(words).arg("--data-dir").arg(&self.data))
    }
}

/// Writes the sheets of an invented region of this size.
fn write_region(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    let invented = region(1, Size { firms: FIRMS, candidates: CANDIDATES }, (2026, 11, 22));
    for sheet in invented.sheets {
        fs::write(folder.join(sheet.name), sheet.text).expect("a sheet");
    }
}

/// Runs a command to its end, reading its peak memory as long as it lives.
fn measure(command: &mut Command) -> Measured {
    let begun = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the binary runs");
    let output = child.stdout.take().expect("piped");
    let reader = thread::spawn(move || std::io::read_to_string(output).expect("text"));
    let mut peak_kb = 0;
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child of ours") {
            break status;
        }
        peak_kb = peak_kb.max(kilobytes(&child, "VmHWM"));
        thread::sleep(Duration::from_millis(5));
    };
    let took = begun.elapsed();
    let out = reader.join().expect("read to the end");
    assert!(status.success(), "{status}:\n{out}");
    Measured { took, peak_kb }
}

/// A line of the kernel's status of a process, in kilobytes; 0 where there is none.
fn kilobytes(child: &Child, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// The resident memory of a demo that has begun to serve.
fn serving_kb() -> u64 {
    let mut child = Command::new(BINARY)
        .args(["demo", "--listen", "127.0.0.1:0"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let output = BufReader::new(child.stdout.take().expect("piped"));
    let serving = output.lines().map_while(Result::ok).any(|line| line.contains("http://localhost:"));
    let resident = kilobytes(&child, "VmRSS");
    child.kill().expect("still ours");
    child.wait().expect("still ours");
    assert!(serving, "the demo did not serve");
    resident
}

/// Matching and audit of the latest round, as they were timed when it ran.
fn thinking(desk: &Desk) -> Duration {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let times = runtime.block_on(async {
        let db =
            Db::open_file(&DataDir::at(&desk.data).database()).await.expect("the database of this bench");
        rounds::show(&db, None).await.expect("the round of this bench").times
    });
    let ms = times.matching_ms.expect("it ran") + times.audit_ms.expect("it ran");
    Duration::from_millis(ms.try_into().expect("time runs forward"))
}

fn seconds(what: &str, took: Duration, limit: f64) {
    line(what, took.as_secs_f64(), limit, "s");
}

fn megabytes(what: &str, kb: u64, limit: f64) {
    line(what, kb as f64 / 1024.0, limit, "MB");
}

fn line(what: &str, measured: f64, limit: f64, unit: &str) {
    let verdict = if measured <= limit { "within" } else { "OVER" };
    println!("{what:<52} {measured:>7.2} {unit:<2} {limit:>7.1} {unit:<2} {verdict:>8}");
}
