//! The one place that starts `python3`. Its absence fails a test with a sentence; it is never skipped.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

fn verify_py() -> Command {
    let mut python = Command::new("python3");
    python.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("verifier/verify.py"));
    python
}

const MISSING: &str = "the verifier is a Python program: install python3 (3.9 or later) to run this test";

/// Runs `verify.py` with these arguments; gives its exit code and its verdict.
pub fn on_files(arguments: &[&str]) -> (i32, Value) {
    let output = verify_py().args(arguments).output().expect(MISSING);
    let told = String::from_utf8_lossy(&output.stdout);
    let verdict = serde_json::from_str(&told).unwrap_or_else(|_| {
        panic!(
            "no verdict but {told:?}, with {:?} on standard error",
            String::from_utf8_lossy(&output.stderr)
        )
    });
    (output.status.code().unwrap(), verdict)
}

/// A market with results to be judged, each with what else was asked (`previous`, `caps` …).
pub struct Cases {
    lines: Vec<Value>,
}

impl Cases {
    pub fn new() -> Self {
        Self { lines: Vec::new() }
    }

    /// Adds a market; the results added after it belong to it.
    pub fn market(&mut self, market: &Value) {
        self.lines.push(json!({ "market": market }));
    }

    /// Adds a result of the last market; `id` is told when the verdict surprises.
    pub fn result(&mut self, id: &str, result: &Value) {
        self.asked(id, result, &json!({}));
    }

    /// Adds a result of the last market with what was asked.
    pub fn asked(&mut self, id: &str, result: &Value, asked: &Value) {
        let mut line = asked.clone();
        line["id"] = json!(id);
        line["result"] = result.clone();
        self.lines.push(line);
    }

    /// The lines as they go to the verifier: a market, then its results.
    pub fn lines(&self) -> &[Value] {
        &self.lines
    }

    /// How many results there are.
    pub fn len(&self) -> usize {
        self.lines.iter().filter(|line| line.get("result").is_some()).count()
    }

    /// One run of `verify.py --batch` over everything: each case with its verdict.
    pub fn verdicts(&self) -> Vec<Judged<'_>> {
        let mut python =
            verify_py().arg("--batch").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect(MISSING);
        let mut input = python.stdin.take().unwrap();
        let output = BufReader::new(python.stdout.take().unwrap());
        let verdicts: Vec<Value> = std::thread::scope(|scope| {
            scope.spawn(move || {
                for line in &self.lines {
                    writeln!(input, "{line}").unwrap();
                }
            });
            output.lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect()
        });
        python.wait().unwrap();
        assert_eq!(verdicts.len(), self.len(), "one verdict for each result");
        let mut verdicts = verdicts.into_iter();
        let mut market = &Value::Null;
        let mut judged = Vec::new();
        for line in &self.lines {
            match line.get("market") {
                Some(next) => market = next,
                None => judged.push(Judged { market, line, verdict: verdicts.next().unwrap() }),
            }
        }
        judged
    }

    /// Fails with the first case that is not accepted, or accepted without everything having been recomputed.
    pub fn expect_accepted(&self) {
        for Judged { market, line, verdict } in self.verdicts() {
            let whole = verdict["accepted"] == true && verdict["unchecked"] == json!([]);
            assert!(whole, "market {market}\ncase {line}\nverdict {verdict}");
        }
    }

    /// Fails with the first case that is not refused, or refused as unreadable only.
    pub fn expect_refused(&self) {
        for Judged { market, line, verdict } in self.verdicts() {
            let refused =
                verdict["accepted"] == false && !verdict["problems"].to_string().contains("unreadable");
            assert!(refused, "market {market}\ncase {line}\nverdict {verdict}");
        }
    }
}

/// One result with the verdict on it.
pub struct Judged<'a> {
    pub market: &'a Value,
    pub line: &'a Value,
    pub verdict: Value,
}
