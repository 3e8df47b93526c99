//! A process that is killed leaves the state before or after, and the same command finishes the work.

use std::ffi::{OsStr, OsString};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::house::{Town, on_both_engines, pairs_of, sample_region, sum};

/// Kills a command later and later into its work until it has had the time to end. After each kill `look` says
/// whether the work is done; it must have failed the test when it is half done.
fn kill_later_and_later<S: AsRef<OsStr>>(town: &Town, words: &[S], mut look: impl FnMut() -> bool) {
    let mut patience = Duration::from_millis(15);
    loop {
        let mut child = town
            .command(words)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        let deadline = Instant::now() + patience;
        let ended = loop {
            match child.try_wait().expect("a child of ours") {
                Some(status) => break Some(status),
                None if Instant::now() >= deadline => break None,
                None => std::thread::yield_now(),
            }
        };
        if let Some(status) = ended {
            assert!(
                status.success(),
                "{:?} after kills: {status}",
                words.iter().map(AsRef::as_ref).collect::<Vec<_>>()
            );
            assert!(look(), "it ended well, so the work is done");
            return;
        }
        child.kill().expect("still ours");
        child.wait().expect("still ours");
        if look() {
            return;
        }
        patience = patience * 8 / 5;
    }
}

on_both_engines! {
    fn a_killed_import_leaves_all_or_nothing(town: Town) {
        let words = |more: &[&str]| -> Vec<OsString> {
            let mut words = vec![OsString::from("import"), sample_region().into()];
            words.extend(more.iter().map(Into::into));
            words
        };
        let whole = sum(&town.does(words(&["--dry-run", "--report", "json"])).json(), "new");
        kill_later_and_later(&town, &words(&[]), || {
            let would = town.does(words(&["--dry-run", "--report", "json"])).json();
            match (sum(&would, "new"), sum(&would, "updated")) {
                (0, 0) => true,
                (new, 0) if new == whole => false,
                half => panic!("half an import: {half:?} of {whole}"),
            }
        });
        town.does(words(&[]));
        let found = town.does(["search", "openings", "", "--output", "json"]).json();
        assert!(found["total"].as_u64().expect("a number") > 0, "the index has caught up: {found:#}");
        town.does(["index", "check"]);
    }

    fn a_killed_round_stands_before_or_after_each_step(town: Town) {
        let town = town.with_sample_region();
        town.round(&["new"]).done();
        for (step, before, after) in
            [("freeze", "draft", "frozen"), ("run", "frozen", "proposed"), ("publish", "proposed", "published")]
        {
            kill_later_and_later(&town, &["round", step], || {
                let round = town.shown_round();
                assert!(whole(&round), "half a step: {round:#}");
                match round["stage"].as_str().expect("a stage") {
                    stage if stage == after => true,
                    stage if stage == before => false,
                    other => panic!("{step} led from {before} to {other}"),
                }
            });
            // Another process may have been killed after its commit; a step that is done is not done twice.
            assert_eq!(town.stage(), after);
        }
        assert_eq!(town.shown_round()["blocking_pairs"], 0);
    }
}

/// A stage has all that belongs to it, and nothing of the next.
fn whole(round: &Value) -> bool {
    let stage = round["stage"].as_str().expect("a stage");
    let frozen = round["hash"].is_string();
    let solved = round["pairs"].is_array() && !pairs_of(round).is_empty();
    match stage {
        "draft" => !frozen && !solved,
        "frozen" => frozen && !solved,
        _ => frozen && solved,
    }
}
