//! The index is a projection that may be thrown away at any moment: wherever a process that writes it is killed, the next
//! one finds in it what the database holds.

use std::ffi::OsString;
use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::house::{Engine, Town, said, sample_region};

/// Kills of each of the two kinds of work.
const KILLS: u32 = 50;
/// Kills after which everything is compared.
const BETWEEN: u32 = 25;
/// Kills that must have met a process at work: a machine may be quicker than it was when we measured.
const MET: u32 = 30;
/// Where in the work, as shares of its time, the first and the last kill fall. Before lies the start of every command.
const PLACES: (f64, f64) = (0.3, 0.95);

/// The town, and its sheet of openings as text.
struct Office {
    town: Town,
    sheet: String,
}

impl Office {
    fn new() -> Self {
        let town = Town::on(Engine::Sqlite).with_sample_region();
        let bytes = std::fs::read(sample_region().join("openings.csv")).expect("the sample sheet");
        let (text, _, _) = encoding_rs::SHIFT_JIS.decode(&bytes);
        Self { town, sheet: text.into_owned() }
    }

    /// The import of a sheet in which every opening has another title than before.
    fn amend(&self, number: u32) -> Command {
        let sheet = self.sheet.replace("を募集", &format!("を募集（第{number}回）"));
        let sheet = self.town.write("openings.csv", sheet);
        self.town.command([OsString::from("import"), sheet.into()])
    }

    /// Opens the index as the next process would, and asks it whether it agrees with the database.
    #[track_caller]
    fn is_sound(&self, after: &str) {
        let checked = self.town.run(["index", "check", "--output", "json"]);
        assert_eq!(checked.code, 0, "after {after}:\n{}{}", checked.out, checked.err);
        assert_eq!(checked.json()["sound"], true, "after {after}");
    }

    /// Every record as the index tells it, beside what an index tells that was made from a copy of the database alone.
    #[track_caller]
    fn is_complete(&self, after: &str) {
        let elsewhere = Town::on(Engine::Sqlite);
        std::fs::create_dir_all(elsewhere.data()).expect("a folder");
        for entry in std::fs::read_dir(self.town.data()).expect("the data directory") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let name = path.file_name().expect("a file");
                std::fs::copy(&path, elsewhere.data().join(name)).expect("a copy");
            }
        }
        for what in ["openings", "profiles"] {
            let (here, there) = (found(&self.town, what), found(&elsewhere, what));
            assert_eq!(here, there, "after {after}");
            assert!(here["total"].as_u64() > Some(20), "{here:#}");
        }
    }
}

fn found(town: &Town, what: &str) -> Value {
    town.does(["search", what, "", "--limit", "100000", "--output", "json"]).json()
}

/// Kills a process after this long; whether it was still at work.
fn kill_after(command: &mut Command, patience: Duration) -> bool {
    let silent = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = silent.spawn().expect("the binary runs");
    let mut output = child.stdout.take().expect("piped");
    let (tell, ended) = channel();
    thread::spawn(move || {
        // However it ends, its output does.
        let _ = output.read_to_end(&mut Vec::new());
        let _ = tell.send(());
    });
    let _ = ended.recv_timeout(patience);
    child.kill().expect("still ours");
    let status = child.wait().expect("still ours");
    // No code: the signal has ended it.
    assert!(status.success() || status.code().is_none(), "{status}");
    !status.success()
}

/// How long the work takes when nobody disturbs it.
fn time_of(mut command: Command) -> Duration {
    let begun = Instant::now();
    said(&mut command).done();
    begun.elapsed()
}

/// Kills the work in one place after another; what is left must be sound in the eyes of the next process.
fn kill_everywhere(office: &Office, work: impl Fn(&Office, u32) -> Command) {
    // The shortest of three: others may be at work on this machine, too.
    let times = (0..3).map(|time| time_of(work(office, KILLS + time)));
    let whole = times.min().unwrap_or_default();
    let mut met = 0;
    for number in 0..KILLS {
        let share = PLACES.0 + (PLACES.1 - PLACES.0) * f64::from(number) / f64::from(KILLS - 1);
        met += u32::from(kill_after(&mut work(office, number), whole.mul_f64(share)));
        let after = format!("a kill at {:.1} % of {whole:?}", share * 100.0);
        office.is_sound(&after);
        if (number + 1) % BETWEEN == 0 {
            office.is_complete(&after);
        }
    }
    println!("{met} of {KILLS} kills met a process at work");
    assert!(met >= MET, "only {met} of {KILLS} kills met a process at work");
}

#[test]
fn a_rebuild_killed_in_fifty_places_leaves_an_index_that_agrees_with_the_database() {
    kill_everywhere(&Office::new(), |office, _| office.town.command(["index", "rebuild"]));
}

#[test]
fn a_feeding_killed_in_fifty_places_leaves_an_index_that_agrees_with_the_database() {
    kill_everywhere(&Office::new(), Office::amend);
}
