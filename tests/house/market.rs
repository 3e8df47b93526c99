//! Markets in files, and what the program answers about them.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use super::{Told, Town, town};

/// A market file in a town, to be solved, audited and asked about.
pub struct Market<'a> {
    town: &'a Town,
    file: String,
}

impl Town {
    /// A market written to a file of this town; its name ends in the format (`ties.glasgow`, `nrmp.json`).
    pub fn market(&self, name: &str, text: &str) -> Market<'_> {
        self.write(name, text);
        Market { town: self, file: name.to_owned() }
    }

    /// Runs a command that reads this text from standard input.
    pub fn reads<S: AsRef<std::ffi::OsStr>>(&self, words: impl IntoIterator<Item = S>, text: &str) -> Told {
        let mut command = self.command(words);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        // A command that refuses its options never reads; that is no failure of the one who writes.
        let _ = child.stdin.take().expect("piped").write_all(text.as_bytes());
        town::told(child.wait_with_output().expect("it ends"))
    }
}

impl Market<'_> {
    /// `migiude solve` with these further words.
    pub fn solve(&self, words: &[&str]) -> Told {
        self.town.run([&["solve", &self.file, "--output", "json"], words].concat())
    }

    /// The result under a mechanism.
    #[track_caller]
    pub fn under(&self, mechanism: &str) -> Value {
        self.solve(&["--mechanism", mechanism]).done().json()
    }

    /// `migiude audit` of this result.
    pub fn audit(&self, result: &Value) -> Told {
        self.town.write("result.json", result.to_string());
        self.town.run(["audit", &self.file, "result.json"])
    }
}

/// Who is where, in the order of the candidates' keys: `2 - 1` where the second is unmatched.
pub fn places(result: &Value) -> String {
    let candidates = result["candidates"].as_object().expect("a matching");
    let mut keys: Vec<&String> = candidates.keys().collect();
    keys.sort_by_key(|key| (key.len(), *key));
    let place = |key: &String| candidates[key].as_str().unwrap_or("-").to_owned();
    keys.into_iter().map(place).collect::<Vec<_>>().join(" ")
}
